//! The process: the router with its layers, web sessions, workers, and the roles of the one binary.

pub mod layers;
pub mod roles;
pub mod router;
pub mod settings;
pub mod web_sessions;
pub mod workers;

#[cfg(feature = "testing")]
pub mod testing;

pub use router::router;
