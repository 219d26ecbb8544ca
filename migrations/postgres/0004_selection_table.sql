-- PostgreSQL keeps long contents beside the rows of forms, so these need no other index; SQLite does.

-- A decision is counted without a look at the history of each product.
DROP INDEX registration_event_decision;
CREATE INDEX registration_event_decision ON registration_event (decision_id, registration_id, number, step)
    WHERE decision_id IS NOT NULL;
