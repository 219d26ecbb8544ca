//! The two databases behind one face.

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};
use uuid::Uuid;

use crate::{StoreError, StoreResult, vietnamese_order};

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/postgres");

statements! {
    ANSWERS = "SELECT CAST(1 AS BIGINT)";
    CHANGES = "SELECT value FROM change_counter WHERE topic = $1";
    TRY = "SAVEPOINT attempt";
    FAILED = "ROLLBACK TO SAVEPOINT attempt";
    TRIED = "RELEASE SAVEPOINT attempt";
    CHANGED = "UPDATE change_counter SET value = value + 1 WHERE topic = $1";
}

/// Where records are kept. Cloning is cheap: a clone shares the connections.
#[derive(Debug, Clone)]
pub enum Database {
    /// The embedded default: many readers, one writer.
    Sqlite {
        /// Connections that only read.
        read: SqlitePool,
        /// The one connection that writes; a unit of work starts by taking the write lock.
        write: SqlitePool,
    },
    /// PostgreSQL, or what speaks its language.
    Postgres(PgPool),
}

impl Database {
    /// Opens `sqlite:PATH` (made when it does not exist) or `postgres://…`.
    ///
    /// # Errors
    /// [`StoreError::Address`] for another kind of address, [`StoreError::Database`] when it cannot be opened.
    pub async fn connect(address: &str) -> StoreResult<Database> {
        if address.starts_with("sqlite:") {
            return Self::connect_sqlite(SqliteConnectOptions::from_str(address).map_err(|_| StoreError::Address)?).await;
        }
        if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            // Compiling a statement takes longer than answering any of ours.
            let options = PgConnectOptions::from_str(address)
                .map_err(|_| StoreError::Address)?
                .statement_cache_capacity(400)
                .options([("jit", "off")]);
            let pool =
                PgPoolOptions::new().max_connections(24).acquire_timeout(Duration::from_secs(10)).connect_with(options).await?;
            return Ok(Database::Postgres(pool));
        }
        Err(StoreError::Address)
    }

    async fn connect_sqlite(options: SqliteConnectOptions) -> StoreResult<Database> {
        // WAL with NORMAL keeps every committed unit of work through a killed process; FULL keeps it through a power
        // cut too, which is what "acknowledged" means to an officer in a commune hall.
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(400)
            .pragma("temp_store", "memory")
            .pragma("mmap_size", "268435456")
            .collation("vi", vietnamese_order);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(20))
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(6)
            .acquire_timeout(Duration::from_secs(10))
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.read_only(true).create_if_missing(false).row_buffer_size(200))
            .await?;
        Ok(Database::Sqlite { read, write })
    }

    /// Applies the migrations that are missing.
    ///
    /// # Errors
    /// [`StoreError::Migration`], also when the database was made by a newer program.
    pub async fn migrate(&self) -> StoreResult<()> {
        match self {
            Database::Sqlite { write, .. } => SQLITE_MIGRATIONS.run(write).await?,
            Database::Postgres(pool) => POSTGRES_MIGRATIONS.run(pool).await?,
        }
        Ok(())
    }

    /// Whether the database answers and every migration of this program is applied.
    ///
    /// # Errors
    /// [`StoreError::Database`] when it does not answer.
    pub async fn is_ready(&self) -> StoreResult<bool> {
        let mut records = self.read().await?;
        let _: i64 = fetch_value!(&mut records, ANSWERS)?;
        let applied: Result<i64, StoreError> =
            fetch_value!(&mut records, "SELECT CAST(COUNT(*) AS BIGINT) FROM _sqlx_migrations WHERE success = TRUE");
        Ok(applied.is_ok_and(|applied| applied >= SQLITE_MIGRATIONS.iter().count() as i64))
    }

    /// A connection to read with.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn read(&self) -> StoreResult<Reading> {
        Ok(match self {
            Database::Sqlite { read, .. } => Reading::Sqlite(read.acquire().await?),
            Database::Postgres(pool) => Reading::Postgres(pool.acquire().await?),
        })
    }

    /// Begins a unit of work: one transaction, undone unless it is committed. On SQLite it holds the write lock from
    /// here on, so do slow things (hashing, parsing, rendering) before.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn begin(&self) -> StoreResult<Work> {
        Ok(match self {
            Database::Sqlite { write, .. } => Work::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Database::Postgres(pool) => Work::Postgres(pool.begin().await?),
        })
    }

    /// Whether this process is the only one that changes the records while it serves.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        matches!(self, Database::Sqlite { .. })
    }

    /// Writes a consistent copy to `path` while others read and write. SQLite only.
    ///
    /// # Errors
    /// [`StoreError::Address`] on PostgreSQL, which brings its own tool; [`StoreError::Database`] when it cannot write.
    pub async fn copy_to(&self, path: &str) -> StoreResult<()> {
        let Database::Sqlite { read, .. } = self else { return Err(StoreError::Address) };
        sqlx::query("VACUUM INTO $1").bind(path).execute(read).await?;
        Ok(())
    }

    /// Writes the embedded database anew, so that nothing of what was deleted or overwritten is left in its file. PostgreSQL
    /// does so by itself, in time.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn rewrite(&self) -> StoreResult<()> {
        if let Database::Sqlite { write, .. } = self {
            sqlx::raw_sql("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)").execute(write).await?;
        }
        Ok(())
    }

    /// Closes all connections, so that SQLite folds its log into the file.
    pub async fn close(&self) {
        match self {
            Database::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Database::Postgres(pool) => pool.close().await,
        }
    }
}

