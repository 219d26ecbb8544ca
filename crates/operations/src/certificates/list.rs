//! What was issued, for those who may see it.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{CertificateId, PersonId, RunId};
use domain::policy::{Action, may};
use store::certificates::{self, Book, Certificate, Due};
use store::runs::Run;

use super::require_sight;
use crate::{Office, Outcome, runs};

/// The certificates of a run, with what is still to be done.
#[derive(Debug, Clone)]
pub struct RunCertificates {
    /// The run.
    pub run: Run,
    /// Everything issued for it, in the order of the register, revoked ones too.
    pub issued: Vec<Certificate>,
    /// Who completed it and holds no certificate.
    pub due: Vec<Due>,
    /// The book that the next are numbered in.
    pub book: Book,
    /// Whether the actor may issue and revoke.
    pub may_issue: bool,
}

/// The certificates of a run.
///
/// # Errors
/// [`Refusal::NotFound`] unless the actor may see who takes part in it, or issue.
pub async fn of_run(office: &Office, actor: &Actor, run: RunId) -> Outcome<RunCertificates> {
    let mut records = office.database.read().await?;
    let (run, target) = runs::target(&mut records, run).await?;
    let may_issue = may(actor, Action::IssueCertificates, &target);
    if !may_issue && !may(actor, Action::SeeRun, &target) {
        return Err(Refusal::NotFound.into());
    }
    let issued = certificates::of_run(&mut records, run.id).await?;
    let due = certificates::due(&mut records, run.id).await?;
    let book = certificates::books(&mut records).await?.into_iter().next().ok_or(Refusal::NotFound)?;
    Ok(RunCertificates { run, issued, due, book, may_issue })
}

/// What was issued to a person, newest first: of it, what the actor may see.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn of_person(office: &Office, actor: &Actor, person: PersonId) -> Outcome<Vec<Certificate>> {
    let mut records = office.database.read().await?;
    let all = certificates::of_person(&mut records, person).await?;
    drop(records);
    let mut seen = Vec::with_capacity(all.len());
    for certificate in all {
        if require_sight(&office.database, actor, &certificate).await.is_ok() {
            seen.push(certificate);
        }
    }
    Ok(seen)
}

/// One certificate.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none that the actor may see.
pub async fn find(office: &Office, actor: &Actor, id: CertificateId) -> Outcome<Certificate> {
    let mut records = office.database.read().await?;
    let certificate = certificates::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    drop(records);
    require_sight(&office.database, actor, &certificate).await?;
    Ok(certificate)
}
