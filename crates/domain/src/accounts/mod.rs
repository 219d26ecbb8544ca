//! Who signs in, and in which roles.

mod plan;

pub use plan::{GrantPlan, SignInNames, slip_code};

use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::ids::{AccountId, OrganisationId, PersonId, UnitId};
use crate::people::{EmailAddress, PhoneNumber};

words! {
    /// What a person may do, each granted for a unit or an organisation and a period.
    Role {
        /// Keeps accounts and settings of the province.
        Administrator = "administrator",
        /// An officer of the provincial New Rural Development Coordination Office.
        ProvincialOfficer = "provincial_officer",
        /// Plans and teaches runs.
        Trainer = "trainer",
        /// An officer of a district or commune.
        UnitOfficer = "unit_officer",
        /// Reads the reports of a unit.
        Manager = "manager",
        /// Acts for one organisation.
        Representative = "representative",
    }
}

words! {
    /// The language a person reads. Vietnamese first.
    Language {
        /// Tiếng Việt.
        Vietnamese = "vi",
        /// English.
        English = "en",
    }
}

words! {
    /// What a one-time link or slip is for.
    TokenPurpose {
        /// The first administrator of an empty house.
        Setup = "setup",
        /// The first password of a new account.
        Activation = "activation",
        /// A new password.
        Reset = "reset",
    }
}

/// What a role is granted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// A unit and all that it covers.
    Unit(UnitId),
    /// One organisation.
    Organisation(OrganisationId),
}

/// A role that holds today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// For whom.
    pub scope: Scope,
}

/// Who acts: an account with the grants that hold today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account that signed in.
    pub account: AccountId,
    /// Whose account it is.
    pub person: PersonId,
    /// The name shown in the head of the page.
    pub name: String,
    /// Grants that hold today.
    pub grants: Vec<Grant>,
}

impl Actor {
    /// Whether any grant gives this role.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// The organisations this actor represents.
    pub fn organisations(&self) -> impl Iterator<Item = OrganisationId> + '_ {
        self.grants.iter().filter_map(|grant| match grant.scope {
            Scope::Organisation(organisation) => Some(organisation),
            Scope::Unit(_) => None,
        })
    }
}

/// Whether a period that may be open-ended holds on a day. Both ends belong to it.
#[must_use]
pub fn holds_on(from: NaiveDate, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from <= day && to.is_none_or(|to| day <= to)
}

text_type! {
    /// A user name for people without e-mail: 3 to 40 of a-z, 0-9, dot, dash, underscore, a letter first.
    UserName
}

impl FromStr for UserName {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let name = typed.trim().to_lowercase();
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
        if (3..=40).contains(&name.len()) && name.chars().all(word) && name.starts_with(|c: char| c.is_ascii_lowercase()) {
            Ok(UserName(name))
        } else {
            Err(Refusal::NotAUserName)
        }
    }
}

/// What a person typed to sign in, in the form in which sign-in names are kept: an e-mail address, else a telephone
/// number, else a user name. Kinds cannot meet: only an address holds `@`, and a user name starts with a letter.
///
/// # Errors
/// [`Refusal::SignInFailed`] when it is none of these.
pub fn sign_in_name(typed: &str) -> Result<String, Refusal> {
    let kept = if typed.contains('@') {
        typed.parse::<EmailAddress>().map(|name| name.to_string())
    } else if let Ok(number) = typed.parse::<PhoneNumber>() {
        Ok(number.to_string())
    } else {
        typed.parse::<UserName>().map(|name| name.to_string())
    };
    kept.map_err(|_| Refusal::SignInFailed)
}

/// The fewest characters of a password (NIST SP 800-63B-4 asks for length, not for kinds of characters).
pub const PASSWORD_LEAST: usize = 10;

/// The most bytes of a password: hashing is not a way to keep the house busy.
pub const PASSWORD_LIMIT: usize = 200;

/// Checks a new password and its repetition.
///
/// # Errors
/// [`Refusal::PasswordTooShort`], [`Refusal::TooLong`], [`Refusal::PasswordTooCommon`], [`Refusal::PasswordsDiffer`].
pub fn check_password(password: &str, repeated: &str) -> Result<(), Refusal> {
    if password.chars().count() < PASSWORD_LEAST {
        return Err(Refusal::PasswordTooShort { least: PASSWORD_LEAST });
    }
    if password.len() > PASSWORD_LIMIT {
        return Err(Refusal::TooLong { limit: PASSWORD_LIMIT });
    }
    let distinct: std::collections::BTreeSet<char> = password.chars().collect();
    let sequence = "01234567890123456789".contains(password) || "abcdefghijklmnopqrstuvwxyz".contains(password);
    let lower = password.to_lowercase();
    let known = ["password123", "passwordpassword", "matkhau123", "matkhau1234", "qwertyuiop", "1q2w3e4r5t", "iloveyou123"];
    if distinct.len() < 4 || sequence || known.contains(&lower.as_str()) {
        return Err(Refusal::PasswordTooCommon);
    }
    if password == repeated { Ok(()) } else { Err(Refusal::PasswordsDiffer) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_to_sign_in_with_are_told_apart() {
        for (typed, kept) in
            [(" Hoa@Example.vn", "hoa@example.vn"), ("912 345 678", "0912345678"), ("HTX.XuanLap", "htx.xuanlap")]
        {
            assert_eq!(sign_in_name(typed).as_deref(), Ok(kept));
        }
        for typed in ["", "a", "1abc", "hoa@", "tên có dấu"] {
            assert_eq!(sign_in_name(typed), Err(Refusal::SignInFailed), "{typed}");
        }
    }

    #[test]
    fn passwords_need_length_not_tricks() {
        assert_eq!(check_password("ba con mèo trắng", "ba con mèo trắng"), Ok(()));
        assert_eq!(check_password("ngắn", "ngắn"), Err(Refusal::PasswordTooShort { least: 10 }));
        for common in ["1234567890", "aaaaaaaaaaaa", "Password123", "matkhau123"] {
            assert_eq!(check_password(common, common), Err(Refusal::PasswordTooCommon), "{common}");
        }
        assert_eq!(check_password("ba con mèo trắng", "ba con mèo"), Err(Refusal::PasswordsDiffer));
    }
}
