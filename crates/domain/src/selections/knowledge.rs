//! Who knows what of decisions on products. A decision is prepared in several goes and put right before it is published:
//! until then it is nobody's business but that of those who select.

use crate::accounts::Actor;
use crate::policy::{Action, may_everywhere};

/// How much somebody knows of decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// Decisions as they are being prepared.
    Prepared,
    /// Published decisions alone: until then a form stands for them where it stood before.
    Published,
}

impl Knowledge {
    /// What somebody knows: who selects products takes part in preparing it.
    #[must_use]
    pub fn of(actor: &Actor) -> Knowledge {
        if may_everywhere(actor, Action::SelectProducts) { Knowledge::Prepared } else { Knowledge::Published }
    }

    /// Whether decisions that are being prepared are known, too.
    #[must_use]
    pub const fn is_of_prepared(self) -> bool {
        matches!(self, Knowledge::Prepared)
    }

    /// Whether a line in the history of a form is known. `published` says of the decision it came by whether that is
    /// published; none when it came by no decision.
    #[must_use]
    pub const fn includes(self, published: Option<bool>) -> bool {
        self.is_of_prepared() || !matches!(published, Some(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::{Grant, Role, Scope};
    use crate::ids::{AccountId, PersonId, UnitId};
    use uuid::Uuid;

    #[test]
    fn only_who_selects_knows_what_is_being_prepared() {
        for role in Role::ALL {
            let scope = Scope::Unit(UnitId(Uuid::from_u128(2)));
            let (account, person) = (AccountId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(1)));
            let actor = Actor { account, person, name: String::new(), grants: vec![Grant { role: *role, scope }] };
            let selects = matches!(role, Role::Administrator | Role::ProvincialOfficer);
            assert_eq!(Knowledge::of(&actor).is_of_prepared(), selects, "{role}");
        }
    }

    #[test]
    fn what_came_by_no_decision_is_known_to_everybody() {
        let table = [(None, true, true), (Some(true), true, true), (Some(false), true, false)];
        for (published, prepared, public) in table {
            assert_eq!(Knowledge::Prepared.includes(published), prepared, "{published:?}");
            assert_eq!(Knowledge::Published.includes(published), public, "{published:?}");
        }
    }
}
