//! Files of a dossier: sent, downloaded, removed. They leave the house as downloads, never as a page.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::Refusal;
use domain::ids::{AttachmentId, RegistrationId};
use domain::registrations::MOST_FILE_BYTES;
use operations::registrations::{self, NewFile};
use operations::{Failure, Outcome};

use super::{deeds, faults, show};
use crate::uploads::read_part;
use crate::{Context, Form, Path, Problem};

/// The most bytes of the name of an item.
const ITEM_LIMIT: usize = 100;

/// `POST /registrations/{id}/files`.
pub(super) async fn attach(
    context: Context,
    Path(id): Path<RegistrationId>,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let actor = context.actor()?;
    // Whoever may not add it sends it for nothing: what arrives is not read.
    if !registrations::show(&context.office, actor, id).await?.may.fill {
        return refuse(&context, id, Form::default(), Err(Refusal::NotFound.into())).await;
    }
    let sent = read_parts(parts.map_err(|_| Problem::NotAForm)?).await?;
    let form = Form::filled([("item", sent.item.clone())]);
    let outcome = match (sent.item.parse(), sent.file) {
        (Err(_), _) => Err(Failure::field("item", Refusal::NotAChoice)),
        (_, Err(refusal)) => Err(Failure::field("file", refusal)),
        (Ok(item), Ok((name, bytes))) => registrations::attach(&context.office, actor, id, NewFile { item, name, bytes }).await,
    };
    match outcome {
        Ok(()) => Ok(Context::see(&format!("/registrations/{id}?done=attached#dossier"))),
        Err(failure) => refuse(&context, id, form, Err(failure)).await,
    }
}

/// `POST /attachments/{id}/remove`.
pub(super) async fn remove(context: Context, Path(id): Path<AttachmentId>, form: Form) -> Result<Response, Problem> {
    let (of, _) = registrations::file(&context.office, context.actor()?, id).await?;
    match registrations::detach(&context.office, context.actor()?, id).await {
        Ok(form) => Ok(Context::see(&format!("/registrations/{form}?done=removed#dossier"))),
        Err(failure) => deeds::answer(&context, of.registration_id, form, Err(failure), "").await,
    }
}

/// `GET /attachments/{id}`.
pub(super) async fn download(context: Context, Path(id): Path<AttachmentId>) -> Result<Response, Problem> {
    let (file, bytes) = registrations::file(&context.office, context.actor()?, id).await?;
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind.media_type()));
    // The name as it was sent for who can read it (RFC 6266), in plain letters for who cannot.
    let plain: String = domain::text::fold(&file.file_name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' })
        .collect();
    let encoded: String = form_urlencoded::byte_serialize(file.file_name.as_bytes()).collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encoded.replace('+', "%20"));
    let disposition = HeaderValue::from_str(&disposition).map_err(|error| Problem::Internal(error.to_string()))?;
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    // Whatever a browser makes of it nonetheless runs nothing and reaches nothing.
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    Ok(response)
}

async fn refuse(context: &Context, id: RegistrationId, mut form: Form, outcome: Outcome<()>) -> Result<Response, Problem> {
    if let Err(failure) = outcome {
        form.faults = faults(failure)?;
    }
    show::render(context, id, form, StatusCode::UNPROCESSABLE_ENTITY).await
}

struct Sent {
    item: String,
    file: Result<(String, Vec<u8>), Refusal>,
}

async fn read_parts(mut parts: Multipart) -> Result<Sent, Problem> {
    let mut sent = Sent { item: String::new(), file: Err(Refusal::Missing) };
    while let Some(part) = parts.next_field().await.map_err(|_| Problem::NotAForm)? {
        match part.name() {
            Some("item") => {
                let bytes = read_part(part, ITEM_LIMIT).await?.unwrap_or_default();
                sent.item = String::from_utf8_lossy(&bytes).into_owned();
            }
            Some("file") => {
                let name = part.file_name().unwrap_or_default().to_owned();
                let Some(bytes) = read_part(part, MOST_FILE_BYTES).await? else {
                    // What else stands in the request is not read: the answer is known.
                    sent.file = Err(Refusal::FileTooLarge { limit: MOST_FILE_BYTES as u64 });
                    break;
                };
                if !bytes.is_empty() {
                    sent.file = Ok((name, bytes));
                }
            }
            _ => {}
        }
    }
    Ok(sent)
}
