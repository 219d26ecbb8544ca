//! What waits for somebody, the longest waiting first: of each task the oldest few, and how many there are in all.
//!
//! Each statement answers for several tasks at once. What lies in whose scope stands in its conditions, by the grants
//! that hold on the day.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::ids::{AccountId, PersonId};
use domain::inbox::{FILL_DAYS, Task};
use domain::time::local_day;
use uuid::Uuid;

use crate::{Records, StoreResult};

/// The first $1 of each task, by age. The statement in it has the columns that are named here.
macro_rules! oldest {
    ($of:expr) => {
        concat!(
            "SELECT w.task, w.id, w.name, w.name_english, w.detail, w.year, w.amount, w.since, w.due, w.total FROM (
             SELECT x.task, x.id, x.name, x.name_english, x.detail, x.year, x.amount, x.since, x.due,
                 CAST(COUNT(*) OVER (PARTITION BY x.task) AS BIGINT) AS total,
                 ROW_NUMBER() OVER (PARTITION BY x.task ORDER BY x.since, x.id) AS place FROM (",
            $of,
            ") x) w WHERE w.place <= $1 ORDER BY w.since, w.id"
        )
    };
}

/// What is read of a form, as the task `$task`.
macro_rules! form {
    ($task:literal, $due:literal) => {
        concat!(
            "SELECT ",
            $task,
            " AS task, r.id, r.product_name AS name, r.product_name AS name_english, r.organisation_name AS detail, y.year,
             COALESCE(r.number, 0) AS amount, r.state_at AS since, ",
            $due,
            " AS due FROM registration r JOIN programme_year y ON y.id = r.year_id "
        )
    };
}

/// Whether the unit `$unit` lies in the scope of a unit officer's grant of account $2 on day $3.
macro_rules! of_officer {
    ($unit:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM role_grant g JOIN unit_cover c ON c.unit_id = g.unit_id WHERE g.account_id = $2 AND g.role = 'unit_officer'
                AND c.covered_id = ",
            $unit,
            " AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3))"
        )
    };
}

/// Whether account $2 represents the organisation `$organisation` on day $3.
macro_rules! represented {
    ($organisation:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = $2 AND g.role = 'representative' AND g.organisation_id = ",
            $organisation,
            " AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3))"
        )
    };
}

/// A run `r` whose first session has not begun at the moment that a parameter gives: its seats are kept until then.
macro_rules! not_begun {
    ($now:literal) => {
        concat!("NOT EXISTS (SELECT 1 FROM held_session s WHERE s.run_id = r.id AND s.starts_at <= ", $now, ")")
    };
}

/// The seats of run `r` that are nobody's.
macro_rules! seats_left {
    () => {
        "CAST(r.capacity - (SELECT COUNT(*) FROM enrolment e WHERE e.run_id = r.id AND e.withdrawn_at IS NULL)
            - (SELECT COALESCE(SUM(x.seats - x.gone), 0) FROM allotment_left x WHERE x.run_id = r.id)
            - (SELECT COUNT(*) FROM waiting_entry y JOIN offer f ON f.entry_id = y.id AND f.answer IS NULL
                WHERE y.run_id = r.id AND y.left_at IS NULL) AS BIGINT)"
    };
}

/// What is read of a run, as the task `$task`.
macro_rules! of_run {
    ($task:literal, $amount:literal, $since:literal, $due:literal) => {
        concat!(
            "SELECT '",
            $task,
            "' AS task, r.id, c.title AS name, c.title_english AS name_english, r.name AS detail, CAST(NULL AS BIGINT) AS year, ",
            $amount,
            " AS amount, ",
            $since,
            " AS since, ",
            $due,
            " AS due FROM run r JOIN course c ON c.id = r.course_id "
        )
    };
}

/// Whether person $4 planned the run or teaches in it, where $5 says that this counts.
macro_rules! own {
    () => {
        "($5 = TRUE AND (EXISTS (SELECT 1 FROM account a WHERE a.id = r.created_by AND a.person_id = $4)
            OR EXISTS (SELECT 1 FROM session_trainer t JOIN session o ON o.id = t.session_id WHERE o.run_id = r.id AND t.person_id = $4)))"
    };
}

