//! The runbook mentions only what is declared: one release, the operating systems and databases of the
//! topology, the dialects of its devices; and it names every file of the build that has a use.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{EXAMPLES, MODELS, read_tree, root};
use ocstopo::catalog::step::{System, systems};
use ocstopo::catalog::{Software, fact};
use ocstopo::compile::{BuildOptions, CompileOptions, Compiled, build, compile, runbook};
use ocstopo::emit::{balancer, firewall};
use ocstopo::model::{Detail, Topology};
use ocstopo::plan::runbook::{Instruction, KnownNames, Step as PlannedStep};
use ocstopo::product::{GroupKind, Product};
use ocstopo::text::SourceMap;

/// What a topology declares, as far as words belong to it.
struct Declared {
    product: Product,
    systems: BTreeSet<System>,
    databases: BTreeSet<String>,
    firewalls: BTreeSet<&'static str>,
    balancers: BTreeSet<&'static str>,
}

impl Declared {
    /// The systems in the topology; where none is declared, all that its release runs on.
    fn of(compiled: &Compiled) -> Self {
        let topology = compiled.plans().expect("a topology").topology;
        let product = topology.organization.product;
        let allowed = fact::<Software>(product, "sql_server").expect("a row").allowed.clone();
        let version = |detail: &Detail| match detail {
            Detail::BackEnd { version, .. } => version.map_or_else(|| allowed.clone(), |word| vec![word.to_owned()]),
            _ => Vec::new(),
        };
        Self {
            product,
            systems: topology.servers.iter().flat_map(|server| may_run(topology, server)).collect(),
            databases: topology.groups.iter().flat_map(|group| version(&group.detail)).collect(),
            firewalls: topology.firewalls.iter().map(|firewall| firewall.dialect.word()).collect(),
            balancers: topology.load_balancers.iter().map(|balancer| balancer.dialect.word()).collect(),
        }
    }

    fn is(&self, product: Product) -> bool {
        self.product == product
    }

    fn runs(&self, system: System) -> bool {
        self.systems.contains(&system)
    }

    fn keeps(&self, database: &str) -> bool {
        self.databases.iter().any(|word| word.starts_with(database))
    }
}

/// What a server says that it runs, else all that it may run.
fn may_run(topology: &Topology, server: &ocstopo::model::Server) -> Vec<System> {
    match server.operating_system {
        Some(word) => vec![System::of(word).expect("a family")],
        None => match topology.group(server.group).kind {
            GroupKind::ReverseProxy | GroupKind::MediaGateway | GroupKind::ExchangeUm => System::ALL.to_vec(),
            _ => systems(topology.organization.product),
        },
    }
}

