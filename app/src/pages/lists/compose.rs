//! A list that is being drawn up: its forms in order, what could be added, and freezing it.

use domain::accounts::Language;
use leptos::prelude::*;
use operations::lists::{ListedForm, Shown};

use super::candidates::{not_ready, ready};
use super::{address, show};
use crate::Form;
use crate::components::{TextArea, TextField, day_kind, field_id, row_fault};
use crate::pages::registrations::points;
use crate::wording::{choices, lists as say};

pub(super) fn section(l: Language, known: &Shown, form: &Form) -> AnyView {
    let path = format!("{}/forms", address(known.list.id));
    let add = ready(l, &known.candidates, form, false).map(|forms| {
        view! {
            <form method="post" action=path.clone()>
                {show::version(known)}<input type="hidden" name="sent" value="yes"/>
                {forms}
                <p class="actions"><button class="quiet" name="add" value="yes">{say::add(l)}</button></p>
            </form>
        }
        .into_any()
    });
    let add = add.unwrap_or_else(|| view! { <p class="soft">{say::nothing_to_add(l)}</p> }.into_any());
    let forms = if known.forms.is_empty() {
        view! { <p>{say::empty(l)}</p> }.into_any()
    } else {
        view! { <p class="hint">{say::composed_lead(l)}</p>{composed(l, known, form, path)} }.into_any()
    };
    let freeze = (!known.forms.is_empty()).then(|| freezing(l, known, form));
    view! {
        <section id="forms"><h2>{say::composed(l)}</h2>{forms}</section>
        <section id="add"><h2>{say::add_title(l)}</h2>{add}{not_ready(l, &known.candidates, false)}</section>
        {freeze}
    }
    .into_any()
}

/// The forms in their order, each with the buttons that move it or take it out.
fn composed(l: Language, known: &Shown, form: &Form, path: String) -> impl IntoView + use<> {
    let last = known.forms.len();
    let rows = (1..).zip(&known.forms).map(|(place, listed)| row(l, listed, form, (place, last))).collect_view();
    view! {
        <form method="post" action=path>
            {show::version(known)}
            <div class="scroll" role="region" aria-label=say::composed(l) tabindex="0"><table class="rows">
                <caption class="hidden">{say::composed(l)}</caption>
                <thead><tr>
                    <th scope="col" class="n">"#"</th><th scope="col">{say::product(l)}</th><th scope="col">{say::organisation(l)}</th>
                    <th scope="col">{say::group(l)}</th><th scope="col" class="n">{say::score(l)}</th><th scope="col">{say::order(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        </form>
    }
}

fn row(l: Language, listed: &ListedForm, form: &Form, (place, last): (usize, usize)) -> impl IntoView + use<> {
    let (id, field) = (listed.id.to_string(), format!("form.{}", listed.id));
    let hindrance = listed.hindrance().map(|why| view! { " "<span class="tag bad">{choices::hindrance(l, why)}</span> });
    let (product, organisation) = (listed.product_name.clone(), listed.organisation_name.clone());
    view! {
        <tr id=field_id(&field)>
            <td class="n" data-label=say::order(l)>{place}</td>
            <th scope="row"><a href=format!("/registrations/{id}")>{product.clone()}</a>{hindrance}{row_fault(l, form, &field)}</th>
            <td>{organisation}</td>
            <td>{listed.group_title().to_owned()}</td>
            <td class="n" data-label=say::score(l)>{points(l, listed.score)}</td>
            <td class="order">
                <button class="quiet" name="up" value=id.clone() disabled=place == 1 aria-label=say::up(l, &product)>"↑"</button>
                <button class="quiet" name="down" value=id.clone() disabled=place == last aria-label=say::down(l, &product)>"↓"</button>
                <button class="link" name="remove" value=id aria-label=say::remove_named(l, &product)>{say::remove(l)}</button>
            </td>
        </tr>
    }
}

fn freezing(l: Language, known: &Shown, form: &Form) -> impl IntoView + use<> {
    let kind = day_kind(form.get("signed_on"));
    view! {
        <section id="freeze">
            <h2>{say::freeze_title(l)}</h2>
            <p>{say::freeze_lead(l)}</p>
            <form method="post" action=format!("{}/freeze", address(known.list.id))>
                {show::version(known)}
                <TextField language=l form=form name="number" label=say::paper_number(l) hint=say::paper_number_hint(l)/>
                <TextField language=l form=form name="signed_on" label=say::signed_on(l) kind=kind/>
                <TextArea language=l form=form name="signatory_post" label=say::signatory_post(l) hint=say::signatory_post_hint(l)/>
                <TextField language=l form=form name="signatory_name" label=say::signatory_name(l)/>
                <p class="actions"><button>{say::freeze(l)}</button></p>
            </form>
        </section>
    }
}
