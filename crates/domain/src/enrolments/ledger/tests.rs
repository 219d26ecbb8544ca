use chrono::Days;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const CAPACITY: usize = 12;
const ORGANISATIONS: u128 = 4;

fn day(n: u64) -> NaiveDate {
    "2019-06-12".parse::<NaiveDate>().unwrap() + Days::new(n)
}

fn allotment(n: u128) -> AllotmentId {
    AllotmentId(Uuid::from_u128(n))
}

/// Organisations 0 and 1 lie in unit 0, 2 and 3 in unit 1; both units lie in unit 9.
fn claimant(organisation: u128) -> Claimant {
    let units = vec![UnitId(Uuid::from_u128(organisation / 2)), UnitId(Uuid::from_u128(9))];
    Claimant { organisation: OrganisationId(Uuid::from_u128(organisation)), units }
}

fn of_organisation(n: u128) -> Holder {
    Holder::Organisation(OrganisationId(Uuid::from_u128(n)))
}

fn of_unit(n: u128) -> Holder {
    Holder::Unit(UnitId(Uuid::from_u128(n)))
}

fn promise(id: u128, holder: Holder, parent: Option<u128>, seats: i64) -> Promise {
    Promise { id: allotment(id), holder, parent: parent.map(allotment), seats, until: day(5), is_ended: false, named: 0 }
}

fn ledger(capacity: i64, promises: Vec<Promise>) -> Ledger {
    Ledger { capacity, taken: 0, promises, holds: vec![], ends: end_of(day(90)), now: end_of(day(0)) }
}

#[test]
fn a_promise_keeps_its_unnamed_seats_alone() {
    // peers.md 11: blocks its unused part only; a seat in use is not counted twice.
    let mut run = ledger(5, vec![promise(1, of_organisation(0), None, 2)]);
    assert_eq!((run.free(), run.seats_for(&claimant(0)), run.seats_for(&claimant(1))), (3, 5, 3));
    assert_eq!(run.take(&claimant(0)), Some(Source::Allotment(allotment(1))));
    assert_eq!((run.free(), run.promised(), run.seats_for(&claimant(1))), (3, 1, 3));
    assert_eq!(run.take(&claimant(0)), Some(Source::Allotment(allotment(1))));
    assert_eq!(run.take(&claimant(0)), Some(Source::Pool), "beyond its promise an organisation is like any other");
    assert_eq!((run.free(), run.taken), (2, 3));
}

#[test]
fn what_is_not_named_returns_by_itself_at_midnight() {
    let mut run = ledger(3, vec![promise(1, of_organisation(0), None, 3)]);
    run.take(&claimant(0));
    run.now = end_of(day(5)) - chrono::Duration::milliseconds(1);
    assert_eq!((run.free(), run.seats_for(&claimant(1))), (0, 0));
    run.now = end_of(day(5));
    assert_eq!((run.free(), run.seats_for(&claimant(1)), run.taken), (2, 2, 1));
}

#[test]
fn the_rest_of_a_unit_serves_its_organisations_and_shares_serve_one() {
    let mut run = ledger(3, vec![promise(1, of_unit(0), None, 3), promise(2, of_organisation(0), Some(1), 2)]);
    assert_eq!((run.rest(allotment(1)), run.rest(allotment(2)), run.promised()), (1, 2, 3));
    assert_eq!((run.seats_for(&claimant(0)), run.seats_for(&claimant(1)), run.seats_for(&claimant(2))), (3, 1, 0));
    assert_eq!(run.take(&claimant(0)), Some(Source::Allotment(allotment(2))), "its own first");
    assert_eq!(run.take(&claimant(1)), Some(Source::Allotment(allotment(1))));
    assert_eq!(run.take(&claimant(1)), None);
    // The share is given back: its unnamed seat is the unit's again, its name stays where it is.
    run.promises[1].is_ended = true;
    assert_eq!((run.rest(allotment(1)), run.promised(), run.seats_for(&claimant(1)), run.free()), (1, 1, 1, 0));
    assert_eq!(run.covers(allotment(1)), Ok(()));
    run.promises[0].seats = 1;
    assert_eq!(run.covers(allotment(1)), Err(Refusal::AllotmentBelowNamed { named: 2 }));
}

#[test]
fn offers_hold_a_seat_until_the_instant_they_expire() {
    let mut run = ledger(1, vec![]);
    let until = end_of(day(2));
    assert_eq!(run.hold(&claimant(0), until), Some(Source::Pool));
    assert_eq!((run.free(), run.offered(), run.hold(&claimant(1), until)), (0, 1, None));
    run.now = until;
    assert_eq!((run.free(), run.offered()), (1, 0));
}