statements! {
    // A draft can be sent while forms are received; one that came on paper waits for who keyed it in, too.
    FORMS_TO_SEND = oldest!(concat!(
        form!("CASE WHEN r.state = 'draft' THEN 'send_form' ELSE 'complete_form' END", "CASE WHEN r.state = 'draft' THEN v.closes ELSE r.due_on END"),
        "LEFT JOIN programme_window v ON v.year_id = r.year_id AND v.step = 2
         WHERE r.state IN ('draft', 'returned') AND ((r.source <> 'online' AND r.created_by = $2) OR r.organisation_id IN (SELECT g.organisation_id
             FROM role_grant g WHERE g.account_id = $2 AND g.role = 'representative' AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3)))"
    ));
    // What is evaluated waits for the opinion of each evaluator until it stands in a list.
    FORMS_TO_REVIEW = oldest!(concat!(
        form!("CASE WHEN r.state = 'submitted' THEN 'check_form' ELSE 'evaluate_form' END", "CAST(NULL AS DATE)"),
        "WHERE (r.state IN ('submitted', 'complete') OR (r.state = 'evaluated' AND NOT EXISTS (SELECT 1 FROM evaluation v
             WHERE v.registration_id = r.id AND v.evaluator_id = $2) AND NOT EXISTS (SELECT 1 FROM forwarding_entry e
             JOIN forwarding_list f ON f.id = e.list_id WHERE e.registration_id = r.id AND f.frozen_at IS NULL AND f.discarded_at IS NULL)))
         AND ", of_officer!("r.unit_id"), " UNION ALL ",
        form!("'list_form'", "CAST(NULL AS DATE)"),
        "WHERE r.state = 'evaluated' AND r.is_feasible = TRUE AND NOT EXISTS (SELECT 1 FROM forwarding_entry e
             JOIN forwarding_list f ON f.id = e.list_id WHERE e.registration_id = r.id AND f.frozen_at IS NULL AND f.discarded_at IS NULL)
         AND ", of_officer!("r.unit_id")
    ));
    // $4: whether lists of the whole province are answered.
    LISTS = oldest!(concat!(
        "SELECT CASE WHEN f.frozen_at IS NULL THEN 'freeze_list' WHEN f.forwarded_at IS NULL THEN 'forward_list'
             WHEN f.returned_at IS NULL THEN 'answer_list' ELSE 'replace_list' END AS task, f.id, COALESCE(f.number, '') AS name,
             COALESCE(f.number, '') AS name_english, u.kind || ' ' || u.name AS detail, y.year,
             (SELECT CAST(COUNT(*) AS BIGINT) FROM forwarding_entry e WHERE e.list_id = f.id) AS amount,
             COALESCE(f.returned_at, f.forwarded_at, f.frozen_at, f.created_at) AS since, CAST(NULL AS DATE) AS due
         FROM forwarding_list f JOIN programme_year y ON y.id = f.year_id JOIN unit u ON u.id = f.unit_id
         WHERE f.discarded_at IS NULL AND f.accepted_at IS NULL
         AND (($4 = TRUE AND f.forwarded_at IS NOT NULL AND f.returned_at IS NULL)
             OR ((f.forwarded_at IS NULL OR (f.returned_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM forwarding_list n WHERE n.replaces_id = f.id)))
                 AND ", of_officer!("f.unit_id"), "))"
    ));
    SELECTION = oldest!(
        "SELECT 'decide_product' AS task, r.id, r.product_name AS name, r.product_name AS name_english, r.organisation_name AS detail, y.year,
             COALESCE(r.number, 0) AS amount, f.accepted_at AS since, CAST(NULL AS DATE) AS due
         FROM forwarding_list f JOIN forwarding_entry e ON e.list_id = f.id JOIN registration r ON r.id = e.registration_id
         JOIN programme_year y ON y.id = r.year_id WHERE f.accepted_at IS NOT NULL AND r.state = 'forwarded'
         UNION ALL SELECT 'publish_decision' AS task, d.id, d.number AS name, d.number AS name_english, '' AS detail, y.year,
             (SELECT CAST(COUNT(DISTINCT e.registration_id) AS BIGINT) FROM registration_event e WHERE e.decision_id = d.id) AS amount,
             d.created_at AS since, CAST(NULL AS DATE) AS due
         FROM selection_decision d JOIN programme_year y ON y.id = d.year_id WHERE d.published_at IS NULL"
    );
    // $4 and $5: see own!(); $6: whether runs of the whole province are closed and certified; $7: now;
    // $8: the last first day of runs that are looked at for too few people.
    RUNS = oldest!(concat!(
        of_run!("publish_run", "r.capacity", "r.created_at", "r.enrolment_deadline"),
        "WHERE r.published_at IS NULL AND r.cancelled_at IS NULL AND ", own!(),
        " UNION ALL ",
        of_run!("fill_run", "r.minimum - d.taken", "r.published_at", "d.first_day"),
        "JOIN (SELECT n.id, (SELECT MIN(s.day) FROM held_session s WHERE s.run_id = n.id) AS first_day,
             (SELECT CAST(COUNT(*) AS BIGINT) FROM enrolment e WHERE e.run_id = n.id AND e.withdrawn_at IS NULL) AS taken
             FROM run n WHERE n.minimum > 0) d ON d.id = r.id AND d.taken < r.minimum AND d.first_day BETWEEN $3 AND $8
         WHERE r.published_at IS NOT NULL AND r.cancelled_at IS NULL AND r.closed_at IS NULL AND ($6 = TRUE OR ", own!(), ")
         UNION ALL ",
        of_run!("close_run", "(SELECT CAST(COUNT(*) AS BIGINT) FROM enrolment e WHERE e.run_id = r.id AND e.withdrawn_at IS NULL)", "d.ended_at", "CAST(NULL AS DATE)"),
        "JOIN (SELECT run_id, MAX(ends_at) AS ended_at FROM held_session GROUP BY run_id) d ON d.run_id = r.id AND d.ended_at <= $7
         WHERE r.published_at IS NOT NULL AND r.cancelled_at IS NULL AND r.closed_at IS NULL AND ($6 = TRUE OR ", own!(), ")
         UNION ALL SELECT 'keep_register' AS task, s.id, c.title AS name, c.title_english AS name_english, r.name AS detail, CAST(NULL AS BIGINT) AS year,
             m.unmarked AS amount, s.ends_at AS since, CAST(NULL AS DATE) AS due
         FROM run r JOIN course c ON c.id = r.course_id JOIN held_session s ON s.run_id = r.id AND s.ends_at <= $7
         JOIN (SELECT s.id, CAST(COUNT(*) AS BIGINT) AS unmarked FROM run r JOIN held_session s ON s.run_id = r.id
             JOIN enrolment e ON e.run_id = r.id AND e.withdrawn_at IS NULL
             WHERE r.closed_at IS NULL AND NOT EXISTS (SELECT 1 FROM mark m WHERE m.session_id = s.id AND m.enrolment_id = e.id)
             GROUP BY s.id) m ON m.id = s.id
         WHERE r.published_at IS NOT NULL AND r.cancelled_at IS NULL AND r.closed_at IS NULL AND (", own!(), " OR ", of_officer!("r.unit_id"), ")
         UNION ALL ",
        of_run!("issue_certificates", "d.people", "r.closed_at", "CAST(NULL AS DATE)"),
        // A certificate that was revoked was issued once: whether another follows is somebody's decision, no duty.
        "JOIN (SELECT k.run_id, CAST(COUNT(*) AS BIGINT) AS people FROM completion k JOIN enrolment e ON e.id = k.enrolment_id
             WHERE k.outcome = 'completed' AND e.withdrawn_at IS NULL
                 AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.enrolment_id = k.enrolment_id AND c.revoked_at IS NULL)
                 AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.run_id = k.run_id AND c.enrolment_id = k.enrolment_id)
             GROUP BY k.run_id) d ON d.run_id = r.id WHERE r.closed_at IS NOT NULL AND $6 = TRUE"
    ));
    // Classes of courses that organisations must complete in year $4, whose days are $5 to $6, with free seats.
    OPEN_RUNS = oldest!(concat!(
        "SELECT 'enrol_people' AS task, r.id, c.title AS name, c.title_english AS name_english, o.name AS detail, CAST(NULL AS BIGINT) AS year,
             ", seats_left!(), " AS amount,
             r.published_at AS since, r.enrolment_deadline AS due
         FROM (SELECT DISTINCT g.organisation_id AS id FROM role_grant g WHERE g.account_id = $2 AND g.role = 'representative'
             AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3)) w
         JOIN organisation o ON o.id = w.id AND o.kind <> 'state_body' JOIN requirement q ON q.year = $4 AND q.audience = 'organisations'
         JOIN course c ON c.id = q.course_id JOIN run r ON r.course_id = q.course_id
         WHERE r.published_at IS NOT NULL AND r.cancelled_at IS NULL AND r.closed_at IS NULL AND r.enrolment_deadline >= $3
         AND r.audience IN ('organisations', 'everyone')
         AND EXISTS (SELECT 1 FROM held_session s WHERE s.run_id = r.id AND s.day BETWEEN $5 AND $6)
         AND ", seats_left!(), " > 0
         AND (r.selection_year IS NULL
             OR EXISTS (SELECT 1 FROM selected_product f WHERE f.organisation_id = o.id AND f.year = r.selection_year)
             OR EXISTS (SELECT 1 FROM eligibility_exception p WHERE p.run_id = r.id AND p.organisation_id = o.id
                 AND p.withdrawn_at IS NULL))
         AND NOT EXISTS (SELECT 1 FROM run_invitation v WHERE v.run_id = r.id AND v.organisation_id = o.id)
         AND NOT EXISTS (SELECT 1 FROM enrolment e JOIN run n ON n.id = e.run_id WHERE e.organisation_id = o.id AND e.withdrawn_at IS NULL
             AND n.course_id = q.course_id AND n.cancelled_at IS NULL AND EXISTS (SELECT 1 FROM held_session s WHERE s.run_id = n.id AND s.day BETWEEN $5 AND $6)
             AND (n.closed_at IS NULL OR EXISTS (SELECT 1 FROM completion k WHERE k.enrolment_id = e.id AND k.outcome = 'completed')))"
    ));
    // Published classes with free seats to which an organisation that asked for them was invited and in which it has nobody.
    INVITATIONS = oldest!(concat!(
        "SELECT 'answer_invitation' AS task, r.id, c.title AS name, c.title_english AS name_english, o.name AS detail, CAST(NULL AS BIGINT) AS year,
             ", seats_left!(), " AS amount,
             CASE WHEN v.invited_at > r.published_at THEN v.invited_at ELSE r.published_at END AS since, r.enrolment_deadline AS due
         FROM (SELECT DISTINCT g.organisation_id AS id FROM role_grant g WHERE g.account_id = $2 AND g.role = 'representative'
             AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3)) w
         JOIN run_invitation v ON v.organisation_id = w.id JOIN organisation o ON o.id = w.id JOIN run r ON r.id = v.run_id
         JOIN course c ON c.id = r.course_id
         WHERE r.published_at IS NOT NULL AND r.cancelled_at IS NULL AND r.closed_at IS NULL AND r.enrolment_deadline >= $3
         AND ", seats_left!(), " > 0
         AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.run_id = r.id AND e.organisation_id = o.id AND e.withdrawn_at IS NULL)"
    ));
    // Requests that came back to the organisations somebody represents, while one of their runs takes people.
    RETURNED_REQUESTS = oldest!(
        "SELECT 'complete_request' AS task, q.id, c.title AS name, c.title_english AS name_english, p.full_name AS detail, CAST(NULL AS BIGINT) AS year,
             CAST(1 AS BIGINT) AS amount, q.state_at AS since, MIN(r.enrolment_deadline) AS due
         FROM request q JOIN course c ON c.id = q.course_id JOIN person p ON p.id = q.person_id
         JOIN request_choice w ON w.request_id = q.id AND w.number = q.asked_number JOIN run r ON r.id = w.run_id
         WHERE q.state = 'returned' AND q.closed_at IS NULL AND r.enrolment_deadline >= $3 AND r.published_at IS NOT NULL
             AND r.cancelled_at IS NULL AND r.closed_at IS NULL AND q.organisation_id IN (SELECT g.organisation_id FROM role_grant g
             WHERE g.account_id = $2 AND g.role = 'representative' AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3))
         GROUP BY q.id, c.title, c.title_english, p.full_name, q.state_at"
    );
    // Requests that wait for a decision, by the run of their first choice; $4: those of the whole province, too.
    REQUESTS = oldest!(concat!(
        "SELECT 'decide_requests' AS task, r.id, c.title AS name, c.title_english AS name_english, r.name AS detail, CAST(NULL AS BIGINT) AS year,
             CAST(COUNT(*) AS BIGINT) AS amount, MIN(q.state_at) AS since, r.enrolment_deadline AS due
         FROM request q JOIN request_choice w ON w.request_id = q.id AND w.number = q.asked_number AND w.place = 1
         JOIN run r ON r.id = w.run_id JOIN course c ON c.id = r.course_id JOIN organisation o ON o.id = q.organisation_id
         WHERE q.closed_at IS NULL AND r.cancelled_at IS NULL AND r.closed_at IS NULL
             AND ((q.state = 'waiting_province' AND $4 = TRUE) OR (q.state = 'waiting_unit' AND ", of_officer!("o.unit_id"), "))
         GROUP BY r.id, c.title, c.title_english, r.name, r.enrolment_deadline"
    ));
    // Seats that are held for people of organisations that somebody represents: the one that is lost first is the first; $4: now.
    OFFERS = concat!(
        "SELECT 'answer_offer' AS task, r.id, c.title AS name, c.title_english AS name_english, p.full_name AS detail, CAST(NULL AS BIGINT) AS year,
             CAST(1 AS BIGINT) AS amount, f.offered_at AS since, CAST(NULL AS DATE) AS due, f.expires_at AS until,
             CAST(COUNT(*) OVER () AS BIGINT) AS total
         FROM offer f JOIN waiting_entry w ON w.id = f.entry_id AND w.left_at IS NULL JOIN person p ON p.id = w.person_id
         JOIN run r ON r.id = w.run_id JOIN course c ON c.id = r.course_id
         WHERE f.answer IS NULL AND f.expires_at > $4 AND r.cancelled_at IS NULL AND r.closed_at IS NULL
             AND r.enrolment_deadline >= $3 AND ", not_begun!("$4"), " AND ", represented!("w.organisation_id"),
        " ORDER BY f.expires_at, f.id LIMIT $1"
    );
    // Seats that organisations were promised that somebody represents ($4), and units whose officer somebody is ($5); $6: now.
    SEATS = oldest!(concat!(
        "SELECT 'name_seats' AS task, r.id, c.title AS name, c.title_english AS name_english, o.name AS detail, CAST(NULL AS BIGINT) AS year,
             CAST(a.seats - a.named AS BIGINT) AS amount, a.created_at AS since, a.until_day AS due
         FROM (SELECT n.run_id, n.organisation_id, n.seats, n.until_day, n.created_at,
             (SELECT COUNT(*) FROM enrolment e WHERE e.allotment_id = n.id AND e.withdrawn_at IS NULL)
             + (SELECT COUNT(*) FROM offer f WHERE f.allotment_id = n.id AND f.answer IS NULL) AS named
             FROM current_allotment n WHERE n.ended_at IS NULL AND n.until_day >= $3 AND n.organisation_id IS NOT NULL) a
         JOIN organisation o ON o.id = a.organisation_id JOIN run r ON r.id = a.run_id JOIN course c ON c.id = r.course_id
         WHERE $4 = TRUE AND a.seats > a.named AND r.published_at IS NOT NULL AND r.cancelled_at IS NULL AND r.closed_at IS NULL
             AND r.enrolment_deadline >= $3 AND ", not_begun!("$6"), " AND ", represented!("a.organisation_id"),
        " UNION ALL SELECT 'divide_seats' AS task, a.id, c.title AS name, c.title_english AS name_english, u.kind || ' ' || u.name AS detail,
             CAST(NULL AS BIGINT) AS year, CAST(a.seats - a.gone AS BIGINT) AS amount, a.created_at AS since, a.until_day AS due
         FROM (SELECT n.id, n.run_id, n.unit_id, n.seats, n.until_day, n.created_at,
             (SELECT COUNT(*) FROM enrolment e WHERE e.allotment_id = n.id AND e.withdrawn_at IS NULL)
             + (SELECT COALESCE(SUM(b.seats), 0) FROM current_allotment b WHERE b.parent_id = n.id AND b.ended_at IS NULL) AS gone
             FROM current_allotment n WHERE n.ended_at IS NULL AND n.until_day >= $3 AND n.unit_id IS NOT NULL) a
         JOIN unit u ON u.id = a.unit_id JOIN run r ON r.id = a.run_id JOIN course c ON c.id = r.course_id
         WHERE $5 = TRUE AND a.seats > a.gone AND r.published_at IS NOT NULL AND r.cancelled_at IS NULL AND r.closed_at IS NULL
             AND r.enrolment_deadline >= $3 AND ", not_begun!("$6"), " AND ", of_officer!("a.unit_id")
    ));
}

