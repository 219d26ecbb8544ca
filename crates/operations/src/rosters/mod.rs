//! Lists of people as files. A file is kept for two days while somebody works with it ([`receive`]): they say what its
//! columns are and how they are encoded where that is not plain ([`arrange`]), see what is wrong ([`read`], and
//! [`crate::enrolments::preview`] or [`progress`]), and get it back with reasons ([`to_give_back`]). Only who sent a file
//! finds it. Lists of many people are checked and stored in the background ([`jobs`]).

mod arrange;
mod check;
mod give_back;
pub mod jobs;
mod notes;
mod read;
mod receive;
mod remembered;
mod show;

pub use arrange::{Arranging, arrange, arranging};
pub use check::{Match, Places, matched};
pub use give_back::{Said, ToGiveBack, to_give_back};
pub use notes::{Notes, Stretches};
pub use read::{List, read};
pub use receive::{Received, SendCommand, SentFor, let_go, receive};
pub use show::{FAULTY_ROWS, Progress, RowFaults, SentLists, confirm, progress, sent};

use documents::spreadsheets::Limits;
use domain::Refusal;
use domain::accounts::Actor;
use domain::enrolments::roster::ROW_LIMIT;
use domain::ids::UploadId;
use domain::policy::{Action, may_somewhere};
use domain::rosters::{IMPORT_LIMIT, Purpose};
use store::Records;
use store::rosters::Upload;

use crate::{Outcome, enrolments};

/// The most bytes a file may have.
#[must_use]
pub const fn file_limit(purpose: Purpose) -> usize {
    match purpose {
        Purpose::Enrolment => 5 << 20,
        Purpose::People => 10 << 20,
    }
}

/// Within what a file is read.
fn limits(purpose: Purpose) -> Limits {
    let (max_rows, max_cells) = match purpose {
        Purpose::Enrolment => (ROW_LIMIT, 200_000),
        Purpose::People => (IMPORT_LIMIT, 500_000),
    };
    Limits { max_bytes: file_limit(purpose), max_rows, max_cells, ..Limits::default() }
}

/// A list of the actor's own that they may still work with.
async fn own(records: &mut impl Records, actor: &Actor, id: UploadId) -> Outcome<Upload> {
    let upload = store::rosters::find(records, id).await?.ok_or(Refusal::NotFound)?;
    if upload.account_id != actor.account {
        return Err(Refusal::NotFound.into());
    }
    match (upload.run_id, upload.organisation_id) {
        (Some(run), Some(organisation)) => drop(enrolments::admitted(records, actor, run, organisation).await?),
        _ => require_somewhere(actor)?,
    }
    Ok(upload)
}

/// Whoever keeps people of any organisation may send a list of many; each row asks for its own.
fn require_somewhere(actor: &Actor) -> Outcome<()> {
    if may_somewhere(actor, Action::KeepPeople) { Ok(()) } else { Err(Refusal::NotFound.into()) }
}
