//! The page that asks for a code, typed from a slip, a letter or the telephone.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::accounts::{Language, slip_code};
use leptos::prelude::*;
use operations::Outcome;

use crate::components::{FaultSummary, TextField};
use crate::pages::accounts::with_faults;
use crate::wording::accounts as w;
use crate::{Context, Form, Problem};

/// What is asked for, and where.
pub struct CodePage {
    /// The address of the page; what the code opens lies below it.
    pub address: &'static str,
    /// Its title.
    pub title: fn(Language) -> &'static str,
    /// The label of the field.
    pub label: fn(Language) -> &'static str,
    /// What a code looks like.
    pub hint: fn(Language) -> &'static str,
}

impl CodePage {
    /// Goes to what a typed code opens, if `opens` knows it; else asks again and says why.
    pub async fn go<T>(
        &self,
        context: &Context,
        mut form: Form,
        opens: impl AsyncFnOnce(&str) -> Outcome<T>,
    ) -> Result<Response, Problem> {
        let code = slip_code(form.get("code"));
        if code.is_empty() {
            form.faults.add("code", Refusal::Missing);
            return Ok(self.show(context, &form, StatusCode::UNPROCESSABLE_ENTITY));
        }
        match opens(&code).await {
            Ok(_) => Ok(Context::see(&format!("{}/{code}", self.address))),
            Err(failure) => {
                let (form, status) = with_faults(form, failure)?;
                Ok(self.show(context, &form, status))
            }
        }
    }

    /// Asks for the code.
    pub fn show(&self, context: &Context, form: &Form, status: StatusCode) -> Response {
        let l = context.language;
        let page = context.page((self.title)(l), || {
            view! {
                <FaultSummary language=l faults=form.faults.clone()/>
                <form method="post" action=self.address>
                    <TextField language=l form=form name="code" label=(self.label)(l) hint=(self.hint)(l) required=true/>
                    <button>{w::go_on(l)}</button>
                </form>
            }
        });
        page.status(status).into_response()
    }
}
