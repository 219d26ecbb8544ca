//! Two records of one person become one.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{MergeId, PersonId};
use domain::people::{Choices, Side};
use serde_json::json;
use store::people::merging::{self, Change};
use store::people::references::{self, Policy, REFERENCES};
use store::people::{Person, SealedNumber};
use store::{Records, Work};
use uuid::Uuid;

use super::duplicates::{Pair, lay_out, require_both};
use super::find_or_add::birth_columns;
use super::numbers;
use crate::keys::hex;
use crate::{Failure, Office, Outcome};

/// The most characters of what is said on merging.
pub const NOTE_LIMIT: usize = 500;

/// Two records before they are merged.
#[derive(Debug, Clone)]
pub struct Merging {
    /// Both, with what they have in common.
    pub pair: Pair,
    /// Which of them goes on.
    pub kept: PersonId,
    /// Why they cannot be merged, if there is a reason.
    pub refusal: Option<Refusal>,
}

/// Two records of one person, of which the actor keeps both.
#[derive(Debug, Clone)]
pub struct MergeCommand {
    /// The record that goes on, as [`merging`] said.
    pub kept: PersonId,
    /// The record that leads to it from then on.
    pub absorbed: PersonId,
    /// Whose values the record that goes on is to have.
    pub choices: Choices,
    /// What there is to say about it; may be empty.
    pub note: String,
}

/// Lays two records side by side before they are merged.
///
/// # Errors
/// [`Refusal::NotFound`] when the actor does not keep both; [`store::StoreError::Database`].
pub async fn merging(office: &Office, actor: &Actor, one: PersonId, other: PersonId) -> Outcome<Merging> {
    let mut records = office.database.read().await?;
    require_both(office, &mut records, actor, one, other).await?;
    let kept = who_goes_on(&mut records, one, other).await?;
    let absorbed = if kept == one { other } else { one };
    let pair = lay_out(office, &mut records, actor, one.max(other), one.min(other)).await?.ok_or(Refusal::NotFound)?;
    Ok(Merging { pair, kept, refusal: against(&mut records, absorbed, kept).await? })
}

