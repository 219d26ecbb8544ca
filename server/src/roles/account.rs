//! `account add|reset`: accounts from the command line, for whoever keeps the machine.

use domain::accounts::{Role, SignInNames};
use domain::people::{FullName, PhoneNumber};
use domain::{Refusal, time};
use operations::Settings;
use operations::accounts::Slip;

use super::{Stop, office};
use crate::settings::{AccountRole, Common};

pub(super) async fn play(common: &Common, role: AccountRole) -> Result<(), Stop> {
    match role {
        AccountRole::Add { name, full_name, role, public_url } => {
            let office = office(common, Settings { public_url, demo: false }).await?;
            let full_name: FullName = full_name.parse().map_err(|_| format!("--full-name: {full_name:?} is not a name"))?;
            let role: Role = role.parse().map_err(|_| format!("--role: {role:?} is none of {}", words(Role::ALL)))?;
            let slip =
                operations::accounts::create_at_console(&office, full_name, &names(&name)?, role).await.map_err(|failure| {
                    if failure.is(&Refusal::NameTaken) {
                        format!("somebody signs in with {name:?} already")
                    } else if failure.is(&Refusal::NotAChoice) {
                        format!("--role: a {role} acts for an organisation; make such an account on its page")
                    } else {
                        failure.to_string()
                    }
                })?;
            show(&slip);
        }
        AccountRole::Reset { name, public_url } => {
            let office = office(common, Settings { public_url, demo: false }).await?;
            let slip = operations::accounts::reset_at_console(&office, &name).await.map_err(|failure| {
                if failure.is(&Refusal::NotFound) { format!("nobody signs in with {name:?}") } else { failure.to_string() }
            })?;
            show(&slip);
        }
    }
    Ok(())
}

fn words(roles: &[Role]) -> String {
    roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ")
}

/// An address, a number or a user name, told apart as on the sign-in page.
fn names(name: &str) -> Result<SignInNames, String> {
    let none = SignInNames { email: None, phone: None, user_name: None };
    let wrong = |_| format!("{name:?} is neither an e-mail address, a telephone number nor a user name");
    if name.contains('@') {
        Ok(SignInNames { email: Some(name.parse().map_err(wrong)?), ..none })
    } else if let Ok(phone) = name.parse::<PhoneNumber>() {
        Ok(SignInNames { phone: Some(phone), ..none })
    } else {
        Ok(SignInNames { user_name: Some(name.parse().map_err(wrong)?), ..none })
    }
}

#[expect(clippy::print_stdout, reason = "the link is shown once, here and nowhere else")]
fn show(slip: &Slip) {
    println!("{}\n{}\nvalid until {}", slip.full_name, slip.link, time::show_instant(slip.expires_at));
}
