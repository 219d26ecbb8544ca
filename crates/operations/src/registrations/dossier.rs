//! The dossier of a form: files, and what came on paper or in kind.

use documents::spreadsheets::rosters::RosterError;
use documents::spreadsheets::{Limits, lists};
use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{AttachmentId, RegistrationId};
use domain::policy::Action;
use domain::registrations::{DossierItem, FileKind, MOST_FILE_BYTES, MOST_FILES, Step};
use domain::text;
use store::Work;
use store::attachments::Attachment;
use store::registrations::Registration;

use super::begin::completeness;
use super::{known_state, review_target, target};
use crate::{Failure, Office, Outcome, certificates, require};

/// The most rows of a workbook in a dossier.
const MOST_ROWS: usize = 20_000;

/// A file that is sent.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// What it is of the dossier.
    pub item: DossierItem,
    /// Its name on the sender's machine.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Adds a file to the dossier of a form that is open. The same file for the same item again changes nothing.
///
/// # Errors
/// [`Refusal::NotFound`] outside the actor's scope; [`Refusal::NotInThisState`] while the form is under review;
/// [`Refusal::FileTooLarge`], [`Refusal::NotAnAcceptedFile`], [`Refusal::SpreadsheetTooLarge`],
/// [`Refusal::SpreadsheetLocked`], [`Refusal::TooManyFiles`] of `file`.
pub async fn attach(office: &Office, actor: &Actor, id: RegistrationId, file: NewFile) -> Outcome<()> {
    let refused = |refusal| Failure::field("file", refusal);
    // Whoever may not add it learns nothing about the file, and costs nothing.
    let (_, target) = target(&mut office.database.read().await?, id).await?;
    require(actor, Action::FillRegistration, &target)?;
    if file.bytes.len() > MOST_FILE_BYTES {
        return Err(refused(Refusal::FileTooLarge { limit: MOST_FILE_BYTES as u64 }));
    }
    let (kind, bytes) = examined(file.bytes).await?;
    let mut work = office.database.begin().await?;
    let registration = open(&mut work, actor, id).await?;
    let hash = certificates::hash(&bytes);
    let known = store::attachments::of_registration(&mut work, id).await?;
    if known.iter().any(|other| other.item == file.item && other.hash == hash) {
        return Ok(());
    }
    if known.len() >= MOST_FILES {
        return Err(refused(Refusal::TooManyFiles { limit: MOST_FILES }));
    }
    let attachment = Attachment {
        id: AttachmentId(office.id()),
        registration_id: id,
        item: file.item,
        file_name: clean_name(&file.name, kind),
        kind,
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        hash,
        added_at: office.now(),
    };
    store::attachments::add(&mut work, &attachment, &bytes, actor.account).await?;
    finish(work, &registration).await
}

/// What a file is, with its bytes. Whoever opens a workbook opens what it unpacks to, so it is measured here, off the
/// threads that answer others.
async fn examined(bytes: Vec<u8>) -> Outcome<(FileKind, Vec<u8>)> {
    let refused = |refusal| Failure::field("file", refusal);
    let kind = FileKind::of(&bytes).map_err(refused)?;
    if kind != FileKind::Xlsx {
        return Ok((kind, bytes));
    }
    let limits = Limits { max_bytes: MOST_FILE_BYTES, max_rows: MOST_ROWS, ..Limits::default() };
    let (read, bytes) = crate::spreadsheets::in_turn(move || (lists::read(&bytes, limits), bytes)).await?;
    match read {
        Ok(_) | Err(RosterError::Empty | RosterError::NoHeading { .. }) => Ok((kind, bytes)),
        Err(RosterError::Encrypted) => Err(refused(Refusal::SpreadsheetLocked)),
        Err(RosterError::NotASpreadsheet | RosterError::OpenQuote { .. } | RosterError::BrokenLetters { .. }) => {
            Err(refused(Refusal::NotAnAcceptedFile))
        }
        Err(RosterError::TooLarge { .. } | RosterError::TooManyCells { .. } | RosterError::TooManyRows { .. }) => {
            Err(refused(Refusal::SpreadsheetTooLarge { limit: MOST_ROWS }))
        }
    }
}

