//! One run, as far as its reader may see it.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{PersonId, PlanLineId, RunId};
use domain::policy::{Action, may, may_somewhere};
use domain::runs::RunState;
use store::runs::{Run, Session};
use store::{Records, StoreResult};

use super::target;
use crate::{Office, Outcome, plans};

/// A run with its sessions, and what its reader may do with it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The run.
    pub run: Run,
    /// Its sessions in order of time, cancelled ones too, each with who teaches it.
    pub sessions: Vec<(Session, Vec<(PersonId, String)>)>,
    /// What its reader may do.
    pub may: May,
    /// The line of the annual plan it is made from, with its code, for those who see that line.
    pub line: Option<(PlanLineId, String)>,
}

impl Shown {
    /// The sessions that take place.
    pub fn held(&self) -> impl Iterator<Item = &Session> {
        self.sessions.iter().map(|(session, _)| session).filter(|session| session.cancellation_reason.is_none())
    }

    /// Who teaches any of it, each once.
    #[must_use]
    pub fn trainers(&self) -> Vec<&str> {
        let mut names: Vec<(PersonId, &str)> = Vec::new();
        for (id, name) in self.sessions.iter().flat_map(|(_, trainers)| trainers) {
            if names.iter().all(|(known, _)| known != id) {
                names.push((*id, name));
            }
        }
        names.into_iter().map(|(_, name)| name).collect()
    }
}

/// What somebody may do with a run as it stands now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct May {
    /// Change or call it off.
    pub change: bool,
    /// Publish it.
    pub publish: bool,
    /// Read the versions of its timetable.
    pub see_versions: bool,
    /// See who takes part.
    pub see_roster: bool,
    /// See who may take part without a selected product.
    pub see_exceptions: bool,
    /// Mark attendance.
    pub mark: bool,
    /// Decide who completed it.
    pub close: bool,
    /// Issue certificates.
    pub issue: bool,
    /// Enrol people in it.
    pub enrol: bool,
}

/// One run: a published one for everybody, a draft only for those who see drafts.
///
/// # Errors
/// [`Refusal::NotFound`].
pub async fn show(office: &Office, actor: Option<&Actor>, id: RunId) -> Outcome<Shown> {
    let mut records = office.database.read().await?;
    let (run, target) = target(&mut records, id).await?;
    let may = |action| actor.is_some_and(|actor| may(actor, action, &target));
    if run.published_at.is_none() && !may(Action::SeeRun) {
        return Err(Refusal::NotFound.into());
    }
    let state = run.state();
    let open = matches!(state, RunState::Draft | RunState::Published);
    let may = May {
        change: open && may(Action::PlanRun),
        publish: state == RunState::Draft && may(Action::PlanRun),
        see_versions: run.published_at.is_some() && may(Action::SeeRun),
        see_roster: run.published_at.is_some() && may(Action::SeeRun),
        see_exceptions: run.selection_year.is_some() && may(Action::SeeRun),
        mark: state == RunState::Published && may(Action::MarkAttendance),
        close: matches!(state, RunState::Published | RunState::Closed) && may(Action::CloseRun),
        issue: state == RunState::Closed && may(Action::IssueCertificates),
        enrol: run.seats().open_now(office.today()).is_ok() && actor.is_some_and(|actor| may_somewhere(actor, Action::Enrol)),
    };
    let line = match (actor, run.plan_line_id) {
        (Some(actor), Some(line)) => plans::seen_code(&mut records, actor, line).await?.map(|code| (line, code)),
        _ => None,
    };
    Ok(Shown { may, line, ..read(&mut records, run).await? })
}

/// A run with its sessions and who teaches them, for nobody in particular.
pub(super) async fn read(records: &mut impl Records, run: Run) -> StoreResult<Shown> {
    let trainers = store::runs::trainers(records, run.id).await?;
    let of = |session: &Session| {
        trainers.iter().filter(|t| t.session_id == session.id).map(|t| (t.person_id, t.full_name.clone())).collect()
    };
    let sessions = store::runs::with_cancelled(records, run.id).await?;
    let sessions = sessions.into_iter().map(|session| (session.clone(), of(&session))).collect();
    Ok(Shown { run, sessions, may: May::default(), line: None })
}
