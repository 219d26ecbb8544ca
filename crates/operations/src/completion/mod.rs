//! Completion: decisions are shown, then stored, and may be overridden with a reason.

mod close;
mod overrides;
mod preview;

pub use close::close;
pub use overrides::{Completion, OverrideCommand, of_run, override_decision};
pub use preview::{MissingMarks, Preview, PreviewRow, preview};
