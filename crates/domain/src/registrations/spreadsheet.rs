//! Forms that come in a spreadsheet, one a row: every fault of every row, found at once.

use std::collections::BTreeMap;

use super::content::inputs;
use super::{Content, FieldKind, FormField, PRODUCT_NAME_LIMIT, RegistrationKind};
use crate::people::PhoneNumber;
use crate::text::{line, normalise};
use crate::{Faults, Refusal};

/// The most forms one spreadsheet may hold.
pub const ROW_LIMIT: usize = 200;

/// The most bytes of text in all its cells together: what is looked through on a page has to fit on one.
pub const TEXT_LIMIT: usize = 1_000_000;

/// The cell that says which organisation it is, by name.
pub const ORGANISATION: &str = "organisation";
/// The cell that says which organisation it is, by tax code.
pub const TAX_CODE: &str = "tax_code";
/// The cell with the product's name.
pub const PRODUCT_NAME: &str = "product_name";
/// The cell with the product's subgroup.
pub const GROUP: &str = "group";

/// A row as it stood in the file, or as it was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Its number, as a spreadsheet program shows it.
    pub number: usize,
    /// The cells that say something: [`ORGANISATION`], [`TAX_CODE`], [`PRODUCT_NAME`], [`GROUP`], and the names of
    /// [`Content`]. Several words of one field stand in one cell with blanks between.
    pub cells: BTreeMap<String, String>,
}

impl Row {
    /// What stands in a cell; empty when nothing does.
    #[must_use]
    pub fn cell(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", String::as_str)
    }
}

/// The names of the cells that a form of this kind has, in the order in which they are read.
#[must_use]
pub fn cells(kind: RegistrationKind) -> Vec<String> {
    let product = [PRODUCT_NAME, GROUP, ORGANISATION, TAX_CODE].map(str::to_owned);
    let fields = FormField::of(kind).flat_map(|field| inputs(field).into_iter().map(|(name, _)| name));
    product.into_iter().chain(fields).collect()
}

/// A row with everything found out about it without looking at records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedRow {
    /// The row.
    pub row: Row,
    /// The product, once its name can be kept.
    pub product_name: String,
    /// What can be kept of the form.
    pub content: Content,
    /// What keeps the row from becoming a draft, by cell.
    pub faults: Faults,
}

/// Finds what is wrong with a row of forms of this kind. What only keeps a form from being sent is no fault: see
/// [`Content::check`].
#[must_use]
pub fn check(row: &Row, kind: RegistrationKind) -> CheckedRow {
    let mut row = row.clone();
    row.cells.retain(|_, text| !normalise(text).is_empty());
    put_zero_back(&mut row);
    let mut faults = Faults::default();
    let product_name = faults.take(PRODUCT_NAME, line(row.cell(PRODUCT_NAME), PRODUCT_NAME_LIMIT)).unwrap_or_default();
    let mut content = Content::default();
    for field in FormField::of(kind) {
        let several = matches!(field.kind(), FieldKind::Any(words) if row.cell(field.as_str()).split(' ').all(|word| words.contains(&word)));
        let typed = |name: &str| {
            let cell = row.cell(name);
            if several { cell.split(' ').collect() } else { vec![cell] }.into_iter()
        };
        // Each field on its own, so that a fault in one loses no other.
        if let Err(wrong) = content.take(std::iter::once(field), typed) {
            faults.0.extend(wrong.0);
        }
    }
    CheckedRow { row, product_name, content, faults }
}

/// A spreadsheet drops the zero that a telephone number begins with.
fn put_zero_back(row: &mut Row) {
    let name = FormField::Phone.as_str();
    if let Ok(phone) = row.cell(name).parse::<PhoneNumber>() {
        row.cells.insert(name.to_owned(), phone.to_string());
    }
}

