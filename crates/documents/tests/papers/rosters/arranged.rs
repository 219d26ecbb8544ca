//! Lists that need a word from a person: without headings that are understood, in old letters, hidden in part, as text.

use std::collections::BTreeMap;

use chrono::DateTime;
use documents::spreadsheets::Limits;
use documents::spreadsheets::rosters::{
    Arrangement, Column, Mark, RosterError, Why, give_back, people_template, read_arranged, survey,
};
use domain::rosters::{ColumnUse, Encoding};
use rust_xlsxwriter::Format;

use super::{column, grid, refusal, roster, with_part, workbook};

fn arranged(columns: &[(u32, ColumnUse)], encodings: &[(u32, Encoding)]) -> Arrangement {
    Arrangement {
        columns: columns.iter().copied().collect(),
        encodings: encodings.iter().copied().collect(),
        ..Arrangement::default()
    }
}

#[test]
fn headings_that_nobody_knows_are_asked_for() {
    let bytes =
        grid(&[&["DANH SÁCH"], &["Quý danh", "Cỡ áo", "Liên lạc số"], &["Lê An", "M", "0912345678"], &["Lê Bình", "L", ""]]);
    assert!(matches!(refusal(&bytes), RosterError::NoHeading { .. }));
    let seen = survey(&bytes, Limits::default(), &Arrangement::default()).unwrap();
    assert!(seen.asks() && !seen.is_understood);
    assert_eq!((seen.heading, seen.columns.len()), (2, 3));
    assert_eq!((seen.columns[0].heading.as_str(), seen.columns[0].letter()), ("Quý danh", "A".to_owned()));
    assert_eq!(seen.columns[2].samples, ["0912345678"]);

    let arrangement = arranged(&[(0, ColumnUse::FullName), (2, ColumnUse::Phone)], &[]);
    let roster = read_arranged(&bytes, Limits::default(), &arrangement).unwrap();
    assert_eq!(column(&roster, Column::FullName), ["Lê An", "Lê Bình"]);
    assert_eq!(column(&roster, Column::Phone), ["0912345678", ""]);
    assert_eq!((roster.heading, roster.unknown.as_slice()), (2, &["Cỡ áo".to_owned()][..]));
    let seen = survey(&bytes, Limits::default(), &arrangement).unwrap();
    assert!(!seen.asks());
    assert_eq!(seen.columns[2].is, Some(ColumnUse::Phone));
}

#[test]
fn a_list_without_headings_is_read_from_its_first_row() {
    let bytes = grid(&[&["Lê", "An", "x", ""], &["Phạm", "Bình", "", "x"]]);
    let columns = [(0, ColumnUse::FamilyName), (1, ColumnUse::FullName), (2, ColumnUse::Male), (3, ColumnUse::Female)];
    let arrangement = Arrangement { heading: Some(0), ..arranged(&columns, &[]) };
    let roster = read_arranged(&bytes, Limits::default(), &arrangement).unwrap();
    assert_eq!(column(&roster, Column::FullName), ["Lê An", "Phạm Bình"]);
    assert_eq!(column(&roster, Column::Sex), ["Nam", "Nữ"]);
    assert_eq!((roster.heading, roster.rows[0].number), (0, 1));
    let swapped = arranged(&[(1, ColumnUse::FamilyName), (0, ColumnUse::FullName)], &[]);
    let roster = read_arranged(&bytes, Limits::default(), &Arrangement { heading: Some(0), ..swapped }).unwrap();
    assert_eq!(column(&roster, Column::FullName), ["An Lê", "Bình Phạm"]);
}

