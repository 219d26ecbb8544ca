//! Files as they arrive.

use axum::extract::multipart::Field;

use crate::Problem;

/// How many times the limit of a part is still taken in after it was passed.
const PATIENCE: usize = 8;

/// Reads a part as it arrives; nothing when it is larger than `limit` bytes, and no more than that is ever held. What is
/// too large is taken in and dropped, up to a point: a browser that is cut off in the middle of sending shows its own
/// words in the place of ours.
///
/// # Errors
/// [`Problem::NotAForm`] when the request breaks off or is damaged.
pub(crate) async fn read_part(mut part: Field<'_>, limit: usize) -> Result<Option<Vec<u8>>, Problem> {
    let mut bytes = Vec::new();
    let mut size = 0;
    while let Some(chunk) = part.chunk().await.map_err(|_| Problem::NotAForm)? {
        size += chunk.len();
        if size <= limit {
            bytes.extend_from_slice(&chunk);
        } else if size > limit.saturating_mul(PATIENCE) {
            break;
        }
    }
    Ok((size <= limit).then_some(bytes))
}
