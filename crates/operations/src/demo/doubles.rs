//! People of the demonstration who were entered twice: a pair that waits for somebody to look at it, and one that was told
//! apart.

use domain::Refusal;
use domain::people::PersonEntry;

use super::Past;
use super::house::People;
use crate::{Outcome, people as records};

/// Organisations whose first member was entered again by another one, and whether that turned out to be somebody else.
const ENTERED_AGAIN: [(usize, usize, bool); 2] = [(14, 17, false), (18, 21, true)];

/// Lists of two organisations name people whom another one had named before.
pub(super) async fn enter(past: &Past, people: &People) -> Outcome<()> {
    past.go(-1);
    let (office, officer) = (&past.office, &people.officer);
    for (known_by, entered_by, is_another) in ENTERED_AGAIN {
        let place = |n: usize| people.organisations.get(n).copied().ok_or(Refusal::NotFound);
        let members = store::people::members(&mut office.database.read().await?, place(known_by)?, past.today).await?;
        let known = members
            .into_iter()
            .find(|member| member.person.birth_date.is_some() && member.person.number.index.is_some())
            .ok_or(Refusal::NotFound)?
            .person;
        // As lists write it: in capitals, without a telephone number.
        let entry = PersonEntry {
            full_name: known.full_name.as_str().to_uppercase().parse()?,
            birth: known.birth(),
            sex: known.sex,
            phone: None,
            email: None,
            citizen_id: None,
            position: Some("Thành viên".into()),
            on_state_payroll: false,
        };
        let (double, _) = records::add(office, officer, place(entered_by)?, &entry).await?;
        if is_another {
            records::tell_apart(office, officer, known.id, double.id).await?;
        }
    }
    Ok(())
}
