//! Certificates: the list of a run, revoking, papers, and the public look-up.

mod list;
mod paper;
mod revoke;
mod verdict;
mod verify;

use crate::Routes;

/// The routes of this noun.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get("/runs/{id}/certificates", list::show)
        .post("/runs/{id}/certificates", list::issue)
        .get("/runs/{id}/certificates.pdf", paper::of_run)
        .get("/certificates/{id}/paper.pdf", paper::of_certificate)
        .get("/certificates/{id}/revoke", revoke::form)
        .post("/certificates/{id}/revoke", revoke::revoke)
        .get("/verify", verify::form)
        .get("/verify/{token}", verify::show)
        .get("/verify/{token}/paper.pdf", paper::of_token)
}
