//! Venues and their rooms: where sessions are held, and what of it is booked.

use serde::{Deserialize, Serialize};

use crate::ids::UnitId;
use crate::text::{line, optional_line, paragraphs, whole_number};
use crate::{Faults, Refusal};

/// The most seats of a room.
const SEATS: i64 = 5000;

/// What was typed about a venue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the text typed for the field of the same name in VenuePlan")]
pub struct VenueForm {
    pub name: String,
    pub unit: String,
    pub address: String,
    pub map_link: String,
    pub equipment: String,
}

/// A venue as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VenuePlan {
    /// Its name: `Nhà văn hóa huyện Thọ Xuân`.
    pub name: String,
    /// The unit it lies in.
    pub unit: UnitId,
    /// Its address below the unit; may be empty.
    pub address: String,
    /// Where a map shows it: `https://…`, or empty.
    pub map_link: String,
    /// What it has for all its rooms; may be empty.
    pub equipment: String,
}

impl VenueForm {
    /// The plan, or every fault of the form at once.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(&self) -> Result<VenuePlan, Faults> {
        let mut faults = Faults::default();
        let name = faults.take("name", line(&self.name, 200));
        let unit = match self.unit.trim() {
            "" => faults.take("unit", Err(Refusal::Missing)),
            unit => faults.take("unit", unit.parse().map_err(|_| Refusal::NotAChoice)),
        };
        let address = faults.take("address", optional_line(&self.address, 200));
        let map_link = faults.take("map_link", map_link(&self.map_link));
        let equipment = faults.take("equipment", paragraphs(&self.equipment, 1000));
        let plan =
            (|| Some(VenuePlan { name: name?, unit: unit?, address: address?, map_link: map_link?, equipment: equipment? }))();
        plan.ok_or(faults)
    }
}

/// A link that a page may lead to: `https` alone, since anything else would let a typed text run in the reader's browser
/// or lead them over an open line; no name before the host, which is how addresses pretend to be others.
///
/// # Errors
/// [`Refusal::TooLong`], [`Refusal::NotAnHttpsLink`].
pub fn map_link(typed: &str) -> Result<String, Refusal> {
    const LIMIT: usize = 1000;
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    if typed.chars().count() > LIMIT {
        return Err(Refusal::TooLong { limit: LIMIT });
    }
    let rest = typed.get(..8).filter(|scheme| scheme.eq_ignore_ascii_case("https://")).and_then(|_| typed.get(8..));
    let rest = rest.ok_or(Refusal::NotAnHttpsLink)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_named = host.contains('.') && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | ':'));
    let is_clean = !rest.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\' | '`'));
    if is_named && is_clean { Ok(format!("https://{rest}")) } else { Err(Refusal::NotAnHttpsLink) }
}

/// What was typed about a room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is the text typed for the field of the same name in RoomPlan")]
pub struct RoomForm {
    pub name: String,
    pub capacity: String,
    pub equipment: String,
}

/// A room as it is written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomPlan {
    /// What it is called in its venue: `Phòng A`.
    pub name: String,
    /// How many people it seats, 1 to 5,000.
    pub capacity: i64,
    /// What it has; may be empty.
    pub equipment: String,
}

impl RoomForm {
    /// The plan, or every fault of the form at once.
    ///
    /// # Errors
    /// Faults with the names of the fields.
    pub fn parse(&self) -> Result<RoomPlan, Faults> {
        let mut faults = Faults::default();
        let name = faults.take("name", line(&self.name, 100));
        let capacity = faults.take("capacity", whole_number(&self.capacity, 1, SEATS));
        let equipment = faults.take("equipment", optional_line(&self.equipment, 500));
        let plan = (|| Some(RoomPlan { name: name?, capacity: capacity?, equipment: equipment? }))();
        plan.ok_or(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn only_https_leads_to_a_map() {
        for typed in ["", "  ", "https://maps.example/x?q=19.8,105.7", "HTTPS://bando.thanhhoa.gov.vn:443/#a"] {
            assert!(map_link(typed).is_ok(), "{typed}");
        }
        assert_eq!(map_link(" HTTPS://a.vn/B ").as_deref(), Ok("https://a.vn/B"), "the path keeps its letters");
        for typed in [
            "http://maps.example/",
            "javascript:alert(1)",
            "data:text/html,x",
            "//maps.example",
            "https://",
            "https://localhost/",
            "https://maps.example@evil.example/",
            "https://maps.example/a b",
            "https://maps.example/\"onclick=",
            "https:/maps.example",
            "bản đồ",
        ] {
            assert_eq!(map_link(typed), Err(Refusal::NotAnHttpsLink), "{typed}");
        }
        assert_eq!(map_link(&format!("https://a.vn/{}", "x".repeat(1000))), Err(Refusal::TooLong { limit: 1000 }));
    }

    #[test]
    fn forms_say_all_their_faults() {
        let fields = |faults: Faults| faults.0.into_iter().map(|fault| fault.field).collect::<Vec<_>>();
        let nothing = VenueForm { map_link: "x".into(), ..VenueForm::default() };
        assert_eq!(fields(nothing.parse().unwrap_err()), ["name", "unit", "map_link"]);
        let unit = Uuid::from_u128(3);
        let typed = VenueForm { name: " Nhà  văn hóa".into(), unit: unit.to_string(), ..VenueForm::default() };
        let plan = typed.parse().unwrap();
        assert_eq!((plan.name.as_str(), plan.unit), ("Nhà văn hóa", UnitId(unit)));
        assert_eq!(fields(RoomForm::default().parse().unwrap_err()), ["name", "capacity"]);
        let room = RoomForm { name: "Phòng A".into(), capacity: "0".into(), equipment: String::new() };
        assert_eq!(fields(room.parse().unwrap_err()), ["capacity"]);
        assert_eq!(RoomForm { capacity: "40".into(), ..room }.parse().unwrap().capacity, 40);
    }
}
