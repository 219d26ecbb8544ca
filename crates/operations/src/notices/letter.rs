//! What letters say. Everything is copied in: a letter tells what was true when it was decided on.

use chrono::{DateTime, NaiveDate, Utc};
use domain::Faults;
use domain::ids::{AllotmentId, ForwardingListId, OrganisationId, RegistrationId, RequestId, RunId, SessionId};
use domain::registrations::State;
use domain::requests;
use domain::time::end_of;
use serde::{Deserialize, Serialize};
use store::runs::{Run, Session};

/// A letter of the outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// People have their place in a run. Goes with invitations for the calendar.
    EnrolmentConfirmed {
        /// Their names.
        people: Vec<String>,
        /// The run.
        run: RunFacts,
    },
    /// Time, place or sessions of a run changed. Goes with new invitations.
    RunChanged {
        /// The names of the people whom it concerns.
        people: Vec<String>,
        /// The run as it is now.
        run: RunFacts,
        /// Sessions that do not take place any more.
        removed: Vec<SessionFacts>,
    },
    /// A run was called off. Goes with withdrawals of the invitations.
    RunCancelled {
        /// The names of the people whom it concerns.
        people: Vec<String>,
        /// The run as it was.
        run: RunFacts,
        /// Why.
        reason: String,
    },
    /// Somebody has no place in a run any more. Goes to them with withdrawals of the invitations; representatives keep theirs,
    /// which are for whoever comes.
    PlaceLeft {
        /// Their name.
        person: String,
        /// The run they left.
        run: RunFacts,
        /// What became of the place, or of them. Letters that were written before this was said still go out.
        #[serde(default)]
        leaving: Leaving,
        /// Whether the reader is the person.
        to_person: bool,
    },
    /// A run was called off for which people waited: they have no invitations to withdraw.
    WaitingCancelled {
        /// The names of the people who waited.
        people: Vec<String>,
        /// The run as it was.
        run: RunFacts,
        /// Why.
        reason: String,
    },
    /// Somebody teaches, or teaches no longer. Goes with invitations and withdrawals for the calendar.
    TeachingChanged {
        /// The run, with the sessions that the reader teaches now.
        run: RunFacts,
        /// Sessions that are not theirs any more, or do not take place.
        released: Vec<SessionFacts>,
    },
    /// A run that somebody was to teach was called off. Goes with withdrawals of the invitations.
    TeachingCancelled {
        /// The run, with the sessions that were the reader's.
        run: RunFacts,
        /// Why.
        reason: String,
    },
    /// An organisation that asked for a course is invited to a run of it.
    RunInvited {
        /// The organisation.
        id: OrganisationId,
        /// Its name.
        organisation: String,
        /// The run.
        run: RunFacts,
        /// The last day on which it can enrol people.
        enrol_until: NaiveDate,
    },
    /// Seats of a run are kept for an organisation, or for a unit, until names are given.
    SeatsPromised {
        /// The organisation, which names people; none for a unit, which divides the seats.
        organisation: Option<OrganisationId>,
        /// The allotment.
        allotment: AllotmentId,
        /// For whom they are.
        holder: String,
        /// The run.
        run: RunFacts,
        /// How many.
        seats: i64,
        /// The last day on which they are kept.
        until: NaiveDate,
    },
    /// Seats that were kept are kept no more.
    SeatsTakenBack {
        /// For whom they were, and how many.
        promises: Vec<(String, i64)>,
        /// The run.
        run: RunFacts,
        /// Why.
        reason: String,
    },
    /// A seat is held for somebody who waits. Link and code are secrets: they are forgotten once the letter is out.
    SeatOffered {
        /// Who waits.
        person: String,
        /// The organisation that put them on the list.
        organisation: String,
        /// The run.
        run: RunFacts,
        /// Where it is accepted or declined.
        link: String,
        /// What is typed or read over the telephone instead.
        code: String,
        /// Until when the seat is held; the letter is not sent later.
        expires: DateTime<Utc>,
    },
    /// A seat is held no more for somebody who was offered it.
    OfferOver {
        /// For whom it was.
        person: String,
        /// The organisation that put them on the list.
        organisation: String,
        /// The run.
        run: RunFacts,
        /// Whether nobody answered in time, and they left the list; else it was taken back, and they wait on.
        expired: bool,
        /// Whether one can still join the waiting list.
        again: bool,
    },
    /// Certificates were issued.
    CertificateIssued {
        /// The run they are for.
        run: RunFacts,
        /// The certificates.
        certificates: Vec<CertificateFacts>,
    },
    /// Something happened to a product registration form.
    RegistrationStepped {
        /// Where it stands now.
        state: State,
        /// The form.
        form: FormFacts,
    },
    /// The last day on which a form can be sent is near.
    DeadlineNear {
        /// Where it stands: a draft, or returned.
        state: State,
        /// The form, with its last day.
        form: FormFacts,
    },
    /// A list of forms came to the province.
    ListForwarded {
        /// The list.
        list: ListFacts,
    },
    /// The province returned a list.
    ListReturned {
        /// The list.
        list: ListFacts,
        /// Why.
        reason: String,
    },
    /// A decision on the products of an organisation was published.
    ProductsDecided {
        /// The number of the decision.
        number: String,
        /// Its day.
        decided_on: NaiveDate,
        /// The programme year.
        year: i64,
        /// What was decided.
        products: Vec<ProductFacts>,
    },
    /// An organisation may take part in a run for those with a selected product, without one.
    ExceptionGranted {
        /// The organisation.
        organisation: String,
        /// The run.
        run: RunFacts,
        /// Why.
        reason: String,
    },
    /// That is over: nobody more is enrolled by it.
    ExceptionWithdrawn {
        /// The organisation.
        organisation: String,
        /// The run.
        run: RunFacts,
        /// Why.
        reason: String,
        /// How many of its people have a place, and keep it.
        places: i64,
    },
    /// Requests of an organisation were decided on.
    RequestsDecided {
        /// The organisation.
        organisation: String,
        /// What was decided, one a person.
        requests: Vec<RequestFacts>,
    },
    /// Somebody asked for a new password. The link is a secret: it is forgotten once the letter is out.
    PasswordReset {
        /// Where the new password is set.
        link: String,
        /// Until when the link works; the letter is not sent later.
        expires: DateTime<Utc>,
    },
}

