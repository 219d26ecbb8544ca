//! How a worker checks and stores lists of many people, some rows at a time. Two workers at once are safe: a list is held
//! by one of them, and what one that was overtaken does is not kept. A worker that dies loses the rows in hand; another
//! takes the list over when the lease ends, and goes on where the last rows were kept.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDate};
use domain::accounts::Actor;
use domain::enrolments::roster::{self, CheckedRow, Field};
use domain::ids::UploadId;
use domain::rosters::{ImportStep, Purpose};
use domain::{Faults, Refusal};
use serde_json::json;
use store::Work;
use store::rosters::{FaultRow, Job, Numbers, Upload};

use super::check::{Places, matched};
use super::notes::Notes;
use super::read::{content, roster_in_the_end, rows};
use crate::{Failure, Office, Outcome, accounts, people};

/// How long a worker holds a list between two times it notes how far it is.
const LEASE: Duration = Duration::minutes(2);
/// How long a list rests that failed.
const REST: Duration = Duration::seconds(30);
/// How often it fails at one place before it is given up.
const PATIENCE: i64 = 5;
/// Rows that are looked at, and that are stored, at a time: storing holds others up.
const LOOKED_AT: usize = 500;
const STORED: usize = 100;

/// The lists that wait for a worker, the longest waiting first.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn due(office: &Office) -> Outcome<Vec<UploadId>> {
    let mut records = office.database.read().await?;
    Ok(store::rosters::due(&mut records, office.now()).await?)
}

/// Takes a list and works on it to its end, or until `stops`; false when another worker has it. What fails for want of
/// the records is tried again later, and given up in the end.
///
/// # Errors
/// [`store::StoreError`]: the list rests, and is due again.
pub async fn work(office: &Office, id: UploadId, stops: impl Fn() -> bool + Send) -> Outcome<bool> {
    let mut work = office.database.begin().await?;
    let now = office.now();
    let Some(job) = store::rosters::claim(&mut work, id, now, now + LEASE).await? else { return Ok(false) };
    work.commit().await?;
    let outcome = if job.attempts > PATIENCE { Err(Refusal::ImportBroken.into()) } else { go_on(office, &job, stops).await };
    if matches!(outcome, Ok(true)) {
        return Ok(true);
    }
    let mut work = office.database.begin().await?;
    match outcome {
        Ok(_) => store::rosters::release(&mut work, id, office.now()).await?,
        Err(Failure::Refused(faults)) => {
            let refusal = faults.0.into_iter().next().map_or(Refusal::ImportBroken, |fault| fault.refusal);
            store::rosters::refuse(&mut work, id, &in_json(&refusal)?, office.now()).await?;
        }
        Err(failure) => {
            store::rosters::release(&mut work, id, office.now() + REST).await?;
            work.commit().await?;
            return Err(failure);
        }
    }
    work.commit().await?;
    Ok(true)
}

/// A list in hand.
struct Hand {
    upload: Upload,
    actor: Actor,
    notes: Notes,
    rows: Vec<CheckedRow>,
    places: Places,
    numbers: Numbers,
    step: ImportStep,
}

/// Whether the list is done.
async fn go_on(office: &Office, job: &Job, stops: impl Fn() -> bool + Send) -> Outcome<bool> {
    let mut hand = take(office, job).await?;
    if hand.step == ImportStep::Check && hand.numbers.done == 0 {
        keep_notes(office, &hand).await?;
    }
    loop {
        let from = usize::try_from(hand.numbers.done).unwrap_or(0).min(hand.rows.len());
        if from == hand.rows.len() {
            let mut work = office.database.begin().await?;
            // A list without rows is refused before; its number is noted even when no row was left to do.
            let kept = store::rosters::progress(&mut work, hand.upload.id, hand.numbers.done, hand.numbers, office.now() + LEASE)
                .await?;
            if kept {
                store::rosters::done(&mut work, hand.upload.id, office.now()).await?;
                work.commit().await?;
            }
            return Ok(true);
        }
        if stops() {
            return Ok(false);
        }
        let (kept, numbers) = match hand.step {
            ImportStep::Check => look(office, &mut hand, from).await?,
            ImportStep::Store => keep(office, &mut hand, from).await?,
        };
        if !kept {
            return Ok(true);
        }
        hand.numbers = numbers;
    }
}

async fn take(office: &Office, job: &Job) -> Outcome<Hand> {
    let mut records = office.database.read().await?;
    let upload = store::rosters::find(&mut records, job.upload_id).await?.ok_or(Refusal::NotFound)?;
    let bytes = content(office, &mut records, upload.id).await?;
    let actor = accounts::actor(office, upload.account_id).await?.ok_or(Refusal::NoLongerAllowed)?;
    super::require_somewhere(&actor).map_err(|_| Failure::from(Refusal::NoLongerAllowed))?;
    let read = roster_in_the_end(bytes, &upload).await?;
    let notes = Notes::of(&read);
    let today = office.today();
    let mut rows = checked(read, today).await?;
    if job.step == ImportStep::Store {
        // Faults were told when the list was checked; such rows are passed over.
        let faulty: BTreeSet<i64> = store::rosters::faulty_rows(&mut records, upload.id).await?.into_iter().collect();
        for row in &mut rows {
            if faulty.contains(&number(row)) {
                row.person = None;
                row.faults.clear();
            }
        }
    }
    let notes = notes.with_repairs(&rows);
    let places = Places::new(office, &mut records, &upload.stands_for).await?;
    let numbers = Numbers {
        in_all: i64::try_from(rows.len()).unwrap_or(i64::MAX),
        done: job.rows_done,
        faulty: job.rows_faulty,
        new: job.people_new,
        known: job.people_known,
    };
    Ok(Hand { upload, actor, notes, rows, places, numbers, step: job.step })
}

