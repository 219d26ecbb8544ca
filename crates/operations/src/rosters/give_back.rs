//! A list is given back with what is said of its rows.

use std::collections::BTreeMap;

use documents::spreadsheets::rosters::{self, Column, Mark};
use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::roster::{self, CellFault, Field, Repair};
use domain::ids::UploadId;
use store::rosters::Upload;

use super::read::{arrangement, content, roster as read_roster, rows};
use super::show::by_row;
use super::{limits, own};
use crate::spreadsheets::in_turn;
use crate::{Failure, Office, Outcome, enrolments};

/// What is said of a row.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Everything that is wrong.
    pub faults: Vec<CellFault>,
    /// Everything that was put right.
    pub repairs: Vec<Repair>,
}

/// A list to be given back.
#[derive(Debug, Clone)]
pub struct ToGiveBack {
    /// The list.
    pub upload: Upload,
    /// What is said of each row, by its number.
    pub rows: BTreeMap<usize, Said>,
    bytes: Vec<u8>,
}

/// Everything that is said of the rows of a list of the actor's own, as the file has them.
///
/// # Errors
/// [`Refusal::NotFound`], also once the file was swept, and for a list of many people that was not checked; of the field
/// `file` what [`super::receive`] refuses.
pub async fn to_give_back(office: &Office, actor: &Actor, id: UploadId) -> Outcome<ToGiveBack> {
    let mut records = office.database.read().await?;
    let upload = own(&mut records, actor, id).await?;
    let bytes = content(office, &mut records, id).await?;
    let read = read_roster(bytes.clone(), &upload).await?;
    let rows = rows(read, upload.purpose);
    let mut said: BTreeMap<usize, Said> = BTreeMap::new();
    match (upload.run_id, upload.organisation_id) {
        (Some(run), Some(organisation)) => {
            drop(records);
            for (row, _) in enrolments::preview(office, actor, run, organisation, &rows).await?.rows {
                said.insert(row.number, Said { faults: row.faults, repairs: row.repairs });
            }
        }
        _ => {
            store::rosters::job(&mut records, id).await?.ok_or(Refusal::NotFound)?;
            let today = office.today();
            let checked = tokio::task::spawn_blocking(move || roster::check(&rows, today).rows).await;
            for row in checked.map_err(|error| Failure::Document(error.to_string()))? {
                said.insert(row.number, Said { faults: Vec::new(), repairs: row.repairs });
            }
            for row in by_row(office, id, store::rosters::all_faults(&mut records, id).await?) {
                said.entry(row.number).or_default().faults = row.faults;
            }
        }
    }
    said.retain(|_, said| !said.faults.is_empty() || !said.repairs.is_empty());
    Ok(ToGiveBack { upload, rows: said, bytes })
}

impl ToGiveBack {
    /// Writes the list with a column of reasons, headed in Vietnamese or English. Each row has its sentences, with the field
    /// they are about and whether it cannot be stored for them.
    ///
    /// # Errors
    /// [`Refusal::ReadersBusy`]; [`Failure::Document`].
    pub async fn write(
        self,
        office: &Office,
        sentences: BTreeMap<usize, Vec<(Field, String, bool)>>,
        in_vietnamese: bool,
    ) -> Outcome<Vec<u8>> {
        let now = office.now();
        let write = move || {
            let mark = |(field, sentence, is_fault)| Mark { columns: columns(field).to_vec(), sentence, is_fault };
            let marks = sentences.into_iter().map(|(row, said)| (row, said.into_iter().map(mark).collect())).collect();
            let (limits, arrangement) = (limits(self.upload.purpose), arrangement(&self.upload));
            rosters::give_back(&self.bytes, limits, &arrangement, &marks, in_vietnamese, now)
        };
        in_turn(write).await?.map_err(|error| Failure::Document(error.to_string()))
    }
}

/// In which columns a field may stand.
const fn columns(field: Field) -> &'static [Column] {
    match field {
        Field::FullName => &[Column::FullName],
        Field::Birth | Field::BirthMale | Field::BirthFemale => {
            &[Column::BirthDate, Column::BirthYearMale, Column::BirthYearFemale]
        }
        Field::Sex => &[Column::Sex, Column::BirthYearMale, Column::BirthYearFemale],
        Field::CitizenId => &[Column::CitizenId],
        Field::Phone => &[Column::Phone],
        Field::Email => &[Column::Email],
        Field::Position => &[Column::Position],
        Field::Organisation => &[Column::Organisation],
        Field::TaxCode => &[Column::TaxCode],
        Field::Unit => &[Column::Unit],
    }
}
