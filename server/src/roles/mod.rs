//! The roles of the one binary, a file each.

mod account;
mod backup;
mod demo;
mod doctor;
mod import;
mod key_file;
mod migrate;
mod restore;
mod serve;

use std::sync::Arc;

use operations::{Keys, Office, Settings, SystemClock};
use rand::TryRngCore as _;
use store::Database;

use crate::settings::{CommandLine, Common, Role};

/// Why a role stopped: one sentence for who started it, and the code to exit with.
#[derive(Debug)]
pub struct Stop {
    /// The sentence.
    pub sentence: String,
    /// The exit code: 1 for what went wrong, 2 for a violated invariant.
    pub code: u8,
}

impl<E: std::fmt::Display> From<E> for Stop {
    fn from(error: E) -> Stop {
        Stop { sentence: error.to_string(), code: 1 }
    }
}

/// Does what the command line says.
///
/// # Errors
/// One sentence that says what is wrong, with the setting it comes from.
pub async fn play(command: CommandLine) -> Result<(), Stop> {
    match command.role {
        Role::Serve(settings) => serve::play(&command.common, &settings).await,
        Role::Migrate => migrate::play(&command.common).await,
        Role::Backup { file } => backup::play(&command.common, &file).await,
        Role::Restore { file, overwrite } => restore::play(&command.common, &file, overwrite).await,
        Role::Demo => demo::play(&command.common).await,
        Role::Account(role) => account::play(&command.common, role).await,
        Role::Import { kind, file } => import::play(&command.common, kind, &file).await,
        Role::Doctor => doctor::play(&command.common).await,
    }
}

/// Opens the database of the settings; an embedded one is made with its folder.
async fn open(common: &Common) -> Result<Database, Stop> {
    if let Some(folder) = common.database_file().as_deref().and_then(std::path::Path::parent)
        && !folder.as_os_str().is_empty()
    {
        std::fs::create_dir_all(folder).map_err(|error| format!("--data-dir (OCOP_DATA_DIR): {}: {error}", folder.display()))?;
    }
    Ok(Database::connect(&common.database()).await.map_err(|error| format!("--database (OCOP_DATABASE): {error}"))?)
}

/// The office of a role, over a database that is brought up to date first.
async fn office(common: &Common, settings: Settings) -> Result<Office, Stop> {
    let database = open(common).await?;
    database.migrate().await.map_err(|error| format!("--database (OCOP_DATABASE): {error}"))?;
    let keys = key_file::open_or_make(&common.key_file(), &database).await?;
    let office = over(database, settings, keys)?;
    let sealed = operations::people::seal_all(&office).await?;
    if sealed > 0 {
        office.database.rewrite().await?;
        tracing::info!(sealed, "citizen numbers that stood in the clear are sealed");
    }
    operations::reference::seed(&office).await?;
    Ok(office)
}

/// The office of a role that only reads, over a database that is there and up to date.
async fn reader(common: &Common, settings: Settings) -> Result<Office, Stop> {
    if let Some(file) = common.database_file().filter(|file| !file.exists()) {
        return Err(format!("--database (OCOP_DATABASE): {} does not exist", file.display()).into());
    }
    let database = open(common).await?;
    if !database.is_ready().await? {
        return Err("--database (OCOP_DATABASE): migrations are missing: run migrate first".into());
    }
    let keys = key_file::open(&common.key_file(), &database).await?;
    over(database, settings, keys)
}

fn over(database: Database, settings: Settings, keys: Keys) -> Result<Office, Stop> {
    let mut seed = [0; 32];
    rand::rngs::OsRng.try_fill_bytes(&mut seed).map_err(|error| format!("the machine gives no randomness: {error}"))?;
    Ok(Office::new(database, settings, keys, Arc::new(SystemClock), seed))
}

/// The settings of a role that answers nobody over HTTP.
fn offline() -> Settings {
    Settings { public_url: "http://127.0.0.1:8080".into(), demo: false }
}
