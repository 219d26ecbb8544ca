//! Vietnamese order for names: letters before tones, as the dictionary has it. PostgreSQL has its own from ICU.

use std::cmp::Ordering;
use std::sync::LazyLock;

use domain::people::{given_name, middle_name};
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

/// Compares two full names as a Vietnamese list does: by given name, then by what stands in the middle, then by family
/// name. Letters decide before tones within each. The statements say the same in SQL.
#[must_use]
pub fn order_of_names(left: &str, right: &str) -> Ordering {
    vietnamese_order(given_name(left), given_name(right))
        .then_with(|| vietnamese_order(middle_name(left), middle_name(right)))
        .then_with(|| vietnamese_order(left, right))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names_go_by_given_then_middle_then_family_name() {
        let sorted =
            ["Trần An", "Nguyễn Văn An", "Lê Thị Ánh", "Đỗ Bình", "Lê Thị Bình", "Đặng Văn Bình", "Trần Văn Bình", "Lê Ơn"];
        let mut names = sorted;
        names.reverse();
        names.sort_by(|a, b| order_of_names(a, b));
        assert_eq!(names, sorted);
    }

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
