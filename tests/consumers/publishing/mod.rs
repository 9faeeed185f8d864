//! What reverse proxies publish, judged by nginx itself, by readers of nginx.conf and of the sheets for ISA Server, and by requests
//! to a proxy that runs with the emitted file as it is.

mod agree;
mod hostile;
mod isa;
mod lab;
mod live;
mod read;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use ocstopo::compile::{BuildOptions, CompileOptions, Compiled, Part, build, compile};
use ocstopo::diag::Severity;
use ocstopo::io::read_topology;
use ocstopo::plan::Lines;
use ocstopo::plan::publishing::{PublishingPlan, plan};
use ocstopo::text::SourceMap;

/// A topology with all that a build of it wrote, and its plan.
struct World {
    name: String,
    plan: PublishingPlan,
    files: BTreeMap<String, String>,
    compiled: Compiled,
}

impl World {
    /// A topology without errors.
    fn new(name: &str, sources: SourceMap) -> Self {
        let compiled = compile(sources, &CompileOptions::default());
        let errors: Vec<String> =
            compiled.diags.iter().filter(|diag| diag.severity == Severity::Error).map(|diag| diag.message.clone()).collect();
        assert_eq!(errors, [""; 0], "{name}");
        let templates = crate::support::templates();
        let options = BuildOptions {
            only: &[Part::PKI, Part::PUBLISHING],
            dialects: &[],
            serial: None,
            lines: true,
            templates,
            since: None,
            team: None,
            renewal: None,
        };
        let artifacts = build(&compiled, &options).expect("it builds");
        let lines = Lines { sources: &compiled.sources, show: true };
        let (topology, flows) = (compiled.plans().unwrap().topology, compiled.plans().unwrap().flows);
        let plan = plan(topology, flows, compiled.plans().unwrap().certificates(), &lines);
        let files = artifacts.into_iter().map(|artifact| (artifact.path, artifact.content)).collect();
        Self { name: name.to_owned(), plan, files, compiled }
    }

    /// The examples, and what they lack: Communicator Web Access beside a pool and alone, in both releases. Made once.
    fn all() -> &'static [Self] {
        static WORLDS: OnceLock<Vec<World>> = OnceLock::new();
        WORLDS.get_or_init(|| {
            let example = |name: &&str| {
                Self::new(name, read_topology(&crate::support::root().join("examples").join(name), "stdin").unwrap())
            };
            let mut worlds: Vec<Self> = crate::support::EXAMPLES.iter().map(example).collect();
            worlds.push(Self::litware("litware", &[]));
            worlds.push(Self::litware("litware, web access alone", &[("publishes = [pool, cwa]", "publishes = [cwa]")]));
            worlds.push(Self::of("portal", include_str!("portal.ocstopo")));
            worlds
        })
    }

    /// One of them.
    fn named(name: &str) -> &'static Self {
        Self::all().iter().find(|world| world.name == name).unwrap_or_else(|| panic!("no world {name}"))
    }

    /// The topology of the runbook's tests, with edits that must hit.
    fn litware(name: &str, edits: &[(&str, &str)]) -> Self {
        let mut text = include_str!("../../../src/plan/runbook/litware.ocstopo").to_owned();
        for (from, to) in edits {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, to, 1);
        }
        Self::of(name, &text)
    }

    fn of(name: &str, text: &str) -> Self {
        Self::new(name, SourceMap::new(vec![("a.ocstopo".to_owned(), text.to_owned())]))
    }

    /// An artifact.
    fn file(&self, path: &str) -> &str {
        self.files.get(path).unwrap_or_else(|| panic!("{} has no {path}", self.name))
    }
}
