//! `serve`: answers over HTTP and does the work in the background.

use std::net::SocketAddr;
use std::time::Duration;

use app::assets::IslandFiles;
use axum::serve::ListenerExt as _;
use operations::Settings;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::{Stop, office};
use crate::settings::{Common, Serve};
use crate::workers::mail::{self, Mailer};
use crate::workers::{housekeeping, imports, waiting};

/// How long open requests may take after the signal to stop.
const DRAIN: Duration = Duration::from_secs(8);

#[expect(clippy::print_stdout, reason = "the set-up link is shown once, here and nowhere else")]
pub(super) async fn play(common: &Common, serve: &Serve) -> Result<(), Stop> {
    app::assets::install(IslandFiles {
        script: include_bytes!(concat!(env!("OUT_DIR"), "/app.js")),
        script_brotli: include_bytes!(concat!(env!("OUT_DIR"), "/app.js.br")),
        wasm: include_bytes!(concat!(env!("OUT_DIR"), "/app_bg.wasm")),
        wasm_brotli: include_bytes!(concat!(env!("OUT_DIR"), "/app_bg.wasm.br")),
    });
    let settings = Settings { public_url: serve.public_url()?, demo: serve.demo };
    let mailer = serve.smtp.as_deref().map(|smtp| Mailer::new(smtp, &serve.mail_from)).transpose()?;
    let office = office(common, settings).await?;
    let listener =
        TcpListener::bind(serve.listen).await.map_err(|error| format!("--listen (OCOP_LISTEN): {}: {error}", serve.listen))?;
    // Small answers must not wait for more: without this a page takes 40 ms (shared/stack.md A).
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection refused TCP_NODELAY");
        }
    });
    let (stop, stopping) = watch::channel(false);
    let router = crate::router(&office, serve.behind_proxy).into_make_service_with_connect_info::<SocketAddr>();
    let mut wait = stopping.clone();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        // The sender lives until this function ends, so an error cannot come before the signal.
        let _ = wait.wait_for(|stop| *stop).await;
    });
    let server = tokio::spawn(async move { server.await });
    tokio::spawn(housekeeping::work(office.clone(), stopping.clone()));
    tokio::spawn(waiting::work(office.clone(), stopping.clone()));
    let imports = tokio::spawn(imports::work(office.clone(), stopping.clone()));
    let mail = mailer.map(|mailer| tokio::spawn(mail::work(office.clone(), mailer, stopping)));
    if mail.is_none() {
        tracing::warn!("--smtp (OCOP_SMTP) is not set: letters wait in the outbox");
    }
    if let Some(link) = operations::accounts::offer_setup(&office).await? {
        println!("Nobody has an account yet. Make the first administrator here, once, within seven days:\n{link}");
    }
    tracing::info!(listen = %serve.listen, public_url = office.settings.public_url, "serving");

    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping: open requests are finished first");
    stop.send_replace(true);
    let _ = tokio::time::timeout(DRAIN, async {
        let _ = server.await;
        let _ = imports.await;
        if let Some(mail) = mail {
            let _ = mail.await;
        }
    })
    .await;
    let _ = tokio::time::timeout(Duration::from_secs(1), office.database.close()).await;
    tracing::info!("stopped");
    Ok(())
}
