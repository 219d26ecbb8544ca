-- Units that change: where an organisation lies when the successions of its unit leave that open.

-- `place_id` was divided, or nobody knows what it became; a person said that the organisation lies in `unit_id` now.
CREATE TABLE unit_placement (
    id              UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    place_id        UUID NOT NULL REFERENCES unit (id),
    unit_id         UUID NOT NULL REFERENCES unit (id),
    decided_at      TIMESTAMPTZ NOT NULL,
    decided_by      UUID NOT NULL REFERENCES account (id),
    undone_at       TIMESTAMPTZ,
    undone_by       UUID REFERENCES account (id),
    CHECK (place_id <> unit_id),
    CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);
CREATE UNIQUE INDEX unit_placement_live ON unit_placement (organisation_id, place_id) WHERE undone_at IS NULL;

-- What units cover for one organisation alone, beyond unit_cover, since somebody said where it lies. Worked out in Rust.
CREATE TABLE organisation_cover (
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    covered_id      UUID NOT NULL REFERENCES unit (id),
    unit_id         UUID NOT NULL REFERENCES unit (id),
    PRIMARY KEY (organisation_id, covered_id, unit_id)
);

-- All that the board of a year and the choice of units are counted from, without reading the forms themselves.
CREATE INDEX registration_board ON registration (year_id, unit_id, place_id, state);
