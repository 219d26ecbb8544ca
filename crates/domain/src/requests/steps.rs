//! The steps of a request: which may follow which, and where the request stands after it.

use super::{Approval, Level, State};
use crate::Refusal;

words! {
    /// What happened to a request. Every step is kept, with who, when and why.
    StepKind {
        /// It was sent, for the first time or anew: every level decides from here on.
        Asked = "asked",
        /// It was changed where its runs do not ask again: what was approved stays approved.
        Changed = "changed",
        /// A level approved it.
        Approved = "approved",
        /// A level returned it, to be completed.
        Returned = "returned",
        /// A level refused it.
        Refused = "refused",
        /// The person has a place in a run by it.
        Placed = "placed",
        /// A planner took back where they had placed the person: with the approval of the level that it says, if the placing
        /// gave that too.
        Undone = "undone",
        /// The person left the place for one in another run that the request names.
        Left = "left",
        /// The place was given back.
        GivenBack = "given_back",
        /// The organisation took it back.
        Withdrawn = "withdrawn",
        /// The seat that was offered to the person was declined.
        Declined = "declined",
        /// Nobody answered in time when a seat was offered to the person.
        Lapsed = "lapsed",
    }
}

/// A step, as far as it decides what may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What happened.
    pub kind: StepKind,
    /// Who decided, where somebody did; whose approval is taken back, where one is.
    pub level: Option<Level>,
    /// The approval that is needed from here on, where it was asked.
    pub needs: Option<Approval>,
}

/// Where a request stands that was just asked.
fn asked(needs: Approval) -> Result<State, Refusal> {
    match needs.levels().first() {
        Some(Level::Unit) => Ok(State::WaitingUnit),
        Some(Level::Province) => Ok(State::WaitingProvince),
        None => Err(Refusal::NoApprovalNeeded),
    }
}

/// Where a request in `state` stands after a step; `needs` is the approval it was last asked with. None is a request that
/// does not exist yet. Nobody skips a level, nothing follows an end, and only what was approved by everybody is placed.
///
/// A request that is asked again keeps the place that it has until it is decided on anew: nobody loses a seat by putting a
/// telephone number right (Indico: what is pending again still counts).
///
/// # Errors
/// [`Refusal::RequestInState`]; [`Refusal::NoApprovalNeeded`] when it asks for what is to be had without.
pub fn after(state: Option<State>, needs: Approval, step: Step) -> Result<State, Refusal> {
    use StepKind as K;
    let Some(state) = state else {
        let first = step.needs.filter(|_| step.kind == K::Asked);
        return first.map_or(Err(Refusal::NotFound), asked);
    };
    let no = Err(Refusal::RequestInState { state });
    match (state, step.kind) {
        // The place may be given back after the request has ended: its end gives it back.
        (State::Placed, K::GivenBack) => Ok(State::Withdrawn),
        (state, K::GivenBack) => Ok(state),
        (State::Refused | State::Withdrawn, _) => no,
        (_, K::Asked) => asked(step.needs.unwrap_or(needs)),
        (_, K::Withdrawn) => Ok(State::Withdrawn),
        (State::Approved | State::Placed, K::Changed) => Ok(state),
        (State::WaitingUnit | State::WaitingProvince, _) if step.level != state.waits_for() => no,
        (State::WaitingUnit, K::Approved) if needs.levels().contains(&Level::Province) => Ok(State::WaitingProvince),
        (State::WaitingUnit | State::WaitingProvince, K::Approved) => Ok(State::Approved),
        (State::WaitingUnit | State::WaitingProvince, K::Returned) => Ok(State::Returned),
        (State::WaitingUnit | State::WaitingProvince, K::Refused) => Ok(State::Refused),
        // Who waits for a seat in vain is told so, by the level that had the last word.
        (State::Approved, K::Refused) if step.level == needs.levels().last().copied() => Ok(State::Refused),
        (State::Approved, K::Placed) => Ok(State::Placed),
        (State::Approved, K::Declined | K::Lapsed) => Ok(State::Withdrawn),
        (State::Placed, K::Left) => Ok(State::Approved),
        // What a placing found is what it leaves behind.
        (State::Placed, K::Undone) => match step.level {
            None => Ok(State::Approved),
            Some(Level::Province) if needs.levels().contains(&Level::Province) => Ok(State::WaitingProvince),
            Some(_) => no,
        },
        _ => no,
    }
}

