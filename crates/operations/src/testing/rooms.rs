//! Where sessions are held, and by whom: past all rules.

use domain::accounts::Actor;
use domain::ids::{PersonId, RunId, SessionId, UnitId, VenueId};
use store::Work;
use uuid::Uuid;

use crate::Office;

/// Adds a venue with one room to the register; gives both.
pub async fn room(office: &Office, by: &Actor, unit: UnitId, venue: &str, name: &str) -> (VenueId, Uuid) {
    let (venue_id, room) = (VenueId(office.id()), office.id());
    let mut work = office.database.begin().await.unwrap();
    let [house, place, account, chamber] = [venue_id.0, unit.0, by.account.0, room].map(|id| literal(&work, id));
    let now = office.now().to_rfc3339();
    let venue = format!(
        "INSERT INTO venue (id, name, unit_id, address, map_link, equipment, created_at, created_by)
         VALUES ({house}, '{venue}', {place}, '', '', '', '{now}', {account})"
    );
    store::testing::raw(&mut work, &venue).await;
    let room_sql =
        format!("INSERT INTO room (id, venue_id, name, capacity, equipment) VALUES ({chamber}, {house}, '{name}', 60, '')");
    store::testing::raw(&mut work, &room_sql).await;
    work.commit().await.unwrap();
    (venue_id, room)
}

/// Puts a session into a room.
pub async fn held_in(office: &Office, session: SessionId, room: Uuid) {
    let mut work = office.database.begin().await.unwrap();
    let sql = format!("UPDATE session SET room_id = {} WHERE id = {}", literal(&work, room), literal(&work, session.0));
    store::testing::raw(&mut work, &sql).await;
    office.commit_to_calendar(work).await.unwrap();
}

/// Lets somebody teach every session of a run.
pub async fn taught_by(office: &Office, run: RunId, trainer: PersonId) {
    let mut work = office.database.begin().await.unwrap();
    for session in store::runs::sessions(&mut work, run).await.unwrap() {
        store::runs::set_trainers(&mut work, session.id, &[trainer]).await.unwrap();
    }
    office.commit_to_calendar(work).await.unwrap();
}

/// An identifier as both databases write it into a statement.
fn literal(work: &Work, id: Uuid) -> String {
    match work {
        Work::Sqlite(_) => format!("x'{}'", id.simple()),
        Work::Postgres(_) => format!("'{id}'"),
    }
}
