//! No column that refers to a person is forgotten when two records become one.

use std::collections::BTreeSet;

use store::people::references::REFERENCES;
use store::{Database, Raw, Records as _};

const SQLITE: &str = "SELECT m.name, f.\"from\", f.\"table\" FROM sqlite_master m, pragma_foreign_key_list(m.name) f
    WHERE m.type = 'table' AND f.\"table\" = 'person'";
const POSTGRES: &str = "SELECT t.table_name::text, k.column_name::text, r.table_name::text
    FROM information_schema.table_constraints t
    JOIN information_schema.key_column_usage k ON k.constraint_name = t.constraint_name AND k.constraint_schema = t.constraint_schema
    JOIN information_schema.constraint_column_usage r ON r.constraint_name = t.constraint_name AND r.constraint_schema = t.constraint_schema
    WHERE t.constraint_type = 'FOREIGN KEY' AND r.table_name = 'person'";
const SQLITE_COLUMNS: &str = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c WHERE m.type = 'table'";
const POSTGRES_COLUMNS: &str =
    "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public'";

async fn columns(database: &Database, sqlite: &'static str, postgres: &'static str) -> BTreeSet<(String, String)> {
    let mut work = database.begin().await.unwrap();
    let rows: Vec<(String, String)> = match work.raw() {
        Raw::Sqlite(connection) => sqlx::query_as(sqlite).fetch_all(connection).await.unwrap(),
        Raw::Postgres(connection) => sqlx::query_as(postgres).fetch_all(connection).await.unwrap(),
    };
    rows.into_iter().collect()
}

fn handled() -> BTreeSet<(String, String)> {
    REFERENCES.iter().map(|of| (of.table.to_owned(), of.column.to_owned())).collect()
}

store::both! {
    async fn every_column_that_refers_to_a_person_is_handled(database) {
        let referring = columns(&database, SQLITE, POSTGRES).await;
        assert!(referring.len() >= 13, "the walk finds what there is: {referring:?}");
        let forgotten: Vec<_> = referring.difference(&handled()).cloned().collect();
        assert!(forgotten.is_empty(), "a line in store::people::references is missing for {forgotten:?}");
        let known = columns(&database, SQLITE_COLUMNS, POSTGRES_COLUMNS).await;
        let gone: Vec<_> = handled().difference(&known).cloned().collect();
        assert!(gone.is_empty(), "no longer there: {gone:?}");
    }

    async fn a_table_that_is_forgotten_is_found(database) {
        let mut work = database.begin().await.unwrap();
        let kind = match work { store::Work::Sqlite(_) => "BLOB", store::Work::Postgres(_) => "UUID" };
        store::testing::raw(&mut work, &format!("CREATE TABLE forgotten (somebody_id {kind} REFERENCES person (id))")).await;
        work.commit().await.unwrap();
        let referring = columns(&database, SQLITE, POSTGRES).await;
        let forgotten: Vec<_> = referring.difference(&handled()).cloned().collect();
        assert_eq!(forgotten, [("forgotten".to_owned(), "somebody_id".to_owned())]);
    }

    async fn names_stand_in_vietnamese_order(database) {
        use domain::ids::{MembershipId, OrganisationId, PersonId, UnitId};
        let given = ["An", "Anh", "Ánh", "Ân", "Binh", "Bình", "Bỉnh", "Bĩnh", "Bính", "Bịnh", "Dung", "Dũng", "Đông", "Hà", "Hạ",
            "Hải", "Huyền", "Ơn", "Ước"];
        let mut names: Vec<String> = given.iter().map(|name| format!("Lê Thị {name}")).collect();
        // One given name: the middle decides, then the family. As written, never title-cased.
        names.extend(["Đỗ Xuân", "ĐẶNG THỊ XUÂN", "Đặng Văn Xuân", "Trần Văn Xuân", "Trần văn xuân"].map(str::to_owned));
        names.sort_by(|left, right| store::order_of_names(left, right));
        assert_eq!(names[..given.len()], given.map(|name| format!("Lê Thị {name}")));
        let mut work = database.begin().await.unwrap();
        let id = uuid::Uuid::from_u128;
        let (unit, organisation) = (UnitId(id(1)), OrganisationId(id(2)));
        let hex = |id: uuid::Uuid| match work {
            store::Work::Sqlite(_) => format!("x'{}'", id.simple()),
            store::Work::Postgres(_) => format!("'{id}'"),
        };
        let (u, o) = (hex(unit.0), hex(organisation.0));
        store::testing::raw(&mut work, &format!("INSERT INTO unit (id, code, name, kind, level, valid_from, search_text)
            VALUES ({u}, '1', 'X', 'Xã', 'commune', '2000-01-01', 'x')")).await;
        store::testing::raw(&mut work, &format!("INSERT INTO organisation (id, kind, name, unit_id, search_text, created_at)
            VALUES ({o}, 'cooperative', 'HTX', {u}, 'htx', '2019-06-12T00:00:00+00:00')")).await;
        for (n, name) in names.iter().rev().enumerate() {
            let person = store::people::Person {
                id: PersonId(id(100 + n as u128)), full_name: name.parse().unwrap(), birth_date: None, birth_year: None, sex: None,
                phone: None, email: None, number: store::people::SealedNumber::default(),
            };
            store::people::add(&mut work, &person, chrono::DateTime::UNIX_EPOCH).await.unwrap();
            let membership = store::people::NewMembership {
                id: MembershipId(id(500 + n as u128)), person: person.id, organisation, position: None, on_state_payroll: false,
                valid_from: "2019-06-12".parse().unwrap(),
            };
            assert!(store::people::add_membership(&mut work, &membership).await.unwrap());
        }
        let members = store::people::members(&mut work, organisation, "2019-06-12".parse().unwrap()).await.unwrap();
        let listed: Vec<_> = members.iter().map(|member| member.person.full_name.as_str()).collect();
        assert_eq!(listed, names, "both databases and Rust agree");
    }
}
