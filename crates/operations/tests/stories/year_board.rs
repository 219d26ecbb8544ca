//! The board of a programme year, as seen on different days, over the units that the province really had.

use chrono::NaiveDate;
use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::{OrganisationId, UnitId};
use domain::organisations::OrganisationKind;
use domain::registrations::State;
use domain::units::{UnitLevel, Why};
use operations::programmes::{self, YearBoard};
use operations::registrations::{self, Wanted};
use operations::selections;
use operations::testing::TestClock;
use operations::units::{self, PlaceCommand};
use operations::{Office, doctor, testing};
use store::programmes::ProgrammeYear;

struct Scene {
    office: Office,
    clock: TestClock,
    year: ProgrammeYear,
    province: Actor,
}

/// On 12/06/2019, with a programme and an officer of the province.
async fn scene(database: store::Database) -> Scene {
    let (office, clock) = testing::office(database).await;
    let unit = testing::unit(&office, "38").await;
    let province = testing::actor(&office, "tinh", Role::ProvincialOfficer, Scope::Unit(unit)).await;
    Scene { year: testing::programme_year(&office, 2019).await, office, clock, province }
}

impl Scene {
    /// A form of a new organisation in the commune that carries a code today.
    async fn form(&self, code: &str, name: &str, state: State) -> OrganisationId {
        let commune = testing::unit(&self.office, code).await;
        let organisation = testing::organisation(&self.office, OrganisationKind::Cooperative, name, commune).await;
        testing::registration(&self.office, &self.province, &self.year, organisation, &format!("Sản phẩm của {name}"), state)
            .await;
        organisation
    }

    async fn board(&self, seen_on: &str) -> YearBoard {
        self.board_of(&self.province, seen_on).await
    }

    async fn board_of(&self, actor: &Actor, seen_on: &str) -> YearBoard {
        programmes::board(&self.office, actor, 2019, seen_on.parse().ok()).await.unwrap()
    }

    /// The unit that carried a code on a day.
    async fn unit_on(&self, code: &str, day: &str) -> UnitId {
        let mut records = self.office.database.read().await.unwrap();
        let units = store::units::on_day(&mut records, day.parse().unwrap()).await.unwrap();
        units.into_iter().find(|unit| unit.code == code).unwrap().id
    }

    /// The organisations whose forms are found under a unit.
    async fn found(&self, actor: &Actor, unit: UnitId) -> Vec<String> {
        let wanted = Wanted { year: Some(2019), unit: Some(unit), ..Wanted::default() };
        let lines = registrations::list(&self.office, actor, &wanted).await.unwrap().lines;
        let mut names: Vec<_> = lines.into_iter().map(|line| line.organisation_name).collect();
        names.sort();
        names
    }
}

