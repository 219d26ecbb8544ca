//! The products of the demonstration: published ones of the province (the sample of 53 in the project's data, from its
//! portal and news), with the makers that were published; private owners stand there with their initials. What the forms
//! say of them, the people in them and the way each form went are invented.

use domain::organisations::OrganisationKind::{self, Cooperative, Enterprise, Household};

/// A product: its name, who makes it, of which kind that is, the district or (since July 2025) the commune it comes
/// from, and how its subgroup begins in the classification of its year.
pub(super) struct Product {
    pub(super) name: &'static str,
    pub(super) maker: &'static str,
    pub(super) kind: OrganisationKind,
    pub(super) place: &'static str,
    pub(super) group: &'static str,
}

const fn product(
    name: &'static str,
    maker: &'static str,
    kind: OrganisationKind,
    place: &'static str,
    group: &'static str,
) -> Product {
    Product { name, maker, kind, place, group }
}

const HONEY: &str = "Mật ong";
const FRESH: &str = "Rau, củ, quả";
const CRAFT: &str = "Thủ công mỹ nghệ";
const HERBS: &str = "Thực phẩm chức năng";
const SAUCE: &str = "Tương";
const CEREAL: &str = "Chế biến từ gạo";
const FRUIT: &str = "Chế biến từ rau";
const MEAT: &str = "Chế biến từ thịt";
const SPIRIT: &str = "Đồ uống có cồn khác";
const TEA: &str = "Chè tươi";

/// Those of the first round of 2020, received by the districts of that year.
pub(super) const OF_2020: [Product; 17] = [
    product("Ống hút tre", "Công ty TNHH ViBaBo", Enterprise, "Thường Xuân", CRAFT),
    product("Chè lam Phủ Quảng", "Cơ sở sản xuất L.T.", Household, "Vĩnh Lộc", CEREAL),
    product("Mật ong Hưởng Hoa", "HTX ong mật Hưởng Hoa", Cooperative, "Thạch Thành", HONEY),
    product("Nấm bào ngư xám", "HTX nông sản hữu cơ Trúc Phượng", Cooperative, "Như Thanh", FRESH),
    product("Nấm mộc nhĩ khô", "HTX nông sản hữu cơ Trúc Phượng", Cooperative, "Như Thanh", FRUIT),
    product("Nấm linh chi đỏ", "HTX nông sản hữu cơ Trúc Phượng", Cooperative, "Như Thanh", HERBS),
    product("Thảm cói trải sàn", "Công ty TNHH Ngân Khương", Enterprise, "Nga Sơn", CRAFT),
    product("Chiếu cói dệt tay thủ công", "Công ty TNHH Ngân Khương", Enterprise, "Nga Sơn", CRAFT),
    product("Cam đường canh Như Xuân", "HTX dịch vụ nông nghiệp Thành Công", Cooperative, "Như Xuân", FRESH),
    product("Cam Xã Đoài Như Xuân", "HTX dịch vụ nông nghiệp Thành Công", Cooperative, "Như Xuân", FRESH),
    product("Lá xông hơi cảm lạnh Mộc Việt", "Hộ sản xuất N.T.L.A.", Household, "Quảng Xương", HERBS),
    product("Ngâm chân Mộc Việt", "Hộ sản xuất N.T.L.A.", Household, "Quảng Xương", HERBS),
    product("Mật ong bốn mùa hoa rừng nguyên chất", "HTX nông lâm nghiệp Bình Sơn", Cooperative, "Triệu Sơn", HONEY),
    product("Chè sạch Bình Sơn", "HTX nông lâm nghiệp Bình Sơn", Cooperative, "Triệu Sơn", TEA),
    product("Dưa kim hoàng hậu Thiên Trường 36", "Công ty TNHH MTV DVNN CNC Thiên Trường 36", Enterprise, "Đông Sơn", FRESH),
    product("Gạo nếp cái hoa vàng Gia Miêu Ngoại trang", "HTX DVNN Hà Long", Cooperative, "Hà Trung", "Gạo, ngũ cốc"),
    product("Dầu lạc Linh Phượng", "Hộ sản xuất N.T.T.L.", Household, "Hà Trung", FRUIT),
];

