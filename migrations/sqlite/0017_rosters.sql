-- Lists of people as they were sent: kept while somebody works with them, then swept.

CREATE TABLE upload (
    id              BLOB PRIMARY KEY,
    account_id      BLOB NOT NULL REFERENCES account (id),
    purpose         TEXT NOT NULL CHECK (purpose IN ('enrolment', 'people')),
    run_id          BLOB REFERENCES run (id),
    organisation_id BLOB REFERENCES organisation (id),
    -- Where people work whose row does not say.
    stands_for      TEXT NOT NULL,
    file_name       TEXT NOT NULL,
    arrangement     TEXT NOT NULL,
    -- The arrangement was taken over from one of this day.
    as_on           TEXT,
    created_at      TEXT NOT NULL,
    CHECK ((purpose = 'enrolment') = (run_id IS NOT NULL)),
    CHECK ((run_id IS NULL) = (organisation_id IS NULL))
) STRICT;
CREATE INDEX upload_of_account ON upload (account_id, created_at);

-- The bytes, sealed since citizen numbers stand in them, and apart: they go first.
CREATE TABLE upload_content (
    upload_id BLOB PRIMARY KEY REFERENCES upload (id),
    content   BLOB NOT NULL
) STRICT;

-- What is done in the background with a list of many people.
CREATE TABLE import_job (
    upload_id     BLOB PRIMARY KEY REFERENCES upload (id),
    step          TEXT NOT NULL CHECK (step IN ('check', 'store')),
    state         TEXT NOT NULL CHECK (state IN ('working', 'done', 'refused')),
    rows_in_all   INTEGER NOT NULL CHECK (rows_in_all >= 0),
    rows_done     INTEGER NOT NULL CHECK (rows_done >= 0),
    rows_faulty   INTEGER NOT NULL CHECK (rows_faulty >= 0),
    people_new    INTEGER NOT NULL CHECK (people_new >= 0),
    people_known  INTEGER NOT NULL CHECK (people_known >= 0),
    refusal       TEXT,
    attempts      INTEGER NOT NULL,
    claimed_until TEXT,
    begun_at      TEXT NOT NULL,
    ended_at      TEXT,
    CHECK ((state = 'refused') = (refusal IS NOT NULL)),
    CHECK ((state = 'working') = (ended_at IS NULL))
) STRICT;
CREATE INDEX import_job_working ON import_job (begun_at) WHERE state = 'working';

-- What is wrong with its rows; the values are sealed like the bytes, and go with them.
CREATE TABLE import_fault (
    upload_id  BLOB NOT NULL REFERENCES import_job (upload_id),
    row_number INTEGER NOT NULL,
    place      INTEGER NOT NULL,
    field      TEXT NOT NULL,
    typed      BLOB NOT NULL,
    refusal    TEXT NOT NULL,
    PRIMARY KEY (upload_id, row_number, place)
) STRICT;

-- How somebody arranged a list with these headings: remembered for the organisation, or for who keeps many of them.
CREATE TABLE roster_mapping (
    id              BLOB PRIMARY KEY,
    organisation_id BLOB REFERENCES organisation (id),
    account_id      BLOB REFERENCES account (id),
    likeness        TEXT NOT NULL,
    arrangement     TEXT NOT NULL,
    used_at         TEXT NOT NULL,
    used_by         BLOB NOT NULL REFERENCES account (id),
    CHECK ((organisation_id IS NULL) <> (account_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX roster_mapping_of_organisation ON roster_mapping (organisation_id, likeness) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX roster_mapping_of_account ON roster_mapping (account_id, likeness) WHERE account_id IS NOT NULL;
