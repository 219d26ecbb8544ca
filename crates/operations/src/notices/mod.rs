//! Letters: put into the outbox by the deeds they tell of, in the same unit of work, and sent by a worker.
//!
//! A deed calls one of the verbs here before it commits, and `office.mail_waiting.notify_one()` after. A letter goes to
//! the person it concerns, else to the representatives of the organisation; one address gets one letter about all.

mod deadlines;
mod letter;
mod outbox;
mod requests;
mod seats;
mod teaching;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::accounts::Language;
use domain::ids::{CertificateId, EnrolmentId, NoticeId, OrganisationId, RegistrationId, TokenId};
use domain::people::EmailAddress;
use store::Work;
use store::eligibility::Exception;
use store::enrolments::Enrolment;
use store::forwarding::ForwardingList;
use store::notices::{NewNotice, Recipient};
use store::runs::{Run, Session};
use store::selections::{DecidedProduct, Decision};
use store::waiting::Entry;

pub use deadlines::{DAYS_AHEAD, deadlines_near};
pub use letter::{CertificateFacts, FormFacts, Leaving, Letter, ListFacts, ProductFacts, RequestFacts, RunFacts, SessionFacts};
pub use outbox::{claim, due, failed, sent};
pub use requests::{Told, request_decided};
pub(crate) use seats::{SeatOffer, offer_over, seat_offered, seats_promised, seats_taken_back};
pub use teaching::{teaching_changed, teaching_planned};

use crate::{Office, Outcome};

/// A certificate that its owner is to learn of.
#[derive(Debug, Clone)]
pub struct Issued {
    /// Its identifier.
    pub certificate: CertificateId,
    /// The place it was earned with.
    pub enrolment: EnrolmentId,
    /// What the letter says of it.
    pub facts: CertificateFacts,
}

/// Tells people who were just enrolled in a run.
///
/// # Errors
/// [`store::StoreError`].
pub async fn enrolment_confirmed(office: &Office, work: &mut Work, run: &Run, enrolments: &[Enrolment]) -> Outcome<()> {
    let Some(since) = enrolments.iter().map(|enrolment| enrolment.enrolled_at).min() else { return Ok(()) };
    let facts = RunFacts::of(run, &store::runs::sessions(work, run.id).await?);
    let recipients = store::notices::recipients_of_run(work, run.id, since, office.today()).await?;
    for ((email, language), places) in by_address(&recipients, enrolments, |enrolment| enrolment.id) {
        let letter = Letter::EnrolmentConfirmed { people: names(&places), run: facts.clone() };
        let key = format!("enrolment_confirmed/{}/{email}", places[0].id);
        enqueue(office, work, email, language, &key, &letter).await?;
    }
    Ok(())
}

/// Tells somebody who just lost or gave up their place, else the representatives of their organisation. Their calendar is
/// told too.
///
/// # Errors
/// [`store::StoreError`].
pub async fn place_left(office: &Office, work: &mut Work, run: &Run, left: &Enrolment, leaving: &Leaving) -> Outcome<()> {
    let facts = RunFacts::of(run, &store::runs::sessions(work, run.id).await?);
    let (to_person, readers) = match store::notices::of_person(work, left.person_id).await? {
        Some(person) => (true, vec![person]),
        None => (false, store::notices::representatives(work, left.organisation_id, office.today()).await?),
    };
    let letter = Letter::PlaceLeft { person: left.person_name.clone(), run: facts, leaving: leaving.clone(), to_person };
    for reader in readers {
        let key = format!("place_left/{}/{}", left.id, reader.email);
        enqueue(office, work, &reader.email, reader.language, &key, &letter).await?;
    }
    Ok(())
}

/// Tells everybody in a run that it changed. `run` is as it is now, `removed` are the sessions it lost.
///
/// # Errors
/// [`store::StoreError`].
pub async fn run_changed(office: &Office, work: &mut Work, run: &Run, removed: &[Session]) -> Outcome<()> {
    let (facts, removed) = (RunFacts::of(run, &store::runs::sessions(work, run.id).await?), SessionFacts::all(run, removed));
    to_everybody(office, work, run, &format!("run_changed/{}/{}", run.id, run.sequence), |people| Letter::RunChanged {
        people,
        run: facts.clone(),
        removed: removed.clone(),
    })
    .await
}

/// Tells everybody in a run, who waited for a seat of it, and who was to teach it, that it was called off. `run` is as it is
/// now: its sequence has counted up.
///
/// # Errors
/// [`store::StoreError`].
pub async fn run_cancelled(office: &Office, work: &mut Work, run: &Run, waited: &[Entry]) -> Outcome<()> {
    let facts = RunFacts::of(run, &store::runs::sessions(work, run.id).await?);
    let reason = run.cancellation_reason.clone().unwrap_or_default();
    to_everybody(office, work, run, &format!("run_cancelled/{}", run.id), |people| Letter::RunCancelled {
        people,
        run: facts.clone(),
        reason: reason.clone(),
    })
    .await?;
    seats::waiting_cancelled(office, work, &facts, &reason, waited).await?;
    teaching::teaching_cancelled(office, work, run).await
}

