//! Sending a form to the unit that receives it, and taking it back.

use chrono::NaiveDate;
use domain::accounts::Actor;
use domain::ids::RegistrationId;
use domain::policy::{Action, may};
use domain::programmes::{CycleStep, Window};
use domain::registrations::{RegistrationSource, State, Step};
use domain::text::paragraphs;
use domain::{Faults, Refusal};
use store::Work;
use store::registrations::Registration;

use super::{StepCommand, known_state, receiving_unit, take_step, target};
use crate::{Failure, Office, Outcome, notices, require, unit_target};

/// Sends a form. It is numbered among those its unit receives in the year, and the organisation is kept as it is now.
/// Officers who keyed it in from paper say on which day it was received.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope; everything that keeps it from being submitted, by field;
/// [`Refusal::OutsideWindow`], [`Refusal::NoWindow`]; [`Refusal::DayInTheFuture`] of `received_on`;
/// [`Refusal::NotInThisState`], [`Refusal::ChangedMeanwhile`].
pub async fn submit(
    office: &Office,
    actor: &Actor,
    (id, version): (RegistrationId, i64),
    received_on: Option<NaiveDate>,
) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    // The year first, against others who number in it; then the form.
    let (registration, _) = target(&mut work, id).await?;
    store::programmes::lock(&mut work, registration.year_id).await?;
    store::registrations::lock(&mut work, id).await?;
    let (mut registration, target) = target(&mut work, id).await?;
    require(actor, Action::FillRegistration, &target)?;
    known_state(&mut work, actor, &registration).await?.after(Step::Submit)?;
    super::seen(&mut work, actor, &registration, version).await?;

    let today = office.today();
    let by_officer = may(actor, Action::FillRegistration, &unit_target(&mut work, registration.place_id).await?);
    let day = received_on.filter(|_| by_officer && registration.source != RegistrationSource::Online).unwrap_or(today);
    let mut faults = Faults::default();
    if day > today {
        faults.add("received_on", Refusal::DayInTheFuture);
    }
    if let Err(refusal) = check_window(&mut work, &registration, day, today).await? {
        faults.add(if received_on.is_some() { "received_on" } else { "" }, refusal);
    }
    if registration.group_id.is_none() {
        faults.add("group", Refusal::Missing);
    }
    faults.0.extend(registration.typed()?.check(registration.kind).0);
    if !faults.is_empty() {
        return Err(faults.into());
    }

    let organisation = store::organisations::find(&mut work, registration.organisation_id).await?.ok_or(Refusal::NotFound)?;
    if registration.number.is_none() {
        registration.unit_id = receiving_unit(&mut work, organisation.unit_id, day).await?.id;
    }
    registration.place_id = organisation.unit_id;
    registration.organisation_name = organisation.name;
    registration.organisation_kind = organisation.kind;
    take_step(office, &mut work, actor, &registration, &StepCommand::plain(Step::Submit)).await?;
    store::registrations::receive(&mut work, &registration, day).await?;
    notices::registration_stepped(office, &mut work, id).await?;
    work.commit().await?;
    office.mail_waiting.notify_one();
    Ok(())
}

/// A form is submitted while the receiving step is open; one that was returned, until its deadline too.
async fn check_window(
    work: &mut Work,
    registration: &Registration,
    day: NaiveDate,
    today: NaiveDate,
) -> Outcome<Result<(), Refusal>> {
    if registration.state == State::Returned && registration.due_on.is_some_and(|due| today <= due) {
        return Ok(Ok(()));
    }
    let windows = store::programmes::windows(work, registration.year_id).await?;
    let window = windows.into_iter().find(|row| row.step == CycleStep::Receiving.number());
    Ok(window.ok_or(Refusal::NoWindow).and_then(|row| Window { opens: row.opens, closes: row.closes }.check(day)))
}

/// Takes a form back that is not in a list yet, for good.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope; [`Refusal::ReasonMissing`]; [`Refusal::NotInThisState`],
/// [`Refusal::ChangedMeanwhile`].
pub async fn withdraw(office: &Office, actor: &Actor, id: RegistrationId, version: i64, reason: &str) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    store::registrations::lock(&mut work, id).await?;
    let (registration, target) = target(&mut work, id).await?;
    require(actor, Action::FillRegistration, &target)?;
    let reason = parse_reason(reason)?;
    super::seen(&mut work, actor, &registration, version).await?;
    let step = StepCommand { reason: &reason, ..StepCommand::plain(Step::Withdraw) };
    take_step(office, &mut work, actor, &registration, &step).await?;
    Ok(work.commit().await?)
}

/// A reason that says something.
fn parse_reason(typed: &str) -> Outcome<String> {
    let reason = paragraphs(typed, domain::registrations::REASON_LIMIT).map_err(|refusal| Failure::field("reason", refusal))?;
    if reason.is_empty() { Err(Failure::field("reason", Refusal::ReasonMissing)) } else { Ok(reason) }
}
