//! What people see of forms.

use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::RegistrationId;
use domain::policy::{Action, Target, may, may_everywhere, may_somewhere};
use domain::programmes::{CycleStep, Window};
use domain::registrations::{Checklist, Content, Spread, State, Step, spread};
use domain::selections::Knowledge;
use store::attachments::Attachment;
use store::evaluations::Evaluation;
use store::programmes::{Criterion, ProductGroup};
use store::registrations::{Registration, RegistrationEvent, RegistrationLine, Remark, Wanted};
use store::units::Unit;

use super::begin::checklist;
use super::{review_target, target};
use crate::{Office, Outcome, require, unit_target};

/// Training that people of the organisation completed, from our own records: part E of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Training {
    /// The course and the class.
    pub title: String,
    /// Its last day.
    pub ended_on: chrono::NaiveDate,
    /// How many people completed it.
    pub people: i64,
}

/// What evaluators think, for those who may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Each evaluator's present opinion.
    pub evaluations: Vec<Evaluation>,
    /// How far apart their totals are.
    pub spread: Option<Spread>,
}

/// What the reader may do with the form now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a button")]
pub struct May {
    /// Fill it in, attach files, submit it.
    pub fill: bool,
    /// Say on which day it was received on paper, when submitting it.
    pub key_in: bool,
    /// Withdraw it.
    pub withdraw: bool,
    /// Send it back.
    pub send_back: bool,
    /// Find it complete.
    pub complete: bool,
    /// Evaluate it.
    pub evaluate: bool,
    /// Find that it repeats another.
    pub mark_duplicate: bool,
    /// Note what came on paper or in kind.
    pub receive_items: bool,
    /// See the lists that it went with.
    pub see_lists: bool,
    /// See the decisions on it.
    pub see_decisions: bool,
}

/// A form with all that belongs to it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The form.
    pub registration: Registration,
    /// What was typed.
    pub content: Content,
    /// The unit that receives it.
    pub unit: String,
    /// Where the organisation lies.
    pub place: String,
    /// The product's subgroup.
    pub group: Option<ProductGroup>,
    /// Every subgroup that can be chosen.
    pub groups: Vec<ProductGroup>,
    /// Its history, from the beginning, as far as the reader may know it; the form stands where that ends.
    pub history: Vec<RegistrationEvent>,
    /// What was to be put right in each return.
    pub remarks: Vec<Remark>,
    /// What of the dossier is there.
    pub checklist: Checklist,
    /// What of it is there on paper or in kind.
    pub receipts: Vec<domain::registrations::DossierItem>,
    /// Its files.
    pub attachments: Vec<Attachment>,
    /// What the year's evaluators score.
    pub criteria: Vec<Criterion>,
    /// What evaluators think; none for those who may not know, or not yet.
    pub judged: Option<Judged>,
    /// Training received.
    pub training: Vec<Training>,
    /// Other forms of the same organisation and year.
    pub siblings: Vec<(RegistrationId, String)>,
    /// On which days forms of the year are received; none while that is not known.
    pub window: Option<Window>,
    /// What the reader may do.
    pub may: May,
}

impl Shown {
    /// What is to be put right in the last return, while the form is with who fills it in.
    pub fn open_remarks(&self) -> impl Iterator<Item = &Remark> {
        let last = self.history.iter().rev().find(|event| event.step == Step::Return).map(|event| event.id);
        let is_open = self.registration.state == State::Returned;
        self.remarks.iter().filter(move |remark| is_open && Some(remark.event_id) == last)
    }
}

