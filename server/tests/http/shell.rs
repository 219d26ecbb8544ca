//! The frame of every page: statuses, headers, languages, other sites.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use server::testing::House;

operations::both! {
    async fn what_is_not_there_is_said_in_the_readers_language(database) {
        let house = House::over(database).await;
        let mut visitor = house.anonymous();
        let answer = visitor.get("/nothing/here").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.text().contains("Không tìm thấy"), "{}", answer.text());
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
        assert!(!answer.text().contains("<script"));

        let answer = visitor.post("/language", &[("language", "en"), ("next", "//evil.example")]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
        assert!(visitor.get("/nothing/here").await.text().contains("Not found"));
    }

    async fn a_form_from_another_site_is_refused(database) {
        let house = House::over(database).await;
        let request = Request::post("/language")
            .header("host", "ocop.test")
            .header("sec-fetch-site", "cross-site")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from("language=en"))
            .unwrap();
        let answer = house.anonymous().send_request(request).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.text().contains("trang khác"));
    }

    async fn probes_answer(database) {
        let house = House::over(database).await;
        assert_eq!(house.anonymous().get("/healthz").await.status, StatusCode::OK);
        assert_eq!(house.anonymous().get("/readyz").await.text(), "ready");
    }
}
