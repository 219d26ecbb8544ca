//! Enrolment: one person's place in one run.

pub mod roster;
mod seats;

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
