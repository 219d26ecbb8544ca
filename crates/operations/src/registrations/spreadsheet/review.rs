//! A sheet of forms is looked through before anything is stored.

use std::collections::BTreeMap;

use domain::accounts::Actor;
use domain::ids::{OrganisationId, ProductGroupId, RegistrationId};
use domain::organisations::{OrganisationKind, TaxCode};
use domain::policy::{Action, may};
use domain::registrations::spreadsheet::{self, CheckedRow, GROUP, ORGANISATION, PRODUCT_NAME, ROW_LIMIT, Row, TAX_CODE};
use domain::registrations::{Content, RegistrationKind, State};
use domain::text::fold;
use domain::{Faults, Refusal};
use store::Records;
use store::organisations::Organisation;
use store::programmes::{ProductGroup, ProgrammeYear};
use store::registrations::Registration;

use super::{admit, group_label};
use crate::registrations::{known_state, receiving_unit};
use crate::{Failure, Office, Outcome, organisation_target};

/// What becomes of a row without a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// A draft is begun.
    New,
    /// The form is there, in this state: nothing changes. A draft that says the same, or a form that is no draft any more,
    /// which is put right on its own page.
    Known(RegistrationId, State),
    /// A draft is there that says otherwise: it will say what the row says. Where the row says nothing it stays as it is.
    Changes(Changes),
}

/// What changes in a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The draft.
    pub id: RegistrationId,
    /// Its version.
    pub version: i64,
    /// What it will say.
    pub content: Content,
    /// Its subgroup then.
    pub group: Option<ProductGroupId>,
    /// Each name under which it says something else, with what stands there and what will.
    pub differences: Vec<(String, String, String)>,
}

/// A row with everything found out about it.
#[derive(Debug, Clone)]
pub struct ReviewedForm {
    /// What it says, with its faults.
    pub checked: CheckedRow,
    /// Who makes the product, once that is known.
    pub organisation: Option<(OrganisationId, String)>,
    /// Its subgroup, once that is known.
    pub group: Option<(ProductGroupId, String)>,
    /// What keeps the form from being sent, though not from being begun.
    pub missing: Faults,
    /// What becomes of it; none while it has a fault.
    pub fate: Option<Fate>,
}

/// A sheet with everything found out about it.
#[derive(Debug, Clone)]
pub struct SheetReview {
    /// The programme year.
    pub year: i64,
    /// Which form it is.
    pub kind: RegistrationKind,
    /// Its rows.
    pub rows: Vec<ReviewedForm>,
    /// The subgroups to choose from, by identifier.
    pub groups: Vec<(ProductGroupId, String)>,
}

impl SheetReview {
    /// Whether every row can become what its fate says.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.rows.iter().all(|row| row.fate.is_some())
    }
}

/// Looks through rows of a sheet. Changes nothing.
///
/// # Errors
/// [`Refusal::NotFound`] for people who fill in no forms; [`Refusal::NotAChoice`] of `year` when it has no programme.
pub async fn preview(office: &Office, actor: &Actor, year: i64, kind: RegistrationKind, rows: &[Row]) -> Outcome<SheetReview> {
    admit(actor)?;
    let mut records = office.database.read().await?;
    review(office, &mut records, actor, (year, kind), rows).await
}

