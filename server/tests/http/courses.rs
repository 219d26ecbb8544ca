//! How a course is usually held: kept in its form, and what a new class of it is offered with.

use axum::http::StatusCode;
use domain::accounts::{Role, Scope};
use operations::testing;
use server::testing::House;

/// The values of the fields of sessions with this name.
fn values(page: &str, field: &str) -> Vec<String> {
    let ending = format!(".{field}\"");
    let inputs = page.split("<input").filter(|input| input.contains("name=\"sessions.") && input.contains(&ending));
    inputs.map(|input| input.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()).collect()
}

operations::both! {
    async fn a_class_is_offered_in_the_usual_pattern_of_its_course(database) {
        let house = House::over(database).await;
        house.clock.set("2019-08-19 08:00");
        let province = testing::unit(&house.office, "38").await;
        let officer = testing::actor(&house.office, "vpdp", Role::ProvincialOfficer, Scope::Unit(province)).await;
        let mut visitor = house.signed_in(&officer).await;
        let course = operations::courses::list(&house.office).await.unwrap().into_iter().find(|course| course.code == "ENT-4").unwrap();
        let path = format!("/courses/{}", course.id);
        let mut typed = vec![
            ("code", "ENT-4"), ("title", "Khóa"), ("title_english", "Course"), ("topic", "market"), ("audience", "organisations"),
            ("hours", "24"), ("capacity", "40"), ("min_attendance", "80"), ("late_counts", "100"), ("excused_counts", "0"),
            ("rule_version", "1"), ("minimum", "41"), ("usual_sessions", "0"), ("usual_half_days", "afternoon"), ("usual_half_days", "morning"),
        ];
        let faulty = visitor.post(&path, &typed).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let text = faulty.text();
        assert!(text.contains("f-minimum-fault") && text.contains("f-usual_sessions-fault") && text.contains("value=\"41\""), "{text}");
        assert_eq!(text.split("<input").filter(|input| input.contains("\"usual_half_days\"") && input.contains(" checked")).count(), 2);
        (typed[11].1, typed[12].1) = ("15", "6");
        assert_eq!(visitor.post(&path, &typed).await.location(), "/courses?done=changed");
        let page = visitor.get(&path).await.text();
        assert!(page.contains("value=\"15\"") && page.contains("value=\"6\""), "{page}");
        assert_eq!(page.split("<input").filter(|input| input.contains("\"usual_half_days\"") && input.contains(" checked")).count(), 2);

        // Two weeks on is National Day: three days, six sessions, from the day after it.
        let offered = visitor.get(&format!("/runs/new?course={}", course.id)).await.text();
        assert_eq!(values(&offered, "day"), ["2019-09-03", "2019-09-03", "2019-09-04", "2019-09-04", "2019-09-05", "2019-09-05"]);
        assert_eq!(values(&offered, "starts")[..2], ["07:30", "13:30"]);
        let evenings: Vec<_> = typed.iter().copied().filter(|(name, _)| *name != "usual_half_days").chain([("usual_half_days", "evening")]).collect();
        assert_eq!(visitor.post(&path, &evenings).await.status, StatusCode::SEE_OTHER);
        let offered = visitor.get(&format!("/runs/new?course={}", course.id)).await.text();
        assert_eq!(values(&offered, "day"), ["2019-09-03", "2019-09-04", "2019-09-05", "2019-09-06", "2019-09-09", "2019-09-10"]);
        assert!(values(&offered, "starts").iter().all(|starts| starts == "18:30"));
    }
}
