//! What trainers gave: what was recorded, and what stands in the timetable where nothing is recorded.

use std::collections::BTreeMap;

use domain::accounts::Actor;
use domain::policy::{Action, Target};
use store::teaching::Taught;
use store::trainers::Trainer;

use super::year;
use crate::{Office, Outcome, require};

/// Sessions and minutes, told apart by where they come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// Sessions in which something was given.
    pub sessions: i64,
    /// Minutes that were recorded.
    pub recorded: i64,
    /// Minutes of sessions of which nothing is recorded.
    pub planned: i64,
}

impl Sum {
    /// All minutes.
    #[must_use]
    pub const fn minutes(&self) -> i64 {
        self.recorded + self.planned
    }

    fn add(&mut self, taught: &Taught) {
        let minutes = taught.minutes();
        self.sessions += i64::from(minutes > 0);
        *(if taught.recorded.is_some() { &mut self.recorded } else { &mut self.planned }) += minutes;
    }
}

/// Adds up what was taught by a key: by person, by run.
pub fn sums<K: Ord>(taught: &[Taught], key: impl Fn(&Taught) -> K) -> BTreeMap<K, Sum> {
    let mut sums: BTreeMap<K, Sum> = BTreeMap::new();
    for one in taught {
        sums.entry(key(one)).or_default().add(one);
    }
    sums
}

/// What everybody taught in a year, by given name and in order of time, each with what is known of them: payment is
/// made from it.
///
/// # Errors
/// [`domain::Refusal::NotFound`] for who does not keep the catalogue; [`store::StoreError::Database`].
pub async fn hours(office: &Office, actor: &Actor, of: i32) -> Outcome<Vec<(Trainer, Vec<Taught>)>> {
    require(actor, Action::KeepCatalogue, &Target::default())?;
    let mut records = office.database.read().await?;
    let taught = store::teaching::taught(&mut records, year(of)?, None, office.now()).await?;
    let mut trainers: Vec<(Trainer, Vec<Taught>)> = Vec::new();
    for one in taught {
        match trainers.last_mut() {
            Some((trainer, sessions)) if trainer.person_id == one.person_id => sessions.push(one),
            _ => {
                let trainer = super::known(office, &mut records, one.person_id).await?;
                trainers.push((trainer, vec![one]));
            }
        }
    }
    Ok(trainers)
}
