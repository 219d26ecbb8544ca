//! The walk-ins of a run, and who each of them might be.

use chrono::Datelike as _;
use domain::accounts::Actor;
use domain::ids::{RunId, WalkInId};
use domain::policy::{Action, may, may_everywhere, may_somewhere};
use domain::runs::RunState;
use domain::text;
use domain::walk_ins::Likeness;
use store::Records;
use store::organisations::Organisation;
use store::runs::{Run, Session};

use super::{Likely, WalkIn, WalkInMark, found};
use crate::{Office, Outcome, organisation_target, require, runs};

/// The walk-ins of a run.
#[derive(Debug, Clone)]
pub struct WalkIns {
    /// The run.
    pub run: Run,
    /// Everybody who came without a place, by given name.
    pub entries: Vec<WalkIn>,
}

/// A walk-in with everything that helps to find out who they are.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The walk-in.
    pub walk_in: WalkIn,
    /// The run.
    pub run: Run,
    /// Their marks that hold, each with its session, in order of time.
    pub marks: Vec<(Session, WalkInMark)>,
    /// Who they might be, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// The organisations they may be added to: the one they named, else those that were searched for.
    pub organisations: Vec<Organisation>,
    /// Whether the actor enrols people, and so can answer.
    pub may_match: bool,
    /// Whether anything can still be answered or undone: the run is not closed.
    pub is_open: bool,
}

/// A person who might be meant.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The person where they belong.
    pub person: Likely,
    /// What speaks for it.
    pub likeness: Vec<Likeness>,
}

/// Everybody who came to a run without a place.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for who may not mark its attendance.
pub async fn of_run(office: &Office, actor: &Actor, run: RunId) -> Outcome<WalkIns> {
    let mut records = office.database.read().await?;
    let (run, target) = runs::target(&mut records, run).await?;
    require(actor, Action::MarkAttendance, &target)?;
    Ok(WalkIns { entries: store::walk_ins::of_run(&mut records, run.id).await?, run })
}

/// One walk-in, with the people and organisations of the actor's scope that they might belong to. `wanted` searches
/// organisations by name or tax code.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for who may not mark the attendance of the run.
pub async fn one(office: &Office, actor: &Actor, id: WalkInId, wanted: &str) -> Outcome<Shown> {
    let mut records = office.database.read().await?;
    let (walk_in, run) = found(&mut records, actor, id).await?;
    let mut marks = Vec::new();
    for mark in store::walk_ins::marks_of(&mut records, id).await? {
        if let Some(session) = store::runs::session(&mut records, mark.session_id).await? {
            marks.push((session, mark));
        }
    }
    let may_match = may_somewhere(actor, Action::Enrol);
    let (mut candidates, mut organisations) = (Vec::new(), Vec::new());
    if may_match && walk_in.is_open() {
        candidates = likely(office, &mut records, actor, &walk_in).await?;
        organisations = senders(office, &mut records, actor, &walk_in, wanted).await?;
    }
    let is_open = run.state() == RunState::Published;
    Ok(Shown { walk_in, run, marks, candidates, organisations, may_match, is_open })
}

/// People of the actor's scope by a part of their name, with what speaks for it that the walk-in is one of them: for who came
/// under another name than the one they are known by. Nobody, where there is nothing to be answered.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for who may not mark the attendance of the run.
pub async fn named(office: &Office, actor: &Actor, id: WalkInId, wanted: &str) -> Outcome<Vec<Candidate>> {
    let mut records = office.database.read().await?;
    let (walk_in, run) = found(&mut records, actor, id).await?;
    if wanted.trim().is_empty() || !walk_in.is_open() || run.state() != RunState::Published {
        return Ok(Vec::new());
    }
    let everywhere = may_everywhere(actor, Action::Enrol);
    let mut candidates = Vec::new();
    for person in store::walk_ins::named(&mut records, wanted, everywhere, actor.account, office.today()).await? {
        if everywhere || may(actor, Action::Enrol, &organisation_target(&mut records, person.organisation_id).await?.1) {
            candidates.push(Candidate { likeness: likeness(&walk_in, &person), person });
        }
    }
    Ok(candidates)
}

/// The people of the actor's scope with the same name or telephone number.
async fn likely(office: &Office, records: &mut impl Records, actor: &Actor, walk_in: &WalkIn) -> Outcome<Vec<Candidate>> {
    let looking = store::walk_ins::Looking {
        everywhere: may_everywhere(actor, Action::Enrol),
        account: actor.account,
        today: office.today(),
    };
    let found = store::walk_ins::likely(records, &walk_in.person_name, walk_in.phone.as_deref(), looking).await?;
    let mut candidates: Vec<Candidate> =
        found.into_iter().map(|person| Candidate { likeness: likeness(walk_in, &person), person }).collect();
    candidates.sort_by_key(|candidate| std::cmp::Reverse(candidate.likeness.len()));
    Ok(candidates)
}

fn likeness(walk_in: &WalkIn, person: &Likely) -> Vec<Likeness> {
    let born = person.birth_date.map(|day| i64::from(day.year())).or(person.birth_year);
    let named = text::fold(&walk_in.organisation_name);
    let holds = |likeness: &Likeness| match likeness {
        Likeness::Phone => walk_in.phone.is_some() && walk_in.phone == person.phone,
        Likeness::Name => text::fold(&walk_in.person_name) == person.search_text,
        Likeness::BirthYear => walk_in.birth_year.is_some() && walk_in.birth_year == born,
        Likeness::Organisation => {
            walk_in.organisation_id == Some(person.organisation_id)
                || (!named.is_empty() && named == text::fold(&person.organisation_name))
        }
    };
    Likeness::ALL.iter().copied().filter(holds).collect()
}

/// The organisations that a walk-in can be added to.
async fn senders(
    office: &Office,
    records: &mut impl Records,
    actor: &Actor,
    walk_in: &WalkIn,
    wanted: &str,
) -> Outcome<Vec<Organisation>> {
    let wanted = if wanted.trim().is_empty() { walk_in.organisation_name.as_str() } else { wanted };
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let everywhere = may_everywhere(actor, Action::Enrol);
    let mut seen = store::organisations::search(records, wanted, everywhere, actor.account, office.today()).await?;
    let mut allowed = Vec::new();
    for organisation in seen.drain(..).take(20) {
        if everywhere || may(actor, Action::Enrol, &organisation_target(records, organisation.id).await?.1) {
            allowed.push(organisation);
        }
    }
    Ok(allowed)
}
