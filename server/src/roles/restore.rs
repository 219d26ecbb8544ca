//! `restore`: puts a copy in the place of the embedded database.

use std::fs;
use std::path::{Path, PathBuf};

use store::Database;

use super::Stop;
use crate::settings::Common;

pub(super) async fn play(common: &Common, file: &Path, overwrite: bool) -> Result<(), Stop> {
    let Some(target) = common.database_file() else {
        return Err("restore replaces the embedded database; use pg_restore for PostgreSQL".into());
    };
    check(file).await?;
    if target.exists() {
        if !overwrite {
            return Err(format!("{} exists: say --overwrite to replace it", target.display()).into());
        }
        // Folding the log into the file first makes the one kept beside complete.
        let old = Database::connect(&format!("sqlite:{}", target.display())).await?;
        old.close().await;
        fs::rename(&target, beside(&target, ".before-restore"))?;
        for log in ["-wal", "-shm"] {
            match fs::remove_file(beside(&target, log)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
    }
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    // Copied beside and renamed, so that an interrupted restore leaves no half a database.
    let half = beside(&target, ".restoring");
    fs::copy(file, &half)?;
    fs::rename(&half, &target)?;
    let key = common.key_file();
    tracing::info!(database = %target.display(), key = %key.display(), "restored; it needs the key that it was made with");
    Ok(())
}

/// Refuses what is not a database of this program.
async fn check(file: &Path) -> Result<(), Stop> {
    if !file.is_file() {
        return Err(format!("{} does not exist", file.display()).into());
    }
    let not_ours = || Stop::from(format!("{} is not a copy made by backup", file.display()));
    let copy = Database::connect(&format!("sqlite:{}", file.display())).await.map_err(|_| not_ours())?;
    let is_ready = copy.is_ready().await.unwrap_or(false);
    copy.close().await;
    if is_ready { Ok(()) } else { Err(not_ours()) }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
