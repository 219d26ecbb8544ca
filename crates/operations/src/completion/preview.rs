//! The decisions that closing a run would store.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::Refusal;
use domain::accounts::Actor;
use domain::attendance::{Counts, MarkStatus};
use domain::completion::{Basis, Inputs, Outcome as Decided, may_close};
use domain::courses::CompletionRule;
use domain::ids::{EnrolmentId, RunId, SessionId};
use domain::policy::Action;
use sha2::{Digest as _, Sha256};
use store::Records;
use store::enrolments::Enrolment;
use store::runs::{Run, Session};

use crate::{Office, Outcome, require};

/// What closing a run would store.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The run.
    pub run: Run,
    /// The rule of its course.
    pub rule: CompletionRule,
    /// Everybody who takes part, by given name.
    pub rows: Vec<PreviewRow>,
    /// Sessions in which people have no mark.
    pub missing: Vec<MissingMarks>,
    /// Who left midway, by given name: they did not complete the run, and nothing is decided on them.
    pub left: Vec<Enrolment>,
    /// How many people came without a place of whom it is still open who they are.
    pub open_walk_ins: usize,
    /// Why the run cannot be closed now, missing marks aside.
    pub hindrance: Option<Refusal>,
    /// What tells these decisions from others: closing is refused when they are no longer the same.
    pub fingerprint: String,
}

/// One participant and what the rule says.
#[derive(Debug, Clone)]
pub struct PreviewRow {
    /// Their place in the run.
    pub enrolment: EnrolmentId,
    /// Their name.
    pub name: String,
    /// Their organisation.
    pub organisation: String,
    /// What the decision rests on.
    pub basis: Basis,
    /// The decision.
    pub outcome: Decided,
}

/// A session in which `count` people have no mark.
#[derive(Debug, Clone)]
pub struct MissingMarks {
    /// The session.
    pub session: Session,
    /// People without a mark.
    pub count: i64,
}

impl Preview {
    /// Marks that are missing in all sessions together.
    #[must_use]
    pub fn missing_count(&self) -> i64 {
        self.missing.iter().map(|missing| missing.count).sum()
    }

    /// How many the rule lets complete.
    #[must_use]
    pub fn completed_count(&self) -> usize {
        self.rows.iter().filter(|row| row.outcome == Decided::Completed).count()
    }
}

/// The decisions that closing a run would store now.
///
/// # Errors
/// [`Refusal::NotFound`] when there is no such run or `actor` may not close it.
pub async fn preview(office: &Office, actor: &Actor, id: RunId) -> Outcome<Preview> {
    let mut records = office.database.read().await?;
    let (_, target) = crate::runs::target(&mut records, id).await?;
    require(actor, Action::CloseRun, &target)?;
    decide(&mut records, id, office.now()).await
}

/// Applies the rule to everybody who takes part.
pub(super) async fn decide(records: &mut impl Records, id: RunId, now: DateTime<Utc>) -> Outcome<Preview> {
    let run = store::runs::find(records, id).await?.ok_or(Refusal::NotFound)?;
    let rule = store::courses::find(records, run.course_id).await?.ok_or(Refusal::NotFound)?.rule();
    let sessions = store::runs::sessions(records, id).await?;
    let mut marks: HashMap<EnrolmentId, Vec<MarkStatus>> = HashMap::new();
    for (enrolment, status) in store::attendance::of_run(records, id).await? {
        marks.entry(enrolment).or_default().push(status);
    }
    let rows: Vec<PreviewRow> = store::enrolments::live_of_run(records, id)
        .await?
        .into_iter()
        .map(|person| {
            let inputs = Inputs::count(sessions.len() as i64, &marks.remove(&person.id).unwrap_or_default());
            let basis = Basis { inputs, rule };
            PreviewRow {
                enrolment: person.id,
                name: person.person_name,
                organisation: person.organisation_name,
                outcome: basis.outcome(),
                basis,
            }
        })
        .collect();
    let mut counts: HashMap<SessionId, Vec<_>> = HashMap::new();
    for (session, status, count) in store::attendance::count_of_run(records, id).await? {
        counts.entry(session).or_default().push((status, count));
    }
    let ends = sessions.iter().map(|session| session.ends_at).max();
    let missing = sessions
        .into_iter()
        .map(|session| {
            let counts = Counts::of(rows.len() as i64, counts.remove(&session.id).unwrap_or_default());
            MissingMarks { session, count: counts.unmarked() }
        })
        .filter(|missing| missing.count > 0)
        .collect();
    let fingerprint = fingerprint(&rows)?;
    let left = store::enrolments::left_run(records, id).await?;
    let open_walk_ins = store::walk_ins::of_run(records, id).await?.iter().filter(|walk_in| walk_in.is_open()).count();
    let hindrance = may_close(run.state(), ends, now).err();
    Ok(Preview { hindrance, run, rule, rows, missing, left, open_walk_ins, fingerprint })
}

/// A hash over everything that is decided and what it rests on.
fn fingerprint(rows: &[PreviewRow]) -> Outcome<String> {
    let decisions: Vec<_> = rows.iter().map(|row| (row.enrolment, row.basis)).collect();
    let text = serde_json::to_vec(&decisions).map_err(store::StoreError::from)?;
    Ok(Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect())
}
