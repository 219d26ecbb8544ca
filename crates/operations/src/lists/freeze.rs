//! Freezing a list: from here on nothing that is printed of it changes.

use documents::papers::{self, FORWARDING_TEMPLATE_VERSION, PaperError, check_forwarding_list};
use domain::Refusal;
use domain::accounts::Actor;
use domain::lists::{ListState, SignForm, Signed, check_ready};
use domain::policy::Action;
use domain::registrations::Step;
use store::Work;
use store::forwarding::ForwardingList;
use store::registrations::Registration;

use super::{Seen, held, held_forms, log, step_all};
use crate::certificates::hash;
use crate::{Failure, Office, Outcome};

/// Freezes a list: number, day and signature are given, everything that will be printed is copied, and every form goes
/// into the list.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope; what [`SignForm::parse`] refuses; [`Refusal::ListFrozen`],
/// [`Refusal::EmptyList`], [`Refusal::ChangedMeanwhile`]; [`Refusal::AlreadyExists`] of `number`; of the field `form.ID`
/// [`Refusal::NotInThisState`], [`Refusal::NotFeasible`] and [`Refusal::NotPrintable`].
pub async fn freeze(office: &Office, actor: &Actor, seen: Seen, form: &SignForm) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let list = held(&mut work, actor, Action::ReviewRegistrations, seen).await?;
    if list.state() != ListState::Draft {
        return Err(Refusal::ListFrozen.into());
    }
    let signed = form.parse(office.today())?;
    if store::forwarding::number_taken(&mut work, &list, &signed.number).await? {
        return Err(Failure::field("number", Refusal::AlreadyExists));
    }
    let forms = held_forms(&mut work, list.id).await?;
    if forms.is_empty() {
        return Err(Refusal::EmptyList.into());
    }
    for form in &forms {
        let field = |refusal| Failure::field(format!("form.{}", form.id), refusal);
        check_ready(form.state, form.is_feasible).map_err(field)?;
    }
    let paper = face(&mut work, &list, &signed, &forms).await?;
    check_forwarding_list(&paper).map_err(|(place, error)| unprintable(place.and_then(|place| forms.get(place)), error))?;
    let printed = serde_json::to_string(&paper).map_err(store::StoreError::from)?;
    let kept = (printed.as_str(), hash(printed.as_bytes()));
    if !store::forwarding::freeze(&mut work, &list, &signed, (kept.0, &kept.1), actor.account, office.now()).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    step_all(office, &mut work, actor, (list.id, &forms), (Step::List, "")).await?;
    log(office, &mut work, actor, "list_frozen", list.id, forms.len()).await?;
    Ok(work.commit().await?)
}

/// A paper that cannot be printed is refused before anything is kept, beside the form that it is about.
fn unprintable(form: Option<&Registration>, error: PaperError) -> Failure {
    let PaperError::Unprintable { character, text } = error else { return Failure::Document(error.to_string()) };
    // Of a long text, the words around the letter.
    let letters: Vec<char> = text.chars().collect();
    let at = letters.iter().position(|letter| *letter == character).unwrap_or(0);
    let text = letters[at.saturating_sub(30)..letters.len().min(at + 30)].iter().collect();
    let field = form.map_or_else(String::new, |form| format!("form.{}", form.id));
    Failure::field(field, Refusal::NotPrintable { text })
}

/// Everything that is printed, as it is now.
async fn face(
    work: &mut Work,
    list: &ForwardingList,
    signed: &Signed,
    forms: &[Registration],
) -> Outcome<papers::ForwardingList> {
    let unit = store::units::find(work, list.unit_id).await?.ok_or(Refusal::NotFound)?;
    let year = store::programmes::by_id(work, list.year_id).await?.ok_or(Refusal::NotFound)?;
    // The coordination office that issues the certificates is the one that lists are sent to.
    let recipient = store::certificates::books(work).await?.into_iter().next().map(|book| book.issuer).unwrap_or_default();
    let mut printed = Vec::with_capacity(forms.len());
    for form in forms {
        printed.push(form_face(work, &unit.title(), form).await?);
    }
    Ok(papers::ForwardingList {
        template_version: FORWARDING_TEMPLATE_VERSION,
        issuer: papers::peoples_committee(&unit.kind, &unit.name),
        place: unit.name,
        number: signed.number.clone(),
        signed_on: signed.signed_on,
        signatory_post: signed.signatory_post.clone(),
        signatory_name: signed.signatory_name.clone(),
        recipient,
        year: list.year,
        plan_number: year.plan_number,
        forms: printed,
    })
}

async fn form_face(work: &mut Work, unit: &str, form: &Registration) -> Outcome<papers::RegistrationForm> {
    let place = store::units::find(work, form.place_id).await?.ok_or(Refusal::NotFound)?.full_title();
    let organisation = store::organisations::find(work, form.organisation_id).await?;
    let address = organisation.and_then(|organisation| organisation.address).filter(|address| !address.is_empty());
    let group = match form.group_id {
        Some(group) => store::programmes::group(work, group).await?.map(|group| group.title().to_owned()),
        None => None,
    };
    let training = store::completion::of_organisation(work, form.organisation_id).await?;
    Ok(papers::RegistrationForm {
        kind: form.kind,
        number: form.number,
        received_on: form.received_on,
        unit: unit.to_owned(),
        product: form.product_name.clone(),
        organisation: form.organisation_name.clone(),
        organisation_kind: form.organisation_kind,
        address: address.map_or_else(|| place.clone(), |address| format!("{address}, {place}")),
        group: group.unwrap_or_default(),
        score: form.score,
        content: form.typed()?,
        training: training
            .into_iter()
            .map(|row| papers::Training {
                course: row.course_title,
                run: row.run_name,
                ended_on: row.ended_on,
                people: row.people,
            })
            .collect(),
    })
}
