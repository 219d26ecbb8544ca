//! A person as a list names them, and whether that is somebody who is known already.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::matching::{Agreement, Evidence, Known, Nearness, Verdict};
use super::{Birth, CitizenId, EmailAddress, FullName, PhoneNumber, Sex};
use crate::ids::PersonId;
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

/// A record that an entry is compared with.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The person whose record it is. Several records of one person were merged.
    pub person: PersonId,
    /// What the record says.
    pub known: Known<'a>,
    /// How near the person belongs to the organisation that names the entry.
    pub place: Nearness,
    /// Whether the person lies in the scope of who makes the entry. Whom else the evidence speaks for is only probably meant:
    /// nobody gets hold of a stranger by knowing a name and a telephone number.
    pub is_in_reach: bool,
}

/// Who an entry is, of the people it was compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// This one.
    Same(PersonId),
    /// One of these surely, and nothing tells which.
    Several(Vec<PersonId>),
    /// Nobody surely, but it may be one of these.
    Probable(Vec<PersonId>),
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
        Known {
            full_name: &self.full_name,
            birth: self.birth,
            sex: self.sex,
            phone: self.phone.as_ref(),
            citizen_id: self.citizen_id.as_ref(),
        }
    }

    /// Which of these people this is. Of several that it surely is, the surest; where nothing makes one of them surer than
    /// the others, no one is guessed.
    ///
    /// An entry that nothing speaks against, with neither a birth nor a number of its own, is the member of that name.
    #[must_use]
    pub fn find_among(&self, records: &[Candidate<'_>]) -> Match {
        let mut people: BTreeMap<PersonId, Vec<Evidence>> = BTreeMap::new();
        let mut in_reach: BTreeMap<PersonId, bool> = BTreeMap::new();
        for record in records {
            people.entry(record.person).or_default().push(Evidence::of(&self.known(), &record.known, record.place));
            in_reach.insert(record.person, record.is_in_reach);
        }
        let (mut sure, mut probable) = (Vec::new(), Vec::new());
        for (person, evidence) in people {
            // A number of their own that is another one outweighs whatever an older record of theirs says.
            let is_other = evidence.iter().any(|one| one.number == Agreement::Differs);
            if is_other && !evidence.iter().any(|one| one.number == Agreement::Same) {
                continue;
            }
            let reach = in_reach.get(&person).copied().unwrap_or(false);
            let verdict = |one: &Evidence| match self.verdict(*one) {
                Verdict::Same if !reach && one.number != Agreement::Same => Verdict::Probable,
                verdict => verdict,
            };
            match evidence.iter().map(|one| (verdict(one), one.rank())).min() {
                Some((Verdict::Same, rank)) => sure.push((rank, person)),
                Some((Verdict::Probable, _)) => probable.push(person),
                Some((Verdict::Different, _)) | None => {}
            }
        }
        let surest = sure.iter().map(|(rank, _)| *rank).min();
        let tied: Vec<PersonId> = sure.iter().filter(|(rank, _)| Some(*rank) == surest).map(|(_, person)| *person).collect();
        match tied[..] {
            [person] => Match::Same(person),
            [] if probable.is_empty() => Match::Nobody,
            [] => Match::Probable(probable),
            _ => Match::Several(tied),
        }
    }

    fn verdict(&self, evidence: Evidence) -> Verdict {
        let is_bare_name = self.birth.is_none() && self.citizen_id.is_none();
        let is_member_of_that_name = evidence.place == Nearness::Organisation
            && evidence.name == Agreement::Same
            && evidence.phone == Agreement::Unknown
            && evidence.sex != Agreement::Differs;
        if is_bare_name && is_member_of_that_name { Verdict::Same } else { evidence.verdict() }
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

    fn id(n: usize) -> PersonId {
        PersonId(uuid::Uuid::from_u128(n.try_into().unwrap()))
    }

    /// Whom an entry is found to be, by their place in the list.
    #[derive(Debug, PartialEq)]
    enum Finds {
        Same(usize),
        Several(Vec<usize>),
        Probable(Vec<usize>),
        Nobody,
    }

    fn among(entry: &PersonEntry, records: &[Candidate<'_>]) -> Finds {
        let places =
            |people: Vec<PersonId>| people.iter().map(|person| usize::try_from(person.0.as_u128()).unwrap()).collect::<Vec<_>>();
        match entry.find_among(records) {
            Match::Same(person) => Finds::Same(places(vec![person])[0]),
            Match::Several(people) => Finds::Several(places(people)),
            Match::Probable(people) => Finds::Probable(places(people)),
            Match::Nobody => Finds::Nobody,
        }
    }

    fn finds(entry: &PersonEntry, known: &[PersonEntry], place: Nearness, is_in_reach: bool) -> Finds {
        let record = |(n, known): (usize, &'_ PersonEntry)| (id(n), known.clone());
        let records: Vec<(PersonId, PersonEntry)> = known.iter().enumerate().map(record).collect();
        let records: Vec<Candidate<'_>> = records
            .iter()
            .map(|(person, known)| Candidate { person: *person, known: known.known(), place, is_in_reach })
            .collect();
        among(entry, &records)
    }

    #[test]
    fn people_are_known_again_by_name_with_birth_or_phone() {
        let known = [
            entry("Lê Thị Hoà", "2/9/1985", "", ""),
            entry("Lê Thị Hoa", "1985", "0912345678", ""),
            entry("Đỗ Văn Nam", "", "", "038085001234"),
            entry("Đỗ Văn Nam", "1990", "", "171234567"),
        ];
        use Finds::{Nobody, Probable, Same};
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
            // The number says 1985, of whom was born in 1990 or has another number: somebody else of that name.
            (entry("Đỗ Văn Nam", "", "", "038085009999"), Nobody),
            (entry("Đỗ Văn Nam", "1990", "", "179999999"), Nobody),
            (entry("Đỗ Văn Nam", "1990", "", "038090001234"), Same(3)),
            (entry("Đỗ Văn Nam", "", "", "038090001234"), Same(3)),
            // A woman's number, under the name of a man without a sex of his own, says nothing against.
            (entry("Đỗ Văn Nam", "", "", "038190001234"), Same(3)),
            (entry("Đỗ Văn Bắc", "1990", "", ""), Nobody),
        ] {
            assert_eq!(finds(&typed, &known, Nearness::Organisation, true), expected, "{typed:?}");
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
            assert_eq!(finds(&typed, &known, Nearness::Elsewhere, true), expected, "{typed:?}");
        }
        // Outside the scope of who types it, a telephone number is not as good: only a citizen number is.
        for (typed, expected) in [
            (entry("Lê Thị Hoa", "", "0912 345 678", ""), Probable(vec![1])),
            (entry("Lê Thị Hoa", "1985", "0912 345 678", ""), Probable(vec![1])),
            (entry("Đỗ Văn Nam", "", "", "038085001234"), Same(2)),
        ] {
            assert_eq!(finds(&typed, &known, Nearness::Elsewhere, false), expected, "{typed:?}");
        }
    }

    #[test]
    fn a_number_beside_a_bare_name_is_not_given_to_the_member_of_that_name() {
        let born = [entry("Đỗ Văn Nam", "1990", "", "")];
        let unknown = [entry("Đỗ Văn Nam", "", "", "")];
        for (typed, known, expected) in [
            (entry("Đỗ Văn Nam", "", "", "038085001234"), &born, Finds::Nobody),
            (entry("Đỗ Văn Nam", "", "", "038090001234"), &born, Finds::Same(0)),
            (entry("Đỗ Văn Nam", "", "", "171234567"), &born, Finds::Probable(vec![0])),
            (entry("Đỗ Văn Nam", "", "", "038085001234"), &unknown, Finds::Probable(vec![0])),
            (entry("Đỗ Văn Nam", "", "", ""), &born, Finds::Same(0)),
        ] {
            assert_eq!(finds(&typed, known, Nearness::Organisation, true), expected, "{typed:?} {known:?}");
        }
        let woman = [PersonEntry { sex: Some(Sex::Female), ..entry("Lê Hà", "1990", "", "") }];
        let man = PersonEntry { sex: Some(Sex::Male), ..entry("Lê Hà", "", "", "") };
        assert_eq!(finds(&man, &woman, Nearness::Organisation, true), Finds::Nobody);
    }

    #[test]
    fn nobody_is_guessed_among_several() {
        use Finds::{Same, Several};
        let known = [
            entry("Nguyễn Văn An", "1960", "", ""),
            entry("Nguyễn Văn An", "1990", "0912345678", ""),
            entry("Nguyễn Văn An", "1/2/1990", "0912345678", ""),
            entry("Nguyễn Văn Ân", "1990", "", "038090001234"),
        ];
        for (typed, expected) in [
            (entry("Nguyễn Văn An", "", "", ""), Several(vec![0, 1, 2])),
            (entry("Nguyễn Văn An", "1960", "", ""), Same(0)),
            (entry("Nguyễn Văn An", "1990", "", ""), Several(vec![1, 2])),
            (entry("Nguyễn Văn An", "1/2/1990", "", ""), Same(2)),
            (entry("Nguyễn Văn An", "", "0912345678", ""), Several(vec![1, 2])),
            (entry("Nguyễn Văn Ân", "", "", ""), Same(3)),
            (entry("Nguyễn Văn Ân", "", "", "038090001234"), Same(3)),
        ] {
            assert_eq!(finds(&typed, &known, Nearness::Organisation, true), expected, "{typed:?}");
        }
        // Who belongs to the organisation comes before somebody elsewhere of whom the same is known.
        let typed = entry("Nguyễn Văn An", "", "0912345678", "");
        let record = |n: usize, place| Candidate { person: id(n), known: known[n].known(), place, is_in_reach: true };
        assert_eq!(among(&typed, &[record(1, Nearness::Elsewhere), record(2, Nearness::Organisation)]), Same(2));
        // Two records of one person are one.
        let merged = [Candidate { person: id(1), ..record(2, Nearness::Organisation) }, record(1, Nearness::Organisation)];
        assert_eq!(among(&typed, &merged), Same(1));
    }

    #[test]
    fn an_older_record_does_not_outweigh_the_number_of_a_person() {
        let kept = entry("Đỗ Văn Nam", "1990", "", "038090001234");
        let absorbed = entry("Đỗ Văn Nam", "1990", "", "");
        let record = |known| Candidate { person: id(1), known, place: Nearness::Organisation, is_in_reach: true };
        let records = [record(kept.known()), record(absorbed.known())];
        assert_eq!(among(&entry("Đỗ Văn Nam", "1990", "", "038090009999"), &records), Finds::Nobody);
        assert_eq!(among(&entry("Đỗ Văn Nam", "1990", "", ""), &records), Finds::Same(1));
    }

    #[test]
    fn a_citizen_number_must_agree_with_the_rest() {
        let mut person = entry("Lê Thị Hoa", "1985", "", "038185001234");
        assert!(person.check().is_empty());
        person.sex = Some(Sex::Male);
        assert_eq!(person.check().of("citizen_id").next(), Some(&Refusal::CitizenNumberDisagrees));
    }
}