/// Every fault that shows without looking at records, found off the threads that answer others.
async fn checked(read: documents::spreadsheets::rosters::Roster, today: NaiveDate) -> Outcome<Vec<CheckedRow>> {
    let check = move || roster::check(&rows(read, Purpose::People), today).rows;
    tokio::task::spawn_blocking(check).await.map_err(|error| Failure::Document(error.to_string()))
}

/// Looks some rows up, and notes what is wrong with them.
async fn look(office: &Office, hand: &mut Hand, from: usize) -> Outcome<(bool, Numbers)> {
    let to = (from + LOOKED_AT).min(hand.rows.len());
    let mut numbers = hand.numbers;
    let mut records = office.database.read().await?;
    for row in &mut hand.rows[from..to] {
        match matched(office, &mut records, &hand.actor, &mut hand.places, row).await? {
            Some(found) if found.is_known => numbers.known += 1,
            Some(_) => numbers.new += 1,
            None => numbers.faulty += 1,
        }
    }
    drop(records);
    numbers.done = i64::try_from(to).unwrap_or(i64::MAX);
    let mut work = office.database.begin().await?;
    let until = office.now() + LEASE;
    if !store::rosters::progress(&mut work, hand.upload.id, hand.numbers.done, numbers, until).await? {
        return Ok((false, numbers));
    }
    for row in hand.rows[from..to].iter().filter(|row| !row.faults.is_empty()) {
        note(office, &mut work, hand.upload.id, row).await?;
    }
    work.commit().await?;
    Ok((true, numbers))
}

/// Stores some rows. Rows of one organisation lie together, so that two lists wait for each other and not in a circle.
async fn keep(office: &Office, hand: &mut Hand, from: usize) -> Outcome<(bool, Numbers)> {
    let to = (from + STORED).min(hand.rows.len());
    let mut numbers = hand.numbers;
    let mut work = office.database.begin().await?;
    let mut in_order = Vec::with_capacity(to - from);
    for row in hand.rows[from..to].iter_mut().filter(|row| row.person.is_some()) {
        match hand.places.organisation(&mut work, &hand.actor, row).await? {
            Ok(organisation) => in_order.push((organisation, row)),
            // It was known when the list was checked.
            Err((field, refusal)) => {
                row.refuse(field, refusal);
                note(office, &mut work, hand.upload.id, row).await?;
                numbers.faulty += 1;
            }
        }
    }
    in_order.sort_by_key(|(organisation, _)| *organisation);
    for (organisation, row) in in_order {
        let Some(person) = row.person.clone() else { continue };
        match people::find_or_add(office, &mut work, organisation, &person).await {
            Ok((_, true)) => numbers.new += 1,
            Ok((_, false)) => numbers.known += 1,
            Err(Failure::Refused(faults)) => {
                say(row, faults);
                note(office, &mut work, hand.upload.id, row).await?;
                numbers.faulty += 1;
            }
            Err(failure) => return Err(failure),
        }
    }
    numbers.done = i64::try_from(to).unwrap_or(i64::MAX);
    let until = office.now() + LEASE;
    if !store::rosters::progress(&mut work, hand.upload.id, hand.numbers.done, numbers, until).await? {
        return Ok((false, numbers));
    }
    let detail =
        json!({ "rows": [from + 1, to], "added": numbers.new - hand.numbers.new, "known": numbers.known - hand.numbers.known });
    office.log(&mut work, Some(hand.actor.account), "people_imported", ("import", hand.upload.id.0), &detail).await?;
    work.commit().await?;
    Ok((true, numbers))
}

/// Keeps what was not read of a list, and what was put right. Sealed: hidden and other rows name people.
async fn keep_notes(office: &Office, hand: &Hand) -> Outcome<()> {
    let text = serde_json::to_vec(&hand.notes).map_err(|error| Failure::Document(error.to_string()))?;
    let mut work = office.database.begin().await?;
    let sealed = office.keys.seal_list(hand.upload.id, &text, office.random());
    if store::rosters::note(&mut work, hand.upload.id, &sealed).await? {
        work.commit().await?;
    }
    Ok(())
}

fn say(row: &mut CheckedRow, faults: Faults) {
    for fault in faults.0 {
        row.refuse(fault.field.parse().unwrap_or(Field::FullName), fault.refusal);
    }
}

async fn note(office: &Office, work: &mut Work, id: UploadId, row: &CheckedRow) -> Outcome<()> {
    for (place, fault) in (0..).zip(&row.faults) {
        let fault = FaultRow {
            row_number: number(row),
            field: fault.field.to_string(),
            typed: office.keys.seal_list(id, fault.value.as_bytes(), office.random()),
            refusal: in_json(&fault.refusal)?,
        };
        store::rosters::add_fault(work, id, place, &fault).await?;
    }
    Ok(())
}

fn number(row: &CheckedRow) -> i64 {
    i64::try_from(row.number).unwrap_or(i64::MAX)
}

fn in_json(refusal: &Refusal) -> Outcome<String> {
    serde_json::to_string(refusal).map_err(|error| Failure::Document(error.to_string()))
}
