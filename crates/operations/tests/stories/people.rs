//! People are known once, wherever they are entered.

use domain::Refusal;
use domain::accounts::{Actor, Role, Scope};
use domain::ids::OrganisationId;
use domain::organisations::OrganisationKind;
use domain::people::{Agreement, Birth, Nearness, PersonEntry};
use operations::people::{self, Found};
use operations::{Office, doctor, testing};
use store::people::Person;

pub fn entry(name: &str, birth: &str, citizen_id: Option<&str>) -> PersonEntry {
    PersonEntry {
        full_name: name.parse().unwrap(),
        birth: Birth::read(birth, "2019-06-12".parse().unwrap()).ok(),
        sex: None,
        phone: None,
        email: None,
        citizen_id: citizen_id.map(|number| number.parse().unwrap()),
        position: Some("Giám đốc".into()),
        on_state_payroll: false,
    }
}

pub fn reached(name: &str, birth: &str, phone: &str) -> PersonEntry {
    PersonEntry { phone: Some(phone.parse().unwrap()), ..entry(name, birth, None) }
}

/// Two cooperatives of one district and one of another, and who keeps the people of the province, of that district, and of
/// the first cooperative.
pub struct Village {
    pub office: Office,
    pub here: OrganisationId,
    pub there: OrganisationId,
    pub far: OrganisationId,
    pub province: Actor,
    pub officer: Actor,
    pub representative: Actor,
}

pub async fn village(database: store::Database) -> Village {
    let (office, _) = testing::office(database).await;
    let (unit, elsewhere) = (testing::unit(&office, "395").await, testing::unit(&office, "380").await);
    let here = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
    let there = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Thọ Lập", unit).await;
    let far = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Ngọc Lặc", elsewhere).await;
    let whole = testing::unit(&office, "38").await;
    let province = testing::actor(&office, "tinh", Role::ProvincialOfficer, Scope::Unit(whole)).await;
    let officer = testing::actor(&office, "huyen", Role::UnitOfficer, Scope::Unit(unit)).await;
    let representative = testing::actor(&office, "htx", Role::Representative, Scope::Organisation(here)).await;
    Village { office, here, there, far, province, officer, representative }
}

/// Enters somebody for who reaches everybody; true when they were added.
async fn entered(office: &Office, work: &mut store::Work, organisation: OrganisationId, entry: &PersonEntry) -> (Person, bool) {
    let (person, entered) = people::find_or_add(office, work, None, organisation, entry).await.unwrap();
    (person, entered.is_new())
}

impl Village {
    pub async fn enter(&self, organisation: OrganisationId, entry: &PersonEntry) -> (Person, bool) {
        let mut work = self.office.database.begin().await.unwrap();
        let found = entered(&self.office, &mut work, organisation, entry).await;
        work.commit().await.unwrap();
        found
    }

    pub async fn pairs(&self, actor: &Actor) -> Vec<people::Pair> {
        people::duplicates(&self.office, actor, None).await.unwrap().pairs
    }
}

