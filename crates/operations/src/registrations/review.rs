//! What the receiving unit does with a form: sends it back, finds it complete, finds it to repeat another.

use chrono::NaiveDate;
use domain::accounts::Actor;
use domain::ids::{RegistrationId, RemarkId};
use domain::policy::Action;
use domain::registrations::{DossierItem, FormField, REASON_LIMIT, RegistrationKind, Step};
use domain::text::paragraphs;
use domain::{Faults, Refusal};
use store::Work;
use store::registrations::{Registration, Remark};

use super::begin::checklist;
use super::{StepCommand, review_target, take_step};
use crate::{Failure, Office, Outcome, notices, require};

/// A form as somebody who may review it sees it, held against others.
async fn held(work: &mut Work, actor: &Actor, id: RegistrationId, version: i64) -> Outcome<Registration> {
    store::registrations::lock(work, id).await?;
    let registration = store::registrations::find(work, id).await?.ok_or(Refusal::NotFound)?;
    require(actor, Action::ReviewRegistrations, &review_target(work, &registration).await?)?;
    super::seen(work, actor, &registration, version).await?;
    Ok(registration)
}

/// What a remark may be about besides the fields of the form and the items of the dossier: the name of the product and
/// its place in the classification.
pub const PRODUCT_SUBJECTS: [&str; 2] = ["product_name", "group"];

/// Whether something can be said about `subject` in a form of this kind.
fn is_subject(subject: &str, kind: RegistrationKind) -> bool {
    PRODUCT_SUBJECTS.contains(&subject)
        || subject.parse::<FormField>().is_ok_and(|field| field.is_in(kind))
        || subject.parse::<DossierItem>().is_ok()
}

/// What is to be put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnCommand {
    /// The form.
    pub id: RegistrationId,
    /// The version that the officer had before them.
    pub version: i64,
    /// What is wrong with the form as a whole; may be empty.
    pub reason: String,
    /// The last day on which it may come back.
    pub due_on: NaiveDate,
    /// What is wrong, by the name of a [`FormField`], a [`DossierItem`], or one of [`PRODUCT_SUBJECTS`]; empty ones are
    /// passed over.
    pub remarks: Vec<(String, String)>,
}

/// Sends a form back to be completed.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not review it; [`Refusal::NoRemark`] without anything to put right;
/// [`Refusal::DayInThePast`] of `due_on`; [`Refusal::TooLong`] of `remarks.SUBJECT`; [`Refusal::NotInThisState`],
/// [`Refusal::ChangedMeanwhile`].
pub async fn send_back(office: &Office, actor: &Actor, command: &ReturnCommand) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let registration = held(&mut work, actor, command.id, command.version).await?;
    let mut faults = Faults::default();
    let reason = faults.take("reason", paragraphs(&command.reason, REASON_LIMIT));
    if command.due_on < office.today() {
        faults.add("due_on", Refusal::DayInThePast);
    }
    let mut remarks = Vec::new();
    for (subject, typed) in &command.remarks {
        let field = format!("remarks.{subject}");
        if !is_subject(subject, registration.kind) {
            faults.add(field, Refusal::NotAChoice);
        } else if let Some(remark) = faults.take(field, paragraphs(typed, REASON_LIMIT)).filter(|remark| !remark.is_empty()) {
            remarks.push((subject, remark));
        }
    }
    if remarks.is_empty() && faults.is_empty() {
        faults.add("remarks", Refusal::NoRemark);
    }
    let Some(reason) = reason.filter(|_| faults.is_empty()) else { return Err(faults.into()) };
    let step = StepCommand { reason: &reason, due_on: Some(command.due_on), ..StepCommand::plain(Step::Return) };
    let event = take_step(office, &mut work, actor, &registration, &step).await?;
    for (subject, remark) in remarks {
        let remark = Remark { event_id: event, subject: subject.clone(), remark };
        store::registrations::add_remark(&mut work, RemarkId(office.id()), &remark).await?;
    }
    notices::registration_stepped(office, &mut work, command.id).await?;
    work.commit().await?;
    office.mail_waiting.notify_one();
    Ok(())
}

/// Finds a form complete, with its dossier.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not review it; [`Refusal::DossierIncomplete`]; [`Refusal::NotInThisState`],
/// [`Refusal::ChangedMeanwhile`].
pub async fn complete(office: &Office, actor: &Actor, id: RegistrationId, version: i64) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let registration = held(&mut work, actor, id, version).await?;
    registration.state.after(Step::Complete)?;
    let missing = checklist(&mut work, &registration).await?.missing().count();
    if missing > 0 {
        return Err(Refusal::DossierIncomplete { missing: i64::try_from(missing).unwrap_or(i64::MAX) }.into());
    }
    take_step(office, &mut work, actor, &registration, &StepCommand::plain(Step::Complete)).await?;
    Ok(work.commit().await?)
}

/// Finds that a form says the same as another of the same organisation and year.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not review it; [`Refusal::NotItsDuplicate`]; [`Refusal::NotInThisState`],
/// [`Refusal::ChangedMeanwhile`].
pub async fn mark_duplicate(
    office: &Office,
    actor: &Actor,
    (id, version): (RegistrationId, i64),
    of: RegistrationId,
) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let registration = held(&mut work, actor, id, version).await?;
    let other = store::registrations::find(&mut work, of).await?;
    let same = |other: &Registration| {
        other.id != id && other.organisation_id == registration.organisation_id && other.year_id == registration.year_id
    };
    if !other.is_some_and(|other| same(&other)) {
        return Err(Failure::field("duplicate_of", Refusal::NotItsDuplicate));
    }
    let step = StepCommand { duplicate_of: Some(of), ..StepCommand::plain(Step::MarkDuplicate) };
    take_step(office, &mut work, actor, &registration, &step).await?;
    Ok(work.commit().await?)
}
