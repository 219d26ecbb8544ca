//! Issuing: the one path on which certificates come into being.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use documents::papers::{CERTIFICATE_TEMPLATE_VERSION, PaperError, check_certificate};
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{CertificateId, RunId, UnitId};
use domain::policy::Action;
use serde_json::json;
use store::certificates::{Book, Certificate, Due, NewCertificate};
use store::runs::Run;
use store::{Work, certificates};

use super::{Printed, hash, print_waiting};
use crate::notices::{self, CertificateFacts, Issued};
use crate::{Failure, Office, Outcome, require, runs};

/// Issues a certificate to every participant who completed the run and holds none, numbered by given name, and gives
/// all certificates of the run. Asked again when nothing is left, it gives what there is.
///
/// # Errors
/// [`Refusal::NothingToIssue`] when nobody completed the run, [`Refusal::SignatoryMissing`] until the book says who
/// signs, [`Refusal::NotPrintable`] for a name the fonts lack a letter of, [`Refusal::NotFound`] outside the actor's scope.
pub async fn issue(office: &Office, actor: &Actor, run: RunId) -> Outcome<Vec<Certificate>> {
    let mut records = office.database.read().await?;
    let (_, target) = runs::target(&mut records, run).await?;
    require(actor, Action::IssueCertificates, &target)?;
    drop(records);

    let mut work = office.database.begin().await?;
    // First the run, against decisions that change; then the book, against others who take its numbers.
    store::runs::lock(&mut work, run).await?;
    let book = certificates::books(&mut work).await?.into_iter().next().ok_or(Refusal::NotFound)?;
    certificates::lock_book(&mut work, book.id).await?;
    let book = certificates::find_book(&mut work, book.id).await?.ok_or(Refusal::NotFound)?;
    let due = certificates::due(&mut work, run).await?;
    if !due.is_empty() {
        let run = store::runs::find(&mut work, run).await?.ok_or(Refusal::NotFound)?;
        number(office, actor, &mut work, &run, &book, &due).await?;
    }
    let issued = certificates::of_run(&mut work, run).await?;
    if issued.is_empty() {
        return Err(Refusal::NothingToIssue.into());
    }
    work.commit().await?;
    if !due.is_empty() {
        office.mail_waiting.notify_one();
        print_in_background(office, run);
    }
    Ok(issued)
}

/// Prints the papers while nobody waits. Whatever it does not come to is printed when it is first asked for.
fn print_in_background(office: &Office, run: RunId) {
    let office = office.clone();
    tokio::spawn(async move {
        if let Err(error) = print_waiting(&office, run).await {
            tracing::error!(%error, %run, "certificates wait for being asked for");
        }
    });
}

/// Gives each its number and freezes what is printed.
async fn number(office: &Office, actor: &Actor, work: &mut Work, run: &Run, book: &Book, due: &[Due]) -> Outcome<()> {
    if book.signatory_name.is_empty() {
        return Err(Refusal::SignatoryMissing.into());
    }
    let (Some(starts), Some(ends)) = (run.first_day, run.last_day) else { return Err(Refusal::NoSession.into()) };
    let (now, today) = (office.now(), office.today());
    let year = i64::from(today.year());
    let count = i64::try_from(due.len()).unwrap_or(i64::MAX);
    let first = certificates::take_numbers(work, book.id, year, count).await?;
    let mut units = BTreeMap::new();
    let mut told = Vec::with_capacity(due.len());
    for (number, due) in (first..).zip(due) {
        let serial = domain::certificates::serial(number, year, &book.code);
        let verify_token = office.secret();
        let verify_address = format!("{}/verify/{verify_token}", office.settings.public_url);
        let unit_name = unit_title(work, &mut units, due.unit_id).await?;
        let face = face(run, book, due, serial.clone(), unit_name, today, (starts, ends));
        check_certificate(&face).map_err(unprintable)?;
        let printed = Printed { verify_address: verify_address.clone(), certificate: face };
        let printed = serde_json::to_string(&printed).map_err(store::StoreError::from)?;
        let certificate = NewCertificate {
            id: CertificateId(office.id()),
            book: book.id,
            year,
            number,
            serial: &serial,
            verify_token: &verify_token,
            due,
            run: run.id,
            printed: &printed,
            printed_hash: &hash(printed.as_bytes()),
            template_version: CERTIFICATE_TEMPLATE_VERSION,
        };
        certificates::add(work, &certificate, actor.account, now).await?;
        let id = certificate.id;
        let facts = CertificateFacts { person: due.person_name.clone(), serial, link: verify_address };
        told.push(Issued { certificate: id, enrolment: due.enrolment_id, facts });
    }
    notices::certificates_issued(office, work, run, &told).await?;
    let detail = json!({ "book": book.code, "year": year, "first": first, "count": count });
    office.log(work, Some(actor.account), "certificates_issued", ("run", run.id.0), &detail).await?;
    Ok(())
}

/// A paper that cannot be printed is refused before anything is kept, and its number with it.
fn unprintable(error: PaperError) -> Failure {
    match error {
        PaperError::Unprintable { text, .. } | PaperError::TooLong(text) => Refusal::NotPrintable { text }.into(),
        other => Failure::Document(other.to_string()),
    }
}

fn face(
    run: &Run,
    book: &Book,
    due: &Due,
    serial: String,
    unit_name: String,
    issued_on: NaiveDate,
    (starts, ends): (NaiveDate, NaiveDate),
) -> documents::papers::Certificate {
    documents::papers::Certificate {
        serial,
        person_name: due.person_name.clone(),
        birth_date: due.birth_date,
        birth_year: due.birth_year,
        organisation_name: due.organisation_name.clone(),
        unit_name,
        course_title: run.course_title.clone(),
        starts,
        ends,
        hours: run.hours,
        sessions: run.session_count,
        superior: book.superior.clone(),
        issuer: book.issuer.clone(),
        place: book.place.clone(),
        issued_on,
        signatory_post: book.signatory_post.clone(),
        signatory_name: book.signatory_name.clone(),
    }
}

/// The title of a unit with its district, read once for all who come from there.
async fn unit_title(work: &mut Work, known: &mut BTreeMap<UnitId, String>, id: UnitId) -> Outcome<String> {
    if let Some(title) = known.get(&id) {
        return Ok(title.clone());
    }
    let title = store::units::find(work, id).await?.ok_or(Refusal::NotFound)?.full_title();
    known.insert(id, title.clone());
    Ok(title)
}
