//! Papers: bytes in, bytes out. Spreadsheets, PDF, calendar files, QR codes; no input or output of its own.

pub mod calendars;
pub mod papers;
pub mod qr;
pub mod spreadsheets;
