//! The states of a form, and which step leads from which to which. Who may take a step is the policy's; this is its order.

use crate::Refusal;

words! {
    /// Where a form stands.
    State {
        /// Being written.
        Draft = "draft",
        /// Sent to the receiving unit.
        Submitted = "submitted",
        /// Sent back to be completed.
        Returned = "returned",
        /// Found complete by the receiving unit.
        Complete = "complete",
        /// Evaluated at least once.
        Evaluated = "evaluated",
        /// In a frozen list.
        Listed = "listed",
        /// Forwarded to the province with its list.
        Forwarded = "forwarded",
        /// Selected for the programme of its year.
        Selected = "selected",
        /// Not selected.
        NotSelected = "not_selected",
        /// Withdrawn by who sent it.
        Withdrawn = "withdrawn",
        /// Says the same as another form.
        Duplicate = "duplicate",
    }
}

words! {
    /// What is done to a form as a whole.
    Step {
        /// Begun.
        Begin = "begin",
        /// Sent to the receiving unit, the first time or after a return.
        Submit = "submit",
        /// Sent back to be completed.
        Return = "return",
        /// Found complete.
        Complete = "complete",
        /// Evaluated by one more evaluator.
        Evaluate = "evaluate",
        /// Put into a list that was frozen.
        List = "list",
        /// Taken out of a frozen list that was discarded, or that the province returned.
        Unlist = "unlist",
        /// Forwarded to the province.
        Forward = "forward",
        /// Selected.
        Select = "select",
        /// Not selected.
        Reject = "reject",
        /// Withdrawn.
        Withdraw = "withdraw",
        /// Found to say the same as another form.
        MarkDuplicate = "mark_duplicate",
    }
}

impl State {
    /// Where a step leads from here.
    ///
    /// # Errors
    /// [`Refusal::NotInThisState`] when the step is not possible from here.
    pub fn after(self, step: Step) -> Result<State, Refusal> {
        use State::{
            Complete, Draft, Duplicate, Evaluated, Forwarded, Listed, NotSelected, Returned, Selected, Submitted, Withdrawn,
        };
        match (self, step) {
            (Draft | Returned, Step::Submit) => Ok(Submitted),
            (Submitted | Complete | Evaluated, Step::Return) => Ok(Returned),
            (Submitted, Step::Complete) => Ok(Complete),
            (Complete | Evaluated, Step::Evaluate) | (Listed | Forwarded, Step::Unlist) => Ok(Evaluated),
            (Evaluated, Step::List) => Ok(Listed),
            (Listed, Step::Forward) => Ok(Forwarded),
            // A later decision may put an earlier one right; both stay in the history.
            (Forwarded | NotSelected, Step::Select) => Ok(Selected),
            (Forwarded | Selected, Step::Reject) => Ok(NotSelected),
            (Draft | Submitted | Returned | Complete | Evaluated, Step::Withdraw) => Ok(Withdrawn),
            (Submitted | Returned | Complete | Evaluated, Step::MarkDuplicate) => Ok(Duplicate),
            (state, _) => Err(Refusal::NotInThisState { state }),
        }
    }

    /// Whether what stands in the form may be changed: not while it is under review, and not after.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, State::Draft | State::Returned)
    }

    /// Whether the province has it: what is done with it from here on is the selection's.
    #[must_use]
    pub const fn is_with_province(self) -> bool {
        matches!(self, State::Forwarded) || self.is_decided()
    }

    /// Whether a decision was made on it.
    #[must_use]
    pub const fn is_decided(self) -> bool {
        matches!(self, State::Selected | State::NotSelected)
    }

    /// Whether nothing more happens to the form this year.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, State::Selected | State::NotSelected | State::Withdrawn | State::Duplicate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table once more: a line a state, a letter a step in the order of `Step::ALL`, naming the state it leads to.
    /// d draft, s submitted, r returned, c complete, e evaluated, l listed, f forwarded, + selected, - not selected,
    /// w withdrawn, = duplicate, . impossible.
    const WALL: [(State, &str); 11] = [
        (State::Draft, ".s........w."),
        (State::Submitted, "..rc......w="),
        (State::Returned, ".s........w="),
        (State::Complete, "..r.e.....w="),
        (State::Evaluated, "..r.el....w="),
        (State::Listed, "......ef...."),
        (State::Forwarded, "......e.+-.."),
        (State::Selected, ".........-.."),
        (State::NotSelected, "........+..."),
        (State::Withdrawn, "............"),
        (State::Duplicate, "............"),
    ];

    #[test]
    fn the_whole_table() {
        let letter = |state| "dsrcelf+-w=".chars().nth(State::ALL.iter().position(|known| *known == state).unwrap()).unwrap();
        for ((state, line), known) in WALL.iter().zip(State::ALL) {
            assert_eq!(state, known);
            assert_eq!(line.len(), Step::ALL.len());
            for (expected, step) in line.chars().zip(Step::ALL) {
                let found = state.after(*step).map_or('.', letter);
                assert_eq!(found, expected, "{state} {step}");
            }
        }
    }

    #[test]
    fn a_form_is_open_only_to_who_writes_it() {
        for state in State::ALL {
            assert_eq!(state.is_open(), state.after(Step::Submit).is_ok(), "{state}");
            if state.is_final() {
                assert!(state.after(Step::Return).is_err() && state.after(Step::Withdraw).is_err(), "{state}");
            }
        }
    }
}
