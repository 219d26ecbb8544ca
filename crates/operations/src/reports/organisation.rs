//! The board of one organisation: each required course, and which of its people completed it or are on the way.

use chrono::NaiveDate;
use domain::accounts::Actor;
use domain::courses::Audience;
use domain::ids::OrganisationId;
use domain::organisations::OrganisationKind;
use domain::policy::Action;
use store::organisations::Organisation;
use store::reports::Trained;
use store::requirements::Requirement;

use super::board::lines;
use super::{BoardQuestion, Line, days_of};
use crate::{Office, Outcome, organisation_target, require};

/// The board of one organisation.
#[derive(Debug, Clone)]
pub struct OrganisationBoard {
    /// The organisation.
    pub organisation: Organisation,
    /// Whether the viewer may see the board of its unit.
    pub sees_unit: bool,
    /// What is required of organisations, or of officers.
    pub requirements: Vec<Requirement>,
    /// The organisation itself, or each of its officers, with where they stand; nobody when nothing is required of them.
    pub lines: Vec<Line>,
    /// Its people in runs of required courses.
    pub trained: Vec<Trained>,
    /// The day that the deadlines were measured against.
    pub today: NaiveDate,
}

/// The board of one organisation in a year.
///
/// # Errors
/// [`domain::Refusal::NotFound`] outside the viewer's scope; [`store::StoreError::Database`].
pub async fn organisation(office: &Office, actor: &Actor, year: i32, id: OrganisationId) -> Outcome<OrganisationBoard> {
    let today = office.today();
    let mut records = office.database.read().await?;
    let (organisation, target) = organisation_target(&mut records, id).await?;
    require(actor, Action::SeeBoard, &target)?;
    let unit_alone = domain::policy::Target { organisation: None, ..target };
    let sees_unit = domain::policy::may(actor, Action::SeeBoard, &unit_alone);
    let audience = if organisation.kind == OrganisationKind::StateBody { Audience::Officers } else { Audience::Organisations };
    let requirements = store::requirements::of_year(&mut records, year.into()).await?;
    let requirements: Vec<_> = requirements.into_iter().filter(|requirement| requirement.audience == audience).collect();
    let unit = organisation.unit_id;
    let question = BoardQuestion { year, audience, unit, course: None, standing: None, overdue: false, itself: false };
    let mut lines = lines(&mut records, &question, &requirements, today).await?;
    lines.retain(|line| line.subject.organisation_id == id);
    let trained = store::reports::trained(&mut records, (year.into(), audience, days_of(year)?), id).await?;
    Ok(OrganisationBoard { organisation, sees_unit, requirements, lines, trained, today })
}