#[test]
fn a_share_lasts_as_long_as_the_seats_of_its_unit() {
    let mut run = ledger(3, vec![promise(1, of_unit(0), None, 3), promise(2, of_organisation(0), Some(1), 2)]);
    run.promises[0].until = day(8);
    run.now = end_of(day(5));
    assert_eq!((run.rest(allotment(1)), run.rest(allotment(2)), run.seats_for(&claimant(0))), (1, 2, 3), "prolonged with it");
    run.promises[0].until = day(4);
    assert_eq!((run.promised(), run.free()), (0, 3), "shortened with it");
    run.promises[0].until = day(8);
    run.promises[0].is_ended = true;
    assert_eq!((run.promised(), run.free()), (0, 3));
}

#[test]
fn nothing_is_kept_once_enrolment_has_ended() {
    let mut run = ledger(4, vec![promise(1, of_unit(0), None, 2), promise(2, of_organisation(0), Some(1), 1)]);
    let until = end_of(day(3));
    assert_eq!(run.hold(&claimant(2), until), Some(Source::Pool));
    assert_eq!((run.promised(), run.offered(), run.free()), (2, 1, 1));
    run.ends = end_of(day(1));
    assert_eq!((run.promised(), run.offered(), run.free()), (2, 1, 1), "it ends earlier, and has not ended");
    run.now = run.ends - chrono::Duration::milliseconds(1);
    assert_eq!((run.promised(), run.offered(), run.free()), (2, 1, 1));
    run.now = run.ends;
    assert_eq!((run.promised(), run.offered(), run.free()), (0, 0, 4));
    assert_eq!(run.take(&claimant(3)), Some(Source::Pool), "whoever comes to the class finds every seat that nobody sits on");
}

#[test]
fn promises_and_capacity_are_held_against_each_other() {
    let mut run = ledger(5, vec![promise(1, of_organisation(0), None, 2), promise(2, of_unit(1), None, 4)]);
    assert_eq!(run.check(4), Err(Refusal::NotSoManySeats { left: 3, asked: 4 }));
    run.promises[1].seats = 3;
    assert_eq!(run.check(3), Ok(()));
    assert_eq!(capacity_fits(4, 0, 5, 0), Err(Refusal::CapacityBelowHeld { taken: 0, promised: 5, offered: 0 }));
    assert_eq!((capacity_fits(5, 2, 2, 1), capacity_fits(3, 3, 0, 0)), (Ok(()), Ok(())));
    assert_eq!(capacity_fits(2, 3, 0, 0), Err(Refusal::CapacityBelowTaken { taken: 3 }));
}

/// One seat of the model: what it was promised for and what it is used for, each seat for itself.
#[derive(Debug, Clone, Default)]
struct Seat {
    /// The allotment of which it is a seat, and the share of it.
    of: Option<(u128, Option<u128>)>,
    taken: bool,
    held_until: Option<DateTime<Utc>>,
}

/// A run as a row of chairs with labels: slow, and obviously right.
struct Chairs {
    seats: Vec<Seat>,
    now: DateTime<Utc>,
    /// From this instant on nobody's label or hold counts.
    ends: DateTime<Utc>,
    /// Allotments by number: for whom, parent, until; of a share that of its parent.
    labels: Vec<(u128, Holder, Option<u128>, NaiveDate)>,
}

impl Chairs {
    fn is_empty(&self, seat: &Seat) -> bool {
        !seat.taken && (self.ends <= self.now || seat.held_until.is_none_or(|until| until <= self.now))
    }

    fn is_over(&self, until: NaiveDate) -> bool {
        end_of(until).min(self.ends) <= self.now
    }

    /// Takes the labels of what has expired off the empty chairs.
    fn tidy(&mut self) {
        let over: Vec<(u128, Option<u128>)> =
            self.labels.iter().filter(|label| self.is_over(label.3)).map(|label| (label.0, label.2)).collect();
        for n in 0..self.seats.len() {
            let empty = self.is_empty(&self.seats[n]);
            let seat = &mut self.seats[n];
            if empty {
                seat.held_until = None;
            }
            let Some((root, share)) = seat.of else { continue };
            if empty && over.iter().any(|(id, _)| *id == root) {
                seat.of = None;
            } else if empty && share.is_some_and(|share| over.iter().any(|(id, _)| *id == share)) {
                seat.of = Some((root, None));
            }
        }
    }

