//! Who comes to the door without a place in the run, and heads that are counted where names will never be known.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::attendance::MarkStatus;
use crate::people::{Birth, FullName, PhoneNumber, Sex};
use crate::{Faults, Refusal, text};

/// The most characters of an organisation's name as it is written down at the door.
pub const ORGANISATION_LIMIT: usize = 200;

/// The most people of one sex that a count may say.
pub const HEADS_LIMIT: i64 = 1000;

/// What was typed about a walk-in: only the name is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is the text typed for the field of the same name in WalkInEntry")]
pub struct WalkInForm {
    pub full_name: String,
    pub sex: String,
    pub birth_year: String,
    pub organisation: String,
    pub phone: String,
    pub status: String,
}

/// A walk-in as they are written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalkInEntry {
    /// Their name.
    pub full_name: FullName,
    /// Their sex.
    pub sex: Option<Sex>,
    /// Their year of birth.
    pub birth_year: Option<i64>,
    /// Their organisation, as they call it; may be empty.
    pub organisation: String,
    /// Their telephone number.
    pub phone: Option<PhoneNumber>,
    /// Their first mark.
    pub status: MarkStatus,
}

impl WalkInForm {
    /// The entry, or every fault at once.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(&self, today: NaiveDate) -> Result<WalkInEntry, Faults> {
        let mut faults = Faults::default();
        let full_name = faults.take("full_name", self.full_name.parse::<FullName>());
        let sex = optional(&self.sex, |typed| typed.parse::<Sex>());
        let sex = faults.take("sex", sex);
        let birth = optional(&self.birth_year, |typed| Birth::read(typed, today));
        let birth = faults.take("birth_year", birth);
        let organisation = text::normalise(&self.organisation);
        if organisation.chars().count() > ORGANISATION_LIMIT {
            faults.add("organisation", Refusal::TooLong { limit: ORGANISATION_LIMIT });
        }
        let phone = optional(&self.phone, |typed| typed.parse::<PhoneNumber>());
        let phone = faults.take("phone", phone);
        let status = if self.status.is_empty() { Ok(MarkStatus::Present) } else { self.status.parse() };
        let status = faults.take("status", status);
        let entry = (|| {
            Some(WalkInEntry {
                full_name: full_name?,
                sex: sex?,
                birth_year: birth?.map(|birth| birth.year().into()),
                organisation,
                phone: phone?,
                status: status?,
            })
        })();
        entry.filter(|_| faults.is_empty()).ok_or(faults)
    }
}

fn optional<T>(typed: &str, read: impl FnOnce(&str) -> Result<T, Refusal>) -> Result<Option<T>, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() { Ok(None) } else { read(typed).map(Some) }
}

/// Women and men who were counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heads {
    /// Women.
    pub women: i64,
    /// Men.
    pub men: i64,
}

impl Heads {
    /// Reads two numbers; an empty field is nobody.
    ///
    /// # Errors
    /// [`Refusal::NotANumber`] of `women` and `men`.
    pub fn parse(women: &str, men: &str) -> Result<Heads, Faults> {
        let mut faults = Faults::default();
        let mut number = |field: &str, typed: &str| match typed.trim() {
            "" => Some(0),
            typed => faults.take(field, text::whole_number(typed, 0, HEADS_LIMIT)),
        };
        let heads = (number("women", women), number("men", men));
        match heads {
            (Some(women), Some(men)) => Ok(Heads { women, men }),
            _ => Err(faults),
        }
    }

    /// Both together.
    #[must_use]
    pub fn all(&self) -> i64 {
        self.women + self.men
    }
}

words! {
    /// What speaks for a walk-in being a person who is known.
    Likeness {
        /// The telephone number is the same.
        Phone = "phone",
        /// The name is the same without tones and hats.
        Name = "name",
        /// The year of birth is the same.
        BirthYear = "birth_year",
        /// The organisation is the same.
        Organisation = "organisation",
    }
}

/// Until when an organisation may send somebody else in a participant's stead: so many hours before the first session.
#[must_use]
pub fn substitution_ends(first_session: DateTime<Utc>, hours: i64) -> DateTime<Utc> {
    first_session - TimeDelta::hours(hours)
}

/// Whether that is still possible.
///
/// # Errors
/// [`Refusal::SubstitutionOver`].
pub fn may_substitute(first_session: Option<DateTime<Utc>>, hours: i64, now: DateTime<Utc>) -> Result<(), Refusal> {
    match first_session.map(|first| substitution_ends(first, hours)) {
        Some(until) if now >= until => Err(Refusal::SubstitutionOver { until }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_enough_and_faults_are_found_together() {
        let today = "2019-07-02".parse().unwrap();
        let bare = WalkInForm { full_name: " Lê  Thị Hoa ".into(), ..WalkInForm::default() }.parse(today).unwrap();
        assert_eq!((bare.full_name.as_str(), bare.status, bare.phone), ("Lê Thị Hoa", MarkStatus::Present, None));
        let full = WalkInForm {
            full_name: "Lê Thị Hoa".into(),
            sex: "female".into(),
            birth_year: "1985".into(),
            organisation: " HTX  Xuân Lập".into(),
            phone: "0912 345 678".into(),
            status: "late".into(),
        };
        let entry = full.parse(today).unwrap();
        assert_eq!((entry.sex, entry.birth_year, entry.organisation.as_str()), (Some(Sex::Female), Some(1985), "HTX Xuân Lập"));
        let wrong = WalkInForm {
            full_name: "1".into(),
            sex: "x".into(),
            birth_year: "2018".into(),
            phone: "12".into(),
            status: "gone".into(),
            organisation: "a".repeat(201),
        };
        let fields: Vec<_> = wrong.parse(today).unwrap_err().0.into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["full_name", "sex", "birth_year", "organisation", "phone", "status"]);
    }

    #[test]
    fn heads_are_whole_numbers() {
        assert_eq!(Heads::parse("12", " ").unwrap(), Heads { women: 12, men: 0 });
        assert_eq!(Heads { women: 12, men: 8 }.all(), 20);
        assert_eq!(Heads::parse("-1", "1001").unwrap_err().0.len(), 2);
    }

    #[test]
    fn somebody_is_replaced_until_the_hour_that_was_set() {
        let first: DateTime<Utc> = "2019-07-02T00:30:00Z".parse().unwrap();
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(may_substitute(Some(first), 0, at("2019-07-02T00:29:59Z")), Ok(()));
        assert_eq!(may_substitute(Some(first), 0, first), Err(Refusal::SubstitutionOver { until: first }));
        let until = at("2019-07-01T00:30:00Z");
        assert_eq!(may_substitute(Some(first), 24, until), Err(Refusal::SubstitutionOver { until }));
        assert_eq!(may_substitute(None, 24, until), Ok(()), "a run without sessions has not begun");
    }
}