/// Takes a file out of the dossier of a form that is open.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, and outside the actor's scope; [`Refusal::NotInThisState`].
pub async fn detach(office: &Office, actor: &Actor, id: AttachmentId) -> Outcome<RegistrationId> {
    let mut work = office.database.begin().await?;
    let attachment = store::attachments::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    let registration = open(&mut work, actor, attachment.registration_id).await?;
    store::attachments::remove(&mut work, id, office.now(), actor.account).await?;
    finish(work, &registration).await?;
    Ok(registration.id)
}

/// A file with its bytes, for those who see the form.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none, and outside the actor's scope.
pub async fn file(office: &Office, actor: &Actor, id: AttachmentId) -> Outcome<(Attachment, Vec<u8>)> {
    let mut records = office.database.read().await?;
    let attachment = store::attachments::find(&mut records, id).await?.ok_or(Refusal::NotFound)?;
    let (_, target) = target(&mut records, attachment.registration_id).await?;
    require(actor, Action::SeeRegistrations, &target)?;
    let content = store::attachments::content(&mut records, id).await?;
    Ok((attachment, content))
}

/// Notes that an officer has an item on paper or in kind, or takes that note back.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not review the form; [`Refusal::NotInThisState`] once it is in a list.
pub async fn receive_item(
    office: &Office,
    actor: &Actor,
    id: RegistrationId,
    (item, is_there): (DossierItem, bool),
) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    store::registrations::lock(&mut work, id).await?;
    let registration = store::registrations::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    require(actor, Action::ReviewRegistrations, &review_target(&mut work, &registration).await?)?;
    known_state(&mut work, actor, &registration).await?.after(Step::Withdraw)?;
    if is_there {
        store::attachments::add_receipt(&mut work, id, item, office.now(), actor.account).await?;
    } else {
        store::attachments::remove_receipt(&mut work, id, item).await?;
    }
    finish(work, &registration).await
}

/// A form whose dossier may be changed by who fills it in.
async fn open(work: &mut Work, actor: &Actor, id: RegistrationId) -> Outcome<Registration> {
    store::registrations::lock(work, id).await?;
    let (registration, target) = target(work, id).await?;
    require(actor, Action::FillRegistration, &target)?;
    let state = known_state(work, actor, &registration).await?;
    if state.is_open() { Ok(registration) } else { Err(Refusal::NotInThisState { state }.into()) }
}

async fn finish(mut work: Work, registration: &Registration) -> Outcome<()> {
    let percent = completeness(&mut work, registration, &registration.typed()?).await?;
    store::registrations::set_completeness(&mut work, registration.id, percent).await?;
    Ok(work.commit().await?)
}

/// The last part of a path, without what file systems dislike, with the ending of what it is; 100 characters at most.
fn clean_name(name: &str, kind: FileKind) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let kept: String = text::normalise(stem).chars().filter(|c| c.is_alphanumeric() || " -_.()".contains(*c)).take(90).collect();
    let stem = kept.trim_matches([' ', '.']);
    let ending = if kind == FileKind::Jpeg { "jpg" } else { kind.as_str() };
    format!("{}.{ending}", if stem.is_empty() { "tep" } else { stem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_plain() {
        for (sent, kept) in [
            ("Giấy phép.PDF", "Giấy phép.pdf"),
            (r"C:\Hồ sơ\anh.exe", "anh.pdf"),
            ("../../etc/passwd", "passwd.pdf"),
            ("a\"\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
            ("", "tep.pdf"),
        ] {
            assert_eq!(clean_name(sent, FileKind::Pdf), kept, "{sent}");
        }
    }
}
