//! Certificates from request to handshake: authorities made for the test sign the requests that openssl and cfssl make from the
//! files of a build, openssl verifies it, TLS on the loopback accepts the names that DNS leads clients by and no other, and
//! `ocstopo cert check` has no findings. It reports every fault of a certificate.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::running::Running;
use crate::support::zone::{Record, records};
use crate::support::{Example, MODELS, both, ocstopo, root, run, succeed, table, text};
use ocstopo::product::Side;

/// An authority of a test.
struct Authority {
    certificate: PathBuf,
    key: PathBuf,
}

impl Authority {
    fn new(folder: &Path, file: &str, name: &str) -> Self {
        let (certificate, key) = (folder.join(format!("{file}.pem")), folder.join(format!("{file}.key")));
        succeed(
            "openssl",
            &[
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-sha256",
                "-days",
                "3650",
                "-subj",
                &format!("/O=A test/CN={name}"),
                "-keyout",
                text(&key),
                "-out",
                text(&certificate),
            ],
        );
        Self { certificate, key }
    }

    /// Signs a request as it is; `more` are arguments of `openssl x509`.
    fn sign(&self, request: &Path, answer: &Path, more: &[&str]) {
        let arguments = [
            "x509",
            "-req",
            "-in",
            text(request),
            "-CA",
            text(&self.certificate),
            "-CAkey",
            text(&self.key),
            "-CAcreateserial",
            "-copy_extensions",
            "copy",
            "-sha256",
            "-out",
            text(answer),
        ];
        let days: &[&str] = if more.contains(&"-days") { &[] } else { &["-days", "365"] };
        succeed("openssl", &[&arguments, days, more].concat());
    }
}

/// An example with authorities, and every certificate of it requested and signed with one key.
struct Deployment {
    example: Example,
    rows: Vec<BTreeMap<String, String>>,
    folder: tempfile::TempDir,
    enterprise: Authority,
    public: Authority,
}

impl Deployment {
    fn new(name: &'static str) -> Self {
        let example = Example::build(name);
        let rows = table::rows(example.text("pki/certificates.csv"));
        let folder = tempfile::tempdir().unwrap();
        let config = example.topology().organization.authorities.iter().find_map(|authority| authority.config.clone());
        let inside =
            config.as_deref().and_then(|config| config.split_once('\\')).map_or("Some CA inside", |(_, name)| name).to_owned();
        let enterprise = Authority::new(folder.path(), "enterprise", &inside);
        let public = Authority::new(folder.path(), "public", "Some public CA");
        succeed("openssl", &["genrsa", "-out", text(&folder.path().join("server.key")), "2048"]);
        let deployment = Self { example, rows, folder, enterprise, public };
        for row in &deployment.rows {
            let slug = &row["certificate"];
            let (request, answer) = (deployment.file(slug, "csr"), deployment.file(slug, "pem"));
            let config = deployment.example.path(&format!("pki/{slug}/{slug}.cnf"));
            let key = deployment.key();
            succeed("openssl", &["req", "-new", "-config", text(&config), "-key", text(&key), "-out", text(&request)]);
            deployment.authority(row).sign(&request, &answer, &[]);
        }
        deployment
    }

    fn authority(&self, row: &BTreeMap<String, String>) -> &Authority {
        if row["issuer kind"] == "public" { &self.public } else { &self.enterprise }
    }

    fn file(&self, slug: &str, ending: &str) -> PathBuf {
        self.folder.path().join(format!("{slug}.{ending}"))
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("server.key")
    }

    fn row(&self, slug: &str) -> &BTreeMap<String, String> {
        self.rows.iter().find(|row| row["certificate"] == slug).unwrap_or_else(|| panic!("no {slug}"))
    }

    /// `ocstopo cert check` of files.
    fn check(&self, files: &[&Path], more: &[&str]) -> Output {
        let topology = root().join("examples").join(self.example.name);
        let files: Vec<&str> = files.iter().map(|file| text(file)).collect();
        let fixed = ["cert", "check", "--topology", text(&topology)];
        ocstopo(self.folder.path(), &[&fixed, files.as_slice(), more].concat())
    }
}

fn silent(said: &Output) {
    assert_eq!((said.status.code(), both(said).as_str()), (Some(0), ""));
}

