//! Product registration forms (phiếu đăng ký sản phẩm): what stands in them, what belongs to them, and their way from a
//! draft to a selected product (domain.md §1.2 to §1.5).

mod content;
mod dossier;
mod evaluation;
mod fields;
pub mod spreadsheet;
mod states;

pub use content::Content;
pub use dossier::{Checklist, DossierItem, FileKind, MOST_FILE_BYTES, MOST_FILES};
pub use evaluation::{EvaluationForm, MOST_POINTS, Opinion, Spread, Weighted, spread};
pub use fields::{Choices, FieldKind, FormField, RESULT_ROWS, ResultColumn, Section};
pub use states::{State, Step};

words! {
    /// Which form it is: the fields and the dossier differ.
    RegistrationKind {
        /// Biểu 02: a product that exists.
        Existing = "existing",
        /// Biểu 01: an idea for a new product.
        New = "new",
    }
}

words! {
    /// How a form came in.
    RegistrationSource {
        /// Filled in by the organisation.
        Online = "online",
        /// Keyed in from paper by an officer.
        Paper = "paper",
        /// Read from a spreadsheet.
        Spreadsheet = "spreadsheet",
    }
}

/// The most characters of a product's name.
pub const PRODUCT_NAME_LIMIT: usize = 200;

/// The most characters of a reason or remark.
pub const REASON_LIMIT: usize = 1000;