/// Tells the representatives of organisations that asked for a course that they are invited to a run of it. Whoever was
/// told once is not told again.
///
/// # Errors
/// [`store::StoreError`].
pub async fn run_invited(office: &Office, work: &mut Work, run: &Run, organisations: &BTreeSet<OrganisationId>) -> Outcome<()> {
    let facts = RunFacts::of(run, &store::runs::sessions(work, run.id).await?);
    for organisation in organisations {
        let Some(known) = store::organisations::find(work, *organisation).await? else { continue };
        let letter = Letter::RunInvited {
            id: *organisation,
            organisation: known.name,
            run: facts.clone(),
            enrol_until: run.enrolment_deadline,
        };
        for reader in store::notices::representatives(work, *organisation, office.today()).await? {
            let key = format!("run_invited/{}/{organisation}/{}", run.id, reader.email);
            enqueue(office, work, &reader.email, reader.language, &key, &letter).await?;
        }
    }
    Ok(())
}

/// Tells people that they have a certificate.
///
/// # Errors
/// [`store::StoreError`].
pub async fn certificates_issued(office: &Office, work: &mut Work, run: &Run, issued: &[Issued]) -> Outcome<()> {
    let facts = RunFacts::of(run, &store::runs::sessions(work, run.id).await?);
    let recipients = store::notices::recipients_of_run(work, run.id, DateTime::UNIX_EPOCH, office.today()).await?;
    for ((email, language), places) in by_address(&recipients, issued, |issued| issued.enrolment) {
        let certificates = places.iter().map(|issued| issued.facts.clone()).collect();
        let letter = Letter::CertificateIssued { run: facts.clone(), certificates };
        let key = format!("certificate_issued/{}/{email}", places[0].certificate);
        enqueue(office, work, email, language, &key, &letter).await?;
    }
    Ok(())
}

/// Tells the representatives of an organisation what just happened to a form of theirs.
///
/// # Errors
/// [`store::StoreError`].
pub async fn registration_stepped(office: &Office, work: &mut Work, id: RegistrationId) -> Outcome<()> {
    let Some(form) = store::registrations::find(work, id).await? else { return Ok(()) };
    let Some(event) = store::registrations::history(work, id).await?.pop() else { return Ok(()) };
    let remarks = store::registrations::remarks(work, id).await?.into_iter().filter(|remark| remark.event_id == event.id);
    let facts = FormFacts {
        id,
        product: form.product_name,
        organisation: form.organisation_name,
        year: form.year,
        number: form.number,
        reason: event.reason,
        due_on: event.due_on,
        remarks: remarks.map(|remark| (remark.subject, remark.remark)).collect(),
    };
    let letter = Letter::RegistrationStepped { state: event.state, form: facts };
    for reader in store::notices::representatives(work, form.organisation_id, office.today()).await? {
        let key = format!("registration_stepped/{}/{}", event.id, reader.email);
        enqueue(office, work, &reader.email, reader.language, &key, &letter).await?;
    }
    Ok(())
}

/// Tells the officers of the province that a list came.
///
/// # Errors
/// [`store::StoreError`].
pub async fn list_forwarded(office: &Office, work: &mut Work, list: &ForwardingList) -> Outcome<()> {
    let letter = Letter::ListForwarded { list: list_facts(list) };
    for reader in store::notices::provincial_officers(work, office.today()).await? {
        let key = format!("list_forwarded/{}/{}", list.id, reader.email);
        enqueue(office, work, &reader.email, reader.language, &key, &letter).await?;
    }
    Ok(())
}

/// Tells who forwarded a list that the province returned it.
///
/// # Errors
/// [`store::StoreError`].
pub async fn list_returned(office: &Office, work: &mut Work, list: &ForwardingList, reason: &str) -> Outcome<()> {
    let Some(account) = list.forwarded_by else { return Ok(()) };
    let Some(account) = store::accounts::find(work, account).await? else { return Ok(()) };
    let email = account.email.filter(|_| account.disabled_at.is_none()).and_then(|email| email.parse::<EmailAddress>().ok());
    let Some(email) = email else { return Ok(()) };
    let letter = Letter::ListReturned { list: list_facts(list), reason: reason.to_owned() };
    enqueue(office, work, &email, account.language, &format!("list_returned/{}/{email}", list.id), &letter).await?;
    Ok(())
}

/// Tells the representatives of organisations what a published decision says of their products.
///
/// # Errors
/// [`store::StoreError`].
pub async fn products_decided(office: &Office, work: &mut Work, decision: &Decision, outcomes: &[DecidedProduct]) -> Outcome<()> {
    let mut organisations: BTreeMap<OrganisationId, Vec<ProductFacts>> = BTreeMap::new();
    for outcome in outcomes {
        let o = outcome;
        organisations.entry(o.organisation_id).or_default().push(ProductFacts {
            id: o.id,
            product: o.product_name.clone(),
            organisation: o.organisation_name.clone(),
            is_selected: o.is_selected(),
            reason: o.reason.clone(),
        });
    }
    for (organisation, products) in organisations {
        let (number, decided_on, year) = (decision.number.clone(), decision.decided_on, decision.year);
        let letter = Letter::ProductsDecided { number, decided_on, year, products };
        for reader in store::notices::representatives(work, organisation, office.today()).await? {
            let key = format!("products_decided/{}/{organisation}/{}", decision.id, reader.email);
            enqueue(office, work, &reader.email, reader.language, &key, &letter).await?;
        }
    }
    Ok(())
}

