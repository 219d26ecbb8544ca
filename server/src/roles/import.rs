//! `import`: units, organisations or people from a file.

use std::path::Path;

use domain::accounts::Language;
use operations::import::RowFault;

use super::{Stop, office, offline};
use crate::settings::{Common, ImportKind};

#[expect(clippy::print_stdout, reason = "the report is what one runs it for")]
pub(super) async fn play(common: &Common, kind: ImportKind, file: &Path) -> Result<(), Stop> {
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let office = office(common, offline()).await?;
    let report = match kind {
        ImportKind::Units => operations::reference::import_units(&office, &bytes).await?,
        ImportKind::Organisations => operations::organisations::import(&office, &bytes).await?,
        ImportKind::People => operations::people::import(&office, &bytes).await?,
    };
    office.database.close().await;
    for warning in &report.warnings {
        println!("note: {}", say(warning));
    }
    for fault in &report.faults {
        println!("{}", say(fault));
    }
    if report.faults.is_empty() {
        println!("{} added, {} changed, {} known already", report.added, report.changed, report.known);
        Ok(())
    } else {
        Err(format!("{} faults: nothing was stored", report.faults.len()).into())
    }
}

/// Row, column, value and reason, for whoever keeps the machine.
fn say(fault: &RowFault) -> String {
    let reason = app::in_words(Language::English, &fault.refusal);
    format!("row {}, {}: {:?}: {reason}", fault.row, fault.column, fault.value)
}
