//! What must always hold (design.md §4), each as one statement that finds where it does not.
//!
//! A statement is named after what is wrong, and gives the subject and a detail of each case. It reads one consistent
//! state, so it may run while others write. What SQL cannot recompute (hashes) is checked in `operations::doctor`.

pub(crate) mod door;
pub(crate) mod feeds;
pub(crate) mod forms;
pub(crate) mod people;
pub(crate) mod plans;
pub(crate) mod registers;
pub(crate) mod requests;
pub(crate) mod rosters;
pub(crate) mod seats;
pub(crate) mod units;

use uuid::Uuid;

use crate::{Records, StoreResult};

/// Two sessions `s` and `o` of different published runs at the same time.
macro_rules! two_sessions {
    () => {
        "FROM held_session s JOIN held_session o ON o.day = s.day AND o.run_id <> s.run_id AND o.id > s.id
            AND o.starts_at < s.ends_at AND o.ends_at > s.starts_at
        JOIN run r ON r.id = s.run_id AND r.published_at IS NOT NULL AND r.cancelled_at IS NULL
        JOIN run q ON q.id = o.run_id AND q.published_at IS NOT NULL AND q.cancelled_at IS NULL"
    };
}

/// The answer `c` speaks of these two sessions, from whichever side.
macro_rules! answered {
    () => {
        "((c.session_id = s.id AND c.other_session_id = o.id) OR (c.session_id = o.id AND c.other_session_id = s.id))"
    };
}

