//! The empty list that is offered for download. How a list that was sent becomes rows is told in [`crate::rosters`].

use documents::spreadsheets::rosters;

use crate::{Failure, Outcome};

/// The empty list.
///
/// # Errors
/// [`Failure::Document`].
pub async fn template(vietnamese: bool) -> Outcome<Vec<u8>> {
    let written = tokio::task::spawn_blocking(move || rosters::template(vietnamese)).await;
    let written = written.map_err(|error| Failure::Document(error.to_string()))?;
    written.map_err(|error| Failure::Document(error.to_string()))
}