/// Something one can read records with: a [`Reading`], or a [`Work`] that also sees its own changes.
pub trait Records: Send {
    /// The connection itself.
    fn raw(&mut self) -> Raw<'_>;
}

/// A connection of one of the two kinds.
#[derive(Debug)]
pub enum Raw<'c> {
    /// SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'c mut PgConnection),
}

/// A connection to read with, outside any transaction.
#[derive(Debug)]
pub enum Reading {
    /// SQLite.
    Sqlite(PoolConnection<Sqlite>),
    /// PostgreSQL.
    Postgres(PoolConnection<Postgres>),
}

impl Records for Reading {
    fn raw(&mut self) -> Raw<'_> {
        match self {
            Reading::Sqlite(connection) => Raw::Sqlite(connection),
            Reading::Postgres(connection) => Raw::Postgres(connection),
        }
    }
}

/// A unit of work: one transaction.
#[derive(Debug)]
pub enum Work {
    /// SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl Records for Work {
    fn raw(&mut self) -> Raw<'_> {
        match self {
            Work::Sqlite(transaction) => Raw::Sqlite(transaction),
            Work::Postgres(transaction) => Raw::Postgres(transaction),
        }
    }
}

impl Work {
    /// Keeps what was done.
    ///
    /// # Errors
    /// [`StoreError::Database`]; then nothing was kept.
    pub async fn commit(self) -> StoreResult<()> {
        match self {
            Work::Sqlite(transaction) => transaction.commit().await?,
            Work::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }

    /// Tries something within the unit of work: until [`Work::succeeded`] or [`Work::failed`], which must follow.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn attempt(&mut self) -> StoreResult<()> {
        execute!(self, TRY)?;
        Ok(())
    }

    /// Keeps what was done since [`Work::attempt`], as part of the unit of work.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn succeeded(&mut self) -> StoreResult<()> {
        execute!(self, TRIED)?;
        Ok(())
    }

    /// Undoes what was done since [`Work::attempt`]; what was done before stays, and the unit of work goes on.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn failed(&mut self) -> StoreResult<()> {
        execute!(self, FAILED)?;
        execute!(self, TRIED)?;
        Ok(())
    }

    /// Holds a row against other units of work until this one ends. SQLite holds everything already.
    ///
    /// `statement` is a `SELECT … FOR UPDATE` that PostgreSQL alone understands.
    pub(crate) async fn lock(&mut self, statement: &'static str, id: Uuid) -> StoreResult<()> {
        if let Work::Postgres(transaction) = self {
            sqlx::query(statement).bind(id).execute(&mut **transaction).await?;
        }
        Ok(())
    }
}

/// How often what a public page shows has changed.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn changes(records: &mut impl Records, topic: &str) -> StoreResult<i64> {
    fetch_value!(records, CHANGES, topic)
}

/// Counts a change of what a public page shows, in the unit of work that makes it.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn changed(work: &mut Work, topic: &str) -> StoreResult<()> {
    execute!(work, CHANGED, topic)?;
    Ok(())
}