/// Makes one of two records: everything that belongs to the one belongs to the other from now on, and its old address
/// leads there. What enrolments and certificates were made with stays word for word. [`super::unmerge`] undoes it.
///
/// # Errors
/// [`Refusal::NotFound`] when the actor does not keep both; [`Refusal::ChangedMeanwhile`] when the other one would go on;
/// [`Refusal::ToldApart`], [`Refusal::BothHavePlaces`], [`Refusal::TwoPlacesAtOnce`], [`Refusal::BothHaveAccounts`],
/// [`Refusal::BothHave`]; [`Refusal::TooLong`]; [`store::StoreError::Database`].
pub async fn merge(office: &Office, actor: &Actor, command: &MergeCommand) -> Outcome<MergeId> {
    let note = domain::text::optional_line(&command.note, NOTE_LIMIT).map_err(|refusal| Failure::field("note", refusal))?;
    let (kept, absorbed) = (command.kept, command.absorbed);
    let mut work = office.database.begin().await?;
    require_both(office, &mut work, actor, kept, absorbed).await?;
    merging::lock(&mut work, kept, absorbed).await?;
    // Another merge may have come first.
    let people = require_both(office, &mut work, actor, kept, absorbed).await?;
    if who_goes_on(&mut work, kept, absorbed).await? != kept {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    if let Some(refusal) = against(&mut work, absorbed, kept).await? {
        return Err(refusal.into());
    }

    let mut journal = Journal { merge: MergeId(office.id()), written: 0 };
    merging::add(&mut work, journal.merge, (absorbed, kept), &note, actor.account, office.now()).await?;
    end_doubles(office, &mut work, &mut journal, absorbed, kept).await?;
    move_rows(&mut work, &mut journal, absorbed, kept).await?;
    choose(office, &mut work, &mut journal, people, command.choices).await?;
    let detail = json!({ "merge": journal.merge, "absorbed": absorbed });
    office.log(&mut work, Some(actor.account), "person_merged", ("person", kept.0), &detail).await?;
    // The calendar names who teaches.
    office.commit_to_calendar(work).await?;
    Ok(journal.merge)
}

/// What a merge writes over, in order.
struct Journal {
    merge: MergeId,
    written: i64,
}

impl Journal {
    async fn write(
        &mut self,
        work: &mut Work,
        (table, row, column): (&str, Uuid, &str),
        old_value: Option<String>,
        new_value: Option<String>,
    ) -> Outcome<()> {
        self.written += 1;
        let change = Change { table_name: table.to_owned(), row_id: row, column_name: column.to_owned(), old_value, new_value };
        Ok(merging::changed(work, self.merge, self.written, &change).await?)
    }
}

/// Who goes on: who signs in, else who teaches, else who was known first.
async fn who_goes_on(records: &mut impl Records, one: PersonId, other: PersonId) -> Outcome<PersonId> {
    for table in ["account", "trainer"] {
        let Some(of) = references::reference(table, "person_id") else { continue };
        let has_one = !references::rows(records, of, one).await?.is_empty();
        let has_other = !references::rows(records, of, other).await?.is_empty();
        if has_one != has_other {
            return Ok(if has_one { one } else { other });
        }
    }
    Ok(one.min(other))
}

/// Why two records cannot become one, if there is a reason.
async fn against(records: &mut impl Records, absorbed: PersonId, kept: PersonId) -> Outcome<Option<Refusal>> {
    if merging::told_apart(records, absorbed, kept).await?.is_some() {
        return Ok(Some(Refusal::ToldApart));
    }
    if let Some(run) = merging::both_placed(records, absorbed, kept).await? {
        return Ok(Some(Refusal::BothHavePlaces { run }));
    }
    if let Some((run, day)) = merging::two_places(records, absorbed, kept).await? {
        return Ok(Some(Refusal::TwoPlacesAtOnce { run, day }));
    }
    for of in REFERENCES {
        let stands_against = match of.policy {
            // A membership that stands twice is ended.
            Policy::Move if of.table == "membership" => false,
            Policy::Move => !references::twice(records, of, absorbed, kept).await?.is_empty(),
            Policy::Never => !references::rows(records, of, absorbed).await?.is_empty(),
            Policy::Keep => false,
        };
        if stands_against && of.table == "account" {
            return Ok(Some(Refusal::BothHaveAccounts));
        }
        if stands_against {
            return Ok(Some(Refusal::BothHave { what: of.table.to_owned() }));
        }
    }
    Ok(None)
}

/// Where both belong to one organisation, the record that goes on stays in it.
async fn end_doubles(office: &Office, work: &mut Work, journal: &mut Journal, absorbed: PersonId, kept: PersonId) -> Outcome<()> {
    let last = office.today().pred_opt().unwrap_or(office.today());
    for membership in merging::doubles(work, absorbed, kept).await? {
        merging::end_double(work, membership, last).await?;
        journal.write(work, ("membership", membership.0, "valid_to"), None, Some(last.to_string())).await?;
    }
    Ok(())
}

/// Everything that belonged to the one belongs to the other.
async fn move_rows(work: &mut Work, journal: &mut Journal, absorbed: PersonId, kept: PersonId) -> Outcome<()> {
    for of in REFERENCES.iter().filter(|of| of.policy == Policy::Move) {
        for row in references::rows(work, of, absorbed).await? {
            // A row that went meanwhile belongs to nobody.
            if references::point(work, of, row, absorbed, kept).await? {
                let (old, new) = (absorbed.to_string(), kept.to_string());
                journal.write(work, (of.table, row, of.column), Some(old), Some(new)).await?;
            }
        }
    }
    Ok(())
}

/// The record that goes on gets the values that were chosen.
async fn choose(
    office: &Office,
    work: &mut Work,
    journal: &mut Journal,
    (kept, absorbed): (Person, Person),
    choices: Choices,
) -> Outcome<()> {
    let mut after = kept.clone();
    if choices.name == Side::Absorbed {
        after.full_name = absorbed.full_name.clone();
    }
    (after.birth_date, after.birth_year) = birth_columns(choices.birth.of(kept.birth(), absorbed.birth()));
    after.sex = choices.sex.of(kept.sex, absorbed.sex);
    after.phone = choices.phone.of(kept.phone.clone(), absorbed.phone.clone());
    after.email = choices.email.of(kept.email.clone(), absorbed.email.clone());

    let (own, other) = (numbers::open(office, &kept), numbers::open(office, &absorbed));
    let mut rest = absorbed.clone();
    let moves = other.is_some() && (own.is_none() || choices.number == Side::Absorbed);
    if moves {
        // Sealed for one person, it has to be sealed anew for the other. The one that is not chosen stays findable.
        after.number = numbers::seal(office, kept.id, other.as_ref());
        rest.number = numbers::seal(office, absorbed.id, own.as_ref());
        // Neither may stand twice, not even for a moment.
        let without = Person { number: SealedNumber::default(), ..absorbed.clone() };
        store::people::change(work, &without).await?;
    }
    journal_person(work, journal, &absorbed, &rest).await?;
    journal_person(work, journal, &kept, &after).await?;
    store::people::change(work, &after).await?;
    if moves {
        store::people::change(work, &rest).await?;
    }
    Ok(())
}

async fn journal_person(work: &mut Work, journal: &mut Journal, before: &Person, after: &Person) -> Outcome<()> {
    for ((column, old), (_, new)) in columns(before).into_iter().zip(columns(after)) {
        if old != new {
            journal.write(work, ("person", before.id.0, column), old, new).await?;
        }
    }
    Ok(())
}

/// What is known of a person, column by column, as text.
pub(super) fn columns(person: &Person) -> [(&'static str, Option<String>); 8] {
    let p = person;
    [
        ("full_name", Some(p.full_name.to_string())),
        ("birth_date", p.birth_date.map(|day| day.to_string())),
        ("birth_year", p.birth_year.map(|year| year.to_string())),
        ("sex", p.sex.map(|sex| sex.to_string())),
        ("phone", p.phone.as_ref().map(ToString::to_string)),
        ("email", p.email.as_ref().map(ToString::to_string)),
        ("citizen_sealed", p.number.sealed.as_deref().map(hex)),
        ("citizen_index", p.number.index.clone()),
    ]
}
