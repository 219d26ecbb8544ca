//! The register in a browser that runs scripts: the plain form, with each mark saved as it is made.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use chrono::DateTime;
use domain::attendance::{Mark, MarkStatus, Marked, NewMark};
use domain::ids::{EnrolmentId, SessionId};
use domain::time::{local_time, show_time};
use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{AbortSignal, Element, Event, EventTarget, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::queue::Queue;
use super::register::{Foot, Line, RegisterWords};

/// How long the office may take to answer, in milliseconds.
const PATIENCE: u32 = 20_000;

/// The longest wait between two tries, in seconds.
const LONGEST_WAIT: u32 = 15;

struct Screen {
    address: String,
    words: RegisterWords,
    foot: Foot,
    form: Element,
    queue: RefCell<Queue>,
    /// Tries that failed one after the other.
    failures: Cell<u32>,
    /// Whether another try is set for later.
    is_set: Cell<bool>,
}

/// What came of sending marks.
enum Sent {
    Stored(Marked),
    Failed(Line),
    Refused(String),
}

/// Takes over the form of a register.
pub(super) fn take_over(session: SessionId, words: &RegisterWords, foot: Foot) {
    let Some(form) = document().get_element_by_id("register") else { return };
    let screen = Rc::new(Screen {
        address: format!("/api/sessions/{session}/marks"),
        words: words.clone(),
        foot,
        form,
        queue: RefCell::default(),
        failures: Cell::new(0),
        is_set: Cell::new(false),
    });
    foot.line.set(Line::Good);
    screen.listen(&screen.form, "change", |screen, event| {
        if let Some(row) = Row::around(event) {
            screen.changed(&row);
        }
    });
    screen.listen(&screen.form, "submit", Screen::submit);
    screen.listen(&screen.form, "keydown", Screen::key);
    screen.listen(&window(), "online", |screen, _| screen.send());
    screen.listen(&window(), "beforeunload", |screen, event| {
        if screen.queue.borrow().unsent() > 0 {
            event.prevent_default();
        }
    });
    // What was tapped before the script was there.
    for row in screen.rows() {
        screen.changed(&row);
    }
}

impl Screen {
    fn listen(self: &Rc<Self>, target: &EventTarget, name: &str, act: fn(&Rc<Screen>, &Event)) {
        let screen = self.clone();
        let listener = Closure::<dyn Fn(Event)>::new(move |event| act(&screen, &event));
        // A page without this listener still sends its form, so a browser that refuses it loses nothing.
        let _ = target.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        listener.forget();
    }

    fn rows(&self) -> Vec<Row> {
        let Ok(found) = self.form.query_selector_all(".person") else { return Vec::new() };
        (0..found.length()).filter_map(|n| Some(Row(found.item(n)?.dyn_into().ok()?))).collect()
    }

    fn row(&self, enrolment: EnrolmentId) -> Option<Row> {
        Some(Row(document().get_element_by_id(&format!("p-{enrolment}"))?))
    }

    /// Takes in what a row says, when that is something new.
    fn changed(self: &Rc<Self>, row: &Row) {
        let (Some(enrolment), Some(status)) = (row.enrolment(), row.status()) else { return };
        let note = row.note().map(|input| input.value().trim().to_owned()).unwrap_or_default();
        let is_stored = row.text("data-status") == status.as_str() && row.text("data-note") == note;
        if is_stored && !self.queue.borrow().holds(enrolment) {
            return;
        }
        let mark = NewMark {
            enrolment,
            status,
            note: (!note.is_empty()).then_some(note),
            nonce: nonce(),
            client_time: DateTime::from_timestamp_millis(js_sys::Date::now() as i64),
            seen: None,
        };
        self.queue.borrow_mut().made(mark);
        if self.failures.get() == 0 {
            row.show("saving", &self.words.saving);
        } else {
            self.show_unsent(row);
        }
        self.send();
    }

    /// Sends what waits, unless something is on its way.
    fn send(self: &Rc<Self>) {
        let batch = self.queue.borrow_mut().next(|enrolment| self.row(enrolment)?.text("data-mark").parse().ok());
        self.foot.unsent.set(self.queue.borrow().unsent());
        let Some(batch) = batch else { return };
        let screen = self.clone();
        spawn_local(async move {
            let sent = post(&screen.address, &batch).await;
            screen.take(&batch, sent);
        });
    }

    fn take(self: &Rc<Self>, batch: &[NewMark], sent: Sent) {
        match sent {
            Sent::Stored(marked) => {
                self.queue.borrow_mut().answered();
                self.failures.set(0);
                self.foot.counts.set(marked.counts);
                self.foot.line.set(Line::Good);
                for mark in &marked.marks {
                    self.settle(mark, marked.conflicts.contains(&mark.enrolment));
                }
            }
            Sent::Refused(sentence) => {
                if let Some(row) = self.queue.borrow_mut().refused().and_then(|mark| self.row(mark.enrolment)) {
                    row.show("refused", &sentence);
                }
                self.foot.line.set(Line::Refused(sentence));
            }
            Sent::Failed(line) => {
                self.queue.borrow_mut().failed();
                self.foot.line.set(line);
                for row in batch.iter().filter_map(|mark| self.row(mark.enrolment)) {
                    self.show_unsent(&row);
                }
                return self.try_later();
            }
        }
        self.send();
    }

    fn show_unsent(&self, row: &Row) {
        row.show("unsent", &self.words.waiting.replace("{count}", "1"));
    }

    fn try_later(self: &Rc<Self>) {
        let failures = self.failures.get();
        self.failures.set(failures + 1);
        let wait = 2_u32.saturating_pow(failures).min(LONGEST_WAIT);
        self.foot.unsent.set(self.queue.borrow().unsent());
        if self.is_set.replace(true) {
            return;
        }
        let screen = self.clone();
        let again = move || {
            screen.is_set.set(false);
            screen.send();
        };
        set_timeout(again, Duration::from_secs(u64::from(wait)));
    }

    /// Shows a mark that is stored, unless a newer one is being made over it.
    fn settle(&self, mark: &Mark, is_conflict: bool) {
        let Some(row) = self.row(mark.enrolment) else { return };
        let note = mark.note.clone().unwrap_or_default();
        let was = format!("{} {} {note}", mark.id, mark.status);
        for (name, value) in
            [("data-mark", mark.id.to_string()), ("data-status", mark.status.to_string()), ("data-note", note.clone())]
        {
            let _ = row.0.set_attribute(name, &value);
        }
        if let Some(input) = row.input("input[type=hidden]") {
            input.set_value(&was);
        }
        if self.queue.borrow().holds(mark.enrolment) {
            return;
        }
        row.choose(mark.status);
        if let Some(input) = row.note() {
            input.set_value(&note);
        }
        if is_conflict {
            let status = MarkStatus::ALL.iter().position(|status| *status == mark.status);
            let status = status.and_then(|n| self.words.statuses.get(n)).map_or("", String::as_str);
            row.show("conflict", &self.words.conflict.replace("{by}", &mark.by).replace("{status}", status));
        } else {
            row.show("saved", &format!("{} · {}", show_time(local_time(mark.at)), mark.by));
        }
    }

    fn submit(self: &Rc<Self>, event: &Event) {
        event.prevent_default();
        let button = event.dyn_ref::<web_sys::SubmitEvent>().and_then(web_sys::SubmitEvent::submitter);
        if button.is_some_and(|button| button.get_attribute("value").as_deref() == Some("everyone")) {
            for row in self.rows().iter().filter(|row| row.status().is_none()) {
                row.choose(MarkStatus::Present);
                self.changed(row);
            }
        }
        self.send();
    }

    /// Arrows go from person to person; 1 to 4, or a letter, marks and goes on to the next.
    fn key(self: &Rc<Self>, event: &Event) {
        let (Some(event), Some(row)) = (event.dyn_ref::<KeyboardEvent>(), Row::around(event)) else { return };
        let in_text = row.note().is_some_and(|note| event.target().as_ref() == Some(note.as_ref()));
        if in_text || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let key = event.key().to_lowercase();
        let is = |keys: &str| keys.chars().position(|letter| key.chars().eq([letter]));
        let status = is("1234").or_else(|| is(&self.words.keys)).and_then(|n| MarkStatus::ALL.get(n));
        let down = match key.as_str() {
            "arrowdown" => true,
            "arrowup" => false,
            _ if status.is_some() => true,
            _ => return,
        };
        event.prevent_default();
        if let Some(status) = status {
            row.choose(*status);
            self.changed(&row);
        }
        row.neighbour(down).unwrap_or(row).focus();
    }
}

/// One person of the form.
struct Row(Element);

impl Row {
    fn around(event: &Event) -> Option<Row> {
        event.target()?.dyn_ref::<Element>()?.closest(".person").ok().flatten().map(Row)
    }

    fn text(&self, attribute: &str) -> String {
        self.0.get_attribute(attribute).unwrap_or_default()
    }

    fn enrolment(&self) -> Option<EnrolmentId> {
        self.text("data-enrolment").parse().ok()
    }

    fn input(&self, selector: &str) -> Option<HtmlInputElement> {
        self.0.query_selector(selector).ok().flatten()?.dyn_into().ok()
    }

    fn note(&self) -> Option<HtmlInputElement> {
        self.input("input[type=text]")
    }

    fn status(&self) -> Option<MarkStatus> {
        self.input("input[type=radio]:checked")?.value().parse().ok()
    }

    fn choose(&self, status: MarkStatus) {
        if let Some(input) = self.input(&format!("input[value={status}]")) {
            input.set_checked(true);
        }
    }

    /// Shows how the mark of this person is doing.
    fn show(&self, state: &str, sentence: &str) {
        let _ = self.0.set_attribute("data-state", state);
        if let Ok(Some(place)) = self.0.query_selector(".state") {
            place.set_text_content(Some(sentence));
        }
    }

    fn neighbour(&self, down: bool) -> Option<Row> {
        let sibling = if down { self.0.next_element_sibling() } else { self.0.previous_element_sibling() };
        sibling.filter(|element| element.class_list().contains("person")).map(Row)
    }

    fn focus(&self) {
        if let Some(input) = self.input("input[type=radio]:checked").or_else(|| self.input("input[type=radio]")) {
            let _ = input.unchecked_ref::<HtmlElement>().focus();
        }
    }
}

/// Sends marks, and says what came of it.
async fn post(address: &str, marks: &[NewMark]) -> Sent {
    let signal = AbortSignal::timeout_with_u32(PATIENCE);
    let Ok(request) = Request::post(address).header("accept", "application/json").abort_signal(Some(&signal)).json(marks) else {
        return Sent::Failed(Line::Broken);
    };
    let Ok(response) = request.send().await else { return Sent::Failed(Line::Broken) };
    match response.status() {
        200 => response.json().await.map_or(Sent::Failed(Line::Broken), Sent::Stored),
        401 => Sent::Failed(Line::SignedOut),
        404 | 422 => response.text().await.map_or(Sent::Failed(Line::Broken), Sent::Refused),
        _ => Sent::Failed(Line::Broken),
    }
}

/// What makes a mark one of a kind: 128 random bits. (`randomUUID` is missing where there is no TLS.)
fn nonce() -> String {
    let mut bytes = [0; 16];
    if let Ok(crypto) = window().crypto() {
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
