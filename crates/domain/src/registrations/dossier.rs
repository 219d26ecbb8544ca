//! What belongs to a form: the items of the dossier (domain.md §1.5, "Dossier list"), and which files are accepted.

use std::collections::BTreeSet;

use super::RegistrationKind;
use crate::Refusal;

words! {
    /// An item of the dossier. The form itself is none: it is what the items belong to.
    DossierItem {
        /// Form 03: business plan.
        BusinessPlan = "business_plan",
        /// Form 04: introduction of the organisation.
        Introduction = "introduction",
        /// Certified copy of the business registration.
        BusinessRegistration = "business_registration",
        /// Five sample units of the product.
        Samples = "samples",
        /// Certificate of production conditions, food safety.
        ProductionConditions = "production_conditions",
        /// Declaration of quality.
        QualityDeclaration = "quality_declaration",
        /// Product standard.
        ProductStandard = "product_standard",
        /// Test report.
        TestReport = "test_report",
        /// Barcode, trace stamp, intellectual property.
        Barcode = "barcode",
        /// Origin of material, linkage contracts.
        MaterialOrigin = "material_origin",
        /// Quality-management system.
        QualitySystem = "quality_system",
        /// Environmental protection.
        Environment = "environment",
        /// Accounting.
        Accounting = "accounting",
        /// Market development.
        MarketDevelopment = "market_development",
        /// Story of the product.
        ProductStory = "product_story",
        /// Quality-control plan and batch records.
        QualityControl = "quality_control",
        /// Awards.
        Awards = "awards",
        /// A picture of the product, a diagram, anything else.
        Other = "other",
    }
}

impl DossierItem {
    /// Whether a form of this kind cannot be found complete without it. The business plan (form 03) comes after the
    /// training (step 3 of the cycle), and samples of an idea do not exist yet: so neither is asked of them here.
    #[must_use]
    pub fn is_required(self, kind: RegistrationKind) -> bool {
        match kind {
            RegistrationKind::Existing => {
                matches!(self, DossierItem::Introduction | DossierItem::BusinessRegistration | DossierItem::Samples)
            }
            RegistrationKind::New => self == DossierItem::BusinessRegistration,
        }
    }
}

words! {
    /// A kind of file that is accepted.
    FileKind {
        /// PDF.
        Pdf = "pdf",
        /// JPEG.
        Jpeg = "jpeg",
        /// PNG.
        Png = "png",
        /// Spreadsheet.
        Xlsx = "xlsx",
    }
}

impl FileKind {
    /// What a file is by its first bytes, whatever its name says.
    ///
    /// # Errors
    /// [`Refusal::NotAnAcceptedFile`].
    pub fn of(bytes: &[u8]) -> Result<FileKind, Refusal> {
        let starts = |signature: &[u8]| bytes.starts_with(signature);
        if starts(b"%PDF-") {
            Ok(FileKind::Pdf)
        } else if starts(&[0xff, 0xd8, 0xff]) {
            Ok(FileKind::Jpeg)
        } else if starts(b"\x89PNG\r\n\x1a\n") {
            Ok(FileKind::Png)
        } else if starts(b"PK\x03\x04") && contains(bytes, b"xl/workbook") && !contains(bytes, b"vbaProject") {
            // A workbook that brings a program along is none.
            Ok(FileKind::Xlsx)
        } else {
            Err(Refusal::NotAnAcceptedFile)
        }
    }

    /// The media type it is sent as.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            FileKind::Pdf => "application/pdf",
            FileKind::Jpeg => "image/jpeg",
            FileKind::Png => "image/png",
            FileKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Names in a zip archive stand in it uncompressed, so a search finds them.
fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// The most bytes of one file.
pub const MOST_FILE_BYTES: usize = 8_000_000;

/// The most files of one dossier.
pub const MOST_FILES: usize = 40;

/// What of a dossier is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    /// Each item, whether it is required, and whether it is there as a file or on paper.
    pub items: Vec<(DossierItem, bool, bool)>,
}

impl Checklist {
    /// The checklist of a form of this kind, of which `present` is there.
    #[must_use]
    pub fn of(kind: RegistrationKind, present: &BTreeSet<DossierItem>) -> Checklist {
        let item = |item: &DossierItem| (*item, item.is_required(kind), present.contains(item));
        Checklist { items: DossierItem::ALL.iter().map(item).collect() }
    }

    /// Required items that are missing.
    pub fn missing(&self) -> impl Iterator<Item = DossierItem> + '_ {
        self.items.iter().filter(|(_, is_required, is_present)| *is_required && !is_present).map(|(item, _, _)| *item)
    }

    /// How complete a form with this checklist is, in percent: required fields and required items count alike.
    /// `fields_missing` of `fields_required` required fields are empty or cannot be read.
    #[must_use]
    pub fn completeness(&self, fields_required: usize, fields_missing: usize) -> i64 {
        let required = fields_required + self.items.iter().filter(|(_, is_required, _)| *is_required).count();
        let missing = fields_missing + self.missing().count();
        if required == 0 {
            return 100;
        }
        i64::try_from((required.saturating_sub(missing)) * 100 / required).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_bytes() {
        assert_eq!(FileKind::of(b"%PDF-1.7\n..."), Ok(FileKind::Pdf));
        assert_eq!(FileKind::of(&[0xff, 0xd8, 0xff, 0xe0]), Ok(FileKind::Jpeg));
        assert_eq!(FileKind::of(b"\x89PNG\r\n\x1a\n..."), Ok(FileKind::Png));
        assert_eq!(FileKind::of(b"PK\x03\x04 ... xl/workbook.xml"), Ok(FileKind::Xlsx));
        let macros = b"PK\x03\x04 ... xl/workbook.xml xl/vbaProject.bin";
        for bytes in [&b"<html><script>"[..], macros, b"PK\x03\x04 ... word/document.xml", b"MZ", b"", b" %PDF-"] {
            assert_eq!(FileKind::of(bytes), Err(Refusal::NotAnAcceptedFile));
        }
    }

    #[test]
    fn completeness_counts_fields_and_items_alike() {
        let none = Checklist::of(RegistrationKind::Existing, &BTreeSet::new());
        assert_eq!(none.missing().count(), 3);
        assert_eq!(none.completeness(7, 0), 70);
        let all = Checklist::of(RegistrationKind::Existing, &DossierItem::ALL.iter().copied().collect());
        assert_eq!(all.completeness(7, 7), 30);
        assert_eq!(all.completeness(7, 0), 100);
    }
}