/// One form. Opinions are for those who review and their managers; the organisation learns them once a decision on it is
/// published, as it learns of the decision itself.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, and outside the actor's scope.
pub async fn show(office: &Office, actor: &Actor, id: RegistrationId) -> Outcome<Shown> {
    let mut records = office.database.read().await?;
    let (mut registration, target) = target(&mut records, id).await?;
    require(actor, Action::SeeRegistrations, &target)?;
    let mut history = store::registrations::history(&mut records, id).await?;
    history.retain(|event| event.is_known(Knowledge::of(actor)));
    if let Some(last) = history.last() {
        (registration.state, registration.state_at) = (last.state, last.happened_at);
    }
    let content = registration.typed()?;
    let unit = store::units::find(&mut records, registration.unit_id).await?.ok_or(Refusal::NotFound)?.full_title();
    let place = store::units::find(&mut records, registration.place_id).await?.ok_or(Refusal::NotFound)?.full_title();
    let programme = store::programmes::by_id(&mut records, registration.year_id).await?.ok_or(Refusal::NotFound)?;
    let groups = store::programmes::groups(&mut records, &programme.group_decision).await?;
    let group = match registration.group_id {
        Some(group) => store::programmes::group(&mut records, group).await?,
        None => None,
    };
    let of_unit = review_target(&mut records, &registration).await?;
    let reviews = may(actor, Action::ReviewRegistrations, &of_unit);
    let sees_opinions = reviews || registration.state.is_decided() || oversees(actor, &target);
    let judged = if sees_opinions {
        let evaluations = store::evaluations::of_registration(&mut records, id).await?;
        let totals: Vec<i64> = evaluations.iter().filter_map(|evaluation| evaluation.total).collect();
        Some(Judged { spread: spread(&totals), evaluations })
    } else {
        None
    };
    let of_organisation = store::registrations::of_organisation(&mut records, registration.organisation_id).await?;
    let siblings = of_organisation.into_iter().filter(|other| other.id != id && other.year_id == registration.year_id);
    let training = store::completion::of_organisation(&mut records, registration.organisation_id).await?;
    let fills = may(actor, Action::FillRegistration, &target);
    let is_officer = may(actor, Action::FillRegistration, &unit_target(&mut records, registration.place_id).await?);
    let windows = store::programmes::windows(&mut records, registration.year_id).await?;
    let window = windows.into_iter().find(|row| row.step == CycleStep::Receiving.number());
    let can = |step| registration.state.after(step).is_ok();
    Ok(Shown {
        may: May {
            fill: fills && registration.state.is_open(),
            key_in: is_officer
                && registration.state.is_open()
                && registration.source != domain::registrations::RegistrationSource::Online,
            withdraw: fills && can(Step::Withdraw),
            send_back: reviews && can(Step::Return),
            complete: reviews && can(Step::Complete),
            evaluate: reviews && can(Step::Evaluate),
            mark_duplicate: reviews && can(Step::MarkDuplicate),
            receive_items: reviews && can(Step::Withdraw),
            see_lists: may(actor, Action::SeeRegistrations, &of_unit),
            see_decisions: may(actor, Action::SelectProducts, &of_unit),
        },
        content,
        unit,
        place,
        group,
        groups,
        history,
        remarks: store::registrations::remarks(&mut records, id).await?,
        checklist: checklist(&mut records, &registration).await?,
        receipts: store::attachments::receipts(&mut records, id).await?,
        attachments: store::attachments::of_registration(&mut records, id).await?,
        criteria: store::programmes::criteria(&mut records, registration.year_id).await?,
        judged,
        training: training
            .into_iter()
            .map(|row| Training {
                title: format!("{} – {}", row.course_title, row.run_name),
                ended_on: row.ended_on,
                people: row.people,
            })
            .collect(),
        siblings: siblings.map(|other| (other.id, other.product_name)).collect(),
        window: window.map(|row| Window { opens: row.opens, closes: row.closes }),
        registration,
    })
}

/// Whether somebody manages, or is an officer of, a unit in which the form lies; representing the organisation does not count.
fn oversees(actor: &Actor, target: &Target) -> bool {
    let of_unit = |scope| matches!(scope, Scope::Unit(unit) if target.covered_by.contains(&unit));
    actor.grants.iter().any(|grant| matches!(grant.role, Role::Manager | Role::UnitOfficer) && of_unit(grant.scope))
}

/// Forms that somebody may see.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The latest step first; 200 at most.
    pub lines: Vec<RegistrationLine>,
    /// Whether there are more.
    pub has_more: bool,
    /// Years that have a programme, the latest first.
    pub years: Vec<i64>,
    /// Units to narrow by, for those who see the forms of units: those that received forms, and those of today.
    pub units: Vec<Unit>,
    /// The organisations that the reader represents, by name.
    pub own: Vec<(domain::ids::OrganisationId, String)>,
}

/// Forms that somebody may see.
///
/// # Errors
/// [`Refusal::NotFound`] for people who see none.
pub async fn list(office: &Office, actor: &Actor, wanted: &Wanted) -> Outcome<Listed> {
    /// As many as a page shows.
    const MOST: usize = 200;
    if !may_somewhere(actor, Action::SeeRegistrations) {
        return Err(Refusal::NotFound.into());
    }
    let mut records = office.database.read().await?;
    let (everywhere, today) = (may_everywhere(actor, Action::SeeRegistrations), office.today());
    let mut lines =
        store::registrations::search(&mut records, wanted, everywhere, actor.account, today, Knowledge::of(actor)).await?;
    let has_more = lines.len() > MOST;
    lines.truncate(MOST);
    let mut own = Vec::new();
    for organisation in actor.organisations() {
        let organisation = store::organisations::find(&mut records, organisation).await?;
        own.extend(organisation.map(|organisation| (organisation.id, organisation.name)));
    }
    let years = store::programmes::years(&mut records).await?.into_iter().map(|year| year.year).collect();
    let mut units = Vec::new();
    if crate::lists::sees_units(actor) {
        units = store::registrations::units_seen(&mut records, everywhere, actor.account, today).await?;
        // A number of a board may lead to a unit of another day.
        if let Some(asked) = wanted.unit.filter(|asked| !units.iter().any(|unit| unit.id == *asked)) {
            units.extend(store::units::find(&mut records, asked).await?);
        }
    }
    Ok(Listed { lines, has_more, years, units, own })
}
