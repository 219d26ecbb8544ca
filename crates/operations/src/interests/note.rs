//! Saying, saying otherwise and withdrawing what an organisation would like to be taught. Nothing that was said is changed.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{CourseId, InterestId, OrganisationId};
use domain::interests::{Wish, may_ask};
use domain::policy::Action;
use serde_json::json;
use store::Work;
use store::interests::Interest;

use crate::{Office, Outcome, organisation_target, require};

/// What an organisation would like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteCommand {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The course.
    pub course: CourseId,
    /// The version of the wish that was seen; none when there was no wish.
    pub seen: Option<i64>,
    /// What it would like.
    pub wish: Wish,
}

/// Says what an organisation would like of a course: for the first time, or anew. Saying it anew opens a wish that was met.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not speak for the organisation, and without such a course;
/// [`Refusal::CourseForOthers`]; [`Refusal::ChangedMeanwhile`] when somebody was faster.
pub async fn note(office: &Office, actor: &Actor, command: &NoteCommand) -> Outcome<InterestId> {
    let c = command;
    let mut work = office.database.begin().await?;
    let known = held(&mut work, actor, c.organisation, c.course).await?;
    let (organisation, _) = organisation_target(&mut work, c.organisation).await?;
    let course = store::courses::find(&mut work, c.course).await?.ok_or(Refusal::NotFound)?;
    may_ask(organisation.kind, course.audience)?;
    if known.as_ref().map(|wish| wish.version) != c.seen {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let id = match &known {
        Some(wish) => wish.id,
        None => {
            let id = InterestId(office.id());
            if !store::interests::add(&mut work, id, c.organisation, c.course).await? {
                return Err(Refusal::ChangedMeanwhile.into());
            }
            id
        }
    };
    let number = c.seen.unwrap_or(0) + 1;
    store::interests::say(&mut work, office.id(), (id, number), &c.wish, actor.account, office.now()).await?;
    let verb = if known.is_some() { "interest_changed" } else { "interest_noted" };
    let detail = json!({ "organisation": c.organisation, "course": c.course, "people": c.wish.people });
    office.log(&mut work, Some(actor.account), verb, ("interest", id.0), &detail).await?;
    work.commit().await?;
    Ok(id)
}

/// Withdraws what an organisation asked for. `seen` is the version that was seen.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not speak for the organisation, and when it does not ask for the course;
/// [`Refusal::ChangedMeanwhile`] when somebody was faster.
pub async fn withdraw(
    office: &Office,
    actor: &Actor,
    (organisation, course): (OrganisationId, CourseId),
    seen: i64,
) -> Outcome<()> {
    let mut work = office.database.begin().await?;
    let wish = held(&mut work, actor, organisation, course).await?.ok_or(Refusal::NotFound)?;
    if wish.version != seen || !store::interests::withdraw(&mut work, wish.id, actor.account, office.now()).await? {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let detail = json!({ "organisation": organisation, "course": course });
    office.log(&mut work, Some(actor.account), "interest_withdrawn", ("interest", wish.id.0), &detail).await?;
    Ok(work.commit().await?)
}

/// Holds an organisation against others who speak for it, and gives what it asks for of a course.
async fn held(work: &mut Work, actor: &Actor, organisation: OrganisationId, course: CourseId) -> Outcome<Option<Interest>> {
    let (_, target) = organisation_target(work, organisation).await?;
    require(actor, Action::NoteInterest, &target)?;
    store::organisations::lock(work, organisation).await?;
    Ok(store::interests::live_of(work, organisation, course).await?)
}
