//! Lists of people to enrol, typed on a page or read from a spreadsheet: every fault of every row, found at once.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::people::{Birth, CitizenId, EmailAddress, FullName, PersonEntry, PhoneNumber, Sex};
use crate::{Refusal, text};

words! {
    /// What a cell of the list says about a person.
    Field {
        /// Family, middle and given name.
        FullName = "full_name",
        /// Day of birth, or only the year.
        Birth = "birth",
        /// Year of birth in the column for men of older forms.
        BirthMale = "birth_male",
        /// Year of birth in the column for women of older forms.
        BirthFemale = "birth_female",
        /// Sex.
        Sex = "sex",
        /// Citizen number.
        CitizenId = "citizen_id",
        /// Telephone number.
        Phone = "phone",
        /// E-mail address.
        Email = "email",
        /// What they are in the organisation.
        Position = "position",
        /// Where they work, by name or tax code: in lists of people of many organisations.
        Organisation = "organisation",
        /// The tax code of where they work.
        TaxCode = "tax_code",
        /// The administrative unit of where they work.
        Unit = "unit",
    }
}

impl Field {
    /// The fields a person is corrected in: the two columns of older forms become birth and sex.
    pub const TYPED: [Field; 7] =
        [Field::FullName, Field::Birth, Field::Sex, Field::CitizenId, Field::Phone, Field::Email, Field::Position];
}

/// The most people one list may hold.
pub const ROW_LIMIT: usize = 500;

/// The most characters of a position.
const POSITION_LIMIT: usize = 120;

/// A row as it was typed or stood in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Its number as the list counts: what a spreadsheet program shows beside it, see [`crate::rosters::numbered`].
    pub number: usize,
    /// The sheet on which it stands; empty where the list is one sheet.
    pub sheet: String,
    /// The cells that say something.
    pub cells: BTreeMap<Field, String>,
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// The column.
    pub field: Field,
    /// What stands there.
    pub value: String,
    /// Why it cannot stay.
    pub refusal: Refusal,
}

words! {
    /// What was put right without asking.
    RepairKind {
        /// A zero that a spreadsheet dropped was put back.
        ZeroPutBack = "zero_put_back",
        /// A mobile number of eleven digits got its prefix of 2018.
        Renumbered = "renumbered",
        /// Only the year of birth is known.
        YearOnly = "year_only",
        /// A number of days, as spreadsheets count them, became the day it stands for.
        DayCounted = "day_counted",
        /// A year of two digits got its century.
        CenturyPutBefore = "century_put_before",
        /// A number in powers of ten was written out; no digit was lost.
        WrittenOut = "written_out",
    }
}

/// A value that will be stored otherwise than it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The column.
    pub field: Field,
    /// What stands there.
    pub typed: String,
    /// What will be stored.
    pub stored: String,
    /// What was done.
    pub kind: RepairKind,
}

/// A row with everything found out about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedRow {
    /// Its number as the list counts.
    pub number: usize,
    /// The sheet on which it stands; empty where the list is one sheet.
    pub sheet: String,
    /// What was typed, in the fields of [`Field::TYPED`].
    pub typed: BTreeMap<Field, String>,
    /// The person, when nothing is wrong.
    pub person: Option<PersonEntry>,
    /// Everything that is wrong.
    pub faults: Vec<CellFault>,
    /// Everything that was put right.
    pub repairs: Vec<Repair>,
}

impl CheckedRow {
    /// What was typed into a field.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        self.typed.get(&field).map_or("", String::as_str)
    }

    /// Notes what is wrong with a field; a row with a fault gives no person.
    pub fn refuse(&mut self, field: Field, refusal: Refusal) {
        let value = self.text(field).to_owned();
        self.faults.push(CellFault { field, value, refusal });
        self.person = None;
    }

    fn take<T>(&mut self, field: Field, read: impl FnOnce(&str) -> Result<T, Refusal>) -> Option<T> {
        let result = read(self.typed.get(&field)?);
        result.map_err(|refusal| self.refuse(field, refusal)).ok()
    }

    fn repaired(&mut self, field: Field, stored: &str, kind: RepairKind) {
        let typed = self.text(field).to_owned();
        self.repairs.push(Repair { field, typed, stored: stored.to_owned(), kind });
    }
}

