//! Who may do what, as one table. What lies outside a person's scope is answered as if it did not exist.

use crate::accounts::{Actor, Role, Scope};
use crate::ids::{OrganisationId, PersonId, UnitId};

words! {
    /// The deeds and questions that the table rules.
    Action {
        /// Give accounts and roles, print slips, reset passwords.
        KeepAccounts = "keep_accounts",
        /// Change the catalogue, the requirements of a year and the certificate books.
        KeepCatalogue = "keep_catalogue",
        /// Create and change organisations and their people.
        KeepPeople = "keep_people",
        /// See organisations and their people.
        SeePeople = "see_people",
        /// Draft, change, publish and cancel runs.
        PlanRun = "plan_run",
        /// See drafts, and who takes part in a run.
        SeeRun = "see_run",
        /// Enrol and withdraw people of an organisation; divide what a unit was promised among its organisations.
        Enrol = "enrol",
        /// Mark attendance and print its sheets.
        MarkAttendance = "mark_attendance",
        /// Close a run and decide who completed it.
        CloseRun = "close_run",
        /// Issue and revoke certificates.
        IssueCertificates = "issue_certificates",
        /// See who has completed the required training.
        SeeBoard = "see_board",
        /// Keep programme years: plan, windows, criteria, who receives forms.
        KeepProgramme = "keep_programme",
        /// Fill, submit and withdraw product registration forms.
        FillRegistration = "fill_registration",
        /// See product registration forms, lists of them, and their numbers.
        SeeRegistrations = "see_registrations",
        /// Return, complete and evaluate forms; draw up lists of them and forward these.
        ReviewRegistrations = "review_registrations",
        /// Accept lists, decide on products, publish the selection, and make exceptions from it.
        SelectProducts = "select_products",
        /// Write the annual plan.
        KeepPlan = "keep_plan",
        /// See the annual plan, and what was delivered of it.
        SeePlan = "see_plan",
        /// Say what an organisation would like to be taught.
        NoteInterest = "note_interest",
        /// See what organisations would like to be taught.
        SeeDemand = "see_demand",
        /// Approve, refuse and return requests for places; place people where the whole province is in reach.
        DecideRequests = "decide_requests",
    }
}

/// How far a role reaches with an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not at all.
    Nowhere,
    /// Only runs that the person planned or teaches.
    OwnRuns,
    /// The unit of the grant and all that it covers, or the organisation of the grant.
    Scope,
    /// The whole province.
    Everywhere,
}

/// The table: one line a role, one column an action.
#[must_use]
pub const fn reach(role: Role, action: Action) -> Reach {
    use Reach::{Everywhere, Nowhere, OwnRuns, Scope};
    match (role, action) {
        (Role::Administrator, _) => Everywhere,

        (Role::ProvincialOfficer, _) => Everywhere,

        (Role::Trainer, Action::PlanRun | Action::SeeRun | Action::MarkAttendance | Action::CloseRun) => OwnRuns,
        (Role::Trainer, Action::SeePlan | Action::SeeDemand) => Scope,
        (Role::Trainer, _) => Nowhere,

        (
            Role::UnitOfficer,
            Action::KeepCatalogue
            | Action::PlanRun
            | Action::CloseRun
            | Action::IssueCertificates
            | Action::KeepProgramme
            | Action::SelectProducts
            | Action::KeepPlan,
        ) => Nowhere,
        (Role::UnitOfficer, _) => Scope,

        (
            Role::Manager,
            Action::SeePeople
            | Action::SeeRun
            | Action::SeeBoard
            | Action::SeeRegistrations
            | Action::SeePlan
            | Action::SeeDemand,
        ) => Scope,
        (Role::Manager, _) => Nowhere,

        (
            Role::Representative,
            Action::Enrol
            | Action::KeepPeople
            | Action::SeePeople
            | Action::SeeBoard
            | Action::FillRegistration
            | Action::SeeRegistrations
            | Action::NoteInterest,
        ) => Scope,
        (Role::Representative, _) => Nowhere,
    }
}

/// What an action is about: everything that decides whether it lies in somebody's scope.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// The unit in which it lies, with every unit that covers it.
    pub covered_by: Vec<UnitId>,
    /// The organisation it belongs to.
    pub organisation: Option<OrganisationId>,
    /// Who planned or teaches the run.
    pub run_by: Vec<PersonId>,
}

/// Whether `actor` may do `action` to `target`.
#[must_use]
pub fn may(actor: &Actor, action: Action, target: &Target) -> bool {
    actor.grants.iter().any(|grant| match reach(grant.role, action) {
        Reach::Nowhere => false,
        Reach::Everywhere => true,
        Reach::OwnRuns => target.run_by.contains(&actor.person),
        Reach::Scope => match grant.scope {
            Scope::Unit(unit) => target.covered_by.contains(&unit),
            Scope::Organisation(organisation) => target.organisation == Some(organisation),
        },
    })
}