/// The same within a unit of work.
pub(super) async fn review(
    office: &Office,
    records: &mut impl Records,
    actor: &Actor,
    (year, kind): (i64, RegistrationKind),
    rows: &[Row],
) -> Outcome<SheetReview> {
    if rows.len() > ROW_LIMIT {
        return Err(Failure::field("file", Refusal::SpreadsheetTooLarge { limit: ROW_LIMIT }));
    }
    let programme = store::programmes::find(records, year).await?.ok_or_else(|| Failure::field("year", Refusal::NotAChoice))?;
    let groups = store::programmes::groups(records, &programme.group_decision).await?;
    let mut makers = Makers { office, actor, known: BTreeMap::new() };
    let mut checked = Vec::with_capacity(rows.len());
    for row in rows {
        let mut row = spreadsheet::check(row, kind);
        let maker = makers.of(records, &mut row).await?;
        checked.push((row, maker));
    }
    // Who makes it is compared by identifier.
    let mut compared: Vec<_> = checked.iter().map(|(row, maker)| (row.clone(), maker.as_ref().map(|maker| maker.id))).collect();
    spreadsheet::find_repetitions(&mut compared);
    let mut reviewed = Vec::with_capacity(compared.len());
    for ((mut row, _), (_, maker)) in compared.into_iter().zip(checked) {
        let group = group(&groups, &mut row);
        let fate = match &maker {
            Some(maker) if row.faults.is_empty() => {
                Some(fate(records, actor, (&programme, kind), maker.id, (&row, group)).await?)
            }
            _ => None,
        };
        let mut missing = match &fate {
            Some(Fate::Changes(changes)) => changes.content.check(kind),
            _ => row.content.check(kind),
        };
        let kept = match &fate {
            Some(Fate::Changes(changes)) => changes.group,
            _ => group.map(|group| group.id),
        };
        if kept.is_none() {
            missing.0.insert(0, domain::Fault { field: GROUP.to_owned(), refusal: Refusal::Missing });
        }
        reviewed.push(ReviewedForm {
            checked: row,
            organisation: maker.map(|maker| (maker.id, maker.name)),
            group: group.map(|group| (group.id, group_label(group))),
            missing,
            fate,
        });
    }
    let groups = groups.iter().map(|group| (group.id, group_label(group))).collect();
    Ok(SheetReview { year, kind, rows: reviewed, groups })
}

/// An organisation, or the column that names none with the reason.
type Named = Result<Organisation, (&'static str, Refusal)>;

/// Finds out who makes the products of a sheet; each organisation is looked up once.
struct Makers<'a> {
    office: &'a Office,
    actor: &'a Actor,
    known: BTreeMap<(String, String), Named>,
}

impl Makers<'_> {
    /// The organisation of a row, or a fault of the row. One outside the actor's scope looks as if it did not exist.
    async fn of(&mut self, records: &mut impl Records, row: &mut CheckedRow) -> Outcome<Option<Organisation>> {
        let said = (row.row.cell(TAX_CODE).to_owned(), fold(row.row.cell(ORGANISATION)));
        if !self.known.contains_key(&said) {
            let found = self.look_up(records, &row.row).await?;
            self.known.insert(said.clone(), found);
        }
        Ok(match self.known.get(&said) {
            Some(Ok(maker)) => Some(maker.clone()),
            Some(Err((cell, refusal))) => {
                row.faults.add(*cell, refusal.clone());
                None
            }
            None => None,
        })
    }

    async fn look_up(&self, records: &mut impl Records, row: &Row) -> Outcome<Result<Organisation, (&'static str, Refusal)>> {
        let (cell, candidates) = match (row.cell(TAX_CODE), row.cell(ORGANISATION)) {
            ("", "") => match (self.actor.organisations().collect::<Vec<_>>(), self.actor.grants.len()) {
                // Who represents one organisation and is nothing else need not say which.
                (own, 1) if own.len() == 1 => (ORGANISATION, own),
                _ => return Ok(Err((ORGANISATION, Refusal::Missing))),
            },
            ("", name) => (ORGANISATION, store::organisations::of_name(records, name, None).await?),
            (code, _) => match read_tax_code(code) {
                Err(refusal) => return Ok(Err((TAX_CODE, refusal))),
                Ok(code) => (TAX_CODE, store::organisations::by_tax_code(records, &code).await?.into_iter().collect()),
            },
        };
        let mut own = Vec::new();
        for candidate in candidates {
            let (organisation, target) = organisation_target(records, candidate).await?;
            if may(self.actor, Action::FillRegistration, &target) {
                own.push(organisation);
            }
        }
        let Some(organisation) = own.pop() else { return Ok(Err((cell, Refusal::UnknownOrganisation))) };
        if !own.is_empty() {
            return Ok(Err((cell, Refusal::AmbiguousOrganisation)));
        }
        if organisation.kind == OrganisationKind::StateBody {
            return Ok(Err((cell, Refusal::NotAProducer)));
        }
        match receiving_unit(records, organisation.unit_id, self.office.today()).await {
            Ok(_) => Ok(Ok(organisation)),
            Err(failure) if failure.is(&Refusal::NoReceivingUnit) => Ok(Err((cell, Refusal::NoReceivingUnit))),
            Err(failure) => Err(failure),
        }
    }
}