/// Something that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Waiting {
    /// What is to be done.
    pub task: Task,
    /// To what: a form, a list, a decision, a run, an allotment, or the session whose register it is.
    pub id: Uuid,
    /// The product, the number of the list or decision, the title of the course in Vietnamese; empty for a list that has
    /// no number yet.
    pub name: String,
    /// The same in English.
    pub name_english: String,
    /// The organisation, the unit of a list, what tells a run from others of its course; empty for a decision.
    pub detail: String,
    /// The programme year of forms, lists and decisions.
    pub year: Option<i64>,
    /// How many: forms of a list, products of a decision, people of a run or without a mark, free seats; the number of a
    /// form, 0 while it has none.
    pub amount: i64,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// Its last day.
    pub due: Option<NaiveDate>,
    /// The moment after which it is lost, where that is no whole day.
    #[sqlx(default)]
    pub until: Option<DateTime<Utc>>,
    /// How many things wait with the same task, these among them.
    pub total: i64,
}

/// For whom something waits, on which day, and how much of each task is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Whose {
    /// The account.
    pub account: AccountId,
    /// Whose account it is.
    pub person: PersonId,
    /// The day on which grants hold.
    pub today: NaiveDate,
    /// The most things of each task.
    pub most: i64,
}

/// Forms to be sent or completed: of the organisations that somebody represents, and those they keyed in from paper.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn forms_to_send(records: &mut impl Records, whose: &Whose) -> StoreResult<Vec<Waiting>> {
    fetch_all!(records, FORMS_TO_SEND, whose.most, whose.account, whose.today)
}