/// Whether `actor` may give, end and reset `role` for `target`. Officers of a unit care for the representatives of their
/// organisations; every other role is the province's; and only administrators make administrators.
#[must_use]
pub fn may_give(actor: &Actor, role: Role, target: &Target) -> bool {
    match role {
        Role::Administrator => actor.is(Role::Administrator),
        Role::Representative => may(actor, Action::KeepAccounts, target),
        Role::ProvincialOfficer | Role::Trainer | Role::UnitOfficer | Role::Manager => {
            may_everywhere(actor, Action::KeepAccounts)
        }
    }
}

/// Whether `actor` may do `action` to anything at all: decides what the menu offers.
#[must_use]
pub fn may_somewhere(actor: &Actor, action: Action) -> bool {
    actor.grants.iter().any(|grant| reach(grant.role, action) != Reach::Nowhere)
}

/// Whether `actor` may do `action` everywhere in the province.
#[must_use]
pub fn may_everywhere(actor: &Actor, action: Action) -> bool {
    actor.grants.iter().any(|grant| reach(grant.role, action) == Reach::Everywhere)
}

/// How far `actor` keeps a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keeping {
    /// Not at all.
    No,
    /// Their belonging to some organisation, but not who they are: that is others' too.
    Part,
    /// Who they are: name, birth, sex, number, telephone, e-mail, and whether two records are one.
    Whole,
}

/// How far `actor` keeps a person who belongs to `places` and whose account has roles for `roles`. Who a person is, is kept
/// by those in whose scope all of that lies: else whoever adds somebody to their organisation would get hold of them
/// elsewhere. A person who belongs nowhere is kept by those who keep everybody.
#[must_use]
pub fn keeping(actor: &Actor, places: &[Target], roles: &[Target]) -> Keeping {
    let keeps = |target: &Target| may(actor, Action::KeepPeople, target);
    if may_everywhere(actor, Action::KeepPeople) || (!places.is_empty() && places.iter().chain(roles).all(keeps)) {
        Keeping::Whole
    } else if places.iter().any(keeps) {
        Keeping::Part
    } else {
        Keeping::No
    }
}

/// How far a list is narrowed for `actor`: everywhere, or the units and organisations of the grants that reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// The whole province.
    Everywhere,
    /// Only these; both empty means nothing.
    Within {
        /// Units whose covered units are seen.
        units: Vec<UnitId>,
        /// Organisations that are seen.
        organisations: Vec<OrganisationId>,
    },
}