/// A spreadsheet drops the zero that a tax code begins with.
fn read_tax_code(typed: &str) -> Result<TaxCode, Refusal> {
    typed.parse().or_else(|refusal| {
        let digits = typed.bytes().filter(u8::is_ascii_digit).count();
        if matches!(digits, 9 | 11) { format!("0{typed}").parse() } else { Err(refusal) }
    })
}

/// The subgroup of a row: by identifier, as the corrected row has it, or by its name with or without what it belongs to.
fn group<'g>(groups: &'g [ProductGroup], row: &mut CheckedRow) -> Option<&'g ProductGroup> {
    let typed = row.row.cell(GROUP);
    if typed.is_empty() {
        return None;
    }
    let wanted = fold(typed);
    let named = |group: &&ProductGroup| fold(&group_label(group)) == wanted || fold(group.title()) == wanted;
    let by_id = typed.parse().ok().and_then(|id: ProductGroupId| groups.iter().find(|group| group.id == id));
    let mut by_name = groups.iter().filter(named);
    let found = by_id.or_else(|| by_name.next().filter(|_| by_name.next().is_none()));
    if found.is_none() {
        row.faults.add(GROUP, Refusal::NotAChoice);
    }
    found
}

/// The same organisation, year, kind and name of the product, whatever its tones, is the same form. Withdrawn ones and
/// duplicates are none: after them a form may be begun anew.
async fn fate(
    records: &mut impl Records,
    actor: &Actor,
    (programme, kind): (&ProgrammeYear, RegistrationKind),
    organisation: OrganisationId,
    (row, group): (&CheckedRow, Option<&ProductGroup>),
) -> Outcome<Fate> {
    let name = fold(&row.product_name);
    let same = |form: &Registration| {
        form.year_id == programme.id
            && form.kind == kind
            && !matches!(form.state, State::Withdrawn | State::Duplicate)
            && fold(&form.product_name) == name
    };
    let forms = store::registrations::of_organisation(records, organisation).await?;
    let mut forms: Vec<_> = forms.into_iter().filter(same).collect();
    // Of several the one that got farthest is meant: drafts last.
    forms.sort_by_key(|form| form.state == State::Draft);
    let Some(form) = forms.into_iter().next() else { return Ok(Fate::New) };
    if form.state != State::Draft {
        let state = known_state(records, actor, &form).await?;
        return Ok(Fate::Known(form.id, state));
    }
    let before = form.typed()?;
    let mut differences = Vec::new();
    let mut differs = |name: &str, before: &str, after: &str| {
        if before != after {
            differences.push((name.to_owned(), before.to_owned(), after.to_owned()));
        }
    };
    differs(PRODUCT_NAME, &form.product_name, &row.product_name);
    if let Some(group) = group.filter(|group| form.group_id != Some(group.id)) {
        let kept = match form.group_id {
            Some(id) => store::programmes::group(records, id).await?,
            None => None,
        };
        differs(GROUP, &kept.as_ref().map(group_label).unwrap_or_default(), &group_label(group));
    }
    for (name, after) in row.content.values() {
        differs(name, before.named(name), after);
    }
    if differences.is_empty() {
        return Ok(Fate::Known(form.id, form.state));
    }
    let content = before.overlaid(&row.content);
    let group = group.map(|group| group.id).or(form.group_id);
    Ok(Fate::Changes(Changes { id: form.id, version: form.version, content, group, differences }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_that_a_spreadsheet_dropped_is_put_back() {
        for (typed, read) in [("100233488", "0100233488"), ("2801234567", "2801234567"), ("38185001234", "038185001234")] {
            assert_eq!(read_tax_code(typed).map(|code| code.to_string()).as_deref(), Ok(read), "{typed}");
        }
        assert_eq!(read_tax_code("12345"), Err(Refusal::NotATaxCode));
        assert_eq!(read_tax_code("MST 12345678"), Err(Refusal::NotATaxCode));
    }
}
