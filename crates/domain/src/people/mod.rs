//! People: what is known of them, and how it is read from what was typed.

mod citizen_id;
mod entry;
mod filling;
mod matching;
mod merging;

pub use citizen_id::{CitizenId, masked, may_hold_number};
pub use entry::{Candidate, Match, PersonEntry};
pub use filling::Details;
pub use matching::{Agreement, Evidence, Known, Nearness, Verdict};
pub use merging::{Choices, Side};

use std::str::FromStr;

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{Refusal, text, time};

text_type! {
    /// A full name as its bearer writes it: family, middle, given. Never re-cased.
    FullName
}

impl FullName {
    /// The most characters a name may have.
    pub const LIMIT: usize = 120;

    /// The given name, by which lists are sorted: the last word.
    #[must_use]
    pub fn given(&self) -> &str {
        given_name(&self.0)
    }
}

/// The given name of a full name, by which lists are sorted: the last word.
#[must_use]
pub fn given_name(full_name: &str) -> &str {
    full_name.rsplit(' ').next().unwrap_or(full_name)
}

/// What stands between family and given name, by which lists are sorted next: `Thị Thu` of `Lê Thị Thu Hà`. Often empty.
#[must_use]
pub fn middle_name(full_name: &str) -> &str {
    let rest = full_name.split_once(' ').map_or("", |(_, rest)| rest);
    rest.rsplit_once(' ').map_or("", |(middle, _)| middle)
}

impl FromStr for FullName {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let name = text::normalise(typed);
        if name.is_empty() {
            return Err(Refusal::Missing);
        }
        if name.chars().count() > Self::LIMIT {
            return Err(Refusal::TooLong { limit: Self::LIMIT });
        }
        let letters = name.chars().all(|c| c.is_alphabetic() || " '’.-".contains(c));
        if !letters || !name.chars().any(char::is_alphabetic) {
            return Err(Refusal::NotAName);
        }
        Ok(FullName(name))
    }
}

words! {
    /// Sex as official lists record it.
    Sex {
        /// Nữ.
        Female = "female",
        /// Nam.
        Male = "male",
    }
}

impl Sex {
    /// Reads "Nam", "Nữ" and their English words.
    ///
    /// # Errors
    /// [`Refusal::NotAChoice`] for anything else.
    pub fn read(typed: &str) -> Result<Sex, Refusal> {
        match text::fold(typed).as_str() {
            "nam" | "male" | "m" => Ok(Sex::Male),
            "nu" | "female" | "f" => Ok(Sex::Female),
            _ => Err(Refusal::NotAChoice),
        }
    }
}

/// When a person was born: lists often know only the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Birth {
    /// The whole date.
    Day(NaiveDate),
    /// The year alone.
    Year(i32),
}

impl Birth {
    /// The year of birth.
    #[must_use]
    pub fn year(self) -> i32 {
        match self {
            Birth::Day(day) => day.year(),
            Birth::Year(year) => year,
        }
    }

    /// The whole date, when it is known.
    #[must_use]
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Birth::Day(day) => Some(day),
            Birth::Year(_) => None,
        }
    }

    /// What the records hold: a day, or a year, or neither.
    #[must_use]
    pub fn from_record(day: Option<NaiveDate>, year: Option<i64>) -> Option<Birth> {
        day.map(Birth::Day).or_else(|| year.and_then(|year| i32::try_from(year).ok()).map(Birth::Year))
    }

    /// Reads `dd/mm/yyyy` or `yyyy` of somebody who is 15 to 110 years old on `today`.
    ///
    /// # Errors
    /// [`Refusal::NotABirthday`].
    pub fn read(typed: &str, today: NaiveDate) -> Result<Birth, Refusal> {
        let typed = typed.trim();
        let birth = if typed.len() == 4 {
            Birth::Year(typed.parse().map_err(|_| Refusal::NotABirthday)?)
        } else {
            Birth::Day(time::parse_day(typed).map_err(|_| Refusal::NotABirthday)?)
        };
        if (15..=110).contains(&(today.year() - birth.year())) { Ok(birth) } else { Err(Refusal::NotABirthday) }
    }
}

impl std::fmt::Display for Birth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Birth::Day(day) => f.write_str(&time::show_day(*day)),
            Birth::Year(year) => write!(f, "{year}"),
        }
    }
}

text_type! {
    /// A Vietnamese telephone number: ten or eleven digits that start with 0.
    PhoneNumber
}

/// The mobile prefixes of eleven digits that were renumbered from 15/09/2018 to 30/06/2019
/// (plan of the Ministry of Information and Communications). Lists of 2019 mix both.
const RENUMBERED: [(&str, &str); 21] = [
    ("0120", "070"),
    ("0121", "079"),
    ("0122", "077"),
    ("0126", "076"),
    ("0128", "078"),
    ("0123", "083"),
    ("0124", "084"),
    ("0125", "085"),
    ("0127", "081"),
    ("0129", "082"),
    ("0162", "032"),
    ("0163", "033"),
    ("0164", "034"),
    ("0165", "035"),
    ("0166", "036"),
    ("0167", "037"),
    ("0168", "038"),
    ("0169", "039"),
    ("0186", "056"),
    ("0188", "058"),
    ("0199", "059"),
];

impl FromStr for PhoneNumber {
    type Err = Refusal;

