//! Seats of the demonstration that are kept: some promised with names to come, and people who wait for a class that is full.

use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::{EnrolmentSource, Holder};
use domain::ids::OrganisationId;
use domain::runs::RunState;
use domain::waiting::Priority;
use store::runs::Run;

use super::Past;
use super::house::People;
use crate::allotments::{self, AllotCommand, Line};
use crate::enrolments::{EnrolCommand, Enrollee};
use crate::{Failure, Outcome, runs, waiting};

/// The course of the class of which seats are promised, with how many each is promised.
const PROMISED: (&str, i64, i64) = ("ENT-1", 2, 3);

/// How many wait for the class that is full.
const WAITING: usize = 3;

/// Two seats are promised to the first organisation, three to its commune; and people wait where no seat is left.
pub(super) async fn keep(past: &Past, people: &People) -> Outcome<()> {
    past.go(-2);
    let (office, officer) = (&past.office, &people.officer);
    let planned = runs::list(office, officer).await?;
    let coming = |run: &&Run| run.state() == RunState::Published && run.enrolment_deadline > past.today;
    let (course, to_organisation, to_unit) = PROMISED;
    let run = planned.iter().filter(coming).find(|run| run.course_code == course).ok_or(Refusal::NotFound)?;
    let organisation = *people.organisations.first().ok_or(Refusal::NotFound)?;
    let unit =
        store::organisations::find(&mut office.database.read().await?, organisation).await?.ok_or(Refusal::NotFound)?.unit_id;
    let line = |holder, seats| Line { holder, seen: None, seats, until: run.enrolment_deadline };
    let lines = vec![line(Holder::Organisation(organisation), to_organisation), line(Holder::Unit(unit), to_unit)];
    allotments::allot(office, officer, &AllotCommand { run: run.id, lines, reason: String::new() }).await?;

    let full = planned.iter().filter(coming).find(|run| run.taken == run.capacity).ok_or(Refusal::NotFound)?;
    let mut queued = Vec::new();
    for organisation in &people.organisations {
        if queued.len() < WAITING
            && let Some(entry) = wait(past, officer, full, *organisation).await?
        {
            queued.push(entry);
        }
    }
    let last = queued.last().copied().ok_or(Refusal::NotFound)?;
    let priority =
        Priority { priority: 1, reason: "Lần trước đăng ký muộn vì chưa nhận được thông báo.".into() };
    waiting::prioritise(office, officer, last, 0, &priority).await?;
    Ok(())
}

/// Puts the first person of an organisation on the list who has no other class at that time.
async fn wait(past: &Past, officer: &Actor, run: &Run, organisation: OrganisationId) -> Outcome<Option<domain::ids::WaitingId>> {
    let members = store::people::members(&mut past.office.database.read().await?, organisation, past.office.today()).await?;
    let Some(member) = members.last() else { return Ok(None) };
    let command = EnrolCommand {
        run: run.id,
        organisation,
        people: vec![Enrollee::Member(member.person.id)],
        source: EnrolmentSource::Form,
    };
    match waiting::join(&past.office, officer, command).await {
        Ok(joined) => Ok(joined.queued.first().map(|queued| queued.entry)),
        Err(Failure::Refused(_)) => Ok(None),
        Err(failure) => Err(failure),
    }
}