/// How far a list made for `action` reaches.
#[must_use]
pub fn sight(actor: &Actor, action: Action) -> Sight {
    if may_everywhere(actor, action) {
        return Sight::Everywhere;
    }
    let (mut units, mut organisations) = (Vec::new(), Vec::new());
    for grant in actor.grants.iter().filter(|grant| reach(grant.role, action) == Reach::Scope) {
        match grant.scope {
            Scope::Unit(unit) => units.push(unit),
            Scope::Organisation(organisation) => organisations.push(organisation),
        }
    }
    Sight::Within { units, organisations }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Grant;
    use crate::ids::AccountId;
    use uuid::Uuid;

    /// The table once more, as people would write it on the wall: letter per action in the order of `Action::ALL`.
    /// E everywhere, S scope, O own runs, - nowhere.
    const WALL: [(Role, &str); 6] = [
        (Role::Administrator, "EEEEEEEEEEEEEEEEEEEEE"),
        (Role::ProvincialOfficer, "EEEEEEEEEEEEEEEEEEEEE"),
        (Role::Trainer, "----OO-OO--------S-S-"),
        (Role::UnitOfficer, "S-SS-SSS--S-SSS--SSSS"),
        (Role::Manager, "---S-S----S--S---S-S-"),
        (Role::Representative, "--SS--S---S-SS----S--"),
    ];

    #[test]
    fn the_whole_table() {
        assert_eq!(WALL.len(), Role::ALL.len());
        for (role, line) in WALL {
            assert_eq!(line.len(), Action::ALL.len());
            for (letter, action) in line.chars().zip(Action::ALL) {
                let expected = match letter {
                    'E' => Reach::Everywhere,
                    'S' => Reach::Scope,
                    'O' => Reach::OwnRuns,
                    _ => Reach::Nowhere,
                };
                assert_eq!(reach(role, *action), expected, "{role} {action}");
            }
        }
    }

    #[test]
    fn roles_are_given_downwards() {
        let id = Uuid::from_u128;
        let here = Target { covered_by: vec![UnitId(id(2))], organisation: Some(OrganisationId(id(3))), run_by: vec![] };
        let elsewhere = Target { covered_by: vec![UnitId(id(7))], ..here.clone() };
        for role in Role::ALL {
            let scope = Scope::Unit(UnitId(id(2)));
            let grants = vec![Grant { role: *role, scope }];
            let actor = Actor { account: AccountId(id(8)), person: PersonId(id(9)), name: String::new(), grants };
            let gives = |target: &Target| Role::ALL.iter().copied().filter(|r| may_give(&actor, *r, target)).collect::<Vec<_>>();
            let expected = match role {
                Role::Administrator => Role::ALL,
                Role::ProvincialOfficer => &Role::ALL[1..],
                Role::UnitOfficer => &[Role::Representative],
                Role::Trainer | Role::Manager | Role::Representative => &[],
            };
            assert_eq!(gives(&here), expected, "{role}");
            assert_eq!(gives(&elsewhere), if *role == Role::UnitOfficer { &[] } else { expected }, "{role} elsewhere");
        }
    }

    #[test]
    fn who_a_person_is_is_kept_by_who_keeps_all_of_them() {
        let id = Uuid::from_u128;
        let target = |unit: u128, organisation: Option<u128>| Target {
            covered_by: vec![UnitId(id(unit))],
            organisation: organisation.map(|n| OrganisationId(id(n))),
            run_by: vec![],
        };
        let (here, beside, far) = (target(1, Some(11)), target(1, Some(12)), target(2, Some(21)));
        let (officer_here, officer_far) = (target(1, None), target(2, None));
        let actor = |role, scope| Actor {
            account: AccountId(id(8)),
            person: PersonId(id(9)),
            name: String::new(),
            grants: vec![Grant { role, scope }],
        };
        let province = actor(Role::ProvincialOfficer, Scope::Unit(UnitId(id(5))));
        let officer = actor(Role::UnitOfficer, Scope::Unit(UnitId(id(1))));
        let representative = actor(Role::Representative, Scope::Organisation(OrganisationId(id(11))));
        let manager = actor(Role::Manager, Scope::Unit(UnitId(id(1))));
        use Keeping::{No, Part, Whole};
        for (title, places, roles, [of_province, of_officer, of_representative]) in [
            ("nowhere", vec![], vec![], [Whole, No, No]),
            ("nowhere, with a role", vec![], vec![here.clone()], [Whole, No, No]),
            ("here", vec![here.clone()], vec![], [Whole, Whole, Whole]),
            ("here and beside", vec![here.clone(), beside.clone()], vec![], [Whole, Whole, Part]),
            ("here and far", vec![here.clone(), far.clone()], vec![], [Whole, Part, Part]),
            ("far", vec![far], vec![], [Whole, No, No]),
            ("here, representing it", vec![here.clone()], vec![here.clone()], [Whole, Whole, Whole]),
            ("here, representing another", vec![here.clone()], vec![beside], [Whole, Whole, Part]),
            ("here, an officer", vec![here.clone()], vec![officer_here], [Whole, Whole, Part]),
            ("here, an officer far away", vec![here], vec![officer_far], [Whole, Part, Part]),
        ] {
            assert_eq!(keeping(&province, &places, &roles), of_province, "{title}");
            assert_eq!(keeping(&officer, &places, &roles), of_officer, "{title}");
            assert_eq!(keeping(&representative, &places, &roles), of_representative, "{title}");
            assert_eq!(keeping(&manager, &places, &roles), No, "{title}");
        }
    }

    #[test]
    fn scope_ends_where_the_grant_ends() {
        let id = Uuid::from_u128;
        let person = PersonId(id(9));
        let actor =
            |role, scope| Actor { account: AccountId(id(8)), person, name: String::new(), grants: vec![Grant { role, scope }] };
        let here = Target {
            covered_by: vec![UnitId(id(1)), UnitId(id(2))],
            organisation: Some(OrganisationId(id(3))),
            run_by: vec![person],
        };
        let elsewhere =
            Target { covered_by: vec![UnitId(id(7))], organisation: Some(OrganisationId(id(6))), run_by: vec![PersonId(id(5))] };
        for role in Role::ALL {
            let scope = if *role == Role::Representative {
                Scope::Organisation(OrganisationId(id(3)))
            } else {
                Scope::Unit(UnitId(id(2)))
            };
            let actor = actor(*role, scope);
            for action in Action::ALL {
                let reach = reach(*role, *action);
                assert_eq!(may(&actor, *action, &here), reach != Reach::Nowhere, "{role} {action} here");
                assert_eq!(may(&actor, *action, &elsewhere), reach == Reach::Everywhere, "{role} {action} elsewhere");
            }
        }
    }
}
