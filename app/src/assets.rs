//! Style sheet, island scripts and icon: part of the program, addressed by a hash of their content, kept for a year.

use std::sync::OnceLock;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The style sheet of every page.
const STYLE: &str = concat!(
    include_str!("../../style/base.css"),
    include_str!("../../style/layout.css"),
    include_str!("../../style/forms.css"),
    include_str!("../../style/parts.css"),
    include_str!("../../style/calendar.css"),
    include_str!("../../style/register.css"),
    include_str!("../../style/print.css"),
);

/// The same, compressed as far as brotli can, which is done once: every first visit waits for it.
static STYLE_BROTLI: OnceLock<Vec<u8>> = OnceLock::new();

const ICON: &str = include_str!("../../style/icon.svg");

/// What the islands need in the browser. Empty when the program was built without them: every page works without.
#[derive(Debug, Clone, Copy, Default)]
pub struct IslandFiles {
    /// The scripts that `wasm-bindgen` wrote.
    pub script: &'static [u8],
    /// The same, compressed by brotli.
    pub script_brotli: &'static [u8],
    /// The compiled islands.
    pub wasm: &'static [u8],
    /// The same, compressed by brotli.
    pub wasm_brotli: &'static [u8],
}

static ISLANDS: OnceLock<IslandFiles> = OnceLock::new();
static VERSION: OnceLock<String> = OnceLock::new();

/// Hands over what the islands need; the first call counts.
pub fn install(files: IslandFiles) {
    ISLANDS.get_or_init(|| files);
}

/// The style sheet compressed; empty where that failed, and then it is sent as it is.
fn style_brotli() -> &'static [u8] {
    STYLE_BROTLI.get_or_init(|| {
        let (mut compressed, parameters) = (Vec::new(), brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() });
        match brotli::BrotliCompress(&mut STYLE.as_bytes(), &mut compressed, &parameters) {
            Ok(_) => compressed,
            Err(_) => Vec::new(),
        }
    })
}

fn islands() -> &'static IslandFiles {
    ISLANDS.get_or_init(IslandFiles::default)
}

/// Whether the program carries its islands.
#[must_use]
pub fn has_islands() -> bool {
    !islands().wasm.is_empty()
}

/// Where the assets of this build are: `/assets/<hash>`.
#[must_use]
pub fn root() -> &'static str {
    VERSION.get_or_init(|| {
        // FNV-1a: the hash names a build, it keeps nothing safe.
        let hash = [STYLE.as_bytes(), ICON.as_bytes(), islands().script, islands().wasm]
            .into_iter()
            .flatten()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
        format!("/assets/{hash:016x}")
    })
}

/// `GET /assets/{hash}/{*file}`. The hash only makes the address new: any build's address gets this build's file.
pub async fn serve(Path((_, file)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let (kind, plain, brotli): (_, &'static [u8], &'static [u8]) = match file.as_str() {
        "style.css" => ("text/css; charset=utf-8", STYLE.as_bytes(), style_brotli()),
        "icon.svg" => ("image/svg+xml", ICON.as_bytes(), &[]),
        "pkg/app.js" => ("text/javascript; charset=utf-8", islands().script, islands().script_brotli),
        "pkg/app_bg.wasm" => ("application/wasm", islands().wasm, islands().wasm_brotli),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let caching = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    let takes_brotli =
        headers.get(header::ACCEPT_ENCODING).is_some_and(|value| value.to_str().is_ok_and(|value| value.contains("br")));
    if takes_brotli && !brotli.is_empty() {
        let encoding = [(header::CONTENT_ENCODING, "br"), (header::VARY, "accept-encoding")];
        return ([(header::CONTENT_TYPE, kind), caching], encoding, brotli).into_response();
    }
    ([(header::CONTENT_TYPE, kind), caching], plain).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compressed_style_sheet_is_the_style_sheet() {
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut style_brotli(), &mut unpacked).unwrap();
        assert!(unpacked == STYLE.as_bytes() && style_brotli().len() < STYLE.len() / 4);
    }
}
