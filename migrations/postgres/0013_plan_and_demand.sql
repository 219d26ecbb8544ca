-- The annual plan, the runs that are made from its lines, and what organisations would like to be taught.

-- A line of the plan of a programme year. Its number never changes and is never given again: sheets name lines by it.
CREATE TABLE plan_line (
    id                   UUID PRIMARY KEY,
    year_id              UUID NOT NULL REFERENCES programme_year (id),
    number               BIGINT NOT NULL CHECK (number > 0),
    course_id            UUID NOT NULL REFERENCES course (id),
    audience             TEXT NOT NULL CHECK (audience IN ('organisations', 'selected', 'officers', 'everyone')),
    quarter              BIGINT NOT NULL CHECK (quarter BETWEEN 1 AND 4),
    planned_runs         BIGINT NOT NULL CHECK (planned_runs > 0),
    planned_participants BIGINT NOT NULL CHECK (planned_participants > 0),
    unit_id              UUID REFERENCES unit (id),
    place                TEXT NOT NULL,
    budget               BIGINT NOT NULL CHECK (budget >= 0),
    note                 TEXT NOT NULL,
    version              BIGINT NOT NULL CHECK (version > 0),
    created_at           TIMESTAMPTZ NOT NULL,
    created_by           UUID NOT NULL REFERENCES account (id),
    changed_at           TIMESTAMPTZ NOT NULL,
    changed_by           UUID NOT NULL REFERENCES account (id),
    removed_at           TIMESTAMPTZ,
    removed_by           UUID REFERENCES account (id),
    UNIQUE (year_id, number),
    CHECK ((removed_at IS NULL) = (removed_by IS NULL))
);

ALTER TABLE run ADD COLUMN plan_line_id UUID REFERENCES plan_line (id);
CREATE INDEX run_plan_line ON run (plan_line_id);

-- An organisation would like its people to be taught a course. It has one such wish for a course at a time.
CREATE TABLE interest (
    id              UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    course_id       UUID NOT NULL REFERENCES course (id),
    withdrawn_at    TIMESTAMPTZ,
    withdrawn_by    UUID REFERENCES account (id),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);
CREATE UNIQUE INDEX interest_live ON interest (organisation_id, course_id) WHERE withdrawn_at IS NULL;
CREATE INDEX interest_course ON interest (course_id);

-- What was said of it, each time; the last counts. Never changed. Months are words like 2019-07 with blanks between.
CREATE TABLE interest_statement (
    id          UUID PRIMARY KEY,
    interest_id UUID NOT NULL REFERENCES interest (id),
    number      BIGINT NOT NULL CHECK (number > 0),
    people      BIGINT NOT NULL CHECK (people BETWEEN 1 AND 1000),
    months      TEXT NOT NULL,
    note        TEXT NOT NULL,
    said_at     TIMESTAMPTZ NOT NULL,
    said_by     UUID NOT NULL REFERENCES account (id),
    UNIQUE (interest_id, number)
);

-- An organisation that asked for a course and was invited to a run of it.
CREATE TABLE run_invitation (
    run_id          UUID NOT NULL REFERENCES run (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    interest_id     UUID NOT NULL REFERENCES interest (id),
    invited_at      TIMESTAMPTZ NOT NULL,
    invited_by      UUID NOT NULL REFERENCES account (id),
    PRIMARY KEY (run_id, organisation_id)
);
CREATE INDEX run_invitation_organisation ON run_invitation (organisation_id);