/// Those of this year: later products, as if they were registered in it.
pub(super) const OF_THIS_YEAR: [Product; 36] = [
    product("Tổ Yến Sào", "Công ty TNHH Sản xuất và thương mại Yến Sào Xứ Thanh", Enterprise, "Hậu Lộc", MEAT),
    product("Tổ Yến chưng", "Công ty TNHH Sản xuất và thương mại Yến Sào Xứ Thanh", Enterprise, "Hậu Lộc", MEAT),
    product("Giỏ trái đất", "Công ty TNHH XK Việt Trang", Enterprise, "Nga Sơn", CRAFT),
    product("Miến gạo Phúc Thịnh", "Hộ SXKD miến gạo Quý Lộc Phúc Thịnh", Household, "Quý Lộc", CEREAL),
    product("Tương Xuân Pha", "Hộ SXKD Đ.X.D.", Household, "Thọ Xuân", SAUCE),
    product("Trà xanh túi lọc Bình Sơn", "HTX Dịch vụ nông lâm nghiệp Bình Sơn", Cooperative, "Triệu Sơn", TEA),
    product("Mắm tép đặc biệt Tác Huy", "Hộ SXKD Đ.T.H.", Household, "Nghi Sơn", SAUCE),
    product("Bánh lá Hà Lai", "Cơ sở bánh lá Hà Lai", Household, "Hà Trung", CEREAL),
    product("Bộ dụng cụ nhà bếp", "Cơ sở mộc gia dụng Hà Trung", Household, "Hà Trung", CRAFT),
    product("Mắm cáy đặc biệt Quảng Phúc", "Cơ sở mắm cáy Quảng Phúc", Household, "Quảng Bình", SAUCE),
    product("Mắm tôm Vị Thanh", "Cơ sở mắm Vị Thanh", Household, "Nghi Sơn", SAUCE),
    product("Mắm tép Vị Thanh", "Cơ sở mắm Vị Thanh", Household, "Nghi Sơn", SAUCE),
    product("Dưa vàng Thảo Hiền", "Cơ sở dưa vàng Thảo Hiền", Household, "Quảng Bình", FRESH),
    product("Bột sắn dây Quảng Phú", "Cơ sở bột sắn dây Quảng Phú", Household, "Thọ Xuân", FRUIT),
    product("Nem nướng Vinh Lài", "Cơ sở giò nem Vinh Lài", Household, "Thọ Xuân", MEAT),
    product("Giò lụa Vinh Lài", "Cơ sở giò nem Vinh Lài", Household, "Thọ Xuân", MEAT),
    product("Lạp sườn Họ Hoàng", "Cơ sở lạp sườn Họ Hoàng", Household, "Bá Thước", MEAT),
    product("Nước mắm cốt Tân Mai", "Cơ sở nước mắm Tân Mai", Household, "Hoằng Hóa", SAUCE),
    product("Rượu sim rừng Bảo An", "Cơ sở rượu sim Bảo An", Household, "Hoằng Hóa", SPIRIT),
    product("Ổi Như Xuân", "Tổ hợp trồng ổi Như Xuân", OrganisationKind::CooperativeGroup, "Như Xuân", FRESH),
    product("Mật ong hoa rừng Yên Nhân", "Tổ hợp nuôi ong Yên Nhân", OrganisationKind::CooperativeGroup, "Thường Xuân", HONEY),
    product("Rượu Đăng Khoa", "Cơ sở rượu Đăng Khoa", Household, "Nga Sơn", SPIRIT),
    product("Bột sắn dây Hương Quê", "Cơ sở bột sắn dây Hương Quê", Household, "Ngọc Lặc", FRUIT),
    product("Viên nang sâm báo Triso", "Cơ sở sâm báo Triso", Household, "Triệu Sơn", HERBS),
    product("Siro bổ dưỡng sâm báo Triso", "Cơ sở sâm báo Triso", Household, "Triệu Sơn", HERBS),
    product("Măng khô Mường CaDa", "Cơ sở măng khô Mường CaDa", Household, "Hồi Xuân", FRUIT),
    product("Kẹo lạc Hà Ly", "Cơ sở kẹo lạc Hà Ly", Household, "Vĩnh Lộc", FRUIT),
    product("Nước mắm Lê Gia - Cốt đặc biệt 40N", "Công ty TNHH Thực phẩm & TMDV Lê Gia", Enterprise, "Hoằng Hóa", SAUCE),
    product("Mắm tôm Lê Gia", "Công ty TNHH Thực phẩm & TMDV Lê Gia", Enterprise, "Hoằng Hóa", SAUCE),
    product("Miến gạo Thăng Long", "Cơ sở miến gạo Thăng Long", Household, "Nông Cống", CEREAL),
    product(
        "Nước cốt hoa Atiso Ngọc Hoàn",
        "Công ty TNHH SXKD DVTM vận tải Hoàn Ngọc",
        Enterprise,
        "Hải Lĩnh",
        "Đồ uống không cồn khác",
    ),
    product(
        "Sữa hạt dành cho người tiểu đường",
        "Công ty TNHH Dịch vụ thương mại Hồng Hoa Organic Care",
        Enterprise,
        "Nguyệt Viên",
        FRUIT,
    ),
    product("Sữa hạt dinh dưỡng", "Công ty TNHH Dịch vụ thương mại Hồng Hoa Organic Care", Enterprise, "Nguyệt Viên", FRUIT),
    product(
        "Dầu sachi OMEGA 3-6-9",
        "Công ty CP thương mại phát triển Châu Anh - Chi nhánh Thanh Hóa",
        Enterprise,
        "Lương Sơn",
        FRUIT,
    ),
    product("Hạt sachi", "Công ty CP thương mại phát triển Châu Anh - Chi nhánh Thanh Hóa", Enterprise, "Lương Sơn", FRESH),
    product("Yến sào Linh Hường", "Hộ kinh doanh Đ.N.L.", Household, "Quảng Bình", MEAT),
];
