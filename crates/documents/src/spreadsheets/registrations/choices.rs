//! The words of fields that are chosen, as people write them.

use domain::registrations::{FieldKind, FormField};

use crate::spreadsheets::headings::bare;

/// A word as it is stored, in Vietnamese and in English, and what else people write for it.
const WORDS: [(&str, [&str; 2], &str); 22] = [
    ("own", ["Sở hữu", "Own"], "Của mình, Đất của mình, Owned"),
    ("rent", ["Thuê", "Rented"], "Đi thuê, Thuê đất, Rent"),
    ("none", ["Không có", "None"], "Không, Chưa có, Chưa, No"),
    ("connected", ["Đã có", "Connected"], "Có, Đã kết nối, Yes"),
    ("planned", ["Sắp có", "Planned"], "Dự kiến, Dự kiến có"),
    ("clean", ["Nước sạch", "Clean water"], "Nước máy, Clean"),
    ("well", ["Giếng khoan", "Drilled well"], "Giếng, Nước giếng khoan, Well"),
    ("other", ["Khác", "Other"], "Nguồn khác"),
    ("daily", ["Hằng ngày", "Daily"], "Hàng ngày, Mỗi ngày"),
    ("weekly", ["Hằng tuần", "Weekly"], "Hàng tuần, Mỗi tuần"),
    ("monthly", ["Hằng tháng", "Monthly"], "Hàng tháng, Mỗi tháng"),
    ("well_off", ["Khá giả", "Well-off"], "Giàu có"),
    ("popular", ["Bình dân", "Popular"], ""),
    ("rural", ["Nông thôn", "Rural"], ""),
    ("urban", ["Thành thị", "Urban"], "Đô thị"),
    ("quality_declaration", ["Công bố chất lượng", "Declaration of quality"], ""),
    ("intellectual_property", ["Đăng ký sở hữu trí tuệ", "Intellectual property"], "Sở hữu trí tuệ"),
    (
        "production_conditions",
        ["Chứng nhận điều kiện sản xuất, an toàn thực phẩm", "Production conditions, food safety"],
        "Giấy chứng nhận đủ điều kiện sản xuất, Chứng nhận điều kiện sản xuất, An toàn thực phẩm, Vệ sinh an toàn thực phẩm, Food safety",
    ),
    ("trademark", ["Nhãn hiệu", "Trademark"], ""),
    ("logo", ["Logo", "Logo"], "Lô-gô"),
    ("invention", ["Sáng chế", "Invention"], ""),
    ("industrial_design", ["Kiểu dáng công nghiệp", "Industrial design"], "Kiểu dáng"),
];

/// What a word is called in the template, in Vietnamese and in English.
pub(super) fn label(word: &str) -> [&'static str; 2] {
    WORDS.iter().find(|(known, ..)| *known == word).map_or(["", ""], |(_, labels, _)| *labels)
}

/// The words of a field that is chosen, as they are stored and with blanks between, of what stands in a cell; none when
/// something in it is not among them. Several are parted by semicolons, lines or commas.
pub fn read(field: FormField, cell: &str) -> Option<String> {
    let (words, several) = match field.kind() {
        FieldKind::One(words) => (words, false),
        FieldKind::Any(words) => (words, true),
        _ => return None,
    };
    if let Some(word) = one(words, cell) {
        return Some(word.to_owned());
    }
    if !several {
        return None;
    }
    let mut chosen: Vec<&str> = Vec::new();
    for piece in cell.split([';', '\n']).map(str::trim).filter(|piece| !piece.is_empty()) {
        // A comma may part two of them, and stand in the middle of one.
        match one(words, piece) {
            Some(word) => chosen.push(word),
            None => chosen.extend(piece.split(',').map(|piece| one(words, piece)).collect::<Option<Vec<_>>>()?),
        }
    }
    // In the order of the form, each once.
    let said: Vec<&str> = words.iter().copied().filter(|word| chosen.contains(word)).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn one(words: &'static [&'static str], written: &str) -> Option<&'static str> {
    let written = bare(written);
    let says = |word: &str| {
        let known = WORDS.iter().find(|(known, ..)| *known == word);
        known.is_some_and(|(word, labels, others)| {
            // The label may hold a comma, so it is compared whole.
            let mut names = labels.iter().copied().chain(others.split(',')).chain([*word]).map(bare);
            !written.is_empty() && names.any(|name| name == written)
        })
    };
    words.iter().copied().find(|word| says(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_in_both_languages_and_as_it_is_stored() {
        for field in FormField::ALL {
            let (FieldKind::One(words) | FieldKind::Any(words)) = field.kind() else { continue };
            for word in words {
                for written in label(word).into_iter().chain([*word]) {
                    assert_eq!(read(*field, written).as_deref(), Some(*word), "{field}: {written}");
                }
            }
        }
    }

    #[test]
    fn several_are_parted_as_people_part_them() {
        let conditions = "Công bố chất lượng, Chứng nhận điều kiện sản xuất, an toàn thực phẩm";
        for (field, cell, words) in [
            (FormField::Customers, "Thành thị; nông thôn", "rural urban"),
            (FormField::Customers, "BINH DAN,  kha gia;\nkhá giả", "well_off popular"),
            (FormField::Customers, "rural urban", ""),
            (FormField::Customers, "Người già", ""),
            (FormField::Customers, "Nông thôn; người già", ""),
            (FormField::Certificates, conditions, "quality_declaration production_conditions"),
            (FormField::Power, "Chưa có", "none"),
            (FormField::Power, "Có", "connected"),
            (FormField::Power, "Sở hữu", ""),
            (FormField::Power, "Đã có; Sắp có", ""),
            (FormField::Phone, "Khác", ""),
        ] {
            assert_eq!(read(field, cell).unwrap_or_default(), words, "{field}: {cell}");
        }
    }
}
