//! Requests: who asks for a place in a run that gives none without approval, who approves, and what becomes of it.

mod form;
mod placing;
mod steps;

pub use form::{CHOICES, RequestForm, Wanted};
pub use placing::{Distance, Place, Placeable, Proposal, Why, distance, propose};
pub use steps::{Step, StepKind, after, replay, stands_in_the_way};

words! {
    /// Who must approve before somebody takes a place in a run.
    Approval {
        /// Nobody: whoever enrols takes the place at once.
        None = "none",
        /// The unit of the organisation.
        Unit = "unit",
        /// The province.
        Province = "province",
        /// First the unit, then the province.
        UnitAndProvince = "unit_and_province",
    }
}

impl Approval {
    /// The levels that must approve, in their order.
    #[must_use]
    pub const fn levels(self) -> &'static [Level] {
        match self {
            Approval::None => &[],
            Approval::Unit => &[Level::Unit],
            Approval::Province => &[Level::Province],
            Approval::UnitAndProvince => &[Level::Unit, Level::Province],
        }
    }

    /// Whether anybody must.
    #[must_use]
    pub const fn is_needed(self) -> bool {
        !matches!(self, Approval::None)
    }

    /// Whether what passed this passed `other` too.
    #[must_use]
    pub fn covers(self, other: Approval) -> bool {
        self.and(other) == self
    }

    /// What is needed for runs of both kinds: a request that names several runs passes every level that one of them asks for.
    #[must_use]
    pub fn and(self, other: Approval) -> Approval {
        let needs = |level| self.levels().contains(&level) || other.levels().contains(&level);
        match (needs(Level::Unit), needs(Level::Province)) {
            (false, false) => Approval::None,
            (true, false) => Approval::Unit,
            (false, true) => Approval::Province,
            (true, true) => Approval::UnitAndProvince,
        }
    }
}

words! {
    /// Who decides on a request.
    Level {
        /// The officer of the unit in which the organisation lies.
        Unit = "unit",
        /// An officer of the province.
        Province = "province",
    }
}

words! {
    /// Where a request stands.
    State {
        /// The unit has to decide.
        WaitingUnit = "waiting_unit",
        /// The province has to decide.
        WaitingProvince = "waiting_province",
        /// To be completed by the organisation and sent again.
        Returned = "returned",
        /// Approved by everybody who has to, and without a seat.
        Approved = "approved",
        /// Approved, with a place in a run.
        Placed = "placed",
        /// Refused: over.
        Refused = "refused",
        /// Taken back by the organisation, as a request or later as a place, or the seat that came free for it was not taken:
        /// over.
        Withdrawn = "withdrawn",
    }
}

impl State {
    /// The level that has to decide, if one has.
    #[must_use]
    pub const fn waits_for(self) -> Option<Level> {
        match self {
            State::WaitingUnit => Some(Level::Unit),
            State::WaitingProvince => Some(Level::Province),
            _ => None,
        }
    }

    /// Whether nothing can become of it any more.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, State::Refused | State::Withdrawn)
    }
}

words! {
    /// What somebody decides on a request.
    Ruling {
        /// It goes on: to the next level, or to a seat.
        Approve = "approve",
        /// It comes back to be completed.
        Return = "return",
        /// It is over.
        Refuse = "refuse",
    }
}

impl Ruling {
    /// Whether it has to say why.
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        !matches!(self, Ruling::Approve)
    }

    /// What it is in the history of a request.
    #[must_use]
    pub const fn step(self) -> StepKind {
        match self {
            Ruling::Approve => StepKind::Approved,
            Ruling::Return => StepKind::Returned,
            Ruling::Refuse => StepKind::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_runs_need_what_one_of_them_needs() {
        use Approval::{None, Province, Unit, UnitAndProvince};
        for (one, other, both) in
            [(None, Unit, Unit), (Unit, Unit, Unit), (Unit, Province, UnitAndProvince), (UnitAndProvince, Unit, UnitAndProvince)]
        {
            assert_eq!((one.and(other), other.and(one)), (both, both));
        }
        assert!(UnitAndProvince.covers(Unit) && Unit.covers(None) && !Unit.covers(Province) && !Unit.covers(UnitAndProvince));
        assert!(!None.is_needed() && Approval::ALL[1..].iter().all(|approval| approval.is_needed()));
    }
}
