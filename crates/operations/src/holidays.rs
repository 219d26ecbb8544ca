//! Days on which no class is laid out: listing, adding, removing.

use chrono::{Datelike as _, NaiveDate};
use domain::accounts::Actor;
use domain::ids::HolidayId;
use domain::policy::{Action, Target};
use domain::{Faults, Refusal};
use serde_json::json;
use store::Work;

pub use store::holidays::Holiday;

use crate::{Failure, Office, Outcome, require};

/// What was typed about a holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHoliday {
    /// The day.
    pub day: NaiveDate,
    /// What is celebrated, in Vietnamese.
    pub name: String,
    /// The same in English; the Vietnamese name when it is empty.
    pub name_english: String,
    /// What says so.
    pub basis: String,
}

/// The holidays of a year.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not keep the catalogue; [`store::StoreError::Database`].
pub async fn list(office: &Office, actor: &Actor, year: i32) -> Outcome<Vec<Holiday>> {
    require(actor, Action::KeepCatalogue, &Target::default())?;
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or(Refusal::NotFound);
    let (first, last) = (day(year, 1, 1)?, day(year, 12, 31)?);
    Ok(store::holidays::between(&mut office.database.read().await?, first, last).await?)
}

/// Adds a holiday.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not keep the catalogue; [`Refusal::AlreadyExists`] of `day`; [`store::StoreError`].
pub async fn add(office: &Office, actor: &Actor, new: NewHoliday) -> Outcome<()> {
    require(actor, Action::KeepCatalogue, &Target::default())?;
    let NewHoliday { day, name, name_english, basis } = new;
    if !(2000..=2100).contains(&day.year()) {
        let mut faults = Faults::default();
        faults.add("day", Refusal::NotADay);
        return Err(faults.into());
    }
    let name_english = if name_english.is_empty() { name.clone() } else { name_english };
    let mut work = office.database.begin().await?;
    let holiday = Holiday { id: HolidayId(office.id()), day, name, name_english, basis };
    if !store::holidays::add(&mut work, &holiday).await? {
        return Err(Failure::field("day", Refusal::AlreadyExists));
    }
    log(office, &mut work, actor, "holiday_added", &holiday).await?;
    Ok(work.commit().await?)
}

/// Removes a holiday; gives what it was.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, and for who does not keep the catalogue; [`store::StoreError`].
pub async fn remove(office: &Office, actor: &Actor, id: HolidayId) -> Outcome<Holiday> {
    require(actor, Action::KeepCatalogue, &Target::default())?;
    let mut work = office.database.begin().await?;
    let holiday = store::holidays::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    if !store::holidays::remove(&mut work, id).await? {
        return Err(Refusal::NotFound.into());
    }
    log(office, &mut work, actor, "holiday_removed", &holiday).await?;
    work.commit().await?;
    Ok(holiday)
}

async fn log(office: &Office, work: &mut Work, actor: &Actor, verb: &str, holiday: &Holiday) -> Outcome<()> {
    let detail = json!({ "day": holiday.day, "name": holiday.name });
    Ok(office.log(work, Some(actor.account), verb, ("holiday", holiday.id.0), &detail).await?)
}
