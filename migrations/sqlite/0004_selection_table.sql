-- The province's table filters and sorts thousands of forms, and a form is long: what it looks at stands together in one
-- index, so that the contents are read of one page alone. It begins as the index did that it replaces.
DROP INDEX registration_year;
CREATE INDEX registration_selection ON registration (year_id, state, unit_id, place_id, organisation_kind, group_id, number, score,
    completeness, search_text, product_name, organisation_name, id);

-- A decision is counted without a look at the history of each product.
DROP INDEX registration_event_decision;
CREATE INDEX registration_event_decision ON registration_event (decision_id, registration_id, number, step)
    WHERE decision_id IS NOT NULL;
