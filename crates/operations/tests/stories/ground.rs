//! What everything stands on: reference data, scopes, signing in.

use domain::Refusal;
use domain::accounts::{Role, Scope};
use domain::organisations::OrganisationKind;
use operations::{accounts, testing};

operations::both! {
    async fn reference_data_is_stored_once_and_covers_follow_succession(database) {
        let (office, clock) = testing::office(database).await;
        // Phường Đông Hải went whole into Phường Hạc Thành; Phường Đông Thọ was divided, which covers nothing.
        let (whole, divided) = (testing::unit(&office, "14797").await, testing::unit(&office, "14758").await);
        let district = testing::unit(&office, "380").await;
        operations::reference::seed(&office).await.unwrap();
        let mut records = office.database.read().await.unwrap();
        assert_eq!(store::units::count(&mut records).await.unwrap(), 924);
        assert_eq!(store::units::on_day(&mut records, office.today()).await.unwrap().len(), 1 + 27 + 635);
        assert!(store::units::covering(&mut records, whole).await.unwrap().contains(&district));
        drop(records);
        clock.set("2026-11-23 08:00");
        let mut records = office.database.read().await.unwrap();
        assert_eq!(store::units::on_day(&mut records, office.today()).await.unwrap().len(), 1 + 166);
        assert_eq!(store::units::covering(&mut records, whole).await.unwrap().len(), 4, "itself, district, province, successor");
        assert_eq!(store::units::covering(&mut records, divided).await.unwrap().len(), 3, "itself, district, province");
    }

    async fn signing_in_says_the_same_for_every_reason_to_refuse(database) {
        let (office, _) = testing::office(database).await;
        let unit = testing::unit(&office, "395").await;
        let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
        let actor = testing::actor(&office, "htx.xuanlap", Role::Representative, Scope::Organisation(organisation)).await;
        assert_eq!(actor.organisations().collect::<Vec<_>>(), [organisation]);
        for (name, password) in [("htx.xuanlap", "không có mật khẩu"), ("nobody", "không có mật khẩu"), ("", "")] {
            assert!(accounts::sign_in(&office, testing::CLIENT, name, password).await.unwrap_err().is(&Refusal::SignInFailed));
        }
        let hash = accounts::hash_password(&office, "ba con mèo trắng".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }
}
