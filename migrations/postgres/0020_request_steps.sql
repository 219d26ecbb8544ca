-- What a placing is undone to, places that are left for others, and offers that were not taken.
ALTER TABLE request_step
    DROP CONSTRAINT request_step_kind_check,
    DROP CONSTRAINT request_step_check,
    DROP CONSTRAINT request_step_check1,
    DROP CONSTRAINT request_step_check2;
-- So far whatever the province had to approve waited for it again.
UPDATE request_step s SET level = 'province'
WHERE s.kind = 'undone' AND (SELECT n.needs FROM request_step n WHERE n.request_id = s.request_id AND n.needs IS NOT NULL
    AND n.number < s.number ORDER BY n.number DESC LIMIT 1) IN ('province', 'unit_and_province');
ALTER TABLE request_step
    -- Nobody need be signed in to decline an offer, and nobody lets it run out.
    ALTER COLUMN done_by DROP NOT NULL,
    ADD CONSTRAINT request_step_kind_check CHECK (kind IN ('asked', 'changed', 'approved', 'returned', 'refused', 'placed', 'undone', 'left', 'given_back', 'withdrawn', 'declined', 'lapsed')),
    ADD CONSTRAINT request_step_level CHECK (CASE kind WHEN 'undone' THEN level IS NULL OR level = 'province'
        ELSE (level IS NOT NULL) = (kind IN ('approved', 'returned', 'refused')) END),
    ADD CONSTRAINT request_step_needs CHECK ((needs IS NOT NULL) = (kind IN ('asked', 'changed'))),
    ADD CONSTRAINT request_step_place CHECK (enrolment_id IS NOT NULL OR kind NOT IN ('placed', 'left', 'given_back')),
    ADD CONSTRAINT request_step_signed CHECK (done_by IS NOT NULL OR kind IN ('declined', 'lapsed'));

-- Whether a placing gave the approval of the province too, and which places on waiting lists it ended.
ALTER TABLE request_placed ADD COLUMN approved BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE request_placed SET approved = TRUE WHERE EXISTS (
    SELECT 1 FROM request_step s JOIN request_step a ON a.request_id = s.request_id AND a.number = s.number - 1
    WHERE s.request_id = request_placed.request_id AND s.enrolment_id = request_placed.enrolment_id AND s.kind = 'placed'
    AND a.kind = 'approved' AND a.level = 'province' AND a.done_by = s.done_by);
CREATE TABLE request_unqueued (
    placing_id UUID NOT NULL,
    request_id UUID NOT NULL,
    waiting_id UUID NOT NULL REFERENCES waiting_entry (id),
    PRIMARY KEY (placing_id, request_id, waiting_id),
    FOREIGN KEY (placing_id, request_id) REFERENCES request_placed (placing_id, request_id)
);
