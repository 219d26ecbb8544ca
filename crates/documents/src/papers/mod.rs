//! The official papers, as PDF: certificates, timetables, signature sheets, rosters, door signs, lists of forms with the forms.
//!
//! Plain data in, bytes out. Equal data give equal bytes: no clock, no random identifier and no
//! installed font has a say, so what was frozen with its hash can be printed again.

mod certificate;
mod door_sign;
mod forwarding_list;
mod letters;
mod press;
mod registration_form;
mod roster;
mod signature_sheet;
mod timetable;
mod words;

use crate::qr::QrTextError;

pub use certificate::{CERTIFICATE_TEMPLATE_VERSION, Certificate, certificate, certificates, check_certificate};
pub use door_sign::{DoorSign, door_sign};
pub use forwarding_list::{
    FORWARDING_TEMPLATE_VERSION, ForwardingList, check_forwarding_list, forwarding_list, peoples_committee,
};
pub use registration_form::{RegistrationForm, Training};
pub use roster::{Roster, RosterLine, roster};
pub use signature_sheet::{SignatureLine, SignatureSheet, signature_sheet};
pub use timetable::{Timetable, TimetableLine, timetable};

/// Why a paper was not printed.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// No certificate or form was given.
    #[error("there is nothing to print")]
    Nothing,
    /// The fonts have no glyph for a character.
    #[error("the fonts lack the character {character:?} of {text:?}")]
    Unprintable {
        /// The first character without a glyph.
        character: char,
        /// The text it stands in.
        text: String,
    },
    /// A text is longer than any certificate can hold.
    #[error("the text is too long to print: {0:?}")]
    TooLong(String),
    /// The address does not fit into a QR code.
    #[error("the address to verify: {0}")]
    Address(#[from] QrTextError),
    /// A certificate or sign ran over its page.
    #[error("{expected} papers of one page took {found} pages")]
    Overflow {
        /// How many were given.
        expected: usize,
        /// How many pages they took.
        found: usize,
    },
    /// The data could not be handed to the template.
    #[error("the data could not be handed to the template: {0}")]
    Data(#[from] serde_json::Error),
    /// The template failed, or the PDF would break its standard.
    #[error("the paper could not be typeset: {0}")]
    Typesetting(String),
}
