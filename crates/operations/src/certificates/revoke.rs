//! Revoking: the certificate stays, with who, when and why. Its number is never used again.

use domain::accounts::Actor;
use domain::ids::CertificateId;
use domain::policy::Action;
use domain::{Refusal, text};
use serde_json::json;
use store::certificates::{self, Certificate};

use crate::{Failure, Office, Outcome, require, runs};

/// The most characters of a reason: it is shown to whoever verifies.
const LONGEST: usize = 300;

/// A certificate that the actor may revoke, to show before it is done.
///
/// # Errors
/// [`Refusal::Revoked`] when it is revoked already, [`Refusal::NotFound`] outside the actor's scope.
pub async fn revocable(office: &Office, actor: &Actor, id: CertificateId) -> Outcome<Certificate> {
    let mut records = office.database.read().await?;
    let certificate = certificates::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let (_, target) = runs::target(&mut records, certificate.run_id).await?;
    require(actor, Action::IssueCertificates, &target)?;
    if certificate.revoked_at.is_some() { Err(Refusal::Revoked.into()) } else { Ok(certificate) }
}

/// Revokes a certificate for a reason that everybody who verifies it will read.
///
/// # Errors
/// [`Refusal::ReasonMissing`], [`Refusal::TooLong`], [`Refusal::Revoked`] when it is revoked already,
/// [`Refusal::NotFound`] outside the actor's scope.
pub async fn revoke(office: &Office, actor: &Actor, id: CertificateId, reason: &str) -> Outcome<()> {
    let certificate = revocable(office, actor, id).await?;
    let reason = text::normalise(reason);
    if reason.is_empty() {
        return Err(Failure::field("reason", Refusal::ReasonMissing));
    }
    if reason.chars().count() > LONGEST {
        return Err(Failure::field("reason", Refusal::TooLong { limit: LONGEST }));
    }
    let mut work = office.database.begin().await?;
    if !certificates::revoke(&mut work, id, &reason, actor.account, office.now()).await? {
        return Err(Refusal::Revoked.into());
    }
    let detail = json!({ "serial": certificate.serial, "reason": reason });
    office.log(&mut work, Some(actor.account), "certificate_revoked", ("certificate", id.0), &detail).await?;
    Ok(work.commit().await?)
}
