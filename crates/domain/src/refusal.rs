//! Why a deed was refused: codes with data, never a sentence. The screens turn them into words.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::courses::Lacking;
use crate::registrations::State;
use crate::requests;
use crate::runs::Clash;

/// Everything the house can answer instead of doing what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    // What was typed.
    /// A value is needed here.
    Missing,
    /// Longer than `limit` characters.
    TooLong {
        /// The most characters that fit.
        limit: usize,
    },
    /// Not one of the choices.
    NotAChoice,
    /// Not a whole number from `least` to `most`.
    NotANumber {
        /// The smallest number accepted.
        least: i64,
        /// The largest number accepted.
        most: i64,
    },
    /// Not a day as dd/mm/yyyy.
    NotADay,
    /// Not a time of day as HH:MM.
    NotATime,
    /// Not a Vietnamese telephone number.
    NotAPhoneNumber,
    /// Not an e-mail address.
    NotAnEmailAddress,
    /// Not a citizen number of 12 (or an old one of 9) digits.
    NotACitizenNumber,
    /// The citizen number says another year of birth or sex.
    CitizenNumberDisagrees,
    /// Not a tax code of 10, 12 or 13 digits.
    NotATaxCode,
    /// The check digit of the tax code is off: a warning.
    TaxCodeCheckDigit,
    /// Not a date or year of birth of a person old enough to be trained.
    NotABirthday,
    /// Not a name: letters are missing, or there are digits.
    NotAName,
    /// Not a user name: 3 to 40 of a-z, 0-9, dot, dash, underscore, starting with a letter.
    NotAUserName,
    /// A password must have at least `least` characters.
    PasswordTooShort {
        /// The fewest characters accepted.
        least: usize,
    },
    /// The password is among the first that are guessed.
    PasswordTooCommon,
    /// The repeated password is another one.
    PasswordsDiffer,

    // Runs.
    /// A run needs at least one session.
    NoSession,
    /// Two years do not hold the sessions of a pattern.
    PatternTooLong,
    /// A session must end after it starts, on the same day.
    SessionEndsBeforeStart,
    /// Two sessions of the run overlap.
    SessionsOverlap,
    /// The enrolment deadline lies after the first session.
    DeadlineAfterStart,
    /// A session lies in the past.
    SessionInThePast,
    /// More people are enrolled than the new capacity.
    CapacityBelowTaken {
        /// Seats that are taken.
        taken: i64,
    },
    /// More seats are taken, promised and offered than the new capacity.
    CapacityBelowHeld {
        /// Seats that are taken.
        taken: i64,
        /// Seats that are promised and not named.
        promised: i64,
        /// Seats that are held by offers.
        offered: i64,
    },
    /// People take part, so this cannot change any more.
    HasParticipants,
    /// Attendance of this session has been marked, or who taught it was recorded, so it can be neither moved nor removed.
    SessionMarked,
    /// Something stands in the way of the timetable, and nobody has answered for it.
    Clash(Box<Clash>),
    /// More people are needed to hold the run than it has seats for.
    MinimumAboveCapacity,
    /// A session of this run is at the same time as one of another run that the person takes part in.
    BusyElsewhere {
        /// The person's name.
        person: String,
        /// The other run, by course and name.
        run: String,
        /// The day on which both are.
        day: NaiveDate,
    },
    /// The session was cancelled.
    SessionCancelled,
    /// The last session of a run is not cancelled: the run is.
    LastSession,
    /// No change of this run is being prepared.
    NothingPrepared,
    /// The run is not published.
    NotPublished,
    /// The run is published already.
    AlreadyPublished,
    /// The run was cancelled.
    RunCancelled,
    /// The run is closed.
    RunClosed,
    /// Organisations that asked for the course of this run were invited to it, so it keeps its course.
    HasInvitations,
    /// `count` runs were made from this line of the plan, so it can be neither removed nor given another course.
    LineHasRuns {
        /// How many, those that were called off among them.
        count: i64,
    },
    /// The run is made from a line of the plan that is for another course.
    LineOfAnotherCourse,
    /// The line of this code plans just the same.
    AlreadyPlanned {
        /// Its code.
        line: String,
    },
    /// The run has not ended: its last session is on `last`.
    NotEnded {
        /// The day of the last session.
        last: NaiveDate,
    },

    // Enrolment.
    /// Fewer seats are left than asked for.
    Full {
        /// Seats left.
        left: i64,
        /// Seats asked for.
        asked: i64,
    },
    /// The deadline for enrolling has passed.
    DeadlinePassed {
        /// The last day on which one could enrol.
        deadline: NaiveDate,
    },
    /// The run is for officers, and this organisation is no state body, or the other way round.
    WrongAudience,
    /// The course is for another audience than the requirement.
    CourseForOthers,
    /// This person is enrolled in the run already.
    AlreadyEnrolled,
    /// The same person stands twice in the list.
    TwiceInTheList {
        /// The row, as the list numbers it, on which the person stands first.
        first_row: usize,
    },
    /// The same person stands on another sheet of the list, or further up on this one.
    TwiceInTheSheets {
        /// The name of the sheet.
        sheet: String,
        /// Where, as the sheet counts.
        first_row: usize,
    },
    /// This citizen number belongs to somebody with another name.
    CitizenNumberTaken,
    /// The entry fits several people, and nothing in it tells which one is meant.
    SeveralFit {
        /// How many.
        count: usize,
    },
    /// A citizen number must not stand in an address, where it would be kept.
    NumberInAddress,
    /// The enrolment was withdrawn.
    Withdrawn,
    /// Nobody was chosen.
    NobodyChosen,
    /// What has to be completed before the course is not.
    PrerequisiteMissing {
        /// The person's name.
        person: String,
        /// What is lacking, one entry for each group of courses.
        lacking: Vec<Lacking>,
    },
    /// A course cannot require itself.
    RequiresItself,
    /// Nobody can take a participant's place any more: it could be done until `until`.
    SubstitutionOver {
        /// The last moment.
        until: DateTime<Utc>,
    },
    /// Attendance of this person was marked, so nobody takes their place; they can leave it.
    AlreadyAttended,
    /// The other run is for another course.
    RunOfAnotherCourse,
    /// It was found out already who a walk-in is.
    WalkInAnswered,
    /// People take places in this run only once they were approved: ask for them.
    ApprovalNeeded,
    /// Nobody else can be asked for here in time: who approves at this level can do it, and approves by doing it.
    ApprovesByDoing {
        /// The level with the last word.
        level: requests::Level,
    },
    /// This run needs no approval: its people enrol at once.
    NoApprovalNeeded,
    /// The request stands where this cannot be done.
    RequestInState {
        /// Where it stands.
        state: requests::State,
    },
    /// The person is asked for in this course already.
    AskedAlready {
        /// The person's name.
        person: String,
    },
    /// This person was refused a place in this run.
    RefusedBefore {
        /// The person's name.
        person: String,
        /// The day of the decision.
        day: NaiveDate,
    },
    /// The same run is chosen twice.
    RunChosenTwice,
    /// The person did not choose this run.
    RunNotChosen,
    /// People wait for a decision on this run, so how they are approved stays as it is.
    HasRequests,
    /// It was undone already, or something else was done since.
    NothingToUndo,
    /// An organisation may send `limit` people to this run, and `taken` of them have a place or a seat held.
    OrganisationLimit {
        /// The most people of one organisation.
        limit: i64,
        /// How many it has.
        taken: i64,
    },

    // Allotments and the waiting list.
    /// `asked` seats cannot be promised: only `left` are neither taken nor held.
    NotSoManySeats {
        /// Seats left.
        left: i64,
        /// Seats that were to be promised.
        asked: i64,
    },
    /// `named` seats of this allotment are named, offered or divided, so it cannot be smaller.
    AllotmentBelowNamed {
        /// How many.
        named: i64,
    },
    /// The allotment has ended.
    AllotmentEnded,
    /// The organisation does not lie in the unit whose seats these are.
    OfAnotherUnit,
    /// Seats are promised to organisations and units that exist, each once.
    PromisedTwice,
    /// Nobody is asked for a seat any more: the person left the waiting list.
    NotWaiting,
    /// The offer has expired, and the seat went on to the next.
    OfferExpired,
    /// The offer was answered, or taken back.
    OfferAnswered,

    // Attendance and completion.
    /// The session has not begun.
    NotBegun {
        /// The day of the session.
        day: NaiveDate,
    },
    /// `count` attendance marks are missing.
    MarksMissing {
        /// How many sessions × people have no mark.
        count: i64,
    },
    /// A correction after closing is not possible.
    RegisterClosed,
    /// An override needs its reason.
    ReasonMissing,
    /// Records changed while this page was open: look again.
    ChangedMeanwhile,

    // Certificates.
    /// A certificate was issued on this decision.
    CertificateIssued,
    /// The run has no participant who completed it and has no certificate.
    NothingToIssue,
    /// The certificate was revoked.
    Revoked,
    /// The book does not say yet who signs.
    SignatoryMissing,
    /// A text cannot be printed: the fonts lack a letter, or it is too long for the paper.
    NotPrintable {
        /// The text.
        text: String,
    },

    // Registration forms, lists and selection.
    /// The form is in another state, in which this cannot be done.
    NotInThisState {
        /// The state it is in.
        state: State,
    },
    /// Forms are received from `opens` to `closes`.
    OutsideWindow {
        /// The first day.
        opens: NaiveDate,
        /// The last day.
        closes: NaiveDate,
    },
    /// The programme year does not say yet when this is open.
    NoWindow,
    /// The level that receives forms has no unit for this place on this day: a person has to say which.
    NoReceivingUnit,
    /// A window closes before it opens, or an absence ends before it begins.
    ClosesBeforeOpening,
    /// The weights of the criteria make `total`, not 100.
    WeightsNotHundred {
        /// Their sum.
        total: i64,
    },
    /// Forms were evaluated by these criteria, so they stay.
    CriteriaInUse,
    /// Not a sum of money in đồng.
    NotAnAmount,
    /// Say what is to be put right, at least once.
    NoRemark,
    /// The day lies in the past.
    DayInThePast,
    /// The day lies in the future.
    DayInTheFuture,
    /// A form cannot repeat itself or a form of another organisation or year.
    NotItsDuplicate,
    /// Required items of the dossier are missing.
    DossierIncomplete {
        /// How many required items are missing.
        missing: i64,
    },
    /// State bodies register no products.
    NotAProducer,
    /// Not one of the kinds of file that are accepted: PDF, JPEG, PNG, XLSX.
    NotAnAcceptedFile,
    /// The dossier has as many files as it may: `limit`.
    TooManyFiles {
        /// The most files accepted.
        limit: usize,
    },
    /// Evaluators hold the form not to be feasible.
    NotFeasible,
    /// The list has no form.
    EmptyList,
    /// The list is frozen: a correction is a new list.
    ListFrozen,
    /// The list was not forwarded, or was answered already.
    ListNotWaiting,
    /// The form stands in another list that is being drawn up.
    InAnotherList,
    /// The list has as many forms as it may: `limit`.
    ListFull {
        /// The most forms of a list.
        limit: usize,
    },
    /// The list was forwarded, so it cannot be given up any more.
    ListForwarded,
    /// The form's list has not been accepted yet.
    ListNotAccepted,
    /// Nothing was chosen.
    NothingChosen,
    /// The decision was published.
    DecisionPublished,
    /// The decision of this number is of another day.
    DecisionOfAnotherDay {
        /// Its day.
        day: NaiveDate,
    },
    /// The run is for organisations with a product selected in `year`, and this one has none.
    NotSelected {
        /// The programme year.
        year: i64,
    },
    /// Only organisations have selected products, so nobody else can be asked for one.
    SelectionOfOthers,
    /// There is no programme of `year`, so nothing is selected in it.
    NoProgramme {
        /// The year.
        year: i64,
    },
    /// The run is open to the organisation without an exception.
    NoExceptionNeeded,
    /// The exception was withdrawn.
    ExceptionWithdrawn,

    // Registers of venues and trainers.
    /// Not a link that begins with `https://`.
    NotAnHttpsLink,
    /// Sessions ahead are booked in the room.
    RoomBooked {
        /// Day and run of each, the next first; ten at most.
        sessions: Vec<(NaiveDate, String)>,
    },

    // Two records of one person.
    /// Both have a live place in a run, and one person has one.
    BothHavePlaces {
        /// The run, by course and name.
        run: String,
    },
    /// One person would take part in two runs at the same time.
    TwoPlacesAtOnce {
        /// The other run, by course and name.
        run: String,
        /// The day.
        day: NaiveDate,
    },
    /// Both have an account, and one person has one.
    BothHaveAccounts,
    /// Both have something of which one person has one, or the one that would not go on has what cannot be passed on.
    BothHave {
        /// The table it is kept in.
        what: String,
    },
    /// Somebody said that these two are not one person.
    ToldApart,
    /// The merge was undone.
    MergeUndone,
    /// The record that goes on was merged into another one since: that has to be undone first.
    MergedOnward,
    /// Somebody else was given since what undoing would put back.
    MergeOvertaken,

    // Accounts.
    /// Name and password do not belong together.
    SignInFailed,
    /// Too many attempts: wait `seconds`.
    TooManyAttempts {
        /// Seconds until the next attempt is heard.
        seconds: u64,
    },
    /// The link or slip was used, is too old, or never existed.
    LinkNotValid,
    /// Somebody signs in with this already.
    NameTaken,
    /// The present password is another one.
    WrongPassword,
    /// This person has an account already.
    HasAccount,
    /// Somebody has to stay administrator.
    LastAdministrator,

    // Files.
    /// The file is larger than `limit` bytes.
    FileTooLarge {
        /// The most bytes accepted.
        limit: u64,
    },
    /// Not a spreadsheet (.xlsx, .xls or .ods).
    NotASpreadsheet,
    /// The spreadsheet has a password.
    SpreadsheetLocked,
    /// The spreadsheet has more than `limit` rows or too many cells.
    SpreadsheetTooLarge {
        /// The most rows accepted.
        limit: usize,
    },
    /// A quotation mark in the text file is never closed, or closes far below in the middle of a cell.
    OpenQuote {
        /// The line in which it opens.
        line: usize,
    },
    /// The text file is UTF-8 with letters that are broken.
    BrokenLetters {
        /// The first line with one.
        line: usize,
    },
    /// Too many lists are being read at this moment.
    ReadersBusy,
    /// Too many lists of this account are kept at a time: files or bytes.
    TooManyLists {
        /// The most files.
        files: usize,
        /// The most bytes.
        bytes: u64,
        /// When the oldest of them goes.
        until: DateTime<Utc>,
    },
    /// No row of headings with a name column was found.
    NoHeading,
    /// The spreadsheet has headings and nobody under them.
    EmptySpreadsheet,
    /// No row of headings with a column for products was found.
    NoProductHeading,
    /// The spreadsheet has no form under its headings.
    NoFormInSpreadsheet,
    /// No row of headings with a column for courses was found.
    NoCourseHeading,
    /// The spreadsheet has no line under its headings.
    NoLineInSpreadsheet,
    /// No course of this code or title is known.
    UnknownCourse,
    /// The plan of this year has no line of this code.
    UnknownLine,
    /// No unit of this name or code exists on that day.
    UnknownUnit,
    /// Several units answer to this name: say which district or code.
    AmbiguousUnit,
    /// No organisation of this name or tax code is known.
    UnknownOrganisation,
    /// Several organisations answer to this name: say which unit or tax code.
    AmbiguousOrganisation,
    /// A spreadsheet shortened this number: `3.8E+10`.
    DigitsLost,
    /// No column was chosen for names.
    NoNameColumn,
    /// Two columns were chosen for the same thing.
    ChosenTwice,
    /// It was not said in which encoding this column is.
    EncodingNotSaid,
    /// The list is being worked on, or was stored already.
    ImportBusy,
    /// No row of the list can be stored.
    NothingToStore,
    /// The import broke off again and again for no fault of the list.
    ImportBroken,
    /// Whoever sent the list may no longer store people.
    NoLongerAllowed,

    /// Something of this name or number exists already.
    AlreadyExists,
    /// Nothing that this person may see answers to that.
    NotFound,
}

/// A refusal with the field that caused it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The name of the field in the form; empty when the form as a whole is meant.
    pub field: String,
    /// What is wrong with it.
    pub refusal: Refusal,
}

/// Every fault of one form. Empty means none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// Notes a fault of `field`.
    pub fn add(&mut self, field: impl Into<String>, refusal: Refusal) {
        self.0.push(Fault { field: field.into(), refusal });
    }

    /// Keeps the value, or notes why there is none.
    pub fn take<T>(&mut self, field: impl Into<String>, result: Result<T, Refusal>) -> Option<T> {
        result.map_err(|refusal| self.add(field, refusal)).ok()
    }

    /// What is wrong with `field`, first fault first.
    pub fn of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a Refusal> {
        self.0.iter().filter(move |fault| fault.field == field).map(|fault| &fault.refusal)
    }

    /// True when nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Refusal> for Faults {
    fn from(refusal: Refusal) -> Self {
        Faults(vec![Fault { field: String::new(), refusal }])
    }
}
