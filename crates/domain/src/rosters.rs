//! Lists of people as files: what a column says, how it is encoded, what a file was sent for, and how far its import is.

words! {
    /// What a column of a list says about a person.
    ColumnUse {
        /// The number in the list (STT).
        Number = "number",
        /// Family, middle and given name; the given name alone beside a column of family names.
        FullName = "full_name",
        /// Family and middle names, where the given name has its own column.
        FamilyName = "family_name",
        /// Day of birth, or only its year.
        Birth = "birth",
        /// Year of birth in the column for men of older forms.
        BirthMale = "birth_male",
        /// Year of birth in the column for women of older forms.
        BirthFemale = "birth_female",
        /// Sex in words.
        Sex = "sex",
        /// A column that is ticked for men.
        Male = "male",
        /// A column that is ticked for women.
        Female = "female",
        /// Citizen number.
        CitizenId = "citizen_id",
        /// Telephone number.
        Phone = "phone",
        /// E-mail address.
        Email = "email",
        /// What they are in the organisation.
        Position = "position",
        /// Where they work, by name or tax code.
        Organisation = "organisation",
        /// The tax code of where they work.
        TaxCode = "tax_code",
        /// The administrative unit of where they work.
        Unit = "unit",
        /// Remarks.
        Note = "note",
    }
}

words! {
    /// How the letters of a column are kept.
    Encoding {
        /// As Unicode says: they are taken as they are.
        Unicode = "unicode",
        /// TCVN3 (ABC), one byte a letter, for fonts like .VnTime.
        Tcvn3 = "tcvn3",
        /// VNI for Windows, tones behind their letters, for fonts like VNI-Times.
        Vni = "vni",
    }
}

words! {
    /// What a file was sent for.
    Purpose {
        /// To enrol people of one organisation in a run.
        Enrolment = "enrolment",
        /// To store people of many organisations.
        People = "people",
    }
}

words! {
    /// The two things done with a list of many people.
    ImportStep {
        /// Everything is looked at, nothing is stored.
        Check = "check",
        /// Rows without faults are stored.
        Store = "store",
    }
}

words! {
    /// How far a step is.
    ImportState {
        /// It waits, or is being done.
        Working = "working",
        /// It was done to its end.
        Done = "done",
        /// It was given up, for a reason.
        Refused = "refused",
    }
}

/// From what the rows of each further sheet of a list are numbered: no sheet has so many.
const SHEET: usize = 20_000_000;

/// The number of a row in a list: on the first of its sheets what a spreadsheet program shows beside it (from 1).
#[must_use]
pub const fn numbered(sheet: usize, row: usize) -> usize {
    sheet * SHEET + row
}

/// On which of the sheets of a list the row of a number stands, from 0, and what is shown beside it there.
#[must_use]
pub const fn sheet_and_row(number: usize) -> (usize, usize) {
    (number / SHEET, number % SHEET)
}

/// Hours for which a file is kept after it was sent.
pub const KEPT_HOURS: i64 = 48;

/// The most files that are kept of one account at a time.
pub const KEPT_FILES: usize = 20;
/// The most bytes that these may have together.
pub const KEPT_BYTES: usize = 50 << 20;

/// The most people of a list that is stored in the background.
pub const IMPORT_LIMIT: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_several_sheets_have_numbers_of_their_own() {
        assert_eq!((numbered(0, 5), sheet_and_row(5)), (5, (0, 5)));
        assert_eq!(sheet_and_row(numbered(3, 1_048_576)), (3, 1_048_576));
    }
}
