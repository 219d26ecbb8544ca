//! What is known of trainers: who they are, what they teach, when they can be asked.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{AbsenceId, AccountId, CourseId, PersonId};
use domain::runs::HalfDay;

use crate::{Records, StoreResult, Work};

/// What is read of a trainer; `$2` is now. `WHERE` and `ORDER BY` follow.
macro_rules! trainer_columns {
    () => {
        "SELECT p.id AS person_id, p.full_name, COALESCE(t.employer, '') AS employer, COALESCE(t.rank, '') AS rank,
         COALESCE(t.note, '') AS note,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM session_trainer x JOIN session s ON s.id = x.session_id JOIN run r ON r.id = s.run_id
            WHERE x.person_id = p.id AND s.starts_at > $2 AND s.cancelled_at IS NULL AND r.published_at IS NOT NULL
              AND r.cancelled_at IS NULL) AS ahead
         FROM person p LEFT JOIN trainer t ON t.person_id = p.id "
    };
}

statements! {
    LIST = concat!(trainer_columns!(), "WHERE EXISTS (SELECT 1 FROM account a JOIN role_grant g ON g.account_id = a.id
            WHERE a.person_id = p.id AND a.disabled_at IS NULL AND g.role = 'trainer' AND g.valid_from <= $1
              AND (g.valid_to IS NULL OR g.valid_to >= $1))
        ORDER BY p.given_name COLLATE \"vi\", p.middle_name COLLATE \"vi\", p.full_name COLLATE \"vi\", p.id");
    // Who held the role once, or taught, is still known by it: hours are paid later.
    FIND = concat!(trainer_columns!(), "WHERE p.id = $1 AND (EXISTS (SELECT 1 FROM account a JOIN role_grant g ON g.account_id = a.id
            WHERE a.person_id = p.id AND g.role = 'trainer')
        OR EXISTS (SELECT 1 FROM session_trainer x WHERE x.person_id = p.id)
        OR EXISTS (SELECT 1 FROM session_teaching x WHERE x.person_id = p.id))");
    SET = "INSERT INTO trainer (person_id, employer, rank, note, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (person_id) DO UPDATE SET employer = excluded.employer, rank = excluded.rank, note = excluded.note,
            changed_at = excluded.changed_at, changed_by = excluded.changed_by";
    BEGIN = "INSERT INTO trainer (person_id, employer, rank, note, changed_at, changed_by) VALUES ($1, '', '', '', $2, $3)
        ON CONFLICT (person_id) DO NOTHING";
    LOCK_PERSON = "SELECT id FROM person WHERE id = $1 FOR UPDATE";
    QUALIFIED = "SELECT q.person_id, q.course_id, c.code FROM trainer_course q JOIN course c ON c.id = q.course_id
        ORDER BY c.position, c.code";
    QUALIFIED_OF = "SELECT course_id FROM trainer_course WHERE person_id = $1";
    CLEAR_COURSES = "DELETE FROM trainer_course WHERE person_id = $1";
    ADD_COURSE = "INSERT INTO trainer_course (person_id, course_id) VALUES ($1, $2)";
    HALF_DAYS = "SELECT weekday, half_day FROM trainer_half_day WHERE person_id = $1 ORDER BY weekday";
    CLEAR_HALF_DAYS = "DELETE FROM trainer_half_day WHERE person_id = $1";
    ADD_HALF_DAY = "INSERT INTO trainer_half_day (person_id, weekday, half_day) VALUES ($1, $2, $3)";
    ABSENCES = "SELECT id, person_id, first_day, last_day, reason, withdrawn_at FROM trainer_absence
        WHERE person_id = $1 AND withdrawn_at IS NULL ORDER BY first_day DESC, id DESC";
    ABSENCE = "SELECT id, person_id, first_day, last_day, reason, withdrawn_at FROM trainer_absence WHERE id = $1";
    ADD_ABSENCE = "INSERT INTO trainer_absence (id, person_id, first_day, last_day, reason, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    WITHDRAW_ABSENCE = "UPDATE trainer_absence SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1 AND withdrawn_at IS NULL";
}

