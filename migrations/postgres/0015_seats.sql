-- Seats that are promised with names to come, the waiting list, and what is offered to those on it.

-- Seats of a run that are kept for an organisation, or for a unit, whose organisations they can be divided among. Who
-- is named by it has an enrolment that says so. It ends by itself after its last day, or when somebody ends it.
CREATE TABLE allotment (
    id              UUID PRIMARY KEY,
    run_id          UUID NOT NULL REFERENCES run (id),
    unit_id         UUID REFERENCES unit (id),
    organisation_id UUID REFERENCES organisation (id),
    parent_id       UUID REFERENCES allotment (id),
    created_at      TIMESTAMPTZ NOT NULL,
    created_by      UUID NOT NULL REFERENCES account (id),
    ended_at        TIMESTAMPTZ,
    ended_by        UUID REFERENCES account (id),
    ended_how       TEXT CHECK (ended_how IN ('expired', 'returned', 'withdrawn')),
    end_reason      TEXT,
    CHECK ((unit_id IS NULL) <> (organisation_id IS NULL)),
    CHECK (parent_id IS NULL OR organisation_id IS NOT NULL),
    CHECK ((ended_at IS NULL) = (ended_how IS NULL)),
    CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    CHECK (ended_at IS NULL OR (ended_by IS NULL) = (ended_how = 'expired'))
);
CREATE INDEX allotment_run ON allotment (run_id);
CREATE INDEX allotment_parent ON allotment (parent_id);
CREATE UNIQUE INDEX allotment_of_unit ON allotment (run_id, unit_id) WHERE ended_at IS NULL AND unit_id IS NOT NULL;
CREATE UNIQUE INDEX allotment_of_organisation ON allotment (run_id, organisation_id) WHERE ended_at IS NULL AND parent_id IS NULL;
CREATE UNIQUE INDEX allotment_divided ON allotment (parent_id, organisation_id) WHERE ended_at IS NULL AND parent_id IS NOT NULL;

-- How many seats, and until which day: the last statement counts, and none is changed. No seats is no allotment.
CREATE TABLE allotment_statement (
    allotment_id UUID NOT NULL REFERENCES allotment (id),
    number       BIGINT NOT NULL CHECK (number > 0),
    seats        BIGINT NOT NULL CHECK (seats > 0),
    until_day    DATE NOT NULL,
    stated_at    TIMESTAMPTZ NOT NULL,
    stated_by    UUID NOT NULL REFERENCES account (id),
    PRIMARY KEY (allotment_id, number)
);

CREATE VIEW current_allotment AS
SELECT a.id, a.run_id, a.unit_id, a.organisation_id, a.parent_id, s.seats, s.until_day, s.number AS version, a.created_at, a.ended_at
FROM allotment a JOIN allotment_statement s ON s.allotment_id = a.id
WHERE NOT EXISTS (SELECT 1 FROM allotment_statement n WHERE n.allotment_id = a.id AND n.number > s.number);

ALTER TABLE enrolment ADD COLUMN allotment_id UUID REFERENCES allotment (id);
CREATE INDEX enrolment_allotment ON enrolment (allotment_id) WHERE allotment_id IS NOT NULL;

-- Somebody waits for a seat. The number counts up within the run and is never changed: it is the time they came at.
CREATE TABLE waiting_entry (
    id              UUID PRIMARY KEY,
    run_id          UUID NOT NULL REFERENCES run (id),
    number          BIGINT NOT NULL CHECK (number > 0),
    person_id       UUID NOT NULL REFERENCES person (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    source          TEXT NOT NULL CHECK (source IN ('form', 'spreadsheet')),
    queued_at       TIMESTAMPTZ NOT NULL,
    queued_by       UUID NOT NULL REFERENCES account (id),
    left_at         TIMESTAMPTZ,
    left_by         UUID REFERENCES account (id),
    left_how        TEXT CHECK (left_how IN ('placed', 'withdrawn', 'declined', 'expired')),
    left_reason     TEXT,
    UNIQUE (run_id, number),
    CHECK ((left_at IS NULL) = (left_how IS NULL)),
    CHECK ((left_at IS NULL) = (left_reason IS NULL))
);
CREATE UNIQUE INDEX waiting_live ON waiting_entry (run_id, person_id) WHERE left_at IS NULL;
CREATE INDEX waiting_person ON waiting_entry (person_id);
CREATE INDEX waiting_organisation ON waiting_entry (organisation_id);

-- Who comes before those who came earlier, and why; the last one counts, and nothing said is 0.
CREATE TABLE waiting_priority (
    entry_id UUID NOT NULL REFERENCES waiting_entry (id),
    number   BIGINT NOT NULL CHECK (number > 0),
    priority BIGINT NOT NULL CHECK (priority BETWEEN 0 AND 9),
    reason   TEXT NOT NULL,
    set_at   TIMESTAMPTZ NOT NULL,
    set_by   UUID NOT NULL REFERENCES account (id),
    PRIMARY KEY (entry_id, number)
);

-- A seat that is held for somebody who waits until they answer or it expires. Only hashes of its secrets are kept.
CREATE TABLE offer (
    id           UUID PRIMARY KEY,
    entry_id     UUID NOT NULL REFERENCES waiting_entry (id),
    allotment_id UUID REFERENCES allotment (id),
    offered_at   TIMESTAMPTZ NOT NULL,
    expires_at   TIMESTAMPTZ NOT NULL,
    secret_hash  TEXT NOT NULL UNIQUE,
    code_hash    TEXT NOT NULL UNIQUE,
    answer       TEXT CHECK (answer IN ('accepted', 'declined', 'expired', 'withdrawn')),
    answered_at  TIMESTAMPTZ,
    answered_by  UUID REFERENCES account (id),
    answered_way TEXT CHECK (answered_way IN ('link', 'code', 'screen')),
    enrolment_id UUID REFERENCES enrolment (id),
    CHECK (offered_at < expires_at),
    CHECK ((answer IS NULL) = (answered_at IS NULL)),
    CHECK ((COALESCE(answer, '') = 'accepted') = (enrolment_id IS NOT NULL))
);
CREATE UNIQUE INDEX offer_open ON offer (entry_id) WHERE answer IS NULL;
CREATE INDEX offer_entry ON offer (entry_id);
CREATE INDEX offer_allotment ON offer (allotment_id) WHERE allotment_id IS NOT NULL;
CREATE INDEX offer_expires ON offer (expires_at) WHERE answer IS NULL;

-- The most people of one organisation in a run; a run without a line here has no such limit. The last one counts.
CREATE TABLE run_limit (
    run_id           UUID NOT NULL REFERENCES run (id),
    number           BIGINT NOT NULL CHECK (number > 0),
    per_organisation BIGINT CHECK (per_organisation > 0),
    set_at           TIMESTAMPTZ NOT NULL,
    set_by           UUID NOT NULL REFERENCES account (id),
    PRIMARY KEY (run_id, number)
);

-- What was promised at the root and not ended: how many seats, and how many of them have a name or are offered, in it or
-- in what was divided from it.
CREATE VIEW allotment_left AS
SELECT a.id, a.run_id, a.seats,
    (SELECT COUNT(*) FROM allotment b JOIN enrolment e ON e.allotment_id = b.id AND e.withdrawn_at IS NULL
        WHERE b.id = a.id OR b.parent_id = a.id)
    + (SELECT COUNT(*) FROM allotment b JOIN offer f ON f.allotment_id = b.id AND f.answer IS NULL
        WHERE b.id = a.id OR b.parent_id = a.id) AS gone
FROM current_allotment a WHERE a.parent_id IS NULL AND a.ended_at IS NULL;
