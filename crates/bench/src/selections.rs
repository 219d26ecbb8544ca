//! The province's table of forwarded products over 10,000 forms: how long its first page takes.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::{Duration, Instant};

use domain::ids::{ForwardingListId, RegistrationId, SelectionDecisionId, UnitId};
use domain::organisations::OrganisationKind;
use domain::registrations::{RegistrationKind, RegistrationSource, State};
use domain::units::UnitLevel;
use operations::testing::{organisation, programme_year};
use store::Work;
use store::forwarding::NewList;
use store::programmes::ProgrammeYear;
use store::registrations::Registration;

use crate::house::House;
use crate::load::{Connection, get};
use crate::process::{Server, program};
use crate::web::{page, ready, sign_in};
use crate::{Fallible, line};

const FORMS: usize = 10_000;
const YEAR: i32 = 2019;

/// How often each page is asked for.
const TIMES: usize = 100;

/// How many units received the forms.
const UNITS: usize = 8;

const GOODS: [&str; 10] = [
    "Mắm tép",
    "Bánh gai",
    "Nem chua",
    "Mật ong rừng",
    "Rượu siêu men lá",
    "Chè lam",
    "Gạo nếp hạt cau",
    "Bưởi Luận Văn",
    "Nước mắm cốt",
    "Miến dong",
];

const PLACES: [&str; 8] = ["Hà Yên", "Tứ Trụ", "Bà Năm", "Phủ Quảng", "Lam Sơn", "Ba Làng", "Xuân Lập", "Thọ Hải"];

pub(crate) async fn measure(binary: &Path, folder: &Path) -> Fallible<()> {
    let file = folder.join("selections.db");
    let house = House::build(&file, 0).await?;
    fill(&house).await?;
    house.office.database.close().await;

    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let child = program(binary, &format!("sqlite:{}", file.display()), address).spawn()?;
    let server = Server { address, child };
    ready(address).await?;
    let cookie = format!("cookie: {}\r\n", sign_in(address).await?);
    let shown = page(address, &get(&format!("/selections/{YEAR}"), &cookie)).await?;
    let rows = String::from_utf8_lossy(&shown.body).matches("name=\"product\"").count();
    line("the first page shows", format!("{rows} of {FORMS} products, {} bytes", shown.body.len()));
    let pages = [
        ("first page, by unit", ""),
        ("by score", "?sort=score"),
        ("by name, in Vietnamese order", "?sort=product"),
        ("by group", "?sort=group"),
        ("filtered by text", "?text=mam%20tep"),
        ("filtered by text, by score", "?text=mam%20tep&sort=score"),
        ("filtered by unit and state, by score", "?state=forwarded&unit=UNIT&sort=score"),
        ("last page, by unit", "?page=200"),
    ];
    let unit = String::from_utf8_lossy(&shown.body).into_owned();
    let unit = unit.split("name=\"unit\"").nth(1).and_then(|select| select.split("<option value=\"").nth(2));
    let unit = unit.and_then(|option| option.split('"').next()).ok_or("the page offers no units")?.to_owned();
    for (what, query) in pages {
        let request = get(&format!("/selections/{YEAR}{}", query.replace("UNIT", &unit)), &cookie);
        let (median, slow) = latency(server.address, &request).await?;
        line(what, format!("p50 {:>6.1} ms   p95 {:>6.1} ms   (aim: p50 under 50 ms)", millis(median), millis(slow)));
    }
    Ok(())
}

pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The median and the 95th percentile of the time to the whole page, one request after another.
pub(crate) async fn latency(address: SocketAddr, request: &[u8]) -> Fallible<(Duration, Duration)> {
    let mut connection = Connection::open(address).await?;
    let mut times = Vec::with_capacity(TIMES);
    for round in 0..TIMES + 5 {
        let begin = Instant::now();
        let answer = connection.ask(request).await?;
        if answer.status != 200 {
            return Err(format!("the server answered {}", answer.status).into());
        }
        // The first few fill the caches of the database.
        if round >= 5 {
            times.push(begin.elapsed());
        }
    }
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().ok_or("nothing was measured");
    Ok((at(50)?, at(95)?))
}

