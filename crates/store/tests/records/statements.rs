//! Every statement is understood by both databases, and both have the same columns.

use store::{Database, Raw, Records as _};

store::both! {
    async fn every_statement_is_prepared(database) {
        use sqlx::{Executor as _, SqlSafeStr as _};
        let mut work = database.begin().await.unwrap();
        let mut prepared = 0;
        for (name, sql) in store::STATEMENTS.iter().flat_map(|statements| statements.iter()) {
            let sql = sqlx::AssertSqlSafe(*sql).into_sql_str();
            if matches!(database, Database::Sqlite { .. }) && name.starts_with("LOCK_") {
                continue;
            }
            let outcome = match work.raw() {
                Raw::Sqlite(connection) => connection.prepare(sql).await.map(drop),
                Raw::Postgres(connection) => connection.prepare(sql).await.map(drop),
            };
            assert!(outcome.is_ok(), "{name}: {outcome:?}");
            prepared += 1;
        }
        assert!(prepared > 25);
    }
}

#[tokio::test]
async fn migrations_have_the_same_names_and_columns() {
    let names = |folder: &str| {
        let mut names: Vec<_> = std::fs::read_dir(format!("{}/../../migrations/{folder}", env!("CARGO_MANIFEST_DIR")))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));

    let columns_of = async |database: Database, sql: &'static str| -> Vec<(String, String)> {
        match database.begin().await.unwrap().raw() {
            Raw::Sqlite(connection) => sqlx::query_as(sql).fetch_all(connection).await.unwrap(),
            Raw::Postgres(connection) => sqlx::query_as(sql).fetch_all(connection).await.unwrap(),
        }
    };
    let sqlite = columns_of(
        store::testing::sqlite().await,
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c
         WHERE m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite%' AND m.name <> '_sqlx_migrations' ORDER BY 1, 2",
    )
    .await;
    let postgres = columns_of(
        store::testing::postgres().await,
        "SELECT table_name::text, column_name::text FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name <> '_sqlx_migrations' ORDER BY table_name::text COLLATE \"C\", column_name::text COLLATE \"C\"",
    )
    .await;
    assert_eq!(sqlite, postgres);
}