    fn holder(&self, id: u128) -> (Holder, NaiveDate) {
        let label = self.labels.iter().find(|label| label.0 == id).unwrap();
        (label.1, label.3)
    }

    /// The chairs on which somebody can sit, the first to be taken first.
    fn open_to(&self, who: &Claimant) -> Vec<usize> {
        let mut open: Vec<(u8, NaiveDate, u128, usize)> = Vec::new();
        for (n, seat) in self.seats.iter().enumerate().filter(|(_, seat)| self.is_empty(seat)) {
            let Some((root, share)) = seat.of else {
                open.push((2, NaiveDate::MAX, 0, n));
                continue;
            };
            let id = share.unwrap_or(root);
            match self.holder(id) {
                (Holder::Organisation(organisation), until) if organisation == who.organisation => open.push((0, until, id, n)),
                (Holder::Unit(unit), until) if who.units.contains(&unit) => open.push((1, until, id, n)),
                _ => {}
            }
        }
        open.sort_unstable();
        open.into_iter().map(|(.., n)| n).collect()
    }
}

#[derive(Debug, Clone)]
enum Deed {
    Allot {
        unit: bool,
        who: u128,
        seats: usize,
        days: u64,
    },
    Divide {
        which: usize,
        organisation: u128,
        seats: usize,
        days: u64,
    },
    Take {
        organisation: u128,
    },
    Leave {
        which: usize,
    },
    Offer {
        organisation: u128,
        hours: i64,
    },
    Wait {
        hours: i64,
    },
    /// A unit's seats are kept longer than before.
    Prolong {
        which: usize,
        days: u64,
    },
    /// Enrolment is to end sooner.
    MoveEnd {
        hours: i64,
    },
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (any::<bool>(), 0..ORGANISATIONS, 1usize..5, 0u64..6).prop_map(|(unit, who, seats, days)| Deed::Allot {
            unit,
            who,
            seats,
            days
        }),
        (0usize..4, 0..ORGANISATIONS, 1usize..4, 0u64..6).prop_map(|(which, organisation, seats, days)| Deed::Divide {
            which,
            organisation,
            seats,
            days
        }),
        (0..ORGANISATIONS).prop_map(|organisation| Deed::Take { organisation }),
        (0usize..12).prop_map(|which| Deed::Leave { which }),
        (0..ORGANISATIONS, 1i64..50).prop_map(|(organisation, hours)| Deed::Offer { organisation, hours }),
        (1i64..30).prop_map(|hours| Deed::Wait { hours }),
        (0usize..4, 1u64..6).prop_map(|(which, days)| Deed::Prolong { which, days }),
        (1i64..200).prop_map(|hours| Deed::MoveEnd { hours }),
    ]
}