#[test]
fn old_letters_are_found_by_column_and_converted_only_where_somebody_said_so() {
    let tcvn3 = grid(&[
        &["STT", "Hä vµ tªn", "N¨m sinh", "Chøc vô", "Email"],
        &["1", "NguyÔn ThÞ Hång", "1985", "Gi¸m ®èc", "a@example.vn"],
        &["2", "Ph¹m ThÞ Ngäc ¸nh", "1990", "KÕ to¸n tr\u{ad}ëng", ""],
        &["3", "Bïi ThÞ ¦íc", "1979", "N\u{ad}íc m¾m", ""],
    ]);
    let seen = survey(&tcvn3, Limits::default(), &Arrangement::default()).unwrap();
    assert!(seen.is_understood && seen.asks(), "headings in old letters are understood, cells are asked about");
    let old: Vec<_> = seen.columns.iter().filter_map(|column| Some((column.at, column.legacy.as_ref()?.guess))).collect();
    assert_eq!(old, [(1, Encoding::Tcvn3), (3, Encoding::Tcvn3)]);
    let legacy = seen.columns[1].legacy.as_ref().unwrap();
    assert_eq!(legacy.samples[0][..2], ["NguyÔn ThÞ Hång", "Nguyễn Thị Hồng"]);

    let untouched = roster(&tcvn3);
    assert_eq!(column(&untouched, Column::FullName)[0], "NguyÔn ThÞ Hång", "nothing is converted without a word");
    assert_eq!(column(&untouched, Column::Position)[1], "KÕ to¸n tr\u{ad}ëng", "soft hyphens stay");
    let said = arranged(&[], &[(1, Encoding::Tcvn3)]);
    let half = read_arranged(&tcvn3, Limits::default(), &said).unwrap();
    assert_eq!(column(&half, Column::FullName), ["Nguyễn Thị Hồng", "Phạm Thị Ngọc Ánh", "Bùi Thị Ước"]);
    assert_eq!(column(&half, Column::Position)[0], "Gi¸m ®èc", "the other column was not spoken of");

    let vni = grid(&[&["Hoï vaø teân", "Ñôn vò"], &["Nguyeãn Vaên Hoàng", "Hôïp taùc xaõ Hoaèng Phuï"], &["Leâ Vaên Ñöùc", "x"]]);
    let said = arranged(&[], &[(0, Encoding::Vni), (1, Encoding::Vni)]);
    let read = read_arranged(&vni, Limits::default(), &said).unwrap();
    assert_eq!(column(&read, Column::FullName), ["Nguyễn Văn Hồng", "Lê Văn Đức"], "in such a column Hoàng is Hồng");
    assert_eq!(column(&read, Column::Organisation)[0], "Hợp tác xã Hoằng Phụ");
}

#[test]
fn fonts_speak_before_words_and_capital_fonts_are_kept() {
    let bytes = workbook(|sheet| {
        let capitals = Format::new().set_font_name(".VnTimeH");
        sheet.write_string(0, 0, "Họ và tên")?;
        sheet.write_string_with_format(1, 0, "lª v¨n hµ", &capitals)?;
        sheet.write_string_with_format(2, 0, "Lª V¨n An", &Format::new().set_font_name(".VnTime"))?;
        sheet.write_string(0, 1, "Chức vụ")?;
        sheet.write_string_with_format(1, 1, "Hoàng", &Format::new().set_font_name("VNI-Times"))?;
        Ok(())
    });
    let seen = survey(&bytes, Limits::default(), &Arrangement::default()).unwrap();
    let old: Vec<_> =
        seen.columns.iter().filter_map(|column| column.legacy.as_ref().map(|old| (old.guess, old.by_font))).collect();
    assert_eq!(old, [(Encoding::Tcvn3, true), (Encoding::Vni, true)]);
    let said = arranged(&[], &[(0, Encoding::Tcvn3), (1, Encoding::Vni)]);
    let read = read_arranged(&bytes, Limits::default(), &said).unwrap();
    assert_eq!(column(&read, Column::FullName), ["LÊ VĂN HÀ", "Lê Văn An"]);
    assert_eq!(column(&read, Column::Position)[0], "Hồng");
}

#[test]
fn hidden_rows_sums_parts_and_signatures_are_told_and_not_read() {
    let bytes = workbook(|sheet| {
        for (row, cells) in (0..).zip([
            ["TT", "Họ và tên", "Năm sinh", "SĐT"],
            ["I", "HTX Xuân Lập", "", ""],
            ["1", "Lê An", "1985", ""],
            ["2", "Người cũ", "1950", ""],
            ["", "", "", ""],
            ["II", "HTX Thọ Lập", "", ""],
            ["1", "Tống Văn Cộng", "", "0912345678"],
            ["", "Tổng cộng: 2 người", "", "2"],
            ["", "", "", "Thanh Hóa, ngày 12 tháng 6 năm 2019"],
            ["", "NGƯỜI LẬP BIỂU", "", "GIÁM ĐỐC"],
            ["", "Trần Thị Ký", "", "Đỗ Văn Duyệt"],
        ]) {
            for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(row, column, text)?;
            }
        }
        sheet.set_row_hidden(3)?;
        Ok(())
    });
    let roster = roster(&bytes);
    assert_eq!(column(&roster, Column::FullName), ["Lê An", "Tống Văn Cộng"]);
    let passed: Vec<_> = roster.passed_over.iter().map(|row| (row.number, row.why)).collect();
    let expected =
        [(2, Why::Part), (4, Why::Hidden), (6, Why::Part), (8, Why::Sum), (9, Why::Ending), (10, Why::Ending), (11, Why::Ending)];
    assert_eq!(passed, expected);
    assert_eq!(survey(&bytes, Limits::default(), &Arrangement::default()).unwrap().hidden, 1);
    let all = Arrangement { hidden_too: true, ..Arrangement::default() };
    let all = read_arranged(&bytes, Limits::default(), &all).unwrap();
    assert_eq!(column(&all, Column::FullName), ["Lê An", "Người cũ", "Tống Văn Cộng"]);
}

