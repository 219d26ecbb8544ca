//! The plan in a spreadsheet: written, read again, looked through and taken in; the same sheet twice changes nothing.

use crate::province::Province;
use domain::Refusal;
use domain::plans::spreadsheet::Row;
use domain::plans::{LinePlan, PlanAudience};
use operations::plans::{self, Fate, ImportedLines, SheetReview, SheetRow};
use operations::{Outcome, doctor, testing};

fn row(number: usize, cells: &[(&str, &str)]) -> Row {
    Row { number, cells: cells.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect() }
}

async fn look(p: &Province, rows: &[Row]) -> SheetReview {
    plans::preview(&p.office, &p.officer, 2019, rows).await.unwrap()
}

/// Confirms rows as somebody does who saw every change.
async fn confirm(p: &Province, year: i64, rows: &[Row]) -> Outcome<ImportedLines> {
    let seen = plans::preview(&p.office, &p.officer, year, rows).await.unwrap();
    let seen = |place: usize| match &seen.rows[place].fate {
        Some(Fate::Changes(changes)) => Some((changes.id, changes.version)),
        _ => None,
    };
    let rows: Vec<_> = rows.iter().enumerate().map(|(n, row)| SheetRow { row: row.clone(), seen: seen(n) }).collect();
    plans::import(&p.office, &p.officer, year, &rows).await
}

fn imported(added: usize, changed: usize, known: usize) -> ImportedLines {
    ImportedLines { added, changed, known }
}

async fn lines(p: &Province, year: i64) -> Vec<(String, LinePlan)> {
    let plan = plans::plan(&p.office, &p.officer, year).await.unwrap();
    let mut lines: Vec<_> = plan.lines.iter().map(|(line, _)| (line.code(), line.plan())).collect();
    lines.sort_by(|one, other| one.0.cmp(&other.0));
    lines
}

/// The rows of the plan as it is exported.
async fn exported(p: &Province, year: i64) -> Vec<Row> {
    let read = plans::read_plan(plans::sheet(&p.office, &p.officer, year, false).await.unwrap()).await.unwrap();
    assert!(read.unknown.is_empty(), "{:?}", read.unknown);
    read.rows
}

