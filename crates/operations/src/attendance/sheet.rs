//! The sheet that participants sign in a session.

use documents::papers::{self, SignatureLine, SignatureSheet};
use domain::accounts::Actor;
use domain::ids::SessionId;
use domain::time::{local_time, show_day};

use crate::enrolments::in_name_order;
use crate::{Failure, Office, Outcome};

/// Prints the signature sheet of a session, as PDF.
///
/// # Errors
/// [`domain::Refusal::NotFound`] when there is no such session or `actor` may not mark it; [`Failure::Document`].
pub async fn signature_sheet(office: &Office, actor: &Actor, id: SessionId) -> Outcome<Vec<u8>> {
    let register = super::register(office, actor, id).await?;
    let mut records = office.database.read().await?;
    let trainers = store::runs::trainers(&mut records, register.run.id).await?;
    let (superior, issuer, place) = store::attendance::letterhead(&mut records).await?.unwrap_or_default();
    drop(records);
    let (run, session) = (register.run, register.session);
    let taking_part = register.rows.into_iter().map(|row| (row.name, row.organisation, String::new()));
    // What happened is on the sheet: who signed and left since, and who came without a place.
    let left =
        register.left.into_iter().map(|left| (left.name, left.organisation, format!("Nghỉ từ {}", show_day(left.left_on))));
    let came = register.walk_ins.into_iter().filter(|row| row.mark.is_some());
    let came = came.map(|row| (row.walk_in.person_name, row.walk_in.organisation_name, "Không ghi danh trước".to_owned()));
    let mut people: Vec<(String, String, String)> = taking_part.chain(left).chain(came).collect();
    in_name_order(&mut people, |(name, ..)| name);
    let sheet = SignatureSheet {
        superior,
        issuer,
        place,
        course_title: run.course_title,
        run_name: run.name,
        session_number: register.number as i64,
        date: session.day,
        starts: local_time(session.starts_at),
        ends: local_time(session.ends_at),
        venue: if session.venue.is_empty() { run.venue } else { session.venue },
        trainers: trainers.into_iter().filter(|trainer| trainer.session_id == id).map(|trainer| trainer.full_name).collect(),
        lines: people
            .into_iter()
            .map(|(person_name, organisation_name, note)| SignatureLine { person_name, organisation_name, note })
            .collect(),
    };
    let print = move || papers::signature_sheet(&sheet).map_err(|error| Failure::Document(error.to_string()));
    tokio::task::spawn_blocking(print).await.map_err(|error| Failure::Document(error.to_string()))?
}
