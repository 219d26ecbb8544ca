//! Which unit or organisation a list means.

use std::collections::BTreeMap;

use domain::ids::{OrganisationId, UnitId};
use domain::organisations::TaxCode;
use domain::{Refusal, text};
use store::Records;

use crate::{Office, Outcome};

/// The units of today by what lists call them.
#[derive(Debug)]
pub(crate) struct Places {
    units: BTreeMap<String, Vec<UnitId>>,
}

impl Places {
    /// Reads the units that live today.
    pub(crate) async fn read(office: &Office, records: &mut impl Records) -> Outcome<Places> {
        let mut units: BTreeMap<String, Vec<UnitId>> = BTreeMap::new();
        for unit in store::units::on_day(records, office.today()).await? {
            let mut names = vec![unit.code.clone(), unit.name.clone(), unit.title(), unit.full_title()];
            names = names.iter().map(|name| text::fold(name)).collect();
            names.sort();
            names.dedup();
            for name in names {
                units.entry(name).or_default().push(unit.id);
            }
        }
        Ok(Places { units })
    }

    /// The unit of a code, a name, or a name with that of its district.
    pub(crate) fn unit(&self, typed: &str) -> Result<UnitId, Refusal> {
        match self.units.get(&text::fold(typed)).map(Vec::as_slice) {
            Some([unit]) => Ok(*unit),
            Some(_) => Err(Refusal::AmbiguousUnit),
            None => Err(Refusal::UnknownUnit),
        }
    }
}

/// The organisation of a tax code or a name, in a unit when one is given.
pub(crate) async fn organisation(
    records: &mut impl Records,
    typed: &str,
    unit: Option<UnitId>,
) -> Outcome<Result<OrganisationId, Refusal>> {
    if let Ok(code) = typed.parse::<TaxCode>() {
        return Ok(store::organisations::by_tax_code(records, &code).await?.ok_or(Refusal::UnknownOrganisation));
    }
    let found = store::organisations::of_name(records, typed, unit).await?;
    Ok(match found[..] {
        [organisation] => Ok(organisation),
        [] => Err(Refusal::UnknownOrganisation),
        _ => Err(Refusal::AmbiguousOrganisation),
    })
}