impl Letter {
    /// The word its kind is stored with.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Letter::EnrolmentConfirmed { .. } => "enrolment_confirmed",
            Letter::RunChanged { .. } => "run_changed",
            Letter::RunCancelled { .. } => "run_cancelled",
            Letter::PlaceLeft { .. } => "place_left",
            Letter::WaitingCancelled { .. } => "waiting_cancelled",
            Letter::TeachingChanged { .. } => "teaching_changed",
            Letter::TeachingCancelled { .. } => "teaching_cancelled",
            Letter::RunInvited { .. } => "run_invited",
            Letter::SeatsPromised { .. } => "seats_promised",
            Letter::SeatsTakenBack { .. } => "seats_taken_back",
            Letter::SeatOffered { .. } => "seat_offered",
            Letter::OfferOver { .. } => "offer_over",
            Letter::CertificateIssued { .. } => "certificate_issued",
            Letter::RegistrationStepped { .. } => "registration_stepped",
            Letter::DeadlineNear { .. } => "deadline_near",
            Letter::ListForwarded { .. } => "list_forwarded",
            Letter::ListReturned { .. } => "list_returned",
            Letter::ProductsDecided { .. } => "products_decided",
            Letter::ExceptionGranted { .. } => "exception_granted",
            Letter::ExceptionWithdrawn { .. } => "exception_withdrawn",
            Letter::RequestsDecided { .. } => "requests_decided",
            Letter::PasswordReset { .. } => "password_reset",
        }
    }

    /// Whether nobody is served any more by sending it.
    #[must_use]
    pub fn is_too_late(&self, now: DateTime<Utc>) -> bool {
        match self {
            Letter::PasswordReset { expires, .. } | Letter::SeatOffered { expires, .. } => *expires <= now,
            Letter::SeatsPromised { until, .. } => end_of(*until) <= now,
            Letter::RunInvited { enrol_until, .. } => end_of(*enrol_until) <= now,
            Letter::DeadlineNear { form, .. } => form.due_on.is_some_and(|due| end_of(due) <= now),
            _ => false,
        }
    }
}

/// How somebody came to have no place any more.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leaving {
    /// It was withdrawn, whoever did so.
    #[default]
    Withdrawn,
    /// Another of their organisation, of this name, comes instead.
    To(String),
    /// They went over to another run of the course.
    Moved,
}

