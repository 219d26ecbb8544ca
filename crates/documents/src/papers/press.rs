//! The press: typst with the fonts and templates of this crate and nothing else.
//!
//! There is no file, no network, no clock in it. A template reads its data from the
//! virtual file `/data.json`; equal data therefore give equal bytes.

use std::sync::LazyLock;

use serde_json::Value;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{PaperError, letters};

/// The four faces of Liberation Serif (OFL), which has the widths of Times New Roman.
const FACES: [&[u8]; 4] = [
    include_bytes!("../../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../../fonts/LiberationSerif-BoldItalic.ttf"),
];

/// Every template by its path, in the order of [`Template`]; behind them what they share.
const TEMPLATES: [(&str, &str); 9] = [
    ("/certificate.typ", include_str!("templates/certificate.typ")),
    ("/signature_sheet.typ", include_str!("templates/signature_sheet.typ")),
    ("/forwarding_list.typ", include_str!("templates/forwarding_list.typ")),
    ("/timetable.typ", include_str!("templates/timetable.typ")),
    ("/door_sign.typ", include_str!("templates/door_sign.typ")),
    ("/roster.typ", include_str!("templates/roster.typ")),
    ("/registration_form.typ", include_str!("templates/registration_form.typ")),
    ("/border.typ", include_str!("templates/border.typ")),
    ("/official.typ", include_str!("templates/official.typ")),
];

/// What the press can print.
#[derive(Debug, Clone, Copy)]
pub(super) enum Template {
    Certificate,
    SignatureSheet,
    ForwardingList,
    Timetable,
    DoorSign,
    Roster,
}

/// A finished document.
#[derive(Debug)]
pub(super) struct Printed {
    pub pdf: Vec<u8>,
    pub pages: usize,
}

/// What is the same for every paper: read once, shared by all threads.
struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    sources: Vec<Source>,
    data: FileId,
}

static PRESS: LazyLock<Press> = LazyLock::new(|| {
    let fonts: Vec<Font> = FACES.iter().flat_map(|face| Font::iter(Bytes::new(*face))).collect();
    Press {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        sources: TEMPLATES.iter().map(|(path, text)| Source::new(file_id(path), (*text).to_owned())).collect(),
        data: file_id("/data.json"),
    }
});

fn file_id(path: &'static str) -> FileId {
    #[expect(clippy::expect_used, reason = "the paths are the constants above; every test prints")]
    let path = VirtualPath::new(path).expect("a plain path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// Whether all four faces have a glyph for `character`.
pub(super) fn has_glyph(character: char) -> bool {
    PRESS.fonts.iter().all(|font| font.info().coverage.contains(character.into()))
}

/// Archivable (PDF/A-2a) and accessible (PDF/UA-1); the date comes from the data.
static OPTIONS: LazyLock<PdfOptions> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "these two standards agree; every test prints")]
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).expect("compatible");
    PdfOptions { creator: Smart::Custom(Some("OCOP Training".to_owned())), standards, ..PdfOptions::default() }
});

/// One job on the press: a template and its data.
struct Job {
    template: Template,
    data: Bytes,
}

impl World for Job {
    fn library(&self) -> &LazyHash<Library> {
        &PRESS.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &PRESS.book
    }

    fn main(&self) -> FileId {
        PRESS.sources[self.template as usize].id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let source = PRESS.sources.iter().find(|source| source.id() == id);
        source.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        (id == PRESS.data).then(|| self.data.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        PRESS.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets `data` in `template` and writes the PDF.
pub(super) fn print(template: Template, mut data: Value) -> Result<Printed, PaperError> {
    letters::clean_all(&mut data)?;
    let job = Job { template, data: Bytes::from_string(data.to_string()) };
    let compiled = typst::compile(&job);
    let outcome = compiled.output.and_then(|document| {
        let pdf = typst_pdf::pdf(&document, &OPTIONS)?;
        Ok(Printed { pdf, pages: document.pages().len() })
    });
    debug_assert!(compiled.warnings.is_empty(), "{}", sentence(&compiled.warnings));
    // Keeps the templates warm and forgets the people printed a few jobs ago.
    typst::comemo::evict(3);
    outcome.map_err(|faults| PaperError::Typesetting(sentence(&faults)))
}

fn sentence(faults: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    messages.join("; ")
}
