//! What the fields of a page are called: noted while they are made, and read by the summary of what is wrong with them,
//! which stands before them and is rendered after.

use std::collections::BTreeMap;

use leptos::prelude::*;

/// The names of the fields of the page that is being made.
#[derive(Debug, Clone, Copy)]
struct Labels {
    labels: StoredValue<BTreeMap<String, String>>,
}

/// Notes what a field is called. A field that stands in one of many like rows is called by the row first, which
/// the fields of the row cannot know: the first name holds.
pub(crate) fn called(field: &str, label: &str) {
    if Owner::current().is_none() {
        return;
    }
    let known = use_context::<Labels>().unwrap_or_else(|| {
        let known = Labels { labels: StoredValue::new(BTreeMap::new()) };
        provide_context(known);
        known
    });
    known.labels.update_value(|labels| {
        labels.entry(field.to_owned()).or_insert_with(|| label.to_owned());
    });
}

/// What a field is called; none where the page has no other, since its name would say nothing new.
pub(super) fn of(field: &str) -> Option<String> {
    use_context::<Labels>()?.labels.with_value(|labels| labels.get(field).filter(|_| labels.len() > 1).cloned())
}
