//! What a compilation does side by side where there is enough to do: parsing, and plans beside the traffic.

use rayon::prelude::*;

use crate::model::Topology;
use crate::plan::{Lines, PlanCache, Resolved};
use crate::syntax::Parse;
use crate::text::{FileId, SourceFile, SourceMap};

/// Starting threads takes about as long as compiling this many bytes.
const WORTH_THREADS: usize = 64 * 1024;

/// Whether a topology is large enough for work side by side.
pub(super) fn is_worth_threads(sources: &SourceMap) -> bool {
    sources.files().map(|(_, file)| file.text().len()).sum::<usize>() >= WORTH_THREADS
}

/// Each file parsed, in their order; `parse` is given its place among them.
pub(super) fn parsed(sources: &SourceMap, parse: impl Fn(usize, FileId, &SourceFile) -> Parse + Sync) -> Vec<Parse> {
    let files: Vec<(FileId, &SourceFile)> = sources.files().collect();
    let one = |(at, (id, file)): (usize, (FileId, &SourceFile))| parse(at, id, file);
    match is_worth_threads(sources) {
        true => files.into_par_iter().enumerate().map(one).collect(),
        false => files.into_iter().enumerate().map(one).collect(),
    }
}

/// The traffic of a sound topology, and beside it the plans that every check asks for and that do not follow from it.
pub(super) fn resolved(topology: Topology, sources: &SourceMap) -> Resolved {
    let lines = Lines { sources, show: false };
    let (flows, made) = rayon::join(|| Resolved::traffic(&topology), || PlanCache::without_traffic(&topology, &lines));
    Resolved::from_parts(topology, flows, made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{CompileOptions, compile};

    #[test]
    fn a_large_topology_is_compiled_as_a_small_one_is() {
        let text = concat!(
            include_str!("../../examples/standard-edition-edge/organization.ocstopo"),
            include_str!("../../examples/standard-edition-edge/portland.ocstopo")
        );
        for broken in [false, true] {
            let text = if broken { text.replacen("users", "usres", 1) } else { text.to_owned() };
            let compiled = |padding: usize| {
                let text = format!("{text}{}", "# a comment\n".repeat(padding));
                let sources = SourceMap::new(vec![("a".to_owned(), text)]);
                let large = is_worth_threads(&sources);
                let compiled = compile(sources, &CompileOptions::default());
                let plans = compiled.plans().expect("a topology");
                let planned = format!("{:?}{:?}{:?}{:?}", plans.flows, plans.dns(), plans.certificates(), plans.sizing());
                (large, compiled.has_errors(), compiled.diags.clone(), planned)
            };
            let (small, large) = (compiled(0), compiled(6000));
            assert_eq!((small.0, large.0, small.1), (false, true, broken));
            assert!(small.2 == large.2 && small.3 == large.3);
        }
    }
}
