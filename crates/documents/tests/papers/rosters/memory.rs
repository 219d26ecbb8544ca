//! How much memory the largest lists take. Each test runs in a process of its own, and asks for the most that ever had.

use std::fmt::Write as _;

use documents::spreadsheets::Limits;
use documents::spreadsheets::rosters::{Arrangement, RosterError, read, survey};

use super::{grid, with_part};

/// What a list of many people may have (`operations::rosters::limits`).
const MANY: Limits = Limits {
    max_bytes: 10 << 20,
    max_unpacked_bytes: 64 << 20,
    max_cells: 500_000,
    max_rows: 10_000,
    max_characters: 2_000,
    keeps_lines: false,
};

/// The most memory this process ever had, in MiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() >> 10
}

/// A workbook whose one sheet has so many cells of texts of their own.
fn crowded(rows: usize, columns: usize, text: &str) -> Vec<u8> {
    with_part(&grid(&[&["Họ và tên"], &["Lê An"]]), "xl/worksheets/sheet1.xml", |xml| {
        let mut cells = String::new();
        for row in 0..rows {
            write!(cells, "<row r=\"{}\">", row + 3).unwrap();
            for _ in 0..columns {
                write!(cells, "<c t=\"inlineStr\"><is><t>{text}</t></is></c>").unwrap();
            }
            cells.push_str("</row>");
        }
        xml.replace("</sheetData>", &format!("{cells}</sheetData>"))
    })
}

#[test]
fn the_largest_list_of_many_people_takes_less_than_half_a_gibibyte() {
    let bytes = crowded(9_900, 50, "Nguyễn ThÞ");
    assert!(bytes.len() < MANY.max_bytes);
    let before = peak();
    let read = read(&bytes, MANY).unwrap();
    assert_eq!(read.rows.len(), 9_901);
    assert!(survey(&bytes, MANY, &Arrangement::default()).is_ok());
    assert!(peak() < before.max(1) + 512, "{} MiB, {before} before", peak());
}

#[test]
fn a_workbook_beyond_the_limits_takes_no_more() {
    let bytes = crowded(20_000, 60, "x");
    let before = peak();
    let refused = read(&bytes, MANY);
    assert!(matches!(refused, Err(RosterError::TooManyCells { .. } | RosterError::TooLarge { .. })), "{refused:?}");
    assert!(peak() < before + 512, "{} MiB, {before} before", peak());
}
