//! `doctor`: checks every invariant, reading only.

use super::{Stop, offline, reader};
use crate::settings::Common;

#[expect(clippy::print_stdout, reason = "the findings are what one runs it for")]
pub(super) async fn play(common: &Common) -> Result<(), Stop> {
    let office = reader(common, offline()).await?;
    let findings = operations::doctor::examine(&office).await?;
    office.database.close().await;
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        println!("every invariant holds");
        Ok(())
    } else {
        Err(Stop { sentence: format!("{} violations", findings.len()), code: 2 })
    }
}
