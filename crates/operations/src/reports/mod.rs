//! Reports: who has completed the required training, by unit, organisation and name.

mod board;
mod counts;
mod organisation;

use chrono::{Datelike as _, NaiveDate};
use domain::Refusal;
use domain::accounts::Actor;
use domain::courses::Audience;
use domain::ids::{OrganisationId, UnitId};
use domain::policy::{Action, Sight, sight};
use store::units::Unit;

pub use board::{Board, BoardQuestion, Line, Row, board};
pub use counts::Counts;
pub use organisation::{OrganisationBoard, organisation};

use crate::{Office, Outcome};

/// Where the board of somebody begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// With a unit.
    Unit(UnitId),
    /// With an organisation.
    Organisation(OrganisationId),
    /// With one of several, by name.
    OneOf {
        /// Units of their grants.
        units: Vec<Unit>,
        /// Organisations of their grants, with names.
        organisations: Vec<(OrganisationId, String)>,
    },
}

/// Where the board of `actor` begins: with the province, the unit or the organisation of their grant.
///
/// # Errors
/// [`Refusal::NotFound`] for who has no board; [`store::StoreError::Database`].
pub async fn home(office: &Office, actor: &Actor) -> Outcome<Home> {
    let mut records = office.database.read().await?;
    let (units, organisations) = match sight(actor, Action::SeeBoard) {
        Sight::Everywhere => {
            let root = store::reports::root(&mut records, office.today()).await?;
            return Ok(Home::Unit(root.ok_or(Refusal::NotFound)?));
        }
        Sight::Within { units, organisations } => (units, organisations),
    };
    match (&units[..], &organisations[..]) {
        ([], []) => Err(Refusal::NotFound.into()),
        ([unit], []) => Ok(Home::Unit(*unit)),
        ([], [organisation]) => Ok(Home::Organisation(*organisation)),
        _ => {
            let (mut known_units, mut known_organisations) = (Vec::new(), Vec::new());
            for unit in units {
                known_units.extend(store::units::find(&mut records, unit).await?);
            }
            for id in organisations {
                known_organisations.extend(store::organisations::find(&mut records, id).await?.map(|known| (id, known.name)));
            }
            Ok(Home::OneOf { units: known_units, organisations: known_organisations })
        }
    }
}

/// The years in which anything is required, the latest first.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn years(office: &Office) -> Outcome<Vec<i64>> {
    Ok(store::requirements::years(&mut office.database.read().await?).await?)
}

/// First and last day of a year.
pub(crate) fn days_of(year: i32) -> Outcome<(NaiveDate, NaiveDate)> {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).ok_or(Refusal::NotFound);
    Ok((day(1, 1)?, day(12, 31)?))
}

/// The day whose units and memberships a report of a year shows: today, or the last day of a year that is over.
fn day_of(year: i32, today: NaiveDate) -> Outcome<NaiveDate> {
    Ok(if year == today.year() { today } else { days_of(year)?.1 })
}

/// The two audiences that training can be required of.
pub const AUDIENCES: [Audience; 2] = [Audience::Organisations, Audience::Officers];
