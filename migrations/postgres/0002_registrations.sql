-- From a product registration form to a selected organisation (Plan 134/KH-UBND; domain.md §1).

-- Programme years --------------------------------------------------------------------------------------------------

-- The classification of products, by the decision that set it: 781/QĐ-TTg (2020), 148/QĐ-TTg (2023).
CREATE TABLE product_group (
    id          UUID PRIMARY KEY,
    decision    TEXT NOT NULL,
    industry    TEXT NOT NULL,
    name        TEXT NOT NULL,
    subgroup    TEXT NOT NULL,
    is_verified BOOLEAN NOT NULL,
    position    BIGINT NOT NULL,
    UNIQUE (decision, position)
);

-- Which level of government receives forms, in which period: districts until July 2025, communes since.
CREATE TABLE receiving_level (
    id         UUID PRIMARY KEY,
    level      TEXT NOT NULL CHECK (level IN ('province', 'district', 'commune')),
    valid_from DATE NOT NULL UNIQUE,
    basis      TEXT NOT NULL
);

CREATE TABLE programme_year (
    id                UUID PRIMARY KEY,
    year              BIGINT NOT NULL UNIQUE,
    plan_number       TEXT NOT NULL,
    plan_day          DATE,
    existing_products BIGINT NOT NULL CHECK (existing_products >= 0),
    target_products   BIGINT NOT NULL CHECK (target_products >= 0),
    group_decision    TEXT NOT NULL,
    created_at        TIMESTAMPTZ NOT NULL,
    created_by        UUID REFERENCES account (id)
);

-- When each of the six steps of the annual cycle is open.
CREATE TABLE programme_window (
    year_id UUID NOT NULL REFERENCES programme_year (id),
    step    BIGINT NOT NULL CHECK (step BETWEEN 1 AND 6),
    opens   DATE NOT NULL,
    closes  DATE NOT NULL,
    PRIMARY KEY (year_id, step),
    CHECK (opens <= closes)
);

-- What evaluators score, each from 0 to 10, and how much it weighs.
CREATE TABLE evaluation_criterion (
    id           UUID PRIMARY KEY,
    year_id      UUID NOT NULL REFERENCES programme_year (id),
    name         TEXT NOT NULL,
    name_english TEXT NOT NULL,
    weight       BIGINT NOT NULL CHECK (weight BETWEEN 1 AND 100),
    position     BIGINT NOT NULL,
    UNIQUE (year_id, position)
);

-- Forms --------------------------------------------------------------------------------------------------------------

-- `unit_id` is the unit that receives the form, `place_id` where the organisation lay when it sent it; the name and kind
-- of the organisation are kept as they were, too. `state`, `state_at` and `due_on` repeat the last event, and `version`
-- counts every change: who decides on an older version is refused.
CREATE TABLE registration (
    id                UUID PRIMARY KEY,
    year_id           UUID NOT NULL REFERENCES programme_year (id),
    organisation_id   UUID NOT NULL REFERENCES organisation (id),
    unit_id           UUID NOT NULL REFERENCES unit (id),
    place_id          UUID NOT NULL REFERENCES unit (id),
    organisation_name TEXT NOT NULL,
    organisation_kind TEXT NOT NULL CHECK (organisation_kind IN ('cooperative', 'cooperative_group', 'enterprise', 'household')),
    kind              TEXT NOT NULL CHECK (kind IN ('existing', 'new')),
    source            TEXT NOT NULL CHECK (source IN ('online', 'paper', 'spreadsheet')),
    number            BIGINT,
    product_name      TEXT NOT NULL,
    search_text       TEXT NOT NULL,
    group_id          UUID REFERENCES product_group (id),
    content           TEXT NOT NULL,
    completeness      BIGINT NOT NULL CHECK (completeness BETWEEN 0 AND 100),
    state             TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'complete', 'evaluated', 'listed', 'forwarded',
                          'selected', 'not_selected', 'withdrawn', 'duplicate')),
    state_at          TIMESTAMPTZ NOT NULL,
    due_on            DATE,
    is_feasible       BOOLEAN,
    score             BIGINT CHECK (score BETWEEN 0 AND 10000),
    duplicate_of      UUID REFERENCES registration (id),
    version           BIGINT NOT NULL,
    received_on       DATE,
    created_at        TIMESTAMPTZ NOT NULL,
    created_by        UUID NOT NULL REFERENCES account (id),
    CHECK ((state = 'duplicate') = (duplicate_of IS NOT NULL))
);
CREATE UNIQUE INDEX registration_number ON registration (unit_id, year_id, number) WHERE number IS NOT NULL;
CREATE INDEX registration_year ON registration (year_id, state);
CREATE INDEX registration_organisation ON registration (organisation_id);
CREATE INDEX registration_unit ON registration (unit_id);

-- A file of the dossier. A removed one stays, so that nothing an officer saw is lost.
CREATE TABLE attachment (
    id              UUID PRIMARY KEY,
    registration_id UUID NOT NULL REFERENCES registration (id),
    item            TEXT NOT NULL,
    file_name       TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png', 'xlsx')),
    size            BIGINT NOT NULL,
    hash            TEXT NOT NULL,
    added_at        TIMESTAMPTZ NOT NULL,
    added_by        UUID NOT NULL REFERENCES account (id),
    removed_at      TIMESTAMPTZ,
    removed_by      UUID REFERENCES account (id)
);
CREATE INDEX attachment_registration ON attachment (registration_id);
CREATE UNIQUE INDEX attachment_same ON attachment (registration_id, item, hash) WHERE removed_at IS NULL;

CREATE TABLE attachment_content (
    attachment_id UUID PRIMARY KEY REFERENCES attachment (id),
    content       BYTEA NOT NULL
);

