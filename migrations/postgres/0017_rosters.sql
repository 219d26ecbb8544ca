-- Lists of people as they were sent: kept while somebody works with them, then swept.

CREATE TABLE upload (
    id              UUID PRIMARY KEY,
    account_id      UUID NOT NULL REFERENCES account (id),
    purpose         TEXT NOT NULL CHECK (purpose IN ('enrolment', 'people')),
    run_id          UUID REFERENCES run (id),
    organisation_id UUID REFERENCES organisation (id),
    -- Where people work whose row does not say.
    stands_for      TEXT NOT NULL,
    file_name       TEXT NOT NULL,
    arrangement     TEXT NOT NULL,
    -- The arrangement was taken over from one of this day.
    as_on           TIMESTAMPTZ,
    created_at      TIMESTAMPTZ NOT NULL,
    CHECK ((purpose = 'enrolment') = (run_id IS NOT NULL)),
    CHECK ((run_id IS NULL) = (organisation_id IS NULL))
);
CREATE INDEX upload_of_account ON upload (account_id, created_at);

-- The bytes, sealed since citizen numbers stand in them, and apart: they go first.
CREATE TABLE upload_content (
    upload_id UUID PRIMARY KEY REFERENCES upload (id),
    content   BYTEA NOT NULL
);

-- What is done in the background with a list of many people.
CREATE TABLE import_job (
    upload_id     UUID PRIMARY KEY REFERENCES upload (id),
    step          TEXT NOT NULL CHECK (step IN ('check', 'store')),
    state         TEXT NOT NULL CHECK (state IN ('working', 'done', 'refused')),
    rows_in_all   BIGINT NOT NULL CHECK (rows_in_all >= 0),
    rows_done     BIGINT NOT NULL CHECK (rows_done >= 0),
    rows_faulty   BIGINT NOT NULL CHECK (rows_faulty >= 0),
    people_new    BIGINT NOT NULL CHECK (people_new >= 0),
    people_known  BIGINT NOT NULL CHECK (people_known >= 0),
    refusal       TEXT,
    attempts      BIGINT NOT NULL,
    claimed_until TIMESTAMPTZ,
    begun_at      TIMESTAMPTZ NOT NULL,
    ended_at      TIMESTAMPTZ,
    CHECK ((state = 'refused') = (refusal IS NOT NULL)),
    CHECK ((state = 'working') = (ended_at IS NULL))
);
CREATE INDEX import_job_working ON import_job (begun_at) WHERE state = 'working';

-- What is wrong with its rows; the values are sealed like the bytes, and go with them.
CREATE TABLE import_fault (
    upload_id  UUID NOT NULL REFERENCES import_job (upload_id),
    row_number BIGINT NOT NULL,
    place      BIGINT NOT NULL,
    field      TEXT NOT NULL,
    typed      BYTEA NOT NULL,
    refusal    TEXT NOT NULL,
    PRIMARY KEY (upload_id, row_number, place)
);

-- How somebody arranged a list with these headings: remembered for the organisation, or for who keeps many of them.
CREATE TABLE roster_mapping (
    id              UUID PRIMARY KEY,
    organisation_id UUID REFERENCES organisation (id),
    account_id      UUID REFERENCES account (id),
    likeness        TEXT NOT NULL,
    arrangement     TEXT NOT NULL,
    used_at         TIMESTAMPTZ NOT NULL,
    used_by         UUID NOT NULL REFERENCES account (id),
    CHECK ((organisation_id IS NULL) <> (account_id IS NULL))
);
CREATE UNIQUE INDEX roster_mapping_of_organisation ON roster_mapping (organisation_id, likeness) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX roster_mapping_of_account ON roster_mapping (account_id, likeness) WHERE account_id IS NOT NULL;
