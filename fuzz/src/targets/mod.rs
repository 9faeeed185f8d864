//! What is done with an input: no panic, no hang, and the laws that hold for any text. The seeds of each target are run by
//! `tests/library/seeds.rs`, so these modules know nothing of libFuzzer.

mod devices;
mod questions;
mod readers;
mod session;
mod topologies;

use std::sync::OnceLock;

use ocstopo::compile::{CompileOptions, Compiled, compile};
use ocstopo::text::SourceMap;

/// What is done with an input.
pub type Target = fn(&[u8]);

/// The targets by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("build", topologies::build),
    ("certificate", readers::certificate),
    ("change", topologies::change),
    ("check", topologies::check),
    ("config", readers::config),
    ("devices", devices::devices),
    ("diff", topologies::diff),
    ("fix", topologies::fix),
    ("messages", session::messages),
    ("number", readers::number),
    ("questions", questions::questions),
    ("text", topologies::text),
    ("topology", topologies::topology),
    ("zone", readers::zone),
];

fn one_file(name: &str, data: &[u8]) -> SourceMap {
    SourceMap::new(vec![(name.to_owned(), String::from_utf8_lossy(data).into_owned())])
}

fn compiled(sources: SourceMap) -> Compiled {
    compile(sources, &CompileOptions::default())
}

fn contoso() -> &'static Compiled {
    static CONTOSO: OnceLock<Compiled> = OnceLock::new();
    CONTOSO.get_or_init(|| {
        let files = super::draft::CONTOSO.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        compiled(SourceMap::new(files.collect()))
    })
}
