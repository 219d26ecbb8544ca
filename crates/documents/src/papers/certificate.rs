//! The certificate of a completed course: A4 landscape, one page each.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::press::{self, Template};
use super::{PaperError, letters, words};
use crate::qr;

/// The version of the certificate's template: raised whenever the same data would print differently.
pub const CERTIFICATE_TEMPLATE_VERSION: i64 = 1;

/// The most characters that a text of a certificate may have; a shorter one may still be refused by the template.
const LONGEST: usize = 300;

/// Everything that is printed on a certificate, as it was on the day of issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// Number in the register, for example `015/2019/GCN-VPĐP`.
    pub serial: String,
    /// Full name of the participant.
    pub person_name: String,
    /// Date of birth where it is known.
    pub birth_date: Option<NaiveDate>,
    /// Year of birth, printed when the date is not known.
    pub birth_year: Option<i64>,
    /// Organisation of the participant at the time of the course.
    pub organisation_name: String,
    /// Administrative unit of the participant at the time of the course.
    pub unit_name: String,
    /// Title of the course.
    pub course_title: String,
    /// First day of the run.
    pub starts: NaiveDate,
    /// Last day of the run.
    pub ends: NaiveDate,
    /// Length of the run in hours.
    pub hours: i64,
    /// Number of half-day sessions.
    pub sessions: i64,
    /// Body above the issuer, for example `UBND tỉnh Thanh Hóa`.
    pub superior: String,
    /// Body that issues the certificate.
    pub issuer: String,
    /// Place of issue, for example `Thanh Hóa`.
    pub place: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Post of the signatory; each line (`KT. Chánh Văn phòng`, `Phó Chánh Văn phòng`) is printed on its own.
    pub signatory_post: String,
    /// Name of the signatory, without titles.
    pub signatory_name: String,
}

/// Prints one certificate with a QR code of `verify_address`, the page where anyone can check it.
///
/// # Errors
/// See [`PaperError`]; the text of any length fits on its one page, or nothing is printed.
pub fn certificate(certificate: &Certificate, verify_address: &str) -> Result<Vec<u8>, PaperError> {
    print(&[face(certificate, verify_address)?], certificate)
}

/// Prints certificates, each with its own address to verify it, into one PDF of one page each.
///
/// # Errors
/// See [`PaperError`]; an empty list is [`PaperError::Nothing`].
pub fn certificates(certificates: &[(Certificate, String)]) -> Result<Vec<u8>, PaperError> {
    let (first, _) = certificates.first().ok_or(PaperError::Nothing)?;
    let faces: Result<Vec<Value>, PaperError> =
        certificates.iter().map(|(certificate, address)| face(certificate, address)).collect();
    print(&faces?, first)
}

/// Whether a certificate can be printed, without printing it: so that no serial is given to one that cannot.
///
/// # Errors
/// [`PaperError::Unprintable`], [`PaperError::TooLong`].
pub fn check_certificate(certificate: &Certificate) -> Result<(), PaperError> {
    let mut face = face(certificate, &certificate.serial)?;
    letters::clean_all(&mut face)
}

fn print(faces: &[Value], first: &Certificate) -> Result<Vec<u8>, PaperError> {
    let data = json!({ "date": first.issued_on, "certificates": faces });
    let printed = press::print(Template::Certificate, data)?;
    if printed.pages != faces.len() {
        return Err(PaperError::Overflow { expected: faces.len(), found: printed.pages });
    }
    Ok(printed.pdf)
}

/// What the template sets, in words.
fn face(certificate: &Certificate, verify_address: &str) -> Result<Value, PaperError> {
    let birth = match (certificate.birth_date, certificate.birth_year) {
        (Some(date), _) => Some(format!("Sinh ngày {}", words::numeric(date))),
        (None, Some(year)) => Some(format!("Sinh năm {year}")),
        (None, None) => None,
    };
    let texts = [
        &certificate.serial,
        &certificate.person_name,
        &certificate.organisation_name,
        &certificate.unit_name,
        &certificate.course_title,
        &certificate.superior,
        &certificate.issuer,
        &certificate.place,
        &certificate.signatory_post,
        &certificate.signatory_name,
    ];
    if let Some(text) = texts.into_iter().find(|text| text.chars().count() > LONGEST) {
        return Err(PaperError::TooLong(text.clone()));
    }
    let post: Vec<&str> = certificate.signatory_post.lines().collect();
    Ok(json!({
        "superior": certificate.superior,
        "issuer": certificate.issuer,
        "name": certificate.person_name,
        "birth": birth,
        "workplace": words::listed(&[&certificate.organisation_name, &certificate.unit_name]),
        "course": certificate.course_title,
        "period": words::period(certificate.starts, certificate.ends),
        "length": format!("{} giờ ({:02} buổi)", certificate.hours, certificate.sessions),
        "place_and_date": words::place_and_date(&certificate.place, certificate.issued_on),
        "post": post,
        "signatory": certificate.signatory_name,
        "serial": certificate.serial,
        "address": verify_address,
        "qr": qr::svg(verify_address, "")?,
    }))
}