operations::both! {
    async fn entering_somebody_twice_changes_nothing(database) {
        let v = village(database).await;
        let (office, here, there) = (&v.office, v.here, v.there);
        let hoa = entry("Lê Thị Hoà", "1985", None);

        let mut work = office.database.begin().await.unwrap();
        let (first, is_new) = entered(office, &mut work, here, &hoa).await;
        assert!(is_new);
        // The same with her whole birthday and number: what was not known is filled in.
        let fuller = entry("Lê Thị Hòa", "2/9/1985", Some("038185001234"));
        let (second, is_new) = entered(office, &mut work, here, &fuller).await;
        assert_eq!((second.id, is_new), (first.id, false));
        assert_eq!(second.full_name.as_str(), "Lê Thị Hoà", "what was known stays");
        assert_eq!(second.birth(), fuller.birth);
        assert_eq!(store::people::find(&mut work, first.id).await.unwrap().unwrap(), second);

        // Elsewhere her name alone is somebody else; her number is her.
        let (other, is_new) = entered(office, &mut work, there, &hoa).await;
        assert!(is_new && other.id != first.id);
        let numbered = entry("lê thị hoà", "1985", Some("038185001234"));
        let (again, is_new) = entered(office, &mut work, there, &numbered).await;
        assert_eq!((again.id, is_new), (first.id, false));
        let taken = entry("Trần Văn Nam", "1985", Some("038185001234"));
        assert!(people::find_or_add(office, &mut work, None, there, &taken).await.unwrap_err().is(&Refusal::CitizenNumberTaken));
        work.commit().await.unwrap();

        let mut records = office.database.read().await.unwrap();
        assert_eq!(store::people::members(&mut records, here, office.today()).await.unwrap().len(), 2, "with the representative");
        assert_eq!(store::people::members(&mut records, there, office.today()).await.unwrap().len(), 2);
    }

    async fn two_lists_at_once_add_each_person_once(database) {
        let (office, _) = testing::office(database).await;
        let unit = testing::unit(&office, "395").await;
        let here = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
        let add = async |office: operations::Office| {
            let mut work = office.database.begin().await.unwrap();
            people::find_or_add(&office, &mut work, None, here, &entry("Lê Thị Hoà", "1985", None)).await.unwrap();
            work.commit().await.unwrap();
        };
        tokio::join!(add(office.clone()), add(office.clone()), add(office.clone()), add(office.clone()));
        let mut records = office.database.read().await.unwrap();
        assert_eq!(store::people::members(&mut records, here, office.today()).await.unwrap().len(), 1);
    }

    async fn a_telephone_number_is_known_everywhere_and_a_birthday_is_asked_about(database) {
        let v = village(database).await;
        let (hoa, _) = v.enter(v.here, &reached("Lê Thị Hoà", "2/9/1985", "0912345678")).await;
        // In decomposed letters, without tones, with an old prefix: the same.
        let (again, is_new) = v.enter(v.far, &reached("Le\u{302} Thi\u{323} Hoa\u{300}", "", "+84 912 345 678")).await;
        assert_eq!((again.id, is_new), (hoa.id, false));
        let (again, _) = v.enter(v.there, &reached("LE THI HOA", "1985", "912345678")).await;
        assert_eq!(again.id, hoa.id);

        // Her name and birthday alone are not enough elsewhere: nothing is merged silently.
        let birthday = entry("Lê Thị Hoà", "2/9/1985", None);
        let unit = testing::unit(&v.office, "380").await;
        let mill = testing::organisation(&v.office, OrganisationKind::Enterprise, "Công ty Lam Kinh", unit).await;
        let found = people::find(&v.office, &mut v.office.database.read().await.unwrap(), None, mill, &birthday).await.unwrap();
        assert_eq!(found, Found::Probable(vec![hoa.id]));
        let (double, is_new) = v.enter(mill, &birthday).await;
        assert!(is_new && double.id != hoa.id);
        let pairs = v.pairs(&v.province).await;
        assert_eq!(pairs.len(), 1);
        let ids = (pairs[0].newer.person.id, pairs[0].older.person.id);
        assert_eq!(ids, (double.id.max(hoa.id), double.id.min(hoa.id)));
        assert_eq!((pairs[0].evidence.name, pairs[0].evidence.birth), (Agreement::Same, Agreement::Same));
        // She belongs to HTX Ngọc Lặc of that district since her telephone number was entered there.
        assert_eq!(pairs[0].evidence.place, Nearness::Unit);
    }

    async fn every_way_to_be_alike_is_found(database) {
        let v = village(database).await;
        for (title, left, right, is_pair) in [
            ("birthday", entry("Đỗ Văn An", "1/1/1980", None), entry("Do Van An", "1/1/1980", None), true),
            ("misspelt", reached("Đỗ Văn Bình", "2/1/1980", "0911111111"), reached("Đỗ Văn Bính Anh", "2/1/1980", "0911111111"), true),
            ("day and year", entry("Đỗ Văn Cường", "3/1/1980", None), entry("Đỗ Văn Cường", "1980", None), true),
            ("two years", entry("Đỗ Văn Dũng", "1980", None), entry("Đỗ Văn Dũng", "1980", None), true),
            ("other day", entry("Đỗ Văn Giang", "4/1/1980", None), entry("Đỗ Văn Giang", "5/1/1980", None), false),
            ("phone, other day", reached("Đỗ Văn Hải", "4/1/1980", "0922222222"), reached("Đỗ Văn Hải", "4/1/1981", "0922222222"), true),
            ("other number", entry("Đỗ Văn Khánh", "6/1/1980", Some("038080000001")), entry("Đỗ Văn Khánh", "6/1/1980", Some("038080000002")), false),
            ("old and new number", entry("Đỗ Văn Lâm", "6/1/1980", Some("038080000003")), entry("Đỗ Văn Lâm", "6/1/1980", Some("171234567")), true),
            ("other year", entry("Đỗ Văn Minh", "1980", None), entry("Đỗ Văn Minh", "1981", None), false),
        ] {
            let before = v.pairs(&v.province).await.len();
            let (left, _) = v.enter(v.here, &left).await;
            let (right, is_new) = v.enter(v.there, &right).await;
            assert!(is_new && left.id != right.id, "{title}");
            assert_eq!(v.pairs(&v.province).await.len() - before, usize::from(is_pair), "{title}");
        }
        // A colleague without a birth, whose entry has one.
        let before = v.pairs(&v.province).await.len();
        v.enter(v.here, &entry("Đỗ Văn Nghĩa", "", None)).await;
        let (_, is_new) = v.enter(v.here, &entry("Đỗ Văn Nghĩa", "1980", None)).await;
        assert!(is_new);
        assert_eq!(v.pairs(&v.province).await.len(), before + 1);
    }

    async fn two_who_were_told_apart_are_not_shown_again(database) {
        let v = village(database).await;
        let (hoa, _) = v.enter(v.here, &entry("Lê Thị Hoà", "2/9/1985", None)).await;
        let (other, _) = v.enter(v.there, &entry("Lê Thị Hoà", "2/9/1985", None)).await;
        let (far, _) = v.enter(v.far, &entry("Lê Thị Hoà", "2/9/1985", None)).await;
        assert_eq!(v.pairs(&v.province).await.len(), 3);
        // The officer of the district sees whoever reaches into it, and decides where both do. Of the far one little is told.
        let pairs = v.pairs(&v.officer).await;
        assert_eq!(pairs.len(), 3);
        assert_eq!(pairs.iter().filter(|pair| pair.may_decide()).count(), 1);
        let is_far = |pair: &&people::Pair| pair.newer.person.id == far.id || pair.older.person.id == far.id;
        assert!(pairs.iter().filter(is_far).all(|pair| pair.newer.is_kept != pair.older.is_kept));
        // A representative sees pairs among their own people only.
        assert!(v.pairs(&v.representative).await.is_empty());

        let office = &v.office;
        for (one, other) in [(hoa.id, far.id), (far.id, hoa.id), (hoa.id, hoa.id)] {
            assert!(people::tell_apart(office, &v.officer, one, other).await.unwrap_err().is(&Refusal::NotFound));
        }
        assert!(people::tell_apart(office, &v.representative, hoa.id, other.id).await.unwrap_err().is(&Refusal::NotFound));
        let said = people::tell_apart(office, &v.officer, other.id, hoa.id).await.unwrap();
        assert!(people::tell_apart(office, &v.officer, hoa.id, other.id).await.unwrap_err().is(&Refusal::AlreadyExists));
        assert_eq!(v.pairs(&v.province).await.len(), 2);
        let remembered = people::duplicates(office, &v.officer, None).await.unwrap().apart;
        assert_eq!(remembered.len(), 1);
        assert_eq!((remembered[0].id, remembered[0].said_by_name.as_str()), (said, "Nguyễn Văn Thử"));
        assert!(people::take_back(office, &v.representative, said).await.unwrap_err().is(&Refusal::NotFound));
        people::take_back(office, &v.officer, said).await.unwrap();
        assert!(people::take_back(office, &v.officer, said).await.unwrap_err().is(&Refusal::NotFound));
        assert_eq!(v.pairs(&v.province).await.len(), 3);
        assert_eq!(doctor::examine(office).await.unwrap(), []);
    }

    async fn many_pairs_come_page_by_page(database) {
        let v = village(database).await;
        for given in ["An", "Bình", "Chi", "Dung", "Giang", "Hà", "Lan"] {
            let name = format!("Lê Thị {given}");
            for organisation in [v.here, v.there, v.far] {
                v.enter(organisation, &entry(&name, "2/9/1985", None)).await;
            }
        }
        let first = people::duplicates(&v.office, &v.province, None).await.unwrap();
        let second = people::duplicates(&v.office, &v.province, first.next).await.unwrap();
        let ids = |found: &people::Duplicates| -> Vec<_> {
            found.pairs.iter().map(|pair| (pair.newer.person.id, pair.older.person.id)).collect()
        };
        let mut all = [ids(&first), ids(&second)].concat();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        // Seven names of three each.
        assert_eq!((count, all.len(), first.pairs.len()), (21, 21, 20));
        assert_eq!(second.next, None);
    }

    async fn people_are_found_however_they_are_typed(database) {
        let v = village(database).await;
        let (dua, _) = v.enter(v.here, &entry("Hơ Dũa", "1985", Some("038185001234"))).await;
        let (dac, _) = v.enter(v.far, &reached("ĐẶNG thị Đắc", "1990", "0912345678")).await;
        for typed in ["dua", "hơ DŨA", "Hơ Du\u{303}a", "Ho\u{31b} Du\u{303}a", "  ho   dua ", "038185001234", "38185001234"] {
            let found = people::search(&v.office, &v.province, typed).await.unwrap();
            assert_eq!(found.iter().map(|person| person.id).collect::<Vec<_>>(), [dua.id], "{typed}");
            assert_eq!(found[0].full_name.as_str(), "Hơ Dũa", "as written");
        }
        for typed in ["dac", "dang", "đặng thị", "0912 345 678"] {
            assert_eq!(people::search(&v.office, &v.province, typed).await.unwrap()[0].id, dac.id, "{typed}");
            assert!(people::search(&v.office, &v.officer, typed).await.unwrap().is_empty(), "outside the district");
        }
        assert_eq!(people::search(&v.office, &v.representative, "dua").await.unwrap().len(), 1);
        assert!(people::search(&v.office, &v.province, " ").await.unwrap().is_empty());
        let unit = testing::unit(&v.office, "395").await;
        let manager = testing::actor(&v.office, "lanh.dao", Role::Manager, Scope::Unit(unit)).await;
        assert_eq!(people::search(&v.office, &manager, "ho dua").await.unwrap().len(), 1);
        assert!(people::search(&v.office, &manager, "038185001234").await.unwrap().is_empty(), "who keeps nobody tries no numbers");
        let trainer = testing::actor(&v.office, "giang.vien", Role::Trainer, Scope::Unit(unit)).await;
        assert!(people::search(&v.office, &trainer, "dua").await.unwrap_err().is(&Refusal::NotFound));
        assert!(people::duplicates(&v.office, &manager, None).await.unwrap_err().is(&Refusal::NotFound));
    }
}
