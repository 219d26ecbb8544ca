//! What people see.
//!
//! With the feature `ssr`: pages, each an axum handler that asks `operations` and renders a Leptos view to HTML. With the
//! feature `hydrate`: the islands alone, compiled to wasm for the few pages that hold one.
//!
//! To add a page: a file in `pages/<noun>/`, its sentences in `wording/<noun>.rs`, its route in the noun's `routes()`.

// The type of a page is as deep as its elements are nested.
#![recursion_limit = "256"]

#[cfg(feature = "ssr")]
#[macro_use]
mod macros;

pub mod islands;

#[cfg(feature = "ssr")]
pub mod assets;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
pub mod copies;
#[cfg(feature = "ssr")]
mod downloads;
#[cfg(feature = "ssr")]
pub mod forms;
#[cfg(feature = "ssr")]
pub mod known;
#[cfg(feature = "ssr")]
pub mod letters;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod path;
#[cfg(feature = "ssr")]
pub mod problem;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
mod uploads;
#[cfg(feature = "ssr")]
mod wording;

#[cfg(feature = "ssr")]
pub use {context::Context, forms::Form, path::Path, problem::Problem, routes::Routes};

/// A refusal as a sentence, for those who read it outside a page.
#[cfg(feature = "ssr")]
#[must_use]
pub fn in_words(language: domain::accounts::Language, refusal: &domain::Refusal) -> String {
    wording::refusals::say(language, refusal)
}

/// Wakes the islands of a page that was rendered on the server.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
