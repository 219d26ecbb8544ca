//! Verifying: anyone may ask, and is told every printed field and how the certificate stands.

use std::net::IpAddr;

use domain::Refusal;
use domain::certificates::Lookup;
use store::Records;
use store::certificates::{self, Certificate};

use super::Printed;
use crate::limits::client_key;
use crate::{Office, Outcome};

/// What anyone is told of a certificate.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    /// How it stands: revoked or not, when, why.
    pub certificate: Certificate,
    /// Every printed field, as frozen on the day of issue.
    pub printed: Printed,
    /// The number of the certificate that was issued in its place, when it was revoked.
    pub replaced_by: Option<String>,
}

/// The certificate that a code opens, for whoever asks from `address`. Who holds a code may look as often as they like.
///
/// # Errors
/// [`Refusal::NotFound`] for an unknown code, [`Refusal::TooManyAttempts`] for who has guessed too often.
pub async fn verify(office: &Office, address: IpAddr, token: &str) -> Outcome<Verified> {
    let mut records = office.database.read().await?;
    let certificate = held(office, &mut records, address, token).await?;
    told(&mut records, certificate).await
}

/// The certificate of a code; a code that is known does not count as a guess.
pub(super) async fn held(office: &Office, records: &mut impl Records, address: IpAddr, token: &str) -> Outcome<Certificate> {
    let client = client_key(address);
    office.limits.look_ups.take(&client, office.now())?;
    let certificate = certificates::by_token(records, token).await?.ok_or(Refusal::NotFound)?;
    office.limits.look_ups.give_back(&client);
    Ok(certificate)
}

/// The certificate of a serial number, or of a code, however it was typed. Serial numbers run on, so every look-up by
/// them counts: nobody walks through the register.
///
/// # Errors
/// [`Refusal::Missing`] when nothing was typed, [`Refusal::NotFound`] when nothing, or more than one thing, answers,
/// [`Refusal::TooManyAttempts`].
pub async fn by_serial(office: &Office, address: IpAddr, typed: &str) -> Outcome<Verified> {
    if typed.trim().is_empty() {
        return Err(Refusal::Missing.into());
    }
    office.limits.look_ups.take(&client_key(address), office.now())?;
    let lookup = Lookup::read(typed).ok_or(Refusal::NotFound)?;
    let mut records = office.database.read().await?;
    let certificate = match &lookup {
        Lookup::Token(token) => certificates::by_token(&mut records, token).await?,
        Lookup::Serial { number, year, .. } => {
            let mut found = certificates::by_number(&mut records, *year, *number).await?;
            found.retain(|certificate| lookup.may_mean(&certificate.book_code));
            if found.len() == 1 { found.pop() } else { None }
        }
    };
    told(&mut records, certificate.ok_or(Refusal::NotFound)?).await
}

async fn told(records: &mut impl Records, certificate: Certificate) -> Outcome<Verified> {
    let replaced_by = certificates::replacement(records, &certificate).await?.map(|newer| newer.serial);
    Ok(Verified { printed: Printed::of(&certificate)?, certificate, replaced_by })
}