/// Where a request stands after all its steps, in order.
///
/// # Errors
/// The first step that may not follow those before it: its place, from 0.
pub fn replay(steps: &[Step]) -> Result<Option<State>, usize> {
    let (mut state, mut needs) = (None, Approval::None);
    for (n, step) in steps.iter().enumerate() {
        state = Some(after(state, needs, *step).map_err(|_| n)?);
        needs = step.needs.unwrap_or(needs);
    }
    Ok(state)
}

/// Whether a request keeps its person from being asked for again in the course: while it can still come to something, or
/// the class it led to is not over. `is_open` says whether one of its runs still takes people, `is_held` whether the run
/// of its place is neither closed nor called off.
#[must_use]
pub const fn stands_in_the_way(state: State, is_open: bool, is_held: bool) -> bool {
    match state {
        State::Refused | State::Withdrawn => false,
        State::Placed => is_held,
        State::WaitingUnit | State::WaitingProvince | State::Returned | State::Approved => is_open || is_held,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use Approval::{Province, Unit, UnitAndProvince};
    use StepKind as K;

    const fn ask(needs: Approval) -> Step {
        Step { kind: K::Asked, level: None, needs: Some(needs) }
    }

    const fn by(kind: StepKind, level: Level) -> Step {
        Step { kind, level: Some(level), needs: None }
    }

    const fn just(kind: StepKind) -> Step {
        Step { kind, level: None, needs: None }
    }

    #[test]
    fn the_way_of_a_request() {
        let unit = |kind| by(kind, Level::Unit);
        let province = |kind| by(kind, Level::Province);
        for (steps, expected) in [
            (vec![ask(Unit)], Ok(State::WaitingUnit)),
            (vec![ask(Province)], Ok(State::WaitingProvince)),
            (vec![ask(Approval::None)], Err(0)),
            (vec![unit(K::Approved)], Err(0)),
            (vec![ask(Unit), unit(K::Approved)], Ok(State::Approved)),
            (vec![ask(UnitAndProvince), unit(K::Approved)], Ok(State::WaitingProvince)),
            (vec![ask(UnitAndProvince), province(K::Approved)], Err(1)),
            (vec![ask(UnitAndProvince), just(K::Placed)], Err(1)),
            (vec![ask(UnitAndProvince), unit(K::Approved), unit(K::Approved)], Err(2)),
            (vec![ask(UnitAndProvince), unit(K::Approved), just(K::Placed)], Err(2)),
            (vec![ask(UnitAndProvince), unit(K::Approved), province(K::Approved), just(K::Placed)], Ok(State::Placed)),
            (vec![ask(Unit), unit(K::Returned)], Ok(State::Returned)),
            (vec![ask(Unit), unit(K::Returned), unit(K::Approved)], Err(2)),
            (vec![ask(UnitAndProvince), unit(K::Approved), province(K::Returned), ask(UnitAndProvince)], Ok(State::WaitingUnit)),
            (vec![ask(Unit), unit(K::Refused), ask(Unit)], Err(2)),
            (vec![ask(Unit), unit(K::Approved), unit(K::Refused)], Ok(State::Refused)),
            (vec![ask(UnitAndProvince), unit(K::Approved), province(K::Approved), unit(K::Refused)], Err(3)),
            (vec![ask(Unit), just(K::Withdrawn)], Ok(State::Withdrawn)),
            (vec![ask(Unit), just(K::Withdrawn), unit(K::Approved)], Err(2)),
            (vec![ask(Unit), unit(K::Approved), just(K::Placed), ask(Unit)], Ok(State::WaitingUnit)),
            (vec![ask(Unit), unit(K::Approved), just(K::Placed), just(K::Changed)], Ok(State::Placed)),
            (vec![ask(Unit), just(K::Changed)], Err(1)),
            (vec![ask(Unit), unit(K::Approved), just(K::Placed), just(K::Undone)], Ok(State::Approved)),
            (vec![ask(Unit), unit(K::Approved), just(K::Placed), province(K::Undone)], Err(3)),
            (vec![ask(Unit), unit(K::Approved), just(K::Placed), unit(K::Undone)], Err(3)),
            (vec![ask(Province), province(K::Approved), just(K::Placed), province(K::Undone)], Ok(State::WaitingProvince)),
            (vec![ask(Province), province(K::Approved), just(K::Placed), just(K::Undone)], Ok(State::Approved)),
            (vec![ask(Province), province(K::Approved), just(K::Undone)], Err(2)),
            (vec![ask(Unit), unit(K::Approved), just(K::Placed), just(K::Left)], Ok(State::Approved)),
            (vec![ask(Unit), unit(K::Approved), just(K::Placed), just(K::Left), just(K::Placed)], Ok(State::Placed)),
            (vec![ask(Unit), just(K::Left)], Err(1)),
            (vec![ask(Unit), unit(K::Approved), just(K::Declined)], Ok(State::Withdrawn)),
            (vec![ask(Unit), unit(K::Approved), just(K::Lapsed)], Ok(State::Withdrawn)),
            (vec![ask(Unit), just(K::Lapsed)], Err(1)),
            (vec![ask(Unit), unit(K::Approved), just(K::Placed), just(K::Declined)], Err(3)),
            (vec![ask(Unit), unit(K::Approved), just(K::Placed), just(K::GivenBack)], Ok(State::Withdrawn)),
            (vec![ask(Unit), unit(K::Refused), just(K::GivenBack)], Ok(State::Refused)),
        ] {
            assert_eq!(replay(&steps), expected.map(Some), "{steps:?}");
        }
    }

    #[test]
    fn a_request_is_in_the_way_of_another_while_it_can_lead_to_something() {
        for (state, is_open, is_held, expected) in [
            (State::WaitingUnit, true, false, true),
            (State::WaitingUnit, false, false, false),
            (State::WaitingUnit, false, true, true),
            (State::Approved, false, false, false),
            (State::Placed, false, true, true),
            (State::Placed, true, false, false),
            (State::Refused, true, true, false),
            (State::Withdrawn, true, true, false),
        ] {
            assert_eq!(stands_in_the_way(state, is_open, is_held), expected, "{state} {is_open} {is_held}");
        }
    }

    proptest! {
        /// Whatever happens in whatever order: a place is only reached through the approval of every level since it was
        /// last asked.
        #[test]
        fn nobody_is_placed_without_every_approval(needs in 1usize..4, moves in prop::collection::vec((0usize..12, 0usize..3), 0..14)) {
            let needs = Approval::ALL[needs];
            let mut state = after(None, needs, ask(needs)).unwrap();
            let mut given: Vec<Level> = Vec::new();
            for (kind, level) in moves {
                let kind = StepKind::ALL[kind];
                let step = Step { kind, level: Level::ALL.get(level).copied(), needs: (kind == K::Asked).then_some(needs) };
                let Ok(next) = after(Some(state), needs, step) else { continue };
                match kind {
                    K::Asked => given.clear(),
                    K::Approved => given.extend(step.level),
                    K::Undone => given.retain(|level| Some(*level) != step.level),
                    _ => {}
                }
                state = next;
                if matches!(state, State::Placed | State::Approved) {
                    prop_assert_eq!(&given[..], needs.levels());
                }
            }
        }
    }
}
