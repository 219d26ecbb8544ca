//! Headings and rows in the shapes that offices give them.

use documents::spreadsheets::Limits;
use documents::spreadsheets::rosters::{Column, RosterError, template};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::{column, grid, refusal, roster, with_part, workbook};

#[test]
fn a_paper_with_letterhead_numbered_columns_and_gaps() {
    let bytes = grid(&[
        &["UBND TỈNH THANH HÓA", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        &["VĂN PHÒNG ĐIỀU PHỐI", "", "", "Độc lập - Tự do - Hạnh phúc"],
        &[],
        &["DANH SÁCH HỌC VIÊN"],
        &["TT", "HỌ VÀ TÊN", "Ngày, tháng,\nnăm sinh", "Số ĐT", "Số CCCD/CMND", "Dân tộc"],
        &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        &["1", "Lê Văn  Sơn", "02.09.1979", "0912 345 678", "038079001234", "Kinh"],
        &["2"],
        &[],
        &["3", "Nguye\u{302}\u{303}n Thị Hồng", "1985", "", "", "Mường"],
    ]);
    let roster = roster(&bytes);
    assert_eq!(
        roster.columns,
        [
            (Column::Number, "TT".to_owned()),
            (Column::FullName, "HỌ VÀ TÊN".to_owned()),
            (Column::BirthDate, "Ngày, tháng, năm sinh".to_owned()),
            (Column::Phone, "Số ĐT".to_owned()),
            (Column::CitizenId, "Số CCCD/CMND".to_owned()),
        ]
    );
    assert_eq!(roster.unknown, ["Dân tộc"]);
    let numbers: Vec<_> = roster.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [7, 10]);
    assert_eq!(column(&roster, Column::FullName), ["Lê Văn Sơn", "Nguyễn Thị Hồng"]);
    assert_eq!(column(&roster, Column::BirthDate), ["02.09.1979", "1985"]);
    assert_eq!(column(&roster, Column::Phone), ["0912 345 678", ""]);
}

#[test]
fn years_of_birth_under_a_merged_heading() {
    let bytes = workbook(|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 1, 0, "STT", &plain)?;
        sheet.merge_range(0, 1, 1, 1, "Họ và tên", &plain)?;
        sheet.merge_range(0, 2, 0, 3, "Năm sinh", &plain)?;
        sheet.write_string(1, 2, "Nam")?;
        sheet.write_string(1, 3, "Nữ")?;
        sheet.merge_range(0, 4, 1, 4, "Chức vụ", &plain)?;
        sheet.write_number(2, 0, 1)?;
        sheet.write_string(2, 1, "Phạm Văn Bình")?;
        sheet.write_number(2, 2, 1971)?;
        sheet.write_string(3, 1, "Hà Thị Dung")?;
        sheet.write_number(3, 3, 1990)?;
        sheet.write_string(3, 4, "Giám đốc")?;
        Ok(())
    });
    let roster = roster(&bytes);
    assert_eq!(column(&roster, Column::BirthYearMale), ["1971", ""]);
    assert_eq!(column(&roster, Column::BirthYearFemale), ["", "1990"]);
    assert_eq!(column(&roster, Column::Position), ["", "Giám đốc"]);
    assert_eq!(column(&roster, Column::FullName), ["Phạm Văn Bình", "Hà Thị Dung"]);
    assert_eq!(roster.columns[2], (Column::BirthYearMale, "Năm sinh Nam".to_owned()));
    assert_eq!(roster.rows[0].number, 3);
}

#[test]
fn sexes_ticked_and_contacts_grouped() {
    let bytes = grid(&[
        &["Họ và tên", "Giới tính", "", "Liên lạc", ""],
        &["", "Nam", "Nữ", "Điện thoại", "Email"],
        &["Lê An", "x", "", "0912345678", "an@example.vn"],
        &["Lê Ánh", "", "x", "", ""],
    ]);
    let roster = roster(&bytes);
    assert_eq!(column(&roster, Column::Sex), ["Nam", "Nữ"]);
    assert_eq!(column(&roster, Column::Phone), ["0912345678", ""]);
    assert_eq!(column(&roster, Column::Email), ["an@example.vn", ""]);
    assert!(roster.unknown.is_empty());
}

#[test]
fn names_in_two_columns() {
    let merged = grid(&[&["TT", "Họ và tên", "", "SĐT"], &["1", "Nguyễn Thị", "Hồng", "0912345678"]]);
    assert_eq!(column(&roster(&merged), Column::FullName), ["Nguyễn Thị Hồng"]);
    let parted = grid(&[&["Tên", "Họ đệm"], &["Hồng", "Nguyễn Thị"]]);
    assert_eq!(column(&roster(&parted), Column::FullName), ["Nguyễn Thị Hồng"]);
    let divided = grid(&[&["Họ và tên", "", "SĐT"], &["Họ đệm", "Tên"], &["Nguyễn Thị", "Hồng", "09"]]);
    assert_eq!(column(&roster(&divided), Column::FullName), ["Nguyễn Thị Hồng"]);
}

#[test]
fn english_headings_in_any_order_and_case() {
    let bytes = grid(&[
        &["phone number", "REMARKS", "Full Name (*)", "Date of Birth", "Gender", "ID number", "E-mail", "job title"],
        &["0912345678", "late", "Trần Văn Cường", "01/02/1990", "Male", "038090000001", "c@example.vn", "clerk"],
    ]);
    let roster = roster(&bytes);
    assert_eq!(roster.columns.len(), 8);
    assert_eq!(column(&roster, Column::FullName), ["Trần Văn Cường"]);
    assert_eq!(column(&roster, Column::CitizenId), ["038090000001"]);
    assert_eq!(column(&roster, Column::Note), ["late"]);
}

