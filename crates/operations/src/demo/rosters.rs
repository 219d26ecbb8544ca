//! A list of people that the province's officer sent yesterday: it was checked, one row has a fault, and it waits for a word.

use domain::Refusal;
use domain::ids::OrganisationId;

use super::Past;
use super::house::People;
use crate::Outcome;
use crate::rosters::{self, SendCommand, SentFor, jobs};

/// Name, birth, telephone number; the third row is faulty.
const ROWS: [(&str, &str, &str); 4] = [
    ("Trịnh Thị Mai", "1988", "900000101"),
    ("Lương Văn Tuấn", "31118", "01690000102"),
    ("Cao Thị Yến", "30/02/1990", "0900000103"),
    ("Bùi Xuân Sơn", "02/09/1979", ""),
];

/// Sends the list and has it checked.
pub(super) async fn send(past: &Past, people: &People) -> Outcome<()> {
    past.go(-1);
    let mut list = String::from("DANH SÁCH NGƯỜI\n\nHọ và tên;Ngày sinh;Điện thoại;Đơn vị\n");
    for (n, (name, birth, phone)) in ROWS.iter().enumerate() {
        let id: OrganisationId = *people.organisations.get(n % 2).ok_or(Refusal::UnknownOrganisation)?;
        let organisation = store::organisations::find(&mut past.office.database.read().await?, id).await?;
        let organisation = organisation.ok_or(Refusal::UnknownOrganisation)?.name;
        list.push_str(&format!("{name};{birth};{phone};{organisation}\n"));
    }
    list.push_str("Tổng cộng: 4 người;;;\n");
    let sent_for = SentFor::People { stands_for: String::new() };
    let command = SendCommand { sent_for, file_name: "danh-sach-nguoi.csv".into(), bytes: list.into_bytes() };
    let received = rosters::receive(&past.office, &people.officer, command).await?;
    jobs::work(&past.office, received.upload.id, || false).await?;
    Ok(())
}
