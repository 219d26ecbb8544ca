-- From a product registration form to a selected organisation (Plan 134/KH-UBND; domain.md §1).

-- Programme years --------------------------------------------------------------------------------------------------

-- The classification of products, by the decision that set it: 781/QĐ-TTg (2020), 148/QĐ-TTg (2023).
CREATE TABLE product_group (
    id          BLOB PRIMARY KEY,
    decision    TEXT NOT NULL,
    industry    TEXT NOT NULL,
    name        TEXT NOT NULL,
    subgroup    TEXT NOT NULL,
    is_verified INTEGER NOT NULL,
    position    INTEGER NOT NULL,
    UNIQUE (decision, position)
) STRICT;

-- Which level of government receives forms, in which period: districts until July 2025, communes since.
CREATE TABLE receiving_level (
    id         BLOB PRIMARY KEY,
    level      TEXT NOT NULL CHECK (level IN ('province', 'district', 'commune')),
    valid_from TEXT NOT NULL UNIQUE,
    basis      TEXT NOT NULL
) STRICT;

CREATE TABLE programme_year (
    id                BLOB PRIMARY KEY,
    year              INTEGER NOT NULL UNIQUE,
    plan_number       TEXT NOT NULL,
    plan_day          TEXT,
    existing_products INTEGER NOT NULL CHECK (existing_products >= 0),
    target_products   INTEGER NOT NULL CHECK (target_products >= 0),
    group_decision    TEXT NOT NULL,
    created_at        TEXT NOT NULL,
    created_by        BLOB REFERENCES account (id)
) STRICT;

-- When each of the six steps of the annual cycle is open.
CREATE TABLE programme_window (
    year_id BLOB NOT NULL REFERENCES programme_year (id),
    step    INTEGER NOT NULL CHECK (step BETWEEN 1 AND 6),
    opens   TEXT NOT NULL,
    closes  TEXT NOT NULL,
    PRIMARY KEY (year_id, step),
    CHECK (opens <= closes)
) STRICT;

-- What evaluators score, each from 0 to 10, and how much it weighs.
CREATE TABLE evaluation_criterion (
    id           BLOB PRIMARY KEY,
    year_id      BLOB NOT NULL REFERENCES programme_year (id),
    name         TEXT NOT NULL,
    name_english TEXT NOT NULL,
    weight       INTEGER NOT NULL CHECK (weight BETWEEN 1 AND 100),
    position     INTEGER NOT NULL,
    UNIQUE (year_id, position)
) STRICT;

-- Forms --------------------------------------------------------------------------------------------------------------