/// Every example, a half at a time: the machine waits for other programs most of the while.
#[test]
fn every_certificate_of_every_example_goes_from_request_to_handshake() {
    let reached: usize = std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            scope.spawn(move || {
                let names = crate::support::EXAMPLES.into_iter().enumerate().filter(|(at, _)| at % 2 == half);
                names.map(|(_, name)| request_to_handshake(&Deployment::new(name))).sum::<usize>()
            })
        });
        halves.map(|half| half.join().unwrap()).into_iter().sum()
    });
    assert!(reached > 100, "DNS leads to {reached} names only");
}

/// The number of names that DNS leads clients by.
fn request_to_handshake(deployment: &Deployment) -> usize {
    has_no_findings(deployment);
    is_verified(deployment);
    is_accepted(deployment)
}

/// What is made from a build is what is planned.
fn has_no_findings(deployment: &Deployment) {
    let all = |ending: &str| -> Vec<PathBuf> {
        deployment.rows.iter().map(|row| deployment.file(&row["certificate"], ending)).collect()
    };
    let (requests, answers) = (all("csr"), all("pem"));
    for files in [&requests, &answers] {
        silent(&deployment.check(&files.iter().map(PathBuf::as_path).collect::<Vec<_>>(), &[]));
    }
    // A chain with its authority, text around it, and DER.
    let slug = &deployment.rows[0]["certificate"];
    let chain = deployment.file(slug, "chain");
    let authority = &deployment.authority(&deployment.rows[0]).certificate;
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    fs::write(&chain, format!("subject and so on\n{}\nissuer\n{}", read(authority), read(&answers[0]))).unwrap();
    let der = |kind: &str, from: &Path, ending: &str| {
        let to = deployment.file(slug, ending);
        succeed("openssl", &[kind, "-in", text(from), "-outform", "DER", "-out", text(&to)]);
        to
    };
    let (certificate, request) = (der("x509", &answers[0], "cer"), der("req", &requests[0], "req"));
    silent(&deployment.check(&[&chain, &certificate, &request], &[]));
    let topology = root().join("examples").join(deployment.example.name);
    let standard_input = Command::new(env!("CARGO_BIN_EXE_ocstopo"))
        .args(["cert", "check", "-", "--topology", text(&topology)])
        .stdin(fs::File::open(&chain).unwrap())
        .output()
        .unwrap();
    silent(&standard_input);
    // Each is recognized as the planned one, and as no other; the models have every form.
    let recognized = if MODELS.contains(&deployment.example.name) { deployment.rows.len() } else { 3 };
    for (row, file) in deployment.rows.iter().zip(&answers).take(recognized) {
        let said = deployment.check(&[file], &["--served"]);
        assert!(both(&said).contains(&format!("`{}`", row["certificate"])), "{}", both(&said));
    }
}

#[test]
fn certificates_of_cfssl_have_no_findings() {
    let deployment = Deployment::new("fabrikam");
    for row in &deployment.rows {
        let slug = &row["certificate"];
        let json = deployment.example.path(&format!("pki/{slug}/{slug}-cfssl.json"));
        let Authority { certificate, key } = deployment.authority(row);
        let made =
            succeed("cfssl", &["gencert", "-ca", text(certificate), "-ca-key", text(key), "-config", text(&json), text(&json)]);
        let made: serde_json::Value = serde_json::from_str(&made).unwrap();
        let files = ["csr", "cert"].map(|member| {
            let file = deployment.file(slug, &format!("cfssl.{member}"));
            fs::write(&file, made[member].as_str().unwrap()).unwrap();
            file
        });
        silent(&deployment.check(&[&files[0], &files[1]], &[]));
    }
}

