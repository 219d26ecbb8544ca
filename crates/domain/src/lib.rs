//! The words and rules of training under OCOP ("Mỗi xã một sản phẩm"): types, decisions and policy.
//!
//! Nothing here reads a clock, a file, the network or a generator: whoever asks hands these in. It compiles to wasm.
//! A noun has one module here, and the same name in every other crate of the house.

#[macro_use]
mod macros;

pub mod accounts;
pub mod allotments;
pub mod attendance;
pub mod calendar;
pub mod certificates;
pub mod completion;
pub mod courses;
pub mod enrolments;
pub mod ids;
pub mod inbox;
pub mod interests;
pub mod lists;
pub mod notices;
pub mod organisations;
pub mod people;
pub mod plans;
pub mod policy;
pub mod programmes;
pub mod refusal;
pub mod registrations;
pub mod requests;
pub mod requirements;
pub mod rosters;
pub mod runs;
pub mod selections;
pub mod text;
pub mod time;
pub mod trainers;
pub mod units;
pub mod venues;
pub mod waiting;
pub mod walk_ins;

pub use refusal::{Fault, Faults, Refusal};