/// A list with everything found out about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// Its rows, in the order of the list.
    pub rows: Vec<CheckedRow>,
}

impl Preview {
    /// Whether nothing is wrong with any row.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.rows.iter().all(|row| row.faults.is_empty())
    }
}

/// Finds every fault that shows without looking at records.
#[must_use]
pub fn check(rows: &[Row], today: NaiveDate) -> Preview {
    let mut checked: Vec<CheckedRow> = rows.iter().map(|row| check_row(row, today)).collect();
    find_repetitions(&mut checked);
    Preview { rows: checked }
}

fn check_row(row: &Row, today: NaiveDate) -> CheckedRow {
    let mut checked = CheckedRow {
        number: row.number,
        sheet: row.sheet.clone(),
        typed: row.cells.iter().map(|(field, text)| (*field, text::normalise(text))).collect(),
        person: None,
        faults: Vec::new(),
        repairs: Vec::new(),
    };
    checked.typed.retain(|_, text| !text.is_empty());
    merge_old_columns(&mut checked);

    let name = checked.take(Field::FullName, str::parse::<FullName>);
    if !checked.typed.contains_key(&Field::FullName) {
        checked.refuse(Field::FullName, Refusal::Missing);
    }
    let birth = checked.take(Field::Birth, |typed| read_birth(typed, today));
    match birth {
        Some((Birth::Year(year), _)) => checked.repaired(Field::Birth, &year.to_string(), RepairKind::YearOnly),
        Some((day, Some(kind))) => checked.repaired(Field::Birth, &day.to_string(), kind),
        _ => {}
    }
    let birth = birth.map(|(birth, _)| birth);
    let sex = checked.take(Field::Sex, Sex::read);
    let citizen_id = checked.take(Field::CitizenId, |typed| {
        // No six zeros are random: a spreadsheet rounded it.
        if digits(typed).ends_with("000000") { Err(Refusal::DigitsLost) } else { read_number::<CitizenId>(typed) }
    });
    if let Some(number) = &citizen_id {
        if checked.text(Field::CitizenId).contains(['e', 'E']) {
            checked.repaired(Field::CitizenId, number.as_str(), RepairKind::WrittenOut);
        } else if digits(checked.text(Field::CitizenId)).len() < number.as_str().len() {
            checked.repaired(Field::CitizenId, number.as_str(), RepairKind::ZeroPutBack);
        }
        if !number.agrees_with(birth, sex) {
            checked.refuse(Field::CitizenId, Refusal::CitizenNumberDisagrees);
        }
    }
    let phone = checked.take(Field::Phone, read_number::<PhoneNumber>);
    if let Some(phone) = &phone {
        note_phone_repair(&mut checked, phone);
    }
    let email = checked.take(Field::Email, str::parse::<EmailAddress>);
    let position = checked.take(Field::Position, |typed| {
        let long = typed.chars().count() > POSITION_LIMIT;
        if long { Err(Refusal::TooLong { limit: POSITION_LIMIT }) } else { Ok(typed.to_owned()) }
    });
    if let (Some(full_name), true) = (name, checked.faults.is_empty()) {
        checked.person = Some(PersonEntry { full_name, birth, sex, phone, email, citizen_id, position, on_state_payroll: false });
    }
    checked
}

/// Reads a number that a spreadsheet may have shortened: `3.8185012345E+10` is written out, `3.8E+10` has lost digits.
fn read_number<T: std::str::FromStr<Err = Refusal>>(typed: &str) -> Result<T, Refusal> {
    let folded = typed.to_ascii_uppercase().replace(',', ".");
    let written = match folded.split_once('E') {
        Some((mantissa, exponent)) => {
            let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
            let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let exponent = exponent.strip_prefix('+').unwrap_or(exponent).parse::<usize>().ok().filter(|exponent| *exponent < 16);
            let (Some(exponent), true) = (exponent, number(whole) && (fraction.is_empty() || number(fraction))) else {
                return typed.parse();
            };
            if fraction.len() != exponent {
                return Err(Refusal::DigitsLost);
            }
            format!("{whole}{fraction}")
        }
        None => typed.to_owned(),
    };
    written.parse()
}

