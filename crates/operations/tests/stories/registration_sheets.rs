//! Sheets of forms: read, looked through, and begun as drafts, each of the one path.

use std::collections::BTreeMap;

use crate::forms::{Scene, scene};
use documents::spreadsheets::tables::{self, Heading, Table, Value};
use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::RegistrationId;
use domain::organisations::{OrganisationKind, TaxCode};
use domain::registrations::spreadsheet::{ROW_LIMIT, Row};
use domain::registrations::{FormField, RegistrationKind, RegistrationSource, State, Step};
use operations::registrations::{self, Fate, ImportedForms, SheetReview, SheetRow, Wanted};
use operations::{Failure, Outcome, testing};

const KIND: RegistrationKind = RegistrationKind::Existing;

fn row(number: usize, cells: &[(&str, &str)]) -> Row {
    let cells: BTreeMap<_, _> = cells.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Row { number, cells }
}

async fn look(s: &Scene, actor: &Actor, rows: &[Row]) -> SheetReview {
    registrations::preview(&s.office, actor, 2019, KIND, rows).await.unwrap()
}

fn faults(review: &SheetReview) -> Vec<(usize, &str, &Refusal)> {
    let of = |row: &registrations::ReviewedForm| row.checked.row.number;
    let rows = review.rows.iter();
    rows.flat_map(|row| row.checked.faults.0.iter().map(move |fault| (of(row), fault.field.as_str(), &fault.refusal))).collect()
}

/// Confirms rows as somebody does who saw every change.
async fn confirm(s: &Scene, actor: &Actor, rows: &[Row]) -> Outcome<ImportedForms> {
    let seen = look(s, actor, rows).await;
    let seen = |place: usize| match &seen.rows[place].fate {
        Some(Fate::Changes(changes)) => Some((changes.id, changes.version)),
        _ => None,
    };
    let rows: Vec<_> = rows.iter().enumerate().map(|(n, row)| SheetRow { row: row.clone(), seen: seen(n) }).collect();
    registrations::import(&s.office, actor, (2019, KIND), &rows).await
}

fn imported(begun: usize, changed: usize, known: usize) -> ImportedForms {
    ImportedForms { begun, changed, known }
}

async fn drafts(s: &Scene) -> Vec<(RegistrationId, String)> {
    let lines = registrations::list(&s.office, &s.province, &Wanted::default()).await.unwrap().lines;
    let mut found: Vec<_> = lines.into_iter().map(|line| (line.id, line.product_name)).collect();
    found.sort_by(|one, other| one.1.cmp(&other.1));
    found
}

async fn tax_code(s: &Scene, code: &str) {
    let mut work = s.office.database.begin().await.unwrap();
    let mut organisation = store::organisations::find(&mut work, s.organisation).await.unwrap().unwrap();
    organisation.tax_code = Some(code.parse::<TaxCode>().unwrap());
    store::organisations::change(&mut work, &organisation).await.unwrap();
    work.commit().await.unwrap();
}

