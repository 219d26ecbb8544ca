//! Files as they arrive.

use axum::extract::multipart::Field;

use crate::Problem;

/// Reads a part as it arrives; nothing once it is larger than `limit` bytes, so that no more than that is ever held.
///
/// # Errors
/// [`Problem::NotAForm`] when the request breaks off or is damaged.
pub(crate) async fn read_part(mut part: Field<'_>, limit: usize) -> Result<Option<Vec<u8>>, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|_| Problem::NotAForm)? {
        if bytes.len() + chunk.len() > limit {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}
