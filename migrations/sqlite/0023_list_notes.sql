-- What was not read of a list of many people, and what was put right in it: sealed like its bytes, and gone with them.
ALTER TABLE import_job ADD COLUMN notes BLOB;

-- Headings are compared with where they stand from now on. How lists were arranged is asked once more.
DELETE FROM roster_mapping;