/// Does the same to the chairs and to the ledger.
fn play(chairs: &mut Chairs, ledger: &mut Ledger, deed: &Deed, next: u128) {
    let today = crate::time::local_day(chairs.now);
    match *deed {
        Deed::Allot { unit, who, seats, days } => {
            let holder = if unit { of_unit(who / 2) } else { of_organisation(who) };
            let free: Vec<usize> =
                (0..chairs.seats.len()).filter(|n| chairs.seats[*n].of.is_none() && chairs.is_empty(&chairs.seats[*n])).collect();
            assert_eq!(ledger.free(), free.len() as i64);
            let until = today + Days::new(days);
            let mut after = ledger.clone();
            after.promises.push(Promise { until, ..promise(next, holder, None, seats as i64) });
            let fits = after.check(seats as i64);
            // Nothing is promised any more, which is asked before.
            if chairs.ends <= chairs.now {
                return;
            }
            if free.len() < seats {
                assert_eq!(fits, Err(Refusal::NotSoManySeats { left: free.len() as i64, asked: seats as i64 }));
                return;
            }
            assert_eq!(fits, Ok(()));
            for n in free.into_iter().take(seats) {
                chairs.seats[n].of = Some((next, None));
            }
            chairs.labels.push((next, holder, None, until));
            *ledger = after;
        }
        Deed::Divide { which, organisation, seats, days } => {
            let units: Vec<_> = chairs
                .labels
                .iter()
                .filter(|label| matches!(label.1, Holder::Unit(_)) && !chairs.is_over(label.3))
                .cloned()
                .collect();
            let Some((root, _, _, until)) = units.get(which).cloned() else { return };
            let rest: Vec<usize> = (0..chairs.seats.len())
                .filter(|n| chairs.seats[*n].of == Some((root, None)) && chairs.is_empty(&chairs.seats[*n]))
                .collect();
            assert_eq!(ledger.rest(allotment(root)), rest.len() as i64);
            if rest.len() < seats {
                return;
            }
            for n in rest.into_iter().take(seats) {
                chairs.seats[n].of = Some((root, Some(next)));
            }
            chairs.labels.push((next, of_organisation(organisation), Some(root), until));
            // What day was once stated of a share does not matter.
            let until = today + Days::new(days);
            ledger.promises.push(Promise { until, ..promise(next, of_organisation(organisation), Some(root), seats as i64) });
            assert_eq!((ledger.covers(allotment(root)), ledger.check(0)), (Ok(()), Ok(())));
        }
        Deed::Take { organisation } | Deed::Offer { organisation, .. } => {
            let who = claimant(organisation);
            let open = chairs.open_to(&who);
            assert_eq!(ledger.seats_for(&who), open.len() as i64);
            let source = if let Deed::Offer { hours, .. } = *deed {
                let until = chairs.now + chrono::Duration::hours(hours);
                // None is made any more: `waiting::expires`.
                if chairs.ends <= chairs.now {
                    return;
                }
                if let Some(n) = open.first() {
                    chairs.seats[*n].held_until = Some(until);
                }
                ledger.hold(&who, until)
            } else {
                if let Some(n) = open.first() {
                    chairs.seats[*n].taken = true;
                }
                ledger.take(&who)
            };
            let expected = open.first().map(|n| chairs.seats[*n].of.map(|(root, share)| allotment(share.unwrap_or(root))));
            assert_eq!(source.map(Source::allotment), expected);
        }
        Deed::Leave { which } => {
            let Some(seat) = chairs.seats.get_mut(which).filter(|seat| seat.taken) else { return };
            seat.taken = false;
            ledger.taken -= 1;
            let of = seat.of.map(|(root, share)| allotment(share.unwrap_or(root)));
            if let Some(promise) = ledger.promises.iter_mut().find(|promise| Some(promise.id) == of) {
                promise.named -= 1;
            }
        }
        Deed::Prolong { which, days } => {
            let units: Vec<(u128, NaiveDate)> = chairs
                .labels
                .iter()
                .filter(|label| matches!(label.1, Holder::Unit(_)) && !chairs.is_over(label.3))
                .map(|label| (label.0, label.3))
                .collect();
            let Some((root, until)) = units.get(which).copied() else { return };
            let until = until + Days::new(days);
            for label in chairs.labels.iter_mut().filter(|label| label.0 == root || label.2 == Some(root)) {
                label.3 = until;
            }
            for promise in ledger.promises.iter_mut().filter(|promise| promise.id == allotment(root)) {
                promise.until = until;
            }
        }
        Deed::MoveEnd { hours } => {
            chairs.ends = chairs.ends.min(chairs.now + chrono::Duration::hours(hours));
            ledger.ends = chairs.ends;
        }
        Deed::Wait { hours } => {
            chairs.now += chrono::Duration::hours(hours);
            ledger.now = chairs.now;
        }
    }
    chairs.tidy();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Whatever is promised, divided, offered, taken, given back and left to expire, in whatever order: the ledger says of
    /// every seat what a row of labelled chairs says.
    #[test]
    fn the_ledger_counts_as_if_seats_were_chairs(deeds in prop::collection::vec(deed(), 1..30)) {
        let start = end_of(day(0));
        let mut ledger = ledger(CAPACITY as i64, vec![]);
        let mut chairs = Chairs { seats: vec![Seat::default(); CAPACITY], now: start, ends: ledger.ends, labels: vec![] };
        for (n, deed) in (1..).zip(&deeds) {
            play(&mut chairs, &mut ledger, deed, n);
            let counted = |wanted: &dyn Fn(&Seat) -> bool| chairs.seats.iter().filter(|seat| wanted(seat)).count() as i64;
            prop_assert_eq!(ledger.taken, counted(&|seat| seat.taken));
            prop_assert_eq!(ledger.offered(), counted(&|seat| !seat.taken && !chairs.is_empty(seat)));
            prop_assert_eq!(ledger.promised(), counted(&|seat| chairs.is_empty(seat) && seat.of.is_some()));
            prop_assert_eq!(ledger.free(), counted(&|seat| chairs.is_empty(seat) && seat.of.is_none()));
            prop_assert!(ledger.taken + ledger.offered() + ledger.promised() + ledger.free() == CAPACITY as i64);
        }
    }
}
