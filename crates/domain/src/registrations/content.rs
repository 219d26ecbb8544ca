//! What was typed into a form, kept as it was typed until it is submitted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{FieldKind, FormField, RESULT_ROWS, RegistrationKind, ResultColumn};
use crate::people::{EmailAddress, FullName, PhoneNumber};
use crate::text::{optional_line, paragraphs, parse_amount, whole_number};
use crate::time::parse_day;
use crate::{Faults, Refusal};

/// What was typed into a form, by the names of [`FormField`]; nothing empty is kept. Fields of which several words may
/// be chosen hold them with a blank between; the table of results holds `results.0.year` and so on.
///
/// A draft may hold anything that is not too long, so that nothing typed is lost: [`Content::check`] says what keeps it
/// from being submitted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Content(BTreeMap<String, String>);

impl Content {
    /// What was typed into a field; empty when nothing was.
    #[must_use]
    pub fn get(&self, field: FormField) -> &str {
        self.named(field.as_str())
    }

    /// The same by its name, for the table of results.
    #[must_use]
    pub fn named(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// The words chosen in a field.
    pub fn chosen(&self, field: FormField) -> impl Iterator<Item = &str> {
        self.get(field).split(' ').filter(|word| !word.is_empty())
    }

    /// A cell of the table of results.
    #[must_use]
    pub fn result(&self, row: usize, column: ResultColumn) -> &str {
        self.named(&result_name(row, column))
    }

    /// Sales less costs of a row, đồng; none while either is missing.
    #[must_use]
    pub fn profit(&self, row: usize) -> Option<i64> {
        let amount = |column| parse_amount(self.result(row, column)).ok();
        Some(amount(ResultColumn::Sales)? - amount(ResultColumn::Costs)?)
    }

    /// Every name and value, in the order of the names.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every name and value as a form sends them: a field of which several words may be chosen once for each word.
    pub fn sent(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values().flat_map(|(name, value)| {
            let several = matches!(FormField::named(name).map(FormField::kind), Some(FieldKind::Any(_)));
            let whole = std::iter::once(value).filter(move |_| !several);
            let words = value.split(' ').filter(move |_| several);
            whole.chain(words).map(move |piece| (name, piece))
        })
    }

    /// The same with what `other` says in the place of what stands here; where it says nothing, this stays.
    #[must_use]
    pub fn overlaid(&self, other: &Content) -> Content {
        let mut both = self.clone();
        both.0.extend(other.0.iter().map(|(name, value)| (name.clone(), value.clone())));
        both
    }

    /// Takes over what was typed into one section or all of the form: `typed` gives every value sent under a name.
    /// Fields that are not among `fields` stay as they are.
    ///
    /// # Errors
    /// [`Refusal::TooLong`] and [`Refusal::NotAChoice`], by field; then nothing is taken over.
    pub fn take<'t, V>(&mut self, fields: impl Iterator<Item = FormField>, typed: impl Fn(&str) -> V) -> Result<(), Faults>
    where
        V: Iterator<Item = &'t str>,
    {
        let mut faults = Faults::default();
        let mut taken = Vec::new();
        for field in fields {
            for (name, kind) in inputs(field) {
                let value = match kind {
                    FieldKind::One(words) | FieldKind::Any(words) => {
                        let chosen: Vec<&str> = typed(&name).filter(|word| !word.is_empty()).collect();
                        if chosen.iter().all(|word| words.contains(word)) {
                            Ok(chosen.join(" "))
                        } else {
                            Err(Refusal::NotAChoice)
                        }
                    }
                    FieldKind::Paragraphs(limit) => paragraphs(typed(&name).next().unwrap_or_default(), limit),
                    FieldKind::Line(limit) => optional_line(typed(&name).next().unwrap_or_default(), limit),
                    FieldKind::Day
                    | FieldKind::Phone
                    | FieldKind::Email
                    | FieldKind::Name
                    | FieldKind::Amount
                    | FieldKind::Results => optional_line(typed(&name).next().unwrap_or_default(), 200),
                };
                if let Some(value) = faults.take(name.clone(), value) {
                    taken.push((name, value));
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        for (name, value) in taken {
            if value.is_empty() {
                self.0.remove(&name);
            } else {
                self.0.insert(name, value);
            }
        }
        Ok(())
    }

    /// What keeps a form of this kind from being submitted: what is missing, and what cannot be read. Empty means nothing.
    #[must_use]
    pub fn check(&self, kind: RegistrationKind) -> Faults {
        let mut faults = Faults::default();
        for field in FormField::of(kind) {
            if field.kind() == FieldKind::Results {
                self.check_results(&mut faults);
                continue;
            }
            let value = self.get(field);
            if value.is_empty() {
                if field.is_required(kind) {
                    faults.add(field.as_str(), Refusal::Missing);
                }
                continue;
            }
            let read = match field.kind() {
                FieldKind::Day => parse_day(value).map(drop),
                FieldKind::Phone => value.parse::<PhoneNumber>().map(drop),
                FieldKind::Email => value.parse::<EmailAddress>().map(drop),
                FieldKind::Name => value.parse::<FullName>().map(drop),
                FieldKind::Amount => parse_amount(value).map(drop),
                _ => Ok(()),
            };
            faults.take(field.as_str(), read);
        }
        faults
    }

    fn check_results(&self, faults: &mut Faults) {
        for row in 0..RESULT_ROWS {
            if ResultColumn::ALL.iter().all(|column| self.result(row, *column).is_empty()) {
                continue;
            }
            for column in ResultColumn::ALL {
                let value = self.result(row, *column);
                let read = match column {
                    ResultColumn::Year => whole_number(value, 1990, 2100),
                    ResultColumn::Sales | ResultColumn::Costs | ResultColumn::Labour if value.is_empty() => Ok(0),
                    ResultColumn::Sales | ResultColumn::Costs => parse_amount(value),
                    ResultColumn::Labour => whole_number(value, 0, 100_000),
                };
                faults.take(result_name(row, *column), read);
            }
        }
    }

    /// How much of what a form of this kind asks for is filled in: fields, and how many of them.
    #[must_use]
    pub fn filled(&self, kind: RegistrationKind) -> (usize, usize) {
        let has = |field: FormField| match field.kind() {
            FieldKind::Results => self.0.keys().any(|name| name.starts_with("results.")),
            _ => !self.get(field).is_empty(),
        };
        (FormField::of(kind).filter(|field| has(*field)).count(), FormField::of(kind).count())
    }
}

/// The name under which a cell of the table of results is kept.
fn result_name(row: usize, column: ResultColumn) -> String {
    format!("results.{row}.{column}")
}

/// The inputs of a field, with how each is filled in.
pub(super) fn inputs(field: FormField) -> Vec<(String, FieldKind)> {
    if field.kind() != FieldKind::Results {
        return vec![(field.to_string(), field.kind())];
    }
    let cells = (0..RESULT_ROWS).flat_map(|row| ResultColumn::ALL.iter().map(move |column| result_name(row, *column)));
    cells.map(|name| (name, FieldKind::Results)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &'static [(&'static str, &'static str)]) -> impl Fn(&str) -> std::vec::IntoIter<&'static str> {
        move |name| pairs.iter().filter(|(known, _)| *known == name).map(|(_, value)| *value).collect::<Vec<_>>().into_iter()
    }

    #[test]
    fn a_draft_keeps_what_was_typed_and_says_what_is_wrong_with_it() {
        let mut content = Content::default();
        let pairs = &[
            ("phone", "12"),
            ("customers", "rural"),
            ("customers", "urban"),
            ("results.0.sales", "1.280.000 đ"),
            ("results.0.costs", "x"),
        ];
        content.take(FormField::of(RegistrationKind::Existing), typed(pairs)).unwrap();
        assert_eq!(content.get(FormField::Phone), "12");
        assert_eq!(content.chosen(FormField::Customers).collect::<Vec<_>>(), ["rural", "urban"]);
        let faults = content.check(RegistrationKind::Existing);
        assert_eq!(faults.of("phone").next(), Some(&Refusal::NotAPhoneNumber));
        assert_eq!(faults.of("head_name").next(), Some(&Refusal::Missing));
        assert_eq!(faults.of("results.0.year").next(), Some(&Refusal::Missing));
        assert_eq!(faults.of("results.0.costs").next(), Some(&Refusal::NotAnAmount));
        assert_eq!(faults.of("results.0.sales").next(), None);
        assert_eq!(faults.of("website").next(), None);
    }

    #[test]
    fn one_section_leaves_the_others_as_they_are() {
        let mut content = Content::default();
        content.take(FormField::of(RegistrationKind::New), typed(&[("phone", "0912345678"), ("support_needs", "Vốn")])).unwrap();
        let support = || std::iter::once(FormField::SupportNeeds);
        content.take(support(), typed(&[("support_needs", "")])).unwrap();
        assert_eq!((content.get(FormField::Phone), content.get(FormField::SupportNeeds)), ("0912345678", ""));
        let before = content.clone();
        assert!(content.take(std::iter::once(FormField::Water), typed(&[("water", "sea")])).is_err());
        assert_eq!(content, before);
    }

    #[test]
    fn profit_is_sales_less_costs() {
        let mut content = Content::default();
        let pairs = &[("results.1.sales", "2.000.000"), ("results.1.costs", "2 500 000")];
        content.take(std::iter::once(FormField::Results), typed(pairs)).unwrap();
        assert_eq!(content.profit(1), Some(-500_000));
        assert_eq!(content.profit(0), None);
    }
}