/// Reads a birth as lists give it, with what was put right: a day, a year, a month and a year, a day with two digits of
/// its year, or the number of days that a spreadsheet counts.
fn read_birth(typed: &str, today: NaiveDate) -> Result<(Birth, Option<RepairKind>), Refusal> {
    let said = typed.trim().trim_end_matches('.');
    let first = NaiveDate::from_ymd_opt(1899, 12, 30);
    if said.len() == 5
        && let (Ok(days), Some(first)) = (said.parse::<u64>(), first)
        && let Some(day) = first.checked_add_days(chrono::Days::new(days))
    {
        return Birth::read(&crate::time::show_day(day), today).map(|birth| (birth, Some(RepairKind::DayCounted)));
    }
    let parts: Vec<&str> = said.split(['/', '.', '-']).map(str::trim).collect();
    match parts[..] {
        [month, year] if year.len() == 4 && month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month)) => {
            Birth::read(year, today).map(|birth| (birth, None))
        }
        [day, month, year] if year.len() == 2 && day.len() <= 2 => {
            // Nobody of this century is old enough but who was born in its first years.
            let year = year.parse::<i32>().map_err(|_| Refusal::NotABirthday)?;
            let this_year = chrono::Datelike::year(&today);
            let year = if year + 2000 + 15 <= this_year { year + 2000 } else { year + 1900 };
            // Of whom would be a hundred years old, one cannot say.
            if this_year - year > 90 {
                return Err(Refusal::NotABirthday);
            }
            Birth::read(&format!("{day}/{month}/{year}"), today).map(|birth| (birth, Some(RepairKind::CenturyPutBefore)))
        }
        _ => Birth::read(said, today).map(|birth| (birth, None)),
    }
}

/// Older forms have two columns "Năm sinh: Nam | Nữ"; the year, or a tick, stands in the column of the sex.
fn merge_old_columns(row: &mut CheckedRow) {
    let male = row.typed.remove(&Field::BirthMale);
    let female = row.typed.remove(&Field::BirthFemale);
    let (birth, sex) = match (male, female) {
        (None, None) => return,
        (Some(male), Some(female)) => {
            row.typed.entry(Field::Birth).or_insert_with(|| format!("{male} | {female}"));
            return row.refuse(Field::Sex, Refusal::NotAChoice);
        }
        (Some(birth), None) => (birth, Sex::Male),
        (None, Some(birth)) => (birth, Sex::Female),
    };
    if birth.bytes().any(|b| b.is_ascii_digit()) {
        row.typed.entry(Field::Birth).or_insert(birth);
    }
    match row.typed.get(&Field::Sex).map(|typed| Sex::read(typed)) {
        None => drop(row.typed.insert(Field::Sex, if sex == Sex::Male { "Nam" } else { "Nữ" }.to_owned())),
        Some(Ok(said)) if said != sex => row.refuse(Field::Sex, Refusal::NotAChoice),
        Some(_) => {}
    }
}

