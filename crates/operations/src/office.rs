//! The office: everything a deed needs that is not in its command.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, SubsecRound as _, Utc};
use domain::ids::{AccountId, EventId};
use rand::{RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use store::{Database, StoreResult, Work};
use tokio::sync::{Notify, Semaphore};
use uuid::Uuid;

use crate::keys::Keys;
use crate::limits::Limits;

/// Gives the time.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// What an installation sets.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address people reach the program at, without a slash at its end: `https://ocop.example.vn`.
    pub public_url: String,
    /// Whether this is a demonstration: its sign-ins are offered on the sign-in page.
    pub demo: bool,
}

/// The office every operation is handed. Cloning is cheap.
#[derive(Clone)]
pub struct Office {
    /// Where records are kept.
    pub database: Database,
    /// What the installation sets.
    pub settings: Arc<Settings>,
    /// Wakes the mail worker when letters were put into the outbox.
    pub mail_waiting: Arc<Notify>,
    /// Wakes the worker of imports when a list of many people was sent or confirmed.
    pub imports_waiting: Arc<Notify>,
    /// Lets as many passwords be hashed at once as there are cores: each takes 19 MiB.
    pub hashing: Arc<Semaphore>,
    /// What citizen numbers are sealed with.
    pub keys: Arc<Keys>,
    /// How often passwords and links are guessed at.
    pub limits: Arc<Limits>,
    calendar_changes: Arc<AtomicU64>,
    clock: Arc<dyn Clock>,
    randomness: Arc<Mutex<ChaCha20Rng>>,
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Office").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Office {
    /// An office over a database, with its keys, a clock, and a seed for its randomness.
    #[must_use]
    pub fn new(database: Database, settings: Settings, keys: Keys, clock: Arc<dyn Clock>, seed: [u8; 32]) -> Office {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Office {
            database,
            settings: Arc::new(settings),
            mail_waiting: Arc::new(Notify::new()),
            imports_waiting: Arc::new(Notify::new()),
            hashing: Arc::new(Semaphore::new(cores)),
            keys: Arc::new(keys),
            limits: Arc::new(Limits::default()),
            calendar_changes: Arc::new(AtomicU64::new(0)),
            clock,
            randomness: Arc::new(Mutex::new(ChaCha20Rng::from_seed(seed))),
        }
    }

    /// The same office by another clock: the demonstration tells what happened in past weeks.
    #[must_use]
    pub(crate) fn at(&self, clock: Arc<dyn Clock>) -> Office {
        Office { clock, ..self.clone() }
    }

    /// The present instant, cut to milliseconds as both databases keep it.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now().trunc_subsecs(3)
    }

    /// The present local day.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        domain::time::local_day(self.now())
    }

    /// A new identifier: UUIDv7 of the present instant, so that keys grow with time.
    #[must_use]
    pub fn id(&self) -> Uuid {
        let millis = u64::try_from(self.now().timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &self.random()).into_uuid()
    }

    /// Random bytes that cannot be guessed.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        // A generator does not break when a thread that held it panicked.
        self.randomness.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }

    /// A secret of 128 bits for an address or a slip, in 26 letters and digits that are hard to misread.
    #[must_use]
    pub fn secret(&self) -> String {
        // No i, l, o, u: they are misread, or make words. (Crockford's alphabet in lower case.)
        const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let mut bits = u128::from_be_bytes(self.random());
        (0..26)
            .map(|_| {
                let letter = ALPHABET[(bits & 31) as usize];
                bits >>= 5;
                char::from(letter)
            })
            .collect()
    }

    /// Commits a unit of work that changes what the public calendar shows: runs, their sessions, seats taken.
    ///
    /// # Errors
    /// [`store::StoreError::Database`]; then nothing was kept.
    pub async fn commit_to_calendar(&self, mut work: Work) -> StoreResult<()> {
        store::changed(&mut work, "calendar").await?;
        let changes = self.calendar_changes.clone();
        // In a task of its own: a browser that hangs up between the commit and the count would leave an old page behind.
        let committing = tokio::spawn(async move {
            let committed = work.commit().await;
            changes.fetch_add(1, Ordering::SeqCst);
            committed
        });
        match committing.await {
            Ok(committed) => committed,
            // Only a panic ends the task early. Whether the work was kept is then not known.
            Err(panic) => std::panic::resume_unwind(panic.into_panic()),
        }
    }

    /// Counts up whenever the public calendar changed. Ask before reading what a copy is made from: the copy is good
    /// for as long as the answer stays the same. The embedded database is not asked: no other process writes to it.
    ///
    /// # Errors
    /// [`store::StoreError::Database`].
    pub async fn calendar_version(&self) -> StoreResult<u64> {
        if self.database.is_embedded() {
            return Ok(self.calendar_changes.load(Ordering::SeqCst));
        }
        let changes = store::changes(&mut self.database.read().await?, "calendar").await?;
        Ok(u64::try_from(changes).unwrap_or(0))
    }

    /// Writes the line of the log that belongs to a unit of work.
    ///
    /// # Errors
    /// [`store::StoreError::Database`].
    pub async fn log(
        &self,
        work: &mut Work,
        account: Option<AccountId>,
        verb: &str,
        (subject_kind, subject): (&str, Uuid),
        detail: &serde_json::Value,
    ) -> StoreResult<()> {
        let event =
            store::events::NewEvent { id: EventId(self.id()), at: self.now(), account, verb, subject_kind, subject, detail };
        store::events::add(work, &event).await
    }
}
