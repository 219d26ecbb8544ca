//! Attendance: marks that are only added to.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{EnrolmentId, MarkId, SessionId};
use crate::runs::RunState;
use crate::{Refusal, text};

words! {
    /// What a mark says of one person in one session.
    MarkStatus {
        /// Có mặt.
        Present = "present",
        /// Đến muộn.
        Late = "late",
        /// Vắng.
        Absent = "absent",
        /// Vắng có phép.
        Excused = "excused",
    }
}

words! {
    /// How a mark came in.
    MarkSource {
        /// The plain form, sent as a whole.
        Form = "form",
        /// The screen that saves each mark as it is made.
        Screen = "screen",
    }
}

/// The most characters of a note beside a mark.
pub const NOTE_LIMIT: usize = 200;

/// A mark that holds now: the last link of its chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "records", derive(sqlx::FromRow))]
pub struct Mark {
    /// Its identifier.
    pub id: MarkId,
    /// Whose place it is about.
    pub enrolment: EnrolmentId,
    /// What it says.
    pub status: MarkStatus,
    /// What else there is to say, for example why somebody is excused.
    pub note: Option<String>,
    /// When it was stored.
    pub at: DateTime<Utc>,
    /// The name of who made it.
    pub by: String,
}

/// A mark to be stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMark {
    /// Whose place it is about.
    pub enrolment: EnrolmentId,
    /// What it says.
    pub status: MarkStatus,
    /// What else there is to say.
    pub note: Option<String>,
    /// What makes it one of a kind: the same nonce sent again is the same mark.
    pub nonce: String,
    /// When it was made, by the clock of the device that made it.
    pub client_time: Option<DateTime<Utc>>,
    /// The mark that its maker saw there; none when there was none. A mark made over another one than that is not
    /// stored: its maker has to look again.
    pub seen: Option<MarkId>,
}

impl NewMark {
    /// The note as it is stored: one form of the letters, none when nothing was written.
    ///
    /// # Errors
    /// [`Refusal::TooLong`].
    pub fn clean_note(&self) -> Result<Option<String>, Refusal> {
        let note = text::normalise(self.note.as_deref().unwrap_or_default());
        if note.chars().count() > NOTE_LIMIT {
            return Err(Refusal::TooLong { limit: NOTE_LIMIT });
        }
        Ok((!note.is_empty()).then_some(note))
    }
}

/// Marks of one session, on their way to be stored.
#[derive(Debug, Clone)]
pub struct MarkCommand {
    /// The session.
    pub session: SessionId,
    /// The marks, at most one for each person.
    pub marks: Vec<NewMark>,
    /// How they came in.
    pub source: MarkSource,
}

/// How many people of a session have which mark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// People who take part in the run.
    pub people: i64,
    /// Marked present.
    pub present: i64,
    /// Marked late.
    pub late: i64,
    /// Marked absent.
    pub absent: i64,
    /// Marked excused.
    pub excused: i64,
}

impl Counts {
    /// Counts the marks of `people` participants.
    #[must_use]
    pub fn of(people: i64, marks: impl IntoIterator<Item = (MarkStatus, i64)>) -> Counts {
        let mut counts = Counts { people, ..Counts::default() };
        for (status, count) in marks {
            *match status {
                MarkStatus::Present => &mut counts.present,
                MarkStatus::Late => &mut counts.late,
                MarkStatus::Absent => &mut counts.absent,
                MarkStatus::Excused => &mut counts.excused,
            } += count;
        }
        counts
    }

    /// People with any mark.
    #[must_use]
    pub fn marked(&self) -> i64 {
        self.present + self.late + self.absent + self.excused
    }

    /// People without a mark.
    #[must_use]
    pub fn unmarked(&self) -> i64 {
        self.people - self.marked()
    }
}

/// What came of marks that were sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// What holds now for each person that was asked about.
    pub marks: Vec<Mark>,
    /// Whose mark was not stored, because somebody else made another one meanwhile.
    pub conflicts: Vec<EnrolmentId>,
    /// How many marks were new.
    pub stored: usize,
    /// The whole session.
    pub counts: Counts,
}

/// Whether the register of a session on `day` takes marks on `today`.
///
/// # Errors
/// [`Refusal::NotPublished`], [`Refusal::RunCancelled`], [`Refusal::RegisterClosed`], [`Refusal::NotBegun`].
pub fn register_open(state: RunState, day: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    match state {
        RunState::Draft => Err(Refusal::NotPublished),
        RunState::Cancelled => Err(Refusal::RunCancelled),
        RunState::Closed => Err(Refusal::RegisterClosed),
        RunState::Published if today < day => Err(Refusal::NotBegun { day }),
        RunState::Published => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_is_open_from_its_day_until_the_run_is_closed() {
        let on = |day: &str| day.parse::<NaiveDate>().unwrap();
        let day = on("2019-07-02");
        assert_eq!(register_open(RunState::Published, day, day), Ok(()));
        assert_eq!(register_open(RunState::Published, day, on("2019-08-02")), Ok(()));
        for (state, today, refusal) in [
            (RunState::Published, on("2019-07-01"), Refusal::NotBegun { day }),
            (RunState::Draft, day, Refusal::NotPublished),
            (RunState::Cancelled, day, Refusal::RunCancelled),
            (RunState::Closed, day, Refusal::RegisterClosed),
        ] {
            assert_eq!(register_open(state, day, today), Err(refusal));
        }
    }

    #[test]
    fn counts_add_up() {
        let counts = Counts::of(5, [(MarkStatus::Present, 2), (MarkStatus::Absent, 1), (MarkStatus::Present, 1)]);
        assert_eq!((counts.present, counts.absent, counts.marked(), counts.unmarked()), (3, 1, 4, 1));
    }

    #[test]
    fn notes_are_cleaned_and_bounded() {
        let mark = |note: &str| NewMark {
            enrolment: EnrolmentId(uuid::Uuid::nil()),
            status: MarkStatus::Excused,
            note: Some(note.into()),
            nonce: String::new(),
            client_time: None,
            seen: None,
        };
        assert_eq!(mark("  ").clean_note(), Ok(None));
        assert_eq!(mark(" có  giấy xin phép ").clean_note(), Ok(Some("có giấy xin phép".into())));
        assert_eq!(mark(&"ố".repeat(201)).clean_note(), Err(Refusal::TooLong { limit: NOTE_LIMIT }));
    }
}
