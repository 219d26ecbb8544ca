//! Whether two records are one person: what speaks for it, what against, and what follows.

use serde::{Deserialize, Serialize};

use super::{Birth, CitizenId, FullName, PhoneNumber, Sex};
use crate::text;

/// What is known of a person and tells them from others.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Their name.
    pub full_name: &'a FullName,
    /// When they were born, as it was said.
    pub birth: Option<Birth>,
    /// Their sex, as it was said.
    pub sex: Option<Sex>,
    /// Their telephone number.
    pub phone: Option<&'a PhoneNumber>,
    /// Their personal number.
    pub citizen_id: Option<&'a CitizenId>,
}

impl Known<'_> {
    /// When they were born: as it was said, else the year that their number says.
    #[must_use]
    pub fn born(&self) -> Option<Birth> {
        self.birth.or_else(|| self.citizen_id.and_then(CitizenId::year_of_birth).map(Birth::Year))
    }

    /// Their sex: as it was said, else as their number says.
    #[must_use]
    pub fn sex(&self) -> Option<Sex> {
        self.sex.or_else(|| self.citizen_id.and_then(CitizenId::sex))
    }
}

words! {
    /// How two statements of one kind stand to each other.
    Agreement {
        /// They say the same.
        Same = "same",
        /// They may mean the same: a name without its tones, a year for a day.
        Near = "near",
        /// They cannot both be true of one person.
        Differs = "differs",
        /// One of them is not known.
        Unknown = "unknown",
    }
}

words! {
    /// How near two people belong to each other.
    Nearness {
        /// To one organisation.
        Organisation = "organisation",
        /// To organisations of one unit.
        Unit = "unit",
        /// To places far apart, or to none.
        Elsewhere = "elsewhere",
    }
}

/// What follows from the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// One person: no need to ask.
    Same,
    /// Probably one person: somebody has to say.
    Probable,
    /// Two people, as far as anybody can tell.
    Different,
}

/// What two records have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Citizen numbers. One of 9 digits and one of 12 may belong to one person; two of the same length never do.
    pub number: Agreement,
    /// Telephone numbers.
    pub phone: Agreement,
    /// Names, however they are written.
    pub name: Agreement,
    /// Births. A number of twelve digits says the year of its bearer, on both sides.
    pub birth: Agreement,
    /// Sexes, which such a number says too.
    pub sex: Agreement,
    /// Where they belong.
    pub place: Nearness,
}

impl Evidence {
    /// Lays two records side by side.
    #[must_use]
    pub fn of(left: &Known<'_>, right: &Known<'_>, place: Nearness) -> Evidence {
        Evidence {
            number: match (left.citizen_id, right.citizen_id) {
                (Some(left), Some(right)) if left == right => Agreement::Same,
                (Some(left), Some(right)) if left.as_str().len() == right.as_str().len() => Agreement::Differs,
                _ => Agreement::Unknown,
            },
            phone: match (left.phone, right.phone) {
                (Some(left), Some(right)) if left == right => Agreement::Same,
                (Some(_), Some(_)) => Agreement::Differs,
                _ => Agreement::Unknown,
            },
            name: names(left.full_name, right.full_name),
            birth: match (left.born(), right.born()) {
                (Some(Birth::Day(left)), Some(Birth::Day(right))) if left == right => Agreement::Same,
                (Some(Birth::Day(_)), Some(Birth::Day(_))) => Agreement::Differs,
                (Some(left), Some(right)) if left.year() == right.year() => Agreement::Near,
                (Some(_), Some(_)) => Agreement::Differs,
                _ => Agreement::Unknown,
            },
            sex: match (left.sex(), right.sex()) {
                (Some(left), Some(right)) if left == right => Agreement::Same,
                (Some(_), Some(_)) => Agreement::Differs,
                _ => Agreement::Unknown,
            },
            place,
        }
    }