/// What a letter tells of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestFacts {
    /// Its identifier.
    pub id: RequestId,
    /// Who is to be trained.
    pub person: String,
    /// The title of the course in Vietnamese.
    pub course_title: String,
    /// The title of the course in English.
    pub course_title_english: String,
    /// Where it stands now.
    pub state: requests::State,
    /// What tells the run from others, in which the person has a place; or had one, or was offered one, before `after`.
    pub run: Option<String>,
    /// Why.
    pub reason: String,
    /// Why there is no seat where they asked for one.
    #[serde(default)]
    pub no_seat: Faults,
    /// The step that took away the place, or the seat that was offered.
    #[serde(default)]
    pub after: Option<requests::StepKind>,
}

/// What a letter tells of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunFacts {
    /// Its identifier: its page is below the public address.
    pub id: RunId,
    /// The title of its course in Vietnamese.
    pub course_title: String,
    /// The title of its course in English.
    pub course_title_english: String,
    /// What tells it from other runs of its course.
    pub name: String,
    /// Where it is held.
    pub venue: String,
    /// The unit it is held in.
    pub unit: String,
    /// Counts up with every change; calendar programs ignore lower ones.
    pub sequence: i64,
    /// Its sessions, in order of time.
    pub sessions: Vec<SessionFacts>,
}

impl RunFacts {
    /// What is true now.
    #[must_use]
    pub fn of(run: &Run, sessions: &[Session]) -> RunFacts {
        RunFacts {
            id: run.id,
            course_title: run.course_title.clone(),
            course_title_english: run.course_title_english.clone(),
            name: run.name.clone(),
            venue: run.venue.clone(),
            unit: run.unit_title(),
            sequence: run.sequence,
            sessions: sessions.iter().map(|session| SessionFacts::of(run, session)).collect(),
        }
    }
}

/// What a letter tells of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionFacts {
    /// Its identifier: calendar programs know it by [`domain::runs::calendar_uid`].
    pub id: SessionId,
    /// When it starts.
    pub starts: DateTime<Utc>,
    /// When it ends.
    pub ends: DateTime<Utc>,
    /// Where it is held.
    pub venue: String,
    /// What is taught in it; may be empty.
    pub topic: String,
}

impl SessionFacts {
    fn of(run: &Run, session: &Session) -> SessionFacts {
        let venue = if session.venue.is_empty() { &run.venue } else { &session.venue };
        SessionFacts {
            id: session.id,
            starts: session.starts_at,
            ends: session.ends_at,
            venue: venue.clone(),
            topic: session.topic.clone(),
        }
    }

    /// What was true of sessions that `run` has lost.
    pub(super) fn all(run: &Run, sessions: &[Session]) -> Vec<SessionFacts> {
        sessions.iter().map(|session| SessionFacts::of(run, session)).collect()
    }
}

/// What a letter tells of a product registration form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFacts {
    /// Its identifier: its page is below the public address.
    pub id: RegistrationId,
    /// The product.
    pub product: String,
    /// The organisation.
    pub organisation: String,
    /// The programme year.
    pub year: i64,
    /// Its number among those its unit received.
    pub number: Option<i64>,
    /// Why; may be empty.
    pub reason: String,
    /// By when it has to come back.
    pub due_on: Option<NaiveDate>,
    /// What is to be put right: the name of a field or an item of the dossier, and what is wrong with it.
    pub remarks: Vec<(String, String)>,
}

/// What a letter tells of a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateFacts {
    /// The name printed on it.
    pub person: String,
    /// Its serial number.
    pub serial: String,
    /// The page that shows and verifies it.
    pub link: String,
}

/// What a letter tells of a list of forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListFacts {
    /// Its identifier: its page is below the public address.
    pub id: ForwardingListId,
    /// Its number.
    pub number: String,
    /// The unit that drew it up.
    pub unit: String,
    /// The programme year.
    pub year: i64,
    /// How many forms it holds.
    pub forms: i64,
}

/// What a letter tells of a product that was decided on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductFacts {
    /// Its form: its page is below the public address.
    pub id: RegistrationId,
    /// The product.
    pub product: String,
    /// The organisation.
    pub organisation: String,
    /// Whether it was selected.
    pub is_selected: bool,
    /// Why not; empty when it was.
    pub reason: String,
}
