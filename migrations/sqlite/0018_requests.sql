-- Runs in which a place is taken only by approval, and the requests for one.

-- `approval_at` is since when it is as it is: who was enrolled before needed none.
ALTER TABLE run ADD COLUMN approval TEXT NOT NULL DEFAULT 'none' CHECK (approval IN ('none', 'unit', 'province', 'unit_and_province'));
ALTER TABLE run ADD COLUMN approval_at TEXT;
ALTER TABLE run ADD COLUMN asks_again INTEGER NOT NULL DEFAULT 0;

-- An organisation asks for a place for one person in one of the runs of a course. Where it stands follows from its steps;
-- `needs` and `asked_number` are those of the step that last said what is asked for, `enrolment_id` is the place that the
-- person has by it. Once `closed_at` is set, the person can be asked for anew.
CREATE TABLE request (
    id              BLOB PRIMARY KEY,
    person_id       BLOB NOT NULL REFERENCES person (id),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    course_id       BLOB NOT NULL REFERENCES course (id),
    source          TEXT NOT NULL CHECK (source IN ('form', 'spreadsheet')),
    needs           TEXT NOT NULL CHECK (needs IN ('unit', 'province', 'unit_and_province')),
    state           TEXT NOT NULL CHECK (state IN ('waiting_unit', 'waiting_province', 'returned', 'approved', 'placed', 'refused', 'withdrawn')),
    state_at        TEXT NOT NULL,
    version         INTEGER NOT NULL CHECK (version > 0),
    asked_number    INTEGER NOT NULL CHECK (asked_number BETWEEN 1 AND version),
    enrolment_id    BLOB REFERENCES enrolment (id),
    closed_at       TEXT,
    CHECK (state <> 'placed' OR enrolment_id IS NOT NULL),
    CHECK (state NOT IN ('refused', 'withdrawn') OR closed_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX request_live ON request (person_id, course_id) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX request_enrolment ON request (enrolment_id) WHERE enrolment_id IS NOT NULL;
CREATE INDEX request_organisation ON request (organisation_id);
CREATE INDEX request_course ON request (course_id, state);

-- What happened to it, who did it, and why: the note of who asked, the reason of who decided. Never changed.
CREATE TABLE request_step (
    id           BLOB PRIMARY KEY,
    request_id   BLOB NOT NULL REFERENCES request (id),
    number       INTEGER NOT NULL CHECK (number > 0),
    kind         TEXT NOT NULL CHECK (kind IN ('asked', 'changed', 'approved', 'returned', 'refused', 'placed', 'undone', 'given_back', 'withdrawn')),
    level        TEXT CHECK (level IN ('unit', 'province')),
    needs        TEXT CHECK (needs IN ('unit', 'province', 'unit_and_province')),
    enrolment_id BLOB REFERENCES enrolment (id),
    note         TEXT NOT NULL,
    done_at      TEXT NOT NULL,
    done_by      BLOB NOT NULL REFERENCES account (id),
    UNIQUE (request_id, number),
    CHECK ((level IS NOT NULL) = (kind IN ('approved', 'returned', 'refused'))),
    CHECK ((needs IS NOT NULL) = (kind IN ('asked', 'changed'))),
    CHECK (enrolment_id IS NOT NULL OR kind NOT IN ('placed', 'given_back'))
) STRICT;
CREATE INDEX request_step_enrolment ON request_step (enrolment_id);

-- The runs that a step asks for, the first choice first.
CREATE TABLE request_choice (
    request_id BLOB NOT NULL REFERENCES request (id),
    number     INTEGER NOT NULL,
    place      INTEGER NOT NULL CHECK (place BETWEEN 1 AND 3),
    run_id     BLOB NOT NULL REFERENCES run (id),
    PRIMARY KEY (request_id, number, place),
    UNIQUE (request_id, number, run_id)
) STRICT;
CREATE INDEX request_choice_run ON request_choice (run_id);

-- People whom a planner placed in the runs of a course at once, and whether that was taken back.
CREATE TABLE request_placing (
    id        BLOB PRIMARY KEY,
    course_id BLOB NOT NULL REFERENCES course (id),
    placed_at TEXT NOT NULL,
    placed_by BLOB NOT NULL REFERENCES account (id),
    undone_at TEXT,
    undone_by BLOB REFERENCES account (id),
    CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT;
CREATE INDEX request_placing_course ON request_placing (course_id, placed_at);
CREATE TABLE request_placed (
    placing_id   BLOB NOT NULL REFERENCES request_placing (id),
    request_id   BLOB NOT NULL REFERENCES request (id),
    enrolment_id BLOB NOT NULL REFERENCES enrolment (id),
    PRIMARY KEY (placing_id, request_id)
) STRICT;
