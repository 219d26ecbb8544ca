//! The dossier of a form: what is there, what is missing, and how it gets there.

use domain::accounts::Language;
use domain::registrations::{DossierItem, MOST_FILE_BYTES};
use leptos::prelude::*;
use operations::registrations::Shown;

use crate::Form;
use crate::components::SelectField;
use crate::wording::{form_words, refusals, registrations as say};

pub(super) fn section(l: Language, known: &Shown, form: &Form) -> AnyView {
    let rows = |wanted: bool| {
        let items = known.checklist.items.iter().filter(move |(_, required, _)| *required == wanted);
        items.map(|(item, required, there)| row(l, known, *item, *required, *there)).collect_view()
    };
    let adding = known.may.fill.then(|| adding(l, known, form));
    // What may be there but need not is folded away while nothing of it is.
    let is_wanted = |item: &DossierItem| known.open_remarks().any(|remark| remark.subject == item.as_str());
    let any = known.checklist.items.iter().any(|(item, required, there)| !required && (*there || is_wanted(item)));
    view! {
        <section id="dossier">
            <h2>{say::dossier(l)}</h2>
            {table(l, rows(true))}
            <details class="fold" open=any><summary>{say::supplementary(l)}</summary>{table(l, rows(false))}</details>
            {adding}
        </section>
    }
    .into_any()
}

fn table(l: Language, rows: impl IntoView + 'static) -> impl IntoView {
    view! {
        <div class="scroll" role="region" aria-label=say::dossier(l) tabindex="0"><table class="rows">
            <thead><tr>
                <th scope="col">{say::item(l)}</th><th scope="col">{say::state(l)}</th>
                <th scope="col">{say::files(l)}</th><th scope="col">{say::on_paper(l)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table></div>
    }
}

fn row(l: Language, known: &Shown, item: DossierItem, required: bool, there: bool) -> impl IntoView + use<> {
    let name = form_words::item(l, item);
    let state = match (there, required) {
        (true, _) => Some(view! { <span class="tag good">{say::is_there(l)}</span> }.into_any()),
        (false, true) => Some(view! { <span class="tag bad">{say::is_missing(l)}</span> }.into_any()),
        (false, false) => None,
    };
    let remark = known.open_remarks().find(|remark| remark.subject == item.as_str());
    let remark = remark.map(|remark| view! { <p class="warn">{say::remark_hint(l, &remark.remark)}</p> });
    let files = known.attachments.iter().filter(|file| file.item == item).map(|file| {
        let remove = known.may.fill.then(|| {
            view! {
                <form method="post" action=format!("/attachments/{}/remove", file.id)>
                    <button class="link" aria-label=say::remove_named(l, &file.file_name)>{say::remove(l)}</button>
                </form>
            }
        });
        view! { <li><a href=format!("/attachments/{}", file.id)>{file.file_name.clone()}</a>" · "{size(l, file.size)}{remove}</li> }
    });
    let files: Vec<_> = files.collect();
    let files = (!files.is_empty()).then(|| view! { <ul class="plain">{files}</ul> });
    let received = known.receipts.contains(&item);
    let paper = if known.may.receive_items {
        let (value, word, label) = if received {
            ("no", say::unreceive(l), say::unreceive_named(l, name))
        } else {
            ("yes", say::receive(l), say::receive_named(l, name))
        };
        let mark = received.then(|| view! { <span>{say::is_received(l)}</span>" " });
        Some(
            view! {
                <form method="post" action=format!("/registrations/{}/receipts", known.registration.id)>
                    <input type="hidden" name="item" value=item.as_str()/>
                    <input type="hidden" name="is_there" value=value/>
                    {mark}<button class="link" aria-label=label>{word}</button>
                </form>
            }
            .into_any(),
        )
    } else {
        received.then(|| view! { <span>{say::is_received(l)}</span> }.into_any())
    };
    view! { <tr><th scope="row">{name}{remark}</th><td>{state}</td><td>{files}</td><td data-label=say::on_paper(l)>{paper}</td></tr> }
}

/// The size of a file as people read it.
fn size(l: Language, bytes: i64) -> String {
    if bytes < 100_000 {
        return format!("{} kB", (bytes + 999) / 1000);
    }
    let tenths = (bytes + 50_000) / 100_000;
    let point = if l == Language::Vietnamese { ',' } else { '.' };
    format!("{}{point}{} MB", tenths / 10, tenths % 10)
}

fn adding(l: Language, known: &Shown, form: &Form) -> impl IntoView + use<> {
    let items = known.checklist.items.iter().map(|(item, required, _)| {
        let name = form_words::item(l, *item);
        (item.to_string(), if *required { format!("{name} ({})", say::required(l)) } else { name.to_owned() })
    });
    let items = items.collect();
    let mut chosen = form.clone();
    // What is missing is what is sent, more often than not.
    if let (false, Some(missing)) = (form.has("item"), known.checklist.missing().next()) {
        chosen.set("item", missing.as_str());
    }
    let sentences: Vec<String> = form.faults.of("file").map(|refusal| refusals::say(l, refusal)).collect();
    let is_faulty = (!sentences.is_empty()).then_some("true");
    let fault = is_faulty.map(|_| view! { <p class="fault" id="f-file-fault">{sentences.join(" ")}</p> });
    view! {
        <form method="post" enctype="multipart/form-data" action=format!("/registrations/{}/files", known.registration.id)>
            <SelectField language=l form=&chosen name="item" label=say::item(l) choices=items/>
            <div class="field">
                <label for="f-file">{say::file(l)}</label>
                <input id="f-file" name="file" type="file" accept=".pdf,.jpg,.jpeg,.png,.xlsx" required=true
                    aria-describedby=is_faulty.map(|_| "f-file-fault") aria-invalid=is_faulty/>
                <small class="hint">{say::dossier_lead(l, MOST_FILE_BYTES / 1_000_000)}</small>
                {fault}
            </div>
            <p class="actions"><button class="quiet">{say::attach(l)}</button></p>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_at_a_glance() {
        assert_eq!(size(Language::English, 1), "1 kB");
        assert_eq!(size(Language::Vietnamese, 1_250_000), "1,3 MB");
    }
}
