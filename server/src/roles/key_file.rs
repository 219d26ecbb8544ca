//! The file with the key that citizen numbers are sealed with.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use operations::Keys;
use operations::people::{KeyState, key_state};
use rand::TryRngCore as _;
use store::Database;

use super::Stop;

/// The keys of the file. The first start makes it; a database whose numbers were sealed with another key is refused.
pub(super) async fn open_or_make(file: &Path, database: &Database) -> Result<Keys, Stop> {
    if !file.exists() && key_state(database, None).await? == KeyState::Unused {
        make(file)?;
    }
    open(file, database).await
}

/// The keys of a file that is there. A database without any number needs none yet.
pub(super) async fn open(file: &Path, database: &Database) -> Result<Keys, Stop> {
    let is_unused = key_state(database, None).await? == KeyState::Unused;
    let secret = match fs::read_to_string(file) {
        Ok(text) => read(&text).ok_or_else(|| named(file, "is no key: 64 hexadecimal digits are expected"))?,
        Err(error) if error.kind() == ErrorKind::NotFound && is_unused => [0; 32],
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let sentence =
                "is missing, and citizen numbers of this database are sealed with it: copy it from where the database comes from";
            return Err(named(file, sentence));
        }
        Err(error) => return Err(named(file, &error.to_string())),
    };
    let keys = Keys::new(&secret);
    match key_state(database, Some(keys.check())).await? {
        KeyState::Differs => {
            Err(named(file, "is another key than the one that citizen numbers of this database are sealed with"))
        }
        KeyState::Unused | KeyState::Fits => Ok(keys),
    }
}

/// Makes a key that only the owner of the process can read.
fn make(file: &Path) -> Result<(), Stop> {
    let mut secret = [0; 32];
    rand::rngs::OsRng.try_fill_bytes(&mut secret).map_err(|error| format!("the machine gives no randomness: {error}"))?;
    let digits: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let write = || -> std::io::Result<()> {
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        // Written beside and linked, so that nobody ever reads half a key, and one that is there is never replaced.
        let beside = file.with_extension(format!("new-{}", std::process::id()));
        let mut new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
        let linked = new
            .write_all(format!("{digits}\n").as_bytes())
            .and_then(|()| new.sync_all())
            .and_then(|()| fs::hard_link(&beside, file));
        fs::remove_file(&beside)?;
        linked
    };
    match write() {
        Ok(()) => {
            tracing::info!(file = %file.display(), "the key of the citizen numbers is made: keep a copy of it apart from the database");
            Ok(())
        }
        // Another process of this start made it in the same moment.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(named(file, &error.to_string())),
    }
}

fn read(text: &str) -> Option<[u8; 32]> {
    let text = text.trim();
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut secret = [0; 32];
    for (byte, pair) in secret.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(secret)
}

fn named(file: &Path, sentence: &str) -> Stop {
    Stop { sentence: format!("--key-file (OCOP_KEY_FILE): {} {sentence}", file.display()), code: 1 }
}
