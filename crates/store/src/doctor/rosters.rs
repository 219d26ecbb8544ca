//! What must always hold of lists of people and of their imports.

statements! {
    IMPORT_OF_AN_ENROLMENT_LIST = "SELECT j.upload_id, u.purpose FROM import_job j JOIN upload u ON u.id = j.upload_id WHERE u.purpose <> 'people'";
    IMPORT_BEYOND_ITS_LIST = "SELECT upload_id, CAST(rows_done AS TEXT) FROM import_job
        WHERE rows_done > rows_in_all OR rows_faulty > rows_in_all OR people_new + people_known > rows_done
            OR people_probable > people_new";
    IMPORT_ENDED_EARLY = "SELECT upload_id, CAST(rows_done AS TEXT) FROM import_job WHERE state = 'done' AND rows_done <> rows_in_all";
    // Every row of a stored list is somebody, or has a fault.
    IMPORT_LOST_A_ROW = "SELECT upload_id, CAST(rows_in_all - people_new - people_known - rows_faulty AS TEXT) FROM import_job
        WHERE state = 'done' AND people_new + people_known + rows_faulty <> rows_in_all";
    IMPORT_FAULTS_MISCOUNTED = "SELECT j.upload_id, CAST(j.rows_faulty AS TEXT) FROM import_job j WHERE j.state = 'done'
        AND j.rows_faulty <> (SELECT COUNT(DISTINCT f.row_number) FROM import_fault f WHERE f.upload_id = j.upload_id)";
    IMPORT_WITHOUT_ITS_LIST = "SELECT j.upload_id, j.step FROM import_job j WHERE j.state = 'working'
        AND NOT EXISTS (SELECT 1 FROM upload_content c WHERE c.upload_id = j.upload_id)";
    // What stood in a list goes with its bytes.
    IMPORT_REMEMBERS_ITS_LIST = "SELECT j.upload_id, j.step FROM import_job j WHERE NOT EXISTS (SELECT 1 FROM upload_content c WHERE c.upload_id = j.upload_id)
        AND (j.notes IS NOT NULL OR EXISTS (SELECT 1 FROM import_fault f WHERE f.upload_id = j.upload_id AND LENGTH(f.typed) > 0))";
    TWO_MAPPINGS = "SELECT organisation_id, likeness FROM roster_mapping WHERE organisation_id IS NOT NULL
        GROUP BY organisation_id, likeness HAVING COUNT(*) > 1";
    // Foreign keys forbid these; a restored or hand-made file may hold them all the same.
    ORPHAN = "SELECT id, 'upload' FROM upload x WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = x.account_id)
        UNION ALL SELECT upload_id, 'upload_content' FROM upload_content x WHERE NOT EXISTS (SELECT 1 FROM upload u WHERE u.id = x.upload_id)
        UNION ALL SELECT upload_id, 'import_job' FROM import_job x WHERE NOT EXISTS (SELECT 1 FROM upload u WHERE u.id = x.upload_id)
        UNION ALL SELECT upload_id, 'import_fault' FROM import_fault x WHERE NOT EXISTS (SELECT 1 FROM import_job j WHERE j.upload_id = x.upload_id)
        UNION ALL SELECT id, 'roster_mapping' FROM roster_mapping x
            WHERE (x.organisation_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = x.organisation_id))
            OR (x.account_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account a WHERE a.id = x.account_id))";
}