/// The calendar of renewals has the last day of each certificate that was issued, as openssl reads it.
#[test]
fn issued_certificates_have_their_own_days_in_the_renewals() {
    let deployment = Deployment::new("fabrikam");
    let topology = root().join("examples/fabrikam");
    let issued = deployment.folder.path().join("issued");
    fs::create_dir(&issued).unwrap();
    for row in &deployment.rows {
        let slug = &row["certificate"];
        fs::copy(deployment.file(slug, "pem"), issued.join(format!("{slug}.pem"))).unwrap();
    }
    let arguments = ["build", text(&topology), "-o", "out", "--only", "pki", "--certificates", "issued"];
    let said = ocstopo(deployment.folder.path(), &arguments);
    assert!(said.status.success(), "{}", both(&said));
    let renewals = fs::read_to_string(deployment.folder.path().join("out/pki/renewal.csv")).unwrap();
    let renewals = table::rows(&renewals);
    assert_eq!(renewals.len(), deployment.rows.len());
    for renewal in renewals {
        let slug = &renewal["certificate"];
        let end = succeed(
            "openssl",
            &["x509", "-in", text(&deployment.file(slug, "pem")), "-noout", "-enddate", "-dateopt", "iso_8601"],
        );
        let end = end.trim().strip_prefix("notAfter=").unwrap();
        assert!(end.starts_with(&renewal["ends"]), "{slug}: {end} and {}", renewal["ends"]);
        assert!(renewal["dates from"].contains(&format!("issued/{slug}.pem")), "{}", renewal["dates from"]);
    }
}

/// openssl takes every certificate for that of a server, from its own authority and from no other.
fn is_verified(deployment: &Deployment) {
    for row in &deployment.rows {
        let answer = deployment.file(&row["certificate"], "pem");
        let right = &deployment.authority(row).certificate;
        let verify = |authority: &Path, more: &[&str]| {
            let fixed = ["verify", "-purpose", "sslserver", "-CAfile", text(authority)];
            run("openssl", &[&fixed, more, &[text(&answer)]].concat()).status.success()
        };
        assert!(verify(right, &[]), "{}", row["certificate"]);
        assert!(verify(right, &["-verify_hostname", &row["common name"]]), "{}", row["certificate"]);
        let wrong = if row["issuer kind"] == "public" { &deployment.enterprise } else { &deployment.public };
        assert!(!verify(&wrong.certificate, &[]), "{}: the wrong authority", row["certificate"]);
    }
}

/// A server on the loopback, until it is dropped.
struct Server {
    _program: Running,
    port: u16,
}

impl Server {
    fn start(certificate: &Path, key: &Path) -> Self {
        let mut child = Command::new("openssl")
            .args(["s_server", "-accept", "127.0.0.1:0", "-cert", text(certificate), "-key", text(key), "-naccept", "100"])
            // It ends with its input, so that stays open.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| line.unwrap().strip_prefix("ACCEPT 127.0.0.1:").map(|port| port.parse().unwrap()));
        // The rest of what it says is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self { _program: Running::new(child), port: port.expect("it says where it listens") }
    }

    /// Whether a client with a name accepts the certificate; a client that fails for another reason fails the test.
    fn satisfies(&self, name: &str, authority: &Path) -> bool {
        let address = format!("127.0.0.1:{}", self.port);
        let said = Command::new("openssl")
            .args(["s_client", "-brief", "-connect", &address, "-servername", name, "-CAfile", text(authority)])
            .args(["-purpose", "sslserver", "-verify_hostname", name, "-verify_return_error"])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let (accepted, words) = (said.status.success(), both(&said));
        let expected = if accepted { "Verification: OK" } else { "certificate verify failed" };
        assert!(words.contains(expected), "{name}: {words}");
        accepted
    }
}

/// The names by which DNS leads clients to what a certificate serves.
fn names_in_dns(example: &Example, records: &[Record], row: &BTreeMap<String, String>) -> BTreeSet<String> {
    let topology = example.topology();
    let mut names = BTreeSet::new();
    for served in table::items(&row["serves"]) {
        let is_meant = |endpoint: &&ocstopo::model::Endpoint| {
            let path = &topology.group(endpoint.group).path;
            format!("{path} {} {}", endpoint.role.word(), endpoint.side.word()) == served
        };
        let endpoint = topology.endpoints.iter().find(is_meant).unwrap_or_else(|| panic!("no endpoint {served}"));
        let view = if endpoint.side == Side::Outside { "external" } else { "internal" };
        let installs = &row["installs on"];
        let members = endpoint.members.iter().filter(|member| installs.contains(&topology.server(member.server).path));
        let addresses: BTreeSet<Ipv4Addr> = match &endpoint.vip {
            Some(vip) => [vip.address.value].into(),
            None => members.map(|member| member.address.value).collect(),
        };
        let led = records.iter().filter(|record| record.view == view);
        names.extend(led.filter(|r| r.address().is_some_and(|own| addresses.contains(&own))).map(|r| r.name.clone()));
    }
    names
}

