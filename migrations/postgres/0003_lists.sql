-- A list that was frozen and then discarded leaves its number to another.
DROP INDEX forwarding_list_number;
CREATE UNIQUE INDEX forwarding_list_number ON forwarding_list (unit_id, year_id, number) WHERE number IS NOT NULL AND discarded_at IS NULL;
