//! The rooms of a venue on its page: shown, added, put right, taken out of use.

use axum::response::Response;
use domain::Faults;
use domain::accounts::Language;
use domain::ids::{RoomId, VenueId};
use domain::venues::RoomForm;
use leptos::prelude::*;
use operations::Failure;
use operations::venues::{self, Room, VenueView};

use super::show::answer;
use crate::components::TextField;
use crate::wording::venues as say;
use crate::{Context, Form, Path, Problem};

pub(super) async fn add(context: Context, Path(id): Path<VenueId>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    // Who may not keep rooms learns nothing of the form's faults.
    venues::units(&context.office, actor).await?;
    let outcome = match read(&form, "").parse() {
        Ok(plan) => venues::add_room(&context.office, actor, id, &plan).await.map(drop),
        Err(faults) => Err(faults.into()),
    };
    answer(&context, id, form, outcome).await
}

pub(super) async fn change(context: Context, Path(id): Path<RoomId>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let venue = venues::venue_of(&context.office, actor, id).await?;
    let outcome = match read(&form, &of(id)).parse() {
        Ok(plan) => venues::change_room(&context.office, actor, id, &plan).await,
        Err(faults) => Err(faults.into()),
    };
    answer(&context, venue, form, outcome.map_err(|failure| at(id, failure))).await
}

pub(super) async fn retire(context: Context, Path(id): Path<RoomId>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let venue = venues::venue_of(&context.office, actor, id).await?;
    let outcome = venues::retire_room(&context.office, actor, id).await;
    answer(&context, venue, form, outcome).await
}

pub(super) async fn bring_back(context: Context, Path(id): Path<RoomId>, form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let venue = venues::venue_of(&context.office, actor, id).await?;
    let outcome = venues::bring_room_back(&context.office, actor, id).await;
    answer(&context, venue, form, outcome).await
}

/// What follows the name of a field of a room that is known: every room has its fields on the one page.
fn of(id: RoomId) -> String {
    format!(".{id}")
}

fn read(form: &Form, of: &str) -> RoomForm {
    let typed = |name: &str| form.get(&format!("{name}{of}")).to_owned();
    RoomForm { name: typed("name"), capacity: typed("capacity"), equipment: typed("equipment") }
}

/// The faults of one room, named as its fields are.
fn at(id: RoomId, failure: Failure) -> Failure {
    let Failure::Refused(faults) = failure else { return failure };
    let mut named = Faults::default();
    for fault in faults.0 {
        let field = if fault.field.is_empty() { fault.field } else { format!("{}{}", fault.field, of(id)) };
        named.add(field, fault.refusal);
    }
    named.into()
}

/// The rooms: a table to read, or one fold each for who changes them.
pub(super) fn list(l: Language, shown: &VenueView, form: &Form) -> impl IntoView + use<> {
    let none = shown.rooms.is_empty().then(|| view! { <p class="soft">{say::no_room(l)}</p> });
    let is_used = shown.venue.retired_at.is_none();
    let rooms = if shown.may_change {
        let rooms = shown.rooms.iter().map(|room| room_fold(l, room, form, is_used)).collect_view();
        let add = is_used.then(|| new_room(l, shown.venue.id, form));
        view! { {rooms}{add} }.into_any()
    } else {
        let rooms = shown.rooms.iter().filter(|room| room.retired_at.is_none());
        let rooms = rooms.map(|room| view! { <li>{summary(l, room)}</li> }).collect_view();
        view! { <ul>{rooms}</ul> }.into_any()
    };
    view! { {none}{rooms} }
}

fn summary(l: Language, room: &Room) -> String {
    let said = [room.name.clone(), say::seats_count(l, room.capacity), room.equipment.clone()];
    said.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn room_fold(l: Language, room: &Room, form: &Form, venue_is_used: bool) -> impl IntoView + use<> {
    let id = room.id;
    let name = |field: &str| format!("{field}{}", of(id));
    let is_open = form.has(&name("name"));
    let mut form = form.clone();
    if !is_open {
        form.set(&name("name"), room.name.clone());
        form.set(&name("capacity"), room.capacity.to_string());
        form.set(&name("equipment"), room.equipment.clone());
    }
    let is_used = room.retired_at.is_none();
    let tag = (!is_used).then(|| view! { <span class="tag">{say::retired(l)}</span> });
    let deed = if is_used {
        let label = say::retire_room(l, &room.name);
        Some(
            view! { <form method="post" action=format!("/rooms/{id}/retire")><button class="danger">{label}</button></form> }
                .into_any(),
        )
    } else {
        let label = say::bring_room_back(l, &room.name);
        venue_is_used.then(|| {
            view! { <form method="post" action=format!("/rooms/{id}/bring-back")><button class="quiet">{label}</button></form> }.into_any()
        })
    };
    view! {
        <details class="fold" open=is_open>
            <summary>{summary(l, room)}" "{tag}</summary>
            <form method="post" action=format!("/rooms/{id}") novalidate>
                <div class="row">
                    <TextField language=l form=&form name=name("name") label=say::room_name(l)/>
                    <TextField language=l form=&form name=name("capacity") label=say::seats(l) kind="number"/>
                </div>
                <TextField language=l form=&form name=name("equipment") label=say::equipment(l)/>
                <p><button class="quiet">{say::change_room(l)}</button></p>
            </form>
            {deed}
        </details>
    }
}

fn new_room(l: Language, venue: VenueId, form: &Form) -> impl IntoView + use<> {
    let is_open = form.has("capacity");
    view! {
        <details class="fold" open=is_open>
            <summary>{say::add_room(l)}</summary>
            <form method="post" action=format!("/venues/{venue}/rooms") novalidate>
                <div class="row">
                    <TextField language=l form=form name="name" label=say::room_name(l)/>
                    <TextField language=l form=form name="capacity" label=say::seats(l) kind="number"/>
                </div>
                <TextField language=l form=form name="equipment" label=say::equipment(l)/>
                <p><button class="quiet">{say::add_room(l)}</button></p>
            </form>
        </details>
    }
}
