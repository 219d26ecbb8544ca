//! Which requests there are, where each stands, and how it came there.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{CourseId, OrganisationId, RequestId, RunId, UnitId};
use domain::policy::{Action, may, may_everywhere, may_somewhere};
use domain::requests::{Level, State};
use store::Records;
use store::requests::{Request, Which};
use store::runs::Run;

pub use store::requests::RequestStep;

use super::{decides, decides_at, known_to, read};
use crate::{Office, Outcome, require, unit_target};

/// How many requests are shown at once.
pub const PAGE: i64 = 50;

/// Which requests somebody would like to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wish {
    /// Only those that name this run.
    pub run: Option<RunId>,
    /// Only of organisations in this unit.
    pub unit: Option<UnitId>,
    /// Only in this state.
    pub state: Option<State>,
    /// Only for this course.
    pub course: Option<CourseId>,
    /// Only of this organisation.
    pub organisation: Option<OrganisationId>,
    /// The page, from 0.
    pub page: i64,
}

/// A page of requests.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The requests, the longest waiting first, each with its runs and the level at which the reader can decide on it.
    pub lines: Vec<(Request, Vec<Run>, Option<Level>)>,
    /// How many there are in all.
    pub total: i64,
    /// The run that the list is narrowed to.
    pub run: Option<Run>,
    /// The runs that it can be narrowed to.
    pub runs: Vec<(RunId, String)>,
    /// The units that it can be narrowed to.
    pub units: Vec<(UnitId, String)>,
}

/// Requests that `actor` decides on, or speaks for.
///
/// # Errors
/// [`Refusal::NotFound`] for who does neither, for a unit outside their scope, and for a run they may not know of.
pub async fn list(office: &Office, actor: &Actor, wish: &Wish) -> Outcome<Listed> {
    if !may_somewhere(actor, Action::DecideRequests) && !may_somewhere(actor, Action::Enrol) {
        return Err(Refusal::NotFound.into());
    }
    let mut records = office.database.read().await?;
    if let Some(unit) = wish.unit {
        store::units::find(&mut records, unit).await?.ok_or(Refusal::NotFound)?;
        require(actor, Action::DecideRequests, &unit_target(&mut records, unit).await?)?;
    }
    let run = match wish.run {
        Some(run) => {
            Some(store::runs::find(&mut records, run).await?.filter(|run| run.published_at.is_some()).ok_or(Refusal::NotFound)?)
        }
        None => None,
    };
    let which = Which {
        run: wish.run,
        unit: wish.unit,
        state: wish.state,
        course: wish.course,
        organisation: wish.organisation,
        everywhere: may_everywhere(actor, Action::DecideRequests),
        account: actor.account,
        today: office.today(),
    };
    let from = wish.page.clamp(0, 10_000) * PAGE;
    let (page, total) = store::requests::list(&mut records, &which, PAGE, from).await?;
    let mut lines = Vec::with_capacity(page.len());
    for request in page {
        let choices = store::requests::choices(&mut records, request.id).await?;
        let (_, target) = known_to(&mut records, actor, &request).await?;
        let level = decides(actor, &target, &request);
        lines.push((request, read(&mut records, &choices).await?, level));
    }
    let (runs, mut units) = store::requests::narrowing(&mut records, which.everywhere, actor.account, which.today).await?;
    if !may_somewhere(actor, Action::DecideRequests) {
        units.clear();
    }
    Ok(Listed { lines, total, run, runs, units })
}

/// A request with all that is known of it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The request.
    pub request: Request,
    /// The runs it asks for, the first choice first.
    pub runs: Vec<Run>,
    /// The run in which the person has a place by it.
    pub place: Option<Run>,
    /// Its history, in order.
    pub steps: Vec<RequestStep>,
    /// The level at which the reader can decide on it.
    pub decides: Option<Level>,
    /// Whether the reader can refuse it though it is approved: it waits for a seat in vain.
    pub gives_up: bool,
    /// Whether the reader can change it and take it back.
    pub changes: bool,
    /// Whether changing it lets everybody decide anew, for who can change what was approved.
    pub asks_again: bool,
}

/// One request, for who decides on it or speaks for its organisation.
///
/// # Errors
/// [`Refusal::NotFound`] for others.
pub async fn show(office: &Office, actor: &Actor, id: RequestId) -> Outcome<Shown> {
    let mut records = office.database.read().await?;
    let request = store::requests::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let (_, target) = known_to(&mut records, actor, &request).await?;
    let choices = store::requests::choices(&mut records, id).await?;
    let runs = read(&mut records, &choices).await?;
    let place = match request.placed_in {
        Some(run) => store::runs::find(&mut records, run).await?,
        None => None,
    };
    let last_word = request.needs.levels().last().is_some_and(|level| decides_at(actor, &target, *level));
    Ok(Shown {
        steps: store::requests::steps(&mut records, id).await?,
        decides: decides(actor, &target, &request),
        gives_up: request.state == State::Approved && last_word,
        changes: may(actor, Action::Enrol, &target) && !request.state.is_over(),
        asks_again: matches!(request.state, State::Approved | State::Placed) && runs.iter().any(|run| run.asks_again),
        request,
        runs,
        place,
    })
}

/// The runs of a course that can be asked for now, by deadline.
///
/// # Errors
/// [`store::StoreError`].
pub async fn runs_to_choose(office: &Office, course: CourseId) -> Outcome<Vec<Run>> {
    let mut records = office.database.read().await?;
    to_choose(office, &mut records, course).await
}

/// The same with records that are open.
pub(super) async fn to_choose(office: &Office, records: &mut impl Records, course: CourseId) -> Outcome<Vec<Run>> {
    let ids = store::requests::runs(records, course, office.today()).await?;
    read(records, &ids).await
}
