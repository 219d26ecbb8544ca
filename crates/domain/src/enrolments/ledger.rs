//! The seats of a run, counted: which are free, and for whom.
//!
//! A seat is taken, or held by an offer, or promised with a name to come, or free. What has expired holds nothing from
//! that instant on: nobody has to come by and say so.

use chrono::{DateTime, NaiveDate, Utc};

use crate::Refusal;
use crate::ids::{AllotmentId, OrganisationId, UnitId};
use crate::time::end_of;

/// For whom seats are promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The organisations that lie in a unit: whoever comes first, unless its officers divide the seats.
    Unit(UnitId),
    /// One organisation.
    Organisation(OrganisationId),
}

/// Seats that were promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    /// Which allotment.
    pub id: AllotmentId,
    /// For whom.
    pub holder: Holder,
    /// The allotment of a unit that it was divided from.
    pub parent: Option<AllotmentId>,
    /// How many, the named ones among them.
    pub seats: i64,
    /// The last day on which they are kept; of a share that of the unit's seats counts.
    pub until: NaiveDate,
    /// Whether somebody ended it before that.
    pub is_ended: bool,
    /// How many people have a place by it.
    pub named: i64,
}

/// A seat that is held for somebody who waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// The allotment it is a seat of.
    pub allotment: Option<AllotmentId>,
    /// The first instant at which it is held no more.
    pub expires_at: DateTime<Utc>,
}

/// Whose people want seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimant {
    /// Their organisation.
    pub organisation: OrganisationId,
    /// The units it lies in, at every level.
    pub units: Vec<UnitId>,
}

/// Where a seat comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// It was promised.
    Allotment(AllotmentId),
    /// It is nobody's.
    Pool,
}

impl Source {
    /// The allotment it was promised by.
    #[must_use]
    pub const fn allotment(self) -> Option<AllotmentId> {
        match self {
            Source::Allotment(id) => Some(id),
            Source::Pool => None,
        }
    }
}

/// Everything that decides on the seats of one run at one instant, read under its lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// Seats in all.
    pub capacity: i64,
    /// Seats taken, whichever way.
    pub taken: i64,
    /// What was promised.
    pub promises: Vec<Promise>,
    /// What is held by offers that nobody answered.
    pub holds: Vec<Hold>,
    /// The first instant at which nothing is kept any more: [`super::keeping_ends`]. It counts as it is now, whatever was
    /// promised or offered while it was later.
    pub ends: DateTime<Utc>,
    /// The instant.
    pub now: DateTime<Utc>,
}

impl Ledger {
    /// Whether seats are kept by a promise; those of a unit's share exactly as long as the unit's are.
    #[must_use]
    pub fn lasts(&self, promise: &Promise) -> bool {
        let whole = self.whole(promise);
        !promise.is_ended && !whole.is_ended && self.now < end_of(whole.until).min(self.ends)
    }

    /// The promise that a share was divided from; of any other itself.
    fn whole<'a>(&'a self, promise: &'a Promise) -> &'a Promise {
        promise.parent.and_then(|parent| self.promise(parent)).unwrap_or(promise)
    }

    /// A promise of this run.
    #[must_use]
    pub fn promise(&self, id: AllotmentId) -> Option<&Promise> {
        self.promises.iter().find(|promise| promise.id == id)
    }

    fn held(&self) -> impl Iterator<Item = &Hold> {
        self.holds.iter().filter(|hold| self.now < hold.expires_at.min(self.ends))
    }

    /// Seats of a promise that have a name or are held by an offer.
    #[must_use]
    pub fn used(&self, id: AllotmentId) -> i64 {
        let held = self.held().filter(|hold| hold.allotment == Some(id)).count() as i64;
        self.promise(id).map_or(0, |promise| promise.named) + held
    }

    /// Seats of a promise that are gone from it: those with a name, those held, and those divided on. Of a share that
    /// has ended only the names stay.
    #[must_use]
    pub fn gone(&self, id: AllotmentId) -> i64 {
        let shares = self.promises.iter().filter(|promise| promise.parent == Some(id));
        let divided = |share: &Promise| {
            let used = self.used(share.id);
            if self.lasts(share) { share.seats.max(used) } else { used }
        };
        self.used(id) + shares.map(divided).sum::<i64>()
    }

    /// Seats of a promise that still wait for a name; 0 when it does not last.
    #[must_use]
    pub fn rest(&self, id: AllotmentId) -> i64 {
        let lasting = self.promise(id).filter(|promise| self.lasts(promise));
        lasting.map_or(0, |promise| (promise.seats - self.gone(id)).max(0))
    }

