//! A person as a list names them, and whether that is somebody who is known already.

use serde::{Deserialize, Serialize};

use super::{Birth, CitizenId, EmailAddress, FullName, PhoneNumber, Sex};
use crate::{Faults, Refusal, text};

/// A person as somebody typed them, or as a list names them, to be found among those who are known or added to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonEntry {
    /// Their name.
    pub full_name: FullName,
    /// When they were born, as far as it is known.
    pub birth: Option<Birth>,
    /// Their sex.
    pub sex: Option<Sex>,
    /// Their telephone number.
    pub phone: Option<PhoneNumber>,
    /// Their e-mail address.
    pub email: Option<EmailAddress>,
    /// Their personal number.
    pub citizen_id: Option<CitizenId>,
    /// What they are in the organisation.
    pub position: Option<String>,
    /// Whether the state pays them.
    pub on_state_payroll: bool,
}

/// What is known of a person and tells them from others.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Their name.
    pub full_name: &'a FullName,
    /// When they were born.
    pub birth: Option<Birth>,
    /// Their telephone number.
    pub phone: Option<&'a PhoneNumber>,
    /// Their personal number.
    pub citizen_id: Option<&'a CitizenId>,
}

impl PersonEntry {
    /// What is wrong with the entry as a whole, though each value is right in itself.
    #[must_use]
    pub fn check(&self) -> Faults {
        let mut faults = Faults::default();
        if self.citizen_id.as_ref().is_some_and(|number| !number.agrees_with(self.birth, self.sex)) {
            faults.add("citizen_id", Refusal::CitizenNumberDisagrees);
        }
        faults
    }

    /// Which of the members of one organisation this is, if any. Citizen numbers are compared before, everywhere.
    ///
    /// The name must be the same without tones and hats, and the birth or the telephone number too. Where the tones
    /// differ (Hoa, Hòa) a year is not enough. An entry that nothing speaks against, without a birth of its own, is
    /// the member of that name.
    #[must_use]
    pub fn find_among(&self, known: &[Known<'_>]) -> Option<usize> {
        let fits = |k: &&(usize, &Known<'_>)| self.may_be(k.1);
        let candidates: Vec<(usize, &Known<'_>)> = known.iter().enumerate().collect();
        let surest = |k: &&(usize, &Known<'_>)| self.birth.is_some() && self.birth == k.1.birth || self.has_phone_of(k.1);
        let candidates: Vec<&(usize, &Known<'_>)> = candidates.iter().filter(fits).collect();
        candidates.iter().copied().find(|k| surest(k)).or_else(|| candidates.first().copied()).map(|(index, _)| *index)
    }

    fn may_be(&self, known: &Known<'_>) -> bool {
        if text::fold(self.full_name.as_str()) != text::fold(known.full_name.as_str()) {
            return false;
        }
        // A number of 9 digits and one of 12 may belong to one person; two of the same length never do.
        if let (Some(mine), Some(theirs)) = (&self.citizen_id, known.citizen_id)
            && mine != theirs
            && mine.as_str().len() == theirs.as_str().len()
        {
            return false;
        }
        let same_tones = text::spoken(self.full_name.as_str()) == text::spoken(known.full_name.as_str());
        match (self.birth, known.birth) {
            (Some(Birth::Day(mine)), Some(Birth::Day(theirs))) => mine == theirs,
            (Some(mine), Some(theirs)) => mine.year() == theirs.year() && (same_tones || self.has_phone_of(known)),
            _ if self.has_phone_of(known) => true,
            _ => same_tones && self.birth.is_none() && (self.phone.is_none() || known.phone.is_none()),
        }
    }

    fn has_phone_of(&self, known: &Known<'_>) -> bool {
        self.phone.is_some() && self.phone.as_ref() == known.phone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, birth: &str, phone: &str, citizen_id: &str) -> PersonEntry {
        let today = "2019-06-12".parse().unwrap();
        PersonEntry {
            full_name: name.parse().unwrap(),
            birth: Birth::read(birth, today).ok(),
            sex: None,
            phone: phone.parse().ok(),
            email: None,
            citizen_id: citizen_id.parse().ok().filter(|_| !citizen_id.is_empty()),
            position: None,
            on_state_payroll: false,
        }
    }

    fn finds(entry: &PersonEntry, known: &[PersonEntry]) -> Option<usize> {
        let known: Vec<Known<'_>> = known
            .iter()
            .map(|k| Known {
                full_name: &k.full_name,
                birth: k.birth,
                phone: k.phone.as_ref(),
                citizen_id: k.citizen_id.as_ref(),
            })
            .collect();
        entry.find_among(&known)
    }

    #[test]
    fn people_are_known_again_by_name_with_birth_or_phone() {
        let known = [
            entry("Lê Thị Hoà", "2/9/1985", "", ""),
            entry("Lê Thị Hoa", "1985", "0912345678", ""),
            entry("Đỗ Văn Nam", "", "", "038085001234"),
            entry("Đỗ Văn Nam", "1990", "", "171234567"),
        ];
        for (typed, expected) in [
            (entry("lê thị hòa", "2/9/1985", "", ""), Some(0)),
            (entry("Le Thi Hoa", "2/9/1985", "", ""), Some(0)),
            (entry("Lê Thị Hòa", "1985", "", ""), Some(0)),
            (entry("Lê Thị Hoa", "1985", "", ""), Some(1)),
            (entry("Le Thi Hoa", "1985", "", ""), None),
            (entry("Le Thi Hoa", "", "0912 345 678", ""), Some(1)),
            (entry("Lê Thị Hoa", "3/9/1985", "", ""), Some(1)),
            (entry("Lê Thị Hoa", "3/9/1986", "", ""), None),
            (entry("Lê Thị Hoa", "", "0987654321", ""), None),
            (entry("Lê Thị Hoa", "", "", ""), Some(1)),
            (entry("Đỗ Văn Nam", "", "", "038085009999"), Some(3)),
            (entry("Đỗ Văn Nam", "1990", "", "179999999"), None),
            (entry("Đỗ Văn Nam", "1990", "", "038090001234"), Some(3)),
            (entry("Đỗ Văn Bắc", "1990", "", ""), None),
        ] {
            assert_eq!(finds(&typed, &known), expected, "{typed:?}");
        }
    }

    #[test]
    fn a_citizen_number_must_agree_with_the_rest() {
        let mut person = entry("Lê Thị Hoa", "1985", "", "038185001234");
        assert!(person.check().is_empty());
        person.sex = Some(Sex::Male);
        assert_eq!(person.check().of("citizen_id").next(), Some(&Refusal::CitizenNumberDisagrees));
    }
}
