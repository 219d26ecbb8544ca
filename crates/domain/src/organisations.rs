//! Organisations whose people are trained.

use std::str::FromStr;

use crate::Refusal;
use crate::courses::Audience;

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
    fn state_bodies_and_economic_organisations_are_trained_apart() {
        for kind in OrganisationKind::ALL {
            assert!(kind.belongs_to(Audience::Everyone));
            assert_ne!(kind.belongs_to(Audience::Officers), kind.belongs_to(Audience::Organisations));
        }
    }
}