/// Forms to be checked, evaluated and listed in the units of an officer.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn forms_to_review(records: &mut impl Records, whose: &Whose) -> StoreResult<Vec<Waiting>> {
    fetch_all!(records, FORMS_TO_REVIEW, whose.most, whose.account, whose.today)
}

/// Lists to be frozen, forwarded and replaced in the units of an officer; `answers` says that those of the whole province
/// wait for an answer, too.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn lists(records: &mut impl Records, whose: &Whose, answers: bool) -> StoreResult<Vec<Waiting>> {
    fetch_all!(records, LISTS, whose.most, whose.account, whose.today, answers)
}

/// Products to be decided on, and decisions to be published, of the whole province.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn selection(records: &mut impl Records, whose: &Whose) -> StoreResult<Vec<Waiting>> {
    fetch_all!(records, SELECTION, whose.most)
}

/// Runs to be published, filled, kept a register of, closed and certified: `own` ones that somebody planned or teaches, those in
/// the units of an officer, those of `everywhere`.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn runs(
    records: &mut impl Records,
    whose: &Whose,
    own: bool,
    everywhere: bool,
    now: DateTime<Utc>,
) -> StoreResult<Vec<Waiting>> {
    let soon = whose.today + Duration::days(FILL_DAYS);
    fetch_all!(records, RUNS, whose.most, whose.account, whose.today, whose.person, own, everywhere, now, soon)
}

