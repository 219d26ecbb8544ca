-- An exception can be withdrawn; the record of it stays, and another may follow.
ALTER TABLE eligibility_exception
    ADD COLUMN withdrawn_at TIMESTAMPTZ,
    ADD COLUMN withdrawn_by UUID REFERENCES account (id),
    ADD COLUMN withdrawal_reason TEXT,
    ADD CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
    ADD CHECK ((withdrawn_at IS NULL) = (withdrawal_reason IS NULL)),
    DROP CONSTRAINT eligibility_exception_run_id_organisation_id_key;
CREATE UNIQUE INDEX eligibility_exception_live ON eligibility_exception (run_id, organisation_id) WHERE withdrawn_at IS NULL;
