//! Test databases: each story gets a fresh one of each kind.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot get its database has to stop")]

use std::str::FromStr as _;

use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use uuid::Uuid;

use crate::{Database, Raw, Records as _, Work};

/// An empty, migrated SQLite database in a file of its own.
///
/// # Panics
/// When the temporary folder cannot be written.
pub async fn sqlite() -> Database {
    sqlite_like("empty", async |_| ()).await
}

/// A SQLite database in a file of its own that starts as `fill` left one that was empty. It is filled once, then copied.
///
/// # Panics
/// When the temporary folder cannot be written.
pub async fn sqlite_like(name: &str, fill: impl AsyncFnOnce(&Database)) -> Database {
    let folder = std::env::temp_dir();
    let template = folder.join(format!("ocop-template-{name}-{:x}.db", version()));
    if !template.exists() {
        // Two processes may make it at once: each makes its own, and the last one stays.
        let made = folder.join(format!("ocop-template-{}.db", unique()));
        let database = Database::connect(&format!("sqlite:{}", made.display())).await.expect("a temporary database opens");
        database.migrate().await.expect("migrations apply");
        fill(&database).await;
        database.close().await;
        std::fs::rename(&made, &template).expect("the template is named");
    }
    let path = folder.join(format!("ocop-test-{}.db", unique()));
    std::fs::copy(&template, &path).expect("the template is copied");
    Database::connect(&format!("sqlite:{}", path.display())).await.expect("a temporary database opens")
}

/// An empty, migrated PostgreSQL database on the server of `TEST_POSTGRES_URL`.
///
/// # Panics
/// When `TEST_POSTGRES_URL` is not set: a test that is silently left out proves nothing. `bin/test` sets it.
pub async fn postgres() -> Database {
    postgres_like("empty", async |_| ()).await
}

/// A PostgreSQL database that starts as `fill` left one that was empty. It is filled once, then cloned.
///
/// # Panics
/// When `TEST_POSTGRES_URL` is not set.
pub async fn postgres_like(name: &str, fill: impl AsyncFnOnce(&Database)) -> Database {
    let server = std::env::var("TEST_POSTGRES_URL").unwrap_or_else(|_| panic!("TEST_POSTGRES_URL is not set: run bin/test"));
    let options = PgConnectOptions::from_str(&server).expect("TEST_POSTGRES_URL is an address");
    let mut admin = PgConnection::connect_with(&options).await.expect("the test server answers");
    let template = template(&mut admin, &options, name, fill).await;
    let name = format!("t_{}", unique());
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE {template}")))
        .execute(&mut admin)
        .await
        .expect("a database is made");
    Database::Postgres(PgPool::connect_with(options.database(&name)).await.expect("the new database answers"))
}

/// What a template is made by: another test program may fill it with something else.
fn version() -> u64 {
    let program = std::env::current_exe().and_then(std::fs::metadata).expect("the test program is a file");
    let modified = program.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    program.len().wrapping_mul(31).wrapping_add(modified.map_or(0, |since| u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)))
}

/// Runs statements past all rules, to set a scene or to break it.
///
/// # Panics
/// When they do not run.
pub async fn raw(work: &mut Work, sql: &str) {
    let sql = AssertSqlSafe(sql.to_owned());
    match work.raw() {
        Raw::Sqlite(connection) => sqlx::raw_sql(sql).execute(connection).await.map(drop),
        Raw::Postgres(connection) => sqlx::raw_sql(sql).execute(connection).await.map(drop),
    }
    .expect("the statements run");
}

