//! The papers, as PDF.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use domain::ids::{CertificateId, RunId};
use operations::certificates;

use crate::{Context, Path, Problem};

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

/// A PDF that browsers show, with a name of plain letters for saving it.
fn file(name: &str, pdf: Vec<u8>) -> Response {
    let plain = domain::text::fold(name).to_uppercase();
    let plain: String = plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let disposition = format!("inline; filename=\"giay-chung-nhan-{plain}.pdf\"");
    let mut response = ([(header::CONTENT_TYPE, "application/pdf")], pdf).into_response();
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}
