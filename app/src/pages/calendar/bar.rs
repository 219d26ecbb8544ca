//! What stands above every calendar: whose it is, which days, looked at how.

use domain::accounts::Language;
use domain::calendar::View;
use leptos::prelude::*;

use super::asked::Asked;
use crate::Context;
use crate::wording::calendar as say;

pub(super) fn bar(context: &Context, asked: &Asked) -> impl IntoView + use<> {
    let l = context.language;
    let step = |to: Asked, rel: &'static str, arrow: &'static str, name: String| {
        view! { <a class="chip" rel=rel href=to.path() aria-label=name>{arrow}</a> }
    };
    let (before, after) = (asked.at(asked.span.before()), asked.at(asked.span.after()));
    let now = asked.around(asked.today);
    let today = (now.span != asked.span).then(|| view! { <a class="chip" href=now.path()>{say::today(l)}</a> });
    let views = View::ALL.iter().map(|view| {
        let current = (asked.span.view() == *view).then_some("true");
        view! { <a class="chip" href=asked.seen_as(*view).path() aria-current=current>{view_name(l, *view)}</a> }
    });
    let views = views.collect_view();
    let whose = context.visitor().map(|_| {
        let chip = |is_own: bool, name: &'static str| {
            let to = Asked { is_own, ..asked.widened() };
            view! { <a class="chip" href=to.path() aria-current=(asked.is_own == is_own).then_some("true")>{name}</a> }
        };
        view! { <nav class="chips joined whose" aria-label=say::whose(l)>{chip(false, say::everybodys(l))}{chip(true, say::own_short(l))}</nav> }
    });
    view! {
        <div class="spans">
            <nav class="chips" aria-label=say::spans(l)>
                {step(before, "prev", "←", say::previous(l, say::span_name(l, &before.span)))}
                {today}
                {step(after, "next", "→", say::next(l, say::span_name(l, &after.span)))}
            </nav>
            <nav class="chips joined views" aria-label=say::views(l)>{views}</nav>
            {whose}
        </div>
    }
}

fn view_name(l: Language, view: View) -> &'static str {
    match view {
        View::Agenda => say::as_list(l),
        View::Week => say::as_week(l),
        View::Month => say::as_month(l),
    }
}
