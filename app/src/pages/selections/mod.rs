//! The selection: the province's table of forwarded products, its decisions, and what everybody may read of them.

mod asked;
mod counter;
mod decide;
mod decision;
mod export;
mod products;
mod table;

use crate::Routes;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/selections", table::latest)
        .get("/selections/{year}", table::show)
        .post("/selections/{year}", decide::decide)
        .get("/selections/{year}/table.xlsx", export::download)
        .get("/decisions/{id}", decision::show)
        .post("/decisions/{id}/publish", decision::publish)
        .get("/products", products::latest)
        .get("/products/{year}", products::of_year)
}
