//! What must always hold of venues, trainers and who taught.

statements! {
    // Only what was held, of a run that people could know, was taught by anybody.
    TEACHING_BEFORE_BEGINNING = "SELECT t.id, 'session_teaching' FROM session_teaching t JOIN session s ON s.id = t.session_id
        JOIN run r ON r.id = s.run_id WHERE t.recorded_at < s.starts_at OR r.published_at IS NULL";
    // The last record of a person counts: there has to be one that is last.
    TEACHING_SAID_TWICE_AT_ONCE = "SELECT session_id, CAST(COUNT(*) AS TEXT) FROM session_teaching
        GROUP BY session_id, person_id, recorded_at HAVING COUNT(*) > 1";
    STOOD_IN_FOR_ONESELF = "SELECT t.id, 'session_teaching' FROM session_teaching t WHERE t.stood_in_for = t.person_id";
    REGISTER_ORPHAN = "SELECT id, 'venue' FROM venue x WHERE NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = x.unit_id)
        UNION ALL SELECT id, 'room' FROM room x WHERE NOT EXISTS (SELECT 1 FROM venue v WHERE v.id = x.venue_id)
        UNION ALL SELECT id, 'session' FROM session x WHERE x.room_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM room m WHERE m.id = x.room_id)
        UNION ALL SELECT person_id, 'trainer' FROM trainer x WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.person_id)
        UNION ALL SELECT person_id, 'trainer_course' FROM trainer_course x
            WHERE NOT EXISTS (SELECT 1 FROM trainer t WHERE t.person_id = x.person_id)
            OR NOT EXISTS (SELECT 1 FROM course c WHERE c.id = x.course_id)
        UNION ALL SELECT person_id, 'trainer_half_day' FROM trainer_half_day x
            WHERE NOT EXISTS (SELECT 1 FROM trainer t WHERE t.person_id = x.person_id)
        UNION ALL SELECT id, 'trainer_absence' FROM trainer_absence x WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.person_id)
        UNION ALL SELECT id, 'session_teaching' FROM session_teaching x
            WHERE NOT EXISTS (SELECT 1 FROM session s WHERE s.id = x.session_id)
            OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.person_id)";
}
