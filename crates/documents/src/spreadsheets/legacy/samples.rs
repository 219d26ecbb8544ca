//! Names and words in Unicode and in both old encodings.

/// Unicode, TCVN3 and VNI as code page 1252 shows them, and whether TCVN3 lost the case: `legacy_encoding_samples.csv`.
pub const SAMPLES: &[(&str, &str, &str, bool)] = &[
    ("Nguyễn Thị Hồng", "NguyÔn ThÞ Hång", "Nguyeãn Thò Hoàng", false),
    ("Lê Văn Đức", "Lª V¨n §øc", "Leâ Vaên Ñöùc", false),
    ("Trần Quốc Tuấn", "TrÇn Quèc TuÊn", "Traàn Quoác Tuaán", false),
    ("Phạm Thị Ngọc Ánh", "Ph¹m ThÞ Ngäc ¸nh", "Phaïm Thò Ngoïc AÙnh", true),
    ("Hà Văn Thuỷ", "Hµ V¨n Thuû", "Haø Vaên Thuyû", false),
    ("Bùi Thị Ước", "Bïi ThÞ ¦íc", "Buøi Thò Öôùc", false),
    ("Lò Văn Pành", "Lß V¨n Pµnh", "Loø Vaên Paønh", false),
    ("Vi Thị Xuyến", "Vi ThÞ XuyÕn", "Vi Thò Xuyeán", false),
    ("Đỗ Xuân Quý", "§ç Xu©n Quý", "Ñoã Xuaân Quyù", false),
    ("Hoàng Đình Ẩn", "Hoµng §×nh Èn", "Hoaøng Ñình AÅn", true),
    ("Cao Thị Ỷ", "Cao ThÞ û", "Cao Thò YÛ", true),
    ("huyện Hoằng Hóa", "huyÖn Ho»ng Hãa", "huyeän Hoaèng Hoùa", false),
    (
        "mắm tôm, nước mắm, chiếu cói, bưởi Luận Văn",
        "m¾m t«m, n\u{ad}íc m¾m, chiÕu cãi, b\u{ad}ëi LuËn V¨n",
        "maém toâm, nöôùc maém, chieáu coùi, böôûi Luaän Vaên",
        false,
    ),
    ("DANH SÁCH HỌC VIÊN", "DANH S¸CH HäC VI£N", "DANH SAÙCH HOÏC VIEÂN", true),
];
