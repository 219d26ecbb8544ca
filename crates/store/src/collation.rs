//! Vietnamese order for names: letters before tones, as the dictionary has it. PostgreSQL has its own from ICU.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> =
    LazyLock::new(|| Collator::try_new(locale!("vi").into(), CollatorOptions::default()).ok());

/// Compares two texts as a Vietnamese list does. Equal only when the texts are equal.
#[must_use]
pub fn vietnamese_order(left: &str, right: &str) -> Ordering {
    COLLATOR.as_ref().map_or(Ordering::Equal, |collator| collator.compare(left, right)).then_with(|| left.cmp(right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn given_names_stand_in_dictionary_order() {
        let sorted = ["An", "Anh", "Ánh", "Ân", "Bình", "Bính", "Dung", "Dũng", "Đông", "Hà", "Hạ", "Hải", "Huyền", "Ơn", "Ước"];
        let mut names = sorted;
        names.reverse();
        names.sort_by(|a, b| vietnamese_order(a, b));
        assert_eq!(names, sorted);
        let tones = ["Binh", "Bình", "Bỉnh", "Bĩnh", "Bính", "Bịnh"];
        assert!(tones.windows(2).all(|pair| vietnamese_order(pair[0], pair[1]) == Ordering::Less));
    }
}
