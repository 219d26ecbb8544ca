//! What must always hold of allotments, of waiting lists and of what is offered to those on them.

statements! {
    // What has run out is marked before anybody takes a seat, so what is not marked counts.
    RUN_PROMISED_OVER_CAPACITY = "SELECT n.id, CAST(n.taken + n.promised + n.offered AS TEXT) FROM (SELECT r.id, r.capacity,
            (SELECT COUNT(*) FROM enrolment e WHERE e.run_id = r.id AND e.withdrawn_at IS NULL) AS taken,
            (SELECT COALESCE(SUM(x.seats - x.gone), 0) FROM allotment_left x WHERE x.run_id = r.id) AS promised,
            (SELECT COUNT(*) FROM waiting_entry w JOIN offer f ON f.entry_id = w.id AND f.answer IS NULL
                WHERE w.run_id = r.id AND w.left_at IS NULL) AS offered
            FROM run r WHERE EXISTS (SELECT 1 FROM allotment a WHERE a.run_id = r.id) OR EXISTS (SELECT 1 FROM waiting_entry w WHERE w.run_id = r.id)) n
        WHERE n.taken + n.promised + n.offered > n.capacity AND n.promised + n.offered > 0";
    ALLOTMENT_OVER_SEATS = "SELECT x.id, CAST(x.gone AS TEXT) FROM allotment_left x WHERE x.gone > x.seats
        UNION SELECT n.id, CAST(n.named AS TEXT) FROM (SELECT a.id, a.seats,
            (SELECT COUNT(*) FROM enrolment e WHERE e.allotment_id = a.id AND e.withdrawn_at IS NULL)
            + (SELECT COUNT(*) FROM offer f WHERE f.allotment_id = a.id AND f.answer IS NULL) AS named FROM current_allotment a) n
        WHERE n.named > n.seats";
    DIVIDED_OVER_ALLOTMENT = "SELECT a.id, CAST(SUM(b.seats) AS TEXT) FROM current_allotment a JOIN current_allotment b ON b.parent_id = a.id
            AND b.ended_at IS NULL WHERE a.ended_at IS NULL GROUP BY a.id, a.seats HAVING SUM(b.seats) > a.seats";
    SHARE_OF_AN_ENDED_ALLOTMENT = "SELECT b.id, 'share' FROM allotment b JOIN allotment a ON a.id = b.parent_id
        WHERE b.ended_at IS NULL AND a.ended_at IS NOT NULL";
    SHARE_OF_ANOTHER_RUN = "SELECT b.id, 'share' FROM allotment b JOIN allotment a ON a.id = b.parent_id
        WHERE b.run_id <> a.run_id OR a.unit_id IS NULL OR a.parent_id IS NOT NULL";
    ALLOTMENT_STATEMENT_MISSING = "SELECT a.id, CAST(COUNT(s.number) AS TEXT) FROM allotment a LEFT JOIN allotment_statement s ON s.allotment_id = a.id
        GROUP BY a.id HAVING COUNT(s.number) = 0 OR MAX(s.number) <> COUNT(s.number)";
    TWO_LIVE_ALLOTMENTS = "SELECT run_id, CAST(COUNT(*) AS TEXT) FROM allotment WHERE ended_at IS NULL
        GROUP BY run_id, unit_id, organisation_id, parent_id HAVING COUNT(*) > 1";
    NAMED_BY_ANOTHERS_ALLOTMENT = "SELECT e.id, e.person_name FROM enrolment e JOIN allotment a ON a.id = e.allotment_id
        WHERE a.run_id <> e.run_id OR a.organisation_id <> e.organisation_id";
    OFFERED_BY_ANOTHERS_ALLOTMENT = "SELECT f.id, 'offer' FROM offer f JOIN waiting_entry w ON w.id = f.entry_id JOIN allotment a ON a.id = f.allotment_id
        WHERE a.run_id <> w.run_id OR a.organisation_id <> w.organisation_id";
    OFFER_WITHOUT_WAITING = "SELECT f.id, w.left_how FROM offer f JOIN waiting_entry w ON w.id = f.entry_id
        WHERE f.answer IS NULL AND w.left_at IS NOT NULL";
    TWO_OPEN_OFFERS = "SELECT entry_id, CAST(COUNT(*) AS TEXT) FROM offer WHERE answer IS NULL GROUP BY entry_id HAVING COUNT(*) > 1";
    ACCEPTED_WITHOUT_PLACE = "SELECT f.id, 'offer' FROM offer f JOIN waiting_entry w ON w.id = f.entry_id LEFT JOIN enrolment e ON e.id = f.enrolment_id
        WHERE f.answer = 'accepted' AND (e.id IS NULL OR e.run_id <> w.run_id OR e.person_id <> w.person_id)";
    TWO_LIVE_ENTRIES = "SELECT person_id, CAST(COUNT(*) AS TEXT) FROM waiting_entry WHERE left_at IS NULL
        GROUP BY run_id, person_id HAVING COUNT(*) > 1";
    WAITING_WITH_PLACE = "SELECT w.id, e.person_name FROM waiting_entry w JOIN enrolment e ON e.run_id = w.run_id AND e.person_id = w.person_id
        AND e.withdrawn_at IS NULL WHERE w.left_at IS NULL";
    // Foreign keys forbid these; a restored or hand-made file may hold them all the same.
    ORPHAN = "SELECT id, 'allotment' FROM allotment x WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.id = x.run_id)
            OR (x.unit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = x.unit_id))
            OR (x.organisation_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = x.organisation_id))
            OR (x.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM allotment a WHERE a.id = x.parent_id))
        UNION ALL SELECT allotment_id, 'allotment_statement' FROM allotment_statement x
            WHERE NOT EXISTS (SELECT 1 FROM allotment a WHERE a.id = x.allotment_id)
        UNION ALL SELECT id, 'waiting_entry' FROM waiting_entry x WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.id = x.run_id)
            OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.person_id)
            OR NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = x.organisation_id)
        UNION ALL SELECT entry_id, 'waiting_priority' FROM waiting_priority x WHERE NOT EXISTS (SELECT 1 FROM waiting_entry w WHERE w.id = x.entry_id)
        UNION ALL SELECT id, 'offer' FROM offer x WHERE NOT EXISTS (SELECT 1 FROM waiting_entry w WHERE w.id = x.entry_id)
            OR (x.allotment_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM allotment a WHERE a.id = x.allotment_id))
        UNION ALL SELECT run_id, 'run_limit' FROM run_limit x WHERE NOT EXISTS (SELECT 1 FROM run r WHERE r.id = x.run_id)
        UNION ALL SELECT id, 'enrolment' FROM enrolment x WHERE x.allotment_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM allotment a WHERE a.id = x.allotment_id)";
}
