//! Somebody else of an organisation takes a participant's place. The seat is handed over in one unit of work under the
//! run's lock: there is no moment in which anybody else could take it.

use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::{EnrolmentSource, PlaceChange};
use domain::ids::EnrolmentId;
use domain::runs::RunState;
use domain::walk_ins::{may_substitute, substitution_ends};
use serde_json::json;
use store::Records;
use store::enrolments::Enrolment;
use store::people::Member;
use store::runs::Run;

use super::withdraw::pass_on;
use super::{Enrollee, Right, Taking, admitted, given, resolve, take};
use crate::notices::Leaving;
use crate::{Office, Outcome, organisation_target, requests, waiting};

/// Replaces a participant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubstituteCommand {
    /// Whose place.
    pub enrolment: EnrolmentId,
    /// Who comes instead.
    pub instead: Enrollee,
    /// Why.
    pub reason: String,
}

/// What the page of a substitution shows.
#[derive(Debug, Clone)]
pub struct Substitution {
    /// Whose place.
    pub enrolment: Enrolment,
    /// The run.
    pub run: Run,
    /// The others of the organisation, without those who have a place; only those who were approved, for who does not approve.
    pub members: Vec<Member>,
    /// Until when it can be done; none while the run has no session.
    pub until: Option<DateTime<Utc>>,
    /// Why it cannot be done now.
    pub refusal: Option<Refusal>,
}

/// Who could take a place over, for somebody who may enrol people of the organisation.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope.
pub async fn to_substitute(office: &Office, actor: &Actor, id: EnrolmentId) -> Outcome<Substitution> {
    let mut records = office.database.read().await?;
    let enrolment = store::enrolments::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let (run, organisation) = admitted(&mut records, actor, enrolment.run_id, enrolment.organisation_id).await?;
    let live = store::enrolments::live_of_run(&mut records, run.id).await?;
    let mut members = store::people::members(&mut records, organisation.id, office.today()).await?;
    members.retain(|member| live.iter().all(|place| place.person_id != member.person.id));
    let (_, target) = organisation_target(&mut records, organisation.id).await?;
    let asks = requests::to_be_asked(actor, &target, &run);
    if asks.is_some() {
        let mut approved = Vec::with_capacity(members.len());
        for member in members {
            if requests::is_approved(&mut records, &run, organisation.id, member.person.id).await? {
                approved.push(member);
            }
        }
        members = approved;
    }
    let (first, hours) = first_session(&mut records, &run).await?;
    let refusal = match enrolment.withdrawn_at {
        Some(_) => Some(Refusal::Withdrawn),
        None if run.state() == RunState::Closed => Some(Refusal::RunClosed),
        None if run.state() == RunState::Cancelled => Some(Refusal::RunCancelled),
        None if store::enrolments::is_marked(&mut records, id).await? => Some(Refusal::AlreadyAttended),
        None => {
            let nobody = asks.filter(|_| members.is_empty()).map(|level| Refusal::ApprovesByDoing { level });
            may_substitute(first, hours, office.now()).err().or(nobody)
        }
    };
    Ok(Substitution { members, until: first.map(|first| substitution_ends(first, hours)), enrolment, run, refusal })
}

/// Hands a place over to somebody else of the organisation, who has to be free and prepared like anybody else. Deadline and
/// seats do not matter: the place is the organisation's already. Where places are given by approval, who has the last word
/// approves by doing it. Both are told.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope, and for who is not of the organisation; [`Refusal::SubstitutionOver`];
/// [`Refusal::AlreadyAttended`]; [`Refusal::AlreadyEnrolled`] when the other has a place; what approving, giving back and
/// taking a place are refused for; [`Refusal::ReasonMissing`], [`Refusal::TooLong`].
pub async fn substitute(office: &Office, actor: &Actor, command: &SubstituteCommand) -> Outcome<Enrolment> {
    let mut work = office.database.begin().await?;
    let left = store::enrolments::find(&mut work, command.enrolment).await?.ok_or(Refusal::NotFound)?;
    let (run, organisation) = admitted(&mut work, actor, left.run_id, left.organisation_id).await?;
    let reason = given(&command.reason)?;
    let people = resolve(office, &mut work, actor, organisation.id, std::slice::from_ref(&command.instead)).await?;

    store::runs::lock(&mut work, run.id).await?;
    substitution(&mut work, &run, office.now()).await??;
    if store::enrolments::is_marked(&mut work, left.id).await? {
        return Err(Refusal::AlreadyAttended.into());
    }
    let Some(instead) = people.first().filter(|member| member.person.id != left.person_id) else {
        return Err(Refusal::AlreadyEnrolled.into());
    };
    let granted = requests::grant(office, &mut work, actor, &run, &organisation, instead, &reason).await?;
    let allotment = store::allotments::of_place(&mut work, left.id).await?;
    let instead = instead.person.full_name.to_string();
    pass_on(office, &mut work, &left, &Leaving::To(instead), &reason, actor.account).await?;
    let source = EnrolmentSource::Form;
    let taking = Taking {
        run: run.id,
        organisation: &organisation,
        people,
        source,
        by: actor.account,
        right: Right::Substitute { allotment },
    };
    let taken = take(office, &mut work, taking).await?;
    let entered = taken.enrolled.into_iter().next().ok_or(Refusal::AlreadyEnrolled)?;
    requests::granted(office, &mut work, granted, &run, &reason).await?;
    let change = (left.id, entered.id);
    store::place_changes::add(&mut work, change, PlaceChange::Substitution, actor.account, office.now()).await?;
    let detail = json!({ "left": left.id, "entered": entered.id, "reason": reason });
    office.log(&mut work, Some(actor.account), "person_substituted", ("run", run.id.0), &detail).await?;
    // Whoever comes instead may have waited with a seat held for them.
    waiting::promote(office, &mut work, run.id).await?;
    office.commit_to_calendar(work).await?;
    office.mail_waiting.notify_one();
    Ok(entered)
}

/// Whether participants of a run can still be replaced.
pub(super) async fn substitution(records: &mut impl Records, run: &Run, now: DateTime<Utc>) -> Outcome<Result<(), Refusal>> {
    let (first, hours) = first_session(records, run).await?;
    Ok(may_substitute(first, hours, now))
}

/// When a run begins, and how many hours before it the course lets participants be replaced at the latest.
async fn first_session(records: &mut impl Records, run: &Run) -> Outcome<(Option<DateTime<Utc>>, i64)> {
    let course = store::courses::find(records, run.course_id).await?.ok_or(Refusal::NotFound)?;
    let sessions = store::runs::sessions(records, run.id).await?;
    Ok((sessions.iter().map(|session| session.starts_at).min(), course.substitution_hours))
}
