//! What must always hold of where organisations were said to lie.

statements! {
    // Where no successor is missing, only those that the law names come into question.
    PLACEMENT_AGAINST_SUCCESSION = "SELECT p.id, 'unit_placement' FROM unit_placement p WHERE p.undone_at IS NULL
        AND EXISTS (SELECT 1 FROM unit_succession s WHERE s.old_unit_id = p.place_id)
        AND NOT EXISTS (SELECT 1 FROM unit_succession s WHERE s.old_unit_id = p.place_id AND (s.new_unit_id IS NULL OR s.new_unit_id = p.unit_id))";
    PLACEMENT_WITHOUT_COVER = "SELECT p.id, 'unit_placement' FROM unit_placement p WHERE p.undone_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM unit_cover c WHERE c.unit_id = p.unit_id AND c.covered_id = p.place_id)
        AND NOT EXISTS (SELECT 1 FROM organisation_cover c WHERE c.organisation_id = p.organisation_id AND c.unit_id = p.unit_id
            AND c.covered_id = p.place_id)";
    COVER_WITHOUT_PLACEMENT = "SELECT c.organisation_id, 'organisation_cover' FROM organisation_cover c
        WHERE NOT EXISTS (SELECT 1 FROM unit_placement p WHERE p.organisation_id = c.organisation_id AND p.undone_at IS NULL)";
    PLACEMENT_ORPHAN = "SELECT id, 'unit_placement' FROM unit_placement x WHERE NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = x.organisation_id)
        OR NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = x.place_id) OR NOT EXISTS (SELECT 1 FROM unit u WHERE u.id = x.unit_id)
        OR NOT EXISTS (SELECT 1 FROM account a WHERE a.id = x.decided_by)";
}
