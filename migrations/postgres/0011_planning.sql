-- Trainers and venues as registers, timetables in versions, clashes that somebody answers for.

CREATE TABLE venue (
    id         UUID PRIMARY KEY,
    name       TEXT NOT NULL,
    unit_id    UUID NOT NULL REFERENCES unit (id),
    address    TEXT NOT NULL,
    map_link   TEXT NOT NULL,
    equipment  TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    created_by UUID NOT NULL REFERENCES account (id),
    retired_at TIMESTAMPTZ,
    retired_by UUID REFERENCES account (id),
    CHECK ((retired_at IS NULL) = (retired_by IS NULL))
);
CREATE INDEX venue_unit ON venue (unit_id);

-- What is booked: one room holds one session at a time.
CREATE TABLE room (
    id         UUID PRIMARY KEY,
    venue_id   UUID NOT NULL REFERENCES venue (id),
    name       TEXT NOT NULL,
    capacity   BIGINT NOT NULL CHECK (capacity > 0),
    equipment  TEXT NOT NULL,
    retired_at TIMESTAMPTZ,
    UNIQUE (venue_id, name)
);

-- Who teaches is who holds the role; what is known of a trainer besides stands here. Without a row nothing is known,
-- and nothing is refused for it.
CREATE TABLE trainer (
    person_id  UUID PRIMARY KEY REFERENCES person (id),
    employer   TEXT NOT NULL,
    rank       TEXT NOT NULL,
    note       TEXT NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    changed_by UUID NOT NULL REFERENCES account (id)
);

-- The courses that a trainer is qualified to teach.
CREATE TABLE trainer_course (
    person_id UUID NOT NULL REFERENCES trainer (person_id),
    course_id UUID NOT NULL REFERENCES course (id),
    PRIMARY KEY (person_id, course_id)
);

-- The half-days of a week on which a trainer can be asked; a trainer without any can be asked at all times.
-- Days count from 1 = Monday.
CREATE TABLE trainer_half_day (
    person_id UUID NOT NULL REFERENCES trainer (person_id),
    weekday   BIGINT NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    half_day  TEXT NOT NULL CHECK (half_day IN ('morning', 'afternoon', 'evening')),
    PRIMARY KEY (person_id, weekday, half_day)
);

-- Days on which a trainer is away, both ends belonging to it.
CREATE TABLE trainer_absence (
    id           UUID PRIMARY KEY,
    person_id    UUID NOT NULL REFERENCES person (id),
    first_day    DATE NOT NULL,
    last_day     DATE NOT NULL,
    reason       TEXT NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    created_by   UUID NOT NULL REFERENCES account (id),
    withdrawn_at TIMESTAMPTZ,
    withdrawn_by UUID REFERENCES account (id),
    CHECK (first_day <= last_day),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);
CREATE INDEX trainer_absence_person ON trainer_absence (person_id, last_day);

-- How a course is usually held, and from how many people on.
ALTER TABLE course ADD COLUMN usual_sessions BIGINT CHECK (usual_sessions > 0);
ALTER TABLE course ADD COLUMN usual_half_days TEXT NOT NULL DEFAULT '';
ALTER TABLE course ADD COLUMN minimum BIGINT NOT NULL DEFAULT 0 CHECK (minimum >= 0);

-- `venue` stays what is printed. The room of a session is the one it is held in, be it its own or that of its run.
ALTER TABLE run ADD COLUMN room_id UUID REFERENCES room (id);
ALTER TABLE run ADD COLUMN minimum BIGINT NOT NULL DEFAULT 0 CHECK (minimum >= 0);
ALTER TABLE session ADD COLUMN room_id UUID REFERENCES room (id);
ALTER TABLE session ADD COLUMN cancelled_at TIMESTAMPTZ;
ALTER TABLE session ADD COLUMN cancelled_by UUID REFERENCES account (id);
ALTER TABLE session ADD COLUMN cancellation_reason TEXT;
CREATE INDEX session_room ON session (room_id, day);

-- The sessions that take place: what is marked, counted and certified.
CREATE VIEW held_session AS
SELECT id, run_id, day, half_day, starts_at, ends_at, venue, topic, room_id FROM session WHERE cancelled_at IS NULL;

-- Published timetables as they were, word for word. Never changed.
CREATE TABLE publication (
    id           UUID PRIMARY KEY,
    run_id       UUID NOT NULL REFERENCES run (id),
    version      BIGINT NOT NULL CHECK (version > 0),
    timetable    TEXT NOT NULL,
    note         TEXT NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    published_by UUID NOT NULL REFERENCES account (id),
    UNIQUE (run_id, version)
);

-- A change of a published run that is being prepared: the form as it was typed, and the version it starts from.
CREATE TABLE run_draft (
    run_id   UUID PRIMARY KEY REFERENCES run (id),
    form     TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    saved_at TIMESTAMPTZ NOT NULL,
    saved_by UUID NOT NULL REFERENCES account (id)
);

-- A clash that somebody published in spite of, and why. `subject_id` is the person or room in two places; without another
-- session it is the room that is too small, or the trainer who is away or not qualified.
CREATE TABLE clash_override (
    id               UUID PRIMARY KEY,
    run_id           UUID NOT NULL REFERENCES run (id),
    kind             TEXT NOT NULL,
    subject_id       UUID NOT NULL,
    session_id       UUID REFERENCES session (id),
    starts_at        TIMESTAMPTZ,
    other_session_id UUID REFERENCES session (id),
    other_starts_at  TIMESTAMPTZ,
    seats            BIGINT,
    room_seats       BIGINT,
    reason           TEXT NOT NULL,
    created_at       TIMESTAMPTZ NOT NULL,
    created_by       UUID NOT NULL REFERENCES account (id)
);
CREATE INDEX clash_override_run ON clash_override (run_id);
CREATE INDEX clash_override_subject ON clash_override (subject_id);

-- Who really taught a session, for how many minutes, and for whom they stood in. The last record of a session and
-- trainer counts; none is ever changed.
CREATE TABLE session_teaching (
    id          UUID PRIMARY KEY,
    session_id  UUID NOT NULL REFERENCES session (id),
    person_id   UUID NOT NULL REFERENCES person (id),
    minutes     BIGINT NOT NULL CHECK (minutes BETWEEN 0 AND 1440),
    stood_in_for UUID REFERENCES person (id),
    note        TEXT NOT NULL,
    recorded_at TIMESTAMPTZ NOT NULL,
    recorded_by UUID NOT NULL REFERENCES account (id)
);
CREATE INDEX session_teaching_session ON session_teaching (session_id, person_id, recorded_at);
CREATE INDEX session_teaching_person ON session_teaching (person_id);
