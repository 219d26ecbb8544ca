//! A slip of paper with which somebody chooses their password.

use axum::response::{IntoResponse as _, Response};
use domain::ids::PersonId;
use domain::time::show_instant;
use leptos::prelude::*;

use crate::wording::accounts as w;
use crate::{Context, Path, Problem};

/// `POST /people/{id}/slip`: makes a slip and shows it, once. Asking again makes another.
pub(super) async fn issue(context: Context, Path(id): Path<PersonId>) -> Result<Response, Problem> {
    let l = context.language;
    let actor = context.actor()?;
    let view = operations::people::show(&context.office, actor, id).await?;
    let account = operations::accounts::account_of(&context.office, id).await?;
    let slip = operations::accounts::issue_slip(&context.office, actor, account).await?;
    let title = if slip.is_reset { w::slip_reset(l) } else { w::slip(l) };
    let code = documents::qr::svg(&slip.link, title).map_err(|error| Problem::Internal(error.to_string()))?;
    let address = format!("{}/activate", context.office.settings.public_url);
    let page = context.page(title, || {
        view! {
            <p class="notice no-print" role="status">{w::slip_once(l)}</p>
            <div class="slip">
                <p class="lead">{slip.full_name.clone()}</p>
                <p>{w::names(l)} ": " <strong>{slip.names.join(", ")}</strong></p>
                <div class="qr" inner_html=code></div>
                <p>{w::slip_scan(l)} " " <strong>{address}</strong> " " {w::slip_type(l)}</p>
                <p class="code"><code>{in_groups(&slip.secret)}</code></p>
                <p>{w::slip_until(l, show_instant(slip.expires_at))}</p>
            </div>
            <p class="no-print"><a href=format!("/people/{id}")>{w::slip_back(l)}</a></p>
        }
    });
    Ok(page.crumb(format!("/people/{id}"), view.person.full_name.to_string()).into_response())
}

/// A code in groups of five, as one reads it out.
fn in_groups(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_are_read_out_in_groups() {
        assert_eq!(super::in_groups("0123456789abc"), "01234 56789 abc");
    }
}
