//! Demand: organisations say what they would like to be taught; planners see it, make runs of it, and invite who asked.

mod demand;
mod invite;
mod note;

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{OrganisationId, UnitId};
use domain::policy::{Action, may_everywhere, may_somewhere};
use store::Records;
use store::courses::Course;
use store::interests::Which;
use store::organisations::Organisation;

pub use demand::{Asked, CourseDemand, Demand, Tally, UnitDemand, Wanted, demand, wanted};
pub use invite::{Candidate, Invitations, InviteCommand, invitations, invite};
pub(crate) use invite::{has_invitations, tell_invited};
pub use note::{NoteCommand, note, withdraw};
pub use store::interests::{Interest, Invited};

use crate::{Office, Outcome, organisation_target, require, unit_target};

/// An organisation with the courses it can ask for, and what it asks for of each.
#[derive(Debug, Clone)]
pub struct Wishes {
    /// The organisation.
    pub organisation: Organisation,
    /// The courses for people like theirs, in the order of the catalogue, each with the wish for it.
    pub courses: Vec<(Course, Option<Interest>)>,
}

/// What an organisation asks for, and what it could ask for.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not speak for it.
pub async fn wishes(office: &Office, actor: &Actor, organisation: OrganisationId) -> Outcome<Wishes> {
    let mut records = office.database.read().await?;
    let (organisation, target) = organisation_target(&mut records, organisation).await?;
    require(actor, Action::NoteInterest, &target)?;
    let mut known = store::interests::of_organisation(&mut records, organisation.id).await?;
    let mut courses = Vec::new();
    for course in store::courses::list(&mut records).await? {
        let wish = known.iter().position(|wish| wish.course_id == course.id).map(|place| known.swap_remove(place));
        if wish.is_some() || domain::interests::may_ask(organisation.kind, course.audience).is_ok() {
            courses.push((course, wish));
        }
    }
    Ok(Wishes { organisation, courses })
}

/// Which wishes `actor` sees, or [`Refusal::NotFound`]: for who sees no demand, and for a unit outside their scope.
async fn which(office: &Office, records: &mut impl Records, actor: &Actor, asked: Asked) -> Outcome<Which> {
    if !may_somewhere(actor, Action::SeeDemand) {
        return Err(Refusal::NotFound.into());
    }
    if let Some(unit) = asked.unit {
        require_unit(records, actor, unit).await?;
    }
    Ok(Which {
        course: asked.course,
        unit: asked.unit,
        everywhere: may_everywhere(actor, Action::SeeDemand),
        account: actor.account,
        today: office.today(),
    })
}

async fn require_unit(records: &mut impl Records, actor: &Actor, unit: UnitId) -> Outcome<()> {
    store::units::find(records, unit).await?.ok_or(Refusal::NotFound)?;
    require(actor, Action::SeeDemand, &unit_target(records, unit).await?)
}
