//! Certificates: issued once for everybody who completed a run, frozen, revoked but never deleted, verified by anyone.

mod books;
mod issue;
mod list;
mod papers;
mod revoke;
mod verify;

pub use books::{BookForm, book, books, change_book};
pub use issue::issue;
pub use list::{RunCertificates, find, of_person, of_run};
pub(crate) use papers::press;
pub use papers::{paper, paper_by_token, papers_of_run, print_waiting};
pub use revoke::{revocable, revoke};
pub use verify::{Verified, by_serial, verify};

use domain::Refusal;
use domain::accounts::Actor;
use domain::policy::{Action, may};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::certificates::Certificate;
use store::{Database, Records};

use crate::{Failure, Outcome, organisation_target, runs};

/// What is frozen when a certificate is issued: everything printed, and the address that its QR code holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Printed {
    /// What is printed.
    #[serde(flatten)]
    pub certificate: documents::papers::Certificate,
    /// Where it is verified.
    pub verify_address: String,
}

impl Printed {
    /// Reads what was frozen.
    ///
    /// # Errors
    /// [`store::StoreError::Text`] when it was tampered with beyond reading.
    pub fn of(certificate: &Certificate) -> Outcome<Printed> {
        Ok(serde_json::from_str(&certificate.printed).map_err(store::StoreError::from)?)
    }
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Whether `actor` may see this certificate: those who see or issue in its run, those who see the people of its
/// organisation, and the person it was issued to. Refused as not found otherwise.
async fn require_sight(database: &Database, actor: &Actor, certificate: &Certificate) -> Outcome<()> {
    if actor.person == certificate.person_id {
        return Ok(());
    }
    let mut records = database.read().await?;
    if sees_run(&mut records, actor, certificate).await? {
        return Ok(());
    }
    let (_, organisation) = organisation_target(&mut records, certificate.organisation_id).await?;
    if may(actor, Action::SeePeople, &organisation) { Ok(()) } else { Err(Failure::from(Refusal::NotFound)) }
}

async fn sees_run(records: &mut impl Records, actor: &Actor, certificate: &Certificate) -> Outcome<bool> {
    let (_, run) = runs::target(records, certificate.run_id).await?;
    Ok(may(actor, Action::SeeRun, &run) || may(actor, Action::IssueCertificates, &run))
}
