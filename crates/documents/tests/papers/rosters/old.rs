//! Old letters and hidden rows in every kind of file.

use documents::spreadsheets::Limits;
use documents::spreadsheets::rosters::{Arrangement, Column, Survey, Why, read_arranged, survey};
use domain::rosters::Encoding;

use super::{column, grid, roster, with_part};

const ODS: &[u8] = include_bytes!("../fixtures/roster.ods");
const XLS: &[u8] = include_bytes!("../fixtures/roster.xls");

fn seen(bytes: &[u8]) -> Survey {
    survey(bytes, Limits::default(), &Arrangement::default()).unwrap()
}

/// The columns that look old, with what they are guessed to be, whether by their font and whether in part.
fn old(bytes: &[u8]) -> Vec<(u32, Encoding, bool, bool)> {
    let of = |at, legacy: &documents::spreadsheets::rosters::Legacy| (at, legacy.guess, legacy.by_font, legacy.in_part);
    seen(bytes).columns.iter().filter_map(|column| Some(of(column.at, column.legacy.as_ref()?))).collect()
}

#[test]
fn fonts_of_excel_97() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let mut bytes = XLS.to_vec();
    let at = bytes.windows(14).position(|window| window == wide("Calibri")).unwrap();
    bytes[at..at + 14].copy_from_slice(&wide(".VnTime"));
    assert!(old(XLS).is_empty());
    let found = old(&bytes);
    assert!(found.iter().all(|(_, guess, by_font, in_part)| *guess == Encoding::Tcvn3 && *by_font && !in_part), "{found:?}");
    assert!(found.iter().any(|(at, ..)| *at == 1), "the column of names: {found:?}");
}

#[test]
fn fonts_of_opendocument() {
    let style = "<style:style style:name=\"alt\" style:family=\"table-cell\"><style:text-properties style:font-name=\"VNI-Times\"/></style:style>";
    let bytes = with_part(ODS, "content.xml", |xml| {
        let xml = xml.replacen("</office:automatic-styles>", &format!("{style}</office:automatic-styles>"), 1);
        let name = xml.find("Lê Văn Sơn").unwrap();
        let cell = xml[..name].rfind("<table:table-cell").unwrap() + "<table:table-cell".len();
        let rest = xml[cell..].replacen("table:style-name=\"Default\"", "", 1);
        format!("{} table:style-name=\"alt\"{rest}", &xml[..cell])
    });
    assert!(old(ODS).is_empty());
    assert_eq!(old(&bytes), [(1, Encoding::Vni, true, false)]);

    // What most cells of a column look like is said of the column, and not of them.
    let bytes = with_part(ODS, "content.xml", |xml| {
        let xml = xml.replacen("</office:automatic-styles>", &format!("{style}</office:automatic-styles>"), 1);
        let sheet = xml.find("<table:table table:name=\"Học viên").unwrap();
        let column = sheet + xml[sheet..].find("<table:table-column ").unwrap();
        let columns = "<table:table-column/><table:table-column table:default-cell-style-name=\"alt\"/>";
        format!("{}{columns}{}", &xml[..column], &xml[column..])
    });
    assert_eq!(old(&bytes), [(1, Encoding::Vni, true, false)]);
}

#[test]
fn hidden_rows_of_excel_97() {
    // The record of row 6, the first of people: its flags say that it has no height.
    let record = [0x08, 0x02, 0x10, 0x00, 5, 0, 0, 0, 9, 0];
    let at = XLS.windows(record.len()).position(|window| window == record).unwrap();
    let mut bytes = XLS.to_vec();
    bytes[at + 4 + 12] |= 0x20;
    let read = roster(&bytes);
    assert_eq!((roster(XLS).rows[0].number, read.rows[0].number), (6, 7));
    let hidden: Vec<_> = read.passed_over.iter().filter(|row| row.why == Why::Hidden).map(|row| row.number).collect();
    assert_eq!(hidden, [6]);
    assert_eq!(seen(&bytes).hidden, 1);
}

#[test]
fn a_column_old_in_part_is_asked_about_and_only_that_part_is_converted() {
    let head: &[&str] = &["Họ và tên", "SĐT"];
    let names = ["Nguyễn Thị Hồng", "Lê Hoàng Hà", "Trần Văn Bình", "Lò Vàng", "NguyÔn ThÞ Hång"];
    let people: Vec<[&str; 2]> = names.iter().cycle().take(500).map(|name| [*name, "0912345678"]).collect();
    let rows: Vec<&[&str]> = std::iter::once(head).chain(people.iter().map(<[&str; 2]>::as_slice)).collect();
    let bytes = grid(&rows);
    assert_eq!(old(&bytes), [(0, Encoding::Tcvn3, false, true)]);
    let legacy = seen(&bytes).columns[0].legacy.clone().unwrap();
    assert_eq!(legacy.samples[0][..2], ["NguyÔn ThÞ Hång", "Nguyễn Thị Hồng"], "what looks old is shown first");
    assert!(seen(&bytes).asks());
    let said = Arrangement { encodings: [(0, Encoding::Tcvn3)].into(), ..Arrangement::default() };
    let read = read_arranged(&bytes, Limits::default(), &said).unwrap();
    let expected = ["Nguyễn Thị Hồng", "Lê Hoàng Hà", "Trần Văn Bình", "Lò Vàng", "Nguyễn Thị Hồng"];
    assert_eq!(column(&read, Column::FullName)[..5], expected);

    let correct: Vec<&[&str]> = rows.iter().filter(|row| !row[0].contains('Þ')).copied().collect();
    assert!(old(&grid(&correct)).is_empty() && !seen(&grid(&correct)).asks());
}
