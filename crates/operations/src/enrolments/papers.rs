//! Rosters: who takes part in a run, as a list to print.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};

use documents::papers;
use domain::accounts::Actor;
use domain::ids::{OrganisationId, RunId, UnitId};
use domain::people::Sex;
use domain::{Refusal, time};
use store::enrolments::Enrolment;
use store::runs::Run;

use crate::{Failure, Office, Outcome, unit_target};

/// Which part of a run is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PaperQuestion {
    /// Only the group of this organisation.
    pub organisation: Option<OrganisationId>,
    /// Only the group of this unit and the units below it.
    pub unit: Option<UnitId>,
}

/// A roster as it is printed, in Vietnamese order.
#[derive(Debug, Clone)]
pub struct RosterPaper {
    /// The run.
    pub run: Run,
    /// The name of the group; none when it is the whole run, or all of it that the reader may see.
    pub group: Option<String>,
    /// The people.
    pub lines: Vec<RosterLine>,
}

/// One person of a roster.
#[derive(Debug, Clone)]
pub struct RosterLine {
    /// Their place, with what was true when it was taken.
    pub enrolment: Enrolment,
    /// The unit of their organisation.
    pub unit: String,
    /// Their sex, when it is known.
    pub sex: Option<Sex>,
    /// Their telephone number.
    pub phone: Option<String>,
}

/// The roster of a run, or of a group of it, as far as the reader may know.
///
/// # Errors
/// [`Refusal::NotFound`] as for [`super::roster`], and for a group that there is not.
pub async fn roster_paper(office: &Office, actor: &Actor, run: RunId, question: PaperQuestion) -> Outcome<RosterPaper> {
    let roster = super::roster(office, actor, run).await?;
    let mut records = office.database.read().await?;
    let mut units: BTreeMap<UnitId, (String, Vec<UnitId>)> = BTreeMap::new();
    for (place, _) in &roster.entries {
        if let Entry::Vacant(unknown) = units.entry(place.unit_id) {
            let title = store::units::find(&mut records, place.unit_id).await?.map(|unit| unit.title()).unwrap_or_default();
            unknown.insert((title, unit_target(&mut records, place.unit_id).await?.covered_by));
        }
    }
    let group = match (question.organisation, question.unit) {
        (Some(id), _) => {
            let mut places = roster.entries.iter().map(|(place, _)| place);
            Some(places.find(|place| place.organisation_id == id).ok_or(Refusal::NotFound)?.organisation_name.clone())
        }
        (None, Some(id)) => Some(store::units::find(&mut records, id).await?.ok_or(Refusal::NotFound)?.title()),
        (None, None) => None,
    };
    let mut known: HashMap<_, _> = store::enrolments::particulars(&mut records, run).await?.into_iter().collect();
    let is_meant = |place: &Enrolment| {
        question.organisation.is_none_or(|id| place.organisation_id == id)
            && question.unit.is_none_or(|id| units.get(&place.unit_id).is_some_and(|(_, covered_by)| covered_by.contains(&id)))
    };
    let lines = roster.entries.into_iter().map(|(place, _)| place).filter(is_meant).map(|enrolment| {
        let (sex, phone) = known.remove(&enrolment.id).unwrap_or_default();
        let unit = units.get(&enrolment.unit_id).map(|(title, _)| title.clone()).unwrap_or_default();
        RosterLine { enrolment, unit, sex, phone }
    });
    Ok(RosterPaper { lines: lines.collect(), run: roster.run, group })
}

/// The same as a PDF.
///
/// # Errors
/// Those of [`roster_paper`]; [`Failure::Document`].
pub async fn roster_pdf(office: &Office, actor: &Actor, run: RunId, question: PaperQuestion) -> Outcome<Vec<u8>> {
    let paper = roster_paper(office, actor, run, question).await?;
    let mut records = office.database.read().await?;
    let (superior, issuer, place) = store::attendance::letterhead(&mut records).await?.unwrap_or_default();
    let sessions = store::runs::sessions(&mut records, run).await?;
    drop(records);
    let sex = |sex: Sex| match sex {
        Sex::Female => "Nữ",
        Sex::Male => "Nam",
    };
    let line = |line: RosterLine| papers::RosterLine {
        person_name: line.enrolment.person_name.clone(),
        sex: line.sex.map(sex).unwrap_or_default().to_owned(),
        birth: line.enrolment.birth().map(|birth| birth.to_string()).unwrap_or_default(),
        organisation_name: line.enrolment.organisation_name,
        unit_name: line.unit,
        position: line.enrolment.position.unwrap_or_default(),
        phone: line.phone.unwrap_or_default(),
    };
    let roster = papers::Roster {
        superior,
        issuer,
        place,
        printed_on: office.today(),
        course_title: paper.run.course_title,
        run_name: paper.run.name,
        group: paper.group.unwrap_or_default(),
        days: sessions.first().map(|session| session.day).zip(sessions.last().map(|session| session.day)),
        starts: sessions.first().map(|session| time::local_time(session.starts_at)),
        venue: paper.run.venue,
        lines: paper.lines.into_iter().map(line).collect(),
    };
    let print = move || papers::roster(&roster).map_err(|error| Failure::Document(error.to_string()));
    tokio::task::spawn_blocking(print).await.map_err(|error| Failure::Document(error.to_string()))?
}