/// TLS accepts the names that DNS leads clients by and no other; how many it is.
fn is_accepted(deployment: &Deployment) -> usize {
    let mut accepted = 0;
    let records = records(&deployment.example);
    for row in &deployment.rows {
        let server = Server::start(&deployment.file(&row["certificate"], "pem"), &deployment.key());
        let authority = &deployment.authority(row).certificate;
        let names = names_in_dns(&deployment.example, &records, row);
        for name in &names {
            assert!(server.satisfies(name, authority), "{} refuses {name}, which DNS leads to it", row["certificate"]);
            accepted += 1;
        }
        let own: BTreeSet<&str> =
            table::items(&row["alternative names"]).into_iter().chain([row["common name"].as_str()]).collect();
        let foreign = deployment.rows.iter().map(|other| other["common name"].as_str()).find(|name| !own.contains(name));
        for name in [foreign.unwrap_or("another.example"), &format!("x.{}", row["common name"])] {
            assert!(!server.satisfies(name, authority), "{} is taken for {name}", row["certificate"]);
        }
        let wrong = if row["issuer kind"] == "public" { &deployment.enterprise } else { &deployment.public };
        let first = own.first().expect("a name");
        assert!(!server.satisfies(first, &wrong.certificate), "{}: an authority that is not trusted", row["certificate"]);
    }
    accepted
}

/// What a certificate says instead of what it should.
struct Wrong<'w> {
    file: &'w str,
    subject: &'w str,
    names: &'w str,
    /// Further lines of the extensions.
    extensions: &'w [&'w str],
    /// How the key is made.
    key: &'w [&'w str],
    by_enterprise: bool,
    signing: &'w [&'w str],
}

const SUBJECT: &str = "/C=US/ST=Washington/L=Redmond/O=Contoso Ltd/OU=IT/CN=sip.contoso.com";
const NAMES: &str = "DNS:sip.contoso.com,DNS:sip.retail.contoso.com";
const USES: &[&str] = &["keyUsage=critical,digitalSignature,keyEncipherment", "extendedKeyUsage=serverAuth,clientAuth"];
const KEY: &[&str] = &["rsa:2048"];

/// The certificate of the Access Edge as it should be.
const RIGHT: Wrong<'static> =
    Wrong { file: "right", subject: SUBJECT, names: NAMES, extensions: USES, key: KEY, by_enterprise: false, signing: &[] };

impl Wrong<'_> {
    fn make(&self, deployment: &Deployment) -> PathBuf {
        let (request, key, answer) =
            (deployment.file(self.file, "csr"), deployment.file(self.file, "key"), deployment.file(self.file, "pem"));
        let lines: String = self.extensions.iter().map(|line| format!("{line}\n")).collect();
        let names = if self.names.is_empty() { String::new() } else { format!("subjectAltName={}\n", self.names) };
        let extensions = deployment.file(self.file, "ext");
        fs::write(&extensions, format!("{lines}{names}")).unwrap();
        let new = ["req", "-new", "-nodes", "-subj", self.subject, "-keyout", text(&key), "-out", text(&request), "-newkey"];
        succeed("openssl", &[&new, self.key].concat());
        let authority = if self.by_enterprise { &deployment.enterprise } else { &deployment.public };
        authority.sign(&request, &answer, &[&["-extfile", text(&extensions)], self.signing].concat());
        answer
    }
}

