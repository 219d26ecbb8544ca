//! The papers, as PDF.

use axum::response::Response;
use domain::ids::{CertificateId, RunId};
use operations::certificates;

use crate::{Context, Path, Problem, downloads};

/// `GET /certificates/{id}/paper.pdf`: for those who may see the certificate.
pub(super) async fn of_certificate(context: Context, Path(id): Path<CertificateId>) -> Result<Response, Problem> {
    let (certificate, pdf) = certificates::paper(&context.office, context.actor()?, id).await?;
    Ok(file(&certificate.serial, pdf))
}

/// `GET /verify/{token}/paper.pdf`: for whoever holds the code.
pub(super) async fn of_token(context: Context, Path(token): Path<String>) -> Result<Response, Problem> {
    let (certificate, pdf) = certificates::paper_by_token(&context.office, context.address, &token).await?;
    Ok(file(&certificate.serial, pdf))
}

/// `GET /runs/{id}/certificates.pdf`: all of a run, to print.
pub(super) async fn of_run(context: Context, Path(id): Path<RunId>) -> Result<Response, Problem> {
    let pdf = certificates::papers_of_run(&context.office, context.actor()?, id).await?;
    Ok(file("lop", pdf))
}

fn file(name: &str, pdf: Vec<u8>) -> Response {
    downloads::pdf(&format!("giay-chung-nhan-{name}"), pdf)
}
