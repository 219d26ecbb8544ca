//! An account as it is about to be given: what its owner signs in with, and their roles.

use chrono::NaiveDate;

use super::{Role, Scope, UserName};
use crate::people::{EmailAddress, PhoneNumber};
use crate::{Faults, Refusal};

/// What somebody signs in with: at least one of these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignInNames {
    /// An e-mail address; letters that reset a password go there.
    pub email: Option<EmailAddress>,
    /// A telephone number.
    pub phone: Option<PhoneNumber>,
    /// A user name, for people who have neither.
    pub user_name: Option<UserName>,
}

impl SignInNames {
    /// The fields with the names they hold, in the form in which sign-in names are kept.
    pub fn each(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let email = self.email.as_ref().map(|name| ("email", name.as_str()));
        let phone = self.phone.as_ref().map(|name| ("phone", name.as_str()));
        let user_name = self.user_name.as_ref().map(|name| ("user_name", name.as_str()));
        [email, phone, user_name].into_iter().flatten()
    }

    /// Whether there is any.
    #[must_use]
    pub fn check(&self) -> Faults {
        let mut faults = Faults::default();
        if self.each().next().is_none() {
            faults.add("user_name", Refusal::Missing);
        }
        faults
    }
}

/// A role that is about to be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrantPlan {
    /// The role.
    pub role: Role,
    /// For what.
    pub scope: Scope,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day; none when open.
    pub valid_to: Option<NaiveDate>,
}

impl GrantPlan {
    /// Representatives act for an organisation, everybody else for a unit; a period ends after it begins.
    #[must_use]
    pub fn check(&self) -> Faults {
        let mut faults = Faults::default();
        if (self.role == Role::Representative) != matches!(self.scope, Scope::Organisation(_)) {
            faults.add("role", Refusal::NotAChoice);
        }
        if self.valid_to.is_some_and(|to| to < self.valid_from) {
            faults.add("valid_to", Refusal::NotADay);
        }
        faults
    }
}

/// The secret of a slip as it was typed off paper: without the blanks and dashes of its groups, and with the letters
/// that are easily misread (o, i, l) as the digits they stand for.
#[must_use]
pub fn slip_code(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{OrganisationId, UnitId};
    use uuid::Uuid;

    #[test]
    fn codes_are_read_as_people_type_them() {
        assert_eq!(slip_code(" 7KOI-l9ab  cd"), "7k0119abcd");
    }

    #[test]
    fn representatives_act_for_organisations_alone() {
        let day = "2019-06-12".parse().unwrap();
        let unit = Scope::Unit(UnitId(Uuid::nil()));
        let organisation = Scope::Organisation(OrganisationId(Uuid::nil()));
        for role in Role::ALL {
            for scope in [unit, organisation] {
                let plan = GrantPlan { role: *role, scope, valid_from: day, valid_to: None };
                assert_eq!(plan.check().is_empty(), (*role == Role::Representative) == (scope == organisation), "{role}");
            }
        }
        let backwards = GrantPlan { role: Role::Manager, scope: unit, valid_from: day, valid_to: day.pred_opt() };
        assert_eq!(backwards.check().of("valid_to").next(), Some(&Refusal::NotADay));
    }

    #[test]
    fn an_account_needs_a_name_to_sign_in_with() {
        assert!(!SignInNames::default().check().is_empty());
        let names = SignInNames { user_name: "hoa.le".parse().ok(), ..SignInNames::default() };
        assert!(names.check().is_empty());
        assert_eq!(names.each().collect::<Vec<_>>(), [("user_name", "hoa.le")]);
    }
}
