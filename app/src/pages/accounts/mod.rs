//! Accounts: signing in and out, one's own account, slips and links, and the accounts one keeps.

mod give;
mod list;
mod own;
mod redeem;
mod set_up;
mod sign_in;
mod slip;

use axum::http::StatusCode;
use domain::Refusal;
use operations::Failure;

use crate::{Form, Problem, Routes};

pub(super) use give::Section;
pub(crate) use sign_in::keeping as sign_in_keeping;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/sign-in", sign_in::show)
        .post("/sign-in", sign_in::sign_in)
        .post("/sign-out", sign_in::sign_out)
        .get("/account", own::show)
        .post("/account/password", own::change_password)
        .post("/account/language", own::choose_language)
        .post("/account/sign-out-everywhere", own::sign_out_everywhere)
        .get("/activate", redeem::ask)
        .post("/activate", redeem::go)
        .get("/activate/{secret}", redeem::show)
        .post("/activate/{secret}", redeem::redeem)
        .get("/reset/{secret}", redeem::show)
        .post("/reset/{secret}", redeem::redeem)
        .get("/forgot", redeem::forgot)
        .post("/forgot", redeem::send)
        .get("/set-up/{secret}", set_up::show)
        .post("/set-up/{secret}", set_up::set_up)
        .get("/accounts", list::show)
        .post("/people/{id}/account", give::create)
        .post("/people/{id}/roles", give::grant)
        .post("/people/{id}/slip", slip::issue)
        .post("/roles/{id}/end", give::end)
}

/// A form with the faults that a deed found, to be shown again, and the status it comes back with. What is not there,
/// and what went wrong in the house, are no faults of the form.
pub(crate) fn with_faults(mut form: Form, failure: Failure) -> Result<(Form, StatusCode), Problem> {
    match Problem::from(failure) {
        Problem::Refused(faults) => {
            let waits = faults.0.iter().any(|fault| matches!(fault.refusal, Refusal::TooManyAttempts { .. }));
            form.faults.0.extend(faults.0);
            Ok((form, if waits { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::UNPROCESSABLE_ENTITY }))
        }
        other => Err(other),
    }
}