statements! {
    RUN_OVER_CAPACITY = "SELECT r.id, CAST(COUNT(*) AS TEXT) FROM run r JOIN enrolment e ON e.run_id = r.id AND e.withdrawn_at IS NULL
        GROUP BY r.id, r.capacity HAVING COUNT(*) > r.capacity";
    TWO_LIVE_ENROLMENTS = "SELECT person_id, CAST(COUNT(*) AS TEXT) FROM enrolment WHERE withdrawn_at IS NULL
        GROUP BY run_id, person_id HAVING COUNT(*) > 1";
    // What was true on enrolling counts: a selection that was published and later put right, or an exception. Whether the
    // selection still held in that very moment is not asked, since both may have happened at once.
    ENROLLED_WITHOUT_SELECTION = "SELECT e.id, e.organisation_name FROM enrolment e JOIN run r ON r.id = e.run_id
        WHERE r.selection_year IS NOT NULL AND e.withdrawn_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM eligibility_exception x WHERE x.run_id = e.run_id AND x.organisation_id = e.organisation_id
            AND x.granted_at <= e.enrolled_at AND (x.withdrawn_at IS NULL OR x.withdrawn_at >= e.enrolled_at))
        AND NOT EXISTS (SELECT 1 FROM registration f JOIN programme_year y ON y.id = f.year_id JOIN registration_event v ON v.registration_id = f.id
            JOIN selection_decision d ON d.id = v.decision_id WHERE f.organisation_id = e.organisation_id AND y.year = r.selection_year
            AND v.step = 'select' AND d.published_at <= e.enrolled_at)";
    // An index forbids it; a restored or hand-made file may hold it all the same.
    TWO_LIVE_EXCEPTIONS = "SELECT run_id, CAST(COUNT(*) AS TEXT) FROM eligibility_exception WHERE withdrawn_at IS NULL
        GROUP BY run_id, organisation_id HAVING COUNT(*) > 1";
    EXCEPTION_WITHDRAWN_BEFORE_IT_WAS_GRANTED = "SELECT id, reason FROM eligibility_exception WHERE withdrawn_at < granted_at";
    SELECTION_OF_OTHERS = "SELECT r.id, r.audience FROM run r WHERE r.selection_year IS NOT NULL AND (r.audience <> 'organisations'
        OR NOT EXISTS (SELECT 1 FROM programme_year y WHERE y.year = r.selection_year))";
    MARK_OF_ANOTHER_RUN = "SELECT m.id, m.status FROM mark m JOIN session s ON s.id = m.session_id
        JOIN enrolment e ON e.id = m.enrolment_id WHERE e.run_id <> s.run_id";
    MARK_OF_A_CANCELLED_SESSION = "SELECT m.id, m.status FROM mark m JOIN session s ON s.id = m.session_id WHERE s.cancelled_at IS NOT NULL";
    TRAINER_IN_TWO_PLACES = concat!("SELECT t.person_id, CAST(s.day AS TEXT) ", two_sessions!(), "
        JOIN session_trainer t ON t.session_id = s.id JOIN session_trainer w ON w.session_id = o.id AND w.person_id = t.person_id
        WHERE NOT EXISTS (SELECT 1 FROM clash_override c WHERE c.kind = 'trainer_twice' AND c.subject_id = t.person_id AND ", answered!(), ")");
    ROOM_WITH_TWO_SESSIONS = concat!("SELECT s.room_id, CAST(s.day AS TEXT) ", two_sessions!(), "
        WHERE s.room_id = o.room_id
        AND NOT EXISTS (SELECT 1 FROM clash_override c WHERE c.kind = 'room_twice' AND c.subject_id = s.room_id AND ", answered!(), ")");
    PARTICIPANT_IN_TWO_PLACES = concat!("SELECT e.person_id, CAST(s.day AS TEXT) ", two_sessions!(), "
        JOIN enrolment e ON e.run_id = s.run_id AND e.withdrawn_at IS NULL
        JOIN enrolment f ON f.run_id = o.run_id AND f.withdrawn_at IS NULL AND f.person_id = e.person_id
        WHERE NOT EXISTS (SELECT 1 FROM clash_override c WHERE c.kind = 'participant_twice' AND c.subject_id = e.person_id AND ", answered!(), ")");
    // The last version is what holds.
    VERSION_MISSING = "SELECT r.id, r.name FROM run r WHERE r.published_at IS NOT NULL
        AND EXISTS (SELECT 1 FROM publication u WHERE u.run_id = r.id)
        AND (SELECT COUNT(*) FROM publication u WHERE u.run_id = r.id) <> (SELECT MAX(u.version) FROM publication u WHERE u.run_id = r.id)";
    MARK_AFTER_WITHDRAWAL = "SELECT m.id, m.status FROM mark m JOIN enrolment e ON e.id = m.enrolment_id WHERE m.marked_at > e.withdrawn_at";
    MARK_REPLACES_A_STRANGER = "SELECT m.id, m.status FROM mark m JOIN mark o ON o.id = m.replaces_id
        WHERE o.session_id <> m.session_id OR o.enrolment_id <> m.enrolment_id OR o.marked_at > m.marked_at";
    // A chain has one last link; none in a circle, several where it forks.
    MARK_CHAIN_BROKEN = "SELECT m.id, m.status FROM mark m WHERE m.replaces_id IS NULL
        AND (SELECT COUNT(*) FROM current_mark c WHERE c.enrolment_id = m.enrolment_id AND c.session_id = m.session_id) <> 1
        UNION SELECT m.id, m.status FROM mark m WHERE m.replaces_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM mark f WHERE f.enrolment_id = m.enrolment_id AND f.session_id = m.session_id AND f.replaces_id IS NULL)";
    DECISION_OF_ANOTHER_RUN = "SELECT d.id, d.outcome FROM completion_decision d JOIN enrolment e ON e.id = d.enrolment_id
        WHERE e.run_id <> d.run_id";
    DECISION_BEFORE_CLOSING = "SELECT d.id, d.outcome FROM completion_decision d JOIN run r ON r.id = d.run_id WHERE r.closed_at IS NULL";
    CLOSED_WITHOUT_DECISION = "SELECT e.id, e.person_name FROM enrolment e JOIN run r ON r.id = e.run_id
        WHERE r.closed_at IS NOT NULL AND e.withdrawn_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM completion_decision d WHERE d.enrolment_id = e.id)";
    CERTIFICATE_WITHOUT_DECISION = "SELECT c.id, c.serial FROM certificate c WHERE NOT EXISTS (SELECT 1 FROM completion_decision d
        JOIN enrolment e ON e.id = d.enrolment_id
        WHERE d.id = c.decision_id AND d.enrolment_id = c.enrolment_id AND d.run_id = c.run_id AND e.person_id = c.person_id)";
    CERTIFICATE_WITHOUT_COMPLETION = "SELECT c.id, c.serial FROM certificate c JOIN completion d ON d.decision_id = c.decision_id
        WHERE c.revoked_at IS NULL AND d.outcome <> 'completed'";
    TWO_LIVE_CERTIFICATES = "SELECT enrolment_id, CAST(COUNT(*) AS TEXT) FROM certificate WHERE revoked_at IS NULL
        GROUP BY enrolment_id HAVING COUNT(*) > 1";
    // Numbers 1 to the last given, each once: as many rows as numbers, and the first and last where they belong.
    SERIAL_GAP = "SELECT n.book_id, CAST(n.year AS TEXT) FROM certificate_counter n
        LEFT JOIN certificate c ON c.book_id = n.book_id AND c.year = n.year GROUP BY n.book_id, n.year, n.last_number
        HAVING COUNT(c.number) <> n.last_number OR COUNT(DISTINCT c.number) <> n.last_number OR MIN(c.number) <> 1
        OR MAX(c.number) <> n.last_number";
    SERIAL_WITHOUT_COUNTER = "SELECT c.id, c.serial FROM certificate c
        WHERE NOT EXISTS (SELECT 1 FROM certificate_counter n WHERE n.book_id = c.book_id AND n.year = c.year)";
    WEIGHTS_NOT_HUNDRED = "SELECT year_id, CAST(SUM(weight) AS TEXT) FROM evaluation_criterion GROUP BY year_id HAVING SUM(weight) <> 100";
    // A list that was frozen and neither returned nor discarded holds its forms; each of them in one such list alone.
    FORM_IN_TWO_LISTS = "SELECT e.registration_id, CAST(COUNT(*) AS TEXT) FROM forwarding_entry e JOIN forwarding_list f ON f.id = e.list_id
        WHERE f.frozen_at IS NOT NULL AND f.returned_at IS NULL AND f.discarded_at IS NULL GROUP BY e.registration_id HAVING COUNT(*) > 1";
    FORM_IN_TWO_DRAFTS = "SELECT e.registration_id, CAST(COUNT(*) AS TEXT) FROM forwarding_entry e JOIN forwarding_list f ON f.id = e.list_id
        WHERE f.frozen_at IS NULL AND f.discarded_at IS NULL GROUP BY e.registration_id HAVING COUNT(*) > 1";
    LISTED_WITHOUT_EVENT = "SELECT e.registration_id, COALESCE(f.number, '') FROM forwarding_entry e JOIN forwarding_list f ON f.id = e.list_id
        WHERE f.frozen_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM registration_event v
            WHERE v.registration_id = e.registration_id AND v.list_id = f.id AND v.step = 'list')";
    // Listed or forwarded, a form stands in a list that was; and the forms of such a list stand where it does.
    LISTED_WITHOUT_LIST = "SELECT r.id, r.state FROM registration r WHERE r.state IN ('listed', 'forwarded')
        AND NOT EXISTS (SELECT 1 FROM forwarding_entry e JOIN forwarding_list f ON f.id = e.list_id WHERE e.registration_id = r.id
            AND f.frozen_at IS NOT NULL AND f.returned_at IS NULL AND f.discarded_at IS NULL
            AND (f.forwarded_at IS NOT NULL) = (r.state = 'forwarded'))";
    LIST_WITHOUT_ITS_FORM = "SELECT r.id, r.state FROM registration r JOIN forwarding_entry e ON e.registration_id = r.id
        JOIN forwarding_list f ON f.id = e.list_id WHERE f.frozen_at IS NOT NULL AND f.returned_at IS NULL AND f.discarded_at IS NULL
        AND ((f.forwarded_at IS NULL AND r.state <> 'listed')
            OR (f.forwarded_at IS NOT NULL AND r.state NOT IN ('forwarded', 'selected', 'not_selected')))";
    LIST_OF_ANOTHER_UNIT = "SELECT e.registration_id, COALESCE(f.number, '') FROM forwarding_entry e JOIN forwarding_list f ON f.id = e.list_id
        JOIN registration r ON r.id = e.registration_id WHERE r.unit_id <> f.unit_id OR r.year_id <> f.year_id";
    DECIDED_WITHOUT_DECISION = "SELECT r.id, r.state FROM registration r JOIN registration_event v ON v.registration_id = r.id
        WHERE r.state IN ('selected', 'not_selected') AND v.decision_id IS NULL
        AND NOT EXISTS (SELECT 1 FROM registration_event n WHERE n.registration_id = r.id AND n.number > v.number)";
    DECISION_OF_ANOTHER_YEAR = "SELECT v.id, d.number FROM registration_event v JOIN selection_decision d ON d.id = v.decision_id
        JOIN registration r ON r.id = v.registration_id WHERE r.year_id <> d.year_id OR v.step NOT IN ('select', 'reject')";
    // Foreign keys forbid these; a restored or hand-made file may hold them all the same.
    ORPHAN = "SELECT id, 'membership' FROM membership x WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.person_id)
            OR NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = x.organisation_id)
        UNION ALL SELECT id, 'organisation' FROM organisation x WHERE NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = x.unit_id)
        UNION ALL SELECT id, 'account' FROM account x WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.person_id)
        UNION ALL SELECT id, 'role_grant' FROM role_grant x WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = x.account_id)
        UNION ALL SELECT id, 'run' FROM run x WHERE NOT EXISTS (SELECT 1 FROM course c WHERE c.id = x.course_id)
            OR NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = x.unit_id)
        UNION ALL SELECT id, 'session' FROM session x WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.id = x.run_id)
        UNION ALL SELECT session_id, 'session_trainer' FROM session_trainer x
            WHERE NOT EXISTS (SELECT 1 FROM session s WHERE s.id = x.session_id) OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.person_id)
        UNION ALL SELECT id, 'enrolment' FROM enrolment x WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.id = x.run_id)
            OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.person_id)
            OR NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = x.organisation_id)
        UNION ALL SELECT id, 'eligibility_exception' FROM eligibility_exception x WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.id = x.run_id)
            OR NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = x.organisation_id)
        UNION ALL SELECT id, 'mark' FROM mark x WHERE NOT EXISTS (SELECT 1 FROM session s WHERE s.id = x.session_id)
            OR NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.id = x.enrolment_id)
            OR (replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM mark o WHERE o.id = x.replaces_id))
        UNION ALL SELECT id, 'completion_decision' FROM completion_decision x
            WHERE NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.id = x.enrolment_id)
        UNION ALL SELECT id, 'completion_override' FROM completion_override x
            WHERE NOT EXISTS (SELECT 1 FROM completion_decision d WHERE d.id = x.decision_id)
        UNION ALL SELECT id, 'requirement' FROM requirement x WHERE NOT EXISTS (SELECT 1 FROM course c WHERE c.id = x.course_id)
        UNION ALL SELECT year_id, 'programme_window' FROM programme_window x WHERE NOT EXISTS (SELECT 1 FROM programme_year y WHERE y.id = x.year_id)
        UNION ALL SELECT id, 'evaluation_criterion' FROM evaluation_criterion x
            WHERE NOT EXISTS (SELECT 1 FROM programme_year y WHERE y.id = x.year_id)
        UNION ALL SELECT id, 'certificate' FROM certificate x WHERE NOT EXISTS (SELECT 1 FROM certificate_book b WHERE b.id = x.book_id)
        UNION ALL SELECT certificate_id, 'certificate_paper' FROM certificate_paper x
            WHERE NOT EXISTS (SELECT 1 FROM certificate c WHERE c.id = x.certificate_id)
        UNION ALL SELECT id, 'forwarding_list' FROM forwarding_list x WHERE NOT EXISTS (SELECT 1 FROM programme_year y WHERE y.id = x.year_id)
            OR NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = x.unit_id)
        UNION ALL SELECT registration_id, 'forwarding_entry' FROM forwarding_entry x
            WHERE NOT EXISTS (SELECT 1 FROM forwarding_list f WHERE f.id = x.list_id)
            OR NOT EXISTS (SELECT 1 FROM registration r WHERE r.id = x.registration_id)
        UNION ALL SELECT id, 'selection_decision' FROM selection_decision x
            WHERE NOT EXISTS (SELECT 1 FROM programme_year y WHERE y.id = x.year_id)
        UNION ALL SELECT id, 'registration_event' FROM registration_event x WHERE
            (decision_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM selection_decision d WHERE d.id = x.decision_id))
            OR (list_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM forwarding_list f WHERE f.id = x.list_id))";
    // An import is told by its event alone, and what was removed by the event that says so.
    EVENT_WITHOUT_SUBJECT = "SELECT v.id, v.subject_kind FROM event v WHERE v.subject_kind <> 'import'
        AND NOT EXISTS (SELECT 1 FROM event g WHERE g.subject_id = v.subject_id AND g.verb = v.subject_kind || '_removed') AND NOT (
        (v.subject_kind = 'unit' AND EXISTS (SELECT 1 FROM unit x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'organisation' AND EXISTS (SELECT 1 FROM organisation x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'person' AND EXISTS (SELECT 1 FROM person x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'account' AND EXISTS (SELECT 1 FROM account x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'course' AND EXISTS (SELECT 1 FROM course x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'run' AND EXISTS (SELECT 1 FROM run x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'session' AND EXISTS (SELECT 1 FROM session x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'enrolment' AND EXISTS (SELECT 1 FROM enrolment x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'requirement' AND EXISTS (SELECT 1 FROM requirement x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'certificate' AND EXISTS (SELECT 1 FROM certificate x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'programme_year' AND EXISTS (SELECT 1 FROM programme_year x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'registration' AND EXISTS (SELECT 1 FROM registration x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'forwarding_list' AND EXISTS (SELECT 1 FROM forwarding_list x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'selection_decision' AND EXISTS (SELECT 1 FROM selection_decision x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'venue' AND EXISTS (SELECT 1 FROM venue x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'room' AND EXISTS (SELECT 1 FROM room x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'plan_line' AND EXISTS (SELECT 1 FROM plan_line x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'interest' AND EXISTS (SELECT 1 FROM interest x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'request' AND EXISTS (SELECT 1 FROM request x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'placing' AND EXISTS (SELECT 1 FROM request_placing x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'holiday' AND EXISTS (SELECT 1 FROM holiday x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'walk_in' AND EXISTS (SELECT 1 FROM walk_in x WHERE x.id = v.subject_id))
        OR (v.subject_kind = 'certificate_book' AND EXISTS (SELECT 1 FROM certificate_book x WHERE x.id = v.subject_id)))";
}

/// Where an invariant does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// What is wrong: the name of the statement that found it.
    pub invariant: &'static str,
    /// The record it was found at.
    pub subject: Uuid,
    /// What else there is to know: a count, a status, the noun.
    pub detail: String,
}

/// Every violation that a statement finds.
///
/// # Errors
/// [`crate::StoreError::Database`].
pub async fn violations(records: &mut impl Records) -> StoreResult<Vec<Violation>> {
    let mut violations = Vec::new();
    for &(invariant, statement) in ALL
        .iter()
        .chain(door::ALL)
        .chain(feeds::ALL)
        .chain(forms::ALL)
        .chain(people::ALL)
        .chain(plans::ALL)
        .chain(registers::ALL)
        .chain(requests::ALL)
        .chain(rosters::ALL)
        .chain(seats::ALL)
        .chain(units::ALL)
    {
        let found: Vec<(Uuid, String)> = fetch_all!(records, statement)?;
        violations.extend(found.into_iter().map(|(subject, detail)| Violation { invariant, subject, detail }));
    }
    Ok(violations)
}
