//! The list of forms that a unit forwards to the province, with the forms as its annex: A4, any number of pages.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::press::{self, Template};
use super::registration_form::{self, RegistrationForm, organisation_kind};
use super::{PaperError, letters, words};

/// The version of this template: raised whenever the same data would print differently.
pub const FORWARDING_TEMPLATE_VERSION: i64 = 1;

/// Everything that is printed of a list, as it was on the day it was frozen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ForwardingList {
    /// The version of the template that it was frozen for.
    pub template_version: i64,
    /// The body that issues it: `Ủy ban nhân dân huyện Thọ Xuân`.
    pub issuer: String,
    /// Where it is signed: `Thọ Xuân`.
    pub place: String,
    /// Its number among the papers of the body: `12/DS-UBND`.
    pub number: String,
    /// The day it was signed.
    pub signed_on: NaiveDate,
    /// The post of who signs; each line is printed on its own.
    pub signatory_post: String,
    /// The name of who signs, without titles.
    pub signatory_name: String,
    /// The body that it is sent to.
    pub recipient: String,
    /// The programme year.
    pub year: i64,
    /// The number of the province's plan for that year.
    pub plan_number: String,
    /// The forms, in the order of the list.
    pub forms: Vec<RegistrationForm>,
}

/// The body of a unit that issues papers: `Ủy ban nhân dân huyện Thọ Xuân`.
#[must_use]
pub fn peoples_committee(unit_kind: &str, unit_name: &str) -> String {
    format!("Ủy ban nhân dân {} {unit_name}", unit_kind.to_lowercase())
}

/// Prints the list and, behind it, its forms.
///
/// # Errors
/// See [`PaperError`]; a list without forms is [`PaperError::Nothing`].
pub fn forwarding_list(list: &ForwardingList) -> Result<Vec<u8>, PaperError> {
    if list.forms.is_empty() {
        return Err(PaperError::Nothing);
    }
    Ok(press::print(Template::ForwardingList, face(list))?.pdf)
}

/// Whether a list can be printed, without printing it: so that none is frozen that cannot.
///
/// # Errors
/// [`PaperError::Unprintable`], with the text, and with the place of its form in the list when it stands in one.
pub fn check_forwarding_list(list: &ForwardingList) -> Result<(), (Option<usize>, PaperError)> {
    let check = |value: serde_json::Result<Value>| letters::clean_all(&mut value?);
    for (place, form) in list.forms.iter().enumerate() {
        check(serde_json::to_value(form)).map_err(|error| (Some(place), error))?;
    }
    check(serde_json::to_value(list)).map_err(|error| (None, error))
}

/// What the template sets, in words.
fn face(list: &ForwardingList) -> Value {
    let makers: std::collections::BTreeSet<&str> = list.forms.iter().map(|form| form.organisation.as_str()).collect();
    let post: Vec<&str> = list.signatory_post.lines().collect();
    let attached = format!("(Kèm theo Danh sách số {} ngày {} của {})", list.number, words::numeric(list.signed_on), list.issuer);
    json!({
        "title": format!("Danh sách phiếu đăng ký sản phẩm OCOP năm {}, {}", list.year, list.issuer),
        "issuer": list.issuer,
        "number": list.number,
        "date": list.signed_on,
        "place_and_date": words::place_and_date(&list.place, list.signed_on),
        "year": list.year.to_string(),
        "plan": list.plan_number,
        "sum": format!("{:02} sản phẩm của {:02} chủ thể", list.forms.len(), makers.len()),
        "lines": list.forms.iter().map(line).collect::<Vec<_>>(),
        "post": post,
        "signatory": list.signatory_name,
        "recipient": list.recipient,
        "attached": attached,
        "forms": list.forms.iter().map(registration_form::face).collect::<Vec<_>>(),
    })
}

/// A row of the list without its number.
fn line(form: &RegistrationForm) -> [String; 7] {
    [
        form.product.clone(),
        form.organisation.clone(),
        organisation_kind(form.organisation_kind).to_owned(),
        form.address.clone(),
        form.group.clone(),
        form.score.map(words::points).unwrap_or_default(),
        registration_form::note(form.kind).to_owned(),
    ]
}
