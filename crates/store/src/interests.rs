//! What organisations would like to be taught, and the runs they were invited to.

use chrono::{DateTime, NaiveDate, Utc};
use domain::accounts::Language;
use domain::ids::{AccountId, CourseId, InterestId, OrganisationId, RunId, UnitId};
use domain::interests::{Standing, Wish, write_months};
use domain::organisations::OrganisationKind;
use uuid::Uuid;

use crate::{Records, StoreResult, Work};

/// What is read of a wish wherever one is shown: as it was last said. `WHERE` and `ORDER BY` follow.
macro_rules! interest_columns {
    () => {
        "SELECT i.id, i.organisation_id, o.name AS organisation_name, o.kind AS organisation_kind, o.unit_id, u.kind AS unit_kind,
         u.name AS unit_name, p.kind AS parent_kind, p.name AS parent_name, i.course_id, c.code AS course_code, c.title AS course_title,
         c.title_english AS course_title_english, s.number AS version, s.people, s.months, s.note, s.said_at, q.full_name AS said_by,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM enrolment e JOIN run r ON r.id = e.run_id WHERE e.organisation_id = i.organisation_id
            AND r.course_id = i.course_id AND e.withdrawn_at IS NULL AND r.cancelled_at IS NULL AND e.enrolled_at >= s.said_at) AS enrolled
         FROM interest i JOIN interest_statement s ON s.interest_id = i.id
            AND s.number = (SELECT MAX(n.number) FROM interest_statement n WHERE n.interest_id = i.id)
         JOIN account a ON a.id = s.said_by JOIN person q ON q.id = a.person_id
         JOIN course c ON c.id = i.course_id JOIN organisation o ON o.id = i.organisation_id JOIN unit u ON u.id = o.unit_id
         LEFT JOIN unit p ON p.id = u.parent_id "
    };
}

statements! {
    LIVE_OF = concat!(interest_columns!(), "WHERE i.organisation_id = $1 AND i.course_id = $2 AND i.withdrawn_at IS NULL");
    OF_ORGANISATION = concat!(interest_columns!(), "WHERE i.organisation_id = $1 AND i.withdrawn_at IS NULL ORDER BY c.position, c.code");
    // $1: only this course; $2: only organisations in this unit; $3: the whole province, else the scope of account $4 on day $5.
    LIVE = concat!(interest_columns!(), "WHERE i.withdrawn_at IS NULL AND (i.course_id = $1 OR $1 IS NULL)
        AND (EXISTS (SELECT 1 FROM unit_cover v WHERE v.unit_id = $2 AND v.covered_id = o.unit_id) OR $2 IS NULL)
        AND ($3 = TRUE OR EXISTS (SELECT 1 FROM role_grant g JOIN unit_cover v ON v.unit_id = g.unit_id
            WHERE g.account_id = $4 AND v.covered_id = o.unit_id AND g.role IN ('trainer', 'unit_officer', 'manager')
              AND g.valid_from <= $5 AND (g.valid_to IS NULL OR g.valid_to >= $5)))
        ORDER BY u.name COLLATE \"vi\", u.code, o.name COLLATE \"vi\", o.id, c.position, c.code");
    ADD = "INSERT INTO interest (id, organisation_id, course_id) VALUES ($1, $2, $3)
        ON CONFLICT (organisation_id, course_id) WHERE withdrawn_at IS NULL DO NOTHING";
    SAY = "INSERT INTO interest_statement (id, interest_id, number, people, months, note, said_at, said_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    WITHDRAW = "UPDATE interest SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1 AND withdrawn_at IS NULL";
    INVITE = "INSERT INTO run_invitation (run_id, organisation_id, interest_id, invited_at, invited_by) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (run_id, organisation_id) DO NOTHING";
    INVITED = "SELECT v.organisation_id, o.name AS organisation_name, u.kind AS unit_kind, u.name AS unit_name, v.invited_at,
            (SELECT CAST(COUNT(*) AS BIGINT) FROM enrolment e WHERE e.run_id = v.run_id AND e.organisation_id = v.organisation_id
                AND e.withdrawn_at IS NULL) AS enrolled
        FROM run_invitation v JOIN organisation o ON o.id = v.organisation_id JOIN unit u ON u.id = o.unit_id
        WHERE v.run_id = $1 ORDER BY o.name COLLATE \"vi\", o.id";
    // The units of organisations that ask for something, to choose from.
    UNITS = "SELECT u.id, u.kind, u.name, p.kind AS parent_kind, p.name AS parent_name FROM unit u LEFT JOIN unit p ON p.id = u.parent_id
        WHERE EXISTS (SELECT 1 FROM interest i JOIN organisation o ON o.id = i.organisation_id WHERE o.unit_id = u.id AND i.withdrawn_at IS NULL)
        ORDER BY u.name COLLATE \"vi\", u.code";
}

