-- Secret addresses of calendar feeds. Only a hash of the secret is kept; a revoked one stays, so that the log can be read.

CREATE TABLE feed_token (
    id              BLOB PRIMARY KEY,
    account_id      BLOB NOT NULL REFERENCES account (id),
    kind            TEXT NOT NULL CHECK (kind IN ('person', 'teaching', 'organisation')),
    organisation_id BLOB REFERENCES organisation (id),
    secret_hash     TEXT NOT NULL UNIQUE,
    created_at      TEXT NOT NULL,
    revoked_at      TEXT,
    CHECK ((kind = 'organisation') = (organisation_id IS NOT NULL))
) STRICT;
-- One of a kind at a time: a new one takes the place of the old.
CREATE UNIQUE INDEX feed_token_of_organisation ON feed_token (account_id, organisation_id)
    WHERE revoked_at IS NULL AND organisation_id IS NOT NULL;
CREATE UNIQUE INDEX feed_token_of_person ON feed_token (account_id, kind) WHERE revoked_at IS NULL AND organisation_id IS NULL;
