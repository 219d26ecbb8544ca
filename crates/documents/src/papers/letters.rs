//! Every text is made printable before it reaches the press.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::{PaperError, press};

/// Cleans every string inside `data`; see [`clean`].
pub(super) fn clean_all(data: &mut Value) -> Result<(), PaperError> {
    match data {
        Value::String(text) => *text = clean(text)?,
        Value::Array(items) => items.iter_mut().try_for_each(clean_all)?,
        Value::Object(fields) => fields.values_mut().try_for_each(clean_all)?,
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

/// Leaves out of every string inside `data` what the fonts lack: for papers that tell and do not certify, a picture in a
/// title must not keep the paper from being printed.
pub(super) fn leave_out_unknown(data: &mut Value) {
    match data {
        Value::String(text) => {
            *text = text.nfc().filter(|letter| letter.is_whitespace() || press::has_glyph(*letter)).collect();
        }
        Value::Array(items) => items.iter_mut().for_each(leave_out_unknown),
        Value::Object(fields) => fields.values_mut().for_each(leave_out_unknown),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Composes the letters (NFC) and reduces every run of blanks and line ends to one space.
///
/// A letter that the fonts lack is refused: a paper with an empty box in a name must not leave the office.
fn clean(text: &str) -> Result<String, PaperError> {
    let composed: String = text.nfc().collect();
    let clean = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    match clean.chars().find(|character| !press::has_glyph(*character)) {
        Some(character) => Err(PaperError::Unprintable { character, text: clean }),
        None => Ok(clean),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOWELS: &str = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";
    const CONSONANTS: &str = "bcdđghklmnpqrstvxfjwzBCDĐGHKLMNPQRSTVXFJWZ";
    /// Level, grave, hook above, tilde, acute, dot below.
    const TONES: [&str; 6] = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"];

    fn alphabet() -> Vec<String> {
        let toned = VOWELS.chars().flat_map(|vowel| TONES.map(|tone| format!("{vowel}{tone}")));
        toned.chain(CONSONANTS.chars().map(String::from)).collect()
    }

    #[test]
    fn every_vietnamese_letter_with_every_tone_has_one_glyph_in_every_face() {
        assert_eq!(alphabet().len(), 24 * 6 + 42);
        for letter in alphabet() {
            let composed: String = letter.nfc().collect();
            let decomposed: String = letter.nfd().collect();
            assert_eq!(composed.chars().count(), 1, "{composed}");
            assert_eq!(clean(&composed).unwrap(), composed);
            assert_eq!(clean(&decomposed).unwrap(), composed, "decomposed {composed}");
        }
    }

    #[test]
    fn hat_composed_and_tone_apart_is_composed_too() {
        assert_eq!(clean("Nguyê\u{303}n Thi\u{323} Hươ\u{300}ng").unwrap(), "Nguyễn Thị Hường");
    }

    #[test]
    fn marks_and_figures_of_office_papers_are_printable() {
        clean("0123456789 ()[]/.,;:!?–—-…“”‘’\"'%&+=*@#_°²½ №§©®€").unwrap();
    }

    #[test]
    fn blanks_are_tidied() {
        assert_eq!(clean("  Lê \n\t Văn\u{a0}An ").unwrap(), "Lê Văn An");
    }

    #[test]
    fn a_letter_without_a_glyph_is_named() {
        let refused = clean("Lê 🌾 An").unwrap_err();
        assert!(matches!(refused, PaperError::Unprintable { character: '🌾', .. }));
    }
}
