//! What must always hold of requests. Whether their steps could follow each other is checked in `operations::doctor`.

statements! {
    // Who was enrolled before the run was given out by approval needed none.
    ENROLLED_WITHOUT_APPROVAL = "SELECT e.id, e.organisation_name FROM enrolment e JOIN run r ON r.id = e.run_id
        WHERE r.approval <> 'none' AND e.withdrawn_at IS NULL AND (r.approval_at IS NULL OR e.enrolled_at > r.approval_at)
        AND NOT EXISTS (SELECT 1 FROM request_step s WHERE s.enrolment_id = e.id AND s.kind = 'placed')";
    TWO_LIVE_REQUESTS = "SELECT person_id, CAST(COUNT(*) AS TEXT) FROM request WHERE closed_at IS NULL
        GROUP BY person_id, course_id HAVING COUNT(*) > 1";
    // Choices are numbered from 1 without a gap, wherever something was asked for and nowhere else.
    REQUEST_CHOICES_BROKEN = "SELECT s.request_id, CAST(s.number AS TEXT) FROM request_step s LEFT JOIN request_choice w
            ON w.request_id = s.request_id AND w.number = s.number
        GROUP BY s.request_id, s.number, s.kind HAVING (s.kind IN ('asked', 'changed') AND COUNT(w.place) = 0)
            OR (s.kind NOT IN ('asked', 'changed') AND COUNT(w.place) > 0) OR COALESCE(MAX(w.place), 0) <> COUNT(w.place)";
    REQUEST_OF_ANOTHER_COURSE = "SELECT q.id, CAST(w.place AS TEXT) FROM request q JOIN request_choice w ON w.request_id = q.id
        AND w.number = q.asked_number JOIN run r ON r.id = w.run_id WHERE r.course_id <> q.course_id";
    REQUEST_STEPS_BROKEN = "SELECT q.id, CAST(q.version AS TEXT) FROM request q LEFT JOIN request_step s ON s.request_id = q.id
        GROUP BY q.id, q.version, q.asked_number HAVING COUNT(s.id) <> q.version OR MAX(s.number) <> q.version
            OR MAX(CASE WHEN s.kind IN ('asked', 'changed') THEN s.number ELSE 0 END) <> q.asked_number";
    // The place of a request is that of its person, in a run that was chosen, and it is held.
    REQUEST_WITHOUT_ITS_PLACE = "SELECT q.id, q.state FROM request q LEFT JOIN enrolment e ON e.id = q.enrolment_id
        WHERE (q.state = 'placed' AND e.id IS NULL) OR (q.enrolment_id IS NOT NULL AND (e.id IS NULL OR e.person_id <> q.person_id
            OR e.withdrawn_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM request_choice w WHERE w.request_id = q.id AND w.run_id = e.run_id)))";
    PLACED_BY_NOBODY = "SELECT x.request_id, 'request_placed' FROM request_placed x WHERE NOT EXISTS (SELECT 1 FROM request_step s
        WHERE s.request_id = x.request_id AND s.enrolment_id = x.enrolment_id AND s.kind = 'placed')";
    // What a placing ended on a waiting list was the place of its person, in a run of its course.
    UNQUEUED_ANOTHER = "SELECT x.request_id, 'request_unqueued' FROM request_unqueued x JOIN request q ON q.id = x.request_id
        JOIN waiting_entry w ON w.id = x.waiting_id JOIN run r ON r.id = w.run_id
        WHERE w.person_id <> q.person_id OR r.course_id <> q.course_id";
    // Foreign keys forbid these; a restored or hand-made file may hold them all the same.
    ORPHAN = "SELECT id, 'request' FROM request x WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.person_id)
            OR NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = x.organisation_id)
            OR NOT EXISTS (SELECT 1 FROM course c WHERE c.id = x.course_id)
        UNION ALL SELECT id, 'request_step' FROM request_step x WHERE NOT EXISTS (SELECT 1 FROM request q WHERE q.id = x.request_id)
        UNION ALL SELECT request_id, 'request_choice' FROM request_choice x WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.id = x.run_id)
        UNION ALL SELECT placing_id, 'request_placed' FROM request_placed x WHERE NOT EXISTS (SELECT 1 FROM request_placing b WHERE b.id = x.placing_id)
        UNION ALL SELECT request_id, 'request_unqueued' FROM request_unqueued x WHERE NOT EXISTS (SELECT 1 FROM waiting_entry w WHERE w.id = x.waiting_id)";
}