/// Forms of a thousand organisations in every state of the selection, with the length and history that real ones have.
async fn fill(house: &House) -> Fallible<()> {
    let office = &house.office;
    let year = programme_year(office, YEAR).await;
    let alive = store::units::on_day(&mut office.database.read().await?, office.today()).await?;
    let communes = alive.into_iter().filter(|unit| unit.level == UnitLevel::Commune);
    let units: Vec<UnitId> = communes.map(|unit| unit.id).take(UNITS).collect();
    let mut organisations = Vec::new();
    for n in 0..100 {
        let place = PLACES[n % PLACES.len()];
        let name = format!("Hợp tác xã sản xuất và dịch vụ {place} số {n}");
        let unit = units[n % units.len()];
        organisations.push((organisation(office, kind(n), &name, unit).await, name, unit));
    }
    let groups = {
        let mut records = office.database.read().await?;
        store::programmes::groups(&mut records, &year.group_decision).await?
    };
    let mut work = office.database.begin().await?;
    for n in 0..FORMS {
        let (organisation, name, unit) = &organisations[n * 37 % organisations.len()];
        let registration = Registration {
            id: RegistrationId(office.id()),
            year_id: year.id,
            year: year.year,
            organisation_id: *organisation,
            unit_id: *unit,
            place_id: *unit,
            organisation_name: name.clone(),
            organisation_kind: kind(n),
            kind: RegistrationKind::Existing,
            source: RegistrationSource::Online,
            number: None,
            product_name: format!("{} {} loại {}", GOODS[n % GOODS.len()], PLACES[n / 10 % PLACES.len()], n * 7919 % FORMS),
            group_id: groups.get(n % groups.len()).map(|group| group.id),
            content: content(n),
            completeness: 60 + (n * 13 % 41) as i64,
            state: State::Draft,
            state_at: office.now(),
            due_on: None,
            is_feasible: None,
            score: None,
            duplicate_of: None,
            version: 1,
            received_on: None,
            created_at: office.now(),
        };
        store::registrations::add(&mut work, &registration, house.officer.account).await?;
    }
    forward(house, &mut work, &year, &units).await?;
    work.commit().await?;
    Ok(())
}

fn kind(n: usize) -> OrganisationKind {
    [OrganisationKind::Cooperative, OrganisationKind::Enterprise, OrganisationKind::Household][n % 3]
}

/// What a form says, about as long as one that was filled in with care.
fn content(n: usize) -> String {
    let sentence = "Cơ sở sản xuất theo quy trình truyền thống của làng nghề, nguyên liệu lấy tại xã, có sổ ghi chép từng mẻ. ";
    let fields = ["history", "founding_reason", "local_resources", "short_plan", "production_process", "challenges"];
    let fields = fields.map(|field| format!("\"{field}\":\"{}\"", sentence.repeat(1 + n % 3)));
    format!("{{{}}}", fields.join(","))
}

/// Brings all of them to the province past the rules: lists, decisions and events as the operations leave them.
async fn forward(house: &House, work: &mut Work, year: &ProgrammeYear, units: &[UnitId]) -> Fallible<()> {
    let (office, by) = (&house.office, house.officer.account);
    for unit in units {
        let list = NewList { id: ForwardingListId(office.id()), year: year.id, unit: *unit, replaces: None };
        store::forwarding::add(work, list, by, office.now()).await?;
    }
    for n in 0..10 {
        let number = format!("{n}/QĐ-UBND");
        let id = SelectionDecisionId(office.id());
        store::selections::add_decision(work, id, year.id, (number.as_str(), office.today()), by, office.now()).await?;
    }
    // A unit's list holds all of its forms. A third of the products is selected, a sixth not, the rest is open.
    store::testing::raw(
        work,
        "UPDATE registration SET number = rowid, received_on = '2019-05-02', is_feasible = 1, version = 7,
            score = CASE WHEN rowid % 9 = 0 THEN NULL ELSE rowid * 7919 % 10001 END,
            state = CASE rowid % 6 WHEN 0 THEN 'selected' WHEN 1 THEN 'selected' WHEN 2 THEN 'not_selected' ELSE 'forwarded' END;
         UPDATE forwarding_list SET number = rowid || '/DS-UBND', printed = '{}', frozen_at = created_at, frozen_by = created_by,
            forwarded_at = created_at, forwarded_by = created_by, accepted_at = created_at, accepted_by = created_by;
         INSERT INTO forwarding_entry (list_id, registration_id, position)
            SELECT f.id, r.id, r.number FROM registration r JOIN forwarding_list f ON f.unit_id = r.unit_id;
         CREATE TEMP TABLE decision_of AS SELECT ROW_NUMBER() OVER (ORDER BY id) - 1 AS number, id FROM selection_decision;
         CREATE TEMP TABLE step_of (number INTEGER, step TEXT, state TEXT);
         INSERT INTO step_of VALUES (1, 'begin', 'draft'), (2, 'submit', 'submitted'), (3, 'complete', 'complete'),
            (4, 'evaluate', 'evaluated'), (5, 'list', 'listed'), (6, 'forward', 'forwarded');
         INSERT INTO registration_event (id, registration_id, number, step, state, reason, list_id, happened_at, happened_by)
            SELECT randomblob(16), r.id, s.number, s.step, s.state, '', CASE WHEN s.number > 4 THEN e.list_id END, r.created_at, r.created_by
            FROM registration r JOIN forwarding_entry e ON e.registration_id = r.id CROSS JOIN step_of s;
         INSERT INTO registration_event (id, registration_id, number, step, state, reason, decision_id, happened_at, happened_by)
            SELECT randomblob(16), r.id, 7, CASE r.state WHEN 'selected' THEN 'select' ELSE 'reject' END, r.state, '',
            (SELECT d.id FROM decision_of d WHERE d.number = r.number % 10), r.created_at, r.created_by
            FROM registration r WHERE r.state <> 'forwarded';
         DROP TABLE step_of; DROP TABLE decision_of;",
    )
    .await;
    Ok(())
}
