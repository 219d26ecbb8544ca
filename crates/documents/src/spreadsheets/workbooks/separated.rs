//! Text with separators: what programs write as CSV, in the encodings that Vietnamese offices meet.

use super::{Budget, RosterError, Sheet, text};
use crate::spreadsheets::legacy;
use crate::spreadsheets::syllables::is_syllable;

/// Bytes that are looked at to tell an encoding or a separator.
const LOOKED_AT: usize = 64 << 10;

/// The one sheet that a text file is.
pub fn sheet(bytes: &[u8], budget: &mut Budget) -> Result<Sheet, RosterError> {
    let text = decoded(bytes)?;
    let (text, named) = separator_line(&text);
    let found = named.or_else(|| separator(text));
    // One line without a separator is a sentence, no list.
    if found.is_none() && text.trim().lines().count() < 2 {
        return Err(RosterError::NotASpreadsheet);
    }
    if let Some(at) = open_quote(text.as_bytes(), found.unwrap_or(b',')) {
        let before = text.as_bytes().get(..at).unwrap_or_default();
        let line = lines(before) as usize + usize::from(named.is_some()) + 1;
        return Err(RosterError::OpenQuote { line });
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(found.unwrap_or(b',')).from_reader(text.as_bytes());
    let mut sheet = Sheet::named("CSV");
    let mut record = csv::StringRecord::new();
    // The reader counts lines after their ends in its own way: they are counted here, so that rows are those of the file.
    let (mut counted, mut line) = (0, u32::from(named.is_some()));
    while reader.read_record(&mut record).map_err(|_| RosterError::NotASpreadsheet)? {
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX));
        let ends = text.as_bytes().get(start..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let start = start + ends.count();
        line += lines(text.as_bytes().get(counted..start).unwrap_or_default());
        counted = start;
        for (column, cell) in (0..).zip(record.iter()) {
            sheet.put(line, column, text::plain(cell, budget.limits), budget)?;
        }
    }
    Ok(sheet)
}

/// Where a quotation mark opens a cell that is still open at the end of the file, or that goes on for lines and then closes
/// in the middle of a cell: what was meant is lost, and rows of people would become one cell. The rules are those of the
/// reader: a mark opens at the start of a cell alone, and two are one inside.
fn open_quote(text: &[u8], separator: u8) -> Option<usize> {
    let (mut starts, mut opened, mut at) = (true, None, 0);
    while let Some(byte) = text.get(at) {
        let ends_cell = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == separator || matches!(byte, b'\r' | b'\n'));
        match opened {
            Some(_) if *byte == b'"' && text.get(at + 1) == Some(&b'"') => at += 1,
            Some(start) if *byte == b'"' => {
                let goes_on = !ends_cell(text.get(at + 1));
                if goes_on && text.get(start..at).is_some_and(|cell| cell.contains(&b'\n') || cell.contains(&b'\r')) {
                    return Some(start);
                }
                (opened, starts) = (None, false);
            }
            Some(_) => {}
            None if starts && *byte == b'"' => opened = Some(at),
            None => starts = ends_cell(Some(byte)),
        }
        at += 1;
    }
    opened
}

/// How many lines end in some bytes: by a line feed, a carriage return, or both.
fn lines(bytes: &[u8]) -> u32 {
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    u32::try_from(ends.count()).unwrap_or(u32::MAX)
}

/// The characters of the file.
fn decoded(bytes: &[u8]) -> Result<String, RosterError> {
    let says_utf8 = bytes.strip_prefix(b"\xEF\xBB\xBF");
    let bare = says_utf8.unwrap_or(bytes);
    if !bytes.contains(&0)
        && let Some(line) = broken_letters(bare, says_utf8.is_some())
    {
        return Err(RosterError::BrokenLetters { line });
    }
    if let Some(rest) = says_utf8 {
        return std::str::from_utf8(rest)
            .ok()
            .filter(|text| is_text(text))
            .map(str::to_owned)
            .ok_or(RosterError::NotASpreadsheet);
    }
    without_mark(bytes).ok_or(RosterError::NotASpreadsheet)
}