operations::both! {
    async fn each_row_becomes_a_draft_and_the_same_sheet_twice_changes_nothing(database) {
        let s = scene(database).await;
        tax_code(&s, "0100233488").await;
        let rows = [
            row(4, &[("product_name", " Chè   lam "), ("phone", "912345678"), ("head_name", "Lê Thị 2"), ("customers", "rural urban"),
                ("short_plan", "Hai dòng\n\nở đây"), ("results.0.year", "2018"), ("group", "Nem chua")]),
            row(5, &[("product_name", "Bánh gai"), ("organisation", "htx xuan LẬP")]),
            row(7, &[("product_name", "Mắm tép"), ("tax_code", "100233488"), ("organisation", "tên viết khác")]),
        ];
        let groups = look(&s, &s.representative, &rows).await.groups;
        let mut rows = rows;
        rows[0].cells.insert("group".into(), groups[0].1.to_uppercase());
        let review = look(&s, &s.representative, &rows).await;
        assert_eq!(faults(&review), []);
        assert!(review.is_clean() && review.rows.iter().all(|row| row.fate == Some(Fate::New)));
        let missing: Vec<_> = review.rows[0].missing.0.iter().map(|fault| fault.field.as_str()).collect();
        assert!(missing.contains(&"head_name") && missing.contains(&"proposer_name") && !missing.contains(&"group"), "{missing:?}");
        assert_eq!(review.rows[1].missing.0[0].field, "group");

        assert_eq!(confirm(&s, &s.representative, &rows).await.unwrap(), imported(3, 0, 0));
        let found = drafts(&s).await;
        let names: Vec<_> = found.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["Bánh gai", "Chè lam", "Mắm tép"]);
        let shown = s.show(&s.representative, found[1].0).await;
        assert_eq!((shown.registration.source, shown.registration.state), (RegistrationSource::Spreadsheet, State::Draft));
        assert_eq!(shown.group.as_ref().map(|group| group.id), Some(groups[0].0));
        let typed = |field| shown.content.get(field);
        assert_eq!((typed(FormField::Phone), typed(FormField::HeadName)), ("0912345678", "Lê Thị 2"));
        assert_eq!((typed(FormField::Customers), typed(FormField::ShortPlan)), ("rural urban", "Hai dòng\n\nở đây"));
        assert_eq!(shown.content.named("results.0.year"), "2018");
        assert!(shown.registration.completeness > 0);
        assert_eq!(shown.history.iter().map(|event| event.step).collect::<Vec<_>>(), [Step::Begin]);

        assert_eq!(confirm(&s, &s.representative, &rows).await.unwrap(), imported(0, 0, 3));
        assert_eq!(drafts(&s).await, found);
        assert_eq!(s.version(found[1].0).await, shown.registration.version, "not even the version");
        assert_eq!(operations::doctor::examine(&s.office).await.unwrap(), []);
    }

    async fn a_workbook_of_excel_97_becomes_drafts(database) {
        let s = scene(database).await;
        tax_code(&s, "0100233488").await;
        let bytes = include_bytes!("../../../documents/tests/papers/fixtures/forms.xls").to_vec();
        let read = registrations::read_forms(bytes, KIND).await.unwrap();
        assert_eq!((read.unknown.as_slice(), read.rows.len()), (&["Ghi chú".to_owned()][..], 3));
        let mut rows = read.rows;
        let review = look(&s, &s.officer, &rows).await;
        let found = faults(&review);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.contains(&(8, "short_plan", &Refusal::TooLong { limit: 4000 })) && found.contains(&(8, "water", &Refusal::NotAChoice)));
        assert_eq!(review.rows.iter().map(|row| row.organisation.as_ref().map(|(id, _)| *id)).collect::<Vec<_>>(), [Some(s.organisation); 3]);
        assert!(confirm(&s, &s.officer, &rows).await.is_err());
        assert_eq!(drafts(&s).await, [], "all of it or nothing");

        for (name, text) in [("short_plan", "Giữ quy mô"), ("water", "other")] {
            rows[2].cells.insert(name.into(), text.into());
        }
        assert_eq!(confirm(&s, &s.officer, &rows).await.unwrap(), imported(3, 0, 0));
        let found = drafts(&s).await;
        assert_eq!(found.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["Bánh gai", "Chè lam Phủ Quảng", "Mắm tép"]);
        let shown = s.show(&s.representative, found[1].0).await;
        let typed = |name: &str| shown.content.named(name).to_owned();
        assert_eq!((typed("phone"), typed("established_on"), typed("water")), ("0912345678".into(), "02/09/2015".into(), "well".into()));
        assert_eq!((typed("results.0.year"), typed("results.0.sales")), ("2018".into(), "1280000000".into()));
        assert_eq!(typed("short_plan"), "Mở rộng xưởng\nThêm hai lao động");
        let shown = s.show(&s.representative, found[0].0).await;
        assert_eq!((shown.content.named("phone"), shown.content.named("established_on")), ("0987654321", "02/09/2016"));
        assert_eq!(operations::doctor::examine(&s.office).await.unwrap(), []);
    }

    async fn a_draft_says_what_the_sheet_says_once_that_was_seen(database) {
        let s = scene(database).await;
        let before = row(4, &[("product_name", "Chè lam"), ("phone", "0912345678"), ("website", "htx.vn")]);
        confirm(&s, &s.representative, std::slice::from_ref(&before)).await.unwrap();
        let (id, _) = drafts(&s).await[0].clone();
        s.save(&s.representative, id, &[("email", "htx@example.vn")]).await.unwrap();
        // The tones of the name and a telephone number differ; what the sheet says nothing about stays.
        let after = [row(4, &[("product_name", "CHE LAM"), ("phone", "0987654321")])];
        let review = look(&s, &s.representative, &after).await;
        let Some(Fate::Changes(changes)) = &review.rows[0].fate else { panic!("{:?}", review.rows[0].fate) };
        let told: Vec<_> = changes.differences.iter().map(|(name, from, to)| (name.as_str(), from.as_str(), to.as_str())).collect();
        assert_eq!(told, [("product_name", "Chè lam", "CHE LAM"), ("phone", "0912345678", "0987654321")]);

        let unseen = [SheetRow { row: after[0].clone(), seen: None }];
        let refused = registrations::import(&s.office, &s.representative, (2019, KIND), &unseen).await.unwrap_err();
        assert!(refused.is(&Refusal::ChangedMeanwhile));
        let seen = [SheetRow { row: after[0].clone(), seen: Some((changes.id, changes.version)) }];
        s.save(&s.representative, id, &[("website", "chelam.vn")]).await.unwrap();
        let refused = registrations::import(&s.office, &s.representative, (2019, KIND), &seen).await.unwrap_err();
        assert!(refused.is(&Refusal::ChangedMeanwhile), "somebody typed meanwhile");
        assert_eq!(confirm(&s, &s.representative, &after).await.unwrap(), imported(0, 1, 0));
        let shown = s.show(&s.representative, id).await;
        assert_eq!(shown.registration.product_name, "CHE LAM");
        let typed = |field| shown.content.get(field);
        assert_eq!((typed(FormField::Phone), typed(FormField::Email), typed(FormField::Website)), ("0987654321", "htx@example.vn", "chelam.vn"));
    }

    async fn what_is_no_draft_any_more_stays_and_what_was_withdrawn_begins_anew(database) {
        let s = scene(database).await;
        let submitted = s.submitted("Chè lam").await;
        let withdrawn = s.begin(&s.representative, "Nem chua").await.unwrap();
        registrations::withdraw(&s.office, &s.representative, withdrawn, s.version(withdrawn).await, "Nhầm").await.unwrap();
        let rows = [row(4, &[("product_name", "Chè lam"), ("phone", "0987654321")]), row(5, &[("product_name", "Nem chua")])];
        let review = look(&s, &s.representative, &rows).await;
        assert_eq!(review.rows[0].fate, Some(Fate::Known(submitted, State::Submitted)));
        assert_eq!(review.rows[1].fate, Some(Fate::New));
        assert_eq!(confirm(&s, &s.representative, &rows).await.unwrap(), imported(1, 0, 1));
        assert_eq!(s.show(&s.representative, submitted).await.content.get(FormField::Phone), "0912345678");
    }

    async fn every_fault_is_told_at_once_and_nothing_is_stored_while_there_is_one(database) {
        let s = scene(database).await;
        let commune = testing::unit(&s.office, "15568").await;
        testing::organisation(&s.office, OrganisationKind::StateBody, "UBND xã Xuân Lập", commune).await;
        testing::organisation(&s.office, OrganisationKind::Household, "Hộ Lê Thị Hà", commune).await;
        testing::organisation(&s.office, OrganisationKind::Household, "Hộ Lê Thị Hạ", commune).await;
        let of = "HTX Xuân Lập";
        let long = "x".repeat(201);
        let rows = [
            row(4, &[("product_name", "Chè lam"), ("organisation", of)]),
            row(5, &[("product_name", "CHE LAM"), ("organisation", of), ("water", "biển"), ("group", "không có")]),
            row(6, &[("organisation", "HTX Không Có"), ("product_name", &long)]),
            row(7, &[("product_name", "Nem")]),
            row(8, &[("product_name", "Nem"), ("tax_code", "12")]),
            row(9, &[("product_name", "Nem"), ("tax_code", "0100233488")]),
            row(10, &[("product_name", "Nem"), ("organisation", "UBND xã Xuân Lập")]),
            row(11, &[("product_name", "Nem"), ("organisation", "Ho Le Thi Ha")]),
        ];
        let review = look(&s, &s.officer, &rows).await;
        assert_eq!(faults(&review), [
            (5, "water", &Refusal::NotAChoice),
            (5, "product_name", &Refusal::TwiceInTheList { first_row: 4 }),
            (5, "group", &Refusal::NotAChoice),
            (6, "product_name", &Refusal::TooLong { limit: 200 }),
            (6, "organisation", &Refusal::UnknownOrganisation),
            (7, "organisation", &Refusal::Missing),
            (8, "tax_code", &Refusal::NotATaxCode),
            (9, "tax_code", &Refusal::UnknownOrganisation),
            (10, "organisation", &Refusal::NotAProducer),
            (11, "organisation", &Refusal::AmbiguousOrganisation),
        ]);
        let Err(Failure::Refused(told)) = confirm(&s, &s.officer, &rows).await else { panic!("no refusal") };
        assert_eq!(told.0.len(), 10);
        assert_eq!(told.0[0].field, "rows.1.water");
        assert_eq!(drafts(&s).await, []);
        let nothing = registrations::import(&s.office, &s.officer, (2019, KIND), &[]).await.unwrap_err();
        assert!(nothing.is(&Refusal::NothingChosen));
        let year = registrations::preview(&s.office, &s.officer, 2020, KIND, &rows).await.unwrap_err();
        assert!(matches!(year, Failure::Refused(faults) if faults.of("year").next() == Some(&Refusal::NotAChoice)));
        let many: Vec<Row> = (0..=ROW_LIMIT).map(|n| row(n, &[("product_name", "Nem")])).collect();
        let many = registrations::preview(&s.office, &s.officer, 2019, KIND, &many).await.unwrap_err();
        assert!(many.is(&Refusal::SpreadsheetTooLarge { limit: ROW_LIMIT }));
        assert_eq!(confirm(&s, &s.officer, &rows[..1]).await.unwrap(), imported(1, 0, 0));
    }

    async fn a_sheet_reaches_as_far_as_whoever_sends_it(database) {
        let s = scene(database).await;
        tax_code(&s, "0100233488").await;
        let by_name = [row(4, &[("product_name", "Nem"), ("organisation", "HTX Xuân Lập")])];
        let by_code = [row(4, &[("product_name", "Nem"), ("tax_code", "0100233488")])];
        for outsider in [&s.stranger, &s.elsewhere] {
            let review = look(&s, outsider, &by_name).await;
            assert_eq!(faults(&review), [(4, "organisation", &Refusal::UnknownOrganisation)], "as if it did not exist");
            assert_eq!(faults(&look(&s, outsider, &by_code).await), [(4, "tax_code", &Refusal::UnknownOrganisation)]);
            assert!(confirm(&s, outsider, &by_name).await.is_err());
        }
        // The neighbour's own sheet need not name its organisation, and lands there.
        let unnamed = [row(4, &[("product_name", "Nem")])];
        confirm(&s, &s.stranger, &unnamed).await.unwrap();
        assert!(registrations::list(&s.office, &s.representative, &Wanted::default()).await.unwrap().lines.is_empty());
        for insider in [&s.representative, &s.officer, &s.province] {
            assert_eq!(faults(&look(&s, insider, &by_code).await), []);
        }
        let province = testing::unit(&s.office, "38").await;
        for role in [Role::Trainer, Role::Manager] {
            let other = testing::actor(&s.office, &format!("khac.{role}"), role, Scope::Unit(province)).await;
            let refused = registrations::preview(&s.office, &other, 2019, KIND, &by_name).await.unwrap_err();
            assert!(refused.is(&Refusal::NotFound));
            assert!(registrations::template(&s.office, &other, KIND).await.is_err_and(|failure| failure.is(&Refusal::NotFound)));
            let kept = [SheetRow { row: by_name[0].clone(), seen: None }];
            let refused = registrations::import(&s.office, &other, (2019, KIND), &kept).await.unwrap_err();
            assert!(refused.is(&Refusal::NotFound));
        }
    }

    async fn of_two_who_confirm_the_same_sheet_one_begins_its_drafts(database) {
        let s = scene(database).await;
        let rows: Vec<SheetRow> = ["Chè lam", "Bánh gai", "Nem chua"]
            .iter()
            .enumerate()
            .map(|(n, name)| SheetRow { row: row(n + 4, &[("product_name", name), ("organisation", "HTX Xuân Lập")]), seen: None })
            .collect();
        let one = registrations::import(&s.office, &s.representative, (2019, KIND), &rows);
        let other = registrations::import(&s.office, &s.officer, (2019, KIND), &rows);
        let (one, other) = tokio::join!(one, other);
        let mut outcomes = [one.unwrap(), other.unwrap()];
        outcomes.sort_by_key(|imported| imported.begun);
        assert_eq!(outcomes, [imported(0, 0, 3), imported(3, 0, 0)]);
        assert_eq!(drafts(&s).await.len(), 3);
    }
}

