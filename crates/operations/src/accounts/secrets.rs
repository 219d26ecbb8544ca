//! The secrets of one-time links and slips: shown once, kept as their hash.

use chrono::{DateTime, TimeDelta, Utc};
use domain::accounts::{TokenPurpose, slip_code};
use domain::ids::{AccountId, TokenId};
use sha2::{Digest as _, Sha256};
use store::Work;
use store::tokens::NewToken;

use crate::{Office, Outcome};

/// A link or slip just made: the only time its secret is in the clear.
#[derive(Debug, Clone)]
pub(super) struct Secret {
    pub(super) id: TokenId,
    pub(super) text: String,
    pub(super) expires_at: DateTime<Utc>,
}

/// What is kept of a secret, however it was typed.
pub(super) fn hash(secret: &str) -> String {
    format!("{:x}", Sha256::digest(slip_code(secret).as_bytes()))
}

/// Makes a link or slip.
pub(super) async fn make(
    office: &Office,
    work: &mut Work,
    purpose: TokenPurpose,
    account: Option<AccountId>,
    by: Option<AccountId>,
    lasting: TimeDelta,
) -> Outcome<Secret> {
    let secret = Secret { id: TokenId(office.id()), text: office.secret(), expires_at: office.now() + lasting };
    let token = NewToken {
        id: secret.id,
        purpose,
        account,
        secret_hash: &hash(&secret.text),
        created_by: by,
        expires_at: secret.expires_at,
    };
    store::tokens::add(work, &token, office.now()).await?;
    Ok(secret)
}
