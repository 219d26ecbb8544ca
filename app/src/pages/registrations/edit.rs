//! `/registrations/{id}/edit`: a form is filled in, one section at a time; each press of a button keeps what was typed.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::accounts::Language;
use domain::ids::{ProductGroupId, RegistrationId};
use domain::registrations::{Content, FormField, RegistrationKind, Section};
use leptos::prelude::*;
use operations::registrations::{self, SaveCommand, Shown};

use super::content::{fields, is_filled, sections, training};
use super::inputs::input;
use super::{below_form, faults};
use crate::components::{FaultSummary, Notice, SelectField, TextField, field_id};
use crate::wording::{form_words, registrations as say};
use crate::{Context, Form, Path, Problem};

/// A part of the form that is filled in at one time: the product first, then the sections of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Product,
    Section(Section),
}

impl Part {
    fn named(name: &str, kind: RegistrationKind) -> Option<Part> {
        match name {
            "" | "product" => Some(Part::Product),
            name => name.parse().ok().filter(|section| sections(kind).any(|known| known == *section)).map(Part::Section),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Part::Product => "product",
            Part::Section(section) => section.as_str(),
        }
    }

    fn title(self, l: Language) -> &'static str {
        match self {
            Part::Product => say::product_section(l),
            Part::Section(section) => form_words::section(l, section),
        }
    }

    fn all(kind: RegistrationKind) -> Vec<Part> {
        std::iter::once(Part::Product).chain(sections(kind).map(Part::Section)).collect()
    }

    fn fields(self, kind: RegistrationKind) -> Vec<FormField> {
        match self {
            Part::Product => Vec::new(),
            Part::Section(section) => fields(kind, section).collect(),
        }
    }
}

/// The page on which a field, an item of the product, or one of its cells is filled in.
pub(super) fn address(id: RegistrationId, subject: &str) -> Option<String> {
    let name = subject.split('.').next().unwrap_or_default();
    let part = match name {
        "product_name" | "group" => Part::Product,
        name => Part::Section(FormField::named(name)?.section()),
    };
    Some(format!("/registrations/{id}/edit?section={}#{}", part.name(), field_id(subject)))
}

pub(super) async fn show(context: Context, Path(id): Path<RegistrationId>, asked: Form) -> Result<Response, Problem> {
    let known = registrations::show(&context.office, context.actor()?, id).await?;
    let part = Part::named(asked.get("section"), known.registration.kind).ok_or(Problem::NotFound)?;
    if !known.may.fill {
        // What is under review is read, not written.
        return Ok(Context::see(&format!("/registrations/{id}")));
    }
    let mut form = written(&known);
    // What was typed earlier and cannot be read is said beside it; what is missing is said on the form's own page.
    let wrong = known.content.check(known.registration.kind).0.into_iter();
    form.faults.0 = wrong.filter(|fault| fault.refusal != Refusal::Missing && is_in(part, &fault.field)).collect();
    Ok(page(&context, &known, part, &form, asked.has("saved"), StatusCode::OK))
}

