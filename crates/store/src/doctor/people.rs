//! What must always hold of citizen numbers, of records that were merged, and of people who were told apart.

statements! {
    CITIZEN_NUMBER_IN_CLEAR = "SELECT id, 'person' FROM person WHERE citizen_id IS NOT NULL";
    CITIZEN_NUMBER_HALF_SEALED = "SELECT id, 'person' FROM person WHERE (citizen_sealed IS NULL) <> (citizen_index IS NULL)";
    // A number that is sealed belongs to a key that is known by what it makes of a known text.
    CITIZEN_NUMBER_WITHOUT_KEY = "SELECT id, 'person' FROM person WHERE citizen_sealed IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM key_check k WHERE k.name = 'citizen_number')";
    // One step leads from every record to the one that goes on.
    ALIAS_LEADS_TO_ALIAS = "SELECT a.id, a.note FROM person_alias a JOIN person_alias b ON b.alias_id = a.person_id AND b.undone_at IS NULL
        WHERE a.undone_at IS NULL";
    // A record that leads to another has nothing of its own any more.
    ALIAS_WITH_SOMETHING_OF_ITS_OWN = "SELECT a.id, x.what FROM person_alias a JOIN (
            SELECT person_id, 'membership' AS what FROM membership UNION ALL SELECT person_id, 'account' FROM account
            UNION ALL SELECT person_id, 'enrolment' FROM enrolment UNION ALL SELECT person_id, 'certificate' FROM certificate
            UNION ALL SELECT person_id, 'session_trainer' FROM session_trainer UNION ALL SELECT person_id, 'trainer' FROM trainer
            UNION ALL SELECT person_id, 'trainer_absence' FROM trainer_absence
            UNION ALL SELECT person_id, 'waiting_entry' FROM waiting_entry UNION ALL SELECT person_id, 'request' FROM request
            UNION ALL SELECT person_id, 'session_teaching' FROM session_teaching
            UNION ALL SELECT stood_in_for, 'session_teaching' FROM session_teaching
        ) x ON x.person_id = a.alias_id WHERE a.undone_at IS NULL";
    MERGE_JOURNAL_GAP = "SELECT merge_id, CAST(COUNT(*) AS TEXT) FROM person_alias_change GROUP BY merge_id
        HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*)";
    TOLD_APART_AND_MERGED = "SELECT d.id, 'distinct_people' FROM distinct_people d JOIN person_alias a ON a.undone_at IS NULL
        AND ((a.alias_id = d.first_id AND a.person_id = d.second_id) OR (a.alias_id = d.second_id AND a.person_id = d.first_id))
        WHERE d.withdrawn_at IS NULL";
    TOLD_APART_FROM_ONESELF = "SELECT id, 'distinct_people' FROM distinct_people WHERE first_id = second_id";
    // Foreign keys forbid these; a restored or hand-made file may hold them all the same.
    PERSON_ORPHAN = "SELECT id, 'person_alias' FROM person_alias x WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.alias_id)
            OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.person_id)
        UNION ALL SELECT merge_id, 'person_alias_change' FROM person_alias_change x WHERE NOT EXISTS (SELECT 1 FROM person_alias a WHERE a.id = x.merge_id)
        UNION ALL SELECT id, 'distinct_people' FROM distinct_people x WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.first_id)
            OR NOT EXISTS (SELECT 1 FROM person p WHERE p.id = x.second_id)";
}
