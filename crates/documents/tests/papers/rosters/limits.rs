//! Files that are too much, broken or hostile: always an answer, and a quick one.

use std::io::{Cursor, Write};
use std::time::Duration;

use documents::spreadsheets::Limits;
use documents::spreadsheets::rosters::{Column, RosterError, read};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{column, grid, refusal, roster, with_part};

const ODS: &[u8] = include_bytes!("../fixtures/roster.ods");
const XLS: &[u8] = include_bytes!("../fixtures/roster.xls");

fn small() -> Vec<u8> {
    grid(&[&["Họ và tên", "SĐT"], &["Lê An", "0912345678"], &["Lê Bình", "0912345679"]])
}

/// What `work` gives, once it is clear that it did not cost out of all proportion: what a hostile file makes quadratic takes
/// minutes. The thread's own time on a processor is asked for, since the clock also counts the load of the machine.
fn quick<T>(work: impl FnOnce() -> T) -> T {
    let spent = || -> Duration {
        let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
        Duration::from_nanos(statistics.split(' ').next().unwrap().parse().unwrap())
    };
    let before = spent();
    let result = work();
    let took = spent() - before;
    assert!(took < Duration::from_secs(20), "took {took:?}");
    result
}

#[test]
fn each_limit_is_exact() {
    let bytes = small();
    let limits = Limits { max_cells: 6, max_rows: 2, max_bytes: bytes.len(), ..Limits::default() };
    assert!(read(&bytes, limits).is_ok());
    assert_eq!(read(&bytes, Limits { max_cells: 5, ..limits }), Err(RosterError::TooManyCells { limit: 5 }));
    assert_eq!(read(&bytes, Limits { max_rows: 1, ..limits }), Err(RosterError::TooManyRows { limit: 1 }));
    let limit = bytes.len() - 1;
    assert_eq!(read(&bytes, Limits { max_bytes: limit, ..limits }), Err(RosterError::TooLarge { limit }));
}

