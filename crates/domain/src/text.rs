//! Vietnamese text: one form on the way in, and a folded form to search and compare by.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::Refusal;

/// NFC, trimmed, inner white space collapsed to single blanks, control characters dropped.
#[must_use]
pub fn normalise(text: &str) -> String {
    let composed: String = text.nfc().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lower case without tones and hats, `đ` as `d`, `y` as `i`: "Hoà Lý" and "hòa lí" meet in "hoa li".
///
/// Used for search and for comparing, never shown.
#[must_use]
pub fn fold(text: &str) -> String {
    let bare: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'đ' => 'd',
            'y' => 'i',
            other => other,
        })
        .collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name in lower case with the tone of each syllable at its end: "Hoà" and "Hòa" are one, "Hoa" is another.
///
/// Used to tell whether two names are the same one, where [`fold`] would take "Hoa" for "Hòa".
#[must_use]
pub fn spoken(name: &str) -> String {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let syllable = |word: &str| -> String {
        let (tones, letters): (Vec<char>, Vec<char>) = word.nfd().partition(|c| TONES.contains(c));
        letters.into_iter().chain(tones).collect()
    };
    name.to_lowercase().split_whitespace().map(syllable).collect::<Vec<_>>().join(" ")
}

/// A pattern for `LIKE … ESCAPE '\'` that finds the folded `text` anywhere.
#[must_use]
pub fn like_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for c in fold(text).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// A line of text that may be empty, of at most `limit` characters.
///
/// # Errors
/// [`Refusal::TooLong`].
pub fn optional_line(typed: &str, limit: usize) -> Result<String, Refusal> {
    let line = normalise(typed);
    if line.chars().count() > limit { Err(Refusal::TooLong { limit }) } else { Ok(line) }
}

/// A line of text that says something, of at most `limit` characters.
///
/// # Errors
/// [`Refusal::Missing`], [`Refusal::TooLong`].
pub fn line(typed: &str, limit: usize) -> Result<String, Refusal> {
    let line = optional_line(typed, limit)?;
    if line.is_empty() { Err(Refusal::Missing) } else { Ok(line) }
}

/// Text in several lines that may be empty, of at most `limit` characters. Blank lines at both ends go.
///
/// # Errors
/// [`Refusal::TooLong`].
pub fn paragraphs(typed: &str, limit: usize) -> Result<String, Refusal> {
    let text = typed.lines().map(normalise).collect::<Vec<_>>().join("\n").trim().to_owned();
    if text.chars().count() > limit { Err(Refusal::TooLong { limit }) } else { Ok(text) }
}

/// A whole number from `least` to `most`.
///
/// # Errors
/// [`Refusal::Missing`], [`Refusal::NotANumber`].
pub fn whole_number(typed: &str, least: i64, most: i64) -> Result<i64, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Refusal::Missing);
    }
    typed.parse().ok().filter(|number| (least..=most).contains(number)).ok_or(Refusal::NotANumber { least, most })
}

/// A sum of money as `1.280.000`.
#[must_use]
pub fn show_amount(sum: i64) -> String {
    let digits = sum.unsigned_abs().to_string();
    let mut text = String::from(if sum < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// Reads a sum of money as people write it: `1.280.000 đ`, `1280000`, `1 280 000`.
///
/// # Errors
/// [`Refusal::NotAnAmount`] for anything else, and beyond a quadrillion.
pub fn parse_amount(typed: &str) -> Result<i64, Refusal> {
    let typed = normalise(typed).to_lowercase();
    let number =
        ["đồng", "vnđ", "vnd", "đ", "m²", "m2"].iter().find_map(|unit| typed.strip_suffix(unit)).unwrap_or(&typed).trim_end();
    // A point or comma parts thousands, so three digits follow it: "1.5" is no sum of đồng.
    let mut groups = number.split(['.', ',', ' ']);
    let head = groups.next().unwrap_or_default();
    let digits: String = std::iter::once(head).chain(groups.clone()).collect();
    let grouped = groups.clone().next().is_some();
    let well_grouped = !grouped || ((1..=3).contains(&head.len()) && groups.all(|group| group.len() == 3));
    if !well_grouped || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::NotAnAmount);
    }
    digits.parse().ok().filter(|amount| *amount <= 1_000_000_000_000_000).ok_or(Refusal::NotAnAmount)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nfd_and_stray_blanks_become_one_form() {
        assert_eq!(normalise("  Nguye\u{302}\u{303}n \u{a0} Thị\tHồng "), "Nguyễn Thị Hồng");
    }

    #[test]
    fn folding_ignores_tones_hats_and_tone_placement() {
        assert_eq!(fold("Đặng Thị HOÀ"), "dang thi hoa");
        assert_eq!(fold("hòa"), fold("hoà"));
        assert_eq!(fold("Quý"), fold("Quí"));
    }

    #[test]
    fn spoken_names_ignore_case_and_tone_placement_only() {
        assert_eq!(spoken("LÊ THỊ HÒA"), spoken("Lê  Thị Hoà"));
        assert_ne!(spoken("Lê Thị Hoa"), spoken("Lê Thị Hòa"));
        assert_ne!(spoken("Trần Văn Năm"), spoken("Trần Văn Nam"));
    }

    #[test]
    fn sums_are_grouped_by_points() {
        for (sum, text) in [(0, "0"), (999, "999"), (1000, "1.000"), (-1_280_000, "-1.280.000"), (12_345_678, "12.345.678")] {
            assert_eq!(show_amount(sum), text);
        }
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, amount) in
            [("1.280.000 đ", 1_280_000), ("1280000", 1_280_000), ("1,280,000 VND", 1_280_000), ("0", 0), ("500 m²", 500)]
        {
            assert_eq!(parse_amount(text), Ok(amount), "{text}");
        }
        for text in ["", "đ", "1.5", "1.2800", "-5", "mười", "9999999999999999999", "1..280"] {
            assert_eq!(parse_amount(text), Err(Refusal::NotAnAmount), "{text}");
        }
    }

    #[test]
    fn patterns_escape_wildcards() {
        assert_eq!(like_pattern("50%_"), "%50\\%\\_%");
    }

    #[test]
    fn lines_and_numbers_are_parsed_once() {
        assert_eq!(line("  Lớp   3 ", 10).as_deref(), Ok("Lớp 3"));
        assert_eq!(line(" ", 10), Err(Refusal::Missing));
        assert_eq!(line("Nguyễn", 5), Err(Refusal::TooLong { limit: 5 }));
        assert_eq!(
            paragraphs("\r\n Mang theo  máy tính\r\n\r\nĂn trưa tại chỗ\n", 100).as_deref(),
            Ok("Mang theo máy tính\n\nĂn trưa tại chỗ")
        );
        assert_eq!(whole_number(" 40 ", 1, 1000), Ok(40));
        for typed in ["0", "1001", "4o", "-1", "4.0"] {
            assert_eq!(whole_number(typed, 1, 1000), Err(Refusal::NotANumber { least: 1, most: 1000 }), "{typed}");
        }
    }
}
