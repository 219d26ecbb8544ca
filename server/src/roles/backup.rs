//! `backup`: a consistent copy of the embedded database, also while it is served.

use std::path::Path;

use super::{Stop, open};
use crate::settings::Common;

pub(super) async fn play(common: &Common, file: &Path) -> Result<(), Stop> {
    let Some(source) = common.database_file() else {
        return Err("backup copies the embedded database; use pg_dump for PostgreSQL".into());
    };
    if !source.exists() {
        return Err(format!("--database (OCOP_DATABASE): {} does not exist", source.display()).into());
    }
    if file.exists() {
        return Err(format!("{} exists already: name a new file", file.display()).into());
    }
    let database = open(common).await?;
    database.copy_to(&file.display().to_string()).await?;
    database.close().await;
    let key = common.key_file();
    tracing::info!(file = %file.display(), key = %key.display(), "a consistent copy is written; keep a copy of the key as well, in another place");
    Ok(())
}
