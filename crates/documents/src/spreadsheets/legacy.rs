//! Vietnamese typed before Unicode: TCVN3 (ABC) and VNI for Windows, as their bytes stand in old lists.
//!
//! A text alone does not tell: VNI "Hoàng" is "Hồng", and both are names. So whole columns are judged, and only a person
//! decides. TCVN3 has no bytes of its own for capital letters with a tone, and its "ư" is a soft hyphen, which nobody may
//! drop on the way here. The table is that of Unikey (`data/tcvn3_vni_map.csv`); lower case agrees with TCVN 5712-1.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::rosters::Encoding;

use super::syllables::is_syllable;

#[cfg(test)]
mod samples;
mod suspicion;

pub use suspicion::{Suspicion, stays, suspect};

/// A font that shows one of the encodings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Font {
    /// The encoding.
    pub encoding: Encoding,
    /// Whether it shows every letter as a capital (`.VnTimeH`).
    pub capitals: bool,
}

/// What a font's name says of the text it shows; none for a font of Unicode.
pub fn font(name: &str) -> Option<Font> {
    let lower = name.trim().to_lowercase();
    if lower.starts_with(".vn") {
        Some(Font { encoding: Encoding::Tcvn3, capitals: lower.ends_with('h') })
    } else if lower.starts_with("vni-") || lower.starts_with("vni ") {
        Some(Font { encoding: Encoding::Vni, capitals: false })
    } else {
        None
    }
}

/// A letter with whether its bytes tell the capital from the small one.
type Letter = (char, bool);

struct Tables {
    tcvn3: HashMap<u8, Letter>,
    vni: HashMap<u8, char>,
    vni_pairs: HashMap<(u8, u8), char>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables { tcvn3: HashMap::new(), vni: HashMap::new(), vni_pairs: HashMap::new() };
    for line in include_str!("../../data/tcvn3_vni_map.csv").lines().skip(1) {
        // The sixth column alone is quoted, and says in words what its length says too.
        let cells: Vec<&str> = line.split(',').collect();
        let (Some(letter), Some(tcvn3)) = (cells.first().and_then(|cell| cell.chars().next()), cells.get(3)) else { continue };
        let is_exact = cells.get(5) == Some(&"exact");
        let from_end = |place: usize| cells.len().checked_sub(place).and_then(|at| cells.get(at)).copied().unwrap_or_default();
        let byte = |text: &str| u8::from_str_radix(text, 16).ok();
        if let Some(byte) = byte(tcvn3)
            && is_exact
        {
            let caseless = letter.is_lowercase() && !matches!(letter, 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư' | 'đ');
            tables.tcvn3.insert(byte, (letter, !caseless));
        }
        let vni: Vec<u8> = from_end(3).split(' ').filter_map(byte).collect();
        match vni[..] {
            [one] => drop(tables.vni.insert(one, letter)),
            [base, tone] => drop(tables.vni_pairs.insert((base, tone), letter)),
            _ => {}
        }
    }
    tables
});

/// The characters that code page 1252 puts at 0x80 to 0x9F; where it has none, the byte itself.
const PAGE_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”',
    '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Where code page 1258 (Vietnamese) differs from 1252.
const PAGE_1258: [(u8, char); 15] = [
    (0xC3, 'Ă'),
    (0xCC, '\u{300}'),
    (0xD0, 'Đ'),
    (0xD2, '\u{309}'),
    (0xD5, 'Ơ'),
    (0xDD, 'Ư'),
    (0xDE, '\u{303}'),
    (0xE3, 'ă'),
    (0xEC, '\u{301}'),
    (0xF0, 'đ'),
    (0xF2, '\u{323}'),
    (0xF5, 'ơ'),
    (0xFD, 'ư'),
    (0xFE, '₫'),
    (0x8A, '\u{8a}'),
];

