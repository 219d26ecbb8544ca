//! The papers: printed once after issuing, kept, and never printed differently.

use std::net::IpAddr;

use documents::papers;
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{CertificateId, RunId};
use store::certificates::{self, Certificate, Paper};

use super::verify::held;
use super::{Printed, find, hash, of_run};
use crate::{Failure, Office, Outcome};

/// The PDF of a certificate, with the certificate.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none that the actor may see; [`Failure::Document`] when it cannot be printed.
pub async fn paper(office: &Office, actor: &Actor, id: CertificateId) -> Outcome<(Certificate, Vec<u8>)> {
    let certificate = find(office, actor, id).await?;
    let pdf = kept(office, &certificate).await?;
    Ok((certificate, pdf))
}

/// The PDF for whoever holds the code of a certificate.
///
/// # Errors
/// [`Refusal::NotFound`] for an unknown code, [`Refusal::TooManyAttempts`]; [`Failure::Document`] when it cannot be printed.
pub async fn paper_by_token(office: &Office, address: IpAddr, token: &str) -> Outcome<(Certificate, Vec<u8>)> {
    let mut records = office.database.read().await?;
    let certificate = held(office, &mut records, address, token).await?;
    drop(records);
    let pdf = kept(office, &certificate).await?;
    Ok((certificate, pdf))
}

/// All certificates of a run that hold, as one PDF to print, a page each.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope, or when none was issued; [`Failure::Document`].
pub async fn papers_of_run(office: &Office, actor: &Actor, run: RunId) -> Outcome<Vec<u8>> {
    let issued = of_run(office, actor, run).await?.issued;
    let pages: Vec<_> = issued
        .iter()
        .filter(|certificate| certificate.revoked_at.is_none())
        .map(|certificate| Printed::of(certificate).map(|printed| (printed.certificate, printed.verify_address)))
        .collect::<Outcome<_>>()?;
    if pages.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    press(move || papers::certificates(&pages)).await
}

/// Prints and keeps the papers of a run that are missing, one after the other. Issuing has this done in the
/// background; a paper that is asked for before its turn is printed at once.
///
/// # Errors
/// [`Failure::Document`] when one cannot be printed; those before it are kept.
pub async fn print_waiting(office: &Office, run: RunId) -> Outcome<()> {
    let mut records = office.database.read().await?;
    let waiting = certificates::unprinted(&mut records, run).await?;
    drop(records);
    for id in waiting {
        let mut records = office.database.read().await?;
        let certificate = certificates::find(&mut records, id).await?;
        drop(records);
        if let Some(certificate) = certificate {
            kept(office, &certificate).await?;
        }
    }
    Ok(())
}

/// The paper that is kept, printed now when there is none. Whoever printed first is right.
async fn kept(office: &Office, certificate: &Certificate) -> Outcome<Vec<u8>> {
    let mut records = office.database.read().await?;
    let paper = certificates::paper(&mut records, certificate.id).await?;
    // Printing takes long: give the connection back first.
    drop(records);
    if let Some(paper) = paper {
        return Ok(paper.pdf);
    }
    let printed = Printed::of(certificate)?;
    let pdf = press(move || papers::certificate(&printed.certificate, &printed.verify_address)).await?;
    let paper = Paper { pdf_hash: hash(&pdf), pdf };
    let mut work = office.database.begin().await?;
    certificates::add_paper(&mut work, certificate.id, &paper, office.now()).await?;
    let kept = certificates::paper(&mut work, certificate.id).await?.unwrap_or(paper);
    work.commit().await?;
    Ok(kept.pdf)
}

/// Typesets off the async threads.
pub(crate) async fn press(print: impl FnOnce() -> Result<Vec<u8>, papers::PaperError> + Send + 'static) -> Outcome<Vec<u8>> {
    tokio::task::spawn_blocking(print)
        .await
        .map_err(|error| Failure::Document(error.to_string()))?
        .map_err(|error| Failure::Document(error.to_string()))
}