/// A certificate for each code, and more than one for what can be wrong in several ways.
#[rustfmt::skip]
const WRONG: &[Wrong<'static>] = &[
    RIGHT,
    Wrong { file: "foreign", subject: "/CN=spi.contosoo.com", names: "", ..RIGHT },
    Wrong { file: "common-name", subject: "/C=US/ST=Washington/L=Redmond/O=Contoso Ltd/OU=IT/CN=sip.retail.contoso.com", ..RIGHT },
    Wrong { file: "missing", names: "DNS:sip.contoso.com", ..RIGHT },
    Wrong { file: "not-repeated", names: "DNS:sip.retail.contoso.com", ..RIGHT },
    Wrong { file: "wildcard", names: "DNS:sip.contoso.com,DNS:*.retail.contoso.com", ..RIGHT },
    Wrong { file: "extra", names: "DNS:sip.contoso.com,DNS:sip.retail.contoso.com,DNS:mail.contoso.com,IP:131.107.155.10,email:a@contoso.com", ..RIGHT },
    Wrong { file: "twice", names: "DNS:sip.contoso.com,DNS:sip.retail.contoso.com,DNS:SIP.contoso.com", ..RIGHT },
    Wrong { file: "subject", subject: "/C=US/ST=Washington/O=Contoso  LTD/OU=Sales/CN=sip.contoso.com", ..RIGHT },
    Wrong { file: "no-uses", extensions: &[], ..RIGHT },
    Wrong { file: "client-only", extensions: &["extendedKeyUsage=clientAuth"], ..RIGHT },
    Wrong { file: "more-uses", extensions: &["extendedKeyUsage=serverAuth,clientAuth,codeSigning"], ..RIGHT },
    Wrong { file: "key-uses", extensions: &["keyUsage=digitalSignature", "extendedKeyUsage=serverAuth,clientAuth"], ..RIGHT },
    Wrong { file: "short-key", key: &["rsa:1024"], ..RIGHT },
    Wrong { file: "curves", key: &["ec", "-pkeyopt", "ec_paramgen_curve:P-256"], ..RIGHT },
    Wrong { file: "inside", by_enterprise: true, ..RIGHT },
    Wrong { file: "of-windows", extensions: &[USES[0], USES[1], "1.3.6.1.4.1.311.20.2=ASN1:BMPSTRING:WebServer"], ..RIGHT },
    Wrong { file: "template", subject: "/C=US/ST=Washington/L=Redmond/O=Contoso Ltd/OU=IT/CN=um01.corp.contoso.com", names: "", by_enterprise: true,
            extensions: &["extendedKeyUsage=serverAuth", "1.3.6.1.4.1.311.20.2=ASN1:BMPSTRING:Machine"], ..RIGHT },
    Wrong { file: "outside", subject: "/C=US/ST=Washington/L=Redmond/O=Contoso Ltd/OU=IT/CN=um01.corp.contoso.com", names: "", 
            extensions: &["extendedKeyUsage=serverAuth"], ..RIGHT },
    // One certificate for all roles of an edge, a name of another certificate that may share it, and wildcards alone.
    Wrong { file: "one-for-all", names: "DNS:sip.contoso.com,DNS:sip.retail.contoso.com,DNS:webconf.contoso.com,DNS:edge.contoso.com", ..RIGHT },
    Wrong { file: "two-uses", names: "DNS:sip.contoso.com,DNS:sip.retail.contoso.com,DNS:um01.corp.contoso.com", ..RIGHT },
    Wrong { file: "wildcard-alone", subject: "/CN=*.contoso.com", names: "DNS:*.contoso.com", ..RIGHT },
    Wrong { file: "wildcard-beside", names: "DNS:sip.contoso.com,DNS:sip.retail.contoso.com,DNS:*.other.example", ..RIGHT },
    Wrong { file: "authority", extensions: &[USES[0], USES[1], "basicConstraints=critical,CA:TRUE"], ..RIGHT },
];