#[test]
fn zip_bombs_are_refused_by_claim_and_by_deed() {
    let limit = 1 << 20;
    let limits = Limits { max_unpacked_bytes: limit, ..Limits::default() };
    let honest = with_part(&small(), "docProps/app.xml", |_| " ".repeat(50 << 20));
    assert!(honest.len() < 200_000);
    assert_eq!(quick(|| read(&honest, limits)), Err(RosterError::TooLarge { limit }));

    // The same bomb, which claims in both headers that the part has ten bytes.
    let size = u32::to_le_bytes(50 << 20);
    let mut liar = honest;
    let places: Vec<_> = liar.windows(4).enumerate().filter(|(_, bytes)| *bytes == size).map(|(at, _)| at).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        liar[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    assert!(quick(|| read(&liar, limits)).is_err());
}

#[test]
fn absurd_dimensions_are_quick() {
    let claimed = with_part(&small(), "xl/worksheets/sheet1.xml", |xml| {
        let start = xml.find("<dimension").unwrap();
        let end = start + xml[start..].find("/>").unwrap() + 2;
        format!("{}<dimension ref=\"A1:XFD1048576\"/>{}", &xml[..start], &xml[end..])
    });
    assert_eq!(column(&quick(|| roster(&claimed)), Column::FullName), ["Lê An", "Lê Bình"]);

    let mut far = rust_xlsxwriter::Workbook::new();
    let sheet = far.add_worksheet();
    sheet.write_string(0, 0, "Họ và tên").unwrap();
    sheet.write_string(1_048_575, 0, "Lê An").unwrap();
    sheet.write_string(1_048_575, 16_383, "xa").unwrap();
    let far = far.save_to_buffer().unwrap();
    assert_eq!(quick(|| roster(&far)).rows[0].number, 1_048_576);
}

#[test]
fn claims_of_strings_are_not_believed() {
    let bytes = with_part(&small(), "xl/sharedStrings.xml", |xml| xml.replace("uniqueCount=\"", "uniqueCount=\"99999999999"));
    assert!(matches!(refusal(&bytes), RosterError::TooLarge { .. }));
}

#[test]
fn repeats_in_opendocument_end_with_the_budget() {
    for (from, to) in [
        ("<table:table-cell office", "<table:table-cell table:number-columns-repeated=\"4000000000\" office"),
        ("<table:table-row ", "<table:table-row table:number-rows-repeated=\"4000000000\" "),
    ] {
        let bytes = with_part(ODS, "content.xml", |xml| {
            let visible = xml.find("<table:table table:name=\"Học viên").unwrap();
            assert!(xml[visible..].contains(from));
            xml[..visible].to_owned() + &xml[visible..].replacen(from, to, 1)
        });
        assert!(matches!(quick(|| refusal(&bytes)), RosterError::TooManyCells { .. }));
    }
    let blanks = with_part(ODS, "content.xml", |xml| xml.replacen("<text:p>", "<text:p><text:s text:c=\"4000000000\"/>", 1));
    assert!(quick(|| read(&blanks, Limits::default())).is_ok());
}

#[test]
fn cells_behind_the_last_column_cost_nothing() {
    let far = with_part(ODS, "content.xml", |xml| {
        let visible = xml.find("<table:table table:name=\"Học viên").unwrap();
        let cell = visible + xml[visible..].find("<table:table-cell office").unwrap();
        format!("{}<table:table-cell table:number-columns-repeated=\"4000000000\"/>{}", &xml[..cell], &xml[cell..])
    });
    let _ = quick(|| read(&far, Limits::default()));
}

#[test]
fn chains_in_a_circle_end() {
    // Every entry of the first allocation table leads back to the first sector.
    let mut bytes = XLS.to_vec();
    let table = u32::from_le_bytes(bytes[76..80].try_into().unwrap()) as usize;
    bytes[(table + 1) * 512..(table + 2) * 512].fill(0);
    assert_eq!(quick(|| refusal(&bytes)), RosterError::NotASpreadsheet);
}

#[test]
fn a_shared_text_in_many_cells_costs_once() {
    let blank = with_part(&grid(&[&["Họ và tên"], &["Lê An"]]), "xl/sharedStrings.xml", |xml| {
        xml.replace("Lê An", &"\u{a0}".repeat(32_000))
    });
    let crowded = with_part(&blank, "xl/worksheets/sheet1.xml", |xml| {
        let cell = "<c r=\"B2\" t=\"s\"><v>1</v></c>";
        xml.replace("</sheetData>", &format!("<row r=\"3\">{}</row></sheetData>", cell.repeat(300_000)))
    });
    assert!(matches!(quick(|| refusal(&crowded)), RosterError::TooManyCells { .. }));
}

#[test]
fn protected_files_are_known() {
    let ods = with_part(ODS, "META-INF/manifest.xml", |xml| {
        xml.replace("</manifest:manifest>", "<manifest:encryption-data/></manifest:manifest>")
    });
    assert_eq!(refusal(&ods), RosterError::Encrypted);

    let place = |needle: &[u8]| XLS.windows(needle.len()).position(|bytes| bytes == needle).unwrap();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let mut xlsx = XLS.to_vec();
    let name = wide("EncryptedPackage");
    let at = place(&wide("Workbook"));
    xlsx[at..at + name.len()].copy_from_slice(&name);
    assert_eq!(refusal(&xlsx), RosterError::Encrypted);

    // The code page record becomes one that says how the rest is encrypted.
    let mut xls = XLS.to_vec();
    xls[place(b"\x42\x00\x02\x00\xB0\x04")] = 0x2F;
    assert_eq!(refusal(&xls), RosterError::Encrypted);
}

#[test]
fn other_files_are_no_spreadsheets() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("note.txt", SimpleFileOptions::default()).unwrap();
    archive.write_all(b"hello").unwrap();
    let archive = archive.finish().unwrap().into_inner();
    for bytes in [&b""[..], b"PK", b"%PDF-1.7", b"<html><table></table></html>", b"one line of words", &archive, &XLS[..300]] {
        assert_eq!(refusal(bytes), RosterError::NotASpreadsheet);
    }
}