    /// Takes blanks, dots, dashes, `+84`, a zero that a spreadsheet dropped, and the old prefixes of eleven digits.
    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let mut digits: String = typed.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')' | '\u{a0}')).collect();
        if let Some(rest) = digits.strip_prefix("+84") {
            digits = format!("0{}", rest.trim_start_matches('0'));
        } else if digits.len() >= 11 && digits.starts_with("84") {
            digits = format!("0{}", &digits[2..]);
        }
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Refusal::NotAPhoneNumber);
        }
        if !digits.starts_with('0') && (9..=10).contains(&digits.len()) {
            digits.insert(0, '0');
        }
        if digits.len() == 11
            && let Some((old, new)) = RENUMBERED.iter().find(|(old, _)| digits.starts_with(old))
        {
            digits = format!("{new}{}", &digits[old.len()..]);
        }
        let mobile = digits.len() == 10 && matches!(digits.as_bytes()[1], b'3' | b'5' | b'7' | b'8' | b'9');
        let landline = (10..=11).contains(&digits.len()) && digits.starts_with("02");
        if mobile || landline { Ok(PhoneNumber(digits)) } else { Err(Refusal::NotAPhoneNumber) }
    }
}

text_type! {
    /// An e-mail address in lower case.
    EmailAddress
}

impl FromStr for EmailAddress {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let address = typed.trim().to_lowercase();
        let (local, host) = address.split_once('@').ok_or(Refusal::NotAnEmailAddress)?;
        let word = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
        let local_ok = !local.is_empty() && local.chars().all(word) && !local.starts_with('.') && !local.ends_with('.');
        let label = |l: &str| !l.is_empty() && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && !l.starts_with('-');
        let host_ok = host.contains('.') && host.split('.').all(label);
        if local_ok && host_ok && address.len() <= 254 && !local.contains("..") {
            Ok(EmailAddress(address))
        } else {
            Err(Refusal::NotAnEmailAddress)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn names_keep_their_case_and_lose_stray_blanks() {
        let name: FullName = " Hơ  Dũa ".parse().unwrap();
        assert_eq!(name.as_str(), "Hơ Dũa");
        assert_eq!(name.given(), "Dũa");
        for (full, middle) in [("Lê Thị Thu Hà", "Thị Thu"), ("Lê Thị Hà", "Thị"), ("Lê Hà", ""), ("Hà", "")] {
            assert_eq!(middle_name(full), middle, "{full}");
        }
        for (typed, refusal) in [("  ", Refusal::Missing), ("Nguyễn 2", Refusal::NotAName), ("--", Refusal::NotAName)] {
            assert_eq!(typed.parse::<FullName>(), Err(refusal), "{typed}");
        }
    }

    #[test]
    fn phone_numbers_are_repaired_and_renumbered() {
        for (typed, stored) in [
            ("0912 345 678", "0912345678"),
            ("912345678", "0912345678"),
            ("+84 912.345.678", "0912345678"),
            ("84912345678", "0912345678"),
            ("01689123456", "0389123456"),
            ("1689123456", "0389123456"),
            ("02373852246", "02373852246"),
        ] {
            assert_eq!(typed.parse::<PhoneNumber>().map(|p| p.to_string()).as_deref(), Ok(stored), "{typed}");
        }
        for typed in ["", "12345", "0112345678", "09123456789", "abc"] {
            assert_eq!(typed.parse::<PhoneNumber>(), Err(Refusal::NotAPhoneNumber), "{typed}");
        }
    }

    #[test]
    fn births_are_days_or_years_of_people_old_enough() {
        let today = day("2019-06-12");
        assert_eq!(Birth::read("1985", today), Ok(Birth::Year(1985)));
        assert_eq!(Birth::read("2/9/1985", today), Ok(Birth::Day(day("1985-09-02"))));
        for typed in ["2015", "1885", "32/1/1985", "85", ""] {
            assert_eq!(Birth::read(typed, today), Err(Refusal::NotABirthday), "{typed}");
        }
    }

    #[test]
    fn email_addresses_are_lowered() {
        assert_eq!(" An.Nguyen@Example.VN ".parse::<EmailAddress>().unwrap().as_str(), "an.nguyen@example.vn");
        for typed in ["", "a@b", "@b.vn", "a b@c.vn", "a@b..vn", "a\r\n@b.vn"] {
            assert_eq!(typed.parse::<EmailAddress>(), Err(Refusal::NotAnEmailAddress), "{typed}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_name_is_kept_as_written_whatever_form_it_comes_in(
            words in proptest::collection::vec("[a-zA-ZăâđêôơưĂÂĐÊÔƠƯàảãáạÀẢÃÁẠềểễếệỀỂỄẾỆờởỡớợỜỞỠỚỢỳỷỹýỵỲỶỸÝỴ]{1,6}", 1..6)
        ) {
            use unicode_normalization::UnicodeNormalization as _;
            const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
            let written = words.join(" ");
            let apart: String = written.nfd().collect();
            // As Unikey writes "Unicode tổ hợp": the letter with its hat or horn, then the tone.
            let tone_apart: String = written
                .chars()
                .flat_map(|c| {
                    let (tones, letter): (Vec<char>, Vec<char>) = c.nfd().partition(|mark| TONES.contains(mark));
                    letter.into_iter().nfc().chain(tones).collect::<Vec<char>>()
                })
                .collect();
            for form in [&written, &apart, &tone_apart] {
                let name: FullName = form.parse().unwrap();
                assert_eq!(name.as_str(), written, "never re-cased, never taken apart");
                assert_eq!(text::fold(form), text::fold(&written));
                assert_eq!(text::spoken(form), text::spoken(&written));
                assert!(text::fold(form).chars().all(|c| c.is_ascii_lowercase() || c == ' '), "typed without tones");
                let family = name.as_str().split(' ').next().unwrap();
                let parts = [family, middle_name(name.as_str()), name.given()];
                let expected = if words.len() == 1 { vec![family] } else { parts.iter().copied().filter(|part| !part.is_empty()).collect() };
                assert_eq!(expected.join(" "), name.as_str());
            }
        }
    }
}
