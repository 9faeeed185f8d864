//! Lines with a word in front, and the words for what several answers hold.

use crate::query::answer::{Grounds, Hop, HopKind, Party, SourceRef};
use crate::report::wrap;

/// The most parties that are named; more are counted.
const SHOWN: usize = 6;

/// Text in lines `  word     value`; a value that is too wide continues below itself.
pub(super) struct Lines {
    text: String,
    width: usize,
}

impl Lines {
    /// Begins with a line without a word.
    pub(super) fn new(title: &str, width: usize) -> Self {
        Self { text: format!("{title}\n"), width }
    }

    /// Adds a line without a word.
    pub(super) fn title(&mut self, title: &str) {
        self.text += title;
        self.text.push('\n');
    }

    /// Adds a value.
    pub(super) fn line(&mut self, word: &str, value: &str) {
        for (at, part) in wrap(value, self.width.saturating_sub(11)).iter().enumerate() {
            self.text += format!("  {:8} {part}", if at == 0 { word } else { "" }).trim_end();
            self.text.push('\n');
        }
    }

    /// Adds a value, if there is one.
    pub(super) fn line_if(&mut self, word: &str, value: &str) {
        if !value.is_empty() {
            self.line(word, value);
        }
    }

    /// Adds the row of a fact, and how to read it.
    pub(super) fn row(&mut self, row: &str) {
        self.line("row", &format!("{row}: ocstopo catalog show {row}"));
    }

    /// Adds what a fact rests on, but for its row.
    pub(super) fn source(&mut self, grounds: &Grounds) {
        let titles: Vec<&str> = grounds.sources.iter().map(|page| page.title.as_str()).collect();
        self.line("source", &format!("step {}; {}; confidence {}", grounds.step, titles.join("; "), grounds.confidence));
    }

    pub(super) fn text(self) -> String {
        self.text
    }
}

/// `a -> [firewall] -> b -> (link) -> c`.
pub(super) fn way(hops: &[Hop]) -> String {
    let hop = |hop: &Hop| match hop.kind {
        HopKind::Network => hop.path.clone(),
        HopKind::Firewall => format!("[{}]", hop.path),
        HopKind::WanLink => format!("({})", hop.path),
    };
    hops.iter().map(hop).collect::<Vec<_>>().join(" -> ")
}

/// The first few parties with their addresses, and how many more there are.
pub(super) fn parties(parties: &[Party]) -> String {
    let shown = |party: &Party| {
        let public = party.public.map(|public| format!(", outside {public}")).unwrap_or_default();
        match party.address.prefix_len() {
            0 => party.path.clone(),
            32 => format!("{} ({}{public})", party.path, party.address.addr()),
            _ => format!("{} ({}{public})", party.path, party.address),
        }
    };
    let mut names: Vec<String> = parties.iter().take(SHOWN).map(shown).collect();
    if parties.len() > SHOWN {
        names.push(format!("{} more", parties.len() - SHOWN));
    }
    names.join(", ")
}

/// Values side by side.
pub(super) fn placed(declared: &[SourceRef]) -> String {
    declared.iter().map(SourceRef::placed).collect::<Vec<_>>().join(", ")
}

/// Values with something between them.
pub(super) fn joined<T: ToString>(values: &[T], separator: &str) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(separator)
}
