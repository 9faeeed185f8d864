//! The stages over generated topologies of 10, 100 and 1,000 sites: `cargo bench`.

mod generator;

use divan::Bencher;
use ocstopo::compile::{BuildOptions, CompileOptions, Part, build, compile};
use ocstopo::emit::Templates;
use ocstopo::text::SourceMap;

const SITES: [usize; 3] = [10, 100, 1000];

fn main() {
    divan::main();
}

fn sources(sites: usize) -> SourceMap {
    SourceMap::new(generator::files(sites))
}

#[divan::bench(args = SITES)]
fn parse(bencher: Bencher<'_, '_>, sites: usize) {
    let sources = sources(sites);
    bencher.bench(|| {
        for (id, file) in sources.files() {
            divan::black_box(ocstopo::syntax::parse(id, file.shared_text()));
        }
    });
}

#[divan::bench(args = SITES)]
fn check(bencher: Bencher<'_, '_>, sites: usize) {
    let sources = sources(sites);
    bencher.with_inputs(|| sources.clone()).bench_values(|sources| compile(sources, &CompileOptions::default()));
}

#[divan::bench(args = SITES)]
fn artifacts(bencher: Bencher<'_, '_>, sites: usize) {
    let compiled = compile(sources(sites), &CompileOptions::default());
    let templates = Templates::shipped();
    bencher.bench(|| {
        build(
            &compiled,
            &BuildOptions { only: &[], dialects: &[], serial: None, lines: true, templates: &templates, since: None, team: None },
        )
    });
}

#[divan::bench(args = SITES)]
fn dialects(bencher: Bencher<'_, '_>, sites: usize) {
    let compiled = compile(sources(sites), &CompileOptions::default());
    let templates = Templates::shipped();
    let all: Vec<&str> = ocstopo::emit::firewall::words().collect();
    let options = BuildOptions {
        only: &[Part::FIREWALL],
        dialects: &all,
        serial: None,
        lines: true,
        templates: &templates,
        since: None,
        team: None,
    };
    bencher.bench(|| build(&compiled, &options));
}
