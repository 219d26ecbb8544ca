//! What every house needs before its first day: the units of the province, the catalogue, a certificate book, the
//! classification of products, holidays.

mod catalogue;
mod holidays;
mod programmes;
mod units;

use crate::{Office, Outcome};

/// Stores what is missing. Doing it again changes nothing.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn seed(office: &Office) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    units::seed(office, &mut work).await?;
    catalogue::seed(office, &mut work).await?;
    programmes::seed(office, &mut work).await?;
    holidays::seed(office, &mut work).await?;
    work.commit().await?;
    Ok(())
}

pub use units::import as import_units;
