-- Trainers and venues as registers, timetables in versions, clashes that somebody answers for.

CREATE TABLE venue (
    id         BLOB PRIMARY KEY,
    name       TEXT NOT NULL,
    unit_id    BLOB NOT NULL REFERENCES unit (id),
    address    TEXT NOT NULL,
    map_link   TEXT NOT NULL,
    equipment  TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL REFERENCES account (id),
    retired_at TEXT,
    retired_by BLOB REFERENCES account (id),
    CHECK ((retired_at IS NULL) = (retired_by IS NULL))
) STRICT;
CREATE INDEX venue_unit ON venue (unit_id);

-- What is booked: one room holds one session at a time.
CREATE TABLE room (
    id         BLOB PRIMARY KEY,
    venue_id   BLOB NOT NULL REFERENCES venue (id),
    name       TEXT NOT NULL,
    capacity   INTEGER NOT NULL CHECK (capacity > 0),
    equipment  TEXT NOT NULL,
    retired_at TEXT,
    UNIQUE (venue_id, name)
) STRICT;

-- Who teaches is who holds the role; what is known of a trainer besides stands here. Without a row nothing is known,
-- and nothing is refused for it.
CREATE TABLE trainer (
    person_id  BLOB PRIMARY KEY REFERENCES person (id),
    employer   TEXT NOT NULL,
    rank       TEXT NOT NULL,
    note       TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by BLOB NOT NULL REFERENCES account (id)
) STRICT;

-- The courses that a trainer is qualified to teach.
CREATE TABLE trainer_course (
    person_id BLOB NOT NULL REFERENCES trainer (person_id),
    course_id BLOB NOT NULL REFERENCES course (id),
    PRIMARY KEY (person_id, course_id)
) STRICT;

-- The half-days of a week on which a trainer can be asked; a trainer without any can be asked at all times.
-- Days count from 1 = Monday.
CREATE TABLE trainer_half_day (
    person_id BLOB NOT NULL REFERENCES trainer (person_id),
    weekday   INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    half_day  TEXT NOT NULL CHECK (half_day IN ('morning', 'afternoon', 'evening')),
    PRIMARY KEY (person_id, weekday, half_day)
) STRICT;

-- Days on which a trainer is away, both ends belonging to it.
CREATE TABLE trainer_absence (
    id           BLOB PRIMARY KEY,
    person_id    BLOB NOT NULL REFERENCES person (id),
    first_day    TEXT NOT NULL,
    last_day     TEXT NOT NULL,
    reason       TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    created_by   BLOB NOT NULL REFERENCES account (id),
    withdrawn_at TEXT,
    withdrawn_by BLOB REFERENCES account (id),
    CHECK (first_day <= last_day),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
) STRICT;
CREATE INDEX trainer_absence_person ON trainer_absence (person_id, last_day);

-- How a course is usually held, and from how many people on.
ALTER TABLE course ADD COLUMN usual_sessions INTEGER CHECK (usual_sessions > 0);
ALTER TABLE course ADD COLUMN usual_half_days TEXT NOT NULL DEFAULT '';
ALTER TABLE course ADD COLUMN minimum INTEGER NOT NULL DEFAULT 0 CHECK (minimum >= 0);

-- `venue` stays what is printed. The room of a session is the one it is held in, be it its own or that of its run.
ALTER TABLE run ADD COLUMN room_id BLOB REFERENCES room (id);
ALTER TABLE run ADD COLUMN minimum INTEGER NOT NULL DEFAULT 0 CHECK (minimum >= 0);
ALTER TABLE session ADD COLUMN room_id BLOB REFERENCES room (id);
ALTER TABLE session ADD COLUMN cancelled_at TEXT;
ALTER TABLE session ADD COLUMN cancelled_by BLOB REFERENCES account (id);
ALTER TABLE session ADD COLUMN cancellation_reason TEXT;
CREATE INDEX session_room ON session (room_id, day);

-- The sessions that take place: what is marked, counted and certified.
CREATE VIEW held_session AS
SELECT id, run_id, day, half_day, starts_at, ends_at, venue, topic, room_id FROM session WHERE cancelled_at IS NULL;

-- Published timetables as they were, word for word. Never changed.
CREATE TABLE publication (
    id           BLOB PRIMARY KEY,
    run_id       BLOB NOT NULL REFERENCES run (id),
    version      INTEGER NOT NULL CHECK (version > 0),
    timetable    TEXT NOT NULL,
    note         TEXT NOT NULL,
    published_at TEXT NOT NULL,
    published_by BLOB NOT NULL REFERENCES account (id),
    UNIQUE (run_id, version)
) STRICT;

-- A change of a published run that is being prepared: the form as it was typed, and the version it starts from.
CREATE TABLE run_draft (
    run_id   BLOB PRIMARY KEY REFERENCES run (id),
    form     TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    saved_at TEXT NOT NULL,
    saved_by BLOB NOT NULL REFERENCES account (id)
) STRICT;

-- A clash that somebody published in spite of, and why. `subject_id` is the person or room in two places; without another
-- session it is the room that is too small, or the trainer who is away or not qualified.
CREATE TABLE clash_override (
    id               BLOB PRIMARY KEY,
    run_id           BLOB NOT NULL REFERENCES run (id),
    kind             TEXT NOT NULL,
    subject_id       BLOB NOT NULL,
    session_id       BLOB REFERENCES session (id),
    starts_at        TEXT,
    other_session_id BLOB REFERENCES session (id),
    other_starts_at  TEXT,
    seats            INTEGER,
    room_seats       INTEGER,
    reason           TEXT NOT NULL,
    created_at       TEXT NOT NULL,
    created_by       BLOB NOT NULL REFERENCES account (id)
) STRICT;
CREATE INDEX clash_override_run ON clash_override (run_id);
CREATE INDEX clash_override_subject ON clash_override (subject_id);

-- Who really taught a session, for how many minutes, and for whom they stood in. The last record of a session and
-- trainer counts; none is ever changed.
CREATE TABLE session_teaching (
    id          BLOB PRIMARY KEY,
    session_id  BLOB NOT NULL REFERENCES session (id),
    person_id   BLOB NOT NULL REFERENCES person (id),
    minutes     INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 1440),
    stood_in_for BLOB REFERENCES person (id),
    note        TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_by BLOB NOT NULL REFERENCES account (id)
) STRICT;
CREATE INDEX session_teaching_session ON session_teaching (session_id, person_id, recorded_at);
CREATE INDEX session_teaching_person ON session_teaching (person_id);
