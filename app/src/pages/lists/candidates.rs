//! Forms that could join a list: those that are ready, to be ticked, and those that are not, with the reason.

use domain::accounts::Language;
use domain::lists::Hindrance;
use leptos::prelude::*;
use operations::lists::ListedForm;

use super::address;
use crate::Form;
use crate::components::{field_id, row_fault};
use crate::pages::registrations::points;
use crate::wording::{choices, lists as say};

/// The forms that are ready, each with a box named `form`. A form that came back ticks what was ticked; before that,
/// boxes are ticked when `at_first` says so.
pub(super) fn ready(l: Language, forms: &[ListedForm], typed: &Form, at_first: bool) -> Option<AnyView> {
    let rows: Vec<_> = forms
        .iter()
        .filter(|form| form.hindrance().is_none() || is_chosen(typed, form))
        .map(|form| {
            let field = format!("form.{}", form.id);
            let id = field_id(&field);
            let checked = if typed.has("sent") { is_chosen(typed, form) } else { at_first };
            let fault = row_fault(l, typed, &field);
            let invalid = fault.is_some().then_some("true");
            view! {
                <tr>
                    <td class="tick"><input type="checkbox" name="form" value=form.id.to_string() id=id checked=checked
                        aria-label=say::choose_form(l, &form.product_name) aria-invalid=invalid/></td>
                    <th scope="row"><a href=format!("/registrations/{}", form.id)>{form.product_name.clone()}</a>{fault}</th>
                    <td>{form.organisation_name.clone()}</td>
                    <td>{form.place_title()}</td>
                    <td>{form.group_title().to_owned()}</td>
                    <td class="n" data-label=say::score(l)>{points(l, form.score)}</td>
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <div class="scroll" role="region" aria-label=say::ready(l) tabindex="0"><table class="rows ticked">
                <caption class="hidden">{say::ready(l)}</caption>
                <thead><tr>
                    <td></td><th scope="col">{say::product(l)}</th><th scope="col">{say::organisation(l)}</th><th scope="col">{say::place(l)}</th>
                    <th scope="col">{say::group(l)}</th><th scope="col" class="n">{say::score(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        }
        .into_any()
    })
}

/// The forms that are not ready, each with the reason; folded away while there is something else to do.
pub(super) fn not_ready(l: Language, forms: &[ListedForm], open: bool) -> Option<AnyView> {
    let rows: Vec<_> = forms
        .iter()
        .filter_map(|form| {
            let hindrance = form.hindrance()?;
            let why = choices::hindrance(l, hindrance);
            let why = match form.other_list.filter(|_| hindrance == Hindrance::InAnotherList) {
                Some(other) => view! { <a href=address(other)>{why}</a> }.into_any(),
                None => why.into_any(),
            };
            Some(view! {
                <tr>
                    <th scope="row"><a href=format!("/registrations/{}", form.id)>{form.product_name.clone()}</a></th>
                    <td>{form.organisation_name.clone()}</td>
                    <td>{choices::registration_state(l, form.state)}</td>
                    <td data-label=say::reason_why(l)>{why}</td>
                </tr>
            })
        })
        .collect();
    (!rows.is_empty()).then(|| {
        let title = say::not_ready(l, rows.len());
        view! {
            <details class="fold" open=open>
                <summary>{title}</summary>
                <div class="scroll"><table class="rows">
                    <thead><tr>
                        <th scope="col">{say::product(l)}</th><th scope="col">{say::organisation(l)}</th>
                        <th scope="col">{say::state(l)}</th><th scope="col">{say::reason_why(l)}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table></div>
            </details>
        }
        .into_any()
    })
}

fn is_chosen(typed: &Form, form: &ListedForm) -> bool {
    let id = form.id.to_string();
    typed.all("form").any(|chosen| chosen == id)
}