/// Runs of courses that are required of organisations in a year, which somebody's organisation may join and has nobody in.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn open_runs(
    records: &mut impl Records,
    whose: &Whose,
    year: i64,
    days: (NaiveDate, NaiveDate),
) -> StoreResult<Vec<Waiting>> {
    fetch_all!(records, OPEN_RUNS, whose.most, whose.account, whose.today, year, days.0, days.1)
}

/// Runs that somebody's organisation asked for and is invited to, and has nobody in.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn invitations(records: &mut impl Records, whose: &Whose) -> StoreResult<Vec<Waiting>> {
    fetch_all!(records, INVITATIONS, whose.most, whose.account, whose.today)
}

/// Requests of somebody's organisations that were returned.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn returned_requests(records: &mut impl Records, whose: &Whose) -> StoreResult<Vec<Waiting>> {
    fetch_all!(records, RETURNED_REQUESTS, whose.most, whose.account, whose.today)
}

/// Requests that wait for the decision of a unit, in the units of an officer; `province` says that those which wait for the
/// province do too.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn requests(records: &mut impl Records, whose: &Whose, province: bool) -> StoreResult<Vec<Waiting>> {
    fetch_all!(records, REQUESTS, whose.most, whose.account, whose.today, province)
}

/// Seats that are held for people of one's organisations, the one that is lost first before the others.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn offers(records: &mut impl Records, whose: &Whose, now: DateTime<Utc>) -> StoreResult<Vec<Waiting>> {
    let found: Vec<Waiting> = fetch_all!(records, OFFERS, whose.most, whose.account, whose.today, now)?;
    Ok(found.into_iter().map(|thing| Waiting { due: thing.until.map(local_day), ..thing }).collect())
}

/// Seats that one's organisations were promised, where `names`; seats that one's units were promised and that are not
/// divided, where `divides`.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn seats(
    records: &mut impl Records,
    whose: &Whose,
    (names, divides): (bool, bool),
    now: DateTime<Utc>,
) -> StoreResult<Vec<Waiting>> {
    fetch_all!(records, SEATS, whose.most, whose.account, whose.today, names, divides, now)
}
