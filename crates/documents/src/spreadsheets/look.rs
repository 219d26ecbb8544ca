//! How our workbooks look: one typeface, one accent, thin lines.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The typeface of the offices' papers.
const FONT: &str = "Times New Roman";
const ACCENT: Color = Color::RGB(0x1F_5F_4B);
const LINE: Color = Color::RGB(0xC9_D3_CF);

/// Plain text of a cell.
pub fn text() -> Format {
    Format::new().set_font_name(FONT).set_font_size(12)
}

/// A cell of a table: ruled, wrapped, at the top of its row.
pub fn cell() -> Format {
    text().set_border(FormatBorder::Thin).set_border_color(LINE).set_align(FormatAlign::Top).set_text_wrap()
}

/// The heading of a column.
pub fn heading() -> Format {
    text()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(ACCENT)
        .set_border(FormatBorder::Thin)
        .set_border_color(LINE)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

/// The title of a sheet.
pub fn title() -> Format {
    text().set_bold().set_font_size(16).set_font_color(ACCENT)
}
