//! What anyone is told of a certificate: how it stands, then every printed field.

use chrono::Datelike as _;
use domain::accounts::Language;
use domain::time::{local_day, show_day};
use leptos::prelude::*;
use operations::certificates::Verified;

use crate::wording::certificates as say;

/// The verdict and the fields. Who holds the code sees what is printed, and the PDF; who typed a serial number, which
/// anybody can guess, is told the year of birth only.
pub(super) fn verdict(l: Language, told: &Verified, holds_code: bool) -> impl IntoView + use<> {
    let printed = &told.printed.certificate;
    let year = printed.birth_date.map(|day| i64::from(day.year())).or(printed.birth_year);
    let birth = match printed.birth_date.filter(|_| holds_code) {
        Some(day) => Some((say::birth(l), show_day(day))),
        None => year.map(|year| (say::birth_year(l), year.to_string())),
    };
    let is_cut = printed.birth_date.is_some() && !holds_code;
    let cut = is_cut.then(|| view! { <p class="hint">{say::birth_by_code(l)}</p> });
    let workplace = [printed.organisation_name.as_str(), printed.unit_name.as_str()];
    let workplace = workplace.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let period = if printed.starts == printed.ends {
        show_day(printed.starts)
    } else {
        say::period_of(l, show_day(printed.starts), show_day(printed.ends))
    };
    let post = printed.signatory_post.lines().collect::<Vec<_>>().join(", ");
    let fields = [
        Some((say::serial(l), printed.serial.clone())),
        Some((say::person(l), printed.person_name.clone())),
        birth,
        Some((say::workplace(l), workplace)),
        Some((say::course(l), printed.course_title.clone())),
        Some((say::period(l), period)),
        Some((say::length(l), say::length_of(l, printed.hours, printed.sessions))),
        Some((say::issuer(l), format!("{}, {}", printed.superior, printed.issuer))),
        Some((say::place_and_day(l), format!("{}, {}", printed.place, show_day(printed.issued_on)))),
        Some((say::signed_by(l), format!("{post}: {}", printed.signatory_name))),
    ];
    let fields = fields.into_iter().flatten();
    let fields = fields.map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view();
    let paper = holds_code.then(|| {
        let path = format!("/verify/{}/paper.pdf", told.certificate.verify_token);
        view! { <p><a class="button quiet" href=path>{say::paper_link(l)}</a></p> }
    });
    view! {
        {status(l, told)}
        <dl>{fields}</dl>
        {cut}
        {paper}
        <p><a href="/verify">{say::another(l)}</a></p>
    }
}

/// The one sentence people came for.
fn status(l: Language, told: &Verified) -> AnyView {
    let c = &told.certificate;
    let (Some(at), Some(reason)) = (c.revoked_at, &c.revocation_reason) else {
        return view! {
            <div class="verdict good" role="status"><h2>{say::valid_title(l)}</h2><p>{say::valid_lead(l)}</p></div>
        }
        .into_any();
    };
    let replaced = told.replaced_by.as_ref().map(|serial| {
        let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("q", serial).finish();
        view! { <p><a href=format!("/verify?{query}")>{say::replaced_by(l, serial)}</a></p> }
    });
    view! {
        <div class="verdict bad" role="status">
            <h2>{say::revoked_title(l)}</h2>
            <p>{say::revoked_on(l, show_day(local_day(at)), reason)}</p>
            {replaced}
        </div>
    }
    .into_any()
}

/// What it means that nothing was found.
pub(super) fn unknown(l: Language) -> impl IntoView {
    view! { <div class="verdict unknown" role="status"><h2>{say::unknown_title(l)}</h2><p>{say::unknown(l)}</p></div> }
}
