-- Ids are UUIDv7 made in Rust. Instants are UTC, cut to milliseconds. Days are local dates (Asia/Ho_Chi_Minh).
-- What is printed or counted later is copied when it happens; marks, decisions, certificates and events are only added to.

-- People, places, rights -------------------------------------------------------------------------------------------

-- One row per administrative unit and period: the official code is reused over time and is no key.
CREATE TABLE unit (
    id          BLOB PRIMARY KEY,
    code        TEXT NOT NULL,
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    level       TEXT NOT NULL CHECK (level IN ('province', 'district', 'commune')),
    parent_id   BLOB REFERENCES unit (id),
    valid_from  TEXT,
    valid_to    TEXT,
    search_text TEXT NOT NULL
) STRICT;
CREATE INDEX unit_code ON unit (code);
CREATE INDEX unit_parent ON unit (parent_id);

-- A successor that is not known yet has no new_unit_id: a person has to fill it.
CREATE TABLE unit_succession (
    id          BLOB PRIMARY KEY,
    old_unit_id BLOB NOT NULL REFERENCES unit (id),
    new_unit_id BLOB REFERENCES unit (id),
    kind        TEXT NOT NULL CHECK (kind IN ('full', 'partial')),
    basis       TEXT NOT NULL
) STRICT;
CREATE INDEX unit_succession_old ON unit_succession (old_unit_id);

-- Whose business is in whose scope: a unit covers itself, what lies below it, and what it fully replaced.
-- Worked out in Rust when units are stored, so that every list is narrowed by a plain join.
CREATE TABLE unit_cover (
    unit_id    BLOB NOT NULL REFERENCES unit (id),
    covered_id BLOB NOT NULL REFERENCES unit (id),
    PRIMARY KEY (unit_id, covered_id)
) STRICT;
CREATE INDEX unit_cover_covered ON unit_cover (covered_id);

CREATE TABLE organisation (
    id          BLOB PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('cooperative', 'cooperative_group', 'enterprise', 'household', 'state_body')),
    name        TEXT NOT NULL,
    tax_code    TEXT,
    unit_id     BLOB NOT NULL REFERENCES unit (id),
    address     TEXT,
    phone       TEXT,
    search_text TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;
CREATE INDEX organisation_unit ON organisation (unit_id);
CREATE UNIQUE INDEX organisation_tax_code ON organisation (tax_code) WHERE tax_code IS NOT NULL;

CREATE TABLE person (
    id          BLOB PRIMARY KEY,
    full_name   TEXT NOT NULL,
    given_name  TEXT NOT NULL,
    birth_date  TEXT,
    birth_year  INTEGER,
    sex         TEXT CHECK (sex IN ('female', 'male')),
    phone       TEXT,
    email       TEXT,
    citizen_id  TEXT,
    search_text TEXT NOT NULL,
    created_at  TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX person_citizen_id ON person (citizen_id) WHERE citizen_id IS NOT NULL;

CREATE TABLE membership (
    id               BLOB PRIMARY KEY,
    person_id        BLOB NOT NULL REFERENCES person (id),
    organisation_id  BLOB NOT NULL REFERENCES organisation (id),
    position         TEXT,
    on_state_payroll INTEGER NOT NULL,
    valid_from       TEXT NOT NULL,
    valid_to         TEXT
) STRICT;
CREATE UNIQUE INDEX membership_open ON membership (organisation_id, person_id) WHERE valid_to IS NULL;
CREATE INDEX membership_person ON membership (person_id);

CREATE TABLE account (
    id            BLOB PRIMARY KEY,
    person_id     BLOB NOT NULL UNIQUE REFERENCES person (id),
    password_hash TEXT,
    language      TEXT NOT NULL CHECK (language IN ('vi', 'en')),
    created_at    TEXT NOT NULL,
    disabled_at   TEXT
) STRICT;

-- E-mail address, phone number or user name, as the parser normalised it: what a person signs in with.
CREATE TABLE sign_in_name (
    name       TEXT PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id)
) STRICT;
CREATE INDEX sign_in_name_account ON sign_in_name (account_id);

CREATE TABLE role_grant (
    id              BLOB PRIMARY KEY,
    account_id      BLOB NOT NULL REFERENCES account (id),
    role            TEXT NOT NULL CHECK (role IN ('administrator', 'provincial_officer', 'trainer', 'unit_officer', 'manager', 'representative')),
    unit_id         BLOB REFERENCES unit (id),
    organisation_id BLOB REFERENCES organisation (id),
    valid_from      TEXT NOT NULL,
    valid_to        TEXT,
    granted_by      BLOB REFERENCES account (id),
    granted_at      TEXT NOT NULL,
    CHECK ((unit_id IS NULL) <> (organisation_id IS NULL)),
    CHECK ((role = 'representative') = (organisation_id IS NOT NULL))
) STRICT;
CREATE INDEX role_grant_account ON role_grant (account_id);

