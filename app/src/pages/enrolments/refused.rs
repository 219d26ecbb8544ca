//! Why an organisation cannot enrol in a run, and where to go from there.

use domain::Refusal;
use domain::policy::{Action, may_everywhere, may_somewhere};
use leptos::prelude::*;
use operations::enrolments::Run;
use store::organisations::Organisation;

use crate::Context;
use crate::components::Notice;
use crate::wording::{enrolments as words, refusals};

/// The reason, with links to what helps.
pub fn reason(context: &Context, run: &Run, organisation: &Organisation, refusal: &Refusal) -> AnyView {
    let notice = view! { <Notice text=refusals::say(context.language, refusal)/> };
    view! { {notice}{ways_on(context, run, organisation, refusal)} }.into_any()
}

/// Where to go from a refusal: to the forms of an organisation that has no selected product, and to the exceptions for
/// those who grant them.
pub fn ways_on(context: &Context, run: &Run, organisation: &Organisation, refusal: &Refusal) -> Option<AnyView> {
    let Refusal::NotSelected { year } = refusal else { return None };
    let (l, actor) = (context.language, context.visitor()?);
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("year", &year.to_string()).append_pair("text", &organisation.name);
    let forms = may_somewhere(actor, Action::SeeRegistrations).then(|| {
        let address = format!("/registrations?{}", query.finish());
        view! { <a class="button quiet" href=address>{words::to_forms(l)}</a> }
    });
    let except = may_everywhere(actor, Action::SelectProducts).then(|| {
        let address = format!("/runs/{}/exceptions?organisation={}", run.id, organisation.id);
        view! { <a class="button quiet" href=address>{words::to_exception(l)}</a> }
    });
    Some(view! { <p class="actions">{forms}{except}</p> }.into_any())
}