/// The columns, as `table.column`, in which a text stands anywhere, whatever they are made for: what nothing may hold is
/// looked for everywhere.
///
/// # Panics
/// When the records cannot be read.
pub async fn columns_with(work: &mut Work, text: &str) -> Vec<String> {
    const SQLITE: &str =
        "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_xinfo(m.name) c WHERE m.type = 'table'";
    const POSTGRES: &str = "SELECT c.table_name::text, c.column_name::text, c.data_type::text FROM information_schema.columns c
        JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
        WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'";
    let text = text.replace('\'', "''");
    let mut found = Vec::new();
    match work.raw() {
        Raw::Sqlite(connection) => {
            let columns: Vec<(String, String, String)> =
                sqlx::query_as(SQLITE).fetch_all(&mut *connection).await.expect("the schema is read");
            for (table, column, _) in columns {
                let sql = format!(
                    "SELECT COUNT(*) FROM \"{table}\" WHERE instr(CAST(\"{column}\" AS BLOB), CAST('{text}' AS BLOB)) > 0"
                );
                let (count,): (i64,) =
                    sqlx::query_as(AssertSqlSafe(sql)).fetch_one(&mut *connection).await.expect("a column is read");
                found.extend((count > 0).then(|| format!("{table}.{column}")));
            }
        }
        Raw::Postgres(connection) => {
            let columns: Vec<(String, String, String)> =
                sqlx::query_as(POSTGRES).fetch_all(&mut *connection).await.expect("the schema is read");
            for (table, column, kind) in columns {
                let holds = match kind.as_str() {
                    "bytea" => format!("position(convert_to('{text}', 'UTF8') in \"{column}\")"),
                    _ => format!("position('{text}' in \"{column}\"::text)"),
                };
                let sql = format!("SELECT COUNT(*) FROM \"{table}\" WHERE {holds} > 0");
                let (count,): (i64,) =
                    sqlx::query_as(AssertSqlSafe(sql)).fetch_one(&mut *connection).await.expect("a column is read");
                found.extend((count > 0).then(|| format!("{table}.{column}")));
            }
        }
    }
    found
}

/// Makes the template once, one process at a time.
async fn template(admin: &mut PgConnection, options: &PgConnectOptions, name: &str, fill: impl AsyncFnOnce(&Database)) -> String {
    let name = format!("template_{name}_{:x}", version());
    sqlx::query("SELECT pg_advisory_lock(134)").execute(&mut *admin).await.expect("the lock is given");
    let known: Option<(i32,)> = sqlx::query_as("SELECT 1 FROM pg_database WHERE datname = $1")
        .bind(&name)
        .fetch_optional(&mut *admin)
        .await
        .expect("the list is read");
    if known.is_none() {
        let raw = format!("{name}_raw");
        sqlx::query(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {raw}")))
            .execute(&mut *admin)
            .await
            .expect("an old template goes");
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {raw}"))).execute(&mut *admin).await.expect("a template is made");
        let database =
            Database::Postgres(PgPool::connect_with(options.clone().database(&raw)).await.expect("the template answers"));
        database.migrate().await.expect("migrations apply");
        fill(&database).await;
        database.close().await;
        sqlx::query(AssertSqlSafe(format!("ALTER DATABASE {raw} RENAME TO {name}")))
            .execute(&mut *admin)
            .await
            .expect("the template is named");
    }
    sqlx::query("SELECT pg_advisory_unlock(134)").execute(&mut *admin).await.expect("the lock is returned");
    name
}

#[expect(clippy::disallowed_methods, reason = "test databases need names that no other process uses")]
fn unique() -> String {
    Uuid::now_v7().simple().to_string()
}

/// Writes one story as two tests, `sqlite` and `postgres`, in a module of its name, each on an empty database. With `from`,
/// on what two functions give.
///
/// ```ignore
/// both! { async fn seats_are_never_oversold(database) { … } }
/// ```
#[macro_export]
macro_rules! both {
    (from $sqlite:path, $postgres:path; $($(#[$meta:meta])* async fn $name:ident($database:ident) $body:block)*) => {$(
        $(#[$meta])*
        #[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a story that cannot go on has failed")]
        mod $name {
            use super::*;

            async fn story($database: $crate::Database) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                story($sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                story($postgres().await).await;
            }
        }
    )*};
    ($($story:tt)*) => { $crate::both! { from store::testing::sqlite, store::testing::postgres; $($story)* } };
}
