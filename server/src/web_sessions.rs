//! Web sessions over our own table: whoever is signed in stays so when the program restarts.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ids::AccountId;
use operations::Office;
use store::StoreError;
use time::OffsetDateTime;
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, SessionManagerLayer, SessionStore};

/// How long a browser stays signed in without signing in again.
const LASTS: time::Duration = time::Duration::days(7);

/// The records of signed-in browsers.
#[derive(Debug, Clone)]
pub struct WebSessions(Office);

impl WebSessions {
    /// The records that an office keeps.
    #[must_use]
    pub fn over(office: &Office) -> WebSessions {
        WebSessions(office.clone())
    }
}

/// The layer that reads and writes web sessions. The cookie is sent over TLS alone when the program is reached so.
#[must_use]
pub fn layer(office: &Office) -> SessionManagerLayer<WebSessions> {
    SessionManagerLayer::new(WebSessions::over(office))
        .with_name(app::context::SESSION_COOKIE)
        .with_secure(office.settings.public_url.starts_with("https:"))
        // Links in letters must arrive signed in, which Strict would prevent.
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(LASTS))
}

fn backend(error: StoreError) -> Error {
    Error::Backend(error.to_string())
}

fn expiry(record: &Record) -> DateTime<Utc> {
    DateTime::from_timestamp(record.expiry_date.unix_timestamp(), 0).unwrap_or(DateTime::UNIX_EPOCH)
}

/// Whose session it is, so that an account can be signed out everywhere.
fn account(record: &Record) -> Option<AccountId> {
    record.data.get(app::context::ACCOUNT_KEY).and_then(|value| serde_json::from_value(value.clone()).ok())
}

fn content(record: &Record) -> Result<String> {
    serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

#[async_trait]
impl SessionStore for WebSessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        loop {
            let mut work = self.0.database.begin().await.map_err(backend)?;
            let id = record.id.to_string();
            let made = store::sign_ins::create(&mut work, &id, account(record), &content(record)?, expiry(record))
                .await
                .map_err(backend)?;
            work.commit().await.map_err(backend)?;
            if made {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let mut work = self.0.database.begin().await.map_err(backend)?;
        store::sign_ins::save(&mut work, &record.id.to_string(), account(record), &content(record)?, expiry(record))
            .await
            .map_err(backend)?;
        work.commit().await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let mut records = self.0.database.read().await.map_err(backend)?;
        let found = store::sign_ins::load(&mut records, &id.to_string(), self.0.now()).await.map_err(backend)?;
        let Some((content, expires)) = found else { return Ok(None) };
        let data = serde_json::from_str(&content).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date =
            OffsetDateTime::from_unix_timestamp(expires.timestamp()).map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut work = self.0.database.begin().await.map_err(backend)?;
        store::sign_ins::delete(&mut work, &id.to_string()).await.map_err(backend)?;
        work.commit().await.map_err(backend)
    }
}
