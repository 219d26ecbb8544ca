//! Beginning a form, and keeping what is typed into it.

use std::collections::BTreeSet;

use domain::accounts::Actor;
use domain::ids::{OrganisationId, ProductGroupId, ProgrammeYearId, RegistrationEventId, RegistrationId};
use domain::organisations::OrganisationKind;
use domain::policy::{Action, may};
use domain::registrations::{
    Checklist, Content, DossierItem, FormField, PRODUCT_NAME_LIMIT, RegistrationKind, RegistrationSource, State, Step,
};
use domain::text::line;
use domain::{Faults, Refusal};
use serde_json::json;
use store::registrations::{NewEvent, Registration};
use store::{Records, Work};

use super::{known_state, receiving_unit, target};
use crate::{Failure, Office, Outcome, organisation_target, require, unit_target};

/// A form that is begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BeginCommand {
    /// Who makes the product.
    pub organisation: OrganisationId,
    /// The programme year it is for.
    pub year: i64,
    /// Which form it is.
    pub kind: RegistrationKind,
    /// The product, as it was typed.
    pub product_name: String,
}

/// Begins a draft. Officers key in what came on paper; representatives fill in their own.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope; [`Refusal::NotAProducer`] for state bodies; [`Refusal::NotAChoice`]
/// of `year` when it has no programme; [`Refusal::Missing`] and [`Refusal::TooLong`] of `product_name`;
/// [`Refusal::NoReceivingUnit`].
pub async fn begin(office: &Office, actor: &Actor, command: &BeginCommand) -> Outcome<RegistrationId> {
    let mut work = office.database.begin().await?;
    let id = begin_within(office, &mut work, actor, command, None).await?;
    work.commit().await?;
    Ok(id)
}

/// Begins a draft within a larger unit of work. Without a source it is known by who begins it.
pub(super) async fn begin_within(
    office: &Office,
    work: &mut Work,
    actor: &Actor,
    command: &BeginCommand,
    source: Option<RegistrationSource>,
) -> Outcome<RegistrationId> {
    let (organisation, target) = organisation_target(work, command.organisation).await?;
    require(actor, Action::FillRegistration, &target)?;
    if organisation.kind == OrganisationKind::StateBody {
        return Err(Refusal::NotAProducer.into());
    }
    let programme = store::programmes::find(work, command.year).await?;
    let programme = programme.ok_or_else(|| Failure::field("year", Refusal::NotAChoice))?;
    let product_name =
        line(&command.product_name, PRODUCT_NAME_LIMIT).map_err(|refusal| Failure::field("product_name", refusal))?;
    let unit = receiving_unit(work, organisation.unit_id, office.today()).await?;
    let by_officer = may(actor, Action::FillRegistration, &unit_target(work, organisation.unit_id).await?);
    let of_actor = if by_officer { RegistrationSource::Paper } else { RegistrationSource::Online };
    let source = source.unwrap_or(of_actor);
    let now = office.now();
    let registration = Registration {
        id: RegistrationId(office.id()),
        year_id: programme.id,
        year: programme.year,
        organisation_id: organisation.id,
        unit_id: unit.id,
        place_id: organisation.unit_id,
        organisation_name: organisation.name,
        organisation_kind: organisation.kind,
        kind: command.kind,
        source,
        number: None,
        product_name,
        group_id: None,
        content: "{}".to_owned(),
        completeness: 0,
        state: State::Draft,
        state_at: now,
        due_on: None,
        is_feasible: None,
        score: None,
        duplicate_of: None,
        version: 1,
        received_on: None,
        created_at: now,
    };
    store::registrations::add(work, &registration, actor.account).await?;
    let event = NewEvent {
        id: RegistrationEventId(office.id()),
        step: Step::Begin,
        state: State::Draft,
        reason: "",
        due_on: None,
        duplicate_of: None,
        list: None,
        decision: None,
        now,
        by: actor.account,
    };
    store::registrations::add_event(work, registration.id, &event).await?;
    let detail = json!({ "organisation": organisation.id, "year": programme.year, "kind": command.kind, "source": source });
    office.log(work, Some(actor.account), "registration_begun", ("registration", registration.id.0), &detail).await?;
    Ok(registration.id)
}

