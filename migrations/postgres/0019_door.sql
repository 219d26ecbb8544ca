-- What has to be completed before a course, who comes to the door without a place, heads that are counted, and places that
-- pass from one person or run to another.

-- How many hours before the first session of a run an organisation may send somebody else in a participant's stead at the
-- latest; 0: until it begins.
ALTER TABLE course ADD COLUMN substitution_hours BIGINT NOT NULL DEFAULT 0 CHECK (substitution_hours BETWEEN 0 AND 720);

-- Of each group any one course has to be completed, perhaps within so many years before the run begins.
CREATE TABLE prerequisite_group (
    course_id    UUID NOT NULL REFERENCES course (id),
    number       BIGINT NOT NULL CHECK (number > 0),
    within_years BIGINT CHECK (within_years BETWEEN 1 AND 50),
    PRIMARY KEY (course_id, number)
);
CREATE TABLE course_prerequisite (
    course_id    UUID NOT NULL,
    group_number BIGINT NOT NULL,
    required_id  UUID NOT NULL REFERENCES course (id),
    PRIMARY KEY (course_id, group_number, required_id),
    FOREIGN KEY (course_id, group_number) REFERENCES prerequisite_group (course_id, number),
    CHECK (required_id <> course_id)
);

-- Somebody who came to a session without a place in the run, as they were written down in the hall. Never changed.
CREATE TABLE walk_in (
    id                UUID PRIMARY KEY,
    run_id            UUID NOT NULL REFERENCES run (id),
    session_id        UUID NOT NULL REFERENCES session (id),
    person_name       TEXT NOT NULL,
    given_name        TEXT NOT NULL,
    sex               TEXT CHECK (sex IN ('female', 'male')),
    birth_year        BIGINT,
    organisation_id   UUID REFERENCES organisation (id),
    organisation_name TEXT NOT NULL,
    phone             TEXT,
    nonce             TEXT NOT NULL UNIQUE,
    noted_at          TIMESTAMPTZ NOT NULL,
    noted_by          UUID NOT NULL REFERENCES account (id)
);
CREATE INDEX walk_in_run ON walk_in (run_id);

-- Marks of walk-ins, in chains like those of participants.
CREATE TABLE walk_in_mark (
    id          UUID PRIMARY KEY,
    walk_in_id  UUID NOT NULL REFERENCES walk_in (id),
    session_id  UUID NOT NULL REFERENCES session (id),
    status      TEXT NOT NULL CHECK (status IN ('present', 'late', 'absent', 'excused')),
    marked_at   TIMESTAMPTZ NOT NULL,
    marked_by   UUID NOT NULL REFERENCES account (id),
    replaces_id UUID REFERENCES walk_in_mark (id)
);
CREATE UNIQUE INDEX walk_in_mark_first ON walk_in_mark (session_id, walk_in_id) WHERE replaces_id IS NULL;
CREATE UNIQUE INDEX walk_in_mark_replaces ON walk_in_mark (replaces_id) WHERE replaces_id IS NOT NULL;
CREATE VIEW current_walk_in_mark AS
SELECT m.id, m.walk_in_id, m.session_id, m.status, m.marked_at, m.marked_by
FROM walk_in_mark m WHERE NOT EXISTS (SELECT 1 FROM walk_in_mark n WHERE n.replaces_id = m.id);

-- What was found out about a walk-in: who it is, with the place they have since, or that nobody is to be found. It may be
-- undone while the run is open; one holds at a time.
CREATE TABLE walk_in_answer (
    id           UUID PRIMARY KEY,
    walk_in_id   UUID NOT NULL REFERENCES walk_in (id),
    enrolment_id UUID REFERENCES enrolment (id),
    -- Whether the place was taken for it; else the person had one before.
    took_place   BOOLEAN NOT NULL,
    reason       TEXT NOT NULL,
    answered_at  TIMESTAMPTZ NOT NULL,
    answered_by  UUID NOT NULL REFERENCES account (id),
    undone_at    TIMESTAMPTZ,
    undone_by    UUID REFERENCES account (id),
    CHECK (enrolment_id IS NOT NULL OR (NOT took_place AND reason <> '')),
    CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);
CREATE UNIQUE INDEX walk_in_answer_live ON walk_in_answer (walk_in_id) WHERE undone_at IS NULL;

-- How many women and men were in a session whose names will never be known. A later count replaces an earlier one.
CREATE TABLE head_count (
    id          UUID PRIMARY KEY,
    session_id  UUID NOT NULL REFERENCES session (id),
    women       BIGINT NOT NULL CHECK (women BETWEEN 0 AND 1000),
    men         BIGINT NOT NULL CHECK (men BETWEEN 0 AND 1000),
    counted_at  TIMESTAMPTZ NOT NULL,
    counted_by  UUID NOT NULL REFERENCES account (id),
    replaces_id UUID REFERENCES head_count (id)
);
CREATE UNIQUE INDEX head_count_first ON head_count (session_id) WHERE replaces_id IS NULL;
CREATE UNIQUE INDEX head_count_replaces ON head_count (replaces_id) WHERE replaces_id IS NOT NULL;
CREATE VIEW current_head_count AS
SELECT h.id, h.session_id, h.women, h.men, h.counted_at, h.counted_by
FROM head_count h WHERE NOT EXISTS (SELECT 1 FROM head_count n WHERE n.replaces_id = h.id);

-- A place that passed on: to another person of the organisation, or with its person to another run of the course.
CREATE TABLE place_change (
    left_id    UUID PRIMARY KEY REFERENCES enrolment (id),
    taken_id   UUID NOT NULL UNIQUE REFERENCES enrolment (id),
    kind       TEXT NOT NULL CHECK (kind IN ('substitution', 'transfer')),
    changed_at TIMESTAMPTZ NOT NULL,
    changed_by UUID NOT NULL REFERENCES account (id),
    CHECK (left_id <> taken_id)
);
