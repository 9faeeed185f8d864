//! The command as people and scripts meet it: exit codes, streams, colours, files.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A small topology without findings.
const SOUND: &str = "examples/fabrikam";
/// A text with an error of the language.
const BROKEN: &str = "organization contoso {\n  sip_domains = \n}\n";

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ocstopo"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).env("COLUMNS", "80");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"] {
        command.env_remove(name);
    }
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).stdin(Stdio::null()).output().unwrap()
}

fn run_with_input(arguments: &[&str], input: &str) -> Output {
    let mut child = command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// An empty folder, and the name of something in it.
fn folder() -> (tempfile::TempDir, impl Fn(&str) -> String) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_owned();
    (folder, move |name: &str| root.join(name).to_str().unwrap().to_owned())
}

fn listing(root: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.strip_prefix(root).unwrap().to_owned(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

mod usage {
    use super::*;

    #[test]
    fn help_of_all_commands() {
        let mut text = stdout(&run(&["--help"])).to_owned();
        for name in crate::docs::commands(&text.clone()) {
            let output = run(&[&name, "--help"]);
            assert_eq!(code(&output), 0);
            assert!(stdout(&output).contains("Examples:"), "{name}");
            text += &format!("\n==== {name}\n{}", stdout(&output));
        }
        insta::assert_snapshot!(text);
    }

    #[test]
    fn version_goes_to_standard_output() {
        let output = run(&["--version"]);
        assert_eq!((code(&output), stderr(&output)), (0, ""));
        assert!(stdout(&output).starts_with(&format!("ocstopo {}\n", env!("CARGO_PKG_VERSION"))), "{}", stdout(&output));
    }

    #[test]
    fn wrong_arguments_end_with_2() {
        for arguments in [
            &[][..],
            &["chek"],
            &["check", "--format", "xml"],
            &["check", "--today", "tomorrow"],
            &["check", "a", "b"],
            &["build", SOUND],
            &["build", SOUND, "-o", "x", "--only", "lb"],
            &["build", SOUND, "-o", "x", "--serial", "0"],
            &["explain"],
            &["explain", "OCS0201", "--example", "bad", "--format", "json"],
            &["catalog"],
            &["catalog", "show", "--format", "csv"],
            &["catalog", "show", "--product", "lync_2010"],
            &["trace", "a"],
            &["fail"],
            &["fail", "--all", "--pairs", SOUND],
            &["fail", "--all", "office", SOUND],
            &["fail", "--limit", "0", "--all", SOUND],
            &["fail", "office.ocs01", "--site", "office", SOUND],
            &["fail", "--all", "--site", "nowhere", SOUND],
            &["dial"],
            &["dial", "911", "examples/contoso", "--from", "dublin"],
            &["dial", "911", "examples/contoso", "--address-book", "--normalized"],
            &["dial", "911", SOUND],
            &["why"],
            &["cert"],
            &["cert", "check"],
            &["cert", "check", "nowhere.pem", "--topology", SOUND],
            &["signin", "anna@fabrikam.com", SOUND],
            &["signin", "anna", "--from", "inside", SOUND],
            &["signin", "anna@fabrikam.com", "--from", "home", SOUND],
            &["why", "icmp 10.0.0.1 -> 10.0.0.2", SOUND],
            &["build", SOUND, "-o", "x", "--dialect", "checkpoint"],
            &["fmt", "-", "."],
            &["graph", SOUND, "--view", "sites"],
            &["graph", SOUND, "--format", "png"],
            &["graph", SOUND, "--site", "x", "--path", "a b"],
        ] {
            let output = run(arguments);
            assert_eq!((code(&output), stdout(&output)), (2, ""), "{arguments:?}");
            assert!(!stderr(&output).is_empty(), "{arguments:?}");
        }
    }
}

mod graph {
    use super::*;

    const CONTOSO: &str = "examples/contoso";

    #[test]
    fn every_form_goes_to_standard_output() {
        for (format, begin) in [("svg", "<?xml "), ("dot", "digraph "), ("mermaid", "---\ntitle: "), ("d2", "direction: ")] {
            let output = run(&["graph", CONTOSO, "--format", format]);
            assert_eq!((code(&output), stderr(&output)), (0, ""), "{format}");
            assert!(stdout(&output).starts_with(begin) && stdout(&output).contains("SAMPLE"), "{format}");
        }
    }

    #[test]
    fn unknown_names_are_answered_with_what_was_meant() {
        for (arguments, answer) in [
            (&["--site", "redmont"][..], "no site has the name `redmont`: did you mean `redmond`?"),
            (&["--site", "x"], "no site has the name `x`: write `dublin` or `redmond`"),
            (&["--view", "site"], "`--view site` needs `--site`: write `dublin` or `redmond`"),
            (&["--view", "overview", "--site", "redmond"], "use `--view site`"),
            (&["--feature", "federatoin"], "no feature has the name `federatoin`: did you mean `federation`?"),
            (&["--feature", "web_access"], "`web_access` is not switched on: "),
            (&["--feature", "federation", "--view", "names"], "`--view names` shows no connections"),
            (&["--path", "redmond.pool01"], "`--path` takes a source and a destination"),
            (&["--path", "redmond.pool1 internet"], "nothing has the name `redmond.pool1`: did you mean `redmond.pool01`?"),
        ] {
            let output = run(&[&["graph", CONTOSO][..], arguments].concat());
            assert_eq!((code(&output), stdout(&output)), (2, ""), "{arguments:?}");
            assert!(stderr(&output).contains(answer), "{arguments:?}: {}", stderr(&output));
        }
        let output = run(&["graph", SOUND, "--view", "voice"]);
        assert!(stderr(&output).contains("no site has telephony"), "{}", stderr(&output));
    }
}

mod input {
    use super::*;

    #[test]
    fn unreadable_input_ends_with_2() {
        let (_folder, path) = folder();
        fs::write(path("latin1.ocstopo"), b"site caf\xe9 {}\n").unwrap();
        fs::create_dir(path("empty")).unwrap();
        for (name, reason) in [("missing", "no such file"), ("latin1.ocstopo", "UTF-8 expected"), ("empty", "no `.ocstopo` file")]
        {
            for command in ["check", "flows", "fmt"] {
                let output = run(&[command, &path(name)]);
                assert_eq!((code(&output), stdout(&output)), (2, ""), "{command} {name}");
                assert!(stderr(&output).starts_with("error: ") && stderr(&output).contains(reason), "{}", stderr(&output));
            }
        }
    }

    #[test]
    fn names_are_relative_to_the_working_folder() {
        let (folder, path) = folder();
        fs::create_dir(path("sub")).unwrap();
        fs::write(path("sub/a.ocstopo"), BROKEN).unwrap();
        for argument in [".", "./sub", "sub/a.ocstopo", &path("sub")] {
            let output = command(&["check", "--format", "short", argument]).current_dir(folder.path()).output().unwrap();
            assert!(stdout(&output).starts_with("sub/a.ocstopo:1:"), "{argument}: {}", stdout(&output));
        }
    }
}

mod check {
    use super::*;

    #[test]
    fn a_finding_is_drawn_on_standard_output_and_ends_with_1() {
        let output = run_with_input(&["check", "-", "--stdin-filename", "draft.ocstopo"], BROKEN);
        assert_eq!((code(&output), stderr(&output)), (1, ""));
        assert!(stdout(&output).contains("[draft.ocstopo:2:"), "{}", stdout(&output));
        assert!(stdout(&output).contains("error[OCS"), "{}", stdout(&output));
        let end: Vec<&str> = stdout(&output).lines().rev().take_while(|line| !line.is_empty()).collect();
        assert!(end.iter().any(|line| line.contains(" in 1 file")), "{end:?}");
    }

    #[test]
    fn quiet_leaves_out_the_summary() {
        let output = run_with_input(&["check", "-q", "-"], BROKEN);
        assert!(!stdout(&output).contains("in 1 file"));
    }

    #[test]
    fn short_is_a_line_for_each_finding() {
        let output = run_with_input(&["check", "-", "--format", "short"], BROKEN);
        assert_eq!(code(&output), 1);
        assert!(stdout(&output).lines().all(|line| line.starts_with("stdin:")), "{}", stdout(&output));
    }

    #[test]
    fn json_is_json() {
        let output = run_with_input(&["check", "-", "--format", "json"], BROKEN);
        assert_eq!((code(&output), stderr(&output)), (1, ""));
        let report: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
        assert_eq!(report["version"], 1);
        assert_eq!(report["diagnostics"][0]["file"], "stdin");
        assert_eq!(report["diagnostics"][0]["start"]["line"], 1);
        assert!(report["summary"]["errors"].as_u64().unwrap() > 0);
    }

    #[test]
    fn findings_end_with_1_in_every_format() {
        for format in ["sarif", "github", "junit"] {
            let output = run_with_input(&["check", "-", "--format", format], BROKEN);
            assert_eq!((code(&output), stderr(&output)), (1, ""), "{format}");
            assert_eq!(code(&run(&["check", SOUND, "--format", format])), 0, "{format}");
        }
    }

    #[test]
    fn nothing_declared_is_an_error() {
        for text in ["", "\u{feff}", "# only a comment\n"] {
            let output = run_with_input(&["check", "-"], text);
            assert_eq!(code(&output), 1);
            assert!(stdout(&output).contains("the topology has no `organization`"), "{}", stdout(&output));
        }
    }

    // Needs the whole pipeline.
    #[test]
    fn a_sound_topology_ends_with_0() {
        let output = run(&["check", SOUND, "--deny", "warnings"]);
        assert_eq!((code(&output), stderr(&output)), (0, ""), "{}", stdout(&output));
        assert!(stdout(&output).lines().last().unwrap().ends_with(" in 1 file"), "{}", stdout(&output));
    }
}

mod configuration {
    use super::*;

    const NOTE: &str = include_str!("../broken/rule/short-idle-timeout.ocstopo");

    /// A topology with a note, two folders below its `ocstopo.toml`.
    fn checked(config: &str, arguments: &[&str]) -> Output {
        let (folder, path) = folder();
        fs::create_dir_all(path("site/hq")).unwrap();
        fs::write(path("site/hq/a.ocstopo"), NOTE).unwrap();
        fs::write(path("ocstopo.toml"), config).unwrap();
        let arguments = [&["check", "site/hq", "--format", "short"], arguments].concat();
        command(&arguments).current_dir(folder.path()).output().unwrap()
    }

    #[test]
    fn levels_and_deny_count() {
        for (config, arguments, exit, word) in [
            ("", &[][..], 0, ": note["),
            ("[lint]\nerror = ['OCS0707']\n", &[], 1, ": error["),
            ("[lint]\nwarn = ['OCS07']\ndeny = 'warnings'\n", &[], 1, ": warning["),
            ("[lint]\ndeny = 'notes'\n", &[], 1, ": note["),
            ("[lint]\ndeny = 'notes'\n", &["--deny", "errors"], 0, ": note["),
            ("[lint]\nignore = ['load-balancer-idle-timeout']\ndeny = 'notes'\n", &[], 0, ""),
        ] {
            let output = checked(config, arguments);
            assert_eq!((code(&output), stderr(&output)), (exit, ""), "{config}");
            assert!(stdout(&output).contains(word), "{config}: {}", stdout(&output));
            assert_eq!(stdout(&output).is_empty(), word.is_empty(), "{config}: {}", stdout(&output));
        }
    }

    #[test]
    fn a_raised_level_stops_the_build() {
        let (_folder, path) = folder();
        fs::write(path("a.ocstopo"), NOTE).unwrap();
        fs::write(path("ocstopo.toml"), "[lint]\nerror = ['OCS0707']\n").unwrap();
        let output = run(&["build", &path("a.ocstopo"), "-o", &path("out")]);
        assert_eq!(code(&output), 1);
        assert!(stderr(&output).contains("nothing is built: 1 error"), "{}", stderr(&output));
        assert!(!Path::new(&path("out")).exists());
    }

    #[test]
    fn a_mistake_in_it_ends_with_2_and_is_shown_in_place() {
        let output = checked("[lint]\nignroe = ['OCS0707']\n", &[]);
        assert_eq!((code(&output), stdout(&output)), (2, ""));
        assert!(stderr(&output).contains("did you mean `ignore`?"), "{}", stderr(&output));
        assert!(stderr(&output).contains("[ocstopo.toml:2:1]"), "{}", stderr(&output));
    }

    #[cfg(unix)]
    #[test]
    fn it_shows_no_other_file() {
        let (_folder, path) = folder();
        fs::write(path("a.ocstopo"), NOTE).unwrap();
        fs::write(path("secret"), "key\n").unwrap();
        std::os::unix::fs::symlink("secret", path("ocstopo.toml")).unwrap();
        let output = run(&["check", &path("")]);
        assert_eq!((code(&output), stdout(&output)), (2, ""));
        assert!(stderr(&output).contains("is not a regular file") && !stderr(&output).contains("key"), "{}", stderr(&output));
    }
}

mod streams {
    use super::*;

    fn colored(output: &Output) -> bool {
        stdout(output).contains('\u{1b}')
    }

    #[test]
    fn colours_follow_flag_and_environment() {
        let check = |flag: &str, variables: &[(&str, &str)]| {
            let mut command = command(&["check", "-", "--color", flag]);
            command.envs(variables.iter().copied()).stdin(Stdio::null());
            colored(&command.output().unwrap())
        };
        assert!(!check("auto", &[]));
        assert!(check("always", &[("NO_COLOR", "1")]));
        assert!(check("auto", &[("CLICOLOR_FORCE", "1")]));
        assert!(!check("auto", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
        assert!(!check("never", &[("CLICOLOR_FORCE", "1")]));
    }

    #[cfg(unix)]
    #[test]
    fn a_closed_pipe_ends_quietly() {
        let mut child = command(&["explain", "--all"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((code(&output), stderr(&output)), (0, ""));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_ends_with_2() {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = command(&["explain", "--all"]).stdout(full).output().unwrap();
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains("cannot write to standard output"), "{}", stderr(&output));
    }
}

mod explain_and_schema {
    use super::*;

    #[test]
    fn a_code_is_explained() {
        let output = run(&["explain", "OCS0060"]);
        assert_eq!((code(&output), stderr(&output)), (0, ""));
        assert!(stdout(&output).starts_with("# OCS0060 no-organization"), "{}", stdout(&output));
        assert_eq!(stdout(&run(&["explain", "no-organization"])), stdout(&output));
    }

    #[test]
    fn an_unknown_code_names_the_nearest() {
        let output = run(&["explain", "no-organisation"]);
        assert_eq!((code(&output), stdout(&output)), (2, ""));
        assert!(stderr(&output).contains("did you mean `no-organization`"), "{}", stderr(&output));
    }

    #[test]
    fn all_codes_are_listed() {
        let list = run(&["explain", "--all"]);
        let codes: Vec<&str> = stdout(&list).lines().map(|line| &line[..7]).collect();
        assert!(codes.len() > 20 && codes.is_sorted() && codes.contains(&"OCS0060"));
        let json: serde_json::Value = serde_json::from_str(stdout(&run(&["explain", "--all", "--format", "json"]))).unwrap();
        assert_eq!(json["codes"].as_array().unwrap().len(), codes.len());
    }

    #[test]
    fn examples_are_whole_topologies() {
        let (_folder, path) = folder();
        for (which, found) in [("bad", 1), ("good", 0)] {
            let file = path(&format!("{which}.ocstopo"));
            fs::write(&file, stdout(&run(&["explain", "OCS0201", "--example", which]))).unwrap();
            let output = run(&["check", "--format", "short", &file]);
            assert_eq!(
                (code(&output), stdout(&output).matches("OCS0201").count()),
                (found, found as usize),
                "{}",
                stdout(&output)
            );
        }
        let output = run(&["explain", "OCS0060", "--example", "bad"]);
        assert_eq!((code(&output), stdout(&output)), (2, ""));
    }

    #[test]
    fn the_schema_has_both_forms() {
        let json: serde_json::Value = serde_json::from_str(stdout(&run(&["schema", "--format", "json"]))).unwrap();
        assert!(json.is_object());
        assert!(stdout(&run(&["schema"])).contains("enterprise_pool"));
    }
}

mod catalogue {
    use super::*;

    #[test]
    fn sections_are_listed_and_shown() {
        let output = run(&["catalog", "show"]);
        assert_eq!(code(&output), 0);
        // A line that begins with a blank continues the title of the line before.
        let sections = stdout(&output).lines().skip(1).filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty());
        // The forms are written by one mechanism: each section as a table, and in one of the others in turn.
        for (section, other) in sections.zip(["csv", "json", "markdown"].into_iter().cycle()) {
            for format in ["table", other] {
                let output = run(&["catalog", "show", section, "--format", format]);
                assert_eq!(code(&output), 0, "{section} {format}");
                assert!(stdout(&output).lines().count() > 1, "{section} {format}");
            }
        }
    }

    #[test]
    fn a_table_fits_and_lists_its_omissions() {
        let output = command(&["catalog", "show", "flows"]).env("COLUMNS", "100").output().unwrap();
        assert!(stdout(&output).lines().all(|line| line.chars().count() <= 100), "{}", stdout(&output));
        assert!(stderr(&output).contains("; widen the terminal to "), "{}", stderr(&output));
    }

    #[test]
    fn one_row_is_shown_whole() {
        let output = run(&["catalog", "show", "ports:s3"]);
        insta::assert_snapshot!(stdout(&output), @r"
        ports:S3  (sources)
          title    RTM port table
          address  ocspedia.com/Misc/All_About_OCS_Ports.htm
        ");
        let both = run(&["catalog", "show", "C01"]);
        assert!(
            stdout(&both).starts_with("C01  (flows)\n") && stdout(&both).contains("\nC01  (certificates)\n"),
            "{}",
            stdout(&both)
        );
        assert!(stdout(&both).contains("\n  claim ") && stdout(&both).contains("\n  choice "), "{}", stdout(&both));
    }

    #[test]
    fn an_unknown_row_names_the_nearest() {
        for (asked, meant) in
            [("P01", "P01a"), ("flow", "flows"), ("certificats", "certificates"), ("front_end.sip-tls", "front_end.sip_tls")]
        {
            let output = run(&["catalog", "show", asked]);
            assert_eq!((code(&output), stdout(&output)), (2, ""), "{asked}");
            assert!(stderr(&output).contains(&format!("did you mean `{meant}`?")), "{}", stderr(&output));
        }
    }
}

// Needs the formatter.
mod fmt {
    use super::*;

    const LOOSE: &str = "organization   contoso {\n sip_domains=[\"contoso.com\"] # ours\n}\n";

    #[test]
    fn standard_input_goes_to_standard_output() {
        let output = run_with_input(&["fmt", "-"], LOOSE);
        assert_eq!((code(&output), stderr(&output)), (0, ""));
        assert!(stdout(&output).starts_with("organization contoso {\n  sip_domains = [\"contoso.com\"]"), "{}", stdout(&output));
        assert!(stdout(&output).ends_with("# ours\n}\n"), "{}", stdout(&output));
        let again = run_with_input(&["fmt", "-"], stdout(&output));
        assert_eq!(stdout(&again), stdout(&output));
    }

    #[test]
    fn check_and_diff_write_nothing_and_end_with_1() {
        let (_folder, path) = folder();
        fs::write(path("a.ocstopo"), LOOSE).unwrap();
        let check = run(&["fmt", "--check", &path("")]);
        assert_eq!((code(&check), stdout(&check).lines().count()), (1, 1));
        let diff = run(&["fmt", "--diff", &path("")]);
        assert_eq!(code(&diff), 1);
        assert!(stdout(&diff).contains("-organization   contoso {\n") && stdout(&diff).contains("+organization contoso {\n"));
        assert_eq!(fs::read_to_string(path("a.ocstopo")).unwrap(), LOOSE);
        assert_eq!(code(&run(&["fmt", &path("")])), 0);
        assert_ne!(fs::read_to_string(path("a.ocstopo")).unwrap(), LOOSE);
        assert_eq!(code(&run(&["fmt", "--check", &path("")])), 0);
    }

    #[test]
    fn broken_text_is_reported_and_kept() {
        let output = run_with_input(&["fmt", "-"], BROKEN);
        assert_eq!(code(&output), 1);
        assert!(stdout(&output).contains("sip_domains =") && stderr(&output).contains("error[OCS"));
    }

    #[test]
    fn one_unreadable_file_leaves_all_others_unchanged() {
        let (_folder, path) = folder();
        fs::write(path("a.ocstopo"), LOOSE).unwrap();
        fs::write(path("b.ocstopo"), b"\xff").unwrap();
        assert_eq!(code(&run(&["fmt", &path("")])), 2);
        assert_eq!(fs::read_to_string(path("a.ocstopo")).unwrap(), LOOSE);
    }
}

// Needs the whole pipeline.
mod flows_and_trace {
    use super::*;

    #[test]
    fn the_table_fits_the_terminal() {
        let output = run(&["flows", SOUND]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(stdout(&output).starts_with("id "));
        assert!(stdout(&output).lines().all(|line| line.chars().count() <= 80), "{}", stdout(&output));
    }

    #[test]
    fn csv_and_json_hold_the_same_flows() {
        let csv = run(&["flows", SOUND, "--format", "csv"]);
        let json: serde_json::Value = serde_json::from_str(stdout(&run(&["flows", SOUND, "--format", "json"]))).unwrap();
        let mut reader = csv::Reader::from_reader(stdout(&csv).as_bytes());
        let ids: std::collections::BTreeSet<String> = reader.records().map(|record| record.unwrap()[0].to_owned()).collect();
        let flows = json["flows"].as_array().unwrap();
        let routed = flows.iter().filter(|flow| !flow["legs"].as_array().unwrap().is_empty());
        assert_eq!(ids, routed.map(|flow| flow["id"].as_str().unwrap().to_owned()).collect());
        assert!(!ids.is_empty());
    }

    #[test]
    fn a_connection_is_followed_hop_by_hop() {
        let output = run(&["trace", "internet", "office.edge", SOUND]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(stdout(&output).contains("internet -> [office.outer] -> office.outside"), "{}", stdout(&output));
        assert!(stdout(&output).contains(" on office.outer"), "{}", stdout(&output));
    }

    #[test]
    fn missing_flows_are_reported() {
        let output = run(&["trace", "internet", "office.ocs01", SOUND]);
        assert_eq!(code(&output), 0);
        assert!(stdout(&output).starts_with("there is no flow from internet to office.ocs01"), "{}", stdout(&output));
    }

    #[test]
    fn a_misspelt_name_ends_with_2() {
        // A database in a pool has a path with and without the pool.
        let output = run(&["trace", "fe01", "sql01", "examples/contoso"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(stdout(&output).contains("redmond.pool01.sql01 (10.10.0.30)"), "{}", stdout(&output));
        let output = run(&["trace", "internet", "office.egde", SOUND]);
        assert_eq!((code(&output), stdout(&output)), (2, ""));
        assert!(stderr(&output).contains("did you mean `office.edge`"), "{}", stderr(&output));
    }
}

mod fail {
    use super::*;

    #[test]
    fn an_outage_fits_the_terminal_and_ends_with_1_where_something_is_lost() {
        for (name, ends) in [("office.ocs01", 1), ("office.edge", 1), ("office.rp", 1), ("own_ca", 0)] {
            let output = run(&["fail", name, SOUND]);
            let said = stdout(&output);
            assert_eq!((code(&output), ends == 1), (ends, !said.contains("Lost: nothing")), "{}{said}", stderr(&output));
            assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
            assert!(said.contains("How long"), "{said}");
        }
    }

    #[test]
    fn all_single_outages_are_ranked_and_pairs_are_those_that_are_worse() {
        let output = run(&["fail", "--all", "--limit", "3", SOUND]);
        let said = stdout(&output);
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        assert!(said.contains("office.ocs01 (server): all 9 services"), "{said}");
        assert!(said.contains(" more: `--limit "), "{said}");
        assert!(said.contains("Single points of failure"), "{said}");
        assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
        // Everything is there once.
        let output = run(&["fail", "--pairs", SOUND]);
        assert_eq!(code(&output), 0, "{}{}", stdout(&output), stderr(&output));
    }

    #[test]
    fn names_are_helped_with() {
        for (name, help) in [
            ("office.osc01", "did you mean `office.ocs01`"),
            ("osc01", "did you mean `ocs01`"),
            ("certifcate:x", "did you mean `certificate:`"),
            ("certificate:x", "no certificate has the name `x`: write `"),
            ("nothing:at:all", "is not a kind"),
            ("203.0.113.1", "no network of the topology has the address"),
            ("", "names nothing"),
            ("<b>\u{202e}`{{x}}|]]>", "nothing has the name"),
        ] {
            let output = run(&["fail", name, SOUND]);
            assert_eq!((code(&output), stdout(&output)), (2, ""), "{name}");
            assert!(stderr(&output).contains(help), "{name}: {}", stderr(&output));
            assert!(!stderr(&output).contains('\u{202e}'), "{name}");
        }
    }
}

mod dial {
    use super::*;

    #[test]
    fn a_call_ends_with_its_code() {
        for (arguments, expected) in [
            (&["dial", "5550100", "examples/contoso"][..], 0),
            (&["dial", "-5550100", "examples/contoso"], 1),
            (&["dial", "", "examples/contoso", "--normalized"], 0),
            (&["dial", "x", "examples/contoso"], 1),
            (&["dial", "0100", "examples/contoso", "--address-book"], 0),
            (&["dial", "1", "examples/contoso", "--address-book"], 1),
            (&["dial", "+14255550100", "examples/contoso", "--down", "redmond.med01,redmond.gw02"], 1),
            (&["dial", "5550100", SOUND], 2),
        ] {
            let output = run(arguments);
            assert_eq!(code(&output), expected, "{arguments:?}: {}", stderr(&output));
        }
    }

    /// What a person typed is data: no control sequence of a terminal passes, and a long number is cut.
    #[test]
    fn a_hostile_number_is_shown_harmlessly() {
        let output = run(&["dial", "\u{202e}\u{200b}<b>`|{{ ]]>", "examples/contoso"]);
        assert_eq!(code(&output), 1);
        assert!(!stdout(&output).contains(['\u{202e}', '\u{200b}']), "{}", stdout(&output));
        let output = run(&["dial", "\u{1b}[31m1", "examples/contoso"]);
        assert_eq!((code(&output), stdout(&output)), (2, ""));
        let long = "1".repeat(10_000);
        let output = run(&["dial", &long, "examples/contoso"]);
        assert!(stdout(&output).len() < 5_000 && stdout(&output).contains("(10000 characters)"), "{}", stdout(&output));
    }
}

mod signin {
    use super::*;

    #[test]
    fn the_story_has_its_end_first_and_fits_the_terminal() {
        for (place, begin) in [
            ("inside", "anna@fabrikam.com with Communicator, inside, in office.lan\nworks: signs in at `office.ocs01`"),
            ("outside", "anna@fabrikam.com with Communicator, outside\nworks: signs in through `office.edge` at `office.ocs01`"),
        ] {
            let output = run(&["signin", "anna@fabrikam.com", "--from", place, SOUND]);
            assert_eq!((code(&output), stderr(&output)), (0, ""));
            assert!(stdout(&output).starts_with(begin), "{}", stdout(&output));
            assert!(stdout(&output).lines().all(|line| line.chars().count() <= 80), "{}", stdout(&output));
        }
    }

    #[test]
    fn what_is_broken_is_named_first() {
        let output = run(&["signin", "anna@fabrikam.com", "--from", "outside", "--down", "office.ocs01", SOUND]);
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        insta::assert_snapshot!(stdout(&output));
    }

    #[test]
    fn a_misspelt_name_ends_with_2() {
        for (arguments, said) in [
            (&["anna@fabrikm.com", "--from", "inside"][..], "`fabrikm.com` is not a SIP domain: did you mean `fabrikam.com`?"),
            (&["anna@fabrikam.com", "--from", "inside", "--pool", "office.ocs02"], "did you mean `office.ocs01`?"),
            (&["anna@fabrikam.com", "--from", "inside", "--down", "office.ocs2"], "did you mean `office.ocs01`?"),
            (&["anna@fabrikam.com", "--from", "inside", "--site", "ofice"], "did you mean `office`?"),
            (&["", "--from", "inside"], "the sign-in address is empty"),
        ] {
            let output = run(&[&["signin"], arguments, &[SOUND]].concat());
            assert_eq!((code(&output), stdout(&output)), (2, ""), "{arguments:?}");
            assert!(stderr(&output).contains(said), "{}", stderr(&output));
        }
    }
}

mod why {
    use super::*;

    #[test]
    fn a_passing_packet_names_its_rule_with_all_reasons() {
        let output = run(&["why", "tcp 8.8.8.8 -> 198.18.7.2:443", SOUND]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        insta::assert_snapshot!(stdout(&output));
    }

    #[test]
    fn a_stopped_packet_names_the_firewall_and_the_missing_features() {
        let output = run(&["why", "tcp 8.8.8.8 -> 198.18.7.2:5061", SOUND]);
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        insta::assert_snapshot!(stdout(&output));
    }

    #[test]
    fn a_name_on_a_certificate_names_its_carriers_with_all_reasons() {
        let output = run(&["why", "cert sip.fabrikam.com", SOUND]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        insta::assert_snapshot!(stdout(&output));
        let output = run(&["why", "cert av.fabrikam.com", SOUND]);
        assert_eq!((code(&output), stdout(&output)), (2, ""));
        assert!(stderr(&output).contains("`office.edge` av_edge outside, which presents no certificate"), "{}", stderr(&output));
    }

    #[test]
    fn a_name_is_shown_with_view_zone_and_reasons() {
        let output = run(&["why", "dns _sip._tls.fabrikam.com SRV", SOUND]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        insta::assert_snapshot!(stdout(&output));
        let output = run(&["why", "dns _sipfederationtls._tcp.fabrikam.com SRV", SOUND]);
        assert_eq!(code(&output), 1, "{}", stderr(&output));
        insta::assert_snapshot!(stdout(&output));
        let output = run(&["why", "dns sipp.fabrikam.com", SOUND]);
        assert_eq!((code(&output), stdout(&output)), (2, ""));
        assert!(stderr(&output).contains("did you mean `sip.fabrikam.com`"), "{}", stderr(&output));
    }

    #[test]
    fn a_rule_is_found_by_its_id() {
        let output = run(&["why", "E01", SOUND]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(stdout(&output).contains("  on       office.outer\n"), "{}", stdout(&output));
        let output = run(&["why", "E0l", SOUND]);
        assert_eq!((code(&output), stdout(&output)), (2, ""));
        assert!(stderr(&output).contains("did you mean `E01`"), "{}", stderr(&output));
    }
}

// Needs the whole pipeline.
mod build {
    use super::*;

    fn build(out: &str, more: &[&str]) -> Output {
        run(&[&["build", SOUND, "-o", out], more].concat())
    }

    #[test]
    fn a_build_is_complete_and_up_to_date() {
        let (_folder, path) = folder();
        let out = path("new/out");
        let output = build(&out, &[]);
        assert_eq!((code(&output), stdout(&output)), (0, ""), "{}", stderr(&output));
        let files = listing(Path::new(&out));
        for part in ["network/firewall/", "dns/", "pki/", "runbook/", "README.md", "manifest.json"] {
            assert!(files.iter().any(|(path, _)| path.starts_with(part)), "no {part}");
        }
        assert_eq!(code(&build(&out, &["--check"])), 0);
        let again = build(&out, &[]);
        assert!(stderr(&again).contains("0 files written"), "{}", stderr(&again));
        assert_eq!(listing(Path::new(&out)), files);
    }

    #[test]
    fn a_topology_with_errors_builds_nothing() {
        let (_folder, path) = folder();
        fs::write(path("a.ocstopo"), BROKEN).unwrap();
        let output = run(&["build", &path("a.ocstopo"), "-o", &path("out")]);
        assert_eq!((code(&output), stdout(&output)), (1, ""));
        assert!(stderr(&output).contains("nothing is built: "), "{}", stderr(&output));
        assert!(!Path::new(&path("out")).exists());
    }

    #[test]
    fn check_reports_differences() {
        let (_folder, path) = folder();
        let out = path("out");
        build(&out, &[]);
        fs::remove_file(path("out/README.md")).unwrap();
        let zone = listing(Path::new(&path("out/dns"))).remove(0).0;
        fs::write(Path::new(&path("out/dns")).join(&zone), "edited").unwrap();
        let output = build(&out, &["--check"]);
        assert_eq!(code(&output), 1);
        let lines: Vec<&str> = stdout(&output).lines().collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines.iter().any(|line| line.starts_with("missing") && line.ends_with("out/README.md")));
        assert!(lines.iter().any(|line| line.starts_with("different") && line.contains("out/dns/")));
    }

    #[test]
    fn edited_and_foreign_files_are_not_overwritten_without_force() {
        let (_folder, path) = folder();
        let out = path("out");
        fs::create_dir(&out).unwrap();
        fs::write(path("out/README.md"), "theirs").unwrap();
        fs::write(path("out/notes.txt"), "theirs").unwrap();
        let refused = build(&out, &[]);
        assert_eq!(code(&refused), 2);
        let lines: Vec<String> = stderr(&refused).lines().map(|line| line.replace(&out, "out")).collect();
        assert_eq!(
            lines,
            [
                "error: out/README.md: not written by ocstopo",
                "error: out: no build wrote into this folder, and README.md and notes.txt are there",
                "error: nothing is built: name a folder of its own with `-o`, or write into this one with `--force`: \
                 it replaces the files above and keeps all others",
            ]
        );
        assert_eq!(listing(Path::new(&out)).len(), 2);
        assert_eq!(code(&build(&out, &["--force"])), 0);
        assert_eq!(fs::read_to_string(path("out/notes.txt")).unwrap(), "theirs");
        fs::write(path("out/README.md"), "edited").unwrap();
        let refused = build(&out, &[]);
        assert_eq!(code(&refused), 2);
        assert!(stderr(&refused).contains("README.md: edited since"), "{}", stderr(&refused));
    }

    /// A folder of another owner is not filled with hundreds of files by a slip; version control is in the folder of a build too.
    #[test]
    fn a_folder_with_other_files_is_named_with_force() {
        let (_folder, path) = folder();
        let out = path("out");
        fs::create_dir_all(path("out/.git")).unwrap();
        for name in ["Cargo.toml", "build.rs", "notes.txt", "src"] {
            fs::write(path(&format!("out/{name}")), "theirs").unwrap();
        }
        let refused = build(&out, &[]);
        assert_eq!(code(&refused), 2);
        assert!(stderr(&refused).contains("Cargo.toml, build.rs, notes.txt and 1 more are there"), "{}", stderr(&refused));
        assert!(stderr(&refused).contains("`--force`: it keeps what is there"), "{}", stderr(&refused));
        assert_eq!(code(&build(&out, &["--check"])), 1, "a check writes nothing, and so refuses nothing");
        assert_eq!(code(&build(&out, &["--force"])), 0);
        assert_eq!(code(&build(&out, &[])), 0, "now it is a folder of builds");
        assert_eq!(fs::read_to_string(path("out/notes.txt")).unwrap(), "theirs");
        // The folder of a new mount has this one.
        fs::create_dir_all(path("own/.git")).unwrap();
        fs::create_dir(path("own/lost+found")).unwrap();
        assert_eq!(code(&build(&path("own"), &[])), 0);
    }

    #[test]
    fn a_part_is_built_alone() {
        let (_folder, path) = folder();
        let out = path("out");
        assert_eq!(code(&build(&out, &["--only", "firewall"])), 0);
        let files = listing(Path::new(&out));
        assert!(files.iter().all(|(path, _)| path.starts_with("network/firewall") || path.ends_with("manifest.json")));
        assert_eq!(code(&build(&out, &[])), 0);
        let all = listing(Path::new(&out));
        assert_eq!(code(&build(&out, &["--only", "dns,pki"])), 0);
        assert_eq!(listing(Path::new(&out)), all);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_the_folder_are_not_followed() {
        let (_folder, path) = folder();
        fs::create_dir_all(path("out")).unwrap();
        fs::create_dir(path("elsewhere")).unwrap();
        std::os::unix::fs::symlink(path("elsewhere"), path("out/dns")).unwrap();
        let output = build(&path("out"), &["--force"]);
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains("symbolic link"), "{}", stderr(&output));
        assert_eq!(listing(Path::new(&path("elsewhere"))), []);
        assert_eq!(fs::read_dir(path("out")).unwrap().count(), 1);
    }

    #[test]
    fn own_templates_replace_shipped_ones_and_their_errors_are_reported() {
        let (_folder, path) = folder();
        fs::create_dir_all(path("templates/markdown")).unwrap();
        fs::write(path("templates/markdown/readme.tera"), "Ours: {{ organization }}\n").unwrap();
        assert_eq!(code(&build(&path("out"), &["--templates", &path("templates")])), 0);
        assert_eq!(fs::read_to_string(path("out/README.md")).unwrap(), "Ours: fabrikam\n");
        fs::write(path("templates/markdown/readme.tera"), "{{ nothing }}").unwrap();
        let output = build(&path("out2"), &["--templates", &path("templates")]);
        assert_eq!(code(&output), 2);
        assert!(stderr(&output).contains("nothing"), "{}", stderr(&output));
        assert!(!Path::new(&path("out2")).exists());
    }
}

#[test]
fn what_if_shows_effects_and_writes_nothing() {
    let (_guard, path) = folder();
    let topology = path("t.ocstopo");
    fs::write(&topology, fs::read_to_string("examples/fabrikam/fabrikam.ocstopo").unwrap()).unwrap();
    let before = fs::read_to_string(&topology).unwrap();
    let output = run(&["what-if", "organization.availability = high", &topology, "--format", "json"]);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    let answer: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
    assert_eq!(answer["new"]["name"], "what if organization.availability = high");
    assert_eq!(fs::read_to_string(&topology).unwrap(), before);

    for (change, message) in [
        ("organization.availabilty = high", "did you mean `availability`?"),
        ("organization.availability = hihg", "error[OCS"),
        ("organization.availability = [", "expected `]`"),
        ("organisation.availability = high", "did you mean `organization`?"),
        ("nothing", "is no change"),
    ] {
        let output = run(&["what-if", change, &topology]);
        assert_eq!(code(&output), 2, "{change}");
        assert!(stderr(&output).contains(message) && stdout(&output).is_empty(), "{change}: {}", stderr(&output));
    }
    let output = run_with_input(&["what-if", "feature +web_access", "-"], &before);
    assert_eq!(code(&output), 1, "{}", stderr(&output));
    assert!(stdout(&output).contains("needs a Communicator Web Access"), "{}", stdout(&output));
    let same = run(&["what-if", "product = ocs_2007", &topology]);
    assert_eq!(code(&same), 0, "{}", stdout(&same));
}

#[test]
fn design_answers_with_a_topology_or_says_what_is_missing() {
    let (_guard, path) = folder();
    let flags = ["design", "--users", "12000", "--domain", "litware-group.de", "--sites", "berlin,paris", "--external", "10%"];
    let printed = run(&flags);
    assert_eq!(code(&printed), 0, "{}", stderr(&printed));
    assert_eq!(stdout(&run(&flags)), stdout(&printed), "the same answers give the same bytes");
    let written = run(&[&flags[..], &["-o", &path("topology")]].concat());
    assert_eq!(code(&written), 0, "{}", stderr(&written));
    assert!(stderr(&written).contains("to decide"), "{}", stderr(&written));
    assert_eq!(fs::read_to_string(path("topology/topology.ocstopo")).unwrap(), stdout(&printed));
    assert_eq!(code(&run(&["fmt", "--check", &path("topology")])), 0);

    let checked = run(&["check", &path("topology"), "--format", "short"]);
    assert_eq!(code(&checked), 0, "{}", stdout(&checked));
    assert!(stdout(&checked).lines().all(|line| line.contains("OCS0059")), "{}", stdout(&checked));
    let built = run(&["build", &path("topology"), "-o", &path("out")]);
    assert_eq!(code(&built), 1);
    assert!(stderr(&built).contains("nothing is built") && !Path::new(&path("out")).exists(), "{}", stderr(&built));
    let again = run(&[&flags[..], &["-o", &path("topology")]].concat());
    assert!(code(&again) == 2 && stderr(&again).contains("this file exists"), "{}", stderr(&again));

    for (arguments, message) in [
        (&["--users", "900"][..], "add --domain"),
        (&["--users", "-1", "--domain", "litware-group.de"], "unexpected argument"),
        (&["--users", "1.5", "--domain", "litware-group.de"], "expected a whole number from 0 to 10,000,000"),
        (&["--users", "10000001", "--domain", "litware-group.de"], "expected a whole number from 0 to 10,000,000"),
        (&["--users", "9", "--domain", "litware"], "expected a domain of two labels"),
        (&["--users", "9", "--domain", "litware-group.de", "--external", "10.123%"], "at most two digits after the dot"),
        (&["--users", "9", "--domain", "litware-group.de", "--external", "101%"], "from 0% to 100%"),
        (&["--users", "9", "--domain", "litware-group.de", "--voice", "10"], "are more than all 9 users"),
        (&["--users", "9", "--domain", "litware-group.de", "--sites", "0"], "expected 1 to 200 sites"),
        (&["--users", "9", "--domain", "litware-group.de", "--sites", "a,a"], "`a` is there twice"),
        (&["--users", "9", "--domain", "litware-group.de", "--internal", "10.0.0.1/8"], "did you mean 10.0.0.0/8?"),
        (&["--users", "9", "--domain", "litware-group.de", "--names", "fe"], "expected a host name"),
        (&["--users", "9", "--domain", "litware-group.de", "--federation", "discovered"], "add `--external 10%`"),
        (&["--users", "10000000", "--domain", "litware-group.de", "--external", "100%"], "one design has at most 250"),
    ] {
        let output = run(&[&["design"], arguments].concat());
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(stderr(&output).contains(message) && stdout(&output).is_empty(), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn new_writes_a_repository_into_an_unused_folder() {
    let (_guard, path) = folder();
    let output = run(&["new", &path("litware")]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let files = listing(Path::new(&path("litware")));
    assert_eq!(files.len(), 6, "{files:?}");
    let checked = run(&["check", &path("litware/topology")]);
    assert_eq!(code(&checked), 0, "{}", stdout(&checked));
    let again = run(&["new", &path("litware"), "--users", "9"]);
    assert!(code(&again) == 2 && stderr(&again).contains("this folder is not empty"), "{}", stderr(&again));
    assert_eq!(listing(Path::new(&path("litware"))), files);
}
