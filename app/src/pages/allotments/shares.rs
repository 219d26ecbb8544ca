//! `/allotments/{id}`: an officer of a unit divides its seats among the organisations that lie in it.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::accounts::Language;
use domain::ids::{AllotmentId, OrganisationId};
use domain::time::show_day;
use domain::{Faults, Refusal, allotments as rules};
use leptos::prelude::*;
use operations::allotments::{self, DivideCommand, Share, Shares};

use super::inputs;
use crate::components::{FaultSummary, Notice, TextArea};
use crate::pages::calendar::title;
use crate::problem::faults;
use crate::wording::{allotments as say, refusals, shell};
use crate::{Context, Form, Path, Problem};

pub(super) async fn show(context: Context, Path(id): Path<AllotmentId>, mut form: Form) -> Result<Response, Problem> {
    let known = allotments::shares(&context.office, context.actor()?, id, form.get("q")).await?;
    for (n, share) in known.shares.iter().enumerate() {
        form.set(&format!("shares.{n}.seats"), share.allotment.seats.to_string());
    }
    page(&context, &known, &form).await
}

pub(super) async fn save(context: Context, Path(id): Path<AllotmentId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor()?;
    let known = allotments::shares(&context.office, actor, id, form.get("q")).await?;
    let mut typed = Faults::default();
    let mut shares = Vec::new();
    for n in 0..form.rows("shares") {
        let at = |name: &str| form.get(&format!("shares.{n}.{name}"));
        let organisation = at("organisation").parse::<OrganisationId>().map_err(|_| Refusal::NotAChoice);
        let organisation = typed.take(format!("shares.{n}.seats"), organisation);
        let seats = typed.take(format!("shares.{n}.seats"), rules::seats(at("seats")));
        if let (Some(organisation), Some(seats)) = (organisation, seats) {
            shares.push(Share { organisation, seen: at("seen").parse().ok(), seats });
        }
    }
    if typed.is_empty() {
        let command = DivideCommand { allotment: id, shares, reason: form.get("reason").to_owned() };
        match allotments::divide(&context.office, actor, &command).await {
            Ok(_) => return Ok(Context::see(&format!("/allotments/{id}?done=saved"))),
            Err(failure) => typed = faults(failure)?,
        }
    }
    form.faults = typed;
    page(&context, &known, &form).await
}

async fn page(context: &Context, known: &Shares, form: &Form) -> Result<Response, Problem> {
    let (l, run, whole) = (context.language, &known.run, &known.whole);
    let status = if form.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let holder = whole.allotment.holder_name();
    let page = context.page(say::shares_title(l, &holder), || {
        let done = (form.get("done") == "saved").then(|| view! { <Notice text=say::done_saved(l)/> });
        let closed = known.closed.as_ref().map(|refusal| view! { <p class="notice">{refusals::say(l, refusal)}</p> });
        view! {
            {done}
            <p class="lead">{title(l, run)}</p>
            <FaultSummary language=l faults=form.faults.clone()/>
            <p>{say::shares_lead(l, whole.allotment.seats, &show_day(whole.allotment.until_day))}</p>
            <p><strong>{say::rest(l, whole.rest)}</strong></p>
            {closed}
            {table(l, known, form)}
        }
    });
    let page = page.crumb("/calendar", shell::calendar(l)).crumb(format!("/runs/{}", run.id), title(l, run));
    Ok(page.status(status).into_response())
}

fn table(l: Language, known: &Shares, form: &Form) -> AnyView {
    if known.shares.is_empty() && known.others.is_empty() {
        return view! { <p>{say::nobody(l)}</p> }.into_any();
    }
    let is_open = known.closed.is_none();
    let of_share = known.shares.iter().map(|share| {
        let one = &share.allotment;
        (one.organisation_id, one.holder_name(), one.unit_title(), share.places, Some((one.version, share.gone)))
    });
    let of_other = known.others.iter().map(|(one, places)| (Some(one.id), one.name.clone(), one.unit_title(), *places, None));
    let rows = of_share.chain(of_other).enumerate().map(|(n, (id, name, unit, places, known))| {
        let field = |field: &str| format!("shares.{n}.{field}");
        let seats = if is_open {
            inputs::seats(l, form, &field("seats"), say::seats_of(l, &name)).into_any()
        } else {
            form.get(&field("seats")).to_owned().into_any()
        };
        let id = id.map(|id| id.to_string()).unwrap_or_default();
        let seen = known.map(|(version, _)| inputs::hidden(field("seen"), &version.to_string()));
        view! {
            <tr>
                <th scope="row">{name}<small class="hint">{unit}</small>{inputs::hidden(field("organisation"), &id)}{seen}</th>
                <td data-label=say::seats(l)>{seats}</td>
                <td class="n" data-label=say::named(l)>{known.map(|(_, gone)| gone)}</td>
                <td class="n" data-label=say::in_class(l)>{places}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let saving = is_open.then(|| {
        view! {
            <TextArea language=l form=form name="reason" label=say::reason(l) hint=say::reason_hint(l)/>
            <p class="actions"><button>{say::save_shares(l)}</button></p>
        }
    });
    view! {
        <form method="post" action=format!("/allotments/{}", known.whole.allotment.id)>
            <table class="rows">
                <thead><tr>
                    <th scope="col">{say::organisation(l)}</th><th scope="col">{say::seats(l)}</th>
                    <th scope="col" class="n">{say::named(l)}</th><th scope="col" class="n">{say::in_class(l)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
            {saving}
        </form>
    }
    .into_any()
}