#[tokio::test]
async fn a_template_that_is_filled_in_becomes_rows() {
    let s = scene(store::testing::sqlite().await).await;
    let bytes = registrations::template(&s.office, &s.officer, KIND).await.unwrap();
    let refused = registrations::read_forms(bytes, KIND).await.unwrap_err();
    assert!(refused.is(&Refusal::NoFormInSpreadsheet));

    let headings = ["Tên sản phẩm", "Khách hàng", "Nguồn nước", "Ghi chú"];
    let table = Table {
        title: "Phiếu".into(),
        subtitles: vec![],
        sheet: "Phiếu".into(),
        headings: headings.map(|text| Heading { text: text.into(), width: 20.0 }).to_vec(),
        rows: vec![["Chè lam", "Nông thôn; Thành thị", "biển", "x"].map(|text| Value::Text(text.into())).to_vec()],
    };
    let bytes = tables::xlsx(&table, chrono::DateTime::UNIX_EPOCH).unwrap();
    let read = registrations::read_forms(bytes, KIND).await.unwrap();
    assert_eq!(read.unknown, ["Ghi chú"]);
    assert_eq!(read.rows, [row(3, &[("product_name", "Chè lam"), ("customers", "rural urban"), ("water", "biển")])]);
    for (bytes, refusal) in [
        (b"%PDF-".to_vec(), Refusal::NotASpreadsheet),
        (vec![0; registrations::FILE_LIMIT + 1], Refusal::FileTooLarge { limit: 5 << 20 }),
    ] {
        assert!(registrations::read_forms(bytes, KIND).await.is_err_and(|failure| failure.is(&refusal)), "{refusal:?}");
    }
}
