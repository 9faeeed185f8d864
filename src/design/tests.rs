//! Topologies of a grid of answers: each is sound but for what it leaves open, laid out, and builds once that is decided.

use rayon::prelude::*;

use super::*;
use crate::compile::{BuildError, BuildOptions, CompileOptions, Compiled, Refusal, build, compile};
use crate::diag::codes::lowering::UNDECIDED;
use crate::emit::Templates;
use crate::product::{BalancerDialect, FirewallDialect, Product};

fn question() -> Question {
    Question {
        product: Product::Ocs2007,
        title: "Litware \"West\" \\ #1 <b>".to_owned(),
        domain: Stated::or(None, "example.com".to_owned()),
        ad_domain: Stated::or(None, "corp.example.com".to_owned()),
        users: Stated::or(Some(900), 300),
        sites: vec!["main".to_owned()],
        outside: None,
        federation: "none",
        guests: false,
        conferencing: Conferencing::None,
        voice: None,
        call_volume: "light",
        archiving: false,
        availability: false,
        internal: Stated::or(None, "10.0.0.0/8".parse().unwrap()),
        perimeter: Stated::or(None, "172.16.0.0/22".parse().unwrap()),
        public: Stated::or(None, "203.0.113.0/24".parse().unwrap()),
        pattern: "{role}{number}".to_owned(),
        firewall: Stated::or(None, FirewallDialect::Nftables),
        balancer: Stated::or(None, BalancerDialect::F5),
    }
}

/// 540 combinations; what no other answer depends on changes from one to the next.
fn grid() -> Vec<Question> {
    let mut grid = Vec::new();
    for product in [Product::Ocs2007, Product::Ocs2007R2] {
        for users in [0, 900, 5_001, 12_000, 40_000] {
            for outside in [None, Some(0), Some(1_050)] {
                for availability in [false, true] {
                    for conferencing in [Conferencing::None, Conferencing::Web, Conferencing::All] {
                        for (voice, archiving) in [(None, false), (Some(users / 3), false), (Some(users), true)] {
                            let at = grid.len();
                            // Several pools take long: here and there.
                            let users = if users == 40_000 && at.is_multiple_of(9) { 125_001 } else { users };
                            let mut question =
                                Question { product, outside, availability, conferencing, voice, archiving, ..question() };
                            question.users = Stated::or((at % 3 > 0).then_some(users), users);
                            if at.is_multiple_of(2) {
                                question.domain = Stated::or(Some("litware-group.de".to_owned()), String::new());
                                question.ad_domain = Stated::or(Some("ad.litware-group.de".to_owned()), String::new());
                            }
                            if at.is_multiple_of(5) {
                                question.sites = ["berlin", "paris_2", "oslo"].map(str::to_owned).to_vec();
                                question.internal = Stated::or(Some("10.64.0.0/12".parse().unwrap()), question.internal.value);
                                question.public = Stated::or(Some("131.107.8.0/23".parse().unwrap()), question.public.value);
                                question.pattern = "{site}-{role}{number}".to_owned();
                                question.balancer = Stated::or(Some(BalancerDialect::Netscaler), BalancerDialect::F5);
                            }
                            if outside.is_some() {
                                question.federation = ["none", "allowed_partners", "discovered"][at % 3];
                                question.guests = conferencing != Conferencing::None && at.is_multiple_of(2);
                            }
                            grid.push(question);
                        }
                    }
                }
            }
        }
    }
    grid
}

fn compiled(text: &str) -> Compiled {
    compile(SourceMap::new(vec![("t.ocstopo".to_owned(), text.to_owned())]), &CompileOptions::default())
}

fn built(compiled: &Compiled) -> Result<usize, BuildError> {
    let options = BuildOptions {
        only: &[],
        dialects: &[],
        serial: None,
        lines: false,
        templates: &Templates::shipped(),
        since: None,
        renewal: None,
        team: None,
    };
    build(compiled, &options).map(|artifacts| artifacts.len())
}

/// The topology with fixed values in place of those that are left open.
fn filled(text: &str) -> String {
    text.replace("?=", "=").replace("203.0.113.", "131.107.9.").replace("example.", "litware-group.")
}

