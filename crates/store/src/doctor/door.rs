//! What must always hold of prerequisites, walk-ins, counted heads, and places that passed on.

statements! {
    PREREQUISITE_GROUP_EMPTY = "SELECT g.course_id, CAST(g.number AS TEXT) FROM prerequisite_group g WHERE NOT EXISTS
        (SELECT 1 FROM course_prerequisite p WHERE p.course_id = g.course_id AND p.group_number = g.number)";
    WALK_IN_OF_ANOTHER_RUN = "SELECT w.id, w.person_name FROM walk_in w JOIN session s ON s.id = w.session_id WHERE s.run_id <> w.run_id
        UNION ALL SELECT w.id, w.person_name FROM walk_in_mark m JOIN walk_in w ON w.id = m.walk_in_id JOIN session s ON s.id = m.session_id
            WHERE s.run_id <> w.run_id";
    WALK_IN_MARK_CHAIN_BROKEN = "SELECT m.id, m.status FROM walk_in_mark m WHERE m.replaces_id IS NULL
        AND (SELECT COUNT(*) FROM current_walk_in_mark c WHERE c.walk_in_id = m.walk_in_id AND c.session_id = m.session_id) <> 1
        UNION SELECT m.id, m.status FROM walk_in_mark m JOIN walk_in_mark o ON o.id = m.replaces_id
            WHERE o.session_id <> m.session_id OR o.walk_in_id <> m.walk_in_id
        UNION SELECT m.id, m.status FROM walk_in_mark m WHERE m.replaces_id IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM walk_in_mark f WHERE f.walk_in_id = m.walk_in_id AND f.session_id = m.session_id AND f.replaces_id IS NULL)";
    // An index forbids it; a restored or hand-made file may hold it all the same.
    WALK_IN_ANSWERED_TWICE = "SELECT walk_in_id, CAST(COUNT(*) AS TEXT) FROM walk_in_answer WHERE undone_at IS NULL
        GROUP BY walk_in_id HAVING COUNT(*) > 1";
    WALK_IN_MATCHED_ELSEWHERE = "SELECT w.id, w.person_name FROM walk_in w JOIN walk_in_answer a ON a.walk_in_id = w.id
        JOIN enrolment e ON e.id = a.enrolment_id WHERE e.run_id <> w.run_id";
    // Every mark a walk-in had is a mark of the place that was found for them, or another one stands there.
    WALK_IN_MARK_LOST = "SELECT m.id, m.status FROM current_walk_in_mark m JOIN walk_in_answer a ON a.walk_in_id = m.walk_in_id AND a.undone_at IS NULL
        JOIN enrolment e ON e.id = a.enrolment_id AND e.withdrawn_at IS NULL JOIN session s ON s.id = m.session_id AND s.cancelled_at IS NULL
        WHERE NOT EXISTS (SELECT 1 FROM mark n WHERE n.enrolment_id = e.id AND n.session_id = m.session_id)";
    HEAD_COUNT_CHAIN_BROKEN = "SELECT h.session_id, CAST(COUNT(*) AS TEXT) FROM current_head_count h GROUP BY h.session_id HAVING COUNT(*) > 1
        UNION SELECT h.session_id, 'circle' FROM head_count h WHERE NOT EXISTS (SELECT 1 FROM current_head_count c WHERE c.session_id = h.session_id)
        UNION SELECT h.session_id, 'stranger' FROM head_count h JOIN head_count o ON o.id = h.replaces_id WHERE o.session_id <> h.session_id";
    HEAD_COUNT_OF_A_CANCELLED_SESSION = "SELECT h.id, CAST(h.women + h.men AS TEXT) FROM head_count h JOIN session s ON s.id = h.session_id
        WHERE s.cancelled_at IS NOT NULL";
    PLACE_PASSED_ON_AND_KEPT = "SELECT l.id, c.kind FROM place_change c JOIN enrolment l ON l.id = c.left_id WHERE l.withdrawn_at IS NULL";
    SUBSTITUTED_BY_A_STRANGER = "SELECT t.id, t.person_name FROM place_change c JOIN enrolment l ON l.id = c.left_id
        JOIN enrolment t ON t.id = c.taken_id WHERE c.kind = 'substitution'
        AND (t.run_id <> l.run_id OR t.organisation_id <> l.organisation_id OR t.person_id = l.person_id)";
    TRANSFERRED_TO_ANOTHER_COURSE = "SELECT t.id, t.person_name FROM place_change c JOIN enrolment l ON l.id = c.left_id
        JOIN enrolment t ON t.id = c.taken_id JOIN run r ON r.id = l.run_id JOIN run n ON n.id = t.run_id WHERE c.kind = 'transfer'
        AND (n.course_id <> r.course_id OR t.run_id = l.run_id OR t.organisation_id <> l.organisation_id OR t.person_id <> l.person_id)";
    // Who left a run did not complete it.
    COMPLETION_OF_WHO_LEFT = "SELECT d.id, d.outcome FROM completion_decision d JOIN enrolment e ON e.id = d.enrolment_id
        WHERE e.withdrawn_at IS NOT NULL";
    // Foreign keys forbid these; a restored or hand-made file may hold them all the same.
    ORPHAN = "SELECT id, 'walk_in' FROM walk_in x WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.id = x.run_id)
            OR NOT EXISTS (SELECT 1 FROM session s WHERE s.id = x.session_id)
        UNION ALL SELECT id, 'walk_in_mark' FROM walk_in_mark x WHERE NOT EXISTS (SELECT 1 FROM walk_in w WHERE w.id = x.walk_in_id)
        UNION ALL SELECT id, 'walk_in_answer' FROM walk_in_answer x WHERE NOT EXISTS (SELECT 1 FROM walk_in w WHERE w.id = x.walk_in_id)
            OR (enrolment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.id = x.enrolment_id))
        UNION ALL SELECT id, 'head_count' FROM head_count x WHERE NOT EXISTS (SELECT 1 FROM session s WHERE s.id = x.session_id)
        UNION ALL SELECT left_id, 'place_change' FROM place_change x WHERE NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.id = x.left_id)
            OR NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.id = x.taken_id)
        UNION ALL SELECT course_id, 'course_prerequisite' FROM course_prerequisite x WHERE NOT EXISTS (SELECT 1 FROM course c WHERE c.id = x.required_id)";
}