operations::both! {
    async fn rows_become_lines_and_the_same_sheet_twice_changes_nothing(database) {
        let p = Province::build(database, 1).await;
        let rows = [
            row(4, &[("course", "ent-4"), ("quarter", "3"), ("runs", "2"), ("participants", "80"), ("unit", "Huyện Thọ Xuân"),
                ("place", "Nhà văn hóa"), ("budget", "64.000.000 đ"), ("note", "Đợt 1")]),
            row(5, &[("course", "OFF-1"), ("audience", "officers"), ("quarter", "1"), ("runs", "1"), ("participants", "60"), ("unit", "Toàn tỉnh")]),
        ];
        let review = look(&p, &rows).await;
        assert!(review.is_clean() && review.rows.iter().all(|row| row.fate == Some(Fate::New)), "{:?}", review.rows);
        assert!(lines(&p, 2019).await.is_empty(), "nothing is stored before it is confirmed");
        assert_eq!(confirm(&p, 2019, &rows).await.unwrap(), imported(2, 0, 0));
        let stored = lines(&p, 2019).await;
        let first = &stored[0].1;
        assert_eq!((first.audience, first.unit, first.budget, first.note.as_str()), (PlanAudience::Organisations, Some(p.unit), 64_000_000, "Đợt 1"));
        assert_eq!(confirm(&p, 2019, &rows).await.unwrap(), imported(0, 0, 2));
        assert_eq!(confirm(&p, 2019, &exported(&p, 2019).await).await.unwrap(), imported(0, 0, 2), "what is exported can be imported");
        assert_eq!(lines(&p, 2019).await, stored);
        assert_eq!(doctor::examine(&p.office).await.unwrap(), []);
    }

    async fn an_exported_sheet_changes_what_was_changed_in_it(database) {
        let p = Province::build(database, 1).await;
        for code in ["ENT-1", "ENT-2", "ENT-3"] {
            testing::plan_line(&p.office, &p.officer, &p.year, code, Some(p.unit)).await;
        }
        let mut rows = exported(&p, 2019).await;
        rows[0].cells.insert("runs".into(), "5".into());
        rows[0].cells.insert("unit".into(), "Toàn tỉnh".into());
        rows[0].cells.insert("note".into(), "Mở rộng".into());
        // Two lines move on by a quarter: each takes a place that no line has in the end.
        rows[1].cells.insert("quarter".into(), "4".into());
        rows.push(row(99, &[("course", "ENT-2"), ("quarter", "3"), ("runs", "1"), ("participants", "10"), ("unit", "Huyện Thọ Xuân"), ("place", "Sân")]));
        let review = look(&p, &rows).await;
        let Some(Fate::Changes(changes)) = &review.rows[0].fate else { panic!("{:?}", review.rows[0]) };
        let names: Vec<_> = changes.differences.iter().map(|(name, before, after)| (*name, before.as_str(), after.as_str())).collect();
        assert_eq!(names, [("runs", "2", "5"), ("unit", "Huyện Thọ Xuân", ""), ("note", "", "Mở rộng")]);

        // Who confirms without having seen the changes, or has seen older ones, changes nothing.
        let unseen: Vec<_> = rows.iter().map(|row| SheetRow { row: row.clone(), seen: None }).collect();
        assert!(plans::import(&p.office, &p.officer, 2019, &unseen).await.unwrap_err().is(&Refusal::ChangedMeanwhile));
        assert_eq!(lines(&p, 2019).await.len(), 3);
        assert_eq!(confirm(&p, 2019, &rows).await.unwrap(), imported(1, 2, 1));
        let stored = lines(&p, 2019).await;
        assert_eq!((stored[0].1.runs, stored[0].1.unit, stored[0].1.budget), (5, None, 64_000_000));
        assert_eq!((stored[1].1.quarter, stored[3].0.as_str()), (4, "2019-04"));
        assert_eq!(confirm(&p, 2019, &rows).await.unwrap(), imported(0, 0, 4));
    }

    async fn every_fault_of_every_row_is_told_at_once_and_nothing_is_stored(database) {
        let p = Province::build(database, 1).await;
        let id = testing::plan_line(&p.office, &p.officer, &p.year, "ENT-4", None).await;
        let mut plan = plans::line(&p.office, &p.officer, id).await.unwrap().line.plan();
        plan.place = String::new();
        let second = plans::add(&p.office, &p.officer, 2019, &plan).await.unwrap();
        let course = plan.course.to_string();
        let rows = [
            row(4, &[("course", "Cưỡi ngựa"), ("quarter", "mùa hè"), ("runs", "0"), ("participants", "nhiều"), ("unit", "Xã Không Có"), ("budget", "1.5")]),
            row(5, &[("code", "2019-09"), ("course", "ENT-1"), ("audience", "officers"), ("quarter", "2"), ("runs", "1"), ("participants", "9")]),
            row(6, &[("course", "ENT-1"), ("quarter", "2"), ("runs", "1"), ("participants", "9")]),
            row(7, &[("course", "ENT-1"), ("quarter", "2"), ("runs", "2"), ("participants", "8")]),
            row(8, &[("code", "2019-02"), ("course", &course), ("place", "Hội trường")]),
            row(9, &[("participants", "9")]),
        ];
        let review = look(&p, &rows).await;
        let told: Vec<_> = review.rows.iter().flat_map(|row| row.faults.0.iter().map(|fault| (row.row.number, fault.field.as_str(), fault.refusal.clone()))).collect();
        let number = |least, most| Refusal::NotANumber { least, most };
        let expected = [
            (4, "course", Refusal::UnknownCourse),
            (4, "unit", Refusal::UnknownUnit),
            (4, "quarter", Refusal::NotAChoice),
            (4, "runs", number(1, 200)),
            (4, "participants", number(1, 100_000)),
            (4, "budget", Refusal::NotAnAmount),
            (5, "code", Refusal::UnknownLine),
            (5, "audience", Refusal::CourseForOthers),
            (7, "course", Refusal::TwiceInTheList { first_row: 6 }),
            (8, "course", Refusal::AlreadyPlanned { line: "2019-01".into() }),
            (9, "course", Refusal::Missing),
            (9, "quarter", Refusal::NotAChoice),
            (9, "runs", Refusal::Missing),
        ];
        for fault in &expected {
            assert!(told.contains(fault), "{fault:?} is not among {told:?}");
        }
        assert_eq!(told.len(), expected.len(), "{told:?}");
        let before = lines(&p, 2019).await;
        let failure = confirm(&p, 2019, &rows).await.unwrap_err();
        assert!(failure.is(&Refusal::UnknownCourse) && failure.is(&Refusal::UnknownLine));
        assert_eq!(lines(&p, 2019).await, before);
        assert!(plans::line(&p.office, &p.officer, second).await.is_ok());
    }

    async fn a_sheet_of_another_year_begins_a_plan(database) {
        let p = Province::build(database, 1).await;
        testing::programme_year(&p.office, 2020).await;
        testing::plan_line(&p.office, &p.officer, &p.year, "ENT-4", Some(p.unit)).await;
        let rows = exported(&p, 2019).await;
        assert_eq!(rows[0].cell("code"), "2019-01");
        assert_eq!(confirm(&p, 2020, &rows).await.unwrap(), imported(1, 0, 0));
        assert_eq!(confirm(&p, 2020, &rows).await.unwrap(), imported(0, 0, 1));
        assert_eq!(lines(&p, 2020).await[0].0, "2020-01");
        for actor in [&p.district, &p.manager, &p.strangers[2], &p.strangers[3]] {
            assert!(plans::preview(&p.office, actor, 2019, &rows).await.unwrap_err().is(&Refusal::NotFound));
            assert!(plans::import(&p.office, actor, 2019, &[]).await.unwrap_err().is(&Refusal::NotFound));
        }
        assert!(plans::import(&p.office, &p.officer, 2019, &[]).await.unwrap_err().is(&Refusal::NothingChosen));
        let template = plans::sheet(&p.office, &p.officer, 2019, true).await.unwrap();
        assert!(plans::read_plan(template).await.unwrap_err().is(&Refusal::NoLineInSpreadsheet));
        assert!(plans::read_plan(b"x".to_vec()).await.unwrap_err().is(&Refusal::NotASpreadsheet));
    }
}