fn shown(compiled: &Compiled) -> Vec<String> {
    let shown = |diag: &crate::diag::Diag| {
        format!("{} {} | {} | {}", diag.code, diag.message, compiled.sources.place(diag.primary.span), diag.primary.text)
    };
    compiled.diags.iter().filter(|diag| diag.code != UNDECIDED).map(shown).collect()
}

#[test]
fn every_combination_is_sound_and_builds_once_it_is_decided() {
    let grid = grid();
    assert!(grid.len() >= 500, "{}", grid.len());
    let faults = |(at, question): (usize, &Question)| {
        let text = match design(question) {
            Ok(text) => text,
            Err(error) => return vec![format!("{at}: {error}")],
        };
        let once = SourceMap::new(vec![(String::new(), text.clone())]);
        assert_eq!(crate::fmt::format(&parse(FileId(0), once.file(FileId(0)).shared_text())), text);
        let open = compiled(&text);
        let mut faults = shown(&open);
        if at.is_multiple_of(40) {
            assert_eq!(built(&open), Err(BuildError::Refused(Refusal::Undecided)));
            let decided = compiled(&filled(&text));
            faults.extend(shown(&decided));
            if let Err(error) = built(&decided) {
                faults.push(format!("{error:?}"));
            }
        }
        faults.into_iter().map(|fault| format!("{at}: {fault}\n{question:?}")).collect()
    };
    let faults: Vec<String> = grid.par_iter().enumerate().flat_map_iter(faults).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults[..faults.len().min(40)].join("\n"));
}

#[test]
fn a_small_and_a_large_topology() {
    insta::assert_snapshot!("small", design(&question()).unwrap());
    let large = Question {
        product: Product::Ocs2007R2,
        users: Stated::or(Some(26_000), 0),
        domain: Stated::or(Some("litware-group.de".to_owned()), String::new()),
        outside: Some(1_000),
        federation: "discovered",
        guests: true,
        conferencing: Conferencing::All,
        voice: Some(4_000),
        archiving: true,
        availability: true,
        sites: vec!["berlin".to_owned(), "oslo".to_owned()],
        ..question()
    };
    insta::assert_snapshot!("large", design(&large).unwrap());
    assert_eq!(design(&large), design(&large));
}

#[test]
fn what_cannot_be_is_refused() {
    let refused = |edit: fn(&mut Question)| {
        let mut question = question();
        edit(&mut question);
        design(&question).unwrap_err()
    };
    let many = refused(|question| {
        question.users.value = 10_000_000;
        question.outside = Some(10_000);
        question.conferencing = Conferencing::All;
    });
    assert!(many.ends_with("write a topology for each part of the organization"), "{many}");
    let internal = refused(|question| question.internal.value = "10.0.0.0/30".parse().unwrap());
    assert!(internal.starts_with("the internal range 10.0.0.0/30 is too small"), "{internal}");
    let public = refused(|question| {
        question.outside = Some(0);
        question.public.value = "131.107.9.0/30".parse().unwrap();
    });
    assert_eq!(public, "131.107.9.0/30 has too few addresses: give a larger range");
    assert!(design(&Question { users: Stated::or(Some(10_000_000), 0), ..question() }).is_ok(), "inside only it is 80 pools");
}

#[test]
fn patterns_name_each_server() {
    for pattern in ["{role}{number}", "{site}-{role}{number}", "ocs-{role}-{number}"] {
        assert!(is_pattern(pattern), "{pattern}");
    }
    for pattern in
        ["", "fe", "{role}", "{number}{role}", "-{role}{number}", "{role} {number}", "{role}{number}-", "{role}{number}{x}"]
    {
        assert!(!is_pattern(pattern), "{pattern}");
    }
}

#[test]
fn a_starter_has_the_files_of_a_repository() {
    let files = starter(&question()).unwrap();
    let paths: Vec<&str> = files.iter().map(|file| file.path).collect();
    assert_eq!(
        paths,
        [
            ".github/workflows/topology.yml",
            ".gitignore",
            ".gitlab-ci.yml",
            "README.md",
            "ocstopo.toml",
            "topology/topology.ocstopo"
        ]
    );
    assert!(files[3].content.starts_with("# Litware \\\"West\\\" \\\\ \\#1 \\<b\\>: "), "{}", files[3].content);
}
