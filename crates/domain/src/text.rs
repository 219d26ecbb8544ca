//! Vietnamese text: one form on the way in, and a folded form to search and compare by.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

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
    fn patterns_escape_wildcards() {
        assert_eq!(like_pattern("50%_"), "%50\\%\\_%");
    }
}
