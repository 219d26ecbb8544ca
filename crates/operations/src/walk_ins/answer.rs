//! It is found out who a walk-in is: they get a place, and their marks with it; or nobody is to be found. Both can be undone
//! while the run is open.

use domain::Refusal;
use domain::accounts::Actor;
use domain::attendance::{MarkSource, MarkStatus, NOTE_LIMIT};
use domain::enrolments::EnrolmentSource;
use domain::ids::{EnrolmentId, MarkId, OrganisationId, PersonId, RunId, WalkInAnswerId, WalkInId};
use domain::people::{Birth, PersonEntry};
use domain::policy::Action;
use domain::runs::RunState;
use serde_json::json;
use store::Work;
use store::walk_ins::NewAnswer;

use super::{WalkIn, found};
use crate::enrolments::{Enrollee, Right, Taking, admitted, give_back, given, resolve, take};
use crate::{Office, Outcome, organisation_target, requests, require, waiting};

/// Who a walk-in is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Somebody who belongs to an organisation.
    Member(OrganisationId, PersonId),
    /// Somebody who is added to an organisation as they were written down, if nobody there is the same.
    Newcomer(OrganisationId),
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// The run.
    pub run: RunId,
    /// Their place.
    pub enrolment: EnrolmentId,
    /// Whether it was taken for this; else they had it before.
    pub took_place: bool,
    /// How many of their marks are marks of that place now.
    pub carried: usize,
    /// How many are not, since another mark stands there.
    pub left_out: usize,
}

/// Says who a walk-in is. Somebody without a place in the run gets one, if a seat is left; the deadline does not matter,
/// since they were there. Where places are given by approval, who has the last word approves by doing it. Their marks become marks of the place, with the time and the maker they have, where none stands.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such walk-in, `actor` may not mark the run or enrol people of the organisation, or
/// the person is not of it; [`Refusal::RunClosed`], [`Refusal::RunCancelled`]; [`Refusal::WalkInAnswered`]; what
/// approving and taking a place are refused for.
pub async fn match_walk_in(office: &Office, actor: &Actor, id: WalkInId, who: Found) -> Outcome<Matched> {
    let mut work = office.database.begin().await?;
    let (walk_in, run) = found(&mut work, actor, id).await?;
    let (organisation, enrollee) = match who {
        Found::Member(organisation, person) => (organisation, Enrollee::Member(person)),
        Found::Newcomer(organisation) => (organisation, Enrollee::Newcomer(entry(&walk_in)?)),
    };
    let (_, organisation) = admitted(&mut work, actor, run.id, organisation).await?;
    let people = resolve(office, &mut work, actor, organisation.id, &[enrollee]).await?;
    let walk_in = open(&mut work, &walk_in).await?;
    if !walk_in.is_open() {
        return Err(Refusal::WalkInAnswered.into());
    }

    let member = people.first().ok_or(Refusal::NotFound)?;
    let granted = requests::grant(office, &mut work, actor, &run, &organisation, member, "").await?;
    let (source, by) = (EnrolmentSource::Form, actor.account);
    let taking = Taking { run: run.id, organisation: &organisation, people, source, by, right: Right::WalkIn };
    let taken = take(office, &mut work, taking).await?;
    requests::granted(office, &mut work, granted, &run, "").await?;
    let took_place = !taken.enrolled.is_empty();
    let enrolment = taken.enrolled.iter().chain(&taken.already).next().ok_or(Refusal::NotFound)?.id;
    let answer = WalkInAnswerId(office.id());
    let now = office.now();
    let new = NewAnswer { id: answer, walk_in: id, enrolment: Some(enrolment), took_place, reason: "", now, by };
    if !store::walk_ins::add_answer(&mut work, &new).await? {
        return Err(Refusal::WalkInAnswered.into());
    }
    let (carried, left_out) = carry_marks(office, &mut work, id, enrolment).await?;
    let detail =
        json!({ "run": run.id, "enrolment": enrolment, "took_place": took_place, "marks": carried, "left_out": left_out });
    office.log(&mut work, Some(by), "walk_in_matched", ("walk_in", id.0), &detail).await?;
    if took_place {
        office.commit_to_calendar(work).await?;
    } else {
        work.commit().await?;
    }
    office.mail_waiting.notify_one();
    Ok(Matched { run: run.id, enrolment, took_place, carried, left_out })
}

/// Says that nobody is to be found for a walk-in, and why.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such walk-in or `actor` may not mark the run; [`Refusal::RunClosed`],
/// [`Refusal::RunCancelled`]; [`Refusal::WalkInAnswered`]; [`Refusal::ReasonMissing`], [`Refusal::TooLong`].
pub async fn dismiss(office: &Office, actor: &Actor, id: WalkInId, reason: &str) -> Outcome<RunId> {
    let mut work = office.database.begin().await?;
    let (walk_in, run) = found(&mut work, actor, id).await?;
    let reason = given(reason)?;
    open(&mut work, &walk_in).await?;
    let (answer, now, by) = (WalkInAnswerId(office.id()), office.now(), actor.account);
    let new = NewAnswer { id: answer, walk_in: id, enrolment: None, took_place: false, reason: &reason, now, by };
    if !store::walk_ins::add_answer(&mut work, &new).await? {
        return Err(Refusal::WalkInAnswered.into());
    }
    office.log(&mut work, Some(by), "walk_in_dismissed", ("walk_in", id.0), &json!({ "run": run.id, "reason": reason })).await?;
    work.commit().await?;
    Ok(run.id)
}

