//! Forms as they are sent: every value that was typed, so that it can come back beside its fault.

use std::str::FromStr;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use chrono::{NaiveDate, NaiveTime};
use domain::{Faults, Refusal, text, time};

use crate::Problem;

/// The fields of a form or a query, in the order they were sent, and the faults found in them.
///
/// Reading a field through [`Form::required`] and its siblings notes what is wrong with it in [`Form::faults`]; show the
/// form again with them, status 422.
#[derive(Debug, Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    /// What is wrong with it.
    pub faults: Faults,
}

impl Form {
    /// A form with these values, for showing one that starts out filled.
    #[must_use]
    pub fn filled<N: Into<String>, V: Into<String>>(fields: impl IntoIterator<Item = (N, V)>) -> Form {
        Form { fields: fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect(), faults: Faults::default() }
    }

    /// Reads `a=b&c=d`.
    #[must_use]
    pub fn parse(encoded: &[u8]) -> Form {
        Form::filled(form_urlencoded::parse(encoded))
    }

    /// What was typed into a field; empty when it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// Whether a field was sent at all: a ticked box, the button that was pressed.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    /// Everything sent under one name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Every field that was sent.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Sets a field, for showing the form again with a change.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.into()));
    }

    /// Adds several values of one name, for showing a form with boxes ticked.
    pub fn add(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        self.fields.extend(values.into_iter().map(|value| (name.to_owned(), value)));
    }

    /// How many rows were sent of fields named `prefix.0.…`, `prefix.1.…`: one more than the largest number, 1,000 at most.
    #[must_use]
    pub fn rows(&self, prefix: &str) -> usize {
        let number = |name: &str| name.strip_prefix(prefix)?.strip_prefix('.')?.split('.').next()?.parse::<usize>().ok();
        self.fields.iter().filter_map(|(name, _)| number(name)).max().map_or(0, |last| last.saturating_add(1).min(1000))
    }

    /// A text that must not be empty, normalised, of at most `limit` characters.
    pub fn required(&mut self, name: &str, limit: usize) -> Option<String> {
        let value = self.optional(name, limit)?;
        if value.is_empty() {
            self.faults.add(name, Refusal::Missing);
            return None;
        }
        Some(value)
    }

    /// A text that may be empty, normalised, of at most `limit` characters.
    pub fn optional(&mut self, name: &str, limit: usize) -> Option<String> {
        let value = text::normalise(self.get(name));
        if value.chars().count() > limit {
            self.faults.add(name, Refusal::TooLong { limit });
            return None;
        }
        Some(value)
    }

    /// A value that parses into one of the house's own types; an empty field is missing.
    pub fn value<T: FromStr<Err = Refusal>>(&mut self, name: &str) -> Option<T> {
        if self.get(name).trim().is_empty() {
            self.faults.add(name, Refusal::Missing);
            return None;
        }
        let parsed = self.get(name).parse();
        self.faults.take(name, parsed)
    }

    /// The same for a field that may stay empty: the outer `None` is a fault, the inner one an empty field.
    pub fn value_or_none<T: FromStr<Err = Refusal>>(&mut self, name: &str) -> Option<Option<T>> {
        if self.get(name).trim().is_empty() { Some(None) } else { self.value(name).map(Some) }
    }

    /// An identifier: one of ours was in the choices, so anything else is not a choice.
    pub fn id<T: FromStr>(&mut self, name: &str) -> Option<T> {
        if self.get(name).is_empty() {
            self.faults.add(name, Refusal::Missing);
            return None;
        }
        let parsed = self.get(name).parse().map_err(|_| Refusal::NotAChoice);
        self.faults.take(name, parsed)
    }

    /// A whole number from `least` to `most`.
    pub fn number(&mut self, name: &str, least: i64, most: i64) -> Option<i64> {
        let parsed = self
            .get(name)
            .trim()
            .parse()
            .ok()
            .filter(|number| (least..=most).contains(number))
            .ok_or(Refusal::NotANumber { least, most });
        self.faults.take(name, parsed)
    }

    /// A day, as typed or as a browser sends it.
    pub fn day(&mut self, name: &str) -> Option<NaiveDate> {
        let parsed = time::parse_day(self.get(name));
        self.faults.take(name, parsed)
    }

    /// A time of day.
    pub fn time(&mut self, name: &str) -> Option<NaiveTime> {
        let parsed = time::parse_time(self.get(name));
        self.faults.take(name, parsed)
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Response;

    /// The query of a GET, the url-encoded body of a POST.
    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        if request.method().is_safe() {
            return Ok(Form::parse(request.uri().query().unwrap_or_default().as_bytes()));
        }
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("application/x-www-form-urlencoded") {
            return Err(Problem::NotAForm.into_response());
        }
        let body = Bytes::from_request(request, state).await.map_err(|rejection| rejection.into_response())?;
        Ok(Form::parse(&body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_kept_beside_its_faults() {
        let mut form = Form::parse("name=&seats=x&day=2019-07-02&rows.0.a=1&rows.2.a=3&ng%C6%B0%E1%BB%9Di=H%C3%A0".as_bytes());
        assert_eq!(form.required("name", 10), None);
        assert_eq!(form.number("seats", 1, 9), None);
        assert_eq!(form.day("day"), NaiveDate::from_ymd_opt(2019, 7, 2));
        assert_eq!(form.rows("rows"), 3);
        assert_eq!(form.get("người"), "Hà");
        assert_eq!(form.get("seats"), "x");
        let named: Vec<_> = form.faults.0.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(named, ["name", "seats"]);
    }
}