    /// What follows for two people who are known: citizen number first, then telephone number, then name and birth with
    /// the organisation. Only a number or a telephone number reaches over the borders of an organisation. Where the sexes
    /// differ, one was typed wrong or they are two: it is one step less sure.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        match (self.as_if_of_one_sex(), self.sex, self.number) {
            (verdict, _, Agreement::Same) => verdict,
            (Verdict::Same, Agreement::Differs, _) => Verdict::Probable,
            (Verdict::Probable, Agreement::Differs, _) => Verdict::Different,
            (verdict, ..) => verdict,
        }
    }

    fn as_if_of_one_sex(self) -> Verdict {
        use Agreement::{Differs, Near, Same, Unknown};
        let has_phone = self.phone == Same;
        let is_colleague = self.place == Nearness::Organisation;
        match (self.number, self.name, self.birth) {
            (Same, Same | Near, _) => Verdict::Same,
            // A number that was typed at the wrong line, or a name that was.
            (Same, ..) => Verdict::Probable,
            (Differs, ..) => Verdict::Different,
            // Who shares a telephone and a birthday has a misspelt name more often than a twin.
            (_, Differs | Unknown, birth) => {
                if has_phone && birth == Same {
                    Verdict::Probable
                } else {
                    Verdict::Different
                }
            }
            (_, _, Same) => {
                if has_phone || is_colleague {
                    Verdict::Same
                } else {
                    Verdict::Probable
                }
            }
            (_, _, Differs) => {
                if has_phone {
                    Verdict::Probable
                } else {
                    Verdict::Different
                }
            }
            (_, name, Near) => match (name, self.place) {
                _ if has_phone => Verdict::Same,
                (Same, Nearness::Organisation) => Verdict::Same,
                (Same, Nearness::Unit) | (_, Nearness::Organisation) => Verdict::Probable,
                _ => Verdict::Different,
            },
            (_, name, Unknown) => match name {
                _ if has_phone => {
                    if name == Same || is_colleague {
                        Verdict::Same
                    } else {
                        Verdict::Probable
                    }
                }
                Same if is_colleague && self.phone == Unknown => Verdict::Probable,
                _ => Verdict::Different,
            },
        }
    }

    /// How sure it is that the two are one, the surest first: by the number, then by the telephone, then by the birth; then
    /// a name that is written the same, and who belongs nearer. What is not known speaks for nobody.
    #[must_use]
    pub fn rank(self) -> [u8; 5] {
        let of = |agreement: Agreement| match agreement {
            Agreement::Same => 0,
            Agreement::Near => 1,
            Agreement::Unknown | Agreement::Differs => 2,
        };
        let place = match self.place {
            Nearness::Organisation => 0,
            Nearness::Unit => 1,
            Nearness::Elsewhere => 2,
        };
        [of(self.number), of(self.phone), of(self.birth), of(self.name), place]
    }
}

