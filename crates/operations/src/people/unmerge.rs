//! A merge is undone: everything that it moved goes back where it was.

use domain::Refusal;
use domain::accounts::Actor;
use domain::ids::{MembershipId, MergeId, PersonId};
use domain::policy::{Action, Keeping, may};
use serde_json::json;
use store::people::merging::{self, Change, Merge};
use store::people::references::{self, reference};
use store::people::{Person, SealedNumber};
use store::{Records, Work};

use super::keep::keeping;
use super::merge::columns;
use crate::keys::unhex;
use crate::{Failure, Office, Outcome, organisation_target};

/// Whether `actor` may undo a merge: who keeps all of the record that goes on, and every place where either of the two
/// belonged when they were merged. What was merged by who keeps both is not parted by who keeps one.
///
/// # Errors
/// [`store::StoreError::Database`].
pub(super) async fn may_undo(office: &Office, records: &mut impl Records, actor: &Actor, merge: &Merge) -> Outcome<bool> {
    if keeping(office, records, actor, merge.person_id).await? != Keeping::Whole {
        return Ok(false);
    }
    // What is ended has the day before as its last: whoever left since the merge belonged there on the day before it, too.
    let day = domain::time::local_day(merge.merged_at);
    for organisation in merging::places_since(records, merge.person_id, day.pred_opt().unwrap_or(day)).await? {
        let (_, target) = organisation_target(records, organisation).await?;
        if !may(actor, Action::KeepPeople, &target) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Undoes a merge: both records go on by themselves again, each with what it had. What came to the one meanwhile stays
/// with it, and so does what somebody put right since.
///
/// # Errors
/// [`Refusal::NotFound`] for who does not keep both; [`Refusal::MergeUndone`]; [`Refusal::MergedOnward`] when the record that
/// went on was merged into another since: that has to be undone first; [`Refusal::MergeOvertaken`] when what it would put
/// back belongs to somebody else by now; [`store::StoreError::Database`].
pub async fn unmerge(office: &Office, actor: &Actor, id: MergeId) -> Outcome<Merge> {
    let mut work = office.database.begin().await?;
    let merge = merging::find(&mut work, id).await?.ok_or(Refusal::NotFound)?;
    if !may_undo(office, &mut work, actor, &merge).await? {
        return Err(Refusal::NotFound.into());
    }
    merging::lock(&mut work, merge.person_id, merge.alias_id).await?;
    if merging::is_moved_on(&mut work, id).await? {
        return Err(Refusal::MergedOnward.into());
    }
    if !merging::undo(&mut work, id, actor.account, office.now()).await? {
        return Err(Refusal::MergeUndone.into());
    }
    let (mut of_people, mut of_others) = (Vec::new(), Vec::new());
    for change in merging::changes(&mut work, id).await? {
        if change.table_name == "person" { of_people.push(change) } else { of_others.push(change) }
    }
    restore_people(&mut work, &merge, &of_people).await.map_err(overtaken)?;
    for change in &of_others {
        put_back(&mut work, change).await.map_err(overtaken)?;
    }
    let detail = json!({ "merge": id, "absorbed": merge.alias_id });
    office.log(&mut work, Some(actor.account), "person_unmerged", ("person", merge.person_id.0), &detail).await?;
    office.commit_to_calendar(work).await?;
    Ok(merge)
}

/// Each value that still is what the merge made of it becomes what it was. What was put right since stays.
async fn restore_people(work: &mut Work, merge: &Merge, changes: &[Change]) -> Outcome<()> {
    let mut both = Vec::new();
    for id in [merge.person_id, merge.alias_id] {
        let now = store::people::find(work, id).await?.ok_or(Refusal::NotFound)?;
        let mut before = now.clone();
        let present = columns(&now);
        let is_as_merged = |change: &Change| present.contains(&(change.column_name.as_str(), change.new_value.clone()));
        let own: Vec<&Change> = changes.iter().filter(|change| change.row_id == id.0).collect();
        for change in &own {
            // A birth has two columns, and so has a number: both go back, or none.
            if own.iter().filter(|other| stem(other) == stem(change)).all(|other| is_as_merged(other)) {
                set(&mut before, &change.column_name, change.old_value.as_deref())?;
            }
        }
        both.push((now, before));
    }
    // A number goes from one to the other: neither may stand twice, not even for a moment.
    for (now, _) in both.iter().filter(|(now, before)| now.number != before.number) {
        store::people::change(work, &Person { number: SealedNumber::default(), ..now.clone() }).await?;
    }
    for (now, before) in &both {
        if now != before {
            store::people::change(work, before).await?;
        }
    }
    Ok(())
}

/// What a column is about.
fn stem(change: &Change) -> &str {
    change.column_name.split('_').next().unwrap_or_default()
}

/// Sets a column of a person to what its text says.
fn set(person: &mut Person, column: &str, value: Option<&str>) -> Outcome<()> {
    fn read<T: std::str::FromStr>(value: Option<&str>) -> Outcome<Option<T>> {
        value.map(|text| text.parse().map_err(|_| Failure::from(Refusal::MergeOvertaken))).transpose()
    }
    match column {
        "full_name" => person.full_name = read(value)?.ok_or(Refusal::MergeOvertaken)?,
        "birth_date" => person.birth_date = read(value)?,
        "birth_year" => person.birth_year = read(value)?,
        "sex" => person.sex = read(value)?,
        "phone" => person.phone = read(value)?,
        "email" => person.email = read(value)?,
        "citizen_sealed" => person.number.sealed = value.and_then(unhex),
        "citizen_index" => person.number.index = value.map(str::to_owned),
        _ => return Err(Refusal::MergeOvertaken.into()),
    }
    Ok(())
}

/// A row goes back to whom it belonged. One that is gone since stays gone.
async fn put_back(work: &mut Work, change: &Change) -> Outcome<()> {
    let (Some(old), Some(new)) = (&change.old_value, &change.new_value) else {
        if let ("membership", "valid_to", Some(last)) =
            (change.table_name.as_str(), change.column_name.as_str(), &change.new_value)
        {
            let last = last.parse().map_err(|_| Refusal::MergeOvertaken)?;
            merging::reopen_double(work, MembershipId(change.row_id), last).await?;
        }
        return Ok(());
    };
    let id = |text: &str| text.parse::<PersonId>().map_err(|_| Refusal::MergeOvertaken);
    let of = reference(&change.table_name, &change.column_name).ok_or(Refusal::MergeOvertaken)?;
    references::point(work, of, change.row_id, id(new)?, id(old)?).await?;
    Ok(())
}

/// What would be put back stands somewhere else by now.
fn overtaken(failure: Failure) -> Failure {
    match failure {
        Failure::Store(error) if error.is_duplicate() => Refusal::MergeOvertaken.into(),
        other => other,
    }
}
