//! Certificates: numbered in a book and year, frozen when issued.

use crate::text;

/// The number as it is printed: `015/2019/GCN-VPĐP`. Three digits at least; a larger number simply gets longer.
#[must_use]
pub fn serial(number: i64, year: i64, book: &str) -> String {
    format!("{number:03}/{year}/{book}")
}

/// What somebody typed to look a certificate up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// A serial number, with or without its book.
    Serial {
        /// The number in its book and year.
        number: i64,
        /// The year of issue.
        year: i64,
        /// The folded code of the book, empty when it was left out.
        book: String,
    },
    /// The code under the QR.
    Token(String),
}

impl Lookup {
    /// Reads `015/2019/GCN-VPĐP` however it was typed (`15 / 2019 / gcn-vpdp`, `15/2019`), else a code of 26 letters and
    /// digits, in groups or not, with `o`, `i` and `l` taken for the digits they are mistaken for. None for anything else.
    #[must_use]
    pub fn read(typed: &str) -> Option<Lookup> {
        let bare = bare(typed);
        if let Some((number, rest)) = bare.split_once('/') {
            let (year, book) = rest.split_once('/').unwrap_or((rest, ""));
            let (number, year) = (number.parse().ok()?, year.parse().ok()?);
            return Some(Lookup::Serial { number, year, book: book.to_owned() });
        }
        // Lower case only, as `fold` would turn a typed y into i.
        let code: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect();
        let code = code.replace('o', "0").replace(['i', 'l'], "1");
        let plain = code.len() == 26 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        plain.then_some(Lookup::Token(code))
    }

    /// Whether a serial of this book can be meant.
    #[must_use]
    pub fn may_mean(&self, code: &str) -> bool {
        matches!(self, Lookup::Serial { book, .. } if book.is_empty() || *book == bare(code))
    }
}

/// Folded, without blanks, every dash the same.
fn bare(typed: &str) -> String {
    text::fold(typed).chars().filter(|c| !c.is_whitespace()).map(|c| if "‐‑–—−".contains(c) { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_are_written_as_in_the_register() {
        assert_eq!(serial(15, 2019, "GCN-VPĐP"), "015/2019/GCN-VPĐP");
        assert_eq!(serial(1500, 2019, "GCN-VPĐP"), "1500/2019/GCN-VPĐP");
    }

    #[test]
    fn serials_are_read_however_they_are_typed() {
        for typed in ["015/2019/GCN-VPĐP", " 15 / 2019 / gcn – vpdp ", "15/2019/Gcn-Vpđp", "15/2019"] {
            let lookup = Lookup::read(typed).unwrap();
            assert!(matches!(lookup, Lookup::Serial { number: 15, year: 2019, .. }), "{typed}");
            assert!(lookup.may_mean("GCN-VPĐP"), "{typed}");
        }
        assert!(!Lookup::read("15/2019/GCN-XYZ").unwrap().may_mean("GCN-VPĐP"));
        for typed in ["", "15", "x/2019/GCN", "15//", "99999999999999999999/2019"] {
            assert_eq!(Lookup::read(typed), None, "{typed}");
        }
    }

    #[test]
    fn codes_are_read_in_groups_and_with_misread_letters() {
        let code = Lookup::Token("0123456789abcdefghjkmnpqyz".into());
        for typed in ["0123456789abcdefghjkmnpqyz", "O123 4567-89AB CDEF-GHJK MNPQ YZ", "oI23456789abcdefghjkmnpqyz"] {
            assert_eq!(Lookup::read(typed).as_ref(), Some(&code), "{typed}");
        }
    }
}