    /// Seats that are promised and wait for a name.
    #[must_use]
    pub fn promised(&self) -> i64 {
        self.promises.iter().map(|promise| self.rest(promise.id)).sum()
    }

    /// Seats that are held by offers.
    #[must_use]
    pub fn offered(&self) -> i64 {
        self.held().count() as i64
    }

    /// Seats that are nobody's.
    #[must_use]
    pub fn free(&self) -> i64 {
        (self.capacity - self.taken - self.offered() - self.promised()).max(0)
    }

    /// Where seats for somebody come from, in the order in which they are drawn: what their organisation was promised,
    /// what its units were, each of these the sooner it ends; last what is nobody's. Sources without a seat are left out.
    #[must_use]
    pub fn sources(&self, claimant: &Claimant) -> Vec<(Source, i64)> {
        let fits = |promise: &&Promise| match promise.holder {
            Holder::Organisation(organisation) => organisation == claimant.organisation,
            Holder::Unit(unit) => claimant.units.contains(&unit),
        };
        let mut own: Vec<&Promise> = self.promises.iter().filter(fits).filter(|promise| self.rest(promise.id) > 0).collect();
        own.sort_by_key(|promise| (matches!(promise.holder, Holder::Unit(_)), self.whole(promise).until, promise.id));
        let promised = own.into_iter().map(|promise| (Source::Allotment(promise.id), self.rest(promise.id)));
        promised.chain(Some((Source::Pool, self.free())).filter(|(_, free)| *free > 0)).collect()
    }

    /// How many seats there are for somebody.
    #[must_use]
    pub fn seats_for(&self, claimant: &Claimant) -> i64 {
        self.sources(claimant).into_iter().map(|(_, seats)| seats).sum()
    }

    /// Takes a seat for somebody; none when there is none.
    pub fn take(&mut self, claimant: &Claimant) -> Option<Source> {
        let (source, _) = *self.sources(claimant).first()?;
        self.seat(source.allotment());
        Some(source)
    }

    /// Counts a seat of an allotment, or of nobody, as taken.
    pub fn seat(&mut self, allotment: Option<AllotmentId>) {
        self.taken += 1;
        if let Some(promise) = self.promises.iter_mut().find(|promise| Some(promise.id) == allotment) {
            promise.named += 1;
        }
    }

    /// Counts a seat as held no more: who it was held for takes it.
    pub fn release(&mut self, allotment: Option<AllotmentId>, expires_at: DateTime<Utc>) {
        let held = Hold { allotment, expires_at };
        if let Some(place) = self.holds.iter().position(|hold| *hold == held) {
            self.holds.swap_remove(place);
        }
    }

    /// Holds a seat for somebody until it is answered or expires; none when there is none.
    pub fn hold(&mut self, claimant: &Claimant, expires_at: DateTime<Utc>) -> Option<Source> {
        let (source, _) = *self.sources(claimant).first()?;
        self.holds.push(Hold { allotment: source.allotment(), expires_at });
        Some(source)
    }

    /// Checks that as much is promised as there are seats, once `asked` more seats were promised than before.
    ///
    /// # Errors
    /// [`Refusal::NotSoManySeats`].
    pub fn check(&self, asked: i64) -> Result<(), Refusal> {
        let over = self.taken + self.offered() + self.promised() - self.capacity;
        if over > 0 { Err(Refusal::NotSoManySeats { left: (asked - over).max(0), asked }) } else { Ok(()) }
    }

    /// Checks that a promise is as large as what is gone from it.
    ///
    /// # Errors
    /// [`Refusal::AllotmentBelowNamed`].
    pub fn covers(&self, id: AllotmentId) -> Result<(), Refusal> {
        let named = self.gone(id);
        let seats = self.promise(id).map_or(0, |promise| promise.seats);
        if seats < named { Err(Refusal::AllotmentBelowNamed { named }) } else { Ok(()) }
    }
}

/// Checks that a run can have this capacity when so many seats are taken, promised with a name to come, and held by offers.
///
/// # Errors
/// [`Refusal::CapacityBelowTaken`], [`Refusal::CapacityBelowHeld`].
pub const fn capacity_fits(capacity: i64, taken: i64, promised: i64, offered: i64) -> Result<(), Refusal> {
    if taken + promised + offered <= capacity {
        Ok(())
    } else if promised + offered == 0 {
        Err(Refusal::CapacityBelowTaken { taken })
    } else {
        Err(Refusal::CapacityBelowHeld { taken, promised, offered })
    }
}

#[cfg(test)]
mod tests;