#[test]
fn every_fault_of_a_certificate_is_reported() {
    let deployment = Deployment::new("contoso");
    let mut output = String::new();
    let mut codes = BTreeSet::new();
    for wrong in WRONG {
        let said = deployment.check(&[&wrong.make(&deployment)], &["--format", "short"]);
        let words = String::from_utf8(said.stdout.clone()).unwrap();
        assert_eq!(said.status.code(), Some(i32::from(!words.is_empty())), "{}: {}", wrong.file, both(&said));
        codes.extend(words.match_indices("[OCS").map(|(at, _)| words[at + 1..at + 8].to_owned()));
        output += if words.is_empty() { "(nothing)\n" } else { &words };
    }
    // Dates, chains and requests.
    let right = deployment.file("right", "pem");
    for today in ["2026-01-01", "9999-12-31"] {
        let said = deployment.check(&[&right], &["--format", "short", "--today", today]);
        assert_eq!(said.status.code(), Some(1));
        let words = String::from_utf8(said.stdout).unwrap();
        assert!(words.starts_with("right.pem:1:1: error[OCS2010]: the certificate of `sip.contoso.com` "), "{words}");
        codes.insert("OCS2010".to_owned());
    }
    // Made by itself with the name of a server, which openssl calls an authority: it is no chain that came along.
    let own = deployment.file("own", "pem");
    let (key, text_of_own) = (deployment.file("own", "key"), text(&own));
    let subject = ["-subj", "/CN=mail.other.example", "-days", "30", "-newkey", "rsa:1024", "-nodes"];
    succeed("openssl", &[&["req", "-x509", "-out", text_of_own, "-keyout", text(&key)], &subject[..]].concat());
    let said = deployment.check(&[&own], &["--format", "short"]);
    assert_eq!(said.status.code(), Some(1), "{}", both(&said));
    assert!(both(&said).contains("[OCS2001]"), "{}", both(&said));
    let chain = deployment.file("chain", "pem");
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    fs::write(&chain, read(&right) + &read(&deployment.public.certificate) + &read(&deployment.enterprise.certificate)).unwrap();
    for file in [&chain, &deployment.file("missing", "csr")] {
        let said = deployment.check(&[file], &["--format", "short"]);
        let words = String::from_utf8(said.stdout).unwrap();
        codes.extend(words.match_indices("[OCS").map(|(at, _)| words[at + 1..at + 8].to_owned()));
        output += &words;
    }
    insta::assert_snapshot!(output);
    let known: BTreeSet<String> = ocstopo::diag::codes::certificates::CODES.iter().map(|row| row.code.0.to_owned()).collect();
    assert_eq!(codes, known, "a certificate for each code");
}

#[test]
fn findings_are_written_for_people_and_for_programs() {
    let deployment = Deployment::new("contoso");
    let missing = Wrong { file: "missing", names: "DNS:sip.contoso.com", ..RIGHT }.make(&deployment);
    let said = |more: &[&str]| {
        let said = deployment.check(&[&missing], more);
        assert_eq!((said.status.code(), String::from_utf8_lossy(&said.stderr).as_ref()), (Some(1), ""));
        String::from_utf8(said.stdout).unwrap()
    };
    // The lines of a certificate differ from run to run, and the folder of the examples from machine to machine.
    let human = said(&[]).replace(&format!("{}/", text(&root())), "");
    let human: Vec<&str> = human.lines().filter(|line| !line.contains(" 2 │ ")).collect();
    insta::assert_snapshot!(human.join("\n"));
    let json: serde_json::Value = serde_json::from_str(&said(&["--format", "json"])).unwrap();
    let found = &json["diagnostics"][0];
    assert_eq!(
        (found["file"].as_str(), found["code"].as_str(), &found["start"]["line"]),
        (Some("missing.pem"), Some("OCS2003"), &1.into())
    );
    assert!(found["related"][0]["file"].as_str().is_some_and(|file| file.ends_with("redmond.ocstopo")));
    let sarif: serde_json::Value = serde_json::from_str(&said(&["--format", "sarif"])).unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!((rules.len(), sarif["runs"][0]["results"][0]["ruleId"].as_str()), (15, Some("OCS2003")));
}

