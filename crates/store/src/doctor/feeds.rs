//! What must always hold of secret addresses of feeds.

statements! {
    FEED_TWICE = "SELECT account_id, CAST(COUNT(*) AS TEXT) FROM feed_token WHERE revoked_at IS NULL
        GROUP BY account_id, kind, organisation_id HAVING COUNT(*) > 1";
    FEED_ORPHAN = "SELECT id, kind FROM feed_token x WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = x.account_id)
        OR (x.organisation_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM organisation o WHERE o.id = x.organisation_id))";
    // A hash of 256 bits: whatever is shorter may be the secret itself.
    FEED_NOT_HASHED = "SELECT id, kind FROM feed_token WHERE LENGTH(secret_hash) <> 64";
}
