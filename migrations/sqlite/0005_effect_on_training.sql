-- A course may be required of organisations with a product selected in its year alone.
ALTER TABLE requirement ADD COLUMN selected_only INTEGER NOT NULL DEFAULT 0 CHECK (selected_only = 0 OR audience = 'organisations');

-- The products that the last published decision on each selects: what the office stands by. A decision that is being
-- prepared gives nothing yet, and takes nothing away yet.
CREATE VIEW selected_product AS
SELECT r.id AS registration_id, r.organisation_id, y.year, e.decision_id
FROM registration r
JOIN registration_event e ON e.registration_id = r.id AND e.step = 'select'
JOIN selection_decision d ON d.id = e.decision_id AND d.published_at IS NOT NULL
JOIN programme_year y ON y.id = r.year_id
WHERE NOT EXISTS (SELECT 1 FROM registration_event n JOIN selection_decision m ON m.id = n.decision_id
    WHERE n.registration_id = e.registration_id AND n.number > e.number AND m.published_at IS NOT NULL);

CREATE INDEX eligibility_exception_organisation ON eligibility_exception (organisation_id);