/// A wish as it was last said, with what lists show of its organisation and course.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Interest {
    /// Its identifier.
    pub id: InterestId,
    /// Who would like it.
    pub organisation_id: OrganisationId,
    /// Their name.
    pub organisation_name: String,
    /// Their kind.
    pub organisation_kind: OrganisationKind,
    /// The unit they lie in.
    pub unit_id: UnitId,
    /// The kind of that unit.
    pub unit_kind: String,
    /// The name of that unit.
    pub unit_name: String,
    /// The kind of the unit above.
    pub parent_kind: Option<String>,
    /// The name of the unit above.
    pub parent_name: Option<String>,
    /// What they would like to be taught.
    pub course_id: CourseId,
    /// The code of that course.
    pub course_code: String,
    /// Its title in Vietnamese.
    pub course_title: String,
    /// Its title in English.
    pub course_title_english: String,
    /// How often it was said: counts up with every change.
    pub version: i64,
    /// For how many people.
    pub people: i64,
    /// The months that would suit, as they are stored.
    pub months: String,
    /// Anything else.
    pub note: String,
    /// When it was last said.
    pub said_at: DateTime<Utc>,
    /// Who said it.
    pub said_by: String,
    /// How many people of the organisation took a place in a run of the course since.
    pub enrolled: i64,
}

impl Interest {
    /// Where it stands.
    #[must_use]
    pub fn standing(&self) -> Standing {
        Standing::of(self.enrolled)
    }

    /// The title of its course in the language of its reader.
    #[must_use]
    pub fn title(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.course_title,
            Language::English => &self.course_title_english,
        }
    }

    /// The unit of its organisation, with the district when there is one.
    #[must_use]
    pub fn unit_title(&self) -> String {
        unit_title(&self.unit_kind, &self.unit_name, self.parent_kind.as_deref(), self.parent_name.as_deref())
    }
}

fn unit_title(kind: &str, name: &str, parent_kind: Option<&str>, parent_name: Option<&str>) -> String {
    match (parent_kind, parent_name) {
        (Some(above), Some(district)) if above != "Tỉnh" => format!("{kind} {name}, {} {district}", above.to_lowercase()),
        _ => format!("{kind} {name}"),
    }
}

/// Which wishes are read.
#[derive(Debug, Clone, Copy)]
pub struct Which {
    /// Only of this course.
    pub course: Option<CourseId>,
    /// Only of organisations in this unit or one that it covers.
    pub unit: Option<UnitId>,
    /// Whether the reader sees the whole province.
    pub everywhere: bool,
    /// The reader's account.
    pub account: AccountId,
    /// The day on which its grants hold.
    pub today: NaiveDate,
}

/// An organisation that was invited to a run.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Invited {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Its name.
    pub organisation_name: String,
    /// The kind of its unit.
    pub unit_kind: String,
    /// The name of its unit.
    pub unit_name: String,
    /// When it was invited.
    pub invited_at: DateTime<Utc>,
    /// How many of its people have a place in the run.
    pub enrolled: i64,
}

/// What an organisation asks for of one course.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn live_of(
    records: &mut impl Records,
    organisation: OrganisationId,
    course: CourseId,
) -> StoreResult<Option<Interest>> {
    fetch_optional!(records, LIVE_OF, organisation, course)
}

/// All that an organisation asks for, in the order of the catalogue.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn of_organisation(records: &mut impl Records, organisation: OrganisationId) -> StoreResult<Vec<Interest>> {
    fetch_all!(records, OF_ORGANISATION, organisation)
}

/// What organisations ask for, by unit and name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn live(records: &mut impl Records, which: &Which) -> StoreResult<Vec<Interest>> {
    let w = which;
    fetch_all!(records, LIVE, w.course, w.unit, w.everywhere, w.account, w.today)
}

/// Adds a wish; false when the organisation asks for the course already. Nothing is said of it yet.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn add(work: &mut Work, id: InterestId, organisation: OrganisationId, course: CourseId) -> StoreResult<bool> {
    Ok(execute!(work, ADD, id, organisation, course)? == 1)
}

/// Says a wish, for the `number`th time.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn say(
    work: &mut Work,
    id: Uuid,
    (interest, number): (InterestId, i64),
    wish: &Wish,
    by: AccountId,
    now: DateTime<Utc>,
) -> StoreResult<()> {
    execute!(work, SAY, id, interest, number, wish.people, write_months(&wish.months), &wish.note, now, by)?;
    Ok(())
}

/// Withdraws a wish; false when it was withdrawn already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn withdraw(work: &mut Work, id: InterestId, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, WITHDRAW, id, now, by)? == 1)
}

/// Invites an organisation to a run; false when it was invited already.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn invite(work: &mut Work, run: RunId, interest: &Interest, by: AccountId, now: DateTime<Utc>) -> StoreResult<bool> {
    Ok(execute!(work, INVITE, run, interest.organisation_id, interest.id, now, by)? == 1)
}

/// Who was invited to a run, by name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn invited(records: &mut impl Records, run: RunId) -> StoreResult<Vec<Invited>> {
    fetch_all!(records, INVITED, run)
}

/// The units in which organisations ask for something, by name.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn units(records: &mut impl Records) -> StoreResult<Vec<(UnitId, String)>> {
    type Row = (UnitId, String, String, Option<String>, Option<String>);
    let rows: Vec<Row> = fetch_all!(records, UNITS)?;
    let title = |(id, kind, name, above, district): (UnitId, String, String, Option<String>, Option<String>)| {
        (id, unit_title(&kind, &name, above.as_deref(), district.as_deref()))
    };
    Ok(rows.into_iter().map(title).collect())
}
