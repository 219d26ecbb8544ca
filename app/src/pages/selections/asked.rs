//! What part of the table is asked for, as it stands in addresses and comes with a decision.

use domain::registrations::State;
use domain::selections::SelectionSort;
use operations::selections::Wanted;

use crate::Form;

/// The states that a forwarded product can have.
pub(super) const STATES: [State; 3] = [State::Forwarded, State::Selected, State::NotSelected];

/// What a form asks for. A filter that cannot be read filters nothing: the fields show that.
pub(super) fn read(form: &Form) -> Wanted {
    Wanted {
        state: form.get("state").parse().ok().filter(|state| STATES.contains(state)),
        kind: form.get("kind").parse().ok(),
        industry: Some(form.get("industry").to_owned()).filter(|industry| !industry.is_empty()),
        unit: form.get("unit").parse().ok(),
        text: form.get("text").trim().to_owned(),
        sort: form.get("sort").parse().unwrap_or(SelectionSort::Unit),
        reversed: form.get("order") == "reversed",
        page: form.get("page").parse().ok().filter(|page| (1..1_000_000).contains(page)).unwrap_or(1),
    }
}

/// The fields that say the same again; what goes without saying is left out.
pub(super) fn fields(wanted: &Wanted) -> Vec<(&'static str, String)> {
    let word = |name, word: Option<String>| word.map(|word| (name, word));
    let said = [
        word("state", wanted.state.map(|state| state.to_string())),
        word("kind", wanted.kind.map(|kind| kind.to_string())),
        word("industry", wanted.industry.clone()),
        word("unit", wanted.unit.map(|unit| unit.to_string())),
        word("text", Some(wanted.text.clone()).filter(|text| !text.is_empty())),
        word("sort", Some(wanted.sort).filter(|sort| *sort != SelectionSort::Unit).map(|sort| sort.to_string())),
        word("order", wanted.reversed.then(|| "reversed".to_owned())),
        word("page", Some(wanted.page).filter(|page| *page > 1).map(|page| page.to_string())),
    ];
    said.into_iter().flatten().collect()
}

/// The address of a part of a table, with more fields behind it.
pub(super) fn address(path: &str, wanted: &Wanted, more: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(fields(wanted)).extend_pairs(more);
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Everything, in the same order.
pub(super) fn widened(wanted: &Wanted) -> Wanted {
    Wanted { sort: wanted.sort, reversed: wanted.reversed, ..Wanted::default() }
}

/// The first page in the order of a heading: pressed again, it turns round.
pub(super) fn sorted(wanted: &Wanted, sort: SelectionSort) -> Wanted {
    Wanted { sort, reversed: wanted.sort == sort && !wanted.reversed, page: 1, ..wanted.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_and_what_it_asks_are_one() {
        for query in ["", "state=selected&text=m%E1%BA%AFm+t%C3%B4m&sort=score&order=reversed&page=3"] {
            let wanted = read(&Form::parse(query.as_bytes()));
            let address = address("/selections/2019", &wanted, &[]);
            assert_eq!(address.strip_prefix("/selections/2019").unwrap().trim_start_matches('?'), query);
        }
        let odd = read(&Form::parse(b"state=draft&kind=x&unit=y&sort=z&order=w&page=-1"));
        assert_eq!(odd, Wanted::default());
        let score = sorted(&odd, SelectionSort::Score);
        assert!(!score.reversed && sorted(&score, SelectionSort::Score).reversed);
        assert!(!widened(&read(&Form::parse(b"text=x&page=2"))).text.contains('x'));
    }
}