#[test]
fn hidden_rows_of_opendocument() {
    let ods = include_bytes!("../fixtures/roster.ods");
    let first = roster(ods).rows[0].number;
    let hidden = with_part(ods, "content.xml", |xml| {
        let name = xml.find("Lê Văn Sơn").unwrap();
        let row = xml[..name].rfind("<table:table-row ").unwrap();
        format!("{}<table:table-row table:visibility=\"filter\" {}", &xml[..row], &xml[row + "<table:table-row ".len()..])
    });
    let read = roster(&hidden);
    assert_eq!(read.rows[0].number, first + 1);
    assert_eq!(read.passed_over.iter().filter(|row| row.why == Why::Hidden).count(), 1);
}

#[test]
fn text_with_separators_in_every_encoding() {
    let comma = "\u{feff}Họ và tên,Năm sinh,Ghi chú\r\n\"Lê, An\",1985,\"hai\r\ndòng\"\r\n\r\nLê Bình,1990,\r\n";
    let read = roster(comma.as_bytes());
    assert_eq!(column(&read, Column::FullName), ["Lê, An", "Lê Bình"]);
    assert_eq!(column(&read, Column::Note), ["hai dòng", ""]);
    assert_eq!(read.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 5]);

    let semicolon = "Tên;SĐT\nLê An;0912345678\n";
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(semicolon.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(semicolon.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let tabs = semicolon.replace(';', "\t");
    let told = format!("sep=|\r\n{}", semicolon.replace(';', "|"));
    for bytes in [semicolon.as_bytes(), &wide, &big, tabs.as_bytes(), told.as_bytes()] {
        assert_eq!(column(&roster(bytes), Column::Phone), ["0912345678"]);
    }
    // "Họ và tên;Số ĐT / Nguyễn Đức" as code page 1258 writes it: marks behind their letters.
    let page = b"Ho\xF2 v\xE0 t\xEAn;S\xF4\xEC \xD0T\nNguy\xEA\xDEn \xD0\xFD\xECc;0912345678\n";
    assert_eq!(column(&roster(page), Column::FullName), ["Nguyễn Đức"]);
    // The same in TCVN3 as an old Excel saved it: letters of code page 1252.
    let old = b"H\xE4 v\xB5 t\xAAn;S\xE8 \xA7T\nNguy\xD4n \xA7\xF8c n\xAD\xEDc;0912345678\n";
    assert_eq!(column(&roster(old), Column::FullName), ["NguyÔn §øc n\u{ad}íc"]);
    let said = arranged(&[], &[(0, Encoding::Tcvn3)]);
    let read = read_arranged(old, Limits::default(), &said).unwrap();
    assert_eq!(column(&read, Column::FullName), ["Nguyễn Đức nước"]);
}

#[test]
fn text_that_is_no_list_is_refused_within_limits() {
    assert_eq!(refusal(b"\xFF\xFE\x00"), RosterError::NotASpreadsheet);
    assert_eq!(refusal(&[b'a', 0, b'b', 0xFF]), RosterError::NotASpreadsheet);
    assert_eq!(refusal(b"{\\rtf1 a;b\nc;d}"), RosterError::NotASpreadsheet);
    assert!(matches!(refusal(b"a;b;c\n1;2;3\n"), RosterError::NoHeading { .. }));
    let million = format!("Họ và tên{}\nLê An\n", ";x".repeat(1_000_000));
    assert!(matches!(refusal(million.as_bytes()), RosterError::TooManyCells { .. }));
    // A quotation mark that is never closed would make one person of all that follow: nobody would miss the others.
    let open = format!("Họ và tên;SĐT\nLê Bình;09\n\"{}", "Lê An;09\n".repeat(200_000));
    assert_eq!(refusal(open.as_bytes()), RosterError::OpenQuote { line: 3 });
    assert_eq!(refusal("sep=;\nHọ và tên;SĐT\n\"Lê An;09\n\"Lê Bình\";09\n".as_bytes()), RosterError::OpenQuote { line: 3 });
    let broken = b"Ho va ten;SDT\nL\xC3\xAA H\xC3\xA0;09\nL\xC3\xAA H\xC3;09\n";
    assert_eq!(refusal(broken), RosterError::BrokenLetters { line: 3 });
    let marked = b"\xEF\xBB\xBFTen;SDT\nLe An;09\nL\xEA;09\n";
    assert_eq!(refusal(marked), RosterError::BrokenLetters { line: 3 });
}

#[test]
fn formulas_are_values_and_come_back_as_text() {
    let csv = "Họ và tên;Ghi chú\nLê An;=cmd|' /C calc'!A0\nLê Bình;@SUM(1+1)\n";
    let marks = BTreeMap::from([(
        2,
        vec![
            Mark { columns: vec![Column::FullName], sentence: "Tên sai".into(), is_fault: true },
            Mark { columns: vec![Column::Phone], sentence: "=1+1".into(), is_fault: false },
        ],
    )]);
    let now = DateTime::UNIX_EPOCH;
    let back = give_back(csv.as_bytes(), Limits::default(), &Arrangement::default(), &marks, true, now).unwrap();
    let again = give_back(csv.as_bytes(), Limits::default(), &Arrangement::default(), &marks, true, now).unwrap();
    assert_eq!(back, again, "the same list gives the same bytes");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&back)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
    assert!(!sheet.contains("<f>"), "nothing is computed: {sheet}");
    let read = roster(&back);
    assert_eq!(column(&read, Column::Note), ["=cmd|' /C calc'!A0", "@SUM(1+1)"]);
    assert!(read.unknown.is_empty(), "the column of reasons is nobody's");
    let lists = documents::spreadsheets::lists::read(&back, Limits::default()).unwrap();
    assert_eq!(lists[1].1, ["Lê An", "=cmd|' /C calc'!A0", "Tên sai =1+1"]);
    let mut styles = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/styles.xml").unwrap(), &mut styles).unwrap();
    assert!(styles.contains("FFFFC9C2"), "faulty cells are coloured");
}

