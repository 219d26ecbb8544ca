//! The doctor: examines whether everything that must always hold does hold. Reads only.

use documents::papers::CERTIFICATE_TEMPLATE_VERSION;
use domain::ids::{CertificateId, ForwardingListId, PersonId, RequestId};
use store::certificates::{self, Certificate};
use store::{Records, StoreResult, forwarding};
use uuid::Uuid;

use crate::certificates::{Printed, hash};
use crate::{Office, Outcome, lists};

/// Where an invariant does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, as a code: `run_over_capacity`.
    pub invariant: String,
    /// The record it was found at.
    pub subject: Uuid,
    /// What else there is to know: a count, a status, a serial number. Never a secret.
    pub detail: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({})", self.invariant, self.subject, self.detail)
    }
}

/// Examines every invariant of design.md §4. An empty list means that all hold.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn examine(office: &Office) -> Outcome<Vec<Finding>> {
    let mut records = office.database.read().await?;
    let mut findings = examine_records(&mut records).await?;
    examine_numbers(office, &mut records, &mut findings).await?;
    Ok(findings)
}

/// Whether every citizen number can be read with the key of this office, and is found by its index.
async fn examine_numbers(office: &Office, records: &mut impl Records, findings: &mut Vec<Finding>) -> Outcome<()> {
    let mut last = PersonId(Uuid::nil());
    loop {
        let page = store::people::numbers::sealed_after(records, last).await?;
        let Some((end, _)) = page.last() else { return Ok(()) };
        last = *end;
        for (person, number) in &page {
            let index = office.keys.open(*person, number).map(|number| office.keys.index(&number));
            let fault = match index {
                None => "citizen_number_not_readable",
                Some(index) if Some(&index) != number.index.as_ref() => "citizen_number_not_as_indexed",
                Some(_) => continue,
            };
            findings.push(Finding { invariant: fault.to_owned(), subject: person.0, detail: "person".to_owned() });
        }
    }
}

/// Examines what these records show: with a unit of work, what it is about to leave behind.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn examine_records(records: &mut impl Records) -> Outcome<Vec<Finding>> {
    let mut findings: Vec<Finding> = store::doctor::violations(records)
        .await?
        .into_iter()
        .map(|v| Finding { invariant: v.invariant.to_lowercase(), subject: v.subject, detail: v.detail })
        .collect();
    examine_lists(records, &mut findings).await?;
    examine_requests(records, &mut findings).await?;
    let mut last = CertificateId(Uuid::nil());
    loop {
        let page = certificates::after(records, last).await?;
        let Some(end) = page.last() else { return Ok(findings) };
        last = end.id;
        for certificate in &page {
            let faults = examine_certificate(records, certificate).await?;
            findings.extend(faults.into_iter().map(|invariant| Finding {
                invariant: invariant.to_owned(),
                subject: certificate.id.0,
                detail: certificate.serial.clone(),
            }));
        }
    }
}

/// Whether every frozen list is still what was frozen: its hash, and as many forms as it lists, under its number.
async fn examine_lists(records: &mut impl Records, findings: &mut Vec<Finding>) -> Outcome<()> {
    let mut last = ForwardingListId(Uuid::nil());
    loop {
        let page = forwarding::frozen_after(records, last).await?;
        let Some(end) = page.last() else { return Ok(()) };
        last = end.id;
        for list in &page {
            let Some((text, kept)) = forwarding::printed(records, list.id).await? else { continue };
            let paper = lists::printed(&text);
            let is_its_paper = paper.is_ok_and(|paper| {
                Some(&paper.number) == list.number.as_ref() && i64::try_from(paper.forms.len()) == Ok(list.forms)
            });
            let faults = [("list_hash_mismatch", hash(text.as_bytes()) == kept), ("list_not_as_printed", is_its_paper)];
            findings.extend(faults.into_iter().filter(|(_, holds)| !holds).map(|(invariant, _)| Finding {
                invariant: invariant.to_owned(),
                subject: list.id.0,
                detail: list.number.clone().unwrap_or_default(),
            }));
        }
    }
}

/// Whether every request stands where its steps lead, each of which may follow those before it.
async fn examine_requests(records: &mut impl Records, findings: &mut Vec<Finding>) -> Outcome<()> {
    let mut last = RequestId(Uuid::nil());
    loop {
        let page = store::requests::after(records, last).await?;
        let Some((end, _)) = page.last() else { return Ok(()) };
        last = *end;
        for (id, state) in page {
            let steps = store::requests::replayed(records, id).await?;
            let (invariant, detail) = match domain::requests::replay(&steps) {
                Ok(reached) if reached == Some(state) => continue,
                Ok(_) => ("request_state_wrong", state.to_string()),
                Err(step) => ("request_steps_out_of_order", (step + 1).to_string()),
            };
            findings.push(Finding { invariant: invariant.to_owned(), subject: id.0, detail });
        }
    }
}

/// What SQL cannot recompute: the serial as it is written, and the hashes of what was frozen.
async fn examine_certificate(records: &mut impl Records, certificate: &Certificate) -> StoreResult<Vec<&'static str>> {
    let c = certificate;
    let mut faults = Vec::new();
    if c.serial != domain::certificates::serial(c.number, c.year, &c.book_code) {
        faults.push("serial_not_as_numbered");
    }
    if hash(c.printed.as_bytes()) != c.printed_hash {
        faults.push("printed_hash_mismatch");
    }
    if !Printed::of(c).is_ok_and(|printed| printed.certificate.serial == c.serial) {
        faults.push("printed_not_readable");
    }
    if !(1..=CERTIFICATE_TEMPLATE_VERSION).contains(&c.template_version) {
        faults.push("template_unknown");
    }
    if certificates::paper(records, c.id).await?.is_some_and(|paper| hash(&paper.pdf) != paper.pdf_hash) {
        faults.push("paper_hash_mismatch");
    }
    Ok(faults)
}
