//! Signing in to a demonstration with one press.

use domain::accounts::Role;

use crate::{Office, Outcome};

/// The password of everybody in a demonstration. It is shown to anybody, and no other house has accounts with it.
pub const DEMO_PASSWORD: &str = "trinh-dien-ocop";

/// Somebody as whom a demonstration can be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoSignIn {
    /// What they sign in with.
    pub name: String,
    /// Their name.
    pub full_name: String,
    /// What they are.
    pub role: Role,
}

/// One person of each role, in reading order; nobody where this is no demonstration.
///
/// # Errors
/// [`store::StoreError::Database`].
pub async fn demo_sign_ins(office: &Office) -> Outcome<Vec<DemoSignIn>> {
    if !office.settings.demo {
        return Ok(Vec::new());
    }
    let mut records = office.database.read().await?;
    let bearers = store::accounts::role_bearers(&mut records, office.today()).await?;
    let first = |role: &Role| bearers.iter().find(|(_, _, held)| held == role);
    let of = |(name, full_name, role): &(String, String, Role)| DemoSignIn {
        name: name.clone(),
        full_name: full_name.clone(),
        role: *role,
    };
    Ok(Role::ALL.iter().filter_map(first).map(of).collect())
}