/// Titles and numbers of the rows.
fn rows(board: &YearBoard) -> Vec<(String, i64)> {
    board.rows.iter().map(|row| (row.unit.full_title(), row.counts.total())).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

operations::both! {
    async fn forms_of_2019_are_counted_under_the_units_of_any_day(database) {
        let s = scene(database).await;
        // Thị trấn Vạn Hà became thị trấn Thiệu Hóa in 2019, which three communes share since 2025. Thị trấn Tĩnh Gia
        // became a ward of Nghi Sơn; xã Đông Hoàng of Đông Sơn came to the city; xã Xuân Lập went on as a whole.
        s.form("15772", "HTX Vạn Hà", State::Submitted).await;
        s.form("16561", "HTX Tĩnh Gia", State::Selected).await;
        s.form("16381", "HTX Đông Hoàng", State::Draft).await;
        s.form("15568", "HTX Xuân Lập", State::Forwarded).await;
        s.form("15568", "HTX Xuân Lập 2", State::Forwarded).await;

        let then = s.board("2019-06-12").await;
        assert_eq!(then.level, UnitLevel::District);
        let expected = [("Huyện Đông Sơn", 1), ("Huyện Thiệu Hóa", 1), ("Huyện Thọ Xuân", 2), ("Huyện Tĩnh Gia", 1)];
        assert_eq!(rows(&then), expected.map(|(name, forms)| (name.to_owned(), forms)));
        assert_eq!((then.total.total(), then.total.of(State::Forwarded), then.open_counts.total()), (5, 2, 0));

        let later = s.board("2021-01-01").await;
        assert!(rows(&later).contains(&("Thị xã Nghi Sơn".into(), 1)), "the district that all of it became");
        let last = s.board("2025-06-30").await;
        assert!(rows(&last).contains(&("Thành phố Thanh Hóa".into(), 1)) && rows(&last).contains(&("Huyện Thiệu Hóa".into(), 1)));

        s.clock.set("2026-11-26 08:00");
        assert_eq!(programmes::board(&s.office, &s.province, 2019, None).await.unwrap().seen_on, day("2019-12-31"));
        let now = s.board("2026-11-26").await;
        assert_eq!(now.level, UnitLevel::Commune);
        assert_eq!(now.rows.iter().map(|row| row.counts.total()).sum::<i64>(), 4, "all but the divided town");
        assert_eq!((now.open.len(), now.open[0].why, now.open[0].unit.full_title()), (1, Why::Divided, "Thị trấn Thiệu Hóa, huyện Thiệu Hóa".into()));
        let choices: Vec<_> = now.open[0].choices.iter().map(|unit| unit.title()).collect();
        assert_eq!(choices.len(), 3);
        for successor in ["Xã Thiệu Hóa", "Xã Thiệu Quang", "Xã Thiệu Trung"] {
            assert!(choices.contains(&successor.to_owned()), "{choices:?}");
        }
        assert_eq!(now.open[0].organisations.iter().map(|holder| (holder.name.as_str(), holder.forms)).collect::<Vec<_>>(), [("HTX Vạn Hà", 1)]);
    }

    async fn a_number_of_the_board_is_the_length_of_the_list_behind_it(database) {
        let s = scene(database).await;
        let mut records = s.office.database.read().await.unwrap();
        let communes: Vec<_> = store::units::on_day(&mut records, s.office.today()).await.unwrap();
        drop(records);
        for (n, unit) in communes.iter().filter(|unit| unit.level == UnitLevel::Commune).step_by(13).enumerate() {
            let organisation = testing::organisation(&s.office, OrganisationKind::Household, &format!("Hộ {n}"), unit.id).await;
            let state = [State::Draft, State::Submitted, State::Evaluated][n % 3];
            testing::registration(&s.office, &s.province, &s.year, organisation, &format!("Sản phẩm {n}"), state).await;
        }
        s.clock.set("2026-11-26 08:00");
        for seen_on in ["2019-06-12", "2019-12-31", "2021-03-01", "2024-06-01", "2025-01-01", "2025-07-01", "2026-11-26"] {
            let board = s.board(seen_on).await;
            let counted: i64 = board.rows.iter().map(|row| row.counts.total()).sum::<i64>() + board.open_counts.total();
            assert_eq!(counted, board.total.total(), "{seen_on}");
            for row in &board.rows {
                let wanted = Wanted { year: Some(2019), unit: Some(row.unit.id), seen_on: Some(board.seen_on), ..Wanted::default() };
                let behind = registrations::list(&s.office, &s.province, &wanted).await.unwrap().lines.len();
                assert_eq!(behind as i64, row.counts.total(), "{seen_on} {}", row.unit.full_title());
            }
        }
    }

    async fn an_unknown_successor_is_shown_and_never_guessed(database) {
        let s = scene(database).await;
        // Nobody knows where xã Thanh Xuân of Quan Hóa went in December 2019.
        let organisation = s.form("14893", "HTX Thanh Xuân", State::Submitted).await;
        assert_eq!(rows(&s.board("2019-12-31").await), [("Huyện Quan Hóa".to_owned(), 1)], "the district that received it lives on");
        s.clock.set("2026-11-26 08:00");
        let now = s.board("2026-11-26").await;
        assert_eq!((rows(&now).len(), now.open[0].why), (0, Why::Unknown));
        assert!(now.open[0].choices.iter().all(|unit| unit.parent_id.is_some() && unit.lives_on(day("2019-12-01"))));
        assert!(!now.open[0].choices.is_empty());
        // A person knows: it went into Hồi Xuân, and that is followed to the commune of today.
        let town = now.open[0].choices.iter().find(|unit| unit.title() == "Thị trấn Hồi Xuân").unwrap().id;
        let command = PlaceCommand { organisation, at: now.open[0].unit.id, unit: town, seen_on: day("2026-11-26") };
        units::place(&s.office, &s.province, &command).await.unwrap();
        let now = s.board("2026-11-26").await;
        assert_eq!((rows(&now).len(), now.open.len(), now.said.len()), (1, 0, 1));
        assert_eq!(s.found(&s.province, now.rows[0].unit.id).await, ["HTX Thanh Xuân"]);
    }

    async fn who_decides_where_an_organisation_lies(database) {
        let s = scene(database).await;
        let district = testing::unit(&s.office, "398").await;
        let officer = testing::actor(&s.office, "thieu.hoa", Role::UnitOfficer, Scope::Unit(district)).await;
        let manager = testing::actor(&s.office, "lanh.dao", Role::Manager, Scope::Unit(district)).await;
        let elsewhere = testing::actor(&s.office, "noi.khac", Role::UnitOfficer, Scope::Unit(testing::unit(&s.office, "395").await)).await;
        let organisation = s.form("15772", "HTX Vạn Hà", State::Submitted).await;
        let stranger = s.form("15568", "HTX Xuân Lập", State::Submitted).await;
        let representative = testing::actor(&s.office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await;
        s.clock.set("2026-11-26 08:00");
        let at = s.unit_on("15772", "2025-06-30").await;
        let [home, other] = [s.unit_on("15772", "2026-11-26").await, s.unit_on("15796", "2026-11-26").await];
        let local = testing::actor(&s.office, "xa.moi", Role::UnitOfficer, Scope::Unit(home)).await;
        let command = PlaceCommand { organisation, at, unit: home, seen_on: day("2026-11-26") };

        for stranger in [&manager, &elsewhere, &representative, &local] {
            assert!(units::place(&s.office, stranger, &command).await.unwrap_err().is(&Refusal::NotFound), "{}", stranger.name);
        }
        for (wrong, refusal) in [
            (PlaceCommand { unit: s.unit_on("15568", "2019-06-12").await, ..command }, Refusal::NotAChoice),
            (PlaceCommand { organisation: stranger, ..command }, Refusal::NotFound),
            (PlaceCommand { seen_on: day("2019-06-12"), ..command }, Refusal::NotFound),
            (PlaceCommand { at: s.unit_on("15772", "2019-06-12").await, ..command }, Refusal::NotFound),
        ] {
            assert!(units::place(&s.office, &officer, &wrong).await.unwrap_err().is(&refusal), "{wrong:?}");
        }
        assert_eq!(s.found(&local, home).await, [] as [String; 0]);
        units::place(&s.office, &officer, &command).await.unwrap();
        assert!(units::place(&s.office, &s.province, &command).await.unwrap_err().is(&Refusal::ChangedMeanwhile));

        let board = s.board_of(&officer, "2026-11-26").await;
        assert_eq!((rows(&board), board.open.len()), (vec![("Xã Thiệu Hóa".to_owned(), 1)], 0));
        assert!(board.said[0].may_undo && !s.board_of(&manager, "2026-11-26").await.said[0].may_undo);
        assert_eq!(s.found(&s.province, home).await, ["HTX Vạn Hà"], "found under the commune of today");
        assert_eq!(s.found(&s.province, district).await, ["HTX Vạn Hà"], "and under the district of then");
        assert_eq!(s.found(&local, home).await, ["HTX Vạn Hà"], "whose officers see it from now on");
        assert_eq!(s.found(&s.province, other).await, [] as [String; 0]);
        assert_eq!(rows(&s.board("2019-06-12").await).len(), 2, "what was then stays as it was");
        assert_eq!(doctor::examine(&s.office).await.unwrap(), []);

        let said = board.said[0].placement.id;
        assert!(units::undo(&s.office, &manager, said).await.unwrap_err().is(&Refusal::NotFound));
        units::undo(&s.office, &s.province, said).await.unwrap();
        assert!(units::undo(&s.office, &s.province, said).await.unwrap_err().is(&Refusal::NotFound));
        assert_eq!(s.board("2026-11-26").await.open.len(), 1);
        assert_eq!(s.found(&local, home).await, [] as [String; 0]);
        units::place(&s.office, &s.province, &PlaceCommand { unit: other, ..command }).await.unwrap();
        assert_eq!(s.found(&s.province, other).await, ["HTX Vạn Hà"]);
    }

    async fn filters_know_where_a_person_says_that_an_organisation_lies(database) {
        let s = scene(database).await;
        let organisation = s.form("15772", "HTX Vạn Hà", State::Forwarded).await;
        s.form("15568", "HTX Xuân Lập", State::Forwarded).await;
        let district = testing::unit(&s.office, "395").await;
        s.clock.set("2026-11-26 08:00");
        let at = s.unit_on("15772", "2025-06-30").await;
        let [home, other] = [s.unit_on("15772", "2026-11-26").await, s.unit_on("15796", "2026-11-26").await];
        let local = testing::actor(&s.office, "xa.moi", Role::UnitOfficer, Scope::Unit(home)).await;
        let offered = async |actor: &Actor| {
            let units = registrations::list(&s.office, actor, &Wanted::default()).await.unwrap().units;
            units.into_iter().map(|unit| unit.id).collect::<Vec<_>>()
        };
        // What the table of the selection offers, and which products it finds under a unit of today.
        let selection = async |unit: UnitId| {
            let all = selections::Wanted::default();
            let offered = selections::table(&s.office, &s.province, 2019, &all).await.unwrap().units;
            let wanted = selections::Wanted { unit: Some(unit), ..all };
            let found = selections::table(&s.office, &s.province, 2019, &wanted).await.unwrap();
            assert_eq!(usize::try_from(found.found).unwrap(), found.rows.len());
            let names: Vec<_> = found.rows.into_iter().map(|row| row.organisation_name).collect();
            (offered.iter().any(|offered| offered.id == unit), names)
        };
        // A commune that went on as a whole is offered as it is called today, beside the district that received the form.
        let whole = s.board("2026-11-26").await.rows[0].unit.id;
        assert_eq!(selection(whole).await, (true, vec!["HTX Xuân Lập".to_owned()]));
        assert_eq!(selection(district).await, (true, vec!["HTX Xuân Lập".to_owned()]));
        for unit in [home, other] {
            assert_eq!(selection(unit).await, (false, vec![]), "the law leaves it open");
            assert!(!offered(&s.province).await.contains(&unit));
        }
        assert_eq!(offered(&local).await, []);

        let command = PlaceCommand { organisation, at, unit: home, seen_on: day("2026-11-26") };
        units::place(&s.office, &s.province, &command).await.unwrap();
        assert_eq!(selection(home).await, (true, vec!["HTX Vạn Hà".to_owned()]));
        assert_eq!(selection(other).await, (false, vec![]));
        assert!(offered(&s.province).await.contains(&home) && !offered(&s.province).await.contains(&other));
        assert!(offered(&local).await.contains(&home), "whose officers see it from now on");
        assert_eq!(s.found(&local, home).await, ["HTX Vạn Hà"]);

        let said = s.board("2026-11-26").await.said[0].placement.id;
        units::undo(&s.office, &s.province, said).await.unwrap();
        assert_eq!(selection(home).await, (false, vec![]));
        assert!(!offered(&s.province).await.contains(&home));
    }

    async fn the_board_is_for_those_who_see_units(database) {
        let s = scene(database).await;
        let organisation = s.form("15568", "HTX Xuân Lập", State::Selected).await;
        s.form("15772", "HTX Vạn Hà", State::Submitted).await;
        let district = testing::unit(&s.office, "395").await;
        let officer = testing::actor(&s.office, "can.bo", Role::UnitOfficer, Scope::Unit(district)).await;
        let representative = testing::actor(&s.office, "dai.dien", Role::Representative, Scope::Organisation(organisation)).await;
        let trainer = testing::actor(&s.office, "giang.vien", Role::Trainer, Scope::Unit(district)).await;
        let board = s.board_of(&officer, "2019-06-12").await;
        assert_eq!((rows(&board), board.everywhere), (vec![("Huyện Thọ Xuân".to_owned(), 1)], false));
        assert_eq!((board.total.of(State::Selected), board.year.target_products, board.windows.len()), (1, 30, 6));
        for nobody in [&representative, &trainer] {
            assert!(programmes::board(&s.office, nobody, 2019, None).await.unwrap_err().is(&Refusal::NotFound));
        }
        assert!(programmes::board(&s.office, &s.province, 2018, None).await.unwrap_err().is(&Refusal::NotFound));
        // Units are for those who see units.
        assert!(registrations::list(&s.office, &representative, &Wanted::default()).await.unwrap().units.is_empty());
        let units = registrations::list(&s.office, &officer, &Wanted::default()).await.unwrap().units;
        assert!(units.iter().any(|unit| unit.id == district), "{units:?}");
    }
}