#[test]
fn unreadable_files_end_with_2_and_are_all_reported() {
    let deployment = Deployment::new("fabrikam");
    let (text_file, half) = (deployment.file("a", "txt"), deployment.file("half", "pem"));
    fs::write(&text_file, "no certificate\n").unwrap();
    let whole = fs::read_to_string(&deployment.enterprise.certificate).unwrap();
    fs::write(&half, &whole[..whole.len() / 2]).unwrap();
    let missing = deployment.file("nowhere", "pem");
    let said = deployment.check(&[&text_file, &half, &missing, &deployment.key()], &[]);
    assert_eq!((said.status.code(), said.stdout.len()), (Some(2), 0));
    let words = String::from_utf8(said.stderr).unwrap();
    let errors: Vec<&str> = words.lines().map(|line| line.split(';').next().unwrap()).collect();
    assert_eq!(errors.len(), 4, "{words}");
    for (line, reason) in errors.iter().zip([
        "a.txt: no certificate",
        "half.pem:1: it has no line",
        "nowhere.pem: cannot open",
        "server.key:1: the file has a private key",
    ]) {
        assert!(line.contains(reason), "{line}");
    }
    // What can be read is compared all the same.
    let right = deployment.file(&deployment.rows[0]["certificate"], "pem");
    let said = deployment.check(&[&text_file, &right], &["--today", "9999-12-31", "--format", "short"]);
    assert_eq!(said.status.code(), Some(2), "{}", both(&said));
    assert!(String::from_utf8(said.stdout).unwrap().contains("[OCS2010]"));
    // The findings of a topology that is itself wrong would be wrong.
    let broken = deployment.file("broken", "ocstopo");
    fs::write(&broken, "organization x {}\n").unwrap();
    let certificate = text(&deployment.enterprise.certificate).to_owned();
    let said = ocstopo(deployment.folder.path(), &["cert", "check", &certificate, "--topology", text(&broken)]);
    assert_eq!((said.status.code(), said.stdout.len()), (Some(2), 0));
}

#[test]
fn ocstopo_toml_sets_accepted_findings() {
    let deployment = Deployment::new("fabrikam");
    let topology = deployment.folder.path().join("topology");
    crate::support::copy_example("fabrikam", &topology, |_| {});
    let slug = "office-ocs01-default";
    let answer = deployment.file("more", "pem");
    let extensions = deployment.file("more", "ext");
    let names =
        table::items(&deployment.row(slug)["alternative names"]).iter().map(|name| format!("DNS:{name},")).collect::<String>();
    fs::write(&extensions, format!("subjectAltName={names}DNS:mail.fabrikam.com\nextendedKeyUsage=serverAuth\n")).unwrap();
    let request = deployment.file(slug, "csr");
    succeed(
        "openssl",
        &[
            "x509",
            "-req",
            "-in",
            text(&request),
            "-CA",
            text(&deployment.enterprise.certificate),
            "-CAkey",
            text(&deployment.enterprise.key),
            "-CAcreateserial",
            "-extfile",
            text(&extensions),
            "-out",
            text(&answer),
        ],
    );
    let check =
        || ocstopo(deployment.folder.path(), &["cert", "check", text(&answer), "--topology", "topology", "--format", "short"]);
    let said = check();
    assert!(said.status.code() == Some(1) && both(&said).contains("OCS2004"), "{}", both(&said));
    fs::write(topology.join("ocstopo.toml"), "[lint]\nignore = [\"certificate-name-extra\"]\n").unwrap();
    silent(&check());
}

/// The text of a certificate is foreign.
#[test]
fn a_certificate_cannot_write_on_the_terminal_or_begin_a_line() {
    let deployment = Deployment::new("fabrikam");
    let subject = "/O=x/CN=sip.fabrikam.com\u{1b}[2J\nerror: forged\u{202e}";
    let names = "DNS:sip.fabrikam.com";
    let hostile = Wrong { file: "hostile", subject, names, ..RIGHT }.make(&deployment);
    for format in ["human", "short", "json", "sarif"] {
        let said = deployment.check(&[&hostile], &["--served", "--format", format]);
        assert_eq!(said.status.code(), Some(1), "{}", both(&said));
        let words = both(&said);
        assert!(
            !words.contains(['\u{1b}', '\u{202e}']) && !words.lines().any(|line| line.starts_with("error: forged")),
            "{format}: {words}"
        );
    }
}

/// A deployment with Communicator Web Access of the later release: its published name, and its own one in another domain.
const WEB_ACCESS: &str = include_str!("web_access.ocstopo");

