//! Commands that answer questions about a topology: one ending where it has errors, one list of forms, one reading of `ocstopo.toml`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A self-signed certificate for sip.fabrikam.com.
const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----
MIIDFzCCAf+gAwIBAgIUUCeMK6MadimILBMeDBcWDazNwh8wDQYJKoZIhvcNAQEL
BQAwGzEZMBcGA1UEAwwQc2lwLmZhYnJpa2FtLmNvbTAeFw0yNjExMjkwNjQyMjBa
Fw0zNjExMjYwNjQyMjBaMBsxGTAXBgNVBAMMEHNpcC5mYWJyaWthbS5jb20wggEi
MA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDr/0Pz4+sc43hBLYkTyt1OMAZj
p0adrVpTVtUpl1Q9GLBkdwpli5bLhi1qNpo30uxHcwoCHD3B2jBzEpERVLZp8IHo
G8iKQASygeWFzfVXxKakD4K4ObUWRTQ0WLosGMfJ7uPeQYSbwHaha20RXWdPUyUr
QRxwnN5NVWmCvHNE0eX1TJ6CF5a5dU40qwsDzLnpc1LclmFiqH+O63xnSpmq2CIR
I3j6XhD+q8nrLWbNxra9eHz5d5rgyZ9D8L50lKNIkqTNlq+T05hRs1FiQLIhLjaX
/kCxEdkPCD1V48x2eJNDnRhEbM/IRt44hvs8xnNs45tZl4iPP2rgzPZFQz/3AgMB
AAGjUzBRMB0GA1UdDgQWBBRUoW7vr0j6bwO3b5jbCNL32kU4JDAfBgNVHSMEGDAW
gBRUoW7vr0j6bwO3b5jbCNL32kU4JDAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3
DQEBCwUAA4IBAQDls4cdmPx2Is/zjrfRdEm9dVmCV8fT0GxvwseGQYgGlyVhHe1G
7gXXPujb43OWYMHWtoLyIYlLnMuYmUurVOOAHcqdkHl/y/c85fuWitMwo8mYwVl9
QSi0yk+IfjRqLzF8XUVzJCf8YvUB43lQPTn1jUOmvU6xoAGnQ5xqNIn/WR98hVGQ
qbUrzkD878JWmi4BjXW3wVF6pbPEv051XuUdEIS/lPOaXbJ9vsgqk+j5p2FrAg9I
4b2w6pTYiUVAUSXXieZoTYjfsaD5jelXMOrxk7hyX97ToPMMQVbyXqqp0Z8I2Pt8
2+wDSnqb/Jac/t2a8KVMKqrEVYEesvcZIskD
-----END CERTIFICATE-----
";

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ocstopo"));
    command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).env("COLUMNS", "80").stdin(Stdio::null());
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The example `fabrikam` in a folder of its own, with a zone and a certificate beside it.
struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("topology")).unwrap();
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/fabrikam/fabrikam.ocstopo");
        fs::copy(example, folder.path().join("topology/fabrikam.ocstopo")).unwrap();
        fs::write(folder.path().join("sip.pem"), CERTIFICATE).unwrap();
        let case = Self { folder };
        let built = run(&["build", &case.path("topology"), "-o", &case.path("out"), "--only", "dns"]);
        assert!(built.status.success(), "{}", text(&built.stderr));
        case
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Runs each command that answers a question.
    fn questions(&self) -> Vec<(&'static str, Output)> {
        let (topology, pem, zone) = (self.path("topology"), self.path("sip.pem"), self.zone());
        [
            vec!["flows", &topology],
            vec!["trace", "internet", "office.edge", &topology],
            vec!["graph", &topology],
            vec!["size", &topology],
            vec!["why", "E01", &topology],
            vec!["dial", "+14255550100", "--normalized", &topology],
            vec!["fail", "office.ocs01", &topology],
            vec!["cert", "check", &pem, "--topology", &topology],
            vec!["dns", "check", &zone, "--view", "external", "--topology", &topology],
        ]
        .into_iter()
        .zip(["flows", "trace", "graph", "size", "why", "dial", "fail", "cert check", "dns check"])
        .map(|(arguments, name)| (name, run(&arguments)))
        .collect()
    }

    fn zone(&self) -> String {
        self.path("out/dns/external/fabrikam.com.zone")
    }

    /// Checks the zone of the topology with more arguments.
    fn checked(&self, more: &[&str]) -> Output {
        let (topology, zone) = (self.path("topology"), self.zone());
        run(&[&["dns", "check", &zone, "--view", "external", "--topology", &topology], more].concat())
    }
}

