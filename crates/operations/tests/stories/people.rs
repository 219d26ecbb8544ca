//! People are known once, wherever they are entered.

use domain::Refusal;
use domain::organisations::OrganisationKind;
use domain::people::{Birth, PersonEntry};
use operations::{people, testing};

fn entry(name: &str, birth: &str, citizen_id: Option<&str>) -> PersonEntry {
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

operations::both! {
    async fn entering_somebody_twice_changes_nothing(database) {
        let (office, _) = testing::office(database).await;
        let unit = testing::unit(&office, "395").await;
        let here = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
        let there = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Thọ Lập", unit).await;
        let hoa = entry("Lê Thị Hoà", "1985", None);

        let mut work = office.database.begin().await.unwrap();
        let (first, is_new) = people::find_or_add(&office, &mut work, here, &hoa).await.unwrap();
        assert!(is_new);
        // The same with her whole birthday and number: what was not known is filled in.
        let fuller = entry("Lê Thị Hòa", "2/9/1985", Some("038185001234"));
        let (second, is_new) = people::find_or_add(&office, &mut work, here, &fuller).await.unwrap();
        assert_eq!((second.id, is_new), (first.id, false));
        assert_eq!(second.full_name.as_str(), "Lê Thị Hoà", "what was known stays");
        assert_eq!(second.birth(), fuller.birth);
        assert_eq!(store::people::find(&mut work, first.id).await.unwrap().unwrap(), second);

        // Elsewhere her name alone is somebody else; her number is her.
        let (other, is_new) = people::find_or_add(&office, &mut work, there, &hoa).await.unwrap();
        assert!(is_new && other.id != first.id);
        let numbered = entry("lê thị hoà", "1985", Some("038185001234"));
        let (again, is_new) = people::find_or_add(&office, &mut work, there, &numbered).await.unwrap();
        assert_eq!((again.id, is_new), (first.id, false));
        let taken = entry("Trần Văn Nam", "1985", Some("038185001234"));
        assert!(people::find_or_add(&office, &mut work, there, &taken).await.unwrap_err().is(&Refusal::CitizenNumberTaken));
        work.commit().await.unwrap();

        let mut records = office.database.read().await.unwrap();
        assert_eq!(store::people::members(&mut records, here, office.today()).await.unwrap().len(), 1);
        assert_eq!(store::people::members(&mut records, there, office.today()).await.unwrap().len(), 2);
    }

    async fn two_lists_at_once_add_each_person_once(database) {
        let (office, _) = testing::office(database).await;
        let unit = testing::unit(&office, "395").await;
        let here = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
        let add = async |office: operations::Office| {
            let mut work = office.database.begin().await.unwrap();
            people::find_or_add(&office, &mut work, here, &entry("Lê Thị Hoà", "1985", None)).await.unwrap();
            work.commit().await.unwrap();
        };
        tokio::join!(add(office.clone()), add(office.clone()), add(office.clone()), add(office.clone()));
        let mut records = office.database.read().await.unwrap();
        assert_eq!(store::people::members(&mut records, here, office.today()).await.unwrap().len(), 1);
    }
}
