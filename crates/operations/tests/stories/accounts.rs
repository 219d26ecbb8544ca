//! Accounts: from an empty house to people who sign in, with slips and letters, and who may care for whom.

use domain::Refusal;
use domain::accounts::{GrantPlan, Language, Role, Scope, SignInNames};
use domain::organisations::OrganisationKind;
use operations::accounts::{self, SetUp};
use operations::notices;
use operations::testing::{self, CLIENT};

const PASSWORD: &str = "ba con mèo trắng";

fn user(name: &str) -> SignInNames {
    SignInNames { user_name: name.parse().ok(), ..SignInNames::default() }
}

fn set_up(name: &str) -> SetUp {
    SetUp {
        full_name: "Nguyễn Văn Đầu".parse().unwrap(),
        names: user(name),
        language: Language::Vietnamese,
        password: PASSWORD.into(),
        repeated: PASSWORD.into(),
    }
}

operations::both! {
    async fn an_empty_house_is_set_up_once(database) {
        let (office, _) = testing::office(database).await;
        let first = accounts::offer_setup(&office).await.unwrap().unwrap();
        let second = accounts::offer_setup(&office).await.unwrap().unwrap();
        let secret = |link: &str| link.rsplit('/').next().unwrap().to_owned();
        assert!(accounts::set_up(&office, CLIENT, &secret(&first), set_up("dau")).await.unwrap_err().is(&Refusal::LinkNotValid));
        let weak = SetUp { password: "ngắn".into(), ..set_up("dau") };
        assert!(accounts::set_up(&office, CLIENT, &secret(&second), weak).await.is_err());
        let account = accounts::set_up(&office, CLIENT, &secret(&second), set_up("dau")).await.unwrap();
        assert!(accounts::actor(&office, account).await.unwrap().unwrap().is(Role::Administrator));
        assert_eq!(accounts::sign_in(&office, CLIENT, "dau", PASSWORD).await.unwrap(), account);
        assert!(accounts::set_up(&office, CLIENT, &secret(&second), set_up("hai")).await.unwrap_err().is(&Refusal::LinkNotValid));
        assert_eq!(accounts::offer_setup(&office).await.unwrap(), None);
    }

    async fn a_slip_brings_somebody_without_mail_in(database) {
        let (office, clock) = testing::office(database).await;
        let unit = testing::unit(&office, "395").await;
        let elsewhere = testing::unit(&office, "380").await;
        let officer = testing::actor(&office, "can.bo", Role::UnitOfficer, Scope::Unit(unit)).await;
        let other = testing::actor(&office, "can.bo.khac", Role::UnitOfficer, Scope::Unit(elsewhere)).await;
        let organisation = testing::organisation(&office, OrganisationKind::Cooperative, "HTX Xuân Lập", unit).await;
        let person = testing::person(&office, "Lê Thị Hoa", Some(organisation)).await;
        let plan = |role, scope| GrantPlan { role, scope, valid_from: office.today(), valid_to: None };
        let represent = plan(Role::Representative, Scope::Organisation(organisation));
        let create = async |actor, names: &SignInNames, plan: GrantPlan| {
            accounts::create(&office, actor, person, names, Language::Vietnamese, &[plan]).await
        };
        assert!(create(&other, &user("htx.hoa"), represent).await.unwrap_err().is(&Refusal::NotFound));
        assert!(create(&officer, &user("can.bo"), represent).await.unwrap_err().is(&Refusal::NameTaken));
        assert!(create(&officer, &SignInNames::default(), represent).await.unwrap_err().is(&Refusal::Missing));
        for role in [Role::Administrator, Role::UnitOfficer, Role::Manager] {
            assert!(create(&officer, &user("htx.hoa"), plan(role, Scope::Unit(unit))).await.unwrap_err().is(&Refusal::NotAChoice));
        }
        let account = create(&officer, &user("htx.hoa"), represent).await.unwrap();
        assert!(create(&officer, &user("htx.hoa2"), represent).await.unwrap_err().is(&Refusal::HasAccount));

        assert!(accounts::issue_slip(&office, &other, account).await.unwrap_err().is(&Refusal::NotFound));
        let lost = accounts::issue_slip(&office, &officer, account).await.unwrap();
        let slip = accounts::issue_slip(&office, &officer, account).await.unwrap();
        assert_eq!((slip.names.as_slice(), slip.is_reset), (["htx.hoa".to_owned()].as_slice(), false));
        let redeem = async |secret: &str| accounts::redeem(&office, CLIENT, secret, PASSWORD.into(), PASSWORD).await;
        assert!(redeem(&lost.secret).await.unwrap_err().is(&Refusal::LinkNotValid), "a new slip replaces the old one");
        // Typed off paper, in groups and capitals.
        let typed = format!("{} {}", slip.secret[..13].to_uppercase(), &slip.secret[13..]);
        assert_eq!(accounts::invited(&office, CLIENT, &typed).await.unwrap().full_name, "Lê Thị Hoa");
        assert_eq!(redeem(&typed).await.unwrap(), account);
        assert!(redeem(&typed).await.unwrap_err().is(&Refusal::LinkNotValid), "one use");
        assert_eq!(accounts::sign_in(&office, CLIENT, "HTX.Hoa", PASSWORD).await.unwrap(), account);

        let late = accounts::issue_slip(&office, &officer, account).await.unwrap();
        assert!(late.is_reset);
        clock.set("2019-06-26 08:01");
        assert!(redeem(&late.secret).await.unwrap_err().is(&Refusal::LinkNotValid), "fourteen days");
    }

    async fn officers_do_not_reach_above_themselves(database) {
        let (office, _) = testing::office(database).await;
        let province = testing::unit(&office, "38").await;
        let unit = testing::unit(&office, "395").await;
        let administrator = testing::actor(&office, "quan.tri", Role::Administrator, Scope::Unit(province)).await;
        let provincial = testing::actor(&office, "can.bo.tinh", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let officer = testing::actor(&office, "can.bo", Role::UnitOfficer, Scope::Unit(unit)).await;
        let plan = |role| GrantPlan { role, scope: Scope::Unit(unit), valid_from: office.today(), valid_to: None };
        let refused = |outcome: Result<_, operations::Failure>| outcome.map(drop).unwrap_err();
        assert!(refused(accounts::issue_slip(&office, &provincial, administrator.account).await.map(drop)).is(&Refusal::NotFound));
        assert!(refused(accounts::issue_slip(&office, &officer, provincial.account).await.map(drop)).is(&Refusal::NotFound));
        assert!(refused(accounts::grant(&office, &provincial, officer.account, &plan(Role::Administrator)).await.map(drop))
            .is(&Refusal::NotAChoice));
        accounts::grant(&office, &provincial, officer.account, &plan(Role::Manager)).await.unwrap();
        assert!(accounts::actor(&office, officer.account).await.unwrap().unwrap().is(Role::Manager));

        // The last administrator stays; a second one lets the first go.
        let own = accounts::of_person(&office, &administrator, administrator.person).await.unwrap().unwrap().grants[0].0.id;
        assert!(refused(accounts::end_grant(&office, &provincial, own).await).is(&Refusal::NotFound));
        assert!(refused(accounts::end_grant(&office, &administrator, own).await).is(&Refusal::LastAdministrator));
        accounts::grant(&office, &administrator, provincial.account, &plan(Role::Administrator)).await.unwrap();
        let slip = accounts::issue_slip(&office, &administrator, provincial.account).await.unwrap();
        accounts::redeem(&office, CLIENT, &slip.secret, PASSWORD.into(), PASSWORD).await.unwrap();
        accounts::end_grant(&office, &administrator, own).await.unwrap();
        assert!(accounts::actor(&office, administrator.account).await.unwrap().unwrap().grants.is_empty());

        let seen = |rows: Vec<store::accounts::ListRow>| rows.into_iter().map(|row| row.id).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(seen(accounts::list(&office, &provincial, "").await.unwrap()).len(), 3);
        assert!(seen(accounts::list(&office, &officer, "").await.unwrap()).is_empty(), "no representative yet");
    }

    async fn a_letter_resets_a_password_and_tells_nobody_who_is_known(database) {
        let (office, clock) = testing::office(database).await;
        let province = testing::unit(&office, "38").await;
        let administrator = testing::actor(&office, "quan.tri", Role::Administrator, Scope::Unit(province)).await;
        let person = testing::person(&office, "Lê Thị Hoa", None).await;
        let names = SignInNames { email: "hoa@example.vn".parse().ok(), ..user("hoa.le") };
        let plan = GrantPlan { role: Role::Trainer, scope: Scope::Unit(province), valid_from: office.today(), valid_to: None };
        accounts::create(&office, &administrator, person, &names, Language::English, &[plan]).await.unwrap();
        for name in ["nobody@example.vn", "quan.tri", "không phải tên"] {
            accounts::request_reset(&office, CLIENT, name).await.unwrap();
        }
        assert_eq!(letters(&office).await, [] as [String; 0]);
        accounts::request_reset(&office, CLIENT, "Hoa.Le").await.unwrap();
        let letter = letters(&office).await.remove(0);
        let secret: String = letter.split("/reset/").nth(1).unwrap().chars().take_while(char::is_ascii_alphanumeric).collect();
        assert_eq!(accounts::invited(&office, CLIENT, &secret).await.unwrap().full_name, "Lê Thị Hoa");
        clock.set("2019-06-12 09:01");
        assert!(accounts::invited(&office, CLIENT, &secret).await.unwrap_err().is(&Refusal::LinkNotValid), "one hour");
    }

    async fn guessing_is_slowed_down_and_signing_in_is_not(database) {
        let (office, clock) = testing::office(database).await;
        let link = accounts::offer_setup(&office).await.unwrap().unwrap();
        let account = accounts::set_up(&office, CLIENT, link.rsplit('/').next().unwrap(), set_up("dau")).await.unwrap();
        for _ in 0..12 {
            assert_eq!(accounts::sign_in(&office, CLIENT, "dau", PASSWORD).await.unwrap(), account);
        }
        for _ in 0..5 {
            assert!(accounts::sign_in(&office, CLIENT, "dau", "sai mật khẩu").await.unwrap_err().is(&Refusal::SignInFailed));
        }
        let elsewhere = "192.0.2.9".parse().unwrap();
        let refusal = accounts::sign_in(&office, elsewhere, "dau", PASSWORD).await.unwrap_err();
        assert!(refusal.is(&Refusal::TooManyAttempts { seconds: 30 }), "by name, wherever from: {refusal}");
        clock.set("2019-06-12 08:01");
        assert!(accounts::sign_in(&office, CLIENT, "dau", PASSWORD).await.is_ok());
        for _ in 0..10 {
            assert!(accounts::redeem(&office, elsewhere, "0000", PASSWORD.into(), PASSWORD).await.unwrap_err().is(&Refusal::LinkNotValid));
        }
        assert!(matches!(
            accounts::redeem(&office, elsewhere, "0000", PASSWORD.into(), PASSWORD).await,
            Err(operations::Failure::Refused(faults)) if matches!(faults.0[0].refusal, Refusal::TooManyAttempts { .. })
        ));
    }

    async fn changing_the_password_signs_out_elsewhere(database) {
        let (office, _) = testing::office(database).await;
        let link = accounts::offer_setup(&office).await.unwrap().unwrap();
        let account = accounts::set_up(&office, CLIENT, link.rsplit('/').next().unwrap(), set_up("dau")).await.unwrap();
        let actor = accounts::actor(&office, account).await.unwrap().unwrap();
        let later = office.now() + chrono::TimeDelta::hours(1);
        let mut work = office.database.begin().await.unwrap();
        for id in ["here", "there"] {
            store::sign_ins::create(&mut work, id, Some(account), "", later).await.unwrap();
        }
        work.commit().await.unwrap();
        let new = "bốn con mèo đen";
        let change = async |present: &str| accounts::change_password(&office, &actor, Some("here"), present, new.into(), new).await;
        assert!(change("sai mật khẩu").await.unwrap_err().is(&Refusal::WrongPassword));
        change(PASSWORD).await.unwrap();
        assert!(accounts::sign_in(&office, CLIENT, "dau", PASSWORD).await.is_err());
        assert!(accounts::sign_in(&office, CLIENT, "dau", new).await.is_ok());
        let mut records = office.database.read().await.unwrap();
        assert!(store::sign_ins::load(&mut records, "here", office.now()).await.unwrap().is_some());
        assert!(store::sign_ins::load(&mut records, "there", office.now()).await.unwrap().is_none());
        drop(records);
        assert_eq!(accounts::sign_out_everywhere(&office, &actor).await.unwrap(), 1);
        accounts::set_language(&office, &actor, Language::English).await.unwrap();
    }

    async fn a_demonstration_offers_one_of_each_role_and_another_house_nobody(database) {
        let (mut office, _) = testing::office(database).await;
        let slip = accounts::create_at_console(&office, "Trần Thị Quản".parse().unwrap(), &user("quan"), Role::Manager).await.unwrap();
        let password = accounts::DEMO_PASSWORD;
        accounts::redeem(&office, CLIENT, &slip.secret, password.into(), password).await.unwrap();
        assert!(accounts::demo_sign_ins(&office).await.unwrap().is_empty());
        office.settings = std::sync::Arc::new(operations::Settings { demo: true, ..(*office.settings).clone() });
        let offered = accounts::demo_sign_ins(&office).await.unwrap();
        assert_eq!(offered.iter().map(|one| (one.name.as_str(), one.role)).collect::<Vec<_>>(), [("quan", Role::Manager)]);
        assert!(accounts::sign_in(&office, CLIENT, &offered[0].name, password).await.is_ok());
    }

    async fn the_console_makes_accounts_and_slips(database) {
        let (office, _) = testing::office(database).await;
        let name = || "Trần Thị Quản".parse().unwrap();
        let slip = accounts::create_at_console(&office, name(), &user("quan"), Role::Administrator).await.unwrap();
        accounts::redeem(&office, CLIENT, &slip.secret, PASSWORD.into(), PASSWORD).await.unwrap();
        let again = accounts::reset_at_console(&office, "quan").await.unwrap();
        assert!(again.is_reset && again.account == slip.account);
        assert!(accounts::reset_at_console(&office, "nobody").await.unwrap_err().is(&Refusal::NotFound));
        assert!(accounts::create_at_console(&office, name(), &user("hai"), Role::Representative).await.is_err());
    }
}

/// The links of the letters that wait in the outbox.
async fn letters(office: &operations::Office) -> Vec<String> {
    let mut links = Vec::new();
    for id in notices::due(office).await.unwrap() {
        if let Some((_, notices::Letter::PasswordReset { link, .. })) = notices::claim(office, id).await.unwrap() {
            links.push(link);
        }
    }
    links
}
