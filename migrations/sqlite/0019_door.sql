-- What has to be completed before a course, who comes to the door without a place, heads that are counted, and places that
-- pass from one person or run to another.

-- How many hours before the first session of a run an organisation may send somebody else in a participant's stead at the
-- latest; 0: until it begins.
ALTER TABLE course ADD COLUMN substitution_hours INTEGER NOT NULL DEFAULT 0 CHECK (substitution_hours BETWEEN 0 AND 720);

-- Of each group any one course has to be completed, perhaps within so many years before the run begins.
CREATE TABLE prerequisite_group (
    course_id    BLOB NOT NULL REFERENCES course (id),
    number       INTEGER NOT NULL CHECK (number > 0),
    within_years INTEGER CHECK (within_years BETWEEN 1 AND 50),
    PRIMARY KEY (course_id, number)
) STRICT;
CREATE TABLE course_prerequisite (
    course_id    BLOB NOT NULL,
    group_number INTEGER NOT NULL,
    required_id  BLOB NOT NULL REFERENCES course (id),
    PRIMARY KEY (course_id, group_number, required_id),
    FOREIGN KEY (course_id, group_number) REFERENCES prerequisite_group (course_id, number),
    CHECK (required_id <> course_id)
) STRICT;

-- Somebody who came to a session without a place in the run, as they were written down in the hall. Never changed.
CREATE TABLE walk_in (
    id                BLOB PRIMARY KEY,
    run_id            BLOB NOT NULL REFERENCES run (id),
    session_id        BLOB NOT NULL REFERENCES session (id),
    person_name       TEXT NOT NULL,
    given_name        TEXT NOT NULL,
    sex               TEXT CHECK (sex IN ('female', 'male')),
    birth_year        INTEGER,
    organisation_id   BLOB REFERENCES organisation (id),
    organisation_name TEXT NOT NULL,
    phone             TEXT,
    nonce             TEXT NOT NULL UNIQUE,
    noted_at          TEXT NOT NULL,
    noted_by          BLOB NOT NULL REFERENCES account (id)
) STRICT;
CREATE INDEX walk_in_run ON walk_in (run_id);

-- Marks of walk-ins, in chains like those of participants.
CREATE TABLE walk_in_mark (
    id          BLOB PRIMARY KEY,
    walk_in_id  BLOB NOT NULL REFERENCES walk_in (id),
    session_id  BLOB NOT NULL REFERENCES session (id),
    status      TEXT NOT NULL CHECK (status IN ('present', 'late', 'absent', 'excused')),
    marked_at   TEXT NOT NULL,
    marked_by   BLOB NOT NULL REFERENCES account (id),
    replaces_id BLOB REFERENCES walk_in_mark (id)
) STRICT;
CREATE UNIQUE INDEX walk_in_mark_first ON walk_in_mark (session_id, walk_in_id) WHERE replaces_id IS NULL;
CREATE UNIQUE INDEX walk_in_mark_replaces ON walk_in_mark (replaces_id) WHERE replaces_id IS NOT NULL;
CREATE VIEW current_walk_in_mark AS
SELECT m.id, m.walk_in_id, m.session_id, m.status, m.marked_at, m.marked_by
FROM walk_in_mark m WHERE NOT EXISTS (SELECT 1 FROM walk_in_mark n WHERE n.replaces_id = m.id);

-- What was found out about a walk-in: who it is, with the place they have since, or that nobody is to be found. It may be
-- undone while the run is open; one holds at a time.
CREATE TABLE walk_in_answer (
    id           BLOB PRIMARY KEY,
    walk_in_id   BLOB NOT NULL REFERENCES walk_in (id),
    enrolment_id BLOB REFERENCES enrolment (id),
    -- Whether the place was taken for it; else the person had one before.
    took_place   INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    answered_at  TEXT NOT NULL,
    answered_by  BLOB NOT NULL REFERENCES account (id),
    undone_at    TEXT,
    undone_by    BLOB REFERENCES account (id),
    CHECK (enrolment_id IS NOT NULL OR (NOT took_place AND reason <> '')),
    CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX walk_in_answer_live ON walk_in_answer (walk_in_id) WHERE undone_at IS NULL;

-- How many women and men were in a session whose names will never be known. A later count replaces an earlier one.
CREATE TABLE head_count (
    id          BLOB PRIMARY KEY,
    session_id  BLOB NOT NULL REFERENCES session (id),
    women       INTEGER NOT NULL CHECK (women BETWEEN 0 AND 1000),
    men         INTEGER NOT NULL CHECK (men BETWEEN 0 AND 1000),
    counted_at  TEXT NOT NULL,
    counted_by  BLOB NOT NULL REFERENCES account (id),
    replaces_id BLOB REFERENCES head_count (id)
) STRICT;
CREATE UNIQUE INDEX head_count_first ON head_count (session_id) WHERE replaces_id IS NULL;
CREATE UNIQUE INDEX head_count_replaces ON head_count (replaces_id) WHERE replaces_id IS NOT NULL;
CREATE VIEW current_head_count AS
SELECT h.id, h.session_id, h.women, h.men, h.counted_at, h.counted_by
FROM head_count h WHERE NOT EXISTS (SELECT 1 FROM head_count n WHERE n.replaces_id = h.id);

-- A place that passed on: to another person of the organisation, or with its person to another run of the course.
CREATE TABLE place_change (
    left_id    BLOB PRIMARY KEY REFERENCES enrolment (id),
    taken_id   BLOB NOT NULL UNIQUE REFERENCES enrolment (id),
    kind       TEXT NOT NULL CHECK (kind IN ('substitution', 'transfer')),
    changed_at TEXT NOT NULL,
    changed_by BLOB NOT NULL REFERENCES account (id),
    CHECK (left_id <> taken_id)
) STRICT;
