//! A workbook of 10,000 people: how long it takes until everything that is wrong with it is known.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use documents::spreadsheets::Limits;
use documents::spreadsheets::rosters::{self as sheets, Column};
use documents::spreadsheets::tables::{self, Heading, Table, Value};
use domain::enrolments::roster::{self, CheckedRow, Field, Row};
use domain::ids::{MembershipId, PersonId};
use operations::rosters::{Places, matched};
use store::people::{NewMembership, Person, SealedNumber};

use crate::house::House;
use crate::{Fallible, line};

const ROWS: usize = 10_000;
const ORGANISATIONS: usize = 50;
/// Of how many rows one is known already.
const KNOWN: usize = 2;

pub(crate) async fn measure(folder: &Path) -> Fallible<()> {
    let house = House::build(&folder.join("rosters.db"), ORGANISATIONS).await?;
    let file = tables::xlsx(&list(), DateTime::<Utc>::UNIX_EPOCH)?;
    let limits = Limits { max_bytes: 10 << 20, max_rows: ROWS, max_cells: 500_000, ..Limits::default() };

    let begin = Instant::now();
    let read = sheets::read(&file, limits)?;
    let reading = begin.elapsed();
    let begin = Instant::now();
    let rows: Vec<Row> = read.rows.into_iter().map(row).collect();
    let mut rows = roster::check(&rows, house.office.today()).rows;
    let checking = begin.elapsed();
    fill(&house, &rows).await?;

    let begin = Instant::now();
    let mut records = house.office.database.read().await?;
    let mut places = Places::new(&house.office, &mut records, "").await?;
    let (mut new, mut known) = (0, 0);
    for row in &mut rows {
        match matched(&house.office, &mut records, &house.officer, &mut places, row).await? {
            Some(found) if !found.will_be.is_new() => known += 1,
            Some(_) => new += 1,
            None => {}
        }
    }
    let matching = begin.elapsed();
    if (new, known) != (ROWS - ROWS / KNOWN, ROWS / KNOWN) {
        return Err(format!("{new} new, {known} known").into());
    }
    let seconds = |time: Duration| format!("{:>6.2} s", time.as_secs_f64());
    line(&format!("read {} KiB of .xlsx", file.len() >> 10), seconds(reading));
    line("checked", seconds(checking));
    line("matched, half of them known", seconds(matching));
    line("together", format!("{}   (aim: under 3 s)", seconds(reading + checking + matching)));
    Ok(())
}

/// Invented people of fifty cooperatives.
fn list() -> Table {
    let given = ["An", "Bình", "Dũng", "Đông", "Hà", "Hạnh", "Lan", "Mai", "Ngọc", "Phúc"];
    let family = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Bùi", "Đỗ"];
    let text = |text: String| Value::Text(text);
    let rows = (0..ROWS).map(|n| {
        vec![
            Value::Integer(n as i64 + 1),
            text(format!("{} Thị {} {}", family[n % 7], given[n / 7 % 10], given[n / 70 % 10])),
            text(format!("{:02}/{:02}/1985", n % 28 + 1, n / 28 % 12 + 1)),
            text("Nữ".into()),
            text(format!("38185{:06}", n + 1)),
            text(format!("9{:08}", 12_000_000 + n)),
            text(format!("HTX Nông nghiệp số {}", n % ORGANISATIONS)),
            text("Thành viên".into()),
        ]
    });
    let headings = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Điện thoại", "Đơn vị", "Chức vụ"];
    Table {
        title: "Danh sách".into(),
        subtitles: Vec::new(),
        sheet: "Danh sách".into(),
        headings: headings.iter().map(|text| Heading { text: (*text).into(), width: 20.0 }).collect(),
        rows: rows.collect(),
    }
}

fn row(read: sheets::RosterRow) -> Row {
    let field = |column| {
        Some(match column {
            Column::FullName => Field::FullName,
            Column::BirthDate => Field::Birth,
            Column::Sex => Field::Sex,
            Column::CitizenId => Field::CitizenId,
            Column::Phone => Field::Phone,
            Column::Position => Field::Position,
            Column::Organisation => Field::Organisation,
            _ => return None,
        })
    };
    let cells = read.cells.into_iter().filter_map(|(column, text)| Some((field(column)?, text)));
    Row { sheet: String::new(), number: read.number, cells: cells.collect() }
}

/// Every second person of the list is known, as a member of the cooperative that the list names.
async fn fill(house: &House, rows: &[CheckedRow]) -> Fallible<()> {
    let office = &house.office;
    let mut work = office.database.begin().await?;
    for (n, entry) in rows.iter().enumerate().filter(|(n, _)| n % KNOWN == 0) {
        let entry = entry.person.clone().ok_or_else(|| format!("row {n} is faulty: {:?}", entry.faults))?;
        let id = PersonId(office.id());
        let number =
            entry.citizen_id.as_ref().map_or_else(SealedNumber::default, |number| office.keys.seal(id, number, office.random()));
        let person = Person {
            id,
            full_name: entry.full_name,
            birth_date: entry.birth.and_then(domain::people::Birth::day),
            birth_year: None,
            sex: entry.sex,
            phone: entry.phone,
            email: None,
            number,
        };
        store::people::add(&mut work, &person, office.now()).await?;
        let membership = NewMembership {
            id: MembershipId(office.id()),
            person: person.id,
            organisation: house.organisations[n % ORGANISATIONS].0,
            position: None,
            on_state_payroll: false,
            valid_from: office.today(),
        };
        store::people::add_membership(&mut work, &membership).await?;
    }
    work.commit().await?;
    Ok(())
}
