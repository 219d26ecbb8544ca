//! The mail worker: empties the outbox over SMTP.
//!
//! Each letter is held by one worker at a time and marked as sent before the next is taken. Mail has no transactions: a
//! process that is killed in the instant between the server's "accepted" and the mark sends that one letter again when
//! its lease ends, with the same Message-ID, by which mail servers and readers know it.

use std::time::{Duration, SystemTime};

use app::letters::{self, Envelope, Invitation, Written};
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use operations::notices::{self, Letter};
use operations::{Office, Outcome};
use store::notices::Notice;
use tokio::sync::watch;

/// How often the worker looks for letters that nobody woke it for: those that are due again.
const POLL: Duration = Duration::from_secs(20);

/// The longest one step of a conversation with the mail server may take.
const STEP: Duration = Duration::from_secs(30);

/// The longest handing over one letter may take; shorter than the time for which a worker holds it.
const WHOLE: Duration = Duration::from_secs(120);

/// A way to the mail server.
#[derive(Debug, Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// A way to the server at `smtp`: `smtp://HOST:PORT`, with `?tls=required` for STARTTLS, or
    /// `smtps://USER:PASSWORD@HOST`. Nothing is sent yet.
    ///
    /// # Errors
    /// One sentence that names the setting. It does not repeat the address, which may hold a password.
    pub fn new(smtp: &str, from: &str) -> Result<Mailer, String> {
        let from = from.parse().map_err(|_| format!("--mail-from (OCOP_MAIL_FROM): {from:?} is not NAME <ADDRESS>"))?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(smtp)
            .map_err(|_| "--smtp (OCOP_SMTP): not smtp://HOST:PORT, smtp://HOST:PORT?tls=required or smtps://USER:PASSWORD@HOST")?
            .timeout(Some(STEP))
            .build();
        Ok(Mailer { transport, from })
    }

    /// Hands a letter to the server.
    async fn send(&self, office: &Office, notice: &Notice, letter: &Letter) -> Result<(), Trouble> {
        let message = self.envelope(office, notice, letter).map_err(|error| Trouble::Letter(error.to_string()))?;
        match tokio::time::timeout(WHOLE, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) if error.is_response() => Err(Trouble::Letter(error.to_string())),
            Ok(Err(error)) => Err(Trouble::Server(whole(&error))),
            Err(_) => Err(Trouble::Server("the mail server was too slow".into())),
        }
    }

    fn envelope(&self, office: &Office, notice: &Notice, letter: &Letter) -> Result<Message, Box<dyn std::error::Error>> {
        let from = self.from.email.to_string();
        let written = letters::write(
            letter,
            &Envelope {
                language: notice.language,
                public_url: &office.settings.public_url,
                from: &from,
                to: notice.recipient.as_str(),
                decided: notice.created_at,
            },
        );
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, notice.recipient.as_str().parse()?))
            .subject(written.subject.as_str())
            .message_id(Some(format!("<{}@{}>", notice.id, self.from.email.domain())))
            .date(SystemTime::from(office.now()));
        Ok(message.multipart(parts(written)?)?)
    }
}

/// The text, and a file for each session.
fn parts(written: Written) -> Result<MultiPart, Box<dyn std::error::Error>> {
    let mut parts = MultiPart::mixed().singlepart(SinglePart::plain(written.text));
    for (number, Invitation { method, content }) in (1..).zip(written.invitations) {
        let kind = ContentType::parse(&format!("text/calendar; charset=utf-8; method={method}"))?;
        let file = lettre::message::Body::new_with_encoding(content.into_bytes(), ContentTransferEncoding::Base64);
        let file = file.map_err(|_| "a calendar file cannot be encoded")?;
        parts = parts.singlepart(Attachment::new(format!("buoi-{number}.ics")).body(file, kind));
    }
    Ok(parts)
}

/// Why a letter was not handed over.
enum Trouble {
    /// The server does not want this letter; it may want others.
    Letter(String),
    /// The server cannot be reached, or broke off.
    Server(String),
}

/// An error with what caused it.
fn whole(error: &dyn std::error::Error) -> String {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Sends what the outbox holds until `stopping` turns true; a letter in hand is finished first.
pub async fn work(office: Office, mailer: Mailer, mut stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        if let Err(error) = empty(&office, &mailer, &stopping).await {
            tracing::error!(%error, "the outbox was not emptied");
        }
        tokio::select! {
            () = office.mail_waiting.notified() => {}
            () = tokio::time::sleep(POLL) => {}
            _ = stopping.changed() => {}
        }
    }
}

/// Sends what is due now. When the server cannot be reached, the rest waits for the next round.
async fn empty(office: &Office, mailer: &Mailer, stopping: &watch::Receiver<bool>) -> Outcome<()> {
    loop {
        let due = notices::due(office).await?;
        if due.is_empty() {
            return Ok(());
        }
        for id in due {
            if *stopping.borrow() {
                return Ok(());
            }
            let Some((notice, letter)) = notices::claim(office, id).await? else { continue };
            match mailer.send(office, &notice, &letter).await {
                Ok(()) => {
                    notices::sent(office, &notice).await?;
                    tracing::info!(notice = %notice.id, kind = letter.kind(), "a letter was sent");
                }
                Err(trouble) => {
                    let (Trouble::Letter(error) | Trouble::Server(error)) = &trouble;
                    let again = notices::failed(office, &notice, error).await?;
                    tracing::warn!(notice = %notice.id, kind = letter.kind(), error, again, "a letter was not sent");
                    if matches!(trouble, Trouble::Server(_)) {
                        return Ok(());
                    }
                }
            }
        }
    }
}