#[test]
fn numbers_dates_formulas_and_errors_become_text() {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let bytes = workbook(|sheet| {
        for (column, heading) in (0..).zip(["Họ tên", "Ngày sinh", "CCCD", "SĐT", "Ghi chú"]) {
            sheet.write_string(0, column, heading)?;
        }
        sheet.write_string(1, 0, "Đỗ Thị Én")?;
        sheet.write_with_format(1, 1, &ExcelDateTime::from_ymd(1985, 3, 12)?, &date)?;
        sheet.write_number(1, 2, 38_185_012_345_f64)?;
        sheet.write_number_with_format(1, 3, 912_345_678, &Format::new().set_num_format("0000000000"))?;
        sheet.write_formula(1, 4, Formula::new("=1/0").set_result("#DIV/0!"))?;
        sheet.write_formula(2, 0, Formula::new("=\"Đỗ\"&\" Văn Ích\"").set_result("Đỗ Văn Ích"))?;
        sheet.write_number_with_format(2, 1, 1985, &date)?;
        sheet.write_number(2, 2, 3.8e10)?;
        sheet.write_boolean(2, 4, true)?;
        Ok(())
    });
    let roster = roster(&bytes);
    assert_eq!(column(&roster, Column::FullName), ["Đỗ Thị Én", "Đỗ Văn Ích"]);
    assert_eq!(column(&roster, Column::BirthDate), ["12/03/1985", "1985"]);
    assert_eq!(column(&roster, Column::CitizenId), ["38185012345", "38000000000"]);
    assert_eq!(column(&roster, Column::Phone), ["912345678", ""]);
    assert_eq!(column(&roster, Column::Note), ["", "TRUE"]);
}

#[test]
fn days_counted_from_1904() {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let bytes = workbook(|sheet| {
        sheet.write_string(0, 0, "Họ tên")?;
        sheet.write_string(0, 1, "Ngày sinh")?;
        sheet.write_string(1, 0, "Đỗ Thị Én")?;
        sheet.write_number_with_format(1, 1, 31_118 - 1_462, &date)?;
        Ok(())
    });
    let bytes = with_part(&bytes, "xl/workbook.xml", |xml| xml.replace("<workbookPr ", "<workbookPr date1904=\"1\" "));
    assert_eq!(column(&roster(&bytes), Column::BirthDate), ["12/03/1985"]);
}

#[test]
fn the_first_visible_sheet_with_names_wins() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().write_string(0, 0, "Kính gửi").unwrap();
    let hidden = workbook.add_worksheet();
    hidden.write_string(0, 0, "Họ và tên").unwrap();
    hidden.write_string(1, 0, "Người cũ").unwrap();
    hidden.set_hidden(true);
    let people = workbook.add_worksheet().set_name("Học viên").unwrap();
    people.write_string(0, 0, "Họ và tên").unwrap();
    people.write_string(1, 0, "Người mới").unwrap();
    let roster = roster(&workbook.save_to_buffer().unwrap());
    assert_eq!(roster.sheets, ["Học viên"]);
    assert_eq!(column(&roster, Column::FullName), ["Người mới"]);
}

#[test]
fn a_column_said_twice_is_taken_once() {
    let bytes = grid(&[
        &["Số điện thoại cơ quan", "Họ tên", "Điện thoại", "Họ tên cha"],
        &["02373123456", "Lê An", "0912345678", "Lê Ba"],
    ]);
    let roster = roster(&bytes);
    assert_eq!(column(&roster, Column::Phone), ["0912345678"]);
    assert_eq!(column(&roster, Column::FullName), ["Lê An"]);
    assert_eq!(roster.unknown, ["Số điện thoại cơ quan", "Họ tên cha"]);
}

#[test]
fn without_a_heading_for_names_what_was_found_is_told() {
    let bytes = grid(&[&["Danh mục"], &["Mã", "SĐT", "Sản phẩm"], &["1", "2", "3"]]);
    let found = ["Mã", "SĐT", "Sản phẩm"].map(str::to_owned).to_vec();
    assert_eq!(refusal(&bytes), RosterError::NoHeading { found });
    assert_eq!(refusal(&grid(&[])), RosterError::Empty);
    assert_eq!(refusal(&grid(&[&["STT", "Họ và tên"], &["1"]])), RosterError::Empty);
}

#[test]
fn the_form_comes_back_as_a_roster() {
    for vietnamese in [true, false] {
        let form = template(vietnamese).unwrap();
        assert_eq!(form, template(vietnamese).unwrap());
        // Nothing in it is taken for a person.
        assert_eq!(refusal(&form), RosterError::Empty);
        let mut form = calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(std::io::Cursor::new(form)).unwrap();
        let range = calamine::Reader::worksheet_range_at(&mut form, 0).unwrap().unwrap();
        let headings: Vec<_> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
        let headings: Vec<_> = headings.iter().map(String::as_str).collect();
        let mut person = vec![""; headings.len()];
        person[1] = "Lê An";
        let filled = documents::spreadsheets::rosters::read(&grid(&[&headings, &person]), Limits::default()).unwrap();
        assert_eq!(filled.columns.len(), headings.len());
        assert!(filled.unknown.is_empty());
    }
}
