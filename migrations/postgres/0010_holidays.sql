-- Days on which no class is laid out: public holidays, Tết among them. The law names them, each year's government says on
-- which days they fall, so they are data that the office keeps.
CREATE TABLE holiday (
    id           UUID PRIMARY KEY,
    day          DATE NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    name_english TEXT NOT NULL,
    basis        TEXT NOT NULL
);
