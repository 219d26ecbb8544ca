//! Enrolment: one person's place in one run.

mod eligibility;
mod ledger;
pub mod roster;
mod seats;

pub use eligibility::Eligibility;
pub use ledger::{Claimant, Hold, Holder, Ledger, Promise, Source, capacity_fits};
pub use seats::Seats;

words! {
    /// How an enrolment came in.
    EnrolmentSource {
        /// Chosen or typed on a page.
        Form = "form",
        /// A row of an uploaded spreadsheet.
        Spreadsheet = "spreadsheet",
    }
}