/// Tells the representatives of an organisation that it may take part in a run without a selected product.
///
/// # Errors
/// [`store::StoreError`].
pub async fn exception_granted(office: &Office, work: &mut Work, run: &Run, granted: &Exception) -> Outcome<()> {
    let facts = RunFacts::of(run, &store::runs::sessions(work, run.id).await?);
    let (organisation, reason) = (granted.organisation_name.clone(), granted.reason.clone());
    to_organisation(office, work, granted, &Letter::ExceptionGranted { organisation, run: facts, reason }).await
}

/// Tells them that this is over. `withdrawn` is as it was.
///
/// # Errors
/// [`store::StoreError`].
pub async fn exception_withdrawn(
    office: &Office,
    work: &mut Work,
    run: &Run,
    withdrawn: &Exception,
    reason: &str,
) -> Outcome<()> {
    let facts = RunFacts::of(run, &store::runs::sessions(work, run.id).await?);
    let (organisation, reason, places) = (withdrawn.organisation_name.clone(), reason.to_owned(), withdrawn.places);
    to_organisation(office, work, withdrawn, &Letter::ExceptionWithdrawn { organisation, run: facts, reason, places }).await
}

/// Writes to the representatives of an organisation about an exception.
async fn to_organisation(office: &Office, work: &mut Work, about: &Exception, letter: &Letter) -> Outcome<()> {
    for reader in store::notices::representatives(work, about.organisation_id, office.today()).await? {
        let key = format!("{}/{}/{}", letter.kind(), about.id, reader.email);
        enqueue(office, work, &reader.email, reader.language, &key, letter).await?;
    }
    Ok(())
}

fn list_facts(list: &ForwardingList) -> ListFacts {
    let number = list.number.clone().unwrap_or_default();
    ListFacts { id: list.id, number, unit: list.unit_title(), year: list.year, forms: list.forms }
}

/// Sends somebody the link with which a new password is set.
///
/// # Errors
/// [`store::StoreError`].
pub async fn password_reset(
    office: &Office,
    work: &mut Work,
    (recipient, language): (&EmailAddress, Language),
    token: TokenId,
    link: String,
    expires: DateTime<Utc>,
) -> Outcome<()> {
    let letter = Letter::PasswordReset { link, expires };
    enqueue(office, work, recipient, language, &format!("password_reset/{token}"), &letter).await?;
    Ok(())
}

/// Puts a letter into the outbox; false when one with this key is there already. The verbs above are the way in.
async fn enqueue(
    office: &Office,
    work: &mut Work,
    recipient: &EmailAddress,
    language: Language,
    dedupe_key: &str,
    letter: &Letter,
) -> Outcome<bool> {
    let payload = serde_json::to_string(letter).map_err(store::StoreError::from)?;
    let notice = NewNotice {
        id: NoticeId(office.id()),
        dedupe_key,
        kind: letter.kind(),
        recipient: recipient.as_str(),
        language,
        payload: &payload,
        now: office.now(),
    };
    Ok(store::notices::enqueue(work, &notice).await?)
}

/// Writes to everybody who has a live place in a run.
async fn to_everybody(
    office: &Office,
    work: &mut Work,
    run: &Run,
    key: &str,
    letter: impl Fn(Vec<String>) -> Letter,
) -> Outcome<()> {
    let enrolments = store::enrolments::live_of_run(work, run.id).await?;
    let recipients = store::notices::recipients_of_run(work, run.id, DateTime::UNIX_EPOCH, office.today()).await?;
    for ((email, language), places) in by_address(&recipients, &enrolments, |enrolment| enrolment.id) {
        enqueue(office, work, email, language, &format!("{key}/{email}"), &letter(names(&places))).await?;
    }
    Ok(())
}

/// What each address is to be told of, in the order of `items`.
fn by_address<'a, T>(
    recipients: &'a [Recipient],
    items: &'a [T],
    place: impl Fn(&T) -> EnrolmentId,
) -> BTreeMap<(&'a EmailAddress, Language), Vec<&'a T>> {
    let mut readers: BTreeMap<EnrolmentId, Vec<&Recipient>> = BTreeMap::new();
    for recipient in recipients {
        readers.entry(recipient.enrolment).or_default().push(recipient);
    }
    let mut letters: BTreeMap<_, Vec<&T>> = BTreeMap::new();
    for item in items {
        for reader in readers.get(&place(item)).into_iter().flatten() {
            letters.entry((&reader.email, reader.language)).or_default().push(item);
        }
    }
    letters
}

fn names(places: &[&Enrolment]) -> Vec<String> {
    places.iter().map(|place| place.person_name.clone()).collect()
}