#[test]
fn a_list_given_back_keeps_its_titles_numbers_and_hidden_rows() {
    let bytes = workbook(|sheet| {
        sheet.write_string(0, 0, "DANH SÁCH HỌC VIÊN")?;
        sheet.write_string(2, 0, "Họ và tên")?;
        sheet.write_string(2, 2, "CCCD")?;
        sheet.write_string(3, 0, "Lª An")?;
        sheet.write_number(3, 2, 38_185_012_345_f64)?;
        sheet.write_string(4, 0, "Lê Bình")?;
        sheet.set_row_hidden(4)?;
        Ok(())
    });
    let said = arranged(&[], &[(0, Encoding::Tcvn3)]);
    let marks = BTreeMap::from([(4, vec![Mark { columns: vec![], sentence: "Thiếu".into(), is_fault: true }])]);
    let back = give_back(&bytes, Limits::default(), &said, &marks, true, DateTime::UNIX_EPOCH).unwrap();
    let read = roster(&back);
    assert_eq!((read.heading, read.rows.len(), read.rows[0].number), (3, 1, 4));
    assert_eq!(column(&read, Column::FullName), ["Lê An"]);
    assert_eq!(column(&read, Column::CitizenId), ["38185012345"]);
    assert_eq!(read.passed_over[0].why, Why::Hidden);
}

#[test]
fn the_form_for_many_organisations_comes_back_as_a_roster() {
    for vietnamese in [true, false] {
        assert_eq!(refusal(&people_template(vietnamese).unwrap()), RosterError::Empty);
    }
    let read = roster(&grid(&[&["Họ và tên", "Đơn vị (*)", "Mã số thuế", "Địa bàn"], &["Lê An", "HTX A", "0100233488", "Xã B"]]));
    assert_eq!(column(&read, Column::TaxCode), ["0100233488"]);
    assert_eq!(column(&read, Column::Unit), ["Xã B"]);
    assert_eq!(column(&read, Column::Organisation), ["HTX A"]);
}
