-- People known once: citizen numbers sealed, names in order, merges that can be undone, and who is not whom.

-- A number is kept encrypted and found by a keyed hash. The plain column is emptied by the program at its first start,
-- and never written again.
ALTER TABLE person ADD COLUMN citizen_sealed BLOB;
ALTER TABLE person ADD COLUMN citizen_index TEXT;
CREATE UNIQUE INDEX person_citizen_index ON person (citizen_index) WHERE citizen_index IS NOT NULL;

-- What the key of the numbers makes of a known text: tells another key from the one that they were sealed with.
CREATE TABLE key_check (
    name       TEXT PRIMARY KEY,
    value      TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- Lists go by given name, then middle, then family.
ALTER TABLE person ADD COLUMN middle_name TEXT NOT NULL DEFAULT '';
ALTER TABLE enrolment ADD COLUMN middle_name TEXT NOT NULL DEFAULT '';
UPDATE person SET middle_name = trim(substr(full_name, instr(full_name, ' ') + 1, length(full_name) - instr(full_name, ' ') - length(given_name)))
    WHERE length(full_name) - length(replace(full_name, ' ', '')) >= 2;
UPDATE enrolment SET middle_name = trim(substr(person_name, instr(person_name, ' ') + 1, length(person_name) - instr(person_name, ' ') - length(given_name)))
    WHERE length(person_name) - length(replace(person_name, ' ', '')) >= 2;

-- The year of birth, whether the day is known or not.
ALTER TABLE person ADD COLUMN born INTEGER GENERATED ALWAYS AS (COALESCE(CAST(substr(birth_date, 1, 4) AS INTEGER), birth_year)) VIRTUAL;

-- Somebody is looked for by their name with their year of birth, and by their telephone number.
CREATE INDEX person_search ON person (search_text, born);
CREATE INDEX person_phone ON person (phone, search_text) WHERE phone IS NOT NULL;

-- Two records of one person: the alias leads to the one that goes on. Undone, both go on.
CREATE TABLE person_alias (
    id        BLOB PRIMARY KEY,
    alias_id  BLOB NOT NULL REFERENCES person (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    note      TEXT NOT NULL,
    merged_at TEXT NOT NULL,
    merged_by BLOB NOT NULL REFERENCES account (id),
    undone_at TEXT,
    undone_by BLOB REFERENCES account (id),
    CHECK (alias_id <> person_id),
    CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX person_alias_live ON person_alias (alias_id) WHERE undone_at IS NULL;
CREATE INDEX person_alias_person ON person_alias (person_id);

-- Every value that a merge wrote over, in the order it did: what undoing it puts back.
CREATE TABLE person_alias_change (
    merge_id    BLOB NOT NULL REFERENCES person_alias (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    table_name  TEXT NOT NULL,
    row_id      BLOB NOT NULL,
    column_name TEXT NOT NULL,
    old_value   TEXT,
    new_value   TEXT,
    PRIMARY KEY (merge_id, number)
) STRICT;
CREATE INDEX person_alias_change_row ON person_alias_change (row_id, column_name);

-- Two people who look like one and are not, as somebody found out.
CREATE TABLE distinct_people (
    id           BLOB PRIMARY KEY,
    first_id     BLOB NOT NULL REFERENCES person (id),
    second_id    BLOB NOT NULL REFERENCES person (id),
    said_at      TEXT NOT NULL,
    said_by      BLOB NOT NULL REFERENCES account (id),
    withdrawn_at TEXT,
    withdrawn_by BLOB REFERENCES account (id),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;
CREATE INDEX distinct_people_first ON distinct_people (first_id);
CREATE INDEX distinct_people_second ON distinct_people (second_id);
