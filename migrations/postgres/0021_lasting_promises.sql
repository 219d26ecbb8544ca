-- What an allotment is of and until when, as it holds: a share lasts as long as the seats of its unit do, and nothing is
-- kept after the last day on which one can enrol, whatever was stated before that day was moved.
CREATE OR REPLACE VIEW current_allotment AS
SELECT a.id, a.run_id, a.unit_id, a.organisation_id, a.parent_id, s.seats,
    CASE WHEN u.until_day > r.enrolment_deadline THEN r.enrolment_deadline ELSE u.until_day END AS until_day,
    s.number AS version, a.created_at, a.ended_at
FROM allotment a JOIN run r ON r.id = a.run_id JOIN allotment_statement s ON s.allotment_id = a.id
JOIN allotment_statement u ON u.allotment_id = COALESCE(a.parent_id, a.id)
WHERE NOT EXISTS (SELECT 1 FROM allotment_statement n WHERE n.allotment_id = s.allotment_id AND n.number > s.number)
  AND NOT EXISTS (SELECT 1 FROM allotment_statement n WHERE n.allotment_id = u.allotment_id AND n.number > u.number);
