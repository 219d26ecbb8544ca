//! The two macros that let one text serve two databases.

/// Declares the statements of a module, and `ALL` with their names for the test that prepares them.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: &str = $sql;)*
        /// The statements of this module, by name.
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name),)*];
    };
}

/// Runs the same expression on whichever connection is behind `records`.
macro_rules! run {
    ($records:expr, |$connection:ident| $body:expr) => {
        match $crate::Records::raw($records) {
            $crate::Raw::Sqlite($connection) => $body,
            $crate::Raw::Postgres($connection) => $body,
        }
    };
}

/// Executes a statement with its binds in order and gives the number of rows it touched.
macro_rules! execute {
    ($work:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        run!($work, |connection| sqlx::query($sql)$(.bind($bind))*.execute(connection).await.map(|done| done.rows_affected()))
            .map_err($crate::StoreError::from)
    };
}

/// Fetches all rows of a statement.
macro_rules! fetch_all {
    ($records:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        run!($records, |connection| sqlx::query_as($sql)$(.bind($bind))*.fetch_all(connection).await)
            .map_err($crate::StoreError::from)
    };
}

/// Fetches one row of a statement, or none.
macro_rules! fetch_optional {
    ($records:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        run!($records, |connection| sqlx::query_as($sql)$(.bind($bind))*.fetch_optional(connection).await)
            .map_err($crate::StoreError::from)
    };
}

/// Fetches the one value of a statement that always gives one row.
macro_rules! fetch_value {
    ($records:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        run!($records, |connection| sqlx::query_scalar($sql)$(.bind($bind))*.fetch_one(connection).await)
            .map_err($crate::StoreError::from)
    };
}
