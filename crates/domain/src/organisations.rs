//! Organisations whose people are trained.

use std::str::FromStr;

use crate::courses::Audience;
use crate::ids::UnitId;
use crate::people::PhoneNumber;
use crate::{Refusal, text};

words! {
    /// The kinds of organisation OCOP knows, and the state bodies whose officers are trained too.
    OrganisationKind {
        /// Hợp tác xã.
        Cooperative = "cooperative",
        /// Tổ hợp tác.
        CooperativeGroup = "cooperative_group",
        /// Doanh nghiệp.
        Enterprise = "enterprise",
        /// Hộ kinh doanh.
        Household = "household",
        /// Cơ quan nhà nước.
        StateBody = "state_body",
    }
}

impl OrganisationKind {
    /// Reads a kind as lists write it: "Hợp tác xã", "HTX", "Công ty", "cooperative".
    ///
    /// # Errors
    /// [`Refusal::NotAChoice`] for anything else.
    pub fn read(typed: &str) -> Result<OrganisationKind, Refusal> {
        match text::fold(typed).as_str() {
            "hop tac xa" | "htx" | "cooperative" => Ok(OrganisationKind::Cooperative),
            "to hop tac" | "tht" | "cooperative group" | "cooperative_group" => Ok(OrganisationKind::CooperativeGroup),
            "doanh nghiep" | "dn" | "cong ti" | "enterprise" | "company" => Ok(OrganisationKind::Enterprise),
            "ho kinh doanh" | "hkd" | "ho san xuat" | "household" => Ok(OrganisationKind::Household),
            "co quan nha nuoc" | "co quan" | "state bodi" | "state_bodi" => Ok(OrganisationKind::StateBody),
            _ => Err(Refusal::NotAChoice),
        }
    }

    /// Whether people of such an organisation belong to the audience of a run (Plan 134 trains state officers and
    /// economic organisations apart).
    #[must_use]
    pub fn belongs_to(self, audience: Audience) -> bool {
        match audience {
            Audience::Everyone => true,
            Audience::Officers => self == OrganisationKind::StateBody,
            Audience::Organisations => self != OrganisationKind::StateBody,
        }
    }
}

text_type! {
    /// A tax code: 10 digits, 10 and a branch of 3 (`0100112437-001`), or the 12 of a household's owner.
    TaxCode
}

impl FromStr for TaxCode {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let digits: String = typed.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\u{a0}')).collect();
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Refusal::NotATaxCode);
        }
        match digits.len() {
            10 | 12 => Ok(TaxCode(digits)),
            13 => Ok(TaxCode(format!("{}-{}", &digits[..10], &digits[10..]))),
            _ => Err(Refusal::NotATaxCode),
        }
    }
}

impl TaxCode {
    /// Whether the tenth digit is the check digit of the first nine. Codes of twelve digits have none.
    ///
    /// A code that fails is a warning, not a refusal: papers carry typing errors, and households may have none.
    #[must_use]
    pub fn check_digit_holds(&self) -> bool {
        const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
        let digits: Vec<u32> = self.0.chars().filter_map(|c| c.to_digit(10)).collect();
        if digits.len() == 12 {
            return true;
        }
        let sum: u32 = WEIGHTS.iter().zip(&digits).map(|(weight, digit)| weight * digit).sum();
        digits.get(9) == Some(&(10 - sum % 11))
    }
}

/// An organisation as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationPlan {
    /// Its kind.
    pub kind: OrganisationKind,
    /// Its name as it writes it.
    pub name: String,
    /// Its tax code; households may have none.
    pub tax_code: Option<TaxCode>,
    /// The unit it lies in.
    pub unit: UnitId,
    /// Its address below the unit.
    pub address: Option<String>,
    /// Its telephone number.
    pub phone: Option<PhoneNumber>,
}

/// The most characters of a name or an address.
pub const TEXT_LIMIT: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_of_published_codes() {
        for (code, holds) in
            [("0100233488", true), ("0314409058-002", true), ("0100112437", true), ("0100233480", false), ("038185001234", true)]
        {
            assert_eq!(code.parse::<TaxCode>().unwrap().check_digit_holds(), holds, "{code}");
        }
        assert_eq!("12345".parse::<TaxCode>(), Err(Refusal::NotATaxCode));
    }

    #[test]
    fn kinds_are_read_as_lists_write_them() {
        for (typed, kind) in [
            ("HTX", OrganisationKind::Cooperative),
            ("Tổ hợp tác", OrganisationKind::CooperativeGroup),
            ("Công ty", OrganisationKind::Enterprise),
            ("Hộ kinh doanh", OrganisationKind::Household),
            ("state body", OrganisationKind::StateBody),
        ] {
            assert_eq!(OrganisationKind::read(typed), Ok(kind), "{typed}");
        }
        for kind in OrganisationKind::ALL {
            assert_eq!(OrganisationKind::read(kind.as_str()), Ok(*kind));
        }
        assert_eq!(OrganisationKind::read("Hội"), Err(Refusal::NotAChoice));
    }

    #[test]
    fn state_bodies_and_economic_organisations_are_trained_apart() {
        for kind in OrganisationKind::ALL {
            assert!(kind.belongs_to(Audience::Everyone));
            assert_ne!(kind.belongs_to(Audience::Officers), kind.belongs_to(Audience::Organisations));
        }
    }
}
