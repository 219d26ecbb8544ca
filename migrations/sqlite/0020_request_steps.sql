-- What a placing is undone to, places that are left for others, and offers that were not taken. A table loses a rule in SQLite
-- only by being written anew; nothing refers to this one.
CREATE TABLE request_step_new (
    id           BLOB PRIMARY KEY,
    request_id   BLOB NOT NULL REFERENCES request (id),
    number       INTEGER NOT NULL CHECK (number > 0),
    kind         TEXT NOT NULL CHECK (kind IN ('asked', 'changed', 'approved', 'returned', 'refused', 'placed', 'undone', 'left', 'given_back', 'withdrawn', 'declined', 'lapsed')),
    level        TEXT CHECK (level IN ('unit', 'province')),
    needs        TEXT CHECK (needs IN ('unit', 'province', 'unit_and_province')),
    enrolment_id BLOB REFERENCES enrolment (id),
    note         TEXT NOT NULL,
    done_at      TEXT NOT NULL,
    -- Nobody need be signed in to decline an offer, and nobody lets it run out.
    done_by      BLOB REFERENCES account (id),
    UNIQUE (request_id, number),
    CONSTRAINT request_step_level CHECK (CASE kind WHEN 'undone' THEN level IS NULL OR level = 'province'
        ELSE (level IS NOT NULL) = (kind IN ('approved', 'returned', 'refused')) END),
    CONSTRAINT request_step_needs CHECK ((needs IS NOT NULL) = (kind IN ('asked', 'changed'))),
    CONSTRAINT request_step_place CHECK (enrolment_id IS NOT NULL OR kind NOT IN ('placed', 'left', 'given_back')),
    CONSTRAINT request_step_signed CHECK (done_by IS NOT NULL OR kind IN ('declined', 'lapsed'))
) STRICT;
-- So far whatever the province had to approve waited for it again.
INSERT INTO request_step_new (id, request_id, number, kind, level, needs, enrolment_id, note, done_at, done_by)
SELECT s.id, s.request_id, s.number, s.kind,
    CASE WHEN s.kind = 'undone' AND (SELECT n.needs FROM request_step n WHERE n.request_id = s.request_id AND n.needs IS NOT NULL
        AND n.number < s.number ORDER BY n.number DESC LIMIT 1) IN ('province', 'unit_and_province') THEN 'province' ELSE s.level END,
    s.needs, s.enrolment_id, s.note, s.done_at, s.done_by
FROM request_step s;
DROP TABLE request_step;
ALTER TABLE request_step_new RENAME TO request_step;
CREATE INDEX request_step_enrolment ON request_step (enrolment_id);

-- Whether a placing gave the approval of the province too, and which places on waiting lists it ended.
ALTER TABLE request_placed ADD COLUMN approved INTEGER NOT NULL DEFAULT 0;
UPDATE request_placed SET approved = 1 WHERE EXISTS (
    SELECT 1 FROM request_step s JOIN request_step a ON a.request_id = s.request_id AND a.number = s.number - 1
    WHERE s.request_id = request_placed.request_id AND s.enrolment_id = request_placed.enrolment_id AND s.kind = 'placed'
    AND a.kind = 'approved' AND a.level = 'province' AND a.done_by = s.done_by);
CREATE TABLE request_unqueued (
    placing_id BLOB NOT NULL,
    request_id BLOB NOT NULL,
    waiting_id BLOB NOT NULL REFERENCES waiting_entry (id),
    PRIMARY KEY (placing_id, request_id, waiting_id),
    FOREIGN KEY (placing_id, request_id) REFERENCES request_placed (placing_id, request_id)
) STRICT;
