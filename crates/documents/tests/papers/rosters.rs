//! Rosters as people send them: real workbooks in, rows out.

mod arranged;
mod fixtures;
mod limits;
mod memory;
mod old;
mod shapes;
mod sheets;

use std::io::{Cursor, Read, Write};

use documents::spreadsheets::Limits;
use documents::spreadsheets::rosters::{Column, Roster, RosterError, read};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A workbook of one sheet.
fn workbook(fill: impl FnOnce(&mut Worksheet) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet()).unwrap();
    workbook.save_to_buffer().unwrap()
}

/// A workbook of texts, row by row; "" is an empty cell.
fn grid(rows: &[&[&str]]) -> Vec<u8> {
    workbook(|sheet| {
        for (row, cells) in (0..).zip(rows) {
            for (column, text) in (0..).zip(*cells) {
                if !text.is_empty() {
                    sheet.write_string(row, column, *text)?;
                }
            }
        }
        Ok(())
    })
}

fn roster(bytes: &[u8]) -> Roster {
    read(bytes, Limits::default()).unwrap()
}

/// What a column says in each row; "" where it says nothing.
fn column(roster: &Roster, column: Column) -> Vec<&str> {
    roster.rows.iter().map(|row| row.cells.get(&column).map_or("", String::as_str)).collect()
}

fn refusal(bytes: &[u8]) -> RosterError {
    read(bytes, Limits::default()).unwrap_err()
}

/// The workbook with one of its parts rewritten.
fn with_part(bytes: &[u8], name: &str, rewrite: impl Fn(String) -> String) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut into = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let part_name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if part_name == name {
            content = rewrite(String::from_utf8(content).unwrap()).into_bytes();
        }
        into.start_file(part_name, SimpleFileOptions::default()).unwrap();
        into.write_all(&content).unwrap();
    }
    into.finish().unwrap().into_inner()
}