/// A word and the places where it is allowed.
type Word = (&'static str, fn(&Declared) -> bool);

/// Words that belong to a release, a database, an operating system or a device.
const WORDS: &[Word] = &[
    ("2007 R2", |d| d.is(Product::Ocs2007R2)),
    ("Visual C++ 2008", |d| d.is(Product::Ocs2007R2)),
    (".NET Framework 3.5", |d| d.is(Product::Ocs2007R2)),
    (".NET Framework 2.0", |d| d.is(Product::Ocs2007)),
    ("UcmaRedist", |d| d.is(Product::Ocs2007R2)),
    ("/SchemaType:", |d| d.is(Product::Ocs2007R2)),
    ("AppData", |d| d.is(Product::Ocs2007R2)),
    ("KB953990", |d| d.is(Product::Ocs2007R2)),
    ("Prepare Environment", |d| d.is(Product::Ocs2007R2)),
    ("Deploy Pools in", |d| d.is(Product::Ocs2007)),
    ("migration tool", |d| d.is(Product::Ocs2007)),
    ("page Call Detail Records", |d| d.is(Product::Ocs2007)),
    ("are Standard Edition servers", |d| d.is(Product::Ocs2007)),
    ("/abs/ext`", |d| d.is(Product::Ocs2007)),
    ("translated by NAT", |d| d.is(Product::Ocs2007R2)),
    ("ucupdates-r2", |d| d.is(Product::Ocs2007R2)),
    ("Archiving and CDR", |d| d.is(Product::Ocs2007)),
    ("QoE Monitoring Server", |d| d.is(Product::Ocs2007)),
    ("Quality of Experience Monitoring Server", |d| d.is(Product::Ocs2007)),
    ("Windows 2000", |d| d.is(Product::Ocs2007)),
    ("SQL Server 2000", |d| d.keeps("sql_2000")),
    ("SQL Server 2005 with", |d| d.keeps("sql_2005")),
    ("SQL Server 2008", |d| d.keeps("sql_2008")),
    ("SQL Server Browser", |d| d.keeps("sql_2005") || d.keeps("sql_2008")),
    ("Windows Server 2003", |d| d.runs(System::Windows2003)),
    ("Add or Remove", |d| d.runs(System::Windows2003)),
    ("IIS 6.0", |d| d.runs(System::Windows2003)),
    ("netsh firewall", |d| d.runs(System::Windows2003)),
    ("Windows Server 2008", |d| d.runs(System::Windows2008)),
    ("Programs and Features", |d| d.runs(System::Windows2008)),
    ("Server Manager", |d| d.runs(System::Windows2008)),
    ("IIS 7.0", |d| d.runs(System::Windows2008)),
    ("netsh advfirewall", |d| d.runs(System::Windows2008)),
    ("Windows Server 2012", |_| false),
    ("New-NetFirewallRule", |_| false),
    ("nft ", |d| d.firewalls.contains("nftables")),
    ("nftables", |d| d.firewalls.contains("nftables")),
    ("rules.nft", |d| d.firewalls.contains("nftables")),
    ("iptables", |d| d.firewalls.contains("iptables")),
    ("Cisco ASA", |d| d.firewalls.contains("cisco_asa")),
    ("rules.asa", |d| d.firewalls.contains("cisco_asa")),
    ("Cisco IOS", |d| d.firewalls.contains("cisco_ios")),
    ("rules.ios", |d| d.firewalls.contains("cisco_ios")),
    ("access-group", |d| d.firewalls.contains("cisco_asa") || d.firewalls.contains("cisco_ios")),
    ("Juniper", |d| d.firewalls.contains("juniper_srx")),
    ("Junos", |d| d.firewalls.contains("juniper_srx")),
    ("rules.srx", |d| d.firewalls.contains("juniper_srx")),
    ("PAN-OS", |d| d.firewalls.contains("palo_alto")),
    ("rules.panos", |d| d.firewalls.contains("palo_alto")),
    ("FortiGate", |d| d.firewalls.contains("fortigate")),
    ("FortiOS", |d| d.firewalls.contains("fortigate")),
    ("rules.fortios", |d| d.firewalls.contains("fortigate")),
    ("Windows Firewall", |d| d.firewalls.contains("windows_firewall")),
    ("HAProxy", |d| d.balancers.contains("haproxy")),
    ("haproxy", |d| d.balancers.contains("haproxy")),
    ("F5", |d| d.balancers.contains("f5")),
    ("tmsh", |d| d.balancers.contains("f5")),
    ("NetScaler", |d| d.balancers.contains("netscaler")),
    ("netscaler", |d| d.balancers.contains("netscaler")),
];

/// The rows about operating systems of domain controllers and levels of domains, which do not depend on the servers.
const DIRECTORY: &[&str] = &["AD0"];
const OF_DIRECTORY: &[&str] = &["Windows 2000", "Windows Server 2003", "Windows Server 2008"];

/// The runbook itself, and files that a step names by their folder.
const ELSEWHERE: &[&str] = &["runbook/", "diagrams/", "federation/", "sizing/"];

/// A step: its row, and what it says without its reasons and without marks.
struct Step {
    row: String,
    text: String,
}

fn steps(runbook: &str) -> Vec<Step> {
    let body = runbook.split("\n## Names and addresses").next().expect("a body");
    let step = |part: &str| {
        let (text, why) = part.split_once("\n*Why:*").expect("every step says why");
        let row = why.split(", guide step ").next().and_then(|before| before.rsplit(' ').next()).expect("a row");
        Step { row: row.to_owned(), text: text.replace('\\', "") }
    };
    body.split("\n### `").skip(1).map(step).collect()
}

/// The files of an example, as `(name, text)`.
fn example(name: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> = read_tree(&root().join("examples").join(name)).into_iter().collect();
    files.retain(|(path, _)| path.ends_with(".ocstopo"));
    files
}

/// Every `dialect = …` of the blocks that have one of these words, with another word.
fn with_dialect(files: &[(String, String)], of: &[&str], word: &str) -> Vec<(String, String)> {
    let line = |line: &str| match line.split_once("dialect") {
        Some((before, after)) => {
            let said: String =
                after.chars().skip_while(|c| *c == ' ' || *c == '=').take_while(|c| *c == '_' || c.is_alphanumeric()).collect();
            if of.contains(&said.as_str()) {
                format!("{before}dialect{}", after.replacen(&said, word, 1))
            } else {
                line.to_owned()
            }
        }
        None => line.to_owned(),
    };
    files.iter().map(|(name, text)| (name.clone(), text.lines().map(|text| line(text) + "\n").collect())).collect()
}

/// The same deployment on the other release, where it can be.
fn on_release(files: &[(String, String)], product: Product) -> Option<Vec<(String, String)>> {
    let other = Product::ALL.into_iter().find(|other| *other != product)?;
    let swap = |text: &str| {
        let text = text.lines().map(|line| match line.split_once("product") {
            Some((before, after))
                if before.trim().is_empty() && after.trim_start().trim_start_matches('=').trim() == other.word() =>
            {
                format!("  product = {}\n", product.word())
            }
            _ => format!("{line}\n"),
        });
        text.collect::<String>()
    };
    let swapped: Vec<_> = files.iter().map(|(name, text)| (name.clone(), swap(text))).collect();
    (swapped
        != files
            .iter()
            .map(|(name, text)| (name.clone(), text.lines().map(|l| l.to_owned() + "\n").collect()))
            .collect::<Vec<_>>())
    .then_some(swapped)
}

fn compiled(files: Vec<(String, String)>) -> Option<Compiled> {
    let compiled = compile(SourceMap::new(files), &CompileOptions::default());
    (compiled.resolved.is_some() && !compiled.has_errors()).then_some(compiled)
}

fn built(compiled: &Compiled, dialects: &[&str]) -> BTreeMap<String, String> {
    let templates = crate::support::templates();
    let options =
        BuildOptions { only: &[], dialects, serial: None, lines: true, templates, since: None, team: None, renewal: None };
    let artifacts = build(compiled, &options).expect("it builds");
    artifacts.into_iter().map(|artifact| (artifact.path, artifact.content)).collect()
}

/// Words of what is not declared, with the steps that have them.
fn foreign(declared: &Declared, steps: &[Step]) -> Vec<String> {
    let mut faults = Vec::new();
    for (word, may) in WORDS.iter().filter(|(_, may)| !may(declared)) {
        let _ = may;
        let excused = |step: &&Step| !(DIRECTORY.contains(&step.row.as_str()) && OF_DIRECTORY.contains(word));
        for step in steps.iter().filter(excused).filter(|step| step.text.contains(word)) {
            let line = step.text.lines().find(|line| line.contains(word)).expect("the line");
            faults.push(format!("{}: `{word}` in: {line}", step.row));
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

/// The unused requests: those for a certreq that no computer of the certificate has, and both for a device.
fn unused(compiled: &Compiled, files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let topology = compiled.plans().expect("a topology").topology;
    let mut unused = BTreeSet::new();
    for certificate in &compiled.plans().expect("certificates").certificates().certificates {
        let group = topology.groups.iter().find(|group| group.path == certificate.group).expect("its group");
        let on = |server: &&ocstopo::model::Server| {
            let installed = |path: &str| path == server.path || path == group.path && server.group == group.id;
            certificate.installs.iter().any(|install| installed(&install.path))
        };
        let systems: BTreeSet<System> = match group.kind {
            GroupKind::MediaGateway => BTreeSet::new(),
            _ => topology.servers.iter().filter(on).flat_map(|server| may_run(topology, server)).collect(),
        };
        for (system, ending) in [(System::Windows2003, "2003.inf"), (System::Windows2008, "2008.inf")] {
            let folder = format!("pki/{}/", certificate.slug);
            let requests = files.keys().filter(|path| path.starts_with(&folder) && path.ends_with(ending));
            unused.extend(requests.filter(|_| !systems.contains(&system)).cloned());
        }
    }
    unused
}

/// The files of a build that no step names: by their path, or by their name beside their folder.
fn unnamed(compiled: &Compiled, files: &BTreeMap<String, String>, steps: &[Step]) -> Vec<String> {
    let unused = unused(compiled, files);
    let named = |path: &str| {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let beside =
            |text: &str| !folder.is_empty() && text.contains(&format!("{folder}/")) && text.contains(&format!("`{file}`"));
        steps.iter().any(|step| step.text.contains(&format!("`{path}`")) || beside(&step.text))
    };
    let elsewhere = |path: &str| ELSEWHERE.iter().any(|part| path.starts_with(part)) || unused.contains(path);
    files.keys().filter(|path| !elsewhere(path) && !named(path)).cloned().collect()
}

#[test]
fn a_runbook_has_no_sentence_for_another_release_system_or_dialect() {
    let firewalls: Vec<&str> = firewall::words().collect();
    let balancers: Vec<&str> = balancer::words().collect();
    let mut releases: BTreeSet<(&str, Product)> = BTreeSet::new();
    let mut faults: BTreeSet<String> = BTreeSet::new();
    for (turn, name) in EXAMPLES.into_iter().enumerate() {
        let files = example(name);
        let others = Product::ALL.into_iter().filter_map(|product| on_release(&files, product));
        for (at, files) in std::iter::once(files.clone()).chain(others).enumerate() {
            // Examples are large, and firewalls and load balancers have nothing to do with each other: both turn at once, through all
            // dialects where the models have every kind of block, and from example to example.
            let rounds = if at == 0 && MODELS.contains(&name) { firewalls.len().max(balancers.len()) } else { 1 };
            for round in (turn..).take(rounds) {
                let files = with_dialect(&files, &firewalls, firewalls[round % firewalls.len()]);
                let files = with_dialect(&files, &balancers, balancers[round % balancers.len()]);
                let Some(compiled) = compiled(files) else { continue };
                let declared = Declared::of(&compiled);
                releases.insert((name, declared.product));
                let files = built(&compiled, &[]);
                let steps = steps(&files["runbook/runbook.md"]);
                assert!(steps.len() > 20, "{name}: {}", steps.len());
                faults.extend(foreign(&declared, &steps).into_iter().map(|fault| format!("{name}: {fault}")));
                let missing = unnamed(&compiled, &files, &steps);
                faults.extend(missing.into_iter().map(|path| format!("{name}: no step names {path}")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.into_iter().collect::<Vec<_>>().join("\n"));
    let both = EXAMPLES.iter().filter(|name| Product::ALL.iter().all(|product| releases.contains(&(**name, *product)))).count();
    assert!(both >= 2, "examples that both releases support: {both}");
}

#[test]
fn files_in_further_dialects_are_named_too() {
    let compiled = compiled(example("fabrikam")).expect("it compiles");
    let also: Vec<&str> = firewall::words().chain(balancer::words()).collect();
    let files = built(&compiled, &also);
    let steps = steps(&files["runbook/runbook.md"]);
    assert_eq!(unnamed(&compiled, &files, &steps), [""; 0]);
    assert!(files.keys().any(|path| path.ends_with("rules.asa")));
}

#[test]
fn a_foreign_word_is_found() {
    let files = example("fabrikam");
    let compiled = compiled(files).expect("it compiles");
    let declared = Declared::of(&compiled);
    let text = "do this\nInstall SQL Server 2008 and run `tmsh load sys config`.".to_owned();
    let step = Step { row: "DB1".into(), text };
    assert_eq!(foreign(&declared, &[step]).len(), 2);
}

/// Everything that a step has its reader type or enter.
fn typed(step: &PlannedStep) -> impl Iterator<Item = &String> {
    let points = step.instructions.iter().chain(&step.alternative).chain(&step.undo);
    let of_points = points
        .flat_map(|point| point.values.iter().chain(&point.commands).chain(point.items.iter().flat_map(|item| &item.commands)));
    of_points.chain(step.checks.iter().filter_map(|check| check.command.as_ref()))
}

#[test]
fn what_is_typed_names_only_what_is_there() {
    let mut faults = BTreeSet::new();
    let mut commands = 0;
    for name in EXAMPLES {
        let Some(compiled) = compiled(example(name)) else { continue };
        let plans = compiled.plans().expect("a topology");
        let known = KnownNames::new(plans.topology, plans.dns());
        let files = built(&compiled, &[]);
        let plan = runbook(plans, &[]);
        let ids: BTreeSet<&str> = plan.steps().map(|step| step.id.as_str()).collect();
        assert_eq!(ids.len(), plan.count, "{name}: every step has an id of its own");
        let mut done: BTreeMap<&str, usize> = BTreeMap::new();
        for step in plan.steps() {
            let points = step.instructions.iter().chain(&step.alternative).chain(&step.undo);
            let lacks_its_list = |point: &&Instruction| {
                let listed = point.items.len() + point.values.len() + point.commands.len();
                point.text.plain().trim_end().ends_with(':') && listed == 0
            };
            faults.extend(
                points.filter(lacks_its_list).map(|point| format!("{name}: {}: nothing after `{}`", step.id, point.text.plain())),
            );
            for text in typed(step) {
                commands += 1;
                faults
                    .extend(known.unknown_in(text).into_iter().map(|word| format!("{name}: {}: `{word}` in `{text}`", step.id)));
            }
            faults.extend(
                step.files.iter().filter(|path| !files.contains_key(*path)).map(|path| format!("{name}: {}: {path}", step.id)),
            );
            for after in &step.prerequisites {
                let before = done.get(after.row).copied().unwrap_or(0);
                if before < after.count || after.last >= step.number {
                    faults.insert(format!("{name}: {} waits for {:?}, which is not done", step.id, after.steps));
                }
            }
            *done.entry(step.row).or_default() += 1;
        }
    }
    assert!(faults.is_empty(), "{}", faults.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(commands > 2_000, "{commands}");
}