/// The character of a byte in code page 1252.
pub fn latin(byte: u8) -> char {
    match byte {
        0x80..=0x9F => PAGE_1252[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

/// The character of a byte in code page 1258.
pub fn vietnamese(byte: u8) -> char {
    PAGE_1258.iter().find(|(at, _)| *at == byte).map_or_else(|| latin(byte), |(_, character)| *character)
}

/// The bytes of a text that was read by code page 1252 or, where that has no such letters, by 1258.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let one = |c: char| match u32::from(c) {
        code @ (0..=0x7F | 0xA0..=0xFF) => u8::try_from(code).ok(),
        _ => PAGE_1252.iter().position(|known| *known == c).and_then(|at| u8::try_from(at + 0x80).ok()),
    };
    if let Some(bytes) = text.chars().map(one).collect() {
        return Some(bytes);
    }
    let other = |c: char| PAGE_1258.iter().find(|(_, known)| *known == c).map(|(byte, _)| *byte);
    let mut bytes = Vec::new();
    for c in text.chars() {
        if let Some(byte) = other(c).or_else(|| one(c)) {
            bytes.push(byte);
            continue;
        }
        // A letter and the mark behind it became one letter on the way.
        let mut parts = Vec::new();
        unicode_normalization::char::decompose_canonical(c, |part| parts.push(part));
        let (mark, base) = parts.split_last()?;
        let base = unicode_normalization::UnicodeNormalization::nfc(base.iter().copied()).collect::<Vec<char>>();
        let [base] = base[..] else { return None };
        bytes.push(other(base).or_else(|| one(base))?);
        bytes.push(other(*mark)?);
    }
    Some(bytes)
}

/// The text in Unicode, with which of its letters have a case that their bytes do not tell; none when it cannot be of
/// this encoding.
fn decode(text: &str, encoding: Encoding) -> Option<Vec<Letter>> {
    let tables = &*TABLES;
    let bytes = bytes(text)?;
    let mut letters = Vec::with_capacity(bytes.len());
    let mut rest = &bytes[..];
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        let plain = (latin(*first), true);
        letters.push(match encoding {
            Encoding::Unicode => return None,
            Encoding::Tcvn3 => tables.tcvn3.get(first).copied().unwrap_or(plain),
            Encoding::Vni => match after.first().and_then(|next| pair(tables, *first, *next)) {
                Some(letter) => {
                    rest = &after[1..];
                    (letter, true)
                }
                None => tables.vni.get(first).map_or(plain, |letter| (*letter, true)),
            },
        });
    }
    Some(letters)
}

/// Two bytes of VNI; a capital letter may have a small tone.
fn pair(tables: &Tables, base: u8, tone: u8) -> Option<char> {
    let exact = tables.vni_pairs.get(&(base, tone)).copied();
    exact.or_else(|| {
        let upper = tables.vni_pairs.get(&(base.to_ascii_lowercase(), tone)).filter(|_| base.is_ascii_uppercase())?;
        upper.to_uppercase().next()
    })
}

/// The text in Unicode; none when it cannot be of this encoding. Where bytes do not tell the case, capitals go with
/// capitals; `in_capitals` says that the font showed nothing else, `is_name` that each word begins with one.
pub fn convert(text: &str, encoding: Encoding, in_capitals: bool, is_name: bool) -> Option<String> {
    if encoding == Encoding::Unicode {
        return Some(text.to_owned());
    }
    if is_unicode(text) {
        return Some(text.to_owned());
    }
    let letters = decode(text, encoding)?;
    let sure: Vec<char> = letters.iter().filter(|(_, sure)| *sure).map(|(c, _)| *c).filter(|c| c.is_alphabetic()).collect();
    let shouted = in_capitals || (sure.len() > 2 && sure.iter().all(|c| c.is_uppercase()));
    let begins_words = is_name && sure.iter().any(|c| c.is_uppercase());
    let mut converted = String::new();
    let mut starts = true;
    for (letter, sure) in letters {
        let raised = (in_capitals || !sure) && shouted || !sure && begins_words && starts;
        starts = letter.is_whitespace();
        if raised { converted.extend(letter.to_uppercase()) } else { converted.push(letter) }
    }
    Some(converted)
}