/// What was typed into some fields of a form.
#[derive(Debug, Clone)]
pub struct SaveCommand<'t> {
    /// The form.
    pub id: RegistrationId,
    /// The version that whoever typed had before them.
    pub version: i64,
    /// The fields that were shown; the others stay.
    pub fields: Vec<FormField>,
    /// Every name and value that was sent.
    pub typed: Vec<(&'t str, &'t str)>,
    /// The product's name as it was typed, and its subgroup, where they were shown.
    pub product: Option<(String, Option<ProductGroupId>)>,
}

/// Keeps what was typed into a form that is open: whatever is not too long, so that nothing is lost.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope; [`Refusal::NotInThisState`] while the form is under review;
/// [`Refusal::ChangedMeanwhile`]; [`Refusal::TooLong`] and [`Refusal::NotAChoice`] by field; a product needs its name.
pub async fn save(office: &Office, actor: &Actor, command: &SaveCommand<'_>) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    save_within(&mut work, actor, command).await?;
    Ok(work.commit().await?)
}

/// Keeps what was typed within a larger unit of work.
pub(super) async fn save_within(work: &mut Work, actor: &Actor, command: &SaveCommand<'_>) -> Outcome<()> {
    store::registrations::lock(work, command.id).await?;
    let (mut registration, target) = target(work, command.id).await?;
    require(actor, Action::FillRegistration, &target)?;
    let state = known_state(work, actor, &registration).await?;
    if !state.is_open() {
        return Err(Refusal::NotInThisState { state }.into());
    }
    let known = registration.clone();
    let mut faults = Faults::default();
    if let Some((name, group)) = &command.product {
        if let Some(name) = faults.take("product_name", line(name, PRODUCT_NAME_LIMIT)) {
            registration.product_name = name;
        }
        registration.group_id = *group;
        if !is_of_year(work, registration.year_id, *group).await? {
            faults.add("group", Refusal::NotAChoice);
        }
    }
    let mut content = registration.typed()?;
    let sent = |name: &str| {
        let values: Vec<&str> = command.typed.iter().filter(|(known, _)| *known == name).map(|(_, value)| *value).collect();
        values.into_iter()
    };
    if let Err(others) = content.take(command.fields.iter().copied(), sent) {
        faults.0.extend(others.0);
    }
    if !faults.is_empty() {
        return Err(faults.into());
    }
    registration.set_typed(&content)?;
    // Going from one part to the next sends again what stands there.
    if registration == known {
        return Ok(());
    }
    registration.completeness = completeness(work, &registration, &content).await?;
    registration.version = command.version;
    if !store::registrations::save(work, &registration).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    Ok(())
}

/// Whether a subgroup belongs to the classification that holds in a programme year. None does.
async fn is_of_year(records: &mut impl Records, year: ProgrammeYearId, group: Option<ProductGroupId>) -> Outcome<bool> {
    let Some(group) = group else { return Ok(true) };
    let decision = store::programmes::by_id(records, year).await?.map(|year| year.group_decision);
    Ok(store::programmes::group(records, group).await?.map(|group| group.decision) == decision)
}

/// How complete a form is, in percent: its required fields and the required items of its dossier.
pub(super) async fn completeness(records: &mut impl Records, registration: &Registration, content: &Content) -> Outcome<i64> {
    let checklist = checklist(records, registration).await?;
    let required = FormField::of(registration.kind).filter(|field| field.is_required(registration.kind)).count();
    let faults = content.check(registration.kind);
    let missing = FormField::of(registration.kind)
        .filter(|field| field.is_required(registration.kind) && faults.of(field.as_str()).next().is_some())
        .count();
    Ok(checklist.completeness(required, missing))
}

/// What of a form's dossier is there, as a file, on paper or in kind.
pub(super) async fn checklist(records: &mut impl Records, registration: &Registration) -> Outcome<Checklist> {
    let files = store::attachments::of_registration(records, registration.id).await?;
    let mut present: BTreeSet<DossierItem> = files.into_iter().map(|file| file.item).collect();
    present.extend(store::attachments::receipts(records, registration.id).await?);
    Ok(Checklist::of(registration.kind, &present))
}