fn note_phone_repair(row: &mut CheckedRow, stored: &PhoneNumber) {
    if row.text(Field::Phone).contains(['e', 'E']) {
        return row.repaired(Field::Phone, stored.as_str(), RepairKind::WrittenOut);
    }
    let digits = digits(row.text(Field::Phone));
    // `+84…` is the same number written for callers from abroad: nothing was repaired unless its prefix changed.
    let national = digits.strip_prefix("84").filter(|rest| rest.len() >= 9).unwrap_or(&digits);
    let bare = stored.as_str().trim_start_matches('0');
    if national.trim_start_matches('0') != bare {
        row.repaired(Field::Phone, stored.as_str(), RepairKind::Renumbered);
    } else if digits == bare {
        row.repaired(Field::Phone, stored.as_str(), RepairKind::ZeroPutBack);
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A person stands twice when a citizen number repeats, or a name with the same birth and no other citizen number. In a
/// list of many organisations, that is so within one of them.
fn find_repetitions(rows: &mut [CheckedRow]) {
    let mut numbers: BTreeMap<CitizenId, Refusal> = BTreeMap::new();
    let mut names: BTreeMap<String, Vec<(Refusal, PersonEntry)>> = BTreeMap::new();
    for row in rows {
        let Some(person) = row.person.clone() else { continue };
        if let Some(number) = &person.citizen_id
            && let Some(first) = numbers.get(number)
        {
            row.refuse(Field::CitizenId, first.clone());
            continue;
        }
        let place = [Field::TaxCode, Field::Organisation, Field::Unit].map(|field| text::fold(row.text(field))).join("|");
        let namesakes = names.entry(format!("{place}|{}", text::spoken(person.full_name.as_str()))).or_default();
        let same = |other: &PersonEntry| {
            let told_apart = other.citizen_id.is_some() && person.citizen_id.is_some();
            other.birth == person.birth && !told_apart
        };
        if let Some((first, _)) = namesakes.iter().find(|(_, other)| same(other)) {
            row.refuse(Field::FullName, first.clone());
            continue;
        }
        let again = twice(row);
        if let Some(number) = &person.citizen_id {
            numbers.insert(number.clone(), again.clone());
        }
        namesakes.push((again, person));
    }
}

/// What is said of another row with the person of this one.
fn twice(row: &CheckedRow) -> Refusal {
    let (_, first_row) = crate::rosters::sheet_and_row(row.number);
    match row.sheet.as_str() {
        "" => Refusal::TwiceInTheList { first_row },
        sheet => Refusal::TwiceInTheSheets { sheet: sheet.to_owned(), first_row },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(rows: &[&[(Field, &str)]]) -> Preview {
        let rows: Vec<Row> = rows
            .iter()
            .enumerate()
            .map(|(n, cells)| Row {
                number: n + 5,
                sheet: String::new(),
                cells: cells.iter().map(|(field, text)| (*field, (*text).to_owned())).collect(),
            })
            .collect();
        check(&rows, "2019-06-12".parse().unwrap())
    }

    fn faults(preview: &Preview) -> Vec<(usize, Field, &str, Refusal)> {
        let of = |row: &'_ CheckedRow| row.number;
        preview
            .rows
            .iter()
            .flat_map(|row| row.faults.iter().map(move |f| (of(row), f.field, f.value.as_str(), f.refusal.clone())))
            .collect()
    }

    #[test]
    fn every_fault_of_a_row_is_found_at_once() {
        let preview = list(&[&[
            (Field::FullName, "Nguyễn 2"),
            (Field::Birth, "31/02/1985"),
            (Field::Sex, "?"),
            (Field::CitizenId, "123"),
            (Field::Phone, "12345"),
            (Field::Email, "a@b"),
        ]]);
        assert_eq!(
            faults(&preview),
            [
                (5, Field::FullName, "Nguyễn 2", Refusal::NotAName),
                (5, Field::Birth, "31/02/1985", Refusal::NotABirthday),
                (5, Field::Sex, "?", Refusal::NotAChoice),
                (5, Field::CitizenId, "123", Refusal::NotACitizenNumber),
                (5, Field::Phone, "12345", Refusal::NotAPhoneNumber),
                (5, Field::Email, "a@b", Refusal::NotAnEmailAddress),
            ]
        );
        assert_eq!(preview.rows[0].person, None);
        assert_eq!(faults(&list(&[&[(Field::Birth, "1985")]])), [(5, Field::FullName, "", Refusal::Missing)]);
    }

    #[test]
    fn who_stands_twice_on_two_sheets_is_told_with_the_sheet() {
        let row = |sheet: usize, name: &str| Row {
            number: crate::rosters::numbered(sheet, 4),
            sheet: name.into(),
            cells: [(Field::FullName, "Lê Thị An".to_owned()), (Field::Birth, "1985".to_owned())].into(),
        };
        let preview = check(&[row(0, "Xã A"), row(1, "Xã B")], "2019-06-12".parse().unwrap());
        let twice = Refusal::TwiceInTheSheets { sheet: "Xã A".into(), first_row: 4 };
        assert_eq!(faults(&preview), [(20_000_004, Field::FullName, "Lê Thị An", twice)]);
    }

    #[test]
    fn repairs_are_made_and_shown() {
        let preview = list(&[
            &[
                (Field::FullName, "Lê Thị An"),
                (Field::Birth, "1985"),
                (Field::CitizenId, "38185001234"),
                (Field::Phone, "912345678"),
            ],
            &[(Field::FullName, "Lê Thị Bình"), (Field::Phone, "0168 912 3456")],
            &[(Field::FullName, "Lê Thị Chi"), (Field::Phone, "+84 912 345 678"), (Field::Birth, "2.9.1985")],
            &[(Field::FullName, "Lê Thị Dung"), (Field::CitizenId, "1185001234")],
        ]);
        assert!(preview.is_clean());
        let repairs = |row: usize| -> Vec<(Field, &str, RepairKind)> {
            preview.rows[row].repairs.iter().map(|r| (r.field, r.stored.as_str(), r.kind)).collect()
        };
        assert_eq!(
            repairs(0),
            [
                (Field::Birth, "1985", RepairKind::YearOnly),
                (Field::CitizenId, "038185001234", RepairKind::ZeroPutBack),
                (Field::Phone, "0912345678", RepairKind::ZeroPutBack),
            ]
        );
        assert_eq!(repairs(1), [(Field::Phone, "0389123456", RepairKind::Renumbered)]);
        assert_eq!(repairs(2), []);
        assert_eq!(repairs(3), [(Field::CitizenId, "001185001234", RepairKind::ZeroPutBack)], "of Hà Nội, two zeros");
    }

    #[test]
    fn numbers_that_a_spreadsheet_shortened_are_written_out_or_refused() {
        for (field, typed, expected) in [
            (Field::CitizenId, "3.8E+10", Err(Refusal::DigitsLost)),
            (Field::CitizenId, "3,81850E+10", Err(Refusal::DigitsLost)),
            (Field::CitizenId, "38000000000", Err(Refusal::DigitsLost)),
            (Field::CitizenId, "3.8185012345E+10", Ok("038185012345")),
            (Field::CitizenId, "E38185012345", Err(Refusal::NotACitizenNumber)),
            (Field::Phone, "9.12345678E+08", Ok("0912345678")),
            (Field::Phone, "9.1E+08", Err(Refusal::DigitsLost)),
            (Field::Phone, "0910000000", Ok("0910000000")),
        ] {
            let preview = list(&[&[(Field::FullName, "Lê Thị An"), (field, typed)]]);
            match expected {
                Ok(stored) => {
                    assert_eq!(preview.rows[0].repairs.iter().map(|r| r.stored.as_str()).next().unwrap_or(typed), stored)
                }
                Err(refusal) => assert_eq!(faults(&preview), [(5, field, typed, refusal)]),
            }
        }
    }

    #[test]
    fn births_are_read_as_lists_give_them() {
        for (typed, stored, kind) in [
            ("31118", "12/03/1985", Some(RepairKind::DayCounted)),
            ("12/3/85", "12/03/1985", Some(RepairKind::CenturyPutBefore)),
            ("1.2.01", "01/02/2001", Some(RepairKind::CenturyPutBefore)),
            ("03/1985", "1985", Some(RepairKind::YearOnly)),
            ("1985.", "1985", Some(RepairKind::YearOnly)),
            ("12-03-1985", "12/03/1985", None),
            ("1985-03-12", "12/03/1985", None),
        ] {
            let preview = list(&[&[(Field::FullName, "Lê Thị An"), (Field::Birth, typed)]]);
            let birth = preview.rows[0].person.as_ref().and_then(|person| person.birth);
            assert_eq!(birth.map(|birth| birth.to_string()).as_deref(), Some(stored), "{typed}");
            assert_eq!(preview.rows[0].repairs.first().map(|repair| repair.kind), kind, "{typed}");
        }
        for typed in ["99999", "12/25/1985", "13/1985", "1/1/19"] {
            let preview = list(&[&[(Field::FullName, "Lê Thị An"), (Field::Birth, typed)]]);
            assert_eq!(faults(&preview), [(5, Field::Birth, typed, Refusal::NotABirthday)], "{typed}");
        }
    }

    #[test]
    fn namesakes_of_other_organisations_are_others() {
        let row = |organisation| [(Field::FullName, "Lê Thị Hoa"), (Field::Birth, "1985"), (Field::Organisation, organisation)];
        let preview = list(&[&row("HTX A"), &row("HTX B"), &row("htx a")]);
        assert_eq!(faults(&preview), [(7, Field::FullName, "Lê Thị Hoa", Refusal::TwiceInTheList { first_row: 5 })]);
    }

    #[test]
    fn citizen_numbers_must_agree_with_birth_and_sex() {
        for (birth, sex, agrees) in [("1985", "Nữ", true), ("02/09/1986", "Nữ", false), ("1985", "Nam", false)] {
            let preview = list(&[&[
                (Field::FullName, "Lê Thị An"),
                (Field::Birth, birth),
                (Field::Sex, sex),
                (Field::CitizenId, "038185001234"),
            ]]);
            assert_eq!(preview.is_clean(), agrees, "{birth} {sex}");
        }
    }

    #[test]
    fn the_two_columns_of_older_forms_give_birth_and_sex() {
        let preview = list(&[
            &[(Field::FullName, "Lê Văn An"), (Field::BirthMale, "1985")],
            &[(Field::FullName, "Lê Thị Bình"), (Field::BirthFemale, "x"), (Field::Birth, "02/09/1985")],
            &[(Field::FullName, "Lê Thị Chi"), (Field::BirthFemale, "1985"), (Field::Sex, "Nam")],
            &[(Field::FullName, "Lê Thị Dung"), (Field::BirthFemale, "1985"), (Field::BirthMale, "1986")],
        ]);
        let known = |row: usize| preview.rows[row].person.as_ref().map(|p| (p.birth.map(Birth::year), p.sex));
        assert_eq!(known(0), Some((Some(1985), Some(Sex::Male))));
        assert_eq!(known(1), Some((Some(1985), Some(Sex::Female))));
        assert_eq!(
            faults(&preview),
            [
                (7, Field::Sex, "Nam", Refusal::NotAChoice),
                (8, Field::Sex, "", Refusal::NotAChoice),
                (8, Field::Birth, "1986 | 1985", Refusal::NotABirthday),
            ]
        );
    }

    #[test]
    fn people_who_stand_twice_are_found_and_namesakes_are_not() {
        let twice = |first_row| Refusal::TwiceInTheList { first_row };
        let preview = list(&[
            &[(Field::FullName, "Lê Thị Hoà"), (Field::Birth, "1985")],
            &[(Field::FullName, "LÊ THỊ HÒA"), (Field::Birth, "1985")],
            &[(Field::FullName, "Lê Thị Hoa"), (Field::Birth, "1985")],
            &[(Field::FullName, "Lê Thị Hoà"), (Field::Birth, "1986")],
            &[(Field::FullName, "Trần Văn Nam"), (Field::CitizenId, "038085001234")],
            &[(Field::FullName, "Trần Văn Nam"), (Field::CitizenId, "038085001235")],
            &[(Field::FullName, "Trần Văn Năm"), (Field::CitizenId, "38085001234")],
        ]);
        assert_eq!(
            faults(&preview),
            [(6, Field::FullName, "LÊ THỊ HÒA", twice(5)), (11, Field::CitizenId, "38085001234", twice(9)),]
        );
    }
}
