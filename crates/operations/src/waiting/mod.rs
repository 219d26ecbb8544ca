//! Waiting lists: who waits for a seat, and the seats that are offered to them.
//!
//! Whoever waits comes before whoever comes now. Seats that come free are offered in order of priority, then of time, each
//! to one person at a time; an offer that is declined or runs out goes to the next.

mod join;
mod leave;
mod offers;
mod promote;
mod secrets;
mod show;

pub use join::{Joined, Queued, join};
pub use leave::{leave, prioritise};
pub use offers::{Offered, Standing, answer, answer_on_screen, new_code, offered};
pub use promote::move_on;
pub(crate) use promote::{call_off, promote};
pub use show::{Line, Waiting, may_prioritise, of_organisation, own, waiting};
pub use store::waiting::{Entry, WaitingInRun};