/// The first line with a broken letter, in a file that says that it is UTF-8 or in which more letters are right as UTF-8
/// than wrong: read by a code page, all of them would come out wrong. In files of code pages hardly any two bytes follow
/// each other as they do in UTF-8.
fn broken_letters(bytes: &[u8], is_utf8: bool) -> Option<usize> {
    let (mut right, mut wrong, mut line, mut first) = (0_usize, 0_usize, 1, None);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        line += lines(chunk.valid().as_bytes()) as usize;
        if !chunk.invalid().is_empty() {
            wrong += 1;
            first.get_or_insert(line);
        }
    }
    first.filter(|_| is_utf8 || right > wrong)
}

/// The characters of a file that does not say UTF-8; none when it is no text.
fn without_mark(bytes: &[u8]) -> Option<String> {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let (units, rest) = bytes.as_chunks::<2>();
        let text = rest.is_empty().then(|| String::from_utf16(&units.iter().map(|unit| read(*unit)).collect::<Vec<_>>()).ok())?;
        text.filter(|text| is_text(text))
    };
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return wide(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return wide(rest, u16::from_be_bytes);
    }
    if bytes.is_empty() || [&b"%PDF"[..], b"{\\rtf", b"<"].iter().any(|start| bytes.starts_with(start)) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return is_text(text).then(|| text.to_owned());
    }
    if bytes.contains(&0) {
        return None;
    }
    // Excel saves in the code page of the machine. Old encodings stand in 1252 as if they were Western letters.
    let western: String = bytes.iter().map(|byte| legacy::latin(*byte)).collect();
    let vietnamese: String = bytes.iter().map(|byte| legacy::vietnamese(*byte)).collect();
    let score = |text: &str| {
        let start: String = text.chars().take(LOOKED_AT).collect();
        let composed: String = unicode_normalization::UnicodeNormalization::nfc(start.chars()).collect();
        composed.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii() && is_syllable(word)).count()
    };
    let text = if score(&vietnamese) > score(&western) { vietnamese } else { western };
    is_text(&text).then_some(text)
}

/// Whether a file is what people read: no control characters but those of lines.
fn is_text(text: &str) -> bool {
    !text.chars().take(LOOKED_AT).any(|c| c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}'))
}

/// The separator that a first line `sep=;` names, with the rest of the text.
fn separator_line(text: &str) -> (&str, Option<u8>) {
    let named = text.strip_prefix("sep=").and_then(|rest| {
        let separator = rest.bytes().next().filter(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric() && *byte != b'"')?;
        let rest = rest[1..].trim_start_matches('\r').strip_prefix('\n')?;
        Some((rest, separator))
    });
    named.map_or((text, None), |(rest, separator)| (rest, Some(separator)))
}

/// The separator that stands in the most lines; of equals, the one that stands there oftenest.
fn separator(text: &str) -> Option<u8> {
    let start = text.char_indices().nth(LOOKED_AT).map_or(text, |(end, _)| &text[..end]);
    let count = |separator: char| {
        let lines = start.lines().filter(|line| line.contains(separator)).count();
        (lines, start.matches(separator).count())
    };
    let best = [',', '|', '\t', ';'].into_iter().max_by_key(|separator| count(*separator))?;
    (count(best).0 > 0).then_some(best as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_mark_that_opens_and_does_not_close() {
        let at = |text: &str| open_quote(text.as_bytes(), b';');
        for closed in ["a;\"b;c\"\n\"d\ne\";f\n", "a;5\" ống\n", "\"a \"\"b\"\"\";c", "\"\"", "\"a\"b;c\n", "a; \"b\n"] {
            assert_eq!(at(closed), None, "{closed}");
        }
        assert_eq!(at("a;b\n\"c;d\ne;f\n"), Some(4));
        assert_eq!(at("a\n\"b \"\"c"), Some(2));
        assert_eq!(at("a\n\"Lê An;1\n\"Lê Bình\";2\n"), Some(2), "it closes where the next one was meant to open");
    }

    #[test]
    fn letters_are_broken_in_a_file_that_is_utf8_otherwise() {
        assert_eq!(broken_letters("Hà\nLê".as_bytes(), false), None);
        assert_eq!(broken_letters(b"H\xC3\xA0\nL\xC3\xAA\nL\xEA\n", false), Some(3));
        assert_eq!(broken_letters(b"L\xAA \xA7\xF8c\nH\xB5 n\xAD\xEDc", false), None, "TCVN3");
        assert_eq!(broken_letters(b"x\nL\xEA", true), Some(2), "it says that it is UTF-8");
    }
}
