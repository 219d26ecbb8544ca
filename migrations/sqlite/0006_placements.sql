-- Units that change: where an organisation lies when the successions of its unit leave that open.

-- `place_id` was divided, or nobody knows what it became; a person said that the organisation lies in `unit_id` now.
CREATE TABLE unit_placement (
    id              BLOB PRIMARY KEY,
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    place_id        BLOB NOT NULL REFERENCES unit (id),
    unit_id         BLOB NOT NULL REFERENCES unit (id),
    decided_at      TEXT NOT NULL,
    decided_by      BLOB NOT NULL REFERENCES account (id),
    undone_at       TEXT,
    undone_by       BLOB REFERENCES account (id),
    CHECK (place_id <> unit_id),
    CHECK ((undone_at IS NULL) = (undone_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX unit_placement_live ON unit_placement (organisation_id, place_id) WHERE undone_at IS NULL;

-- What units cover for one organisation alone, beyond unit_cover, since somebody said where it lies. Worked out in Rust.
CREATE TABLE organisation_cover (
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    covered_id      BLOB NOT NULL REFERENCES unit (id),
    unit_id         BLOB NOT NULL REFERENCES unit (id),
    PRIMARY KEY (organisation_id, covered_id, unit_id)
) STRICT;

-- All that the board of a year and the choice of units are counted from, without reading the forms themselves.
CREATE INDEX registration_board ON registration (year_id, unit_id, place_id, state);
