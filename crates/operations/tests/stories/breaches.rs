//! Records that are broken past all rules, each for a moment: what the doctor says of them.

use operations::{Office, doctor};
use store::Work;

/// Lets a transaction do what foreign keys forbid.
pub async fn unbound(work: &mut Work) {
    let sql = match work {
        Work::Sqlite(_) => "PRAGMA defer_foreign_keys = ON",
        Work::Postgres(_) => "SET LOCAL session_replication_role = replica",
    };
    store::testing::raw(work, sql).await;
}

/// Checks that every breach, an invariant with the statement that breaks it, is found, and that none outlives its moment.
pub async fn all_found(office: &Office, breaches: &[(&str, &str)]) {
    for (invariant, sql) in breaches {
        let mut work = office.database.begin().await.unwrap();
        unbound(&mut work).await;
        store::testing::raw(&mut work, sql).await;
        let findings = doctor::examine_records(&mut work).await.unwrap();
        let found: Vec<_> = findings.iter().map(|finding| finding.invariant.as_str()).collect();
        assert!(found.contains(invariant), "{invariant} is not among {found:?} after {sql}");
    }
    assert_eq!(doctor::examine(office).await.unwrap(), [], "every breach was undone");
}
