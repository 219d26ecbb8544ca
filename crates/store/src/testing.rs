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
    let path = std::env::temp_dir().join(format!("ocop-test-{}.db", unique()));
    let database = Database::connect(&format!("sqlite:{}", path.display())).await.expect("a temporary database opens");
    database.migrate().await.expect("migrations apply");
    database
}

/// An empty, migrated PostgreSQL database on the server of `TEST_POSTGRES_URL`, cloned from a template.
///
/// # Panics
/// When `TEST_POSTGRES_URL` is not set: a test that is silently left out proves nothing. `bin/test` sets it.
pub async fn postgres() -> Database {
    let server = std::env::var("TEST_POSTGRES_URL").unwrap_or_else(|_| panic!("TEST_POSTGRES_URL is not set: run bin/test"));
    let options = PgConnectOptions::from_str(&server).expect("TEST_POSTGRES_URL is an address");
    let mut admin = PgConnection::connect_with(&options).await.expect("the test server answers");
    let template = template(&mut admin, &options).await;
    let name = format!("t_{}", unique());
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE {template}")))
        .execute(&mut admin)
        .await
        .expect("a database is made");
    Database::Postgres(PgPool::connect_with(options.database(&name)).await.expect("the new database answers"))
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

/// Makes the migrated template once per set of migrations, one process at a time.
async fn template(admin: &mut PgConnection, options: &PgConnectOptions) -> String {
    let migrations = sqlx::migrate!("../../migrations/postgres");
    let sum = migrations
        .iter()
        .flat_map(|m| m.checksum.iter())
        .fold(0u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
    let name = format!("template_{sum:x}");
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

/// Writes one story as two tests, `sqlite` and `postgres`, in a module of its name.
///
/// ```ignore
/// both! { async fn seats_are_never_oversold(database) { … } }
/// ```
#[macro_export]
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($database:ident) $body:block)*) => {$(
        $(#[$meta])*
        #[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a story that cannot go on has failed")]
        mod $name {
            use super::*;

            async fn story($database: $crate::Database) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                story($crate::testing::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                story($crate::testing::postgres().await).await;
            }
        }
    )*};
}