/// A trainer with what is known of them.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Trainer {
    /// Who it is.
    pub person_id: PersonId,
    /// Their name.
    pub full_name: String,
    /// Who employs them; may be empty.
    pub employer: String,
    /// Their academic title or post; may be empty.
    pub rank: String,
    /// What else the office notes.
    pub note: String,
    /// Published sessions they are to teach that have not begun.
    pub ahead: i64,
}

/// Days on which a trainer is away, both ends belonging to it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Absence {
    /// Its identifier.
    pub id: AbsenceId,
    /// Who is away.
    pub person_id: PersonId,
    /// The first day.
    pub first_day: NaiveDate,
    /// The last day.
    pub last_day: NaiveDate,
    /// Why; may be empty.
    pub reason: String,
    /// When it was taken back; none while it holds.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// Who holds the role of a trainer on `today`, by given name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn list(records: &mut impl Records, today: NaiveDate, now: DateTime<Utc>) -> StoreResult<Vec<Trainer>> {
    fetch_all!(records, LIST, today, now)
}

/// Somebody who holds or held the role of a trainer, or taught.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn find(records: &mut impl Records, id: PersonId, now: DateTime<Utc>) -> StoreResult<Option<Trainer>> {
    fetch_optional!(records, FIND, id, now)
}

/// Holds what is known of a trainer against other units of work.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lock(work: &mut Work, id: PersonId) -> StoreResult<()> {
    work.lock(LOCK_PERSON, id.0).await
}

/// Says who employs a trainer, what they are, and what else there is to note.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn set(
    work: &mut Work,
    id: PersonId,
    (employer, rank, note): (&str, &str, &str),
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    execute!(work, SET, id, employer, rank, note, now, by)?;
    Ok(())
}

/// Which courses each trainer is qualified for: trainer, course, code of the course.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn qualified(records: &mut impl Records) -> StoreResult<Vec<(PersonId, CourseId, String)>> {
    fetch_all!(records, QUALIFIED)
}

/// Which courses one trainer is qualified for.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn qualified_of(records: &mut impl Records, id: PersonId) -> StoreResult<Vec<CourseId>> {
    let rows: Vec<(CourseId,)> = fetch_all!(records, QUALIFIED_OF, id)?;
    Ok(rows.into_iter().map(|(course,)| course).collect())
}

/// Says which courses a trainer is qualified for, all at once. Something must be known of them already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn set_courses(work: &mut Work, id: PersonId, courses: &[CourseId]) -> StoreResult<()> {
    execute!(work, CLEAR_COURSES, id)?;
    for course in courses {
        execute!(work, ADD_COURSE, id, course)?;
    }
    Ok(())
}

/// On which half-days of a week a trainer can be asked: day from 1 = Monday, half-day. None means at all times.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn half_days(records: &mut impl Records, id: PersonId) -> StoreResult<Vec<(i64, HalfDay)>> {
    fetch_all!(records, HALF_DAYS, id)
}

/// Says on which half-days of a week a trainer can be asked, all at once.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn set_half_days(
    work: &mut Work,
    id: PersonId,
    half_days: &[(i64, HalfDay)],
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    execute!(work, BEGIN, id, now, by)?;
    execute!(work, CLEAR_HALF_DAYS, id)?;
    for (weekday, half_day) in half_days {
        execute!(work, ADD_HALF_DAY, id, weekday, half_day)?;
    }
    Ok(())
}

/// When a trainer is away, the latest first, without what was taken back.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn absences(records: &mut impl Records, id: PersonId) -> StoreResult<Vec<Absence>> {
    fetch_all!(records, ABSENCES, id)
}

/// One absence.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn absence(records: &mut impl Records, id: AbsenceId) -> StoreResult<Option<Absence>> {
    fetch_optional!(records, ABSENCE, id)
}

/// Adds an absence.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add_absence(work: &mut Work, absence: &Absence, by: AccountId, now: DateTime<Utc>) -> StoreResult<()> {
    let a = absence;
    execute!(work, ADD_ABSENCE, a.id, a.person_id, a.first_day, a.last_day, &a.reason, now, by)?;
    Ok(())
}

/// Takes an absence back; false when it was already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn withdraw_absence(work: &mut Work, id: AbsenceId, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, WITHDRAW_ABSENCE, id, now, by)? == 1)
}
