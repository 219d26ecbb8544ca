//! Every column that says which person something belongs to, and what becomes of it when two records become one.
//!
//! **A new column that refers to a person needs a line in [`REFERENCES`].** A test walks the schemas of both databases
//! and fails for a column that has none. Columns without a foreign key (of the log, of answers to clashes) stand here too.

use domain::ids::PersonId;
use uuid::Uuid;

use crate::{Records, StoreResult, Work};

/// What becomes of the rows of the record that leads to the other from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// They belong to the record that goes on. Refused when a row would stand there twice.
    Move,
    /// They stay where they are: they tell what was.
    Keep,
    /// There must be none: they cannot be passed on.
    Never,
}

/// A column that refers to a person.
#[derive(Debug, Clone, Copy)]
pub struct Reference {
    /// Its table.
    pub table: &'static str,
    /// Its name.
    pub column: &'static str,
    /// What becomes of its rows.
    pub policy: Policy,
    rows: &'static str,
    twice: &'static str,
    point: &'static str,
}

/// Declares the columns: table, column, the column that tells a person's rows apart, policy, which rows are meant (`x`),
/// and when a row `x` would stand twice beside a row `k` of the person that goes on.
macro_rules! references {
    ($($table:literal $column:literal by $key:literal, $policy:ident, $of:literal, $twice:literal;)*) => {
        /// Every column that refers to a person.
        pub const REFERENCES: &[Reference] = &[$(Reference {
            table: $table,
            column: $column,
            policy: Policy::$policy,
            rows: concat!("SELECT x.", $key, " FROM ", $table, " x WHERE x.", $column, " = $1 AND ", $of, " ORDER BY x.", $key),
            twice: concat!("SELECT x.", $key, " FROM ", $table, " x JOIN ", $table, " k ON k.", $column, " = $2 AND ", $twice,
                " WHERE x.", $column, " = $1 AND ", $of),
            point: concat!("UPDATE ", $table, " SET ", $column, " = $3 WHERE ", $key, " = $1 AND ", $column, " = $2"),
        },)*];

        /// The statements of this module, by what they are asked of.
        pub(crate) const ALL: &[(&str, &str)] = &{
            let mut all = [("", ""); 3 * REFERENCES.len()];
            let mut n = 0;
            while n < REFERENCES.len() {
                let of = &REFERENCES[n];
                (all[3 * n], all[3 * n + 1], all[3 * n + 2]) = ((of.table, of.rows), (of.table, of.twice), (of.table, of.point));
                n += 1;
            }
            all
        };
    };
}

references! {
    // The double of an open membership is ended before it is moved.
    "membership" "person_id" by "id", Move, "1 = 1", "k.organisation_id = x.organisation_id AND k.valid_to IS NULL AND x.valid_to IS NULL";
    "account" "person_id" by "id", Move, "1 = 1", "1 = 1";
    "session_trainer" "person_id" by "session_id", Move, "1 = 1", "k.session_id = x.session_id";
    "enrolment" "person_id" by "id", Move, "1 = 1", "k.run_id = x.run_id AND k.withdrawn_at IS NULL AND x.withdrawn_at IS NULL";
    "waiting_entry" "person_id" by "id", Move, "1 = 1", "k.run_id = x.run_id AND k.left_at IS NULL AND x.left_at IS NULL";
    "request" "person_id" by "id", Move, "1 = 1", "k.course_id = x.course_id AND k.closed_at IS NULL AND x.closed_at IS NULL";
    "certificate" "person_id" by "id", Move, "1 = 1", "1 = 0";
    // Its own rows hang on it. Who teaches has an account, and who has an account goes on.
    "trainer" "person_id" by "person_id", Never, "1 = 1", "1 = 0";
    "trainer_absence" "person_id" by "id", Move, "1 = 1", "1 = 0";
    "session_teaching" "person_id" by "id", Move, "1 = 1", "1 = 0";
    "session_teaching" "stood_in_for" by "id", Move, "1 = 1", "1 = 0";
    "clash_override" "subject_id" by "id", Move, "1 = 1", "1 = 0";
    "event" "subject_id" by "id", Keep, "1 = 1", "1 = 0";
    // What led to the one leads on to the other: one step is always enough.
    "person_alias" "alias_id" by "id", Keep, "1 = 1", "1 = 0";
    "person_alias" "person_id" by "id", Move, "x.undone_at IS NULL", "1 = 0";
    "distinct_people" "first_id" by "id", Move, "1 = 1", "1 = 0";
    "distinct_people" "second_id" by "id", Move, "1 = 1", "1 = 0";
}

/// The column of a table, as it was journalled.
#[must_use]
pub fn reference(table: &str, column: &str) -> Option<&'static Reference> {
    REFERENCES.iter().find(|reference| reference.table == table && reference.column == column)
}

/// The rows of a column that belong to a person.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn rows(records: &mut impl Records, of: &Reference, person: PersonId) -> StoreResult<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> = fetch_all!(records, of.rows, person)?;
    Ok(rows.into_iter().map(|(row,)| row).collect())
}

/// The rows of `absorbed` that would stand twice beside those of `kept`.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn twice(records: &mut impl Records, of: &Reference, absorbed: PersonId, kept: PersonId) -> StoreResult<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> = fetch_all!(records, of.twice, absorbed, kept)?;
    Ok(rows.into_iter().map(|(row,)| row).collect())
}

/// Lets a row that belongs to `from` belong to `to`; false when it does not belong to `from` (any more).
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn point(work: &mut Work, of: &Reference, row: Uuid, from: PersonId, to: PersonId) -> StoreResult<bool> {
    Ok(execute!(work, of.point, row, from, to)? == 1)
}
