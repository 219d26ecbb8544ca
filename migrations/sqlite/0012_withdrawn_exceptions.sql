-- An exception can be withdrawn; the record of it stays, and another may follow. A table loses a rule in SQLite only by
-- being written anew.
CREATE TABLE eligibility_exception_new (
    id                BLOB PRIMARY KEY,
    run_id            BLOB NOT NULL REFERENCES run (id),
    organisation_id   BLOB NOT NULL REFERENCES organisation (id),
    reason            TEXT NOT NULL,
    granted_at        TEXT NOT NULL,
    granted_by        BLOB NOT NULL REFERENCES account (id),
    withdrawn_at      TEXT,
    withdrawn_by      BLOB REFERENCES account (id),
    withdrawal_reason TEXT,
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    CHECK ((withdrawn_at IS NULL) = (withdrawal_reason IS NULL))
) STRICT;
INSERT INTO eligibility_exception_new (id, run_id, organisation_id, reason, granted_at, granted_by)
SELECT id, run_id, organisation_id, reason, granted_at, granted_by FROM eligibility_exception;
DROP TABLE eligibility_exception;
ALTER TABLE eligibility_exception_new RENAME TO eligibility_exception;
CREATE UNIQUE INDEX eligibility_exception_live ON eligibility_exception (run_id, organisation_id) WHERE withdrawn_at IS NULL;
CREATE INDEX eligibility_exception_organisation ON eligibility_exception (organisation_id);
