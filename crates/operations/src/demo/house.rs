//! Who is in the demonstration: invented organisations in real communes, invented people in them.

use chrono::NaiveDate;
use domain::Refusal;
use domain::accounts::{Actor, Language, Role, Scope};
use domain::ids::{AccountId, GrantId, MembershipId, OrganisationId, PersonId, UnitId};
use domain::organisations::OrganisationKind;
use domain::people::{CitizenId, Sex};
use domain::units::UnitLevel;
use store::Work;
use store::accounts::NewGrant;
use store::organisations::Organisation;
use store::people::{NewMembership, Person};
use store::units::Unit;

use super::Past;
use crate::accounts::DEMO_PASSWORD;
use crate::people::seal;
use crate::{Office, Outcome};

const FAMILY: [&str; 14] =
    ["Nguyễn", "Lê", "Trần", "Phạm", "Hoàng", "Đỗ", "Vũ", "Bùi", "Trịnh", "Lương", "Hà", "Cao", "Mai", "Đặng"];
const WOMEN: [&str; 16] = [
    "An", "Ánh", "Bích", "Duyên", "Hà", "Hạnh", "Hồng", "Huyền", "Lan", "Loan", "Ngọc", "Nhung", "Phương", "Thảo", "Thủy", "Yến",
];
const MEN: [&str; 16] = [
    "Bình", "Cường", "Dũng", "Đông", "Đức", "Hải", "Hiếu", "Hùng", "Khánh", "Long", "Minh", "Nam", "Quân", "Sơn", "Tuấn", "Việt",
];
const MIDDLE_WOMEN: [&str; 5] = ["Thị", "Thị Thu", "Thị Kim", "Ngọc", "Thị Minh"];
const MIDDLE_MEN: [&str; 5] = ["Văn", "Đình", "Xuân", "Quốc", "Hữu"];

/// What the invented organisations make: kind, the name before the commune's, how many people are known.
const MAKERS: [(OrganisationKind, &str, usize); 14] = [
    (OrganisationKind::Cooperative, "HTX Nông nghiệp", 7),
    (OrganisationKind::Household, "Hộ kinh doanh chè lam", 2),
    (OrganisationKind::Enterprise, "Công ty TNHH Tre luồng", 5),
    (OrganisationKind::Cooperative, "HTX Ong mật", 5),
    (OrganisationKind::Household, "Cơ sở nem chua", 3),
    (OrganisationKind::CooperativeGroup, "Tổ hợp tác Dệt thổ cẩm", 4),
    (OrganisationKind::Enterprise, "Công ty CP Nước mắm", 6),
    (OrganisationKind::Household, "Hộ kinh doanh bánh gai", 2),
    (OrganisationKind::Cooperative, "HTX Rau an toàn", 6),
    (OrganisationKind::Household, "Cơ sở miến dong", 3),
    (OrganisationKind::Cooperative, "HTX Dược liệu", 5),
    (OrganisationKind::Enterprise, "Công ty TNHH Chiếu cói", 4),
    (OrganisationKind::Household, "Hộ kinh doanh mắm tôm", 2),
    (OrganisationKind::CooperativeGroup, "Tổ hợp tác Cam", 3),
];

/// Everybody the story needs.
pub(super) struct People {
    pub(super) province: UnitId,
    pub(super) trainers: Vec<Actor>,
    pub(super) officer: Actor,
    pub(super) administrator: Actor,
    /// Of two organisations of the first commune.
    pub(super) representatives: Vec<Actor>,
    pub(super) organisations: Vec<OrganisationId>,
    pub(super) bodies: Vec<OrganisationId>,
}

/// Builds organisations, people and accounts, dated before the story begins.
pub(super) async fn build(past: &Past) -> Outcome<People> {
    past.go(-60);
    let office = &past.office;
    let hash = crate::accounts::hash_password(office, DEMO_PASSWORD.to_owned()).await?;
    let mut work = office.database.begin().await?;
    let units = store::units::on_day(&mut work, past.today).await?;
    let province = units.iter().find(|unit| unit.level == UnitLevel::Province).ok_or(Refusal::UnknownUnit)?.clone();
    let communes: Vec<&Unit> = units.iter().filter(|unit| unit.level == UnitLevel::Commune).collect();
    let mut maker = Maker { office, work: &mut work, count: 0, hash, from: past.day(-60) };

    let mut organisations = Vec::new();
    for n in 0..28 {
        let (kind, name, size) = MAKERS[n % MAKERS.len()];
        // Seven communes with four organisations each, spread over the province; no commune has two of a kind.
        let commune = pick(&communes, 12 + 22 * ((n + n / MAKERS.len()) % 7))?;
        let id = maker.organisation(kind, &format!("{name} {}", commune.name), commune.id).await?;
        for _ in 0..size {
            maker.person(Some((id, None, false))).await?;
        }
        organisations.push(id);
    }
    let mut bodies = Vec::new();
    for n in 0..7 {
        let commune = pick(&communes, 12 + 22 * n)?;
        let id =
            maker.organisation(OrganisationKind::StateBody, &format!("UBND {}", lower(&commune.title())), commune.id).await?;
        for position in ["Phó Chủ tịch UBND", "Công chức phụ trách OCOP", "Cán bộ khuyến nông"] {
            maker.person(Some((id, Some(position), true))).await?;
        }
        bodies.push(id);
    }
    let office_body =
        maker.organisation(OrganisationKind::StateBody, "Văn phòng Điều phối nông thôn mới tỉnh", province.id).await?;

    let commune = pick(&communes, 12)?.id;
    let mut trainers = Vec::new();
    for name in ["giang.vien", "giang.vien.2", "giang.vien.3"] {
        trainers.push(maker.account(name, Role::Trainer, Scope::Unit(province.id), office_body, "Giảng viên").await?);
    }
    let officer =
        maker.account("can.bo.tinh", Role::ProvincialOfficer, Scope::Unit(province.id), office_body, "Chuyên viên").await?;
    let administrator =
        maker.account("quan.tri", Role::Administrator, Scope::Unit(province.id), office_body, "Quản trị hệ thống").await?;
    maker.account("lanh.dao", Role::Manager, Scope::Unit(province.id), office_body, "Phó Chánh Văn phòng").await?;
    maker.account("can.bo.xa", Role::UnitOfficer, Scope::Unit(commune), bodies[0], "Công chức OCOP").await?;
    maker.account("lanh.dao.xa", Role::Manager, Scope::Unit(commune), bodies[0], "Chủ tịch UBND").await?;
    let mut representatives = Vec::new();
    for (name, organisation, position) in
        [("dai.dien", organisations[0], "Giám đốc"), ("dai.dien.2", organisations[27], "Tổ trưởng")]
    {
        let scope = Scope::Organisation(organisation);
        representatives.push(maker.account(name, Role::Representative, scope, organisation, position).await?);
    }
    work.commit().await?;
    Ok(People { province: province.id, trainers, officer, administrator, representatives, organisations, bodies })
}