pub(super) async fn save(context: Context, Path(id): Path<RegistrationId>, mut form: Form) -> Result<Response, Problem> {
    let actor = context.actor_keeping(&form)?;
    let known = registrations::show(&context.office, actor, id).await?;
    let kind = known.registration.kind;
    let part = Part::named(form.get("section"), kind).ok_or(Problem::NotFound)?;
    let group: Result<Option<ProductGroupId>, _> = match form.get("group") {
        "" => Ok(None),
        typed => typed.parse().map(Some),
    };
    let outcome = match group {
        Err(_) => Err(operations::Failure::field("group", Refusal::NotAChoice)),
        Ok(group) => {
            let product = (part == Part::Product).then(|| (form.get("product_name").to_owned(), group));
            let version = form.get("version").parse().unwrap_or(0);
            let command = SaveCommand { id, version, fields: part.fields(kind), typed: form.fields().collect(), product };
            registrations::save(&context.office, actor, &command).await
        }
    };
    match outcome {
        Ok(()) => {
            let parts = Part::all(kind);
            let next = parts.iter().position(|one| *one == part).and_then(|here| parts.get(here + 1)).copied();
            let to = match form.get("go") {
                "next" => next,
                "whole" => None,
                // To another part by its name; else one stays here.
                go => Some(parts.into_iter().find(|one| one.name() == go).unwrap_or(part)),
            };
            let to = to.map_or_else(
                || format!("/registrations/{id}?done=saved"),
                |part| format!("/registrations/{id}/edit?section={}&saved=yes", part.name()),
            );
            Ok(Context::see(&to))
        }
        Err(failure) => {
            form.faults = faults(failure)?;
            if !known.may.fill {
                // Sent by somebody else meanwhile: what was typed stands in the page all the same, to be copied.
                form.faults.add("", Refusal::ChangedMeanwhile);
            }
            let known = registrations::show(&context.office, actor, id).await?;
            Ok(page(&context, &known, part, &form, false, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

fn is_in(part: Part, name: &str) -> bool {
    let field = FormField::named(name.split('.').next().unwrap_or_default());
    field.is_some_and(|field| part == Part::Section(field.section()))
}

/// What is kept, as a form that can be shown.
fn written(known: &Shown) -> Form {
    let r = &known.registration;
    let mut fields = vec![("product_name".to_owned(), r.product_name.clone())];
    fields.extend(r.group_id.map(|group| ("group".to_owned(), group.to_string())));
    fields.extend(known.content.sent().map(|(name, value)| (name.to_owned(), value.to_owned())));
    Form::filled(fields)
}

fn page(context: &Context, known: &Shown, part: Part, form: &Form, saved: bool, status: StatusCode) -> Response {
    let l = context.language;
    let r = &known.registration;
    let page = context.page(say::edit_title(l, &r.product_name), || {
        let saved = saved.then(|| view! { <Notice text=say::saved(l)/> });
        let inputs = match part {
            Part::Product => product(l, known, form).into_any(),
            Part::Section(section) => section_inputs(l, known, section, form),
        };
        view! {
            {saved}
            <FaultSummary language=l faults=form.faults.clone() naming=form_words::subject/>
            <form method="post" action=format!("/registrations/{}/edit", r.id) novalidate>
                <input type="hidden" name="version" value=r.version.to_string()/>
                <input type="hidden" name="section" value=part.name()/>
                // The first button is the one that the Enter key presses.
                <button class="hidden" name="go" value="stay" tabindex="-1" aria-hidden="true">{say::save(l)}</button>
                {parts(l, known, part)}
                <h2>{part.title(l)}</h2>
                {inputs}
                <p class="actions">
                    <button name="go" value="next">{say::save_next(l)}</button>
                    <button name="go" value="stay" class="quiet">{say::save(l)}</button>
                    <button name="go" value="whole" class="quiet">{say::to_form(l)}</button>
                </p>
            </form>
        }
    });
    below_form(page, l, r).status(status).into_response()
}

/// The parts of the form, each with how much of it is filled in. Going to one keeps what was typed in this one.
fn parts(l: Language, known: &Shown, here: Part) -> impl IntoView + use<> {
    let r = &known.registration;
    let chips = Part::all(r.kind).into_iter().map(|part| {
        let (filled, of) = match part {
            Part::Product => (1 + usize::from(r.group_id.is_some()), 2),
            Part::Section(_) => count(&known.content, &part.fields(r.kind)),
        };
        let current = (part == here).then_some("step");
        let said = say::part(l, part.title(l), filled, of);
        view! { <li><button class="chip" name="go" value=part.name() aria-current=current>{said}</button></li> }
    });
    view! { <ul class="chips">{chips.collect_view()}</ul> }
}

fn count(content: &Content, fields: &[FormField]) -> (usize, usize) {
    (fields.iter().filter(|field| is_filled(content, **field)).count(), fields.len())
}

/// What the officer wants put right about `subject`.
fn remark(l: Language, known: &Shown, subject: &str) -> Option<String> {
    known.open_remarks().find(|remark| remark.subject == subject).map(|remark| say::remark_hint(l, &remark.remark))
}

fn product(l: Language, known: &Shown, form: &Form) -> impl IntoView + use<> {
    let groups = known.groups.iter().map(|group| (group.id.to_string(), format!("{} › {}", group.industry, group.title())));
    let groups = groups.collect();
    let name_hint = remark(l, known, "product_name").unwrap_or_else(|| say::product_name_hint(l).to_owned());
    let group_hint = remark(l, known, "group").unwrap_or_else(|| say::group_hint(l).to_owned());
    view! {
        <TextField language=l form=form name="product_name" label=say::product_name(l) hint=name_hint/>
        <SelectField language=l form=form name="group" label=say::group(l) choices=groups empty=say::choose(l).to_owned() hint=group_hint/>
    }
}

fn section_inputs(l: Language, known: &Shown, section: Section, form: &Form) -> AnyView {
    let kind = known.registration.kind;
    let inputs = fields(kind, section).map(|field| {
        let required = field.is_required(kind).then(|| say::required_hint(l).to_owned());
        let hint = remark(l, known, field.as_str()).or(required).unwrap_or_default();
        let training = (field == FormField::OtherTraining).then(|| training(l, known));
        view! { {training}{input(l, form, field.as_str(), field, hint)} }
    });
    inputs.collect_view().into_any()
}