-- One-time links and slips. Only a hash of the secret is kept. Set-up has no account yet.
CREATE TABLE account_token (
    id          BLOB PRIMARY KEY,
    purpose     TEXT NOT NULL CHECK (purpose IN ('setup', 'activation', 'reset')),
    account_id  BLOB REFERENCES account (id),
    secret_hash TEXT NOT NULL UNIQUE,
    created_at  TEXT NOT NULL,
    created_by  BLOB REFERENCES account (id),
    expires_at  TEXT NOT NULL,
    used_at     TEXT,
    CHECK ((purpose = 'setup') = (account_id IS NULL))
) STRICT;
CREATE INDEX account_token_account ON account_token (account_id);

CREATE TABLE session_record (
    id         TEXT PRIMARY KEY,
    account_id BLOB REFERENCES account (id),
    content    TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX session_record_account ON session_record (account_id);
CREATE INDEX session_record_expires ON session_record (expires_at);

-- Catalogue and calendar ---------------------------------------------------------------------------------------------

-- Hours, audience, threshold and capacity are data: no official norm for OCOP training exists.
CREATE TABLE course (
    id               BLOB PRIMARY KEY,
    code             TEXT NOT NULL UNIQUE,
    title            TEXT NOT NULL,
    title_english    TEXT NOT NULL,
    summary          TEXT NOT NULL,
    summary_english  TEXT NOT NULL,
    topic            TEXT NOT NULL,
    audience         TEXT NOT NULL CHECK (audience IN ('officers', 'organisations', 'everyone')),
    hours            INTEGER NOT NULL CHECK (hours > 0),
    capacity         INTEGER NOT NULL CHECK (capacity > 0),
    min_attendance   INTEGER NOT NULL CHECK (min_attendance BETWEEN 0 AND 100),
    late_counts      INTEGER NOT NULL CHECK (late_counts BETWEEN 0 AND 100),
    excused_counts   INTEGER NOT NULL CHECK (excused_counts BETWEEN 0 AND 100),
    rule_version     INTEGER NOT NULL,
    position         INTEGER NOT NULL,
    created_at       TEXT NOT NULL
) STRICT;

-- Draft until published; published until cancelled or closed. Each of these keeps who and when, and why where it matters.
CREATE TABLE run (
    id                  BLOB PRIMARY KEY,
    course_id           BLOB NOT NULL REFERENCES course (id),
    name                TEXT NOT NULL,
    audience            TEXT NOT NULL CHECK (audience IN ('officers', 'organisations', 'everyone')),
    unit_id             BLOB NOT NULL REFERENCES unit (id),
    venue               TEXT NOT NULL,
    capacity            INTEGER NOT NULL CHECK (capacity > 0),
    enrolment_deadline  TEXT NOT NULL,
    note                TEXT NOT NULL,
    sequence            INTEGER NOT NULL,
    created_at          TEXT NOT NULL,
    created_by          BLOB NOT NULL REFERENCES account (id),
    published_at        TEXT,
    published_by        BLOB REFERENCES account (id),
    cancelled_at        TEXT,
    cancelled_by        BLOB REFERENCES account (id),
    cancellation_reason TEXT,
    closed_at           TEXT,
    closed_by           BLOB REFERENCES account (id),
    changed_at          TEXT NOT NULL,
    CHECK ((cancelled_at IS NULL) = (cancellation_reason IS NULL)),
    CHECK (closed_at IS NULL OR (published_at IS NOT NULL AND cancelled_at IS NULL))
) STRICT;
CREATE INDEX run_course ON run (course_id);
CREATE INDEX run_unit ON run (unit_id);

CREATE TABLE session (
    id        BLOB PRIMARY KEY,
    run_id    BLOB NOT NULL REFERENCES run (id),
    day       TEXT NOT NULL,
    half_day  TEXT NOT NULL CHECK (half_day IN ('morning', 'afternoon', 'evening')),
    starts_at TEXT NOT NULL,
    ends_at   TEXT NOT NULL,
    venue     TEXT NOT NULL,
    topic     TEXT NOT NULL,
    CHECK (starts_at < ends_at)
) STRICT;
CREATE INDEX session_run ON session (run_id, starts_at);
CREATE INDEX session_day ON session (day);

CREATE TABLE session_trainer (
    session_id BLOB NOT NULL REFERENCES session (id),
    person_id  BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (session_id, person_id)
) STRICT;
CREATE INDEX session_trainer_person ON session_trainer (person_id);

-- Enrolment, attendance, completion ----------------------------------------------------------------------------------

-- Name, birth, organisation, unit and payroll status are kept as they were on enrolling: papers and reports use these.
CREATE TABLE enrolment (
    id                BLOB PRIMARY KEY,
    run_id            BLOB NOT NULL REFERENCES run (id),
    person_id         BLOB NOT NULL REFERENCES person (id),
    organisation_id   BLOB NOT NULL REFERENCES organisation (id),
    unit_id           BLOB NOT NULL REFERENCES unit (id),
    person_name       TEXT NOT NULL,
    given_name        TEXT NOT NULL,
    birth_date        TEXT,
    birth_year        INTEGER,
    organisation_name TEXT NOT NULL,
    position          TEXT,
    on_state_payroll  INTEGER NOT NULL,
    source            TEXT NOT NULL CHECK (source IN ('form', 'spreadsheet')),
    enrolled_at       TEXT NOT NULL,
    enrolled_by       BLOB NOT NULL REFERENCES account (id),
    withdrawn_at      TEXT,
    withdrawn_by      BLOB REFERENCES account (id),
    withdrawal_reason TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawal_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX enrolment_live ON enrolment (run_id, person_id) WHERE withdrawn_at IS NULL;
CREATE INDEX enrolment_person ON enrolment (person_id);
CREATE INDEX enrolment_organisation ON enrolment (organisation_id);

-- A correction is a new mark that names the one it replaces: each session and person has one chain, and its last
-- link is what holds now. The two unique indexes keep the chain from forking.
CREATE TABLE mark (
    id           BLOB PRIMARY KEY,
    session_id   BLOB NOT NULL REFERENCES session (id),
    enrolment_id BLOB NOT NULL REFERENCES enrolment (id),
    status       TEXT NOT NULL CHECK (status IN ('present', 'late', 'absent', 'excused')),
    note         TEXT,
    source       TEXT NOT NULL CHECK (source IN ('form', 'screen')),
    nonce        TEXT NOT NULL UNIQUE,
    client_time  TEXT,
    marked_at    TEXT NOT NULL,
    marked_by    BLOB NOT NULL REFERENCES account (id),
    replaces_id  BLOB REFERENCES mark (id)
) STRICT;
CREATE UNIQUE INDEX mark_first ON mark (session_id, enrolment_id) WHERE replaces_id IS NULL;
CREATE UNIQUE INDEX mark_replaces ON mark (replaces_id) WHERE replaces_id IS NOT NULL;
CREATE INDEX mark_enrolment ON mark (enrolment_id);
CREATE INDEX mark_session ON mark (session_id, enrolment_id);

CREATE VIEW current_mark AS
SELECT m.id, m.session_id, m.enrolment_id, m.status, m.note, m.marked_at, m.marked_by
FROM mark m
WHERE NOT EXISTS (SELECT 1 FROM mark n WHERE n.replaces_id = m.id);

CREATE TABLE completion_decision (
    id            BLOB PRIMARY KEY,
    run_id        BLOB NOT NULL REFERENCES run (id),
    enrolment_id  BLOB NOT NULL UNIQUE REFERENCES enrolment (id),
    rule_version  INTEGER NOT NULL,
    inputs        TEXT NOT NULL,
    outcome       TEXT NOT NULL CHECK (outcome IN ('completed', 'not_completed')),
    decided_at    TEXT NOT NULL,
    decided_by    BLOB NOT NULL REFERENCES account (id)
) STRICT;
CREATE INDEX completion_decision_run ON completion_decision (run_id);

-- An override says otherwise, with its reason; the last one counts.
CREATE TABLE completion_override (
    id           BLOB PRIMARY KEY,
    decision_id  BLOB NOT NULL REFERENCES completion_decision (id),
    outcome      TEXT NOT NULL CHECK (outcome IN ('completed', 'not_completed')),
    reason       TEXT NOT NULL,
    decided_at   TEXT NOT NULL,
    decided_by   BLOB NOT NULL REFERENCES account (id),
    replaces_id  BLOB REFERENCES completion_override (id)
) STRICT;
CREATE UNIQUE INDEX completion_override_first ON completion_override (decision_id) WHERE replaces_id IS NULL;
CREATE UNIQUE INDEX completion_override_replaces ON completion_override (replaces_id) WHERE replaces_id IS NOT NULL;

CREATE VIEW completion AS
SELECT d.id AS decision_id, d.run_id, d.enrolment_id, d.decided_at,
       COALESCE(o.outcome, d.outcome) AS outcome, d.outcome AS decided_outcome, o.reason AS override_reason
FROM completion_decision d
LEFT JOIN completion_override o ON o.decision_id = d.id
    AND NOT EXISTS (SELECT 1 FROM completion_override n WHERE n.replaces_id = o.id);

-- Who must have completed what by when. Organisations answer for one trained person each; officers each for themselves.
CREATE TABLE requirement (
    id         BLOB PRIMARY KEY,
    year       INTEGER NOT NULL,
    course_id  BLOB NOT NULL REFERENCES course (id),
    audience   TEXT NOT NULL CHECK (audience IN ('officers', 'organisations')),
    deadline   TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by BLOB REFERENCES account (id),
    UNIQUE (year, course_id, audience)
) STRICT;

-- Certificates --------------------------------------------------------------------------------------------------------

CREATE TABLE certificate_book (
    id              BLOB PRIMARY KEY,
    code            TEXT NOT NULL UNIQUE,
    superior        TEXT NOT NULL,
    issuer          TEXT NOT NULL,
    place           TEXT NOT NULL,
    signatory_post  TEXT NOT NULL,
    signatory_name  TEXT NOT NULL,
    created_at      TEXT NOT NULL
) STRICT;

-- The last number given in a book and year. Locked while numbers are given, so that there is no gap and no reuse.
CREATE TABLE certificate_counter (
    book_id     BLOB NOT NULL REFERENCES certificate_book (id),
    year        INTEGER NOT NULL,
    last_number INTEGER NOT NULL,
    PRIMARY KEY (book_id, year)
) STRICT;

CREATE TABLE certificate (
    id                BLOB PRIMARY KEY,
    book_id           BLOB NOT NULL REFERENCES certificate_book (id),
    year              INTEGER NOT NULL,
    number            INTEGER NOT NULL,
    serial            TEXT NOT NULL UNIQUE,
    verify_token      TEXT NOT NULL UNIQUE,
    decision_id       BLOB NOT NULL REFERENCES completion_decision (id),
    enrolment_id      BLOB NOT NULL REFERENCES enrolment (id),
    run_id            BLOB NOT NULL REFERENCES run (id),
    person_id         BLOB NOT NULL REFERENCES person (id),
    printed           TEXT NOT NULL,
    printed_hash      TEXT NOT NULL,
    template_version  INTEGER NOT NULL,
    issued_at         TEXT NOT NULL,
    issued_by         BLOB NOT NULL REFERENCES account (id),
    revoked_at        TEXT,
    revoked_by        BLOB REFERENCES account (id),
    revocation_reason TEXT,
    UNIQUE (book_id, year, number),
    CHECK ((revoked_at IS NULL) = (revocation_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX certificate_live ON certificate (enrolment_id) WHERE revoked_at IS NULL;
CREATE INDEX certificate_run ON certificate (run_id);
CREATE INDEX certificate_person ON certificate (person_id);

-- The paper itself, stored once, never changed.
CREATE TABLE certificate_paper (
    certificate_id BLOB PRIMARY KEY REFERENCES certificate (id),
    pdf            BLOB NOT NULL,
    pdf_hash       TEXT NOT NULL,
    rendered_at    TEXT NOT NULL
) STRICT;

-- Notices and the log -------------------------------------------------------------------------------------------------

-- The outbox: filled in the transaction of the deed, emptied by the mail worker. One row is one letter, sent once.
CREATE TABLE notice (
    id            BLOB PRIMARY KEY,
    dedupe_key    TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL,
    recipient     TEXT NOT NULL,
    language      TEXT NOT NULL CHECK (language IN ('vi', 'en')),
    payload       TEXT NOT NULL,
    created_at    TEXT NOT NULL,
    due_at        TEXT NOT NULL,
    attempts      INTEGER NOT NULL,
    claimed_until TEXT,
    sent_at       TEXT,
    given_up_at   TEXT,
    last_error    TEXT
) STRICT;
CREATE INDEX notice_due ON notice (due_at) WHERE sent_at IS NULL AND given_up_at IS NULL;

CREATE TABLE event (
    id           BLOB PRIMARY KEY,
    at           TEXT NOT NULL,
    account_id   BLOB,
    verb         TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id   BLOB NOT NULL,
    detail       TEXT NOT NULL
) STRICT;
CREATE INDEX event_subject ON event (subject_id, at);

-- Counts up with every change that a public page shows, so that copies in memory are never stale.
CREATE TABLE change_counter (
    topic TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT;
INSERT INTO change_counter (topic, value) VALUES ('calendar', 0);