/// What was published for such a server once: the address for browsers and the name of the computer on one certificate. Neither
/// the listener of the proxy nor the server may be blamed for it, and a wildcard is no misspelt name.
#[test]
fn shared_and_wildcard_certificates_are_recognized() {
    let deployment = Deployment::new("fabrikam");
    let topology = deployment.folder.path().join("web_access.ocstopo");
    fs::write(&topology, WEB_ACCESS).unwrap();
    let names = "DNS:im.fabrikam.com,DNS:as.im.fabrikam.com,DNS:download.im.fabrikam.com,DNS:cwa.ad.example";
    let both = Wrong { file: "both", subject: "/CN=im.fabrikam.com", names, ..RIGHT };
    let star = Wrong { file: "star", subject: "/CN=*.ad.example", names: "DNS:*.ad.example", ..RIGHT };
    let mut output = String::new();
    for wrong in [both, star] {
        let file = wrong.make(&deployment);
        let said = ocstopo(deployment.folder.path(), &["cert", "check", text(&file), "--topology", text(&topology), "--served"]);
        assert_eq!(said.status.code(), Some(1), "{}", crate::support::both(&said));
        let words = crate::support::both(&said);
        assert!(!words.contains("did you mean") && !words.contains("too many"), "{words}");
        output += &words.lines().filter(|line| !line.contains(" 2 │ ")).map(|line| format!("{line}\n")).collect::<String>();
    }
    insta::assert_snapshot!(output);
}

#[test]
fn a_great_many_findings_are_counted() {
    let deployment = Deployment::new("fabrikam");
    let foreign = Wrong { file: "foreign", subject: "/CN=spi.contosoo.com", names: "", ..RIGHT }.make(&deployment);
    let many = deployment.file("many", "pem");
    fs::write(&many, fs::read_to_string(&foreign).unwrap().repeat(1_500)).unwrap();
    let said = deployment.check(&[&many], &["--format", "short"]);
    assert_eq!(said.status.code(), Some(1));
    assert_eq!(String::from_utf8(said.stdout).unwrap().lines().count(), 1_000);
    assert_eq!(String::from_utf8(said.stderr).unwrap(), "and 500 findings more\n");
    let broken = deployment.file("broken", "pem");
    fs::write(&broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".repeat(20_000)).unwrap();
    let said = deployment.check(&[&broken], &[]);
    assert_eq!(said.status.code(), Some(2));
    let words = String::from_utf8(said.stderr).unwrap();
    assert_eq!(words.lines().count(), 101, "{}", words.lines().last().unwrap_or_default());
    assert!(words.ends_with("broken.pem: 19900 more blocks cannot be read\n"), "{}", words.lines().last().unwrap_or_default());
}

/// A certificate reissued as a help says, from the request of the build, is as planned.
#[test]
fn certificates_reissued_by_the_help_have_no_findings() {
    let deployment = Deployment::new("contoso");
    let mut followed = 0;
    for wrong in WRONG {
        let said = deployment.check(&[&wrong.make(&deployment)], &["--format", "json"]);
        let json: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap_or_else(|_| panic!("{}", both(&said)));
        for found in json["diagnostics"].as_array().expect("findings") {
            let help = found["help"].as_str().unwrap_or_else(|| panic!("{}: no help", found["message"]));
            let codes = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
            let is_planned = |slug: &String| deployment.rows.iter().any(|row| row["certificate"] == *slug);
            let named: Vec<String> = codes(help).iter().filter_map(|code| code.strip_prefix("pki/").map(str::to_owned)).collect();
            assert!(named.iter().all(is_planned), "{help}");
            // A help without a request is about the certificate that its finding requires.
            let wanted = || {
                let related = found["related"].as_array().into_iter().flatten().filter_map(|place| place["label"].as_str());
                related.flat_map(codes).filter(is_planned).collect::<Vec<_>>()
            };
            let slugs = if named.is_empty() { wanted() } else { named };
            if slugs.is_empty() {
                let listed = |name: &String| deployment.rows.iter().any(|row| row["common name"] == *name);
                assert!(
                    found["code"] == "OCS2001" && codes(help).iter().any(|code| code == "certificates.csv" || listed(code)),
                    "{help}"
                );
                continue;
            }
            let answers: Vec<PathBuf> = slugs.iter().map(|slug| deployment.file(slug, "pem")).collect();
            silent(&deployment.check(&answers.iter().map(PathBuf::as_path).collect::<Vec<_>>(), &[]));
            followed += 1;
        }
    }
    assert!(followed >= WRONG.len() - 2, "only {followed} helps could be followed");
}
