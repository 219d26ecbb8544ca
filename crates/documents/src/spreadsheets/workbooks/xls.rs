//! Excel 97–2003 workbooks (BIFF8): the few records that hold what people typed.
//!
//! Read here and not by calamine, whose reader makes room for whatever size a sheet claims and copies a shared text into
//! every cell that names it. Source: Microsoft, [MS-XLS] Excel Binary File Format.

use std::collections::{HashMap, HashSet};

use super::compound::{Compound, array_at, u16_at, u32_at};
use super::{Budget, Limits, RosterError, Sheet, strings, text};
use crate::spreadsheets::legacy::{self, Font};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;
const BIFF8: u16 = 0x0600;

/// A record: its type and its data, the first piece and those that continue it.
struct Record<'a> {
    kind: u16,
    pieces: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    fn data(&self) -> &'a [u8] {
        self.pieces.first().copied().unwrap_or_default()
    }
}

struct Records<'a>(&'a [u8]);

impl<'a> Records<'a> {
    /// The next record. A stream that ends before the record that closes it was cut off: it is refused, since nobody would
    /// miss the rows that it lost.
    fn read(&mut self) -> Result<Record<'a>, RosterError> {
        let (kind, data) = self.take()?;
        let mut pieces = vec![data];
        while self.0.starts_with(&CONTINUE.to_le_bytes()) {
            pieces.push(self.take()?.1);
        }
        Ok(Record { kind, pieces })
    }

    fn take(&mut self) -> Result<(u16, &'a [u8]), RosterError> {
        let kind = u16_at(self.0, 0)?;
        let length = usize::from(u16_at(self.0, 2)?);
        let data = self.0.get(4..4 + length).ok_or(RosterError::NotASpreadsheet)?;
        self.0 = &self.0[4 + length..];
        Ok((kind, data))
    }
}

/// What the sheets share.
#[derive(Default)]
struct Globals {
    from_1904: bool,
    strings: Vec<String>,
    /// For each cell format, whether it shows a date.
    dates: Vec<bool>,
    /// For each cell format, its font where that is one of an old encoding.
    fonts: Vec<Option<Font>>,
    /// Name and place in the stream of each worksheet; none where it is hidden.
    sheets: Vec<(String, Option<usize>)>,
}

/// The worksheets.
pub fn sheets(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Sheet>, RosterError> {
    let file = Compound::new(bytes)?;
    if file.has("EncryptedPackage") {
        return Err(RosterError::Encrypted);
    }
    let stream = file.stream("Workbook")?;
    let globals = globals(&stream, budget.limits)?;
    budget.allow_sheets(globals.sheets.len())?;
    let mut seen = HashSet::new();
    globals
        .sheets
        .iter()
        .map(|(name, place)| {
            let Some(place) = place else { return Ok(Sheet::hidden(name)) };
            // No two sheets are the same bytes.
            let records = stream.get(*place..).filter(|_| seen.insert(*place)).ok_or(RosterError::NotASpreadsheet)?;
            sheet(name, records, &globals, budget)
        })
        .collect()
}

fn globals(stream: &[u8], limits: Limits) -> Result<Globals, RosterError> {
    let mut globals = Globals::default();
    let mut custom = HashMap::new();
    let mut formats = Vec::new();
    let mut fonts = Vec::new();
    let mut records = Records(stream);
    let mut begun = false;
    loop {
        let record = records.read()?;
        let data = record.data();
        match record.kind {
            BOF if u16_at(data, 0)? != BIFF8 => return Err(RosterError::NotASpreadsheet),
            BOF => begun = true,
            _ if !begun => return Err(RosterError::NotASpreadsheet),
            // FilePass
            0x002F => return Err(RosterError::Encrypted),
            // Date1904
            0x0022 => globals.from_1904 = u16_at(data, 0)? == 1,
            // Format
            0x041E => {
                let format = strings::long(record.pieces, 2)?;
                custom.insert(u16_at(data, 0)?, shows_date(&format));
            }
            // Font
            0x0031 => fonts.push(strings::short(data, 14).ok().and_then(|name| legacy::font(&name))),
            // XF
            0x00E0 => {
                formats.push(u16_at(data, 2)?);
                // No font has the number 4.
                let font = usize::from(u16_at(data, 0)?);
                globals.fonts.push(fonts.get(if font < 4 { font } else { font - 1 }).copied().flatten());
            }
            // BoundSheet8 of a worksheet
            0x0085 if array_at::<2>(data, 4)?[1] == 0 => {
                let is_visible = array_at::<2>(data, 4)?[0] & 3 == 0;
                let place = u32_at(data, 0)? as usize;
                globals.sheets.push((strings::short(data, 6)?, is_visible.then_some(place)));
            }
            // SST
            0x00FC => globals.strings = strings::shared(record.pieces, limits),
            EOF => break,
            _ => (),
        }
    }
    globals.dates = formats
        .iter()
        .map(|format| match custom.get(format) {
            Some(date) => *date,
            None => matches!(format, 14..=17 | 22 | 27..=31 | 36 | 50..=58),
        })
        .collect();
    Ok(globals)
}

/// Whether a number format shows a day or a year: the letters d or y outside quotes, brackets and escapes.
fn shows_date(format: &str) -> bool {
    let mut quoted = false;
    let mut bracketed = false;
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | '_' | '*' => {
                letters.next();
            }
            '"' => quoted = !quoted,
            '[' => bracketed = true,
            ']' => bracketed = false,
            'd' | 'D' | 'y' | 'Y' if !quoted && !bracketed => return true,
            _ => (),
        }
    }
    false
}

