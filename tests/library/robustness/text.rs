//! Texts and names that are made to be taken for something else.

use std::fs;
use std::process::Command;

use super::{code, command, folder, run, stderr, stdout};

const FORMATS: [&str; 6] = ["human", "short", "json", "sarif", "github", "junit"];

/// Invisible characters, those that change the direction of text, and invalid ones.
const HIDDEN: [char; 9] =
    ['\u{61c}', '\u{ad}', '\u{180e}', '\u{e0001}', '\u{e0041}', '\u{e007f}', '\u{ffff}', '\u{fffe}', '\u{202e}'];

#[test]
fn no_format_has_hidden_or_invalid_characters() {
    let (_folder, path) = folder();
    for c in HIDDEN {
        let file = path("a.ocstopo");
        let text = format!(
            "organization x {{\n  product = ocs_2007\n  sip_domains = [\"a{c}b.com\"]\n  {c}x = \"{c}\"\n}}\nsite a{c} {{ }}\n"
        );
        fs::write(&file, text).unwrap();
        for format in FORMATS {
            let output = run(&["check", &file, "--format", format]);
            assert_eq!(code(&output), Some(1), "{c:?} {format}");
            assert!(!stdout(&output).contains(c), "{c:?} in {format}");
        }
        // Texts of corrections hold the original text, in JSON too; so this one is read and checked as it is.
        let junit = stdout(&run(&["check", &file, "--format", "junit"]));
        quick_junit::Report::deserialize_from_str(&junit).unwrap();
    }
}

#[test]
fn no_file_name_has_a_hidden_character() {
    for c in HIDDEN {
        let (folder, path) = folder();
        fs::write(path(&format!("a{c}.ocstopo")), "site a { }\n").unwrap();
        let output = run(&["check", folder.path().to_str().unwrap()]);
        assert_eq!(code(&output), Some(2), "{c:?}");
        assert!(stderr(&output).contains(&format!("\\u{{{:x}}}", u32::from(c))) && !stderr(&output).contains(c), "{c:?}");
    }
}

/// Lines that the runner of GitHub Actions would take for commands.
fn commands(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.trim_start().starts_with("::") || line.contains("##[")).collect()
}

#[test]
fn no_output_is_a_command_of_a_workflow() {
    let (folder, path) = folder();
    let text = "# a\n::stop-commands::tok\n##[add-mask]x\nsite   s { users: 28 }\n ::debug::y \"::error::z ##[group]\" \n";
    fs::write(path("::add-mask::e.ocstopo"), text).unwrap();
    for arguments in [&["check", "."][..], &["fmt", "--check"], &["fmt", "--diff"], &["check", "--diff"]] {
        for format in
            FORMATS.iter().filter(|_| arguments == ["check", "."]).chain(["human"].iter().filter(|_| arguments.len() == 2))
        {
            let mut arguments = arguments.to_vec();
            if arguments == ["check", "."] {
                arguments.extend(["--format", format]);
            }
            let output = command(&arguments).current_dir(folder.path()).output().unwrap();
            let printed = format!("{}{}", stdout(&output), stderr(&output));
            let of_ours = |line: &&str| {
                *format == "github"
                    && ["::error file=", "::warning file=", "::notice file="].iter().any(|begin| line.starts_with(begin))
                    && !line.contains("##[")
            };
            let found: Vec<_> = commands(&printed).into_iter().filter(|line| !of_ours(line)).collect();
            assert_eq!(found, Vec::<&str>::new(), "{arguments:?}");
            assert!(printed.contains("add-mask"), "{arguments:?}: {printed}");
        }
    }
    let short = command(&["check", ".", "--format", "short"]).current_dir(folder.path()).output().unwrap();
    assert!(stdout(&short).starts_with("./::add-mask::e.ocstopo:"), "{}", stdout(&short));
}

#[test]
fn arguments_are_shown_without_hidden_characters() {
    let (_folder, path) = folder();
    let odd = "o\u{1b}[31m\u{202e}\u{61c}";
    for arguments in [
        &["check", &format!("--{odd}")][..],
        &["check", "--format", odd],
        &[odd],
        &["build", super::SOUND, "-o", &path(odd)],
        &["build", super::SOUND, "-o", &path(&format!("2{odd}")), "--check"],
    ] {
        let output = run(arguments);
        let printed = format!("{}{}", stdout(&output), stderr(&output));
        assert!(!printed.is_empty() && printed.chars().all(|c| !['\u{1b}', '\u{202e}', '\u{61c}'].contains(&c)), "{printed:?}");
    }
}

#[test]
fn pipes_are_read_as_standard_input_only() {
    let (folder, path) = folder();
    assert!(Command::new("mkfifo").arg(path("a.ocstopo")).status().unwrap().success());
    for arguments in [
        &["check", &path("a.ocstopo")][..],
        &["fmt", &path("a.ocstopo")],
        &["check", folder.path().to_str().unwrap()],
        &["cert", "check", &path("a.ocstopo"), "--topology", super::SOUND],
        &["dns", "check", &path("a.ocstopo"), "--view", "external", "--topology", super::SOUND],
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), Some(2), "{arguments:?}");
        assert!(stderr(&output).contains("is no regular file"), "{arguments:?}: {}", stderr(&output));
    }
}
