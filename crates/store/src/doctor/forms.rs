//! What must always hold for registration forms.

statements! {
    // The form repeats its last event.
    FORM_NOT_AS_LAST_EVENT = "SELECT r.id, r.state FROM registration r LEFT JOIN registration_event e ON e.registration_id = r.id
            AND e.number = (SELECT MAX(l.number) FROM registration_event l WHERE l.registration_id = r.id)
        WHERE e.id IS NULL OR e.state <> r.state OR e.happened_at <> r.state_at
            OR (e.due_on IS NULL) <> (r.due_on IS NULL) OR e.due_on <> r.due_on";
    FORM_HISTORY_GAP = "SELECT registration_id, CAST(COUNT(*) AS TEXT) FROM registration_event GROUP BY registration_id
        HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*) OR COUNT(DISTINCT number) <> COUNT(*)";
    FORM_HISTORY_WITHOUT_BEGINNING = "SELECT e.registration_id, e.step FROM registration_event e WHERE (e.number = 1) <> (e.step = 'begin')";
    FORM_NUMBER_GAP = "SELECT unit_id, CAST(MAX(number) AS TEXT) FROM registration WHERE number IS NOT NULL GROUP BY unit_id, year_id
        HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*) OR COUNT(DISTINCT number) <> COUNT(*)";
    FORM_RECEIVED_WITHOUT_NUMBER = "SELECT r.id, r.state FROM registration r WHERE (r.number IS NULL) <> (r.received_on IS NULL)
        OR (r.number IS NULL) = EXISTS (SELECT 1 FROM registration_event e WHERE e.registration_id = r.id AND e.step = 'submit')";
    RETURN_WITHOUT_REMARK = "SELECT e.registration_id, e.state FROM registration_event e
        WHERE e.step = 'return' AND NOT EXISTS (SELECT 1 FROM registration_remark m WHERE m.event_id = e.id)";
    REMARK_WITHOUT_RETURN = "SELECT e.registration_id, m.subject FROM registration_remark m JOIN registration_event e ON e.id = m.event_id
        WHERE e.step <> 'return'";
    DUPLICATE_OF_ANOTHER = "SELECT r.id, r.product_name FROM registration r JOIN registration o ON o.id = r.duplicate_of
        WHERE o.id = r.id OR o.organisation_id <> r.organisation_id OR o.year_id <> r.year_id";
    // A chain of opinions belongs to one evaluator and one form.
    EVALUATION_REPLACES_A_STRANGER = "SELECT e.id, e.remark FROM evaluation e JOIN evaluation o ON o.id = e.replaces_id
        WHERE o.registration_id <> e.registration_id OR o.evaluator_id <> e.evaluator_id OR o.evaluated_at > e.evaluated_at";
    // More than half hold it to be feasible; the score is the mean of the totals, rounded half up.
    FORM_RESULT_NOT_AS_EVALUATED = "SELECT r.id, r.state FROM registration r JOIN current_evaluation e ON e.registration_id = r.id
        GROUP BY r.id, r.state, r.is_feasible, r.score
        HAVING r.is_feasible IS NULL OR r.is_feasible <> (SUM(CASE WHEN e.is_feasible = TRUE THEN 1 ELSE 0 END) * 2 > COUNT(*))
            OR (r.score IS NULL) <> (COUNT(e.total) = 0)
            OR r.score <> (CAST(SUM(e.total) AS BIGINT) * 2 + COUNT(e.total)) / (COUNT(e.total) * 2)";
    ATTACHMENT_NOT_AS_SENT = "SELECT a.id, a.file_name FROM attachment a LEFT JOIN attachment_content c ON c.attachment_id = a.id
        WHERE c.attachment_id IS NULL OR LENGTH(c.content) <> a.size";
    // Foreign keys forbid these; a restored or hand-made file may hold them all the same.
    FORM_ORPHAN = "SELECT id, 'registration' FROM registration x WHERE NOT EXISTS (SELECT 1 FROM programme_year y WHERE y.id = x.year_id)
            OR NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = x.organisation_id)
            OR NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = x.unit_id) OR NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = x.place_id)
            OR (group_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM product_group g WHERE g.id = x.group_id))
        UNION ALL SELECT id, 'attachment' FROM attachment x WHERE NOT EXISTS (SELECT 1 FROM registration r WHERE r.id = x.registration_id)
        UNION ALL SELECT attachment_id, 'attachment_content' FROM attachment_content x
            WHERE NOT EXISTS (SELECT 1 FROM attachment a WHERE a.id = x.attachment_id)
        UNION ALL SELECT registration_id, 'dossier_receipt' FROM dossier_receipt x
            WHERE NOT EXISTS (SELECT 1 FROM registration r WHERE r.id = x.registration_id)
        UNION ALL SELECT id, 'evaluation' FROM evaluation x WHERE NOT EXISTS (SELECT 1 FROM registration r WHERE r.id = x.registration_id)
            OR NOT EXISTS (SELECT 1 FROM account a WHERE a.id = x.evaluator_id)
        UNION ALL SELECT id, 'registration_event' FROM registration_event x
            WHERE NOT EXISTS (SELECT 1 FROM registration r WHERE r.id = x.registration_id)
        UNION ALL SELECT id, 'registration_remark' FROM registration_remark x
            WHERE NOT EXISTS (SELECT 1 FROM registration_event e WHERE e.id = x.event_id)";
}
