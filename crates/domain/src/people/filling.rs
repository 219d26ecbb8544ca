//! What an entry adds to a person who is known: only what was not known, and only what agrees with what is.

use super::{Birth, CitizenId, EmailAddress, PersonEntry, PhoneNumber, Sex};

/// What is known of a person beside their name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// When they were born.
    pub birth: Option<Birth>,
    /// Their sex.
    pub sex: Option<Sex>,
    /// Their telephone number.
    pub phone: Option<PhoneNumber>,
    /// Their e-mail address.
    pub email: Option<EmailAddress>,
    /// Their personal number.
    pub citizen_id: Option<CitizenId>,
}

impl Details {
    /// The same with what an entry of this person says beyond it. What was known stays: a day takes the place of its own
    /// year, and a number of twelve digits that of the nine of an old card. What does not agree is left out.
    #[must_use]
    pub fn filled_in(&self, entry: &PersonEntry) -> Details {
        let agrees =
            |birth: Option<Birth>, sex: Option<Sex>| self.citizen_id.as_ref().is_none_or(|number| number.agrees_with(birth, sex));
        let birth = match (self.birth, entry.birth) {
            (None, said) if agrees(said, None) => said,
            (Some(Birth::Year(year)), Some(day @ Birth::Day(_))) if day.year() == year => Some(day),
            (known, _) => known,
        };
        let sex = self.sex.or(entry.sex.filter(|sex| agrees(None, Some(*sex))));
        let is_new = |number: &CitizenId| self.citizen_id.as_ref().is_none_or(|known| number.follows(known));
        let number = entry.citizen_id.clone().filter(|number| is_new(number) && number.agrees_with(birth, sex));
        Details {
            birth,
            sex,
            phone: self.phone.clone().or_else(|| entry.phone.clone()),
            email: self.email.clone().or_else(|| entry.email.clone()),
            citizen_id: number.or_else(|| self.citizen_id.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(birth: &str, sex: Option<Sex>, phone: &str, number: &str) -> Details {
        Details {
            birth: Birth::read(birth, "2019-06-12".parse().unwrap()).ok(),
            sex,
            phone: phone.parse().ok(),
            email: None,
            citizen_id: number.parse().ok(),
        }
    }

    #[test]
    fn only_what_agrees_is_filled_in_and_nothing_is_written_over() {
        use Sex::{Female, Male};
        for (title, known, said, expected) in [
            (
                "nothing was known",
                ("", None, "", ""),
                ("2/9/1985", Some(Female), "0912345678", "038185001234"),
                ("2/9/1985", Some(Female), "0912345678", "038185001234"),
            ),
            (
                "nothing is said",
                ("1985", Some(Female), "0912345678", "171234567"),
                ("", None, "", ""),
                ("1985", Some(Female), "0912345678", "171234567"),
            ),
            ("the day of that year", ("1985", None, "", ""), ("2/9/1985", None, "", ""), ("2/9/1985", None, "", "")),
            ("the day of another year", ("1985", None, "", ""), ("2/9/1986", None, "", ""), ("1985", None, "", "")),
            ("another day", ("1/9/1985", None, "", ""), ("2/9/1985", None, "", ""), ("1/9/1985", None, "", "")),
            (
                "the year of the number",
                ("", None, "", "038185001234"),
                ("1985", None, "", ""),
                ("1985", None, "", "038185001234"),
            ),
            (
                "not the year of the number",
                ("", None, "", "038185001234"),
                ("1986", None, "", ""),
                ("", None, "", "038185001234"),
            ),
            (
                "not the sex of the number",
                ("", None, "", "038185001234"),
                ("", Some(Male), "", ""),
                ("", None, "", "038185001234"),
            ),
            ("a number of another year", ("1990", None, "", ""), ("", None, "", "038185001234"), ("1990", None, "", "")),
            ("a number of another sex", ("", Some(Male), "", ""), ("", None, "", "038185001234"), ("", Some(Male), "", "")),
            (
                "a new number for an old one",
                ("1985", None, "", "171234567"),
                ("", None, "", "038185001234"),
                ("1985", None, "", "038185001234"),
            ),
            (
                "an old number beside a new one",
                ("", None, "", "038185001234"),
                ("", None, "", "171234567"),
                ("", None, "", "038185001234"),
            ),
            ("another number", ("", None, "", "038185001234"), ("", None, "", "038185009999"), ("", None, "", "038185001234")),
            ("another telephone", ("", None, "0912345678", ""), ("", None, "0987654321", ""), ("", None, "0912345678", "")),
        ] {
            let of = |(birth, sex, phone, number): (&str, Option<Sex>, &str, &str)| details(birth, sex, phone, number);
            let said = of(said);
            let entry = PersonEntry {
                full_name: "Lê Thị Hoa".parse().unwrap(),
                birth: said.birth,
                sex: said.sex,
                phone: said.phone,
                email: None,
                citizen_id: said.citizen_id,
                position: None,
                on_state_payroll: false,
            };
            assert_eq!(of(known).filled_in(&entry), of(expected), "{title}");
        }
    }
}
