//! Throws spoiled files at everything that reads one: `bin/fuzz MINUTES [SEED]`; `bin/fuzz FILE` reads one that was kept.
//!
//! Files of every kind are spoiled where it hurts: bytes, cut ends, pieces of one file in another; of zipped ones also the
//! parts inside, packed again so that readers get to them. Each is read within the limits of the program. What panics,
//! takes longer than five seconds, or grows beyond a gibibyte is kept in a file, and the run ends with 1. The same seed
//! gives the same files.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a tool of the workshop")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use chrono::DateTime;
use documents::spreadsheets::rosters::{self, Arrangement, Column, Mark};
use documents::spreadsheets::{Limits, lists, plans, registrations};
use domain::registrations::RegistrationKind;
use domain::rosters::{ColumnUse, Encoding, numbered};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Longer is an attack: honest files of the allowed size take a fraction of it, unoptimised too.
const SLOW: Duration = Duration::from_secs(5);
const GIBIBYTE: u64 = 1 << 20;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next().unwrap_or_else(|| "10".into());
    let Ok(minutes) = first.parse::<u64>() else {
        let file = std::fs::read(&first).expect("the file is there");
        let before = spent();
        let understood = reads(&file, &mut Dice::new(1));
        println!("{first}: read: {understood}, {:?}, peak {} KiB", spent() - before, peak());
        return ExitCode::SUCCESS;
    };
    let seed: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1);
    // Readers that recover from a panic of a library would fill the screen.
    std::panic::set_hook(Box::new(|_| {}));
    let seeds = corpus();
    let end = Instant::now() + Duration::from_secs(60 * minutes);
    let (mut files, mut read, mut slowest) = (0_u64, 0_u64, Duration::ZERO);
    let mut told = Instant::now();
    println!("seed {seed}, {minutes} minutes, {} kinds of files", seeds.len());
    while Instant::now() < end {
        let mut dice = Dice::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ files);
        let file = spoiled(&seeds, &mut dice);
        let begin = spent();
        let outcome = catch_unwind(AssertUnwindSafe(|| reads(&file, &mut dice)));
        let took = spent() - begin;
        slowest = slowest.max(took);
        files += 1;
        let reason = match outcome {
            Err(_) => Some("panics"),
            Ok(_) if took > SLOW => Some("is slow"),
            Ok(understood) => {
                read += u64::from(understood);
                (peak() > GIBIBYTE).then_some("takes more than a gibibyte")
            }
        };
        if let Some(reason) = reason {
            let path = format!("fuzz-{seed}-{files}.bin");
            std::fs::write(&path, &file).unwrap();
            println!("{path} ({} bytes) {reason}: {took:?}, peak {} KiB", file.len(), peak());
            return ExitCode::FAILURE;
        }
        if told.elapsed() > Duration::from_secs(60) {
            told = Instant::now();
            println!("{files} files, {read} of them read, slowest {slowest:?}, peak {} MiB", peak() >> 10);
        }
    }
    println!("clean: {files} files, {read} of them read, slowest {slowest:?}, peak {} MiB", peak() >> 10);
    ExitCode::SUCCESS
}

