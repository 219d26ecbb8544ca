//! Whoever is signed out while they type signs in again and finds what they typed.

use axum::http::StatusCode;
use domain::accounts::{Role, Scope};
use domain::organisations::OrganisationKind;
use domain::registrations::State;
use operations::testing;
use server::testing::House;

const PASSWORD: &str = "ba con mèo trắng";

/// The value of a hidden field of a page.
fn value(page: &str, name: &str) -> String {
    let input = page.split("<input").find(|input| input.contains(&format!("name=\"{name}\""))).unwrap();
    input.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

operations::both! {
    async fn what_was_typed_waits_for_who_signs_in_again(database) {
        let house = House::over(database).await;
        let office = &house.office;
        let link = operations::accounts::offer_setup(office).await.unwrap().unwrap();
        let fields = [("full_name", "Trần Thị Quản"), ("user_name", "quan.tri"), ("password", PASSWORD), ("repeated", PASSWORD)];
        house.anonymous().post(link.strip_prefix("http://ocop.test").unwrap(), &fields).await;
        let commune = testing::unit(office, "15568").await;
        let organisation = testing::organisation(office, OrganisationKind::Cooperative, "HTX Xuân Lập", commune).await;
        let officer = testing::actor(office, "can.bo", Role::UnitOfficer, Scope::Unit(commune)).await;
        let programme = testing::programme_year(office, 2019).await;
        let form = testing::registration(office, &officer, &programme, organisation, "Mắm tép", State::Draft).await;
        let edit = format!("/registrations/{form}/edit");

        let mut visitor = house.anonymous();
        let typed = [("version", "1"), ("section", "general"), ("go", "next"), ("short_plan", "Mở \"rộng\"\nthêm <lò>"), ("meetings", "Hằng quý")];
        let page = visitor.post(&edit, &typed).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
        let text = page.text();
        assert!(text.contains("Những gì bạn vừa gõ vẫn còn") && value(&text, "next") == edit, "{text}");
        assert!(text.contains("Mở &quot;rộng&quot;\nthêm &lt;lò&gt;"), "{text}");
        // A wrong password loses nothing.
        let kept = typed.map(|(name, typed)| (format!("kept.{name}"), typed));
        let mut fields: Vec<(&str, &str)> = kept.iter().map(|(name, typed)| (name.as_str(), *typed)).collect();
        fields.extend([("next", edit.as_str()), ("name", "quan.tri")]);
        let wrong = visitor.post("/sign-in", &[fields.clone(), vec![("password", "sai mật khẩu")]].concat()).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(value(&wrong.text(), "kept.meetings"), "Hằng quý");
        assert!(!wrong.text().contains("sai mật khẩu"));
        let page = visitor.post("/sign-in", &[fields.clone(), vec![("password", PASSWORD)]].concat()).await.text();
        assert!(page.contains(&format!("action=\"{edit}\"")) && value(&page, "meetings") == "Hằng quý", "{page}");
        assert!(page.contains("Lưu những gì đã gõ"));
        let done = visitor.post(&edit, &typed).await;
        assert_eq!(done.location(), format!("{edit}?section=support&saved=yes"));
        assert_eq!(value(&visitor.get(&format!("{edit}?section=general")).await.text(), "version"), "2");

        // Where it is sent on to is a page of this program, whatever was asked for.
        let mut stranger = house.anonymous();
        fields.retain(|(name, _)| *name != "next");
        for next in ["https://evil.example/", "//evil.example", "/sign-in"] {
            let page = stranger.post("/sign-in", &[fields.clone(), vec![("password", PASSWORD), ("next", next)]].concat()).await;
            assert!(page.text().contains("action=\"/\"") && !page.text().contains("evil"), "{}", page.text());
        }
        // Nothing typed, nothing kept.
        assert!(house.anonymous().get(&edit).await.location().starts_with("/sign-in?next="));
        let page = house.anonymous().post(&edit, &[]).await;
        assert!(page.location().starts_with("/sign-in?next="));
    }
}
