-- What people are told of lists and walk-ins, and who keeps whom.

-- Of the people who are added, how many may be somebody who is known already.
ALTER TABLE import_job ADD COLUMN people_probable INTEGER NOT NULL DEFAULT 0 CHECK (people_probable >= 0);

-- Walk-ins go by given name, then middle, then family, as everybody does.
ALTER TABLE walk_in ADD COLUMN middle_name TEXT NOT NULL DEFAULT '';
UPDATE walk_in SET middle_name = trim(substr(person_name, instr(person_name, ' ') + 1, length(person_name) - instr(person_name, ' ') - length(given_name)))
    WHERE length(person_name) - length(replace(person_name, ' ', '')) >= 2;

-- Who belongs to an organisation, whether it has ended or not.
CREATE INDEX membership_organisation ON membership (organisation_id, valid_to);
