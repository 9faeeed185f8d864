//! `README.md` of the output: what each team takes from here.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::files::{FILES, FileKind};
use super::language::{MARKDOWN, marked};
use super::{Artifact, EmitContext, EmitError, Team};
use crate::artifact::manifest::File;

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    tool: &'static str,
    organization: &'a str,
    product: &'a str,
    teams: Vec<Files<'a>>,
}

/// What a team takes.
#[derive(Serialize)]
struct Files<'a> {
    team: &'static str,
    heading: String,
    kinds: Vec<Kind>,
    folders: Vec<Folder<'a>>,
}

/// A kind of file that this build has.
#[derive(Serialize)]
struct Kind {
    paths: Vec<&'static str>,
    /// Text and code, see [`marked`].
    content: String,
}

#[derive(Serialize)]
struct Folder<'a> {
    path: String,
    files: Vec<&'a str>,
}

/// The page over all other files, in any order; `product` is the name that people use.
pub fn emit(files: &[File], product: &str, cx: &EmitContext<'_>) -> Result<Artifact, EmitError> {
    let written: BTreeSet<&str> = files.iter().filter_map(|file| FileKind::pattern(&file.path)).collect();
    let view = View {
        note: cx.note(),
        tool: super::TOOL,
        organization: cx.organization,
        product,
        teams: Team::ALL
            .into_iter()
            .map(|team| of_team(files, &written, team))
            .filter(|files| !files.folders.is_empty())
            .collect(),
    };
    let content = cx.templates.render(&MARKDOWN, "readme", &view)?;
    Ok(Artifact { path: "README.md".to_owned(), team: Team::Deployment, made_from: vec![cx.organization.to_owned()], content })
}

fn of_team<'f>(files: &'f [File], written: &BTreeSet<&str>, team: Team) -> Files<'f> {
    let (first, rest) = team.title().split_at(1);
    let heading = first.to_uppercase() + rest;
    Files { team: team.word(), heading, kinds: kinds(written, team), folders: folders(files, team) }
}

fn kinds(written: &BTreeSet<&str>, team: Team) -> Vec<Kind> {
    let of_team = FILES.iter().filter(|kind| kind.team == team);
    let kinds = of_team.map(|kind| Kind {
        paths: kind.paths.iter().copied().filter(|path| written.contains(path)).collect(),
        content: marked(kind.content.split('`').enumerate().map(|(at, part)| (part, at % 2 == 1))),
    });
    kinds.filter(|kind| !kind.paths.is_empty()).collect()
}

fn folders(files: &[File], team: Team) -> Vec<Folder<'_>> {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.team == team.word()) {
        let (folder, file) = file.path.rsplit_once('/').unwrap_or((".", &file.path));
        folders.entry(folder).or_default().push(file);
    }
    let folder = |(path, mut files): (&str, Vec<_>)| {
        files.sort_unstable();
        Folder { path: format!("{path}/"), files }
    };
    folders.into_iter().map(folder).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::Templates;

    fn file(path: &str, team: Team) -> File {
        File { path: path.to_owned(), sha256: String::new(), team: team.word().to_owned(), made_from: Vec::new() }
    }

    fn readme(files: &[File], organization: &str) -> String {
        let templates = Templates::shipped();
        let cx = EmitContext { templates: &templates, sample: true, organization };
        emit(files, "Office Communications Server 2007", &cx).expect("renders").content
    }

    #[test]
    fn each_team_finds_its_files() {
        let text = readme(
            &[
                file("network/firewall/redmond-outer/rules.nft", Team::Network),
                file("network/firewall/redmond-outer/rules.csv", Team::Network),
                file("dns/external/contoso.com.zone", Team::Dns),
                file("runbook/runbook.md", Team::Deployment),
            ],
            "contoso",
        );
        insta::assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "VERSION"), @"
        # contoso: what each team takes from here

        > **SAMPLE: names and addresses of an example; not for use**

        Made by ocstopo VERSION for Office Communications Server 2007, from one description. Every line says why it is there. Change the description and
        build again, rather than a file here. `manifest.json` lists every file with its SHA-256 and with what it was made from.

        ## Network team

        Each firewall and reverse proxy has a folder. What no rule names is dropped. Traffic that the catalogue is not sure of has
        no rule in any of these files: the runbook's step for each firewall lists it.

        > **OCS traffic only.** The top of each file of rules says which other traffic ends when it is loaded, and whether IPv6 is closed too.
        > Some drop everything else that passes the firewall: if it carries other services, do not load such a file; merge its rules by hand.

        For a reverse proxy use either the rules for ISA Server or `nginx.conf`, whose top says which files it needs.

        | file | content |
        |---|---|
        | `network/firewall/<firewall>/rules.csv` | each rule with its reason, and what stops working without it |
        | `network/firewall/<firewall>/rules.<dialect>` | the same in the firewall's own language (for iptables with `rules.ip6tables`, which closes IPv6). The head describes prerequisites, and how to back up, load, replace, save and undo. `--dialect` writes more dialects |

        | folder | files |
        |---|---|
        | `network/firewall/redmond-outer/` | `rules.csv` `rules.nft` |

        ## DNS team

        The same records for each tool; take the form that yours reads. Names and addresses are those of the firewall rules and
        certificates here, and `records.csv` says for each why it is there.

        > **Other records.** If a zone of the name exists, never load a whole zone (`.zone`) in its place: it has none of the records of
        > others. The scripts add what is missing, nothing beside a record that says something else, and delete nothing.

        | file | content |
        |---|---|
        | `dns/<view>/<zone>.zone` | zones inside and outside in BIND's form; `.records` files to include where another team keeps the zone; reverse zones on request |

        | folder | files |
        |---|---|
        | `dns/external/` | `contoso.com.zone` |

        ## Deployment team

        The runbook has all steps in the order in which they depend on each other, with the names and addresses of this
        deployment.

        | file | content |
        |---|---|
        | `runbook/runbook.md` | steps in order, each with an id that later runbooks keep, with permissions, commands, expected output and rollback; with more than 1,000 steps a book, with the steps of each site on a page of its own |

        | folder | files |
        |---|---|
        | `runbook/` | `runbook.md` |
        ");
    }

    #[test]
    fn order_of_files_never_shows() {
        let mut files = vec![file("b/x", Team::Dns), file("a/y", Team::Dns), file("a/x", Team::Dns)];
        let first = readme(&files, "contoso");
        files.reverse();
        assert_eq!(readme(&files, "contoso"), first);
    }

    #[test]
    fn names_form_no_markup() {
        let text = readme(&[file("network/firewall/a|b`c/rules.csv", Team::Dns)], "<b>\n# x");
        assert!(text.contains("\\<b\\> \\# x"));
        assert!(text.contains("``network/firewall/a\\|b`c/``"));
    }
}