/// Notes which rows say a second time what another says: the same product of the same organisation.
pub fn find_repetitions<K: Ord>(rows: &mut [(CheckedRow, Option<K>)]) {
    let mut seen: BTreeMap<(&K, String), usize> = BTreeMap::new();
    let mut repeated = Vec::new();
    for (place, (checked, organisation)) in rows.iter().enumerate() {
        let Some(organisation) = organisation.as_ref().filter(|_| !checked.product_name.is_empty()) else { continue };
        let first = seen.entry((organisation, crate::text::fold(&checked.product_name))).or_insert(place);
        if *first != place {
            repeated.push((place, *first));
        }
    }
    for (place, first) in repeated {
        let first_row = rows[first].0.row.number;
        rows[place].0.faults.add(PRODUCT_NAME, Refusal::TwiceInTheList { first_row });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: usize, cells: &[(&str, &str)]) -> Row {
        Row { number, cells: cells.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect() }
    }

    #[test]
    fn every_fault_of_a_row_is_found_and_what_is_right_is_kept() {
        let cells = [
            ("product_name", " "),
            ("water", "biển"),
            ("customers", "rural người già"),
            ("history", &"x".repeat(4001)),
            ("phone", "912345678"),
            ("head_name", "Lê Thị 2"),
            ("certificates", "quality_declaration intellectual_property"),
            ("results.0.sales", "1.280.000"),
            ("idea_origin", "không có trong phiếu này"),
        ];
        let checked = check(&row(5, &cells), RegistrationKind::Existing);
        let faults: Vec<_> = checked.faults.0.iter().map(|fault| (fault.field.as_str(), &fault.refusal)).collect();
        assert_eq!(
            faults,
            [
                ("product_name", &Refusal::Missing),
                ("history", &Refusal::TooLong { limit: 4000 }),
                ("water", &Refusal::NotAChoice),
                ("customers", &Refusal::NotAChoice),
            ]
        );
        let kept: Vec<_> = checked.content.values().collect();
        assert_eq!(
            kept,
            [
                ("certificates", "quality_declaration intellectual_property"),
                ("head_name", "Lê Thị 2"),
                ("phone", "0912345678"),
                ("results.0.sales", "1.280.000"),
            ],
            "a name with a digit can be kept and keeps the form from being sent"
        );
        assert!(!checked.row.cells.contains_key("product_name"));
    }

    #[test]
    fn cells_are_those_of_the_kind() {
        let existing = cells(RegistrationKind::Existing);
        assert!(existing.contains(&"results.2.labour".to_owned()) && !existing.contains(&"idea_origin".to_owned()));
        assert_eq!(cells(RegistrationKind::New)[..4], ["product_name", "group", "organisation", "tax_code"]);
    }

    #[test]
    fn the_same_product_of_the_same_organisation_stands_once() {
        let rows = [
            ("Chè lam", Some(1)),
            ("CHE LAM", Some(1)),
            ("Chè lam", Some(2)),
            ("Chè lam", None),
            ("", Some(1)),
            ("chè  lám", Some(1)),
        ];
        let mut rows: Vec<_> = rows
            .iter()
            .enumerate()
            .map(|(n, (name, organisation))| {
                (check(&row(n + 4, &[("product_name", name)]), RegistrationKind::New), *organisation)
            })
            .collect();
        find_repetitions(&mut rows);
        let twice = |place: usize| rows[place].0.faults.of("product_name").cloned().collect::<Vec<_>>();
        assert_eq!(twice(1), [Refusal::TwiceInTheList { first_row: 4 }]);
        assert_eq!(twice(5), [Refusal::TwiceInTheList { first_row: 4 }]);
        for place in [0, 2, 3] {
            assert_eq!(twice(place), []);
        }
    }

    #[test]
    fn what_is_said_nowhere_stays_as_it_was() {
        let content = |cells: &[(&str, &str)]| check(&row(1, cells), RegistrationKind::Existing).content;
        let before = content(&[("phone", "0912345678"), ("customers", "rural urban")]);
        let after = before.overlaid(&content(&[("phone", "0987654321"), ("website", "htx.vn")]));
        let sent: Vec<_> = after.sent().collect();
        assert_eq!(sent, [("customers", "rural"), ("customers", "urban"), ("phone", "0987654321"), ("website", "htx.vn")]);
    }
}
