//! What the headings of every list have in common.

use std::collections::BTreeMap;

use domain::text::fold;

/// Folded, with single spaces for everything that is neither letter nor digit.
pub fn bare(heading: &str) -> String {
    let spaced: String = fold(heading).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A heading without what it says in brackets.
pub fn without_brackets(heading: &str) -> String {
    let mut depth = 0_usize;
    heading
        .chars()
        .filter(|c| {
            let outside = depth == 0;
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ => return outside,
            }
            false
        })
        .collect()
}

/// The row "(1) (2) (3)" or "A B 1 2" that forms put under their headings.
pub fn numbers_columns(cells: &BTreeMap<u32, String>) -> bool {
    cells.len() > 1
        && cells.values().all(|text| {
            let mark = text.trim_matches(['(', ')', '[', ']', ' ']);
            (1..=2).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