fn sheet(name: &str, stream: &[u8], globals: &Globals, budget: &mut Budget) -> Result<Sheet, RosterError> {
    let mut sheet = Sheet::named(name);
    // A text that a formula gave comes in a record of its own.
    let mut formula = (0, 0);
    // Charts lie inside a sheet as sheets of their own.
    let mut depth = 0_usize;
    let mut hidden = Vec::new();
    let mut records = Records(stream);
    loop {
        let record = records.read()?;
        let data = record.data();
        match record.kind {
            BOF => depth += 1,
            _ if depth == 0 => return Err(RosterError::NotASpreadsheet),
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            _ if depth != 1 => (),
            // Row, of no height when it is hidden
            0x0208 if u16_at(data, 12).is_ok_and(|flags| flags & 0x20 != 0) => {
                hidden.push(u32::from(u16_at(data, 0)?));
            }
            // String
            0x0207 => {
                let written = text::plain(&strings::long(record.pieces, 0)?, budget.limits);
                sheet.put(formula.0, formula.1, written, budget)?;
            }
            // MulRk: a row of numbers
            0x00BD => {
                let row = u32::from(u16_at(data, 0)?);
                let first = u32::from(u16_at(data, 2)?);
                let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
                for (column, cell) in (first..).zip(cells.as_chunks::<6>().0) {
                    let value = compressed(u32_at(cell, 2)?);
                    let written = globals.number(value, u16_at(cell, 0)?);
                    sheet.put(row, column, written, budget)?;
                }
            }
            0x0203 | 0x027E | 0x00FD | 0x0204 | 0x0205 | 0x0006 => {
                let place = (u32::from(u16_at(data, 0)?), u32::from(u16_at(data, 2)?));
                if record.kind == 0x0006 {
                    formula = place;
                }
                let font = globals.fonts.get(usize::from(u16_at(data, 4)?)).copied().flatten();
                let written = globals.cell(record, budget.limits)?;
                sheet.put(place.0, place.1, written, budget)?;
                sheet.show(place.0, place.1, font);
            }
            _ => (),
        }
    }
    hidden.into_iter().for_each(|row| sheet.hide(row));
    Ok(sheet)
}

impl Globals {
    fn cell(&self, record: Record<'_>, limits: Limits) -> Result<String, RosterError> {
        let data = record.data();
        let format = u16_at(data, 4)?;
        Ok(match record.kind {
            // Number
            0x0203 => self.number(f64::from_le_bytes(array_at(data, 6)?), format),
            // RK
            0x027E => self.number(compressed(u32_at(data, 6)?), format),
            // LabelSst
            0x00FD => self.strings.get(u32_at(data, 6)? as usize).cloned().ok_or(RosterError::NotASpreadsheet)?,
            // Label
            0x0204 => text::plain(&strings::long(record.pieces, 6)?, limits),
            // BoolErr
            0x0205 => match array_at(data, 6)? {
                [value, 0] => truth(value),
                _ => String::new(),
            },
            // Formula, with the value it had when it was saved
            _ => match array_at::<8>(data, 6)? {
                [1, _, value, _, _, _, 0xFF, 0xFF] => truth(value),
                [_, _, _, _, _, _, 0xFF, 0xFF] => String::new(),
                value => self.number(f64::from_le_bytes(value), format),
            },
        })
    }

    fn number(&self, value: f64, format: u16) -> String {
        if self.dates.get(usize::from(format)) == Some(&true) { text::date(value, self.from_1904) } else { text::number(value) }
    }
}

fn truth(value: u8) -> String {
    if value == 0 { "FALSE" } else { "TRUE" }.to_owned()
}

/// A number in 30 bits: an integer or the upper part of a float, perhaps in hundredths.
fn compressed(rk: u32) -> f64 {
    let value = if rk & 2 != 0 { f64::from(rk.cast_signed() >> 2) } else { f64::from_bits(u64::from(rk & !3) << 32) };
    if rk & 1 != 0 { value / 100.0 } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_show_a_day_or_a_year() {
        assert!(shows_date("dd/mm/yyyy"));
        assert!(shows_date("[$-42A]d\\ mmmm\\ yyyy"));
        assert!(!shows_date("0000000000"));
        assert!(!shows_date("#,##0 \"ngày dy\""));
        assert!(!shows_date("[Red]0.00"));
    }

    #[test]
    fn compressed_numbers() {
        assert_eq!(compressed((1985 << 2) | 2), 1985.0);
        assert_eq!(compressed((12_345 << 2) | 3), 123.45);
    }
}
