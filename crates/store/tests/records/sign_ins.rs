//! Records of signed-in browsers: kept, replaced, expired, and deleted by account.

use chrono::{DateTime, TimeDelta};
use domain::accounts::Language;
use domain::ids::{AccountId, PersonId};
use store::people::{Person, SealedNumber};
use store::sign_ins;

store::both! {
    async fn a_record_lives_until_it_expires_or_is_deleted(database) {
        let now = DateTime::UNIX_EPOCH + TimeDelta::milliseconds(1_560_000_000_123);
        let later = now + TimeDelta::hours(1);
        let mut work = database.begin().await.unwrap();
        assert!(sign_ins::create(&mut work, "a", None, "1", later).await.unwrap());
        assert!(!sign_ins::create(&mut work, "a", None, "2", later).await.unwrap(), "the id is taken");
        assert!(sign_ins::save(&mut work, "a", None, "3", later).await.unwrap());
        assert_eq!(sign_ins::load(&mut work, "a", now).await.unwrap(), Some(("3".into(), later)));
        assert_eq!(sign_ins::load(&mut work, "a", later).await.unwrap(), None);
        assert_eq!(sign_ins::delete_expired(&mut work, now).await.unwrap(), 0);
        assert_eq!(sign_ins::delete_expired(&mut work, later).await.unwrap(), 1);
        assert!(!sign_ins::save(&mut work, "a", None, "4", later).await.unwrap(), "what was deleted does not come back");
        assert!(!sign_ins::delete(&mut work, "a").await.unwrap());
    }

    async fn an_account_is_signed_out_everywhere_but_here(database) {
        let now = DateTime::UNIX_EPOCH;
        let later = now + TimeDelta::hours(1);
        let (account, person) = (AccountId(uuid::Uuid::from_u128(1)), PersonId(uuid::Uuid::from_u128(2)));
        let somebody = Person {
            id: person, full_name: "Lê Thị Hoa".parse().unwrap(), birth_date: None, birth_year: None, sex: None,
            phone: None, email: None, number: SealedNumber::default(),
        };
        let mut work = database.begin().await.unwrap();
        store::people::add(&mut work, &somebody, now).await.unwrap();
        store::accounts::add(&mut work, account, person, None, Language::Vietnamese, now).await.unwrap();
        for id in ["here", "there", "elsewhere"] {
            sign_ins::create(&mut work, id, Some(account), "", later).await.unwrap();
        }
        sign_ins::create(&mut work, "stranger", None, "", later).await.unwrap();
        assert_eq!(sign_ins::delete_of_account(&mut work, account, Some("here")).await.unwrap(), 2);
        assert_eq!(sign_ins::delete_of_account(&mut work, account, None).await.unwrap(), 1);
        assert!(sign_ins::load(&mut work, "stranger", now).await.unwrap().is_some());
    }
}