/// Names are compared without case and tone placement, and as near ones without tones and hats.
fn names(left: &FullName, right: &FullName) -> Agreement {
    if text::spoken(left.as_str()) == text::spoken(right.as_str()) {
        Agreement::Same
    } else if text::fold(left.as_str()) == text::fold(right.as_str()) {
        Agreement::Near
    } else {
        Agreement::Differs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Agreement::{Differs, Near, Same, Unknown};

    fn evidence(number: Agreement, phone: Agreement, name: Agreement, birth: Agreement, place: Nearness) -> Evidence {
        Evidence { number, phone, name, birth, sex: Unknown, place }
    }

    #[test]
    fn number_then_phone_then_name_and_birth() {
        use Nearness::{Elsewhere, Organisation, Unit};
        for (number, phone, name, birth, place, verdict) in [
            (Same, Differs, Near, Differs, Elsewhere, Verdict::Same),
            (Same, Unknown, Differs, Same, Organisation, Verdict::Probable),
            (Differs, Same, Same, Same, Organisation, Verdict::Different),
            (Unknown, Same, Same, Unknown, Elsewhere, Verdict::Same),
            (Unknown, Same, Near, Near, Elsewhere, Verdict::Same),
            (Unknown, Same, Near, Unknown, Elsewhere, Verdict::Probable),
            (Unknown, Same, Near, Unknown, Organisation, Verdict::Same),
            (Unknown, Same, Same, Differs, Organisation, Verdict::Probable),
            (Unknown, Same, Differs, Same, Elsewhere, Verdict::Probable),
            (Unknown, Same, Differs, Near, Elsewhere, Verdict::Different),
            (Unknown, Unknown, Near, Same, Organisation, Verdict::Same),
            (Unknown, Differs, Same, Same, Elsewhere, Verdict::Probable),
            (Unknown, Unknown, Same, Near, Organisation, Verdict::Same),
            (Unknown, Unknown, Same, Near, Unit, Verdict::Probable),
            (Unknown, Unknown, Same, Near, Elsewhere, Verdict::Different),
            (Unknown, Unknown, Near, Near, Organisation, Verdict::Probable),
            (Unknown, Unknown, Near, Near, Unit, Verdict::Different),
            (Unknown, Unknown, Same, Unknown, Organisation, Verdict::Probable),
            (Unknown, Differs, Same, Unknown, Organisation, Verdict::Different),
            (Unknown, Unknown, Same, Differs, Organisation, Verdict::Different),
        ] {
            let evidence = evidence(number, phone, name, birth, place);
            assert_eq!(evidence.verdict(), verdict, "{evidence:?}");
        }
    }

    #[test]
    fn another_sex_is_one_step_less_sure() {
        for (number, phone, birth, verdict) in [
            (Same, Unknown, Unknown, Verdict::Same),
            (Unknown, Same, Same, Verdict::Probable),
            (Unknown, Unknown, Same, Verdict::Probable),
            (Unknown, Unknown, Unknown, Verdict::Different),
        ] {
            let evidence = Evidence { sex: Differs, ..evidence(number, phone, Same, birth, Nearness::Organisation) };
            assert_eq!(evidence.verdict(), verdict, "{evidence:?}");
        }
    }

    #[test]
    fn a_number_says_the_year_of_birth_and_the_sex() {
        let name: FullName = "Lê Thị Hoa".parse().unwrap();
        let number: CitizenId = "038185001234".parse().unwrap();
        let known = |birth: Option<i32>, sex: Option<Sex>, citizen_id| Known {
            full_name: &name,
            birth: birth.map(Birth::Year),
            sex,
            phone: None,
            citizen_id,
        };
        let with_number = known(None, None, Some(&number));
        for (other, birth, sex) in [
            (known(Some(1985), Some(Sex::Female), None), Near, Same),
            (known(Some(1990), Some(Sex::Male), None), Differs, Differs),
            (known(None, None, None), Unknown, Unknown),
        ] {
            for evidence in [
                Evidence::of(&with_number, &other, Nearness::Organisation),
                Evidence::of(&other, &with_number, Nearness::Organisation),
            ] {
                assert_eq!((evidence.birth, evidence.sex), (birth, sex), "{other:?}");
            }
        }
    }

    #[test]
    fn who_stands_left_and_who_right_changes_nothing() {
        let known = [("Lê Thị Hoà", "2/9/1985", "0912345678"), ("Le Thi Hoa", "1985", ""), ("LÊ THỊ HÒA", "", "0912345678")];
        let today = "2019-06-12".parse().unwrap();
        let people: Vec<(FullName, Option<Birth>, Option<PhoneNumber>)> = known
            .iter()
            .map(|(name, birth, phone)| (name.parse().unwrap(), Birth::read(birth, today).ok(), phone.parse().ok()))
            .collect();
        for left in &people {
            for right in &people {
                let l = Known { full_name: &left.0, birth: left.1, phone: left.2.as_ref(), citizen_id: None, sex: None };
                let r = Known { full_name: &right.0, birth: right.1, phone: right.2.as_ref(), citizen_id: None, sex: None };
                assert_eq!(Evidence::of(&l, &r, Nearness::Unit), Evidence::of(&r, &l, Nearness::Unit));
            }
        }
    }

    #[test]
    fn a_surer_ground_ranks_first() {
        let by = |number, phone, birth| evidence(number, phone, Same, birth, Nearness::Organisation).rank();
        assert!(by(Same, Differs, Unknown) < by(Unknown, Same, Same));
        assert!(by(Unknown, Same, Unknown) < by(Unknown, Unknown, Same));
        assert!(by(Unknown, Unknown, Same) < by(Unknown, Unknown, Near));
    }
}
