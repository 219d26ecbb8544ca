//! QR codes: a grid of modules, and a drawing of it that stands inside a page.

use std::fmt::Write;

use qrcode::types::QrError;
use qrcode::{Color, EcLevel, QrCode};
use thiserror::Error;

/// Blank modules around a code, without which cameras do not see it (ISO/IEC 18004).
pub const QUIET_ZONE: usize = 4;

/// The text is too long for a QR code.
#[derive(Debug, Error)]
#[error("text does not fit a QR code: {0}")]
pub struct QrTextError(#[from] QrError);

/// The modules of a code, row by row, dark ones true, without the quiet zone.
///
/// Error correction M: a code on paper may lose 15 % and still be read.
pub fn matrix(text: &str) -> Result<Vec<Vec<bool>>, QrTextError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let width = code.width();
    let modules: Vec<bool> = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
    Ok(modules.chunks(width).map(<[bool]>::to_vec).collect())
}

/// A code as inline SVG, dark on white with its quiet zone; the title tells what it is to those who do not see it.
pub fn svg(text: &str, title: &str) -> Result<String, QrTextError> {
    let rows = matrix(text)?;
    let size = rows.len() + 2 * QUIET_ZONE;
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|left, right| left == right) {
            if run[0] {
                let (left, top, length) = (x + QUIET_ZONE, y + QUIET_ZONE, run.len());
                // Writing to a string does not fail.
                let _ = write!(path, "M{left} {top}h{length}v1h-{length}z");
            }
            x += run.len();
        }
    }
    let title = escaped(title);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"{title}\" \
         shape-rendering=\"crispEdges\"><title>{title}</title><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

fn escaped(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).fold(String::new(), |mut safe, c| {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c => safe.push(c),
        }
        safe
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners() {
        let rows = matrix("https://example.vn/verify/abc").unwrap();
        let last = rows.len() - 1;
        assert!(rows.iter().all(|row| row.len() == rows.len()));
        for (x, y) in [(0, 0), (last - 6, 0), (0, last - 6)] {
            assert!((0..7).all(|step| rows[y][x + step] && rows[y + step][x]));
        }
        assert!(!rows[last][last - 7..].iter().all(|dark| *dark));
    }

    #[test]
    fn the_drawing_covers_every_dark_module_and_no_other() {
        let text = "https://example.vn/verify/abc";
        let svg = svg(text, "Mã QR").unwrap();
        let mut drawn = Vec::new();
        let path = svg.rsplit("d=\"").next().unwrap();
        for piece in path.split('M').skip(1) {
            let (x, rest) = piece.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let length: usize = rest.split('v').next().unwrap().parse().unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            drawn.extend((x..x + length).map(|x| (y - QUIET_ZONE, x - QUIET_ZONE)));
        }
        let dark: Vec<_> = matrix(text)
            .unwrap()
            .iter()
            .enumerate()
            .flat_map(|(y, row)| {
                let dark = row.iter().enumerate().filter(|(_, dark)| **dark);
                dark.map(move |(x, _)| (y, x)).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(drawn, dark);
    }

    #[test]
    fn titles_cannot_break_out() {
        let svg = svg("x", "\"><script>&").unwrap();
        assert!(svg.contains("<title>&quot;&gt;&lt;script&gt;&amp;</title>"));
        assert!(!svg.contains("<script>"));
    }

    #[test]
    fn too_long_a_text_is_refused() {
        assert!(matrix(&"x".repeat(3_000)).is_err());
    }
}
