//! What is typed of a request.

use crate::ids::RunId;
use crate::text::paragraphs;
use crate::{Faults, Refusal};

/// How many runs of a course a request can name, in the order of its choice.
pub const CHOICES: usize = 3;

/// What a request asks for, once what was typed is parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The runs, the first choice first: one to three, each once.
    pub runs: Vec<RunId>,
    /// Anything else.
    pub note: String,
}

/// What was typed of a request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestForm {
    /// The identifiers of the runs, the first choice first; empty where none is chosen.
    pub choices: Vec<String>,
    /// Anything else.
    pub note: String,
}

impl RequestForm {
    /// What is asked for, or every fault of the form at once. A choice that was left out closes up.
    ///
    /// # Errors
    /// Faults with the names of the fields: `choice.0`, `note`.
    pub fn parse(&self) -> Result<Wanted, Faults> {
        let mut faults = Faults::default();
        let mut runs: Vec<RunId> = Vec::new();
        for (n, typed) in self.choices.iter().enumerate().filter(|(_, typed)| !typed.trim().is_empty()) {
            let chosen = match typed.trim().parse() {
                Ok(run) if runs.contains(&run) => Err(Refusal::RunChosenTwice),
                Ok(run) if runs.len() < CHOICES => Ok(run),
                _ => Err(Refusal::NotAChoice),
            };
            runs.extend(faults.take(format!("choice.{n}"), chosen));
        }
        if self.choices.iter().all(|typed| typed.trim().is_empty()) {
            faults.add("choice.0", Refusal::Missing);
        }
        let note = faults.take("note", paragraphs(&self.note, 1000));
        match note {
            Some(note) if faults.is_empty() => Ok(Wanted { runs, note }),
            _ => Err(faults),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn form(choices: &[u128]) -> RequestForm {
        let typed = |n: &u128| if *n == 0 { String::new() } else { Uuid::from_u128(*n).to_string() };
        RequestForm { choices: choices.iter().map(typed).collect(), note: " gấp ".into() }
    }

    #[test]
    fn choices_close_up_and_stand_once_each() {
        let run = |n| RunId(Uuid::from_u128(n));
        assert_eq!(form(&[4, 0, 6]).parse(), Ok(Wanted { runs: vec![run(4), run(6)], note: "gấp".into() }));
        for (choices, field, refusal) in [
            (vec![4, 5, 4], "choice.2", Refusal::RunChosenTwice),
            (vec![0, 0, 0], "choice.0", Refusal::Missing),
            (vec![], "choice.0", Refusal::Missing),
            (vec![4, 5, 6, 7], "choice.3", Refusal::NotAChoice),
        ] {
            let faults = form(&choices).parse().unwrap_err();
            assert_eq!((faults.0[0].field.as_str(), &faults.0[0].refusal), (field, &refusal), "{choices:?}");
        }
        let typed = RequestForm { choices: vec!["x".into()], note: "x".repeat(1001) };
        assert_eq!(typed.parse().unwrap_err().0.len(), 2, "every fault at once");
    }
}
