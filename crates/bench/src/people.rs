//! Matching one entry against 100,000 people: by citizen number, by telephone, by name and birth, and in vain.

use std::path::Path;
use std::time::Instant;

use chrono::NaiveDate;
use domain::ids::{MembershipId, PersonId};
use domain::people::{Birth, PersonEntry};
use operations::people::{Found, find};
use store::people::{NewMembership, Person, SealedNumber};

use crate::house::House;
use crate::{Fallible, line};

const PEOPLE: usize = 100_000;
const ORGANISATIONS: usize = 1_000;
const TIMES: usize = 200;

// As unevenly as families are named here: two of five have one of the first two names.
const FAMILY: [&str; 10] = ["Nguyễn", "Nguyễn", "Nguyễn", "Lê", "Lê", "Trần", "Phạm", "Hoàng", "Đỗ", "Trịnh"];
const MIDDLE: [&str; 8] = ["Thị", "Văn", "Thị", "Văn", "Thị Thu", "Đức", "Xuân", "Minh"];
const GIVEN: [&str; 12] = ["An", "Bình", "Dung", "Dũng", "Đông", "Hà", "Hải", "Hoà", "Hương", "Lan", "Nam", "Ước"];

pub(crate) async fn measure(folder: &Path) -> Fallible<()> {
    let house = House::build(&folder.join("people.db"), ORGANISATIONS).await?;
    let begin = Instant::now();
    fill(&house).await?;
    line("100,000 people added", format!("{:>6.1} s", begin.elapsed().as_secs_f64()));
    let of = |n: usize| entry(n);
    let bare = |n: usize| PersonEntry { phone: None, citizen_id: None, ..entry(n) };
    time(&house, "by citizen number", |n| PersonEntry { phone: None, birth: None, ..of(n) }).await?;
    time(&house, "by telephone number and name", |n| PersonEntry { citizen_id: None, birth: None, ..of(n) }).await?;
    time(&house, "by name and birthday", bare).await?;
    time(&house, "nobody, of a name that hundreds have", |n| PersonEntry { birth: Some(Birth::Year(1950)), ..bare(n) }).await?;
    let begin = Instant::now();
    let page = operations::people::duplicates(&house.office, &house.officer, None).await?;
    line(
        &format!("the first page of pairs, {}", page.pairs.len()),
        format!("{:>6.0} ms", begin.elapsed().as_secs_f64() * 1000.0),
    );
    Ok(())
}

async fn time(house: &House, what: &str, entry: impl Fn(usize) -> PersonEntry) -> Fallible<()> {
    let mut records = house.office.database.read().await?;
    let mut times = Vec::with_capacity(TIMES);
    let mut known = 0;
    for n in 0..TIMES {
        let entry = entry(n * 487 % PEOPLE);
        let begin = Instant::now();
        let found =
            find(&house.office, &mut records, Some(&house.officer), house.organisations[n % ORGANISATIONS].0, &entry).await?;
        times.push(begin.elapsed());
        known += usize::from(!matches!(found, Found::Nobody));
    }
    times.sort_unstable();
    let millis = |percent: usize| times.get(times.len() * percent / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0);
    let (median, slow) = (millis(50), millis(95));
    line(
        &format!("{what} ({known} of {TIMES} known)"),
        format!("p50 {median:>6.2} ms   p95 {slow:>6.2} ms   (aim: under 20 ms)"),
    );
    Ok(())
}

/// The person of a number: each with a birthday, a telephone and a citizen number of their own.
fn entry(n: usize) -> PersonEntry {
    let name = format!("{} {} {}", FAMILY[n % 10], MIDDLE[n / 10 % 8], GIVEN[n / 80 % 12]);
    let year = 1950 + i32::try_from(n / 7 % 50).unwrap_or(0);
    let day = NaiveDate::from_yo_opt(year, u32::try_from(n / 350 % 365 + 1).unwrap_or(1));
    let century_sex = n % 2;
    PersonEntry {
        full_name: name.parse().unwrap_or_else(|_| unreachable!("a name of letters")),
        birth: day.map(Birth::Day),
        sex: None,
        phone: format!("09{n:08}").parse().ok(),
        email: None,
        citizen_id: format!("038{century_sex}{:02}{n:06}", year % 100).parse().ok(),
        position: None,
        on_state_payroll: false,
    }
}

async fn fill(house: &House) -> Fallible<()> {
    let office = &house.office;
    let mut work = office.database.begin().await?;
    for n in 0..PEOPLE {
        let entry = entry(n);
        let id = PersonId(office.id());
        let number =
            entry.citizen_id.as_ref().map_or_else(SealedNumber::default, |number| office.keys.seal(id, number, office.random()));
        let person = Person {
            id,
            full_name: entry.full_name,
            birth_date: entry.birth.and_then(Birth::day),
            birth_year: None,
            sex: None,
            phone: entry.phone,
            email: None,
            number,
        };
        store::people::add(&mut work, &person, office.now()).await?;
        let membership = NewMembership {
            id: MembershipId(office.id()),
            person: id,
            organisation: house.organisations[n % ORGANISATIONS].0,
            position: None,
            on_state_payroll: false,
            valid_from: office.today(),
        };
        store::people::add_membership(&mut work, &membership).await?;
    }
    Ok(work.commit().await?)
}
