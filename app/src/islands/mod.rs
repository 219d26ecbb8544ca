//! The islands: the few pieces that also run in the browser. Names are unique; props are visible to the reader.

#[cfg(any(feature = "hydrate", test))]
mod queue;
pub mod register;
#[cfg(feature = "hydrate")]
mod screen;
