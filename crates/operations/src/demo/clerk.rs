//! Who takes forms through a year of the demonstration, by the same operations that people use.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::Refusal;
use domain::ids::{OrganisationId, RegistrationId, UnitId};
use domain::registrations::{DossierItem, FormField, RegistrationKind};
use domain::units::UnitLevel;
use store::organisations::Organisation;
use store::units::Unit;

use super::Past;
use super::house::People;
use super::products::Product;
use super::typed::{content, opinion};
use crate::registrations::{self, BeginCommand, ReturnCommand, SaveCommand};
use crate::{Office, Outcome};

/// How far a form came before lists are drawn up.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Draft,
    Submitted,
    Returned,
    Withdrawn,
    Complete,
    Infeasible,
    Feasible,
}

/// A form, which of its year's it is, the place its organisation lies in, and what becomes of it.
pub(super) struct Form {
    pub(super) id: RegistrationId,
    number: usize,
    pub(super) place: String,
    pub(super) fate: Fate,
}

/// Keeps the forms of one programme year.
pub(super) struct Clerk<'c> {
    past: &'c Past,
    pub(super) people: &'c People,
    pub(super) year: i64,
    makers: BTreeMap<&'static str, OrganisationId>,
    count: usize,
}

impl<'c> Clerk<'c> {
    pub(super) const fn of(past: &'c Past, people: &'c People, year: i64) -> Clerk<'c> {
        Clerk { past, people, year, makers: BTreeMap::new(), count: 0 }
    }

    pub(super) fn office(&self) -> &Office {
        &self.past.office
    }

    /// The commune of this name on a day.
    pub(super) async fn commune(&self, name: &str, day: NaiveDate) -> Outcome<Unit> {
        let mut records = self.office().database.read().await?;
        let units = store::units::on_day(&mut records, day).await?;
        let found = units.into_iter().find(|unit| unit.level == UnitLevel::Commune && unit.name == name);
        Ok(found.ok_or(Refusal::UnknownUnit)?)
    }

    /// The first commune of the district of this name on a day.
    pub(super) async fn commune_of_district(&self, name: &str, day: NaiveDate) -> Outcome<Unit> {
        let mut records = self.office().database.read().await?;
        let units = store::units::on_day(&mut records, day).await?;
        let district = units.iter().find(|unit| unit.level == UnitLevel::District && unit.name == name).map(|unit| unit.id);
        let found = units.into_iter().find(|unit| unit.level == UnitLevel::Commune && unit.parent_id == district);
        Ok(found.filter(|_| district.is_some()).ok_or(Refusal::UnknownUnit)?)
    }

    /// Registers a product; its maker is made with the first.
    pub(super) async fn register(&mut self, product: &Product, place: &Unit, fate: Fate) -> Outcome<Form> {
        let maker = match self.makers.get(product.maker) {
            Some(maker) => *maker,
            None => {
                let maker = self.maker(product, place.id).await?;
                self.makers.insert(product.maker, maker);
                maker
            }
        };
        self.fill(maker, product.name, product.group, fate).await
    }

    async fn maker(&self, product: &Product, place: UnitId) -> Outcome<OrganisationId> {
        let organisation = Organisation {
            id: OrganisationId(self.office().id()),
            kind: product.kind,
            name: product.maker.to_owned(),
            tax_code: None,
            unit_id: place,
            address: None,
            phone: None,
            unit_kind: String::new(),
            unit_name: String::new(),
            parent_kind: None,
            parent_name: None,
        };
        let mut work = self.office().database.begin().await?;
        store::organisations::add(&mut work, &organisation, self.office().now()).await?;
        work.commit().await?;
        Ok(organisation.id)
    }

    /// Fills in the form of an organisation's product, sends it unless it stays a draft, and takes in what belongs to it.
    pub(super) async fn fill(&mut self, organisation: OrganisationId, name: &str, group: &str, fate: Fate) -> Outcome<Form> {
        let number = self.count;
        self.count += 1;
        let office = self.office();
        let representative = self.people.representatives.iter().find(|actor| actor.organisations().any(|id| id == organisation));
        let writer = representative.unwrap_or(&self.people.officer);
        let begin =
            BeginCommand { organisation, year: self.year, kind: RegistrationKind::Existing, product_name: name.to_owned() };
        let id = registrations::begin(office, writer, &begin).await?;
        let shown = registrations::show(office, writer, id).await?;
        let group = shown.groups.iter().find(|known| known.title().starts_with(group)).or_else(|| shown.groups.first());
        let typed = content(number, name, &shown.place);
        let save = SaveCommand {
            id,
            version: shown.registration.version,
            fields: FormField::of(RegistrationKind::Existing).collect(),
            // Who is still writing has come to the middle of the form.
            typed: typed.iter().take(if fate == Fate::Draft { 8 } else { typed.len() }).map(|(n, v)| (*n, v.as_str())).collect(),
            product: Some((name.to_owned(), group.map(|group| group.id))),
        };
        registrations::save(office, writer, &save).await?;
        if fate != Fate::Draft {
            registrations::submit(office, writer, (id, self.version(id).await?), None).await?;
            for item in [DossierItem::Introduction, DossierItem::BusinessRegistration, DossierItem::Samples] {
                registrations::receive_item(office, &self.people.officer, id, (item, true)).await?;
            }
        }
        let mut records = office.database.read().await?;
        let place = store::units::find(&mut records, shown.registration.place_id).await?.ok_or(Refusal::NotFound)?;
        Ok(Form { id, number, place: place.name, fate })
    }

    /// Finds a form to say the same as another of its organisation.
    pub(super) async fn mark_duplicate(&self, form: &Form, of: &Form) -> Outcome<()> {
        let version = self.version(form.id).await?;
        registrations::mark_duplicate(self.office(), &self.people.officer, (form.id, version), of.id).await
    }

    pub(super) async fn version(&self, id: RegistrationId) -> Outcome<i64> {
        let mut records = self.office().database.read().await?;
        Ok(store::registrations::find(&mut records, id).await?.ok_or(Refusal::NotFound)?.version)
    }

    /// Does with a submitted form what its fate wants before lists are drawn up.
    pub(super) async fn review(&self, form: &Form) -> Outcome<()> {
        let (office, officer) = (self.office(), &self.people.officer);
        let version = self.version(form.id).await?;
        match form.fate {
            Fate::Draft | Fate::Submitted => Ok(()),
            Fate::Returned => {
                let command = ReturnCommand {
                    id: form.id,
                    version,
                    reason: "Đề nghị bổ sung trước khi xem xét.".into(),
                    due_on: office.today() + chrono::Days::new(7),
                    remarks: vec![
                        ("production_process".into(), "Nêu rõ từng bước, thời gian phơi và cách bảo quản.".into()),
                        ("quality_declaration".into(), "Thiếu bản tự công bố chất lượng.".into()),
                    ],
                };
                registrations::send_back(office, officer, &command).await
            }
            Fate::Withdrawn => {
                registrations::withdraw(office, officer, form.id, version, "Cơ sở xin rút để hoàn thiện bao bì.").await
            }
            Fate::Complete => registrations::complete(office, officer, form.id, version).await,
            Fate::Infeasible | Fate::Feasible => {
                registrations::complete(office, officer, form.id, version).await?;
                for (n, evaluator) in [officer, &self.people.administrator].into_iter().enumerate() {
                    let shown = registrations::show(office, evaluator, form.id).await?;
                    let opinion = opinion(form.fate == Fate::Feasible, form.number, n, shown.criteria.len());
                    registrations::evaluate(office, evaluator, (form.id, shown.registration.version), &opinion).await?;
                }
                Ok(())
            }
        }
    }
}
