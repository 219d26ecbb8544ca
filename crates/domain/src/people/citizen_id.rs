//! The personal number of a citizen, what it says of its bearer, and how it is recognised where it must not stand.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Birth, PhoneNumber, Sex};
use crate::Refusal;

/// The personal number of a citizen: 12 digits, or the 9 of the old identity card.
///
/// No column can hold it as it is, and no log: it is kept sealed, and only its mask is written.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CitizenId(String);

/// What people write between the digits of a number.
const BETWEEN: [char; 4] = [' ', '.', '-', '\u{a0}'];

impl FromStr for CitizenId {
    type Err = Refusal;

    /// Takes blanks and dots, and puts back the zeros that a spreadsheet dropped from a number of twelve digits: one from
    /// `038…`, two from the `001…` to `009…` of some provinces.
    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let digits: String = typed.chars().filter(|c| !matches!(c, ' ' | '.' | '\u{a0}')).collect();
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Refusal::NotACitizenNumber);
        }
        // A zero at the beginning was not dropped: the digit that is missing stands elsewhere.
        let zeros = match digits.len() {
            9 | 12 => 0,
            length @ 10..=11 if !digits.starts_with('0') => 12 - length,
            _ => return Err(Refusal::NotACitizenNumber),
        };
        Ok(CitizenId(format!("{}{digits}", "0".repeat(zeros))))
    }
}

impl CitizenId {
    /// The digits, for who may know them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The year of birth that a number of twelve digits says: its fourth digit gives sex and century, the next two the year
    /// (07/2016/TT-BCA). Numbers of nine digits say nothing.
    #[must_use]
    pub fn year_of_birth(&self) -> Option<i32> {
        let digit = |place: usize| Some(i32::from(self.twelve()?.get(place)? - b'0'));
        Some(1900 + 100 * (digit(3)? / 2) + 10 * digit(4)? + digit(5)?)
    }

    /// The sex that a number of twelve digits says.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        let century = self.twelve()?.get(3)? - b'0';
        Some(if century.is_multiple_of(2) { Sex::Male } else { Sex::Female })
    }

    fn twelve(&self) -> Option<&[u8]> {
        Some(self.0.as_bytes()).filter(|digits| digits.len() == 12)
    }

    /// Whether the number agrees with what else is known.
    #[must_use]
    pub fn agrees_with(&self, birth: Option<Birth>, sex: Option<Sex>) -> bool {
        let same_year = birth.is_none_or(|birth| self.year_of_birth().is_none_or(|year| year == birth.year()));
        same_year && sex.is_none_or(|sex| self.sex().is_none_or(|said| said == sex))
    }

    /// Whether this is the number that follows an old one: of twelve digits, where nine were known. Who has both goes on
    /// under the new one.
    #[must_use]
    pub fn follows(&self, old: &CitizenId) -> bool {
        self.0.len() == 12 && old.0.len() == 9
    }

    /// The number with all but its last three digits hidden, for everywhere it is shown. No more than that: who knows sex
    /// and year of birth knows six of the other nine, since most people here were registered in this province.
    #[must_use]
    pub fn masked(&self) -> String {
        masked(&self.0)
    }
}

impl std::fmt::Debug for CitizenId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

/// What somebody typed as a citizen number, right or wrong, with all but its last three characters hidden.
#[must_use]
pub fn masked(typed: &str) -> String {
    let length = typed.chars().count();
    typed.chars().enumerate().map(|(place, c)| if place + 3 < length { '•' } else { c }).collect()
}

/// Whether a citizen number may stand in a text, which then must not stand in an address or a log: nine digits or more,
/// whatever is written between them. A telephone number that is written as one does not count.
#[must_use]
pub fn may_hold_number(text: &str) -> bool {
    let mut run = String::new();
    let mut follows_plus = false;
    let mut before = ' ';
    for c in text.chars().chain(['!']) {
        if c.is_ascii_digit() {
            if run.is_empty() {
                follows_plus = before == '+';
            }
            run.push(c);
        } else if !BETWEEN.contains(&c) || run.is_empty() {
            let is_phone = (run.starts_with('0') || follows_plus) && run.len() < 12 && run.parse::<PhoneNumber>().is_ok();
            if run.len() >= 9 && !is_phone {
                return true;
            }
            run.clear();
        }
        before = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citizen_numbers_get_their_zeros_back_and_are_cross_checked() {
        let number: CitizenId = "38185001234".parse().unwrap();
        assert_eq!(number.as_str(), "038185001234");
        assert_eq!((number.year_of_birth(), number.sex()), (Some(1985), Some(Sex::Female)));
        assert!(number.agrees_with(Some(Birth::Year(1985)), Some(Sex::Female)));
        assert!(!number.agrees_with(Some(Birth::Year(1986)), None));
        assert!(!number.agrees_with(None, Some(Sex::Male)));
        assert_eq!(number.masked(), "•••••••••234");
        assert_eq!(format!("{number:?}"), "•••••••••234", "no log holds it");
        let old: CitizenId = "171234567".parse().unwrap();
        assert_eq!((old.year_of_birth(), old.sex()), (None, None));
        assert!(old.agrees_with(Some(Birth::Year(1985)), Some(Sex::Male)));
        assert!(number.follows(&old) && !old.follows(&number) && !number.follows(&number));
        for (typed, stored) in [
            // Hà Nội is 001: a spreadsheet drops two zeros.
            ("1203001234", "001203001234"),
            ("001203001234", "001203001234"),
            ("038 085.001234", "038085001234"),
            ("171 234 567", "171234567"),
        ] {
            assert_eq!(typed.parse::<CitizenId>().map(|number| number.as_str().to_owned()).as_deref(), Ok(stored), "{typed}");
        }
        for typed in ["1234567", "01203001234", "0912345678", "0380850012345", "38x85001234", ""] {
            assert_eq!(typed.parse::<CitizenId>(), Err(Refusal::NotACitizenNumber), "{typed}");
        }
    }

    #[test]
    fn a_number_is_recognised_wherever_it_stands() {
        for text in [
            "038085001234",
            "38085001234",
            "038 085 001 234",
            "038.085.001.234",
            "Lê Thị Hoa 038085001234",
            "171234567",
            "1203001234",
            "q=038-085-001234",
            "(038085001234)",
        ] {
            assert!(may_hold_number(text), "{text}");
        }
        for text in
            ["", "Lê Thị Hoa", "1985", "2/9/1985", "0912345678", "0912 345 678", "+84 912 345 678", "02373852246", "12345678"]
        {
            assert!(!may_hold_number(text), "{text}");
        }
    }

    #[test]
    fn what_was_typed_as_a_number_is_masked_right_or_wrong() {
        for (typed, shown) in [("038085001234", "•••••••••234"), ("38x85", "••x85"), ("12", "12"), ("", "")]
        {
            assert_eq!(masked(typed), shown, "{typed}");
        }
    }
}
