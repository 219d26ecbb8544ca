//! The settings of a certificate book: what is printed on the certificates to come.

use domain::accounts::Actor;
use domain::ids::BookId;
use domain::people::FullName;
use domain::policy::{Action, Target};
use domain::{Faults, Refusal, text};
use serde_json::json;
use store::certificates::{self, Book};

use crate::{Office, Outcome, require};

/// What the form of a book holds, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BookForm {
    /// The superior body.
    pub superior: String,
    /// The issuing body.
    pub issuer: String,
    /// Where certificates are signed.
    pub place: String,
    /// The post of who signs, a line for each line on paper.
    pub signatory_post: String,
    /// The name of who signs.
    pub signatory_name: String,
}

/// The most characters of a line on paper.
const LONGEST: usize = 150;

/// Every book.
///
/// # Errors
/// [`Refusal::NotFound`] for those who do not keep the catalogue.
pub async fn books(office: &Office, actor: &Actor) -> Outcome<Vec<Book>> {
    require(actor, Action::KeepCatalogue, &Target::default())?;
    Ok(certificates::books(&mut office.database.read().await?).await?)
}

/// One book.
///
/// # Errors
/// [`Refusal::NotFound`] for those who do not keep the catalogue, and when there is none.
pub async fn book(office: &Office, actor: &Actor, id: BookId) -> Outcome<Book> {
    require(actor, Action::KeepCatalogue, &Target::default())?;
    Ok(certificates::find_book(&mut office.database.read().await?, id).await?.ok_or(Refusal::NotFound)?)
}

/// Changes what is printed on the certificates to come. Those that were issued stay as they are.
///
/// # Errors
/// [`Refusal::Missing`], [`Refusal::TooLong`], [`Refusal::NotAName`] beside the fields; [`Refusal::NotFound`].
pub async fn change_book(office: &Office, actor: &Actor, id: BookId, form: &BookForm) -> Outcome<()> {
    let known = book(office, actor, id).await?;
    let mut faults = Faults::default();
    let superior = faults.take("superior", line(&form.superior));
    let issuer = faults.take("issuer", line(&form.issuer));
    let place = faults.take("place", line(&form.place));
    let post: Vec<String> = form.signatory_post.lines().map(text::normalise).filter(|line| !line.is_empty()).collect();
    let post = faults.take("signatory_post", several(&post));
    let name = faults.take("signatory_name", form.signatory_name.parse::<FullName>());
    let (Some(superior), Some(issuer), Some(place), Some(signatory_post), Some(name)) = (superior, issuer, place, post, name)
    else {
        return Err(faults.into());
    };
    let signatory_name = name.as_str().to_owned();
    let book = Book { superior, issuer, place, signatory_post, signatory_name, ..known };
    let mut work = office.database.begin().await?;
    certificates::lock_book(&mut work, id).await?;
    certificates::change_book(&mut work, &book).await?;
    let detail = json!({ "superior": book.superior, "issuer": book.issuer, "place": book.place,
        "signatory_post": book.signatory_post, "signatory_name": book.signatory_name });
    office.log(&mut work, Some(actor.account), "certificate_book_changed", ("certificate_book", id.0), &detail).await?;
    Ok(work.commit().await?)
}

fn line(typed: &str) -> Result<String, Refusal> {
    let line = text::normalise(typed);
    match line.chars().count() {
        0 => Err(Refusal::Missing),
        count if count > LONGEST => Err(Refusal::TooLong { limit: LONGEST }),
        _ => Ok(line),
    }
}

/// Up to three lines.
fn several(lines: &[String]) -> Result<String, Refusal> {
    if lines.is_empty() {
        return Err(Refusal::Missing);
    }
    let joined = lines.join("\n");
    if lines.len() > 3 || joined.chars().count() > LONGEST { Err(Refusal::TooLong { limit: LONGEST }) } else { Ok(joined) }
}
