//! What organisations of the demonstration would like to be taught: some of it was met since, and two were invited.

use std::collections::BTreeSet;

use domain::Refusal;
use domain::ids::OrganisationId;
use domain::interests::{Month, Wish};
use domain::runs::RunState;

use super::Past;
use super::house::People;
use crate::interests::{self, InviteCommand, NoteCommand};
use crate::{Outcome, runs};

/// A wish: the organisation by its place, the course, how many people, the months by how far ahead they lie.
type Wished = (usize, &'static str, i64, &'static [usize]);

const OF_ORGANISATIONS: [Wished; 11] = [
    (0, INVITED_TO, 4, &[1, 2]),
    (27, INVITED_TO, 3, &[1]),
    (20, INVITED_TO, 5, &[1, 2]),
    (12, "ENT-1", 6, &[2, 3]),
    (3, "ENT-1", 4, &[2]),
    (9, "ENT-1", 3, &[]),
    (16, "ENT-1", 8, &[3, 4]),
    (5, "ENT-5", 2, &[1]),
    (22, "ENT-5", 5, &[1]),
    (2, "ENT-4", 3, &[]),
    (24, "ENT-2", 6, &[4, 5]),
];
const OF_BODIES: [Wished; 2] = [(2, "OFF-3", 4, &[2]), (4, "OFF-3", 2, &[])];

/// The course of the class that two of those who asked for it are invited to.
const INVITED_TO: &str = "ENT-6";
const INVITED: [usize; 2] = [27, 20];

/// Organisations say what they would like, before any class is planned.
pub(super) async fn ask(past: &Past, people: &People) -> Outcome<()> {
    past.go(-50);
    let of_organisations = OF_ORGANISATIONS.iter().map(|wish| (people.organisations.get(wish.0), wish));
    let of_bodies = OF_BODIES.iter().map(|wish| (people.bodies.get(wish.0), wish));
    for (organisation, wish) in of_organisations.chain(of_bodies) {
        say(past, people, *organisation.ok_or(Refusal::NotFound)?, wish).await?;
    }
    Ok(())
}

async fn say(past: &Past, people: &People, organisation: OrganisationId, (_, code, count, months): &Wished) -> Outcome<()> {
    let office = &past.office;
    let courses = store::courses::list(&mut office.database.read().await?).await?;
    let course = courses.iter().find(|course| course.code == *code).ok_or(Refusal::NotFound)?.id;
    let ahead = Month::ahead(past.today);
    let months: BTreeSet<Month> = months.iter().filter_map(|month| ahead.get(*month).copied()).collect();
    let note = if months.is_empty() { String::new() } else { "Học ngoài vụ thu hoạch.".to_owned() };
    let representative = people.representatives.iter().find(|actor| actor.organisations().any(|own| own == organisation));
    let wish = Wish { people: *count, months, note };
    let command = NoteCommand { organisation, course, seen: None, wish };
    interests::note(office, representative.unwrap_or(&people.officer), &command).await?;
    Ok(())
}

/// Two of those whose wish is open are invited to the class that is planned of their course.
pub(super) async fn invite(past: &Past, people: &People) -> Outcome<()> {
    past.go(-2);
    let (office, officer) = (&past.office, &people.officer);
    let planned = runs::list(office, officer).await?;
    let run = planned.iter().find(|run| run.course_code == INVITED_TO && run.state() == RunState::Published);
    let run = run.ok_or(Refusal::NotFound)?.id;
    let known = interests::invitations(office, officer, run).await?;
    let wanted: Vec<OrganisationId> = INVITED.iter().filter_map(|place| people.organisations.get(*place).copied()).collect();
    let chosen = known.candidates.iter().filter(|candidate| wanted.contains(&candidate.wish.organisation_id));
    let interests = chosen.map(|candidate| candidate.wish.id).collect();
    interests::invite(office, officer, &InviteCommand { run, interests, unit: None }).await?;
    Ok(())
}