-- `unit_id` is the unit that receives the form, `place_id` where the organisation lay when it sent it; the name and kind
-- of the organisation are kept as they were, too. `state`, `state_at` and `due_on` repeat the last event, and `version`
-- counts every change: who decides on an older version is refused.
CREATE TABLE registration (
    id                BLOB PRIMARY KEY,
    year_id           BLOB NOT NULL REFERENCES programme_year (id),
    organisation_id   BLOB NOT NULL REFERENCES organisation (id),
    unit_id           BLOB NOT NULL REFERENCES unit (id),
    place_id          BLOB NOT NULL REFERENCES unit (id),
    organisation_name TEXT NOT NULL,
    organisation_kind TEXT NOT NULL CHECK (organisation_kind IN ('cooperative', 'cooperative_group', 'enterprise', 'household')),
    kind              TEXT NOT NULL CHECK (kind IN ('existing', 'new')),
    source            TEXT NOT NULL CHECK (source IN ('online', 'paper', 'spreadsheet')),
    number            INTEGER,
    product_name      TEXT NOT NULL,
    search_text       TEXT NOT NULL,
    group_id          BLOB REFERENCES product_group (id),
    content           TEXT NOT NULL,
    completeness      INTEGER NOT NULL CHECK (completeness BETWEEN 0 AND 100),
    state             TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'complete', 'evaluated', 'listed', 'forwarded',
                          'selected', 'not_selected', 'withdrawn', 'duplicate')),
    state_at          TEXT NOT NULL,
    due_on            TEXT,
    is_feasible       INTEGER,
    score             INTEGER CHECK (score BETWEEN 0 AND 10000),
    duplicate_of      BLOB REFERENCES registration (id),
    version           INTEGER NOT NULL,
    received_on       TEXT,
    created_at        TEXT NOT NULL,
    created_by        BLOB NOT NULL REFERENCES account (id),
    CHECK ((state = 'duplicate') = (duplicate_of IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX registration_number ON registration (unit_id, year_id, number) WHERE number IS NOT NULL;
CREATE INDEX registration_year ON registration (year_id, state);
CREATE INDEX registration_organisation ON registration (organisation_id);
CREATE INDEX registration_unit ON registration (unit_id);

-- A file of the dossier. A removed one stays, so that nothing an officer saw is lost.
CREATE TABLE attachment (
    id              BLOB PRIMARY KEY,
    registration_id BLOB NOT NULL REFERENCES registration (id),
    item            TEXT NOT NULL,
    file_name       TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png', 'xlsx')),
    size            INTEGER NOT NULL,
    hash            TEXT NOT NULL,
    added_at        TEXT NOT NULL,
    added_by        BLOB NOT NULL REFERENCES account (id),
    removed_at      TEXT,
    removed_by      BLOB REFERENCES account (id)
) STRICT;
CREATE INDEX attachment_registration ON attachment (registration_id);
CREATE UNIQUE INDEX attachment_same ON attachment (registration_id, item, hash) WHERE removed_at IS NULL;

CREATE TABLE attachment_content (
    attachment_id BLOB PRIMARY KEY REFERENCES attachment (id),
    content       BLOB NOT NULL
) STRICT;

-- An item of the dossier that came on paper or in kind (samples), as an officer saw it.
CREATE TABLE dossier_receipt (
    registration_id BLOB NOT NULL REFERENCES registration (id),
    item            TEXT NOT NULL,
    received_at     TEXT NOT NULL,
    received_by     BLOB NOT NULL REFERENCES account (id),
    PRIMARY KEY (registration_id, item)
) STRICT;

-- One evaluator's opinion; a second thought is a new row that replaces the first. Scores are points 0 to 10 by criterion,
-- the total is hundredths of 100 points, and both keep the weights they were given under.
CREATE TABLE evaluation (
    id              BLOB PRIMARY KEY,
    registration_id BLOB NOT NULL REFERENCES registration (id),
    evaluator_id    BLOB NOT NULL REFERENCES account (id),
    is_feasible     INTEGER NOT NULL,
    remark          TEXT NOT NULL,
    scores          TEXT NOT NULL,
    total           INTEGER CHECK (total BETWEEN 0 AND 10000),
    evaluated_at    TEXT NOT NULL,
    replaces_id     BLOB REFERENCES evaluation (id)
) STRICT;
CREATE INDEX evaluation_registration ON evaluation (registration_id);
CREATE UNIQUE INDEX evaluation_first ON evaluation (registration_id, evaluator_id) WHERE replaces_id IS NULL;
CREATE UNIQUE INDEX evaluation_replaces ON evaluation (replaces_id) WHERE replaces_id IS NOT NULL;

CREATE VIEW current_evaluation AS
SELECT e.id, e.registration_id, e.evaluator_id, e.is_feasible, e.remark, e.scores, e.total, e.evaluated_at
FROM evaluation e
WHERE NOT EXISTS (SELECT 1 FROM evaluation n WHERE n.replaces_id = e.id);

-- Lists and selection ------------------------------------------------------------------------------------------------

-- Drawn up, frozen (number, day, signatory and all that is printed), forwarded, then accepted or returned. A frozen list
-- never changes: a correction is a new list that replaces it.
CREATE TABLE forwarding_list (
    id             BLOB PRIMARY KEY,
    year_id        BLOB NOT NULL REFERENCES programme_year (id),
    unit_id        BLOB NOT NULL REFERENCES unit (id),
    number         TEXT,
    signed_on      TEXT,
    signatory_post TEXT,
    signatory_name TEXT,
    printed        TEXT,
    printed_hash   TEXT,
    version        INTEGER NOT NULL,
    created_at     TEXT NOT NULL,
    created_by     BLOB NOT NULL REFERENCES account (id),
    frozen_at      TEXT,
    frozen_by      BLOB REFERENCES account (id),
    forwarded_at   TEXT,
    forwarded_by   BLOB REFERENCES account (id),
    accepted_at    TEXT,
    accepted_by    BLOB REFERENCES account (id),
    returned_at    TEXT,
    returned_by    BLOB REFERENCES account (id),
    return_reason  TEXT,
    discarded_at   TEXT,
    discarded_by   BLOB REFERENCES account (id),
    replaces_id    BLOB UNIQUE REFERENCES forwarding_list (id),
    CHECK ((frozen_at IS NULL) = (printed IS NULL)),
    CHECK (forwarded_at IS NULL OR frozen_at IS NOT NULL),
    CHECK (accepted_at IS NULL OR forwarded_at IS NOT NULL),
    CHECK (returned_at IS NULL OR (forwarded_at IS NOT NULL AND return_reason IS NOT NULL)),
    CHECK (accepted_at IS NULL OR returned_at IS NULL),
    CHECK (discarded_at IS NULL OR forwarded_at IS NULL)
) STRICT;
CREATE INDEX forwarding_list_year ON forwarding_list (year_id, unit_id);
CREATE UNIQUE INDEX forwarding_list_number ON forwarding_list (unit_id, year_id, number) WHERE number IS NOT NULL;

CREATE TABLE forwarding_entry (
    list_id         BLOB NOT NULL REFERENCES forwarding_list (id),
    registration_id BLOB NOT NULL REFERENCES registration (id),
    position        INTEGER NOT NULL,
    PRIMARY KEY (list_id, registration_id)
) STRICT;
CREATE INDEX forwarding_entry_registration ON forwarding_entry (registration_id);

-- A decision of the province on forwarded products; its outcomes are events of the forms. Once published it is public.
CREATE TABLE selection_decision (
    id           BLOB PRIMARY KEY,
    year_id      BLOB NOT NULL REFERENCES programme_year (id),
    number       TEXT NOT NULL,
    decided_on   TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    created_by   BLOB NOT NULL REFERENCES account (id),
    published_at TEXT,
    published_by BLOB REFERENCES account (id),
    UNIQUE (year_id, number)
) STRICT;

-- What happened to a form, only added to. `number` counts from 1, so that two deeds at once cannot both be the next.
CREATE TABLE registration_event (
    id              BLOB PRIMARY KEY,
    registration_id BLOB NOT NULL REFERENCES registration (id),
    number          INTEGER NOT NULL,
    step            TEXT NOT NULL,
    state           TEXT NOT NULL,
    reason          TEXT NOT NULL,
    due_on          TEXT,
    list_id         BLOB REFERENCES forwarding_list (id),
    decision_id     BLOB REFERENCES selection_decision (id),
    happened_at     TEXT NOT NULL,
    happened_by     BLOB NOT NULL REFERENCES account (id),
    UNIQUE (registration_id, number)
) STRICT;
CREATE INDEX registration_event_decision ON registration_event (decision_id);

-- What is to be put right before a returned form comes back: `subject` is a field of the form or an item of the dossier.
CREATE TABLE registration_remark (
    id       BLOB PRIMARY KEY,
    event_id BLOB NOT NULL REFERENCES registration_event (id),
    subject  TEXT NOT NULL,
    remark   TEXT NOT NULL,
    UNIQUE (event_id, subject)
) STRICT;

-- Effect on training ---------------------------------------------------------------------------------------------------

-- A run may be for organisations with a product selected in this year alone.
ALTER TABLE run ADD COLUMN selection_year INTEGER;

-- An organisation without a selected product that may take part in such a run all the same, and why.
CREATE TABLE eligibility_exception (
    id              BLOB PRIMARY KEY,
    run_id          BLOB NOT NULL REFERENCES run (id),
    organisation_id BLOB NOT NULL REFERENCES organisation (id),
    reason          TEXT NOT NULL,
    granted_at      TEXT NOT NULL,
    granted_by      BLOB NOT NULL REFERENCES account (id),
    UNIQUE (run_id, organisation_id)
) STRICT;