/// Lengths of a file cut off at many places, its last bytes among them.
fn cuts(whole: &[u8]) -> impl Iterator<Item = usize> {
    let step = (whole.len() / 200).max(1);
    (0..whole.len()).step_by(step).chain(whole.len().saturating_sub(20)..whole.len())
}

#[test]
fn workbooks_that_were_cut_off_are_refused() {
    for whole in [small().as_slice(), ODS] {
        for length in cuts(whole) {
            let refused = quick(|| read(&whole[..length], Limits::default()));
            assert_eq!(refused, Err(RosterError::NotASpreadsheet), "{length} of {}", whole.len());
        }
    }
    let all = read(XLS, Limits::default()).unwrap();
    for length in cuts(XLS) {
        match quick(|| read(&XLS[..length], Limits::default())) {
            Err(RosterError::NotASpreadsheet) => {}
            // Behind the list lie the properties of the file.
            Ok(read) => assert_eq!(read, all, "{length} of {}", XLS.len()),
            other => panic!("{length} of {}: {other:?}", XLS.len()),
        }
    }
    assert!(read(&XLS[..XLS.len() / 2], Limits::default()).is_err());
}

#[test]
fn an_excel_97_stream_without_its_end_is_refused() {
    // The workbook lies in one piece from the third sector on, in 21 593 bytes. The record that ends its last sheet, and it,
    // becomes one that says nothing.
    let mut bytes = XLS.to_vec();
    let end = 3 * 512 + 21_593 - 4;
    assert_eq!(bytes[end..end + 4], [0x0A, 0x00, 0x00, 0x00]);
    bytes[end] = 0x0B;
    assert_eq!(refusal(&bytes), RosterError::NotASpreadsheet);
}

#[test]
fn text_that_was_cut_off_is_read_as_far_as_it_goes_or_refused() {
    let whole = "Họ và tên;Năm sinh;Ghi chú\nLê Thị An;1985;\"tổ; trưởng\"\nNguyễn Văn Bình;1990;x\n".repeat(3);
    let all: Vec<_> = roster(whole.as_bytes()).rows.iter().filter_map(|row| row.cells.get(&Column::FullName).cloned()).collect();
    for length in cuts(whole.as_bytes()) {
        match read(&whole.as_bytes()[..length], Limits::default()) {
            Ok(read) => {
                let names = column(&read, Column::FullName);
                let (last, before) = names.split_last().unwrap();
                assert!(
                    before.iter().zip(&all).all(|(name, known)| name == known) && all[names.len() - 1].starts_with(last),
                    "{length}"
                );
            }
            Err(
                RosterError::Empty
                | RosterError::NotASpreadsheet
                | RosterError::NoHeading { .. }
                | RosterError::OpenQuote { .. }
                | RosterError::BrokenLetters { .. },
            ) => {}
            other => panic!("{length}: {other:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn spoiled_files_never_panic(
        which in 0..3_usize,
        spoils in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let xlsx = small();
        let mut bytes = [xlsx.as_slice(), ODS, XLS][which].to_vec();
        for (at, byte) in spoils {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read(&bytes, Limits::default());
    }

    #[test]
    fn spoiled_xml_never_panics(
        spoils in prop::collection::vec((any::<prop::sample::Index>(), "[0-9A-Z<>/\"&;=]"), 1..8),
    ) {
        let spoil = |xml: String| {
            let mut bytes = xml.into_bytes();
            for (at, letter) in &spoils {
                let at = at.index(bytes.len());
                bytes[at] = letter.as_bytes()[0];
            }
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let _ = read(&with_part(&small(), "xl/worksheets/sheet1.xml", spoil), Limits::default());
        let _ = read(&with_part(ODS, "content.xml", spoil), Limits::default());
    }
}