/// Whether a text has letters that no old encoding has, and is correct with them: one typed anew in an old column.
pub fn is_unicode(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii());
    text.chars().any(|c| c > '\u{ff}' && !PAGE_1252.contains(&c)) && words.all(is_syllable)
}

/// A text as the encoding it looks like, to be understood, never to be stored.
pub fn guesses(text: &str) -> impl Iterator<Item = String> {
    let encodings = if text.is_ascii() { &[][..] } else { &[Encoding::Tcvn3, Encoding::Vni] };
    encodings.iter().filter_map(|encoding| convert(text, *encoding, false, false))
}

#[cfg(test)]
mod tests {
    use super::samples::SAMPLES;
    use super::*;

    #[test]
    fn the_samples_are_converted_letter_for_letter() {
        for (unicode, tcvn3, vni, _) in SAMPLES {
            assert_eq!(convert(tcvn3, Encoding::Tcvn3, false, true).as_deref(), Some(*unicode));
            assert_eq!(convert(vni, Encoding::Vni, false, true).as_deref(), Some(*unicode));
            assert_eq!(convert(unicode, Encoding::Unicode, false, true).as_deref(), Some(*unicode));
        }
    }

    #[test]
    fn every_letter_of_the_table_comes_back() {
        let tables = &*TABLES;
        assert_eq!((tables.tcvn3.len(), tables.vni.len(), tables.vni_pairs.len()), (74, 18, 116));
        assert_eq!(tables.tcvn3[&0xAD], ('ư', true));
    }

    #[test]
    fn capitals_go_with_the_font_and_with_capitals() {
        assert_eq!(convert("lª v¨n hµ", Encoding::Tcvn3, true, true).as_deref(), Some("LÊ VĂN HÀ"));
        assert_eq!(convert("¸nh", Encoding::Tcvn3, false, true).as_deref(), Some("ánh"), "nothing says that it is a capital");
        assert_eq!(convert("hä vµ tªn", Encoding::Tcvn3, false, false).as_deref(), Some("họ và tên"));
    }

    #[test]
    fn a_text_read_by_code_page_1258_gives_its_bytes_back() {
        // 0xCC is "è" in TCVN3, and a combining mark in code page 1258, which joins the letter before it in NFC.
        let tcvn3 = [0x4C, 0xAA, 0x20, 0xA7, 0xF8, 0x63, 0x20, 0x6B, 0xCC, 0x20, 0x51, 0x75, 0xDD, 0x6E, 0x68];
        let shown: String = tcvn3.iter().map(|byte| vietnamese(*byte)).collect();
        let shown: String = unicode_normalization::UnicodeNormalization::nfc(shown.chars()).collect();
        assert_eq!(convert(&shown, Encoding::Tcvn3, false, true).as_deref(), Some("Lê Đức kè Quính"));
    }

    #[test]
    fn what_was_typed_anew_in_an_old_column_stays() {
        for encoding in [Encoding::Tcvn3, Encoding::Vni] {
            assert_eq!(convert("Nguyễn Thị Hoà", encoding, false, true).as_deref(), Some("Nguyễn Thị Hoà"));
        }
    }

    #[test]
    fn fonts_are_known_by_name() {
        assert_eq!(font(".VnTimeH"), Some(Font { encoding: Encoding::Tcvn3, capitals: true }));
        assert_eq!(font(".VnArial"), Some(Font { encoding: Encoding::Tcvn3, capitals: false }));
        assert_eq!(font("VNI-Times").map(|font| font.encoding), Some(Encoding::Vni));
        assert_eq!(font("Times New Roman"), None);
    }
}
