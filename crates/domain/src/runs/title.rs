//! What a run is called.

use crate::accounts::Language;

/// What a run is called in the language of its reader: its course, by its title in Vietnamese and in English, and the name
/// that tells it from other runs of that.
#[must_use]
pub fn title(language: Language, (vietnamese, english): (&str, &str), name: &str) -> String {
    let course = match language {
        Language::Vietnamese => vietnamese,
        Language::English => english,
    };
    if name.is_empty() { course.to_owned() } else { format!("{course} · {name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_without_a_name_is_called_by_its_course() {
        let course = ("Kế hoạch tài chính", "Financial planning");
        assert_eq!(title(Language::Vietnamese, course, "Lớp 2"), "Kế hoạch tài chính · Lớp 2");
        assert_eq!(title(Language::English, course, ""), "Financial planning");
    }
}
