//! Trying an address, and what it takes.

use axum::http::{Method, StatusCode};
use domain::accounts::Actor;
use domain::enrolments::{EnrolmentSource, Holder};
use domain::ids::{
    AllotmentId, DistinctId, ForwardingListId, MergeId, OrganisationId, PersonId, RunId, SelectionDecisionId, UnitId, WaitingId,
    WalkInId,
};
use domain::lists::SignForm;
use domain::people::Choices;
use domain::registrations::State;
use domain::selections::RulingForm;
use domain::walk_ins::WalkInForm;
use operations::allotments::{self, AllotCommand, Line};
use operations::enrolments::{EnrolCommand, Enrollee};
use operations::people::{MergeCommand, PersonChange};
use operations::walk_ins::NoteCommand;
use operations::{Office, lists, selections, testing, waiting, walk_ins};
use server::testing::Visitor;
use store::programmes::ProgrammeYear;

/// What an answer was.
fn letter(status: StatusCode, location: &str) -> char {
    match status {
        StatusCode::NOT_FOUND => 'n',
        StatusCode::UNAUTHORIZED => 's',
        StatusCode::SEE_OTHER if location.starts_with("/sign-in") => 's',
        status if status.is_server_error() => '!',
        _ => 'y',
    }
}

/// The ids that addresses are filled with.
pub(super) struct Ids(pub(super) Vec<(&'static str, String)>, pub(super) String);

impl Ids {
    pub(super) fn fill(&self, path: &str) -> String {
        let mut filled = path.to_owned();
        for (prefix, id) in &self.0 {
            if path.starts_with(prefix) {
                for name in ["{id}", "{unit}", "{token}", "{secret}", "{requirement}", "{year}"] {
                    filled = filled.replace(name, id);
                }
                filled = filled.replace("{organisation}", &self.1);
            }
        }
        filled
    }
}

/// A list that the province accepted, and a decision on its product that was published.
pub(super) async fn listed(
    office: &Office,
    officer: &Actor,
    unit: UnitId,
    organisation: OrganisationId,
    programme: &ProgrammeYear,
) -> (ForwardingListId, SelectionDecisionId) {
    let form = testing::registration(office, officer, programme, organisation, "Bánh gai", State::Evaluated).await;
    let command = lists::BeginCommand { unit, year: programme.year, forms: vec![form] };
    let id = lists::begin(office, officer, &command).await.unwrap();
    let today = domain::time::show_day(office.today());
    let (post, name) = ("Chủ tịch".into(), "Trần Minh Đức".into());
    let signed = SignForm { number: "1/DS".into(), signed_on: today.clone(), signatory_post: post, signatory_name: name };
    lists::freeze(office, officer, lists::Seen { id, version: 1 }, &signed).await.unwrap();
    lists::forward(office, officer, lists::Seen { id, version: 2 }).await.unwrap();
    lists::accept(office, officer, lists::Seen { id, version: 3 }).await.unwrap();
    let version = operations::registrations::show(office, officer, form).await.unwrap().registration.version;
    let form = (form, version);
    let ruling = RulingForm { number: "1/QĐ".into(), decided_on: today, choice: "select".into(), reason: String::new() };
    let command = selections::DecideCommand { year: programme.year, products: vec![form], form: ruling };
    let decision = selections::decide(office, officer, &command).await.unwrap();
    selections::publish(office, officer, decision, 1).await.unwrap();
    (id, decision)
}

/// Gives a person a citizen number; and of their organisation a person who looks like them, two who were told apart, and two
/// records that were merged.
pub(super) async fn records_of_people(
    office: &Office,
    officer: &Actor,
    person: PersonId,
    organisation: OrganisationId,
) -> (PersonId, DistinctId, MergeId) {
    let known = operations::people::show(office, officer, person).await.unwrap().person;
    let change = PersonChange {
        birth: known.birth(),
        full_name: known.full_name,
        sex: None,
        phone: None,
        email: None,
        citizen_id: Some("038085001234".parse().unwrap()),
    };
    operations::people::change(office, officer, person, change).await.unwrap();
    let mut people = Vec::new();
    for name in ["Nguyễn Văn Thử", "Lê Thị An", "Lê Thị An", "Lê Thị Bình", "Lê Thị Bình"] {
        people.push(testing::person(office, name, Some(organisation)).await);
    }
    let apart = operations::people::tell_apart(office, officer, people[1], people[2]).await.unwrap();
    let (kept, absorbed) = (people[3].min(people[4]), people[3].max(people[4]));
    let command = MergeCommand { kept, absorbed, choices: Choices::default(), note: String::new() };
    (people[0], apart, operations::people::merge(office, officer, &command).await.unwrap())
}

/// Seats that a unit was promised of a run that is full, and somebody of an organisation who waits for one.
pub(super) async fn kept(
    office: &Office,
    officer: &Actor,
    (planner, unit): (&Actor, UnitId),
    organisation: OrganisationId,
) -> (AllotmentId, WaitingId) {
    let run = testing::published_run_in(office, planner, "ENT-4", 1, "2019-07-16", unit).await;
    let line = Line { holder: Holder::Unit(unit), seen: None, seats: 1, until: office.today() };
    let command = AllotCommand { run, lines: vec![line], reason: String::new() };
    allotments::allot(office, officer, &command).await.unwrap();
    let mut people = Vec::new();
    for name in ["Lê Thị Hà", "Lê Thị Lan"] {
        people.push(Enrollee::Member(testing::person(office, name, Some(organisation)).await));
    }
    let command = EnrolCommand { run, organisation, people, source: EnrolmentSource::Form };
    let joined = waiting::join(office, officer, command).await.unwrap();
    let mut records = office.database.read().await.unwrap();
    let allotment = store::allotments::of_run(&mut records, run).await.unwrap()[0].id;
    (allotment, joined.queued[0].entry)
}

/// Somebody who came to the first session of a run without a place.
pub(super) async fn walked_in(office: &Office, officer: &Actor, run: RunId) -> WalkInId {
    let mut records = office.database.read().await.unwrap();
    let session = store::runs::sessions(&mut records, run).await.unwrap()[0].id;
    drop(records);
    let entry = WalkInForm { full_name: "Lê Thị Hoa".into(), ..WalkInForm::default() }.parse(office.today()).unwrap();
    walk_ins::note(office, officer, &NoteCommand { session, entry, nonce: "1".into() }).await.unwrap()
}

/// Asks for a page or sends a form, and gives the letter of the answer.
pub(super) async fn try_once(visitor: &mut Visitor, method: &Method, path: &str, fields: &[(&str, String)]) -> char {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = if *method == Method::GET {
        visitor.get(path).await
    } else if path.starts_with("/api/") {
        visitor.send(Method::POST, path, "application/json", b"[]".to_vec()).await
    } else if path.ends_with("/files") {
        visitor.upload(path, &fields, "file", "tep.pdf", b"no file of ours").await
    } else if path.ends_with("/spreadsheet") {
        visitor.upload(path, &fields, "file", "list.xlsx", b"no spreadsheet").await
    } else {
        visitor.post(path, &fields).await
    };
    letter(answer.status, answer.location())
}
