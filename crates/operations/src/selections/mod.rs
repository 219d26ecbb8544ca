//! The selection: the province works through forwarded products, decides, and publishes.

mod decide;
mod publish;
mod table;

pub use decide::{DecideCommand, decide};
pub use publish::{Published, decision, products, publish};
pub use store::selections::{DecidedProduct, Decision, Forwarded, PublicProduct, Wanted};
pub use table::{Counter, Table, counter, latest_year, table, whole_table};
