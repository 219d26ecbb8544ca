//! What must always hold of the annual plan, of what organisations asked for, and of whom they were invited to.

statements! {
    RUN_OF_ANOTHER_LINE = "SELECT r.id, c.code FROM run r JOIN plan_line l ON l.id = r.plan_line_id JOIN course c ON c.id = l.course_id
        WHERE l.course_id <> r.course_id";
    RUN_OF_A_REMOVED_LINE = "SELECT r.id, CAST(l.number AS TEXT) FROM run r JOIN plan_line l ON l.id = r.plan_line_id
        WHERE l.removed_at IS NOT NULL";
    LINE_PLANNED_TWICE = "SELECT l.id, CAST(l.number AS TEXT) FROM plan_line l JOIN plan_line o ON o.year_id = l.year_id AND o.number < l.number
        AND o.course_id = l.course_id AND o.audience = l.audience AND o.quarter = l.quarter AND o.place = l.place
        AND (o.unit_id = l.unit_id OR (o.unit_id IS NULL AND l.unit_id IS NULL))
        WHERE l.removed_at IS NULL AND o.removed_at IS NULL";
    TWO_LIVE_INTERESTS = "SELECT organisation_id, CAST(COUNT(*) AS TEXT) FROM interest WHERE withdrawn_at IS NULL
        GROUP BY organisation_id, course_id HAVING COUNT(*) > 1";
    // Statements are numbered from 1 without a gap, and nothing is said of what was withdrawn.
    INTEREST_STATEMENT_MISSING = "SELECT i.id, CAST(COUNT(s.id) AS TEXT) FROM interest i LEFT JOIN interest_statement s ON s.interest_id = i.id
        GROUP BY i.id HAVING COUNT(s.id) = 0 OR MAX(s.number) <> COUNT(s.id)";
    INTEREST_STATED_AFTER_WITHDRAWAL = "SELECT i.id, CAST(s.number AS TEXT) FROM interest i JOIN interest_statement s ON s.interest_id = i.id
        WHERE s.said_at > i.withdrawn_at";
    INVITED_WITHOUT_INTEREST = "SELECT v.run_id, o.name FROM run_invitation v JOIN run r ON r.id = v.run_id JOIN interest i ON i.id = v.interest_id
        JOIN organisation o ON o.id = v.organisation_id WHERE i.organisation_id <> v.organisation_id OR i.course_id <> r.course_id";
    // Foreign keys forbid these; a restored or hand-made file may hold them all the same.
    ORPHAN = "SELECT id, 'plan_line' FROM plan_line x WHERE NOT EXISTS (SELECT 1 FROM programme_year y WHERE y.id = x.year_id)
            OR NOT EXISTS (SELECT 1 FROM course c WHERE c.id = x.course_id)
        UNION ALL SELECT id, 'run' FROM run x WHERE x.plan_line_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM plan_line l WHERE l.id = x.plan_line_id)
        UNION ALL SELECT id, 'interest' FROM interest x WHERE NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = x.organisation_id)
            OR NOT EXISTS (SELECT 1 FROM course c WHERE c.id = x.course_id)
        UNION ALL SELECT id, 'interest_statement' FROM interest_statement x WHERE NOT EXISTS (SELECT 1 FROM interest i WHERE i.id = x.interest_id)
        UNION ALL SELECT run_id, 'run_invitation' FROM run_invitation x WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.id = x.run_id)
            OR NOT EXISTS (SELECT 1 FROM interest i WHERE i.id = x.interest_id)";
}
