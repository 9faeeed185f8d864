//! The stages over generated topologies of 10, 100 and 1,000 sites: `cargo bench`.

mod generator;

use divan::Bencher;
use ocstopo::compile::{BuildOptions, CompileOptions, Part, build, compile};
use ocstopo::emit::Templates;
use ocstopo::ide::Snapshot;
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

/// What the language server does when the text rests after a keystroke.
#[divan::bench(args = SITES)]
fn keystroke(bencher: Bencher<'_, '_>, sites: usize) {
    let sources = sources(sites);
    bencher.with_inputs(|| sources.clone()).bench_values(|sources| Snapshot::new(sources, &CompileOptions::default()));
}

/// The same in one file of that many lines.
#[divan::bench(args = [1_000, 10_000])]
fn keystroke_in_a_file_of_lines(bencher: Bencher<'_, '_>, lines: usize) {
    let mut text = String::new();
    // A branch has 42 lines; whole files only, so that the text has no errors.
    for (_, file) in generator::files(lines.div_ceil(42)) {
        text += &file;
    }
    let sources = SourceMap::new(vec![("all.ocstopo".to_owned(), text)]);
    bencher.with_inputs(|| sources.clone()).bench_values(|sources| Snapshot::new(sources, &CompileOptions::default()));
}

#[divan::bench(args = SITES)]
fn artifacts(bencher: Bencher<'_, '_>, sites: usize) {
    let compiled = compile(sources(sites), &CompileOptions::default());
    let templates = Templates::shipped();
    bencher.bench(|| {
        build(
            &compiled,
            &BuildOptions {
                only: &[],
                dialects: &[],
                serial: None,
                lines: true,
                templates: &templates,
                since: None,
                team: None,
                renewal: None,
            },
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
        renewal: None,
    };
    bencher.bench(|| build(&compiled, &options));
}
