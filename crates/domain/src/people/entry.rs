//! A person as a list names them, and whether that is somebody who is known already.

use serde::{Deserialize, Serialize};

use super::matching::{Agreement, Evidence, Known, Nearness, Verdict};
use super::{Birth, CitizenId, EmailAddress, FullName, PhoneNumber, Sex};
use crate::{Faults, Refusal};

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

/// Who an entry is, of the people it was compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// This one, by their place among them.
    Same(usize),
    /// Nobody surely, but it may be one of these.
    Probable(Vec<usize>),
    /// None of them.
    Nobody,
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

    /// What the entry says that tells people apart.
    #[must_use]
    pub fn known(&self) -> Known<'_> {
        Known { full_name: &self.full_name, birth: self.birth, phone: self.phone.as_ref(), citizen_id: self.citizen_id.as_ref() }
    }

    /// Which of these people this is, each with how near they belong to the organisation that names the entry. Of several
    /// that it surely is, the surest, and of these the first.
    ///
    /// An entry that nothing speaks against, without a birth of its own, is the member of that name.
    #[must_use]
    pub fn find_among(&self, known: &[(Known<'_>, Nearness)]) -> Match {
        let judged: Vec<(Evidence, Verdict)> = known
            .iter()
            .map(|(known, place)| {
                let evidence = Evidence::of(&self.known(), known, *place);
                (evidence, if self.is_bare_name_of(evidence) { Verdict::Same } else { evidence.verdict() })
            })
            .collect();
        let of = |wanted: Verdict| judged.iter().enumerate().filter(move |(_, (_, verdict))| *verdict == wanted);
        if let Some((index, _)) = of(Verdict::Same).min_by_key(|(_, (evidence, _))| evidence.rank()) {
            return Match::Same(index);
        }
        let probable: Vec<usize> = of(Verdict::Probable).map(|(index, _)| index).collect();
        if probable.is_empty() { Match::Nobody } else { Match::Probable(probable) }
    }

    fn is_bare_name_of(&self, evidence: Evidence) -> bool {
        self.birth.is_none()
            && evidence.place == Nearness::Organisation
            && evidence.name == Agreement::Same
            && evidence.phone == Agreement::Unknown
            && evidence.number == Agreement::Unknown
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

    fn finds(entry: &PersonEntry, known: &[PersonEntry], place: Nearness) -> Match {
        entry.find_among(&known.iter().map(|known| (known.known(), place)).collect::<Vec<_>>())
    }

    #[test]
    fn people_are_known_again_by_name_with_birth_or_phone() {
        let known = [
            entry("Lê Thị Hoà", "2/9/1985", "", ""),
            entry("Lê Thị Hoa", "1985", "0912345678", ""),
            entry("Đỗ Văn Nam", "", "", "038085001234"),
            entry("Đỗ Văn Nam", "1990", "", "171234567"),
        ];
        use Match::{Nobody, Probable, Same};
        for (typed, expected) in [
            (entry("lê thị hòa", "2/9/1985", "", ""), Same(0)),
            (entry("Le Thi Hoa", "2/9/1985", "", ""), Same(0)),
            (entry("Lê Thị Hòa", "1985", "", ""), Same(0)),
            (entry("Lê Thị Hoa", "1985", "", ""), Same(1)),
            (entry("Le Thi Hoa", "1985", "", ""), Probable(vec![0, 1])),
            (entry("Le Thi Hoa", "", "0912 345 678", ""), Same(1)),
            (entry("Lê Thị Hoa", "3/9/1985", "", ""), Same(1)),
            (entry("Lê Thị Hoa", "3/9/1986", "", ""), Nobody),
            (entry("Lê Thị Hoa", "", "0987654321", ""), Nobody),
            (entry("Lê Thị Hoa", "", "", ""), Same(1)),
            (entry("Đỗ Văn Nam", "", "", "038085009999"), Same(3)),
            (entry("Đỗ Văn Nam", "1990", "", "179999999"), Probable(vec![2])),
            (entry("Đỗ Văn Nam", "1990", "", "038090001234"), Same(3)),
            (entry("Đỗ Văn Bắc", "1990", "", ""), Nobody),
        ] {
            assert_eq!(finds(&typed, &known, Nearness::Organisation), expected, "{typed:?}");
        }
        // Of another organisation only a telephone number is as good as a citizen number.
        for (typed, expected) in [
            (entry("Lê Thị Hoa", "", "0912 345 678", ""), Same(1)),
            (entry("Le Thi Hoa", "2/9/1985", "", ""), Probable(vec![0])),
            (entry("Lê Thị Hoa", "1985", "", ""), Nobody),
            (entry("Đỗ Văn Nam", "", "", "038085001234"), Same(2)),
            (entry("Đỗ Văn Năm Mười", "", "", "038085001234"), Probable(vec![2])),
            (entry("Lê Thị Hoa", "", "", ""), Nobody),
        ] {
            assert_eq!(finds(&typed, &known, Nearness::Elsewhere), expected, "{typed:?}");
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
