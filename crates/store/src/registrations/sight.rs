//! Parts of statements that say where a form `r` lies, who sees it, and what is known of it.

/// Whether form `r` lies in the scope of a unit: it was received there, its organisation lay there, or a person said that
/// it lies there now.
macro_rules! lies_in {
    ($unit:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM unit_cover c WHERE c.unit_id = ",
            $unit,
            " AND c.covered_id IN (r.unit_id, r.place_id)) OR EXISTS (SELECT 1 FROM organisation_cover c WHERE c.organisation_id = r.organisation_id
                AND c.covered_id = r.place_id AND c.unit_id = ",
            $unit,
            "))"
        )
    };
}

/// Whether an account may see form `r`: everything when $1 says so, else what lies in the units and organisations of the
/// grants of account $2 on day $3. A form lies where it was received and where its organisation lay, so that officers of
/// both see it.
macro_rules! in_sight {
    () => {
        concat!(
            "($1 = TRUE OR EXISTS (SELECT 1 FROM role_grant g WHERE g.account_id = $2 AND g.valid_from <= $3 AND (g.valid_to IS NULL OR g.valid_to >= $3)
                AND (g.organisation_id = r.organisation_id OR (g.role IN ('unit_officer', 'manager') AND ",
            crate::registrations::lies_in!("g.unit_id"),
            "))))"
        )
    };
}

/// The units under which forms `r` that are `$wanted` are found on day `$today`: those that received them, and those of
/// that day in which they lie, by the law or since a person said so. What covers places is joined to few rows; people say
/// little, and SQLite is told by the cross join to begin there.
macro_rules! units_of {
    ($wanted:expr, $today:literal) => {
        concat!(
            "SELECT DISTINCT u.id, u.code, u.name, u.kind, u.level, u.parent_id, u.valid_from, u.valid_to, p.kind AS parent_kind, p.name AS parent_name
             FROM (SELECT c.unit_id, d.unit_id AS received_by FROM (SELECT DISTINCT r.unit_id, r.place_id FROM registration r WHERE ",
            $wanted,
            ") d JOIN unit_cover c ON c.covered_id IN (d.unit_id, d.place_id)
             UNION SELECT o.unit_id, r.unit_id AS received_by FROM organisation_cover o CROSS JOIN registration r
                 WHERE r.organisation_id = o.organisation_id AND r.place_id = o.covered_id AND ",
            $wanted,
            ") f JOIN unit u ON u.id = f.unit_id LEFT JOIN unit p ON p.id = u.parent_id
             WHERE u.level <> 'province' AND (u.id = f.received_by OR u.valid_to IS NULL OR u.valid_to > ",
            $today,
            ") ORDER BY u.code, u.valid_from, u.id"
        )
    };
}

/// What the last known line in the history of a decided form `r` says, as `Knowledge::includes` of domain has it: a decision that is
/// being prepared is not known.
macro_rules! last_known {
    ($column:literal) => {
        concat!(
            "(SELECT k.",
            $column,
            " FROM registration_event k LEFT JOIN selection_decision l ON l.id = k.decision_id
                WHERE k.registration_id = r.id AND (k.decision_id IS NULL OR l.published_at IS NOT NULL) ORDER BY k.number DESC LIMIT 1)"
        )
    };
}

/// Where form `r` stands for who knows decisions that are being prepared when `$prepared` says so, and for everybody else.
macro_rules! stands {
    ($prepared:literal) => {
        concat!(
            "CASE WHEN ",
            $prepared,
            " = TRUE OR r.state NOT IN ('selected', 'not_selected') THEN r.state ELSE ",
            crate::registrations::last_known!("state"),
            " END"
        )
    };
}

/// Since when form `r` stands there, the same way.
macro_rules! stands_since {
    ($prepared:literal) => {
        concat!(
            "CASE WHEN ",
            $prepared,
            " = TRUE OR r.state NOT IN ('selected', 'not_selected') THEN r.state_at ELSE ",
            crate::registrations::last_known!("happened_at"),
            " END"
        )
    };
}

pub(crate) use {in_sight, last_known, lies_in, stands, stands_since, units_of};
