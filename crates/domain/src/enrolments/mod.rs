//! Enrolment: one person's place in one run.

mod eligibility;
mod ledger;
pub mod roster;
mod seats;

pub use eligibility::Eligibility;
pub use ledger::{Claimant, Hold, Holder, Ledger, Promise, Source, capacity_fits};
pub use seats::{Seats, keeping_ends};

words! {
    /// How an enrolment came in.
    EnrolmentSource {
        /// Chosen or typed on a page.
        Form = "form",
        /// A row of an uploaded spreadsheet.
        Spreadsheet = "spreadsheet",
    }
}

words! {
    /// How a place passed on.
    PlaceChange {
        /// Thay người: another person of the organisation took it.
        Substitution = "substitution",
        /// Chuyển lớp: its person went to another run of the course.
        Transfer = "transfer",
    }
}
