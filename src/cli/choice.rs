//! Arguments that take one word of a list: clap reads the list from where it is kept.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// One of the values, by its word; the text of each is in the help.
pub(super) fn choice<T: Clone + Send + Sync + 'static>(
    values: impl IntoIterator<Item = (&'static str, &'static str, T)>,
) -> impl TypedValueParser<Value = T> {
    let values: Vec<(&str, &str, T)> = values.into_iter().collect();
    let shown = values.iter().map(|(word, help, _)| match help.is_empty() {
        true => PossibleValue::new(*word),
        false => PossibleValue::new(*word).help(*help),
    });
    PossibleValuesParser::new(shown.collect::<Vec<_>>()).try_map(move |word: String| {
        let known = values.iter().find(|(known, ..)| *known == word);
        known.map(|(.., value)| value.clone()).ok_or_else(|| format!("`{word}` is none of the values"))
    })
}
