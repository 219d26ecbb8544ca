-- The annual plan, the runs that are made from its lines, and what organisations would like to be taught.

-- A line of the plan of a programme year. Its number never changes and is never given again: sheets name lines by it.
CREATE TABLE plan_line (
    id                   BLOB PRIMARY KEY,
    year_id              BLOB NOT NULL REFERENCES programme_year (id),
    number               INTEGER NOT NULL CHECK (number > 0),
    course_id            BLOB NOT NULL REFERENCES course (id),
    audience             TEXT NOT NULL CHECK (audience IN ('organisations', 'selected', 'officers', 'everyone')),
    quarter              INTEGER NOT NULL CHECK (quarter BETWEEN 1 AND 4),
    planned_runs         INTEGER NOT NULL CHECK (planned_runs > 0),
    planned_participants INTEGER NOT NULL CHECK (planned_participants > 0),
    unit_id              BLOB REFERENCES unit (id),
    place                TEXT NOT NULL,
    budget               INTEGER NOT NULL CHECK (budget >= 0),
    note                 TEXT NOT NULL,
    version              INTEGER NOT NULL CHECK (version > 0),
    created_at           TEXT NOT NULL,
    created_by           BLOB NOT NULL REFERENCES account (id),
    changed_at           TEXT NOT NULL,
    changed_by           BLOB NOT NULL REFERENCES account (id),
    removed_at           TEXT,
    removed_by           BLOB REFERENCES account (id),
    UNIQUE (year_id, number),
    CHECK ((removed_at IS NULL) = (removed_by IS NULL))
) STRICT;

ALTER TABLE run ADD COLUMN plan_line_id BLOB REFERENCES plan_line (id);
CREATE INDEX run_plan_line ON run (plan_line_id);

-- An organisation would like its people to be taught a course. It has one such wish for a course at a time.
CREATE TABLE interest (
    id              BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    course_id       BLOB NOT NULL REFERENCES course (id),
    withdrawn_at    TEXT,
    withdrawn_by    BLOB REFERENCES account (id),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX interest_live ON interest (organisation_id, course_id) WHERE withdrawn_at IS NULL;
CREATE INDEX interest_course ON interest (course_id);

-- What was said of it, each time; the last counts. Never changed. Months are words like 2019-07 with blanks between.
CREATE TABLE interest_statement (
    id          BLOB PRIMARY KEY,
    interest_id BLOB NOT NULL REFERENCES interest (id),
    number      INTEGER NOT NULL CHECK (number > 0),
    people      INTEGER NOT NULL CHECK (people BETWEEN 1 AND 1000),
    months      TEXT NOT NULL,
    note        TEXT NOT NULL,
    said_at     TEXT NOT NULL,
    said_by     BLOB NOT NULL REFERENCES account (id),
    UNIQUE (interest_id, number)
) STRICT;

-- An organisation that asked for a course and was invited to a run of it.
CREATE TABLE run_invitation (
    run_id          BLOB NOT NULL REFERENCES run (id),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    interest_id     BLOB NOT NULL REFERENCES interest (id),
    invited_at      TEXT NOT NULL,
    invited_by      BLOB NOT NULL REFERENCES account (id),
    PRIMARY KEY (run_id, organisation_id)
) STRICT;
CREATE INDEX run_invitation_organisation ON run_invitation (organisation_id);