/// The time this thread had a processor: the clock would also count the load of the machine.
fn spent() -> Duration {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(statistics.split(' ').next().and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// The most memory this process ever had, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

/// Reads a file in every way; whether any understood it.
fn reads(file: &[u8], dice: &mut Dice) -> bool {
    // Half of them within what a list of many people may have.
    let limits = match dice.below(2) {
        0 => Limits { max_bytes: 10 << 20, max_rows: 10_000, max_cells: 500_000, ..Limits::default() },
        _ => Limits { keeps_lines: dice.below(2) == 0, ..Limits::default() },
    };
    let chosen = Arrangement {
        sheet: (dice.below(3) == 0).then(|| dice.below(4)),
        heading: (dice.below(2) == 0).then(|| dice.below(30)),
        columns: ColumnUse::ALL.iter().filter_map(|is| Some((dice.below(30) as u32, *is)).filter(|(at, _)| *at < 12)).collect(),
        encodings: (0..12).map(|at| (at, Encoding::ALL[dice.below(3)])).collect(),
        hidden_too: dice.below(2) == 0,
    };
    let mut understood = false;
    for arrangement in [Arrangement::default(), chosen] {
        let seen = rosters::survey(file, limits, &arrangement);
        let read = rosters::read_arranged(file, limits, &arrangement);
        understood |= read.is_ok();
        if seen.is_ok() && dice.below(4) == 0 {
            let mark = Mark { columns: vec![Column::FullName, Column::Phone], sentence: "?".into(), is_fault: true };
            let marks: BTreeMap<_, _> =
                (1..20).flat_map(|row| [row, numbered(1, row)]).map(|row| (row, vec![mark.clone()])).collect();
            // What was given back is a list, and the same one.
            if let Ok(back) = rosters::give_back(file, limits, &arrangement, &marks, true, DateTime::UNIX_EPOCH) {
                drop(rosters::survey(&back, limits, &arrangement));
            }
        }
    }
    match dice.below(4) {
        0 => drop(lists::read(file, limits)),
        1 => drop(plans::read(file, limits)),
        2 => drop(registrations::read(file, RegistrationKind::Existing, limits)),
        _ => {}
    }
    understood
}

/// A generator of small numbers, the same for the same seed (xorshift).
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

/// Honest files of every kind.
fn corpus() -> Vec<Vec<u8>> {
    let csv = "Danh sách\n\nSTT;Họ và tên;Năm sinh;CCCD;SĐT;Đơn vị\n1;Lê Thị An;1985;38185001234;912345678;HTX A\n;Tổng: 1;;;;\n";
    let wide =
        |text: &str| -> Vec<u8> { [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect() };
    let old_among_others =
        "Họ và tên,Năm sinh\n".to_owned() + &"Nguyễn Thị Hồng,1985\nNguyÔn ThÞ Hång,1985\nLeâ Vaên Ñöùc,1985\n".repeat(50);
    vec![
        workbook(),
        sheets(),
        old_among_others.into_bytes(),
        rosters::template(true).unwrap(),
        include_bytes!("../../documents/tests/papers/fixtures/roster.ods").to_vec(),
        include_bytes!("../../documents/tests/papers/fixtures/roster.xls").to_vec(),
        include_bytes!("../../documents/tests/papers/fixtures/roster.xls").to_vec(),
        csv.as_bytes().to_vec(),
        wide(csv),
        b"H\xE4 v\xB5 t\xAAn,N\xA8m sinh\nNguy\xD4n \xA7\xF8c,1985\n\"n\xAD\xEDc, m\xBEm\",\"x\"\n".to_vec(),
    ]
}

/// A workbook with what offices put into one: titles, merged headings, days, formulas, old fonts, hidden rows.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let old = Format::new().set_font_name(".VnTimeH");
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.merge_range(0, 0, 0, 4, "DANH SÁCH", &Format::new()).unwrap();
    sheet.merge_range(2, 2, 2, 3, "Năm sinh", &Format::new()).unwrap();
    for (column, text) in [(0, "STT"), (1, "Họ và tên"), (4, "SĐT")] {
        sheet.write_string(2, column, text).unwrap();
    }
    sheet.write_string(3, 2, "Nam").unwrap();
    sheet.write_string(3, 3, "Nữ").unwrap();
    for row in 4..30 {
        sheet.write_number(row, 0, f64::from(row)).unwrap();
        sheet.write_string_with_format(row, 1, "lª v¨n hµ", &old).unwrap();
        sheet.write_with_format(row, 2, ExcelDateTime::from_ymd(1985, 3, 12).unwrap(), &day).unwrap();
        sheet.write_formula(row, 4, Formula::new("=900000000+1").set_result("900000001")).unwrap();
    }
    sheet.set_row_hidden(7).unwrap();
    sheet.write_string(31, 1, "Tổng cộng: 26").unwrap();
    book.save_to_buffer().unwrap()
}

/// A workbook with a sheet for each of some communes, in other rows and columns, hidden ones, and one that was given back.
fn sheets() -> Vec<u8> {
    let mut book = Workbook::new();
    for commune in 0..6_u16 {
        let sheet = book.add_worksheet();
        sheet.set_name(format!("Xã {commune}")).unwrap();
        let row = u32::from(commune);
        for (column, text) in (commune..).zip(["TT", "Họ và tên", "SĐT", "Lý do (cần sửa)"]) {
            sheet.write_string(row, column, text).unwrap();
            sheet.write_string(row + 1, column, "Lê An 0912345678").unwrap();
            sheet.write_string(row + 2, column, "Hoàng ThÞ B").unwrap();
        }
        if commune == 4 {
            sheet.set_hidden(true);
        }
    }
    book.save_to_buffer().unwrap()
}

fn spoiled(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut file = seeds[dice.below(seeds.len())].clone();
    let zipped = file.starts_with(b"PK");
    if zipped && dice.below(5) > 0 {
        file = spoil_parts(&file, dice);
        if dice.below(4) > 0 {
            return file;
        }
    }
    let other = &seeds[dice.below(seeds.len())];
    spoil(&mut file, other, dice);
    file
}

/// Spoils parts of an archive and packs it again, its sizes and sums right.
fn spoil_parts(file: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut into = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let hit = dice.below(from.len());
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let matters = name.contains("sheet1.xml") || name == "content.xml";
        if index == hit || matters && dice.below(2) == 0 {
            match dice.below(8) {
                0 => continue,
                1 => spoil(&mut content, file, dice),
                _ => spoil_xml(&mut content, dice),
            }
        }
        into.start_file(name, options).unwrap();
        into.write_all(&content).unwrap();
    }
    into.finish().unwrap().into_inner()
}

/// Spoils the words of a markup and leaves most of it well formed.
fn spoil_xml(content: &mut Vec<u8>, dice: &mut Dice) {
    const NUMBERS: &[&str] = &[
        "0",
        "-1",
        "1",
        "255",
        "65536",
        "1048576",
        "1048577",
        "4294967295",
        "4294967296",
        "99999999999999999999",
        "1e308",
        "NaN",
        "",
        "A0",
        "XFD1048576",
        "ZZZZZZ9",
    ];
    for _ in 0..=dice.below(6) {
        let quotes: Vec<usize> = (0..content.len()).filter(|at| content[*at] == b'"').collect();
        if quotes.len() < 2 || dice.below(3) == 0 {
            let (start, length) = (dice.below(content.len()), dice.below(200));
            let piece: Vec<u8> = content[start..(start + length).min(content.len())].to_vec();
            let at = dice.below(content.len() + 1);
            for _ in 0..[1, 1, 1, 50, 500][dice.below(5)] {
                content.splice(at..at, piece.iter().copied());
                if content.len() > 4 << 20 {
                    return;
                }
            }
        } else {
            let first = dice.below(quotes.len() - 1);
            let value = NUMBERS[dice.below(NUMBERS.len())].bytes();
            content.splice(quotes[first] + 1..quotes[first + 1], value);
        }
    }
}

/// Spoils bytes, anywhere and in any way.
fn spoil(file: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    for _ in 0..=dice.below(12) {
        if file.is_empty() {
            return;
        }
        let at = dice.below(file.len());
        match dice.below(8) {
            0 => file.truncate(at),
            1 => {
                let (start, length) = (dice.below(other.len().max(1)), dice.below(600));
                let piece = other.get(start..(start + length).min(other.len())).unwrap_or_default().to_vec();
                file.splice(at..at, piece);
            }
            2 => {
                let end = (at + dice.below(600)).min(file.len());
                file.drain(at..end);
            }
            3 => file[at] ^= 1 << dice.below(8),
            4 => {
                let value = [0_u32, 1, 0xFFFF_FFFF, 0xFFFF_FFFE, 0x7FFF_FFFF, 0x8000_0000][dice.below(6)].to_le_bytes();
                for (byte, new) in file[at..].iter_mut().zip(value) {
                    *byte = new;
                }
            }
            5 => {
                let end = (at + dice.below(200)).min(file.len());
                let piece = file[at..end].to_vec();
                for _ in 0..dice.below(40) {
                    file.splice(at..at, piece.iter().copied());
                }
            }
            _ => file[at] = dice.below(256) as u8,
        }
    }
}
