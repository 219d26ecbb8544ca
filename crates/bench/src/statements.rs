//! Counts the statements that reach the database, so that a comparison is between the same ones.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::Fallible;

/// Counts while it is asked to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counter {
    counting: Arc<AtomicBool>,
    count: Arc<AtomicUsize>,
}

impl Counter {
    pub(crate) fn install() -> Fallible<Counter> {
        let counter = Counter::default();
        tracing::subscriber::set_global_default(tracing_subscriber::registry().with(counter.clone()))?;
        Ok(counter)
    }

    /// How many statements `deed` executes.
    pub(crate) async fn of<T>(&self, deed: impl Future<Output = Fallible<T>>) -> Fallible<(usize, T)> {
        self.count.store(0, Ordering::SeqCst);
        self.counting.store(true, Ordering::SeqCst);
        let done = deed.await;
        self.counting.store(false, Ordering::SeqCst);
        Ok((self.count.load(Ordering::SeqCst), done?))
    }
}

impl<S: Subscriber> Layer<S> for Counter {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if metadata.target() == "sqlx::query" { Interest::sometimes() } else { Interest::never() }
    }

    fn enabled(&self, _: &Metadata<'_>, _: Context<'_, S>) -> bool {
        self.counting.load(Ordering::SeqCst)
    }

    fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
        self.count.fetch_add(1, Ordering::SeqCst);
    }
}