#[test]
fn a_topology_with_errors_has_no_answers() {
    let case = Case::new();
    for (name, output) in case.questions() {
        assert_ne!(output.status.code(), Some(2), "{name}: {}", text(&output.stderr));
    }
    let sound = fs::read_to_string(case.path("topology/fabrikam.ocstopo")).unwrap();
    let without_organization = "site office { users = 1 }\n".to_owned();
    for broken in [sound.replace("site office {", "site office {\n  network office { range = 10.1.0.0 }"), without_organization] {
        fs::write(case.path("topology/fabrikam.ocstopo"), broken).unwrap();
        for (name, output) in case.questions() {
            let said = text(&output.stderr);
            assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""), "{name}: {said}");
            let last = said.lines().last().unwrap_or_default();
            assert!(
                said.contains("error[OCS") && last.starts_with("not answered: ") && last.ends_with(" in the topology"),
                "{name}: {said}"
            );
        }
    }
}

#[test]
fn every_help_documents_the_exit_code_for_errors() {
    for command in
        [&["flows"][..], &["trace"], &["graph"], &["size"], &["why"], &["dial"], &["fail"], &["cert", "check"], &["dns", "check"]]
    {
        let help = run(&[command, &["--help"]].concat());
        let help = text(&help.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(help.contains("Exit codes: 0 ") && help.contains("errors"), "{command:?}: {help}");
    }
}

#[test]
fn ocstopo_toml_sets_accepted_zone_differences() {
    let case = Case::new();
    let zone = fs::read_to_string(case.zone()).unwrap();
    let record = zone.lines().find(|line| line.contains(" IN SRV ")).expect("a service record");
    fs::write(case.zone(), zone.replacen(record, "", 1)).unwrap();
    let found = case.checked(&["--format", "short"]);
    assert_eq!(found.status.code(), Some(1), "{}", text(&found.stderr));
    assert!(text(&found.stdout).contains("error[OCS0971]"), "{}", text(&found.stdout));
    fs::write(case.path("topology/ocstopo.toml"), "[lint]\nnote = ['missing-record']\n").unwrap();
    let milder = case.checked(&["--format", "short"]);
    assert!(text(&milder.stdout).contains("note[OCS0971]"), "{}", text(&milder.stdout));
    assert_eq!(milder.status.code(), Some(1));
    assert_eq!(case.checked(&["--deny", "warnings"]).status.code(), Some(0));
    fs::write(case.path("topology/ocstopo.toml"), "[lint]\nignore = ['OCS0971']\n").unwrap();
    let ignored = case.checked(&[]);
    assert_eq!((ignored.status.code(), text(&ignored.stdout)), (Some(0), ""), "{}", text(&ignored.stderr));
    fs::write(case.path("topology/ocstopo.toml"), "[lint]\nignore = ['zone-file']\n").unwrap();
    assert!(text(&case.checked(&[]).stderr).contains("cannot be waived"));
}

#[test]
fn formats_list_the_codes_of_their_command_only() {
    let case = Case::new();
    let (pem, topology) = (case.path("sip.pem"), case.path("topology"));
    let certificate = run(&["cert", "check", &pem, "--topology", &topology, "--format", "sarif"]);
    for (output, begin) in [(case.checked(&["--format", "sarif"]), "OCS097"), (certificate, "OCS20")] {
        let sarif: Value = serde_json::from_str(text(&output.stdout)).unwrap();
        let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
        assert!(rules.len() > 5 && rules.iter().all(|rule| rule["id"].as_str().unwrap().starts_with(begin)), "{rules:#?}");
    }
    for format in ["human", "short", "json", "sarif", "github", "junit"] {
        assert_eq!(case.checked(&["--format", format]).status.code(), Some(0), "{format}");
    }
}

#[test]
fn json_answers_equal_human_ones() {
    let json = |arguments: &[&str]| -> Value {
        let output = run(&[arguments, &["examples/fabrikam", "--format", "json"]].concat());
        serde_json::from_str(text(&output.stdout)).unwrap_or_else(|error| panic!("{error}: {}", text(&output.stderr)))
    };
    let stopped = json(&["why", "tcp 8.8.8.8 -> 198.18.7.2:5061"]);
    assert_eq!((&stopped["kind"], &stopped["passes"]), (&"packet".into(), &false.into()));
    let way = json(&["trace", "internet", "office.edge"]);
    let flow = way["ways"][0]["flow"].as_str().unwrap();
    let shown = run(&["trace", "internet", "office.edge", "examples/fabrikam"]);
    assert!(text(&shown.stdout).starts_with(&format!("{flow}  ")));
    assert!(text(&shown.stderr).contains(&format!("{} connection", way["connections"])), "{}", text(&shown.stderr));
}