/// Undoes what was found out about a walk-in: a place that was taken for it is given back; marks that came to a place which
/// the person had before are followed by absence, with the reason.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such walk-in, `actor` may not mark the run or enrol people of the organisation;
/// [`Refusal::RunClosed`], [`Refusal::RunCancelled`]; [`Refusal::NothingToUndo`]; [`Refusal::ReasonMissing`],
/// [`Refusal::TooLong`].
pub async fn undo(office: &Office, actor: &Actor, id: WalkInId, reason: &str) -> Outcome<RunId> {
    let mut work = office.database.begin().await?;
    let (walk_in, run) = found(&mut work, actor, id).await?;
    let reason = given(reason)?;
    let walk_in = open(&mut work, &walk_in).await?;
    let answer = walk_in.answer_id.ok_or(Refusal::NothingToUndo)?;
    if !store::walk_ins::undo_answer(&mut work, answer, actor.account, office.now()).await? {
        return Err(Refusal::NothingToUndo.into());
    }
    if let Some(enrolment) = walk_in.enrolment_id {
        let place = store::enrolments::find(&mut work, enrolment).await?.ok_or(Refusal::NotFound)?;
        let (_, target) = organisation_target(&mut work, place.organisation_id).await?;
        require(actor, Action::Enrol, &target)?;
        if place.withdrawn_at.is_none() {
            match walk_in.took_place {
                Some(true) => give_back(office, &mut work, &place, &reason, actor.account).await?,
                _ => take_marks_back(office, &mut work, actor, (id, enrolment), &reason).await?,
            }
        }
    }
    let detail = json!({ "run": run.id, "enrolment": walk_in.enrolment_id, "reason": reason });
    waiting::promote(office, &mut work, run.id).await?;
    office.log(&mut work, Some(actor.account), "walk_in_reopened", ("walk_in", id.0), &detail).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(run.id)
}

/// Holds the run of a walk-in, and reads the walk-in again, while anything can be found out.
async fn open(work: &mut Work, walk_in: &WalkIn) -> Outcome<WalkIn> {
    store::runs::lock(work, walk_in.run_id).await?;
    let run = store::runs::find(work, walk_in.run_id).await?.ok_or(Refusal::NotFound)?;
    match run.state() {
        RunState::Published => Ok(store::walk_ins::find(work, walk_in.id).await?.ok_or(Refusal::NotFound)?),
        RunState::Closed => Err(Refusal::RunClosed.into()),
        RunState::Cancelled => Err(Refusal::RunCancelled.into()),
        RunState::Draft => Err(Refusal::NotPublished.into()),
    }
}

/// A walk-in as a person to be looked up, else added.
fn entry(walk_in: &WalkIn) -> Outcome<PersonEntry> {
    Ok(PersonEntry {
        full_name: walk_in.person_name.parse()?,
        birth: walk_in.birth_year.and_then(|year| i32::try_from(year).ok()).map(Birth::Year),
        sex: walk_in.sex,
        phone: walk_in.phone.as_deref().and_then(|phone| phone.parse().ok()),
        email: None,
        citizen_id: None,
        position: None,
        on_state_payroll: false,
    })
}

/// The marks of a walk-in become marks of a place: how many did, and of how many another stands there. Each keeps its time
/// and its maker, and has a nonce of its own of both, so that it is carried over once.
async fn carry_marks(office: &Office, work: &mut Work, id: WalkInId, enrolment: EnrolmentId) -> Outcome<(usize, usize)> {
    let (mut carried, mut left_out) = (0, 0);
    for mark in store::walk_ins::marks_of(work, id).await? {
        if store::attendance::current(work, mark.session_id, enrolment).await?.is_some() {
            left_out += 1;
            continue;
        }
        let new = store::attendance::NewMark {
            id: MarkId(office.id()),
            session: mark.session_id,
            enrolment,
            status: mark.status,
            note: None,
            source: MarkSource::Form,
            nonce: &format!("walk-in/{}/{enrolment}", mark.id),
            client_time: None,
            now: mark.marked_at,
            by: mark.marked_by,
            replaces: None,
        };
        store::attendance::add(work, &new).await?;
        carried += 1;
    }
    Ok((carried, left_out))
}

/// Follows the marks that came to a place from a walk-in, and still hold, by absence.
async fn take_marks_back(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    (id, enrolment): (WalkInId, EnrolmentId),
    reason: &str,
) -> Outcome<()> {
    for mark in store::walk_ins::marks_of(work, id).await? {
        let came = store::attendance::by_nonce(work, &format!("walk-in/{}/{enrolment}", mark.id)).await?.is_some();
        let holds = store::attendance::current(work, mark.session_id, enrolment).await?;
        let Some(holds) = holds.filter(|holds| came && holds.at == mark.marked_at && holds.status == mark.status) else {
            continue;
        };
        let note: String = reason.chars().take(NOTE_LIMIT).collect();
        let new = store::attendance::NewMark {
            id: MarkId(office.id()),
            session: mark.session_id,
            enrolment,
            status: MarkStatus::Absent,
            note: Some(&note),
            source: MarkSource::Form,
            nonce: &office.secret(),
            client_time: None,
            now: office.now(),
            by: actor.account,
            replaces: Some(holds.id),
        };
        store::attendance::add(work, &new).await?;
    }
    Ok(())
}