-- An item of the dossier that came on paper or in kind (samples), as an officer saw it.
CREATE TABLE dossier_receipt (
    registration_id UUID NOT NULL REFERENCES registration (id),
    item            TEXT NOT NULL,
    received_at     TIMESTAMPTZ NOT NULL,
    received_by     UUID NOT NULL REFERENCES account (id),
    PRIMARY KEY (registration_id, item)
);

-- One evaluator's opinion; a second thought is a new row that replaces the first. Scores are points 0 to 10 by criterion,
-- the total is hundredths of 100 points, and both keep the weights they were given under.
CREATE TABLE evaluation (
    id              UUID PRIMARY KEY,
    registration_id UUID NOT NULL REFERENCES registration (id),
    evaluator_id    UUID NOT NULL REFERENCES account (id),
    is_feasible     BOOLEAN NOT NULL,
    remark          TEXT NOT NULL,
    scores          TEXT NOT NULL,
    total           BIGINT CHECK (total BETWEEN 0 AND 10000),
    evaluated_at    TIMESTAMPTZ NOT NULL,
    replaces_id     UUID REFERENCES evaluation (id)
);
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
    id             UUID PRIMARY KEY,
    year_id        UUID NOT NULL REFERENCES programme_year (id),
    unit_id        UUID NOT NULL REFERENCES unit (id),
    number         TEXT,
    signed_on      DATE,
    signatory_post TEXT,
    signatory_name TEXT,
    printed        TEXT,
    printed_hash   TEXT,
    version        BIGINT NOT NULL,
    created_at     TIMESTAMPTZ NOT NULL,
    created_by     UUID NOT NULL REFERENCES account (id),
    frozen_at      TIMESTAMPTZ,
    frozen_by      UUID REFERENCES account (id),
    forwarded_at   TIMESTAMPTZ,
    forwarded_by   UUID REFERENCES account (id),
    accepted_at    TIMESTAMPTZ,
    accepted_by    UUID REFERENCES account (id),
    returned_at    TIMESTAMPTZ,
    returned_by    UUID REFERENCES account (id),
    return_reason  TEXT,
    discarded_at   TIMESTAMPTZ,
    discarded_by   UUID REFERENCES account (id),
    replaces_id    UUID UNIQUE REFERENCES forwarding_list (id),
    CHECK ((frozen_at IS NULL) = (printed IS NULL)),
    CHECK (forwarded_at IS NULL OR frozen_at IS NOT NULL),
    CHECK (accepted_at IS NULL OR forwarded_at IS NOT NULL),
    CHECK (returned_at IS NULL OR (forwarded_at IS NOT NULL AND return_reason IS NOT NULL)),
    CHECK (accepted_at IS NULL OR returned_at IS NULL),
    CHECK (discarded_at IS NULL OR forwarded_at IS NULL)
);
CREATE INDEX forwarding_list_year ON forwarding_list (year_id, unit_id);
CREATE UNIQUE INDEX forwarding_list_number ON forwarding_list (unit_id, year_id, number) WHERE number IS NOT NULL;

CREATE TABLE forwarding_entry (
    list_id         UUID NOT NULL REFERENCES forwarding_list (id),
    registration_id UUID NOT NULL REFERENCES registration (id),
    position        BIGINT NOT NULL,
    PRIMARY KEY (list_id, registration_id)
);
CREATE INDEX forwarding_entry_registration ON forwarding_entry (registration_id);

-- A decision of the province on forwarded products; its outcomes are events of the forms. Once published it is public.
CREATE TABLE selection_decision (
    id           UUID PRIMARY KEY,
    year_id      UUID NOT NULL REFERENCES programme_year (id),
    number       TEXT NOT NULL,
    decided_on   DATE NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    created_by   UUID NOT NULL REFERENCES account (id),
    published_at TIMESTAMPTZ,
    published_by UUID REFERENCES account (id),
    UNIQUE (year_id, number)
);

-- What happened to a form, only added to. `number` counts from 1, so that two deeds at once cannot both be the next.
CREATE TABLE registration_event (
    id              UUID PRIMARY KEY,
    registration_id UUID NOT NULL REFERENCES registration (id),
    number          BIGINT NOT NULL,
    step            TEXT NOT NULL,
    state           TEXT NOT NULL,
    reason          TEXT NOT NULL,
    due_on          DATE,
    list_id         UUID REFERENCES forwarding_list (id),
    decision_id     UUID REFERENCES selection_decision (id),
    happened_at     TIMESTAMPTZ NOT NULL,
    happened_by     UUID NOT NULL REFERENCES account (id),
    UNIQUE (registration_id, number)
);
CREATE INDEX registration_event_decision ON registration_event (decision_id);

-- What is to be put right before a returned form comes back: `subject` is a field of the form or an item of the dossier.
CREATE TABLE registration_remark (
    id       UUID PRIMARY KEY,
    event_id UUID NOT NULL REFERENCES registration_event (id),
    subject  TEXT NOT NULL,
    remark   TEXT NOT NULL,
    UNIQUE (event_id, subject)
);

-- Effect on training ---------------------------------------------------------------------------------------------------

-- A run may be for organisations with a product selected in this year alone.
ALTER TABLE run ADD COLUMN selection_year BIGINT;

-- An organisation without a selected product that may take part in such a run all the same, and why.
CREATE TABLE eligibility_exception (
    id              UUID PRIMARY KEY,
    run_id          UUID NOT NULL REFERENCES run (id),
    organisation_id UUID NOT NULL REFERENCES organisation (id),
    reason          TEXT NOT NULL,
    granted_at      TIMESTAMPTZ NOT NULL,
    granted_by      UUID NOT NULL REFERENCES account (id),
    UNIQUE (run_id, organisation_id)
);
