//! What a zipped workbook unpacks to, measured before any reader trusts it.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::RosterError;

/// Parts in one workbook: a sheet has a handful.
const MAX_PARTS: usize = 2_000;

/// What lies in the archive.
pub enum Kind {
    /// Office Open XML, for calamine.
    Xlsx,
    /// OpenDocument, with its sheets' XML.
    Ods {
        /// `content.xml`.
        content: Vec<u8>,
    },
}

/// Unpacks every part once, counting, and tells the format.
///
/// Declared sizes are a claim and are summed first, so that an honest giant costs nothing; then the bytes that really
/// come out are counted, and unpacking stops when there are too many.
pub fn inspect(bytes: &[u8], max_unpacked: usize) -> Result<Kind, RosterError> {
    let too_large = RosterError::TooLarge { limit: max_unpacked };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(refusal)?;
    if archive.len() > MAX_PARTS {
        return Err(too_large);
    }
    let mut declared = 0_u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(refusal)?;
        declared = declared.saturating_add(part.size());
    }
    if declared > max_unpacked as u64 {
        return Err(too_large);
    }

    let mut left = max_unpacked as u64;
    let mut workbook = false;
    let mut opendocument = false;
    let mut content = None;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(refusal)?;
        let name = part.name().map_err(refusal)?.replace('\\', "/").to_ascii_lowercase();
        let mut unpacked = Vec::new();
        let size = part.take(left + 1).read_to_end(&mut unpacked).map_err(|_| RosterError::NotASpreadsheet)? as u64;
        left = left.checked_sub(size).ok_or_else(|| too_large.clone())?;
        match name.as_str() {
            "mimetype" => {
                opendocument = unpacked.starts_with(b"application/vnd.oasis.opendocument.spreadsheet");
            }
            "content.xml" => content = Some(unpacked),
            "encrypted-package" => return Err(RosterError::Encrypted),
            "meta-inf/manifest.xml" if contains(&unpacked, b"encryption-data") => {
                return Err(RosterError::Encrypted);
            }
            "[content_types].xml" => workbook = contains(&unpacked, b"spreadsheetml"),
            // Calamine reserves room for as many strings as the part claims to have.
            _ if name.ends_with("sharedstrings.xml") && claims_too_much(&unpacked) => {
                return Err(too_large);
            }
            _ => (),
        }
    }
    match content {
        Some(content) if opendocument => Ok(Kind::Ods { content }),
        _ if workbook => Ok(Kind::Xlsx),
        _ => Err(RosterError::NotASpreadsheet),
    }
}

/// A count of shared strings that the part is too short to hold, or one that cannot be read for its encoding.
fn claims_too_much(part: &[u8]) -> bool {
    const CLAIM: &[u8] = b"uniqueCount";
    if part.contains(&0) {
        return true;
    }
    part.windows(CLAIM.len()).enumerate().filter(|(_, window)| *window == CLAIM).any(|(at, _)| {
        let digits: String = part[at + CLAIM.len()..]
            .iter()
            .skip_while(|byte| !byte.is_ascii_digit())
            .take_while(|byte| byte.is_ascii_digit())
            .map(|byte| char::from(*byte))
            .collect();
        digits.parse::<usize>().map_or(!digits.is_empty(), |count| count > part.len())
    })
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of map_err")]
fn refusal(error: ZipError) -> RosterError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => RosterError::Encrypted,
        _ => RosterError::NotASpreadsheet,
    }
}