fn pick<'u>(communes: &[&'u Unit], n: usize) -> Outcome<&'u Unit> {
    Ok(communes.get(n % communes.len().max(1)).copied().ok_or(Refusal::UnknownUnit)?)
}

/// `Xã Xuân Lập` inside a name is `xã Xuân Lập`.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Makes people one after another, each different and each time the same.
struct Maker<'m> {
    office: &'m Office,
    work: &'m mut Work,
    count: usize,
    hash: String,
    from: NaiveDate,
}

impl Maker<'_> {
    async fn organisation(&mut self, kind: OrganisationKind, name: &str, unit: UnitId) -> Outcome<OrganisationId> {
        let organisation = Organisation {
            id: OrganisationId(self.office.id()),
            kind,
            name: name.to_owned(),
            tax_code: None,
            unit_id: unit,
            address: None,
            phone: None,
            unit_kind: String::new(),
            unit_name: String::new(),
            parent_kind: None,
            parent_name: None,
        };
        store::organisations::add(self.work, &organisation, self.office.now()).await?;
        Ok(organisation.id)
    }

    /// A person; with an organisation also their place there: where, as what, whether the state pays.
    async fn person(&mut self, place: Option<(OrganisationId, Option<&str>, bool)>) -> Outcome<Person> {
        let n = self.count;
        self.count += 1;
        let is_woman = n % 5 < 2 || n.is_multiple_of(7);
        let (middle, given) = if is_woman {
            (MIDDLE_WOMEN[n / 3 % MIDDLE_WOMEN.len()], WOMEN[n * 5 % WOMEN.len()])
        } else {
            (MIDDLE_MEN[n / 2 % MIDDLE_MEN.len()], MEN[n * 3 % MEN.len()])
        };
        let name = format!("{} {middle} {given}", FAMILY[n * 9 % FAMILY.len()]);
        // Every fourth person's list gave only the year, as lists do.
        let year = 1962 + i32::try_from(n * 7 % 38).unwrap_or(0);
        let month = u32::try_from(n * 5 % 12 + 1).unwrap_or(1);
        let day = u32::try_from(n * 11 % 28 + 1).unwrap_or(1);
        let birth_date = if n % 4 == 3 { None } else { NaiveDate::from_ymd_opt(year, month, day) };
        let id = PersonId(self.office.id());
        // Every other list gave citizen numbers (07/2016/TT-BCA: province, sex and century, year, six digits).
        let digits = format!("038{}{:02}{:06}", u8::from(is_woman), year % 100, 100_000 + n * 7);
        let number: Option<CitizenId> = if n.is_multiple_of(2) { Some(digits.parse()?) } else { None };
        let person = Person {
            id,
            full_name: name.parse()?,
            birth_date,
            birth_year: birth_date.is_none().then_some(i64::from(year)),
            sex: Some(if is_woman { Sex::Female } else { Sex::Male }),
            phone: Some(format!("0900{:06}", 100_000 + n * 37).parse()?),
            email: if n.is_multiple_of(3) { Some(format!("hoc.vien.{n}@ocop.example").parse()?) } else { None },
            number: seal(self.office, id, number.as_ref()),
        };
        store::people::add(self.work, &person, self.office.now()).await?;
        if let Some((organisation, position, on_state_payroll)) = place {
            let membership = NewMembership {
                id: MembershipId(self.office.id()),
                person: person.id,
                organisation,
                position: position.map(str::to_owned),
                on_state_payroll,
                valid_from: self.from,
            };
            store::people::add_membership(self.work, &membership).await?;
        }
        Ok(person)
    }

    async fn account(&mut self, name: &str, role: Role, scope: Scope, place: OrganisationId, position: &str) -> Outcome<Actor> {
        let is_state = role != Role::Representative;
        let person = self.person(Some((place, Some(position), is_state))).await?;
        let account = AccountId(self.office.id());
        store::accounts::add(self.work, account, person.id, Some(&self.hash), Language::Vietnamese, self.office.now()).await?;
        store::accounts::add_name(self.work, name, account).await?;
        let grant = NewGrant {
            id: GrantId(self.office.id()),
            account,
            role,
            scope,
            valid_from: self.from,
            valid_to: None,
            granted_by: None,
        };
        store::accounts::add_grant(self.work, &grant, self.office.now()).await?;
        Ok(store::accounts::actor(self.work, account, self.office.today()).await?.ok_or(Refusal::NotFound)?)
    }
}
