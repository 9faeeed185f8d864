//! `build --team`: one team's part of a build.

use std::collections::{BTreeMap, BTreeSet};

use ocstopo::artifact::{Artifact, Team, manifest};
use ocstopo::compile::{BuildOptions, CompileOptions, Compiled, build, compile};
use ocstopo::text::SourceMap;

use crate::support::topologies::files;
use crate::support::{both, ocstopo, root};

fn contoso() -> Compiled {
    compile(SourceMap::new(files(&root().join("examples/contoso"))), &CompileOptions::default())
}

fn built(compiled: &Compiled, team: Option<Team>) -> BTreeMap<String, Artifact> {
    let templates = crate::support::templates();
    let options =
        BuildOptions { only: &[], dialects: &[], serial: None, lines: false, templates, since: None, team, renewal: None };
    let artifacts = build(compiled, &options).expect("it builds").into_iter();
    artifacts.filter(|artifact| artifact.path != manifest::PATH).map(|artifact| (artifact.path.clone(), artifact)).collect()
}

/// The ids in the headings of a runbook.
fn steps(runbook: &str) -> Vec<&str> {
    runbook.split("\n### `").skip(1).filter_map(|step| step.split('`').next()).collect()
}

#[test]
fn the_parts_of_the_teams_are_the_whole_build() {
    let compiled = contoso();
    let whole = built(&compiled, None);
    let (mut paths, mut done) = (BTreeSet::new(), Vec::new());
    for team in Team::ALL {
        let part = built(&compiled, Some(team));
        for (path, artifact) in &part {
            assert_eq!(artifact.team, team, "{path}");
            // The page of a team leads to the steps beside it, and the whole build to those of everybody.
            let of_team = path.starts_with("runbook/teams/");
            assert!(of_team || whole.get(path).is_some_and(|whole| whole.content == artifact.content), "{path}");
        }
        if let Some(runbook) = part.get(&format!("runbook/teams/{}/runbook.md", team.word())) {
            done.extend(steps(&runbook.content).into_iter().map(str::to_owned));
        } else {
            assert_eq!(team, Team::Deployment);
        }
        paths.extend(part.into_keys());
    }
    // The README is for all teams.
    assert_eq!(whole.keys().filter(|path| !paths.contains(*path)).collect::<Vec<_>>(), ["README.md"]);
    let whole = &whole["runbook/runbook.md"].content;
    let of_others: BTreeSet<&str> = done.iter().map(String::as_str).collect();
    assert_eq!(of_others.len(), done.len(), "no step is of two teams");
    let left: Vec<&str> = steps(whole).into_iter().filter(|id| !of_others.contains(id)).collect();
    assert!(left.contains(&"PR1.contoso") && left.len() < 20, "{left:?}");
}

#[test]
fn a_team_changes_its_own_files_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let example = root().join("examples/contoso");
    let example = example.to_str().expect("a path");
    let run = |arguments: &[&str]| both(&ocstopo(folder, arguments));
    run(&["build", example, "-o", "out"]);
    let stamp = |path: &str| std::fs::read_to_string(folder.join("out").join(path)).expect(path);
    let whole = stamp("runbook/runbook.md");
    let said = run(&["build", example, "-o", "out", "--team", "dns"]);
    assert!(said.contains("written") && !said.contains("removed"), "{said}");
    assert_eq!(stamp("runbook/runbook.md"), whole);
    assert!(stamp("runbook/teams/dns/runbook.md").contains("DN1."));
    let said = run(&["build", example, "-o", "dns", "--team", "dns"]);
    assert!(said.starts_with("dns: "), "{said}");
    assert!(!folder.join("dns/network").exists() && folder.join("dns/dns/records.csv").exists());
}
