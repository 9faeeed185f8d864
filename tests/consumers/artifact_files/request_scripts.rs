//! `requests.cmd` run on servers of its own, and `requests.sh` by the shell with openssl: each makes the requests that the table of
//! certificates gives it, none twice, and says which failed.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};

use crate::support::batch::{Batch, Files};
use crate::support::small_topology::standard_edition;
use crate::support::{Example, both, ocstopo, root, table, text};

/// A blank, and what the interpreter acts on outside quotes.
const FOLDER: &str = "C:\\pki (copy) & more\\";

/// A server with a copy of the folder of the PKI team.
#[derive(Default)]
struct Server {
    host: String,
    later: bool,
    files: Files,
    folder: Vec<String>,
    /// The exit code of certreq for a request.
    fails: BTreeMap<String, i64>,
}

impl Server {
    fn new(example: &Example, host: &str, later: bool) -> Self {
        let copied = example.files.iter().filter_map(|(path, content)| {
            let below = path.strip_prefix("pki/").filter(|below| below.ends_with(".inf") || *below == "requests.txt")?;
            Some((format!("{FOLDER}{}", below.replace('/', "\\")), content.clone()))
        });
        let files = Files::default();
        files.borrow_mut().extend(copied);
        Self { host: host.to_owned(), later, files, ..Self::default() }
    }

    fn answer(&mut self, words: &[String]) -> (String, i64) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let said = match words.as_slice() {
            ["ver", "|", "find", " 5.2."] if self.later => "",
            ["ver", "|", "find", " 5.2."] => "Microsoft Windows [Versione 5.2.3790]\r\n",
            ["hostname"] => return (format!("{}\r\n", self.host), 0),
            ["pushd", folder] => {
                self.folder.push((*folder).to_owned());
                ""
            }
            ["popd"] => {
                self.folder.pop().expect("a folder");
                ""
            }
            ["certreq.exe", "-new", inf, req] => {
                let at = self.folder.last().expect("in the folder of the certificate");
                let slug = req.strip_suffix(".req").expect("a request");
                assert_eq!(*inf, format!("{slug}-{}.inf", if self.later { "2008" } else { "2003" }));
                let mut files = self.files.borrow_mut();
                assert!(files.contains_key(&format!("{at}\\{inf}")), "{at}\\{inf}");
                assert!(files.insert(format!("{at}\\{req}"), String::new()).is_none(), "a second key for {slug}");
                return ("CertReq: Request Created\r\n".to_owned(), self.fails.get(slug).copied().unwrap_or_default());
            }
            _ => panic!("not a command of this script: {words:?}"),
        };
        (said.to_owned(), 0)
    }

    fn run(&mut self, script: &str, arguments: &[&str]) -> (i64, String) {
        let files = self.files.clone();
        let server = RefCell::new(self);
        let path = format!("{FOLDER}requests.cmd");
        let mut batch = Batch::on(files, script, &path, |words: &[String]| server.borrow_mut().answer(words));
        let code = batch.run(arguments);
        (code, batch.said)
    }

    /// The certificates whose request is there.
    fn made(&self) -> BTreeSet<String> {
        let files = self.files.borrow();
        let requests = files.keys().filter_map(|path| path.strip_prefix(FOLDER)?.strip_suffix(".req"));
        requests.map(|path| path.split_once('\\').expect("a folder").0.to_owned()).collect()
    }
}

/// Host name, server, certificate, the server that makes the request.
fn lines(example: &Example) -> Vec<Vec<&str>> {
    let lines = example.text("pki/requests.txt").lines().filter(|line| !line.starts_with(';'));
    lines.map(|line| line.split(' ').collect()).collect()
}

#[test]
fn each_server_makes_its_requests_once() {
    for example in &Example::judged_slowly() {
        let script = example.text("pki/requests.cmd");
        let rows = table::rows(example.text("pki/certificates.csv"));
        let mut wanted: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row["store"].contains("LocalMachine")) {
            wanted.entry(&row["request made on"]).or_default().insert(row["certificate"].clone());
        }
        let servers: BTreeMap<&str, &str> = lines(example).iter().map(|line| (line[1], line[0])).collect();
        assert!(wanted.keys().all(|server| servers.contains_key(server)), "{}", example.name);
        for (at, (path, host)) in servers.into_iter().enumerate() {
            let mut server = Server::new(example, &host.to_uppercase(), at % 2 == 1);
            let (code, said) = server.run(script, &[]);
            let wanted = wanted.get(path).cloned().unwrap_or_default();
            assert_eq!((code, server.made()), (0, wanted.clone()), "{path}: {said}");
            assert!(said.ends_with(&format!("{path}: {} made, 0 there already, 0 failed.\n", wanted.len())), "{said}");
            let (code, said) = server.run(script, &[path]);
            assert!(
                code == 0 && said.ends_with(&format!("{path}: 0 made, {} there already, 0 failed.\n", wanted.len())),
                "{said}"
            );
        }
    }
}

#[test]
fn a_server_that_is_not_known_makes_nothing() {
    let example = Example::build("contoso");
    let script = example.text("pki/requests.cmd");
    let said = |server: &mut Server, arguments: &[&str]| {
        let (code, said) = server.run(script, arguments);
        format!("> requests.cmd {}\n{said}[{code}]\n", arguments.join(" "))
    };
    let mut all = String::new();
    let mut stranger = Server::new(&example, "WS17", true);
    all += &said(&mut stranger, &[]);
    all += &said(&mut stranger, &["redmond.pool01"]);
    assert_eq!(stranger.made(), BTreeSet::new());
    // Two servers of one name, in two domains.
    let mut twin = Server::new(&example, "FE01", true);
    let at = format!("{FOLDER}requests.txt");
    let two = example.text("pki/requests.txt").replace("\nfe02 ", "\nfe01 ");
    twin.files.borrow_mut().insert(at.clone(), two);
    all += &said(&mut twin, &[]);
    assert_eq!(twin.made(), BTreeSet::new());
    all += &said(&mut twin, &["redmond.pool01.fe02"]);
    twin.files.borrow_mut().remove(&at);
    all += &said(&mut twin, &[]);
    // A request fails; another has no file for this Windows.
    let mut server = Server::new(&example, "ACC1", false);
    let own: Vec<&str> =
        lines(&example).iter().filter(|line| line[0] == "acc1" && line[1] == line[3]).map(|line| line[2]).collect();
    server.fails.insert(own[0].to_owned(), -2_147_024_891);
    server.files.borrow_mut().remove(&format!("{FOLDER}{0}\\{0}-2003.inf", own[1]));
    all += &said(&mut server, &[]);
    assert!(!server.made().contains(own[0]), "a request that failed is none");
    server.fails.clear();
    all += &said(&mut server, &[]);
    insta::assert_snapshot!(all);
}

#[test]
fn the_scripts_of_a_small_deployment() {
    let example = Example::build("fabrikam");
    let file = |name: &str| example.text(&format!("pki/{name}"));
    for name in ["requests.cmd", "requests.txt"] {
        assert!(file(name).is_ascii() && file(name).split_inclusive('\n').all(|line| line.ends_with("\r\n")), "{name}");
    }
    insta::assert_snapshot!("requests.cmd", file("requests.cmd").replace("\r\n", "\n"));
    insta::assert_snapshot!("requests.txt", file("requests.txt").replace("\r\n", "\n"));
    insta::assert_snapshot!("requests.sh", file("requests.sh"));
}

/// The shell runs the script; `more` is what it is called with.
fn shell(folder: &Path, script: &Path, more: &[&str]) -> Output {
    // It works from any folder.
    Command::new("sh").arg("-eu").arg(script).args(more).current_dir(folder).output().expect("a shell")
}

/// A copy of the folder of the PKI team, with keys that are quickly made.
fn copied(files: &BTreeMap<String, String>, to: &Path) {
    for (path, content) in files.iter().filter(|(path, _)| path.ends_with(".cnf") || path.ends_with("requests.sh")) {
        let path = to.join(path.strip_prefix("pki/").expect("of the PKI team"));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, content.replace("default_bits = 2048", "default_bits = 1024")).expect("written");
    }
}

/// Subject and names of the request of a certificate, and the length of its key.
fn asked(pki: &Path, slug: &str) -> (String, Vec<String>, bool) {
    let request = pki.join(slug).join(format!("{slug}.csr"));
    let read = |more: &[&str]| {
        crate::support::succeed("openssl", &[&["req", "-noout", "-verify", "-in", text(&request)], more].concat())
    };
    let said = read(&["-text"]);
    let names = said.lines().skip_while(|line| !line.contains("X509v3 Subject Alternative Name")).nth(1).unwrap_or_default();
    let names = names.trim().split(", ").filter(|name| !name.is_empty()).map(|name| name.trim_start_matches("DNS:").to_owned());
    let subject = read(&["-subject", "-nameopt", "RFC2253,-esc_msb,utf8"]);
    (subject.trim_end_matches('\n').trim_start_matches("subject=").to_owned(), names.collect(), said.contains("(1024 bit)"))
}

/// Makes the requests of a build and compares them with its table.
fn made_by_the_shell(files: &BTreeMap<String, String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let pki = folder.path().join("a copy of $(pki)'s \"folder\"");
    copied(files, &pki);
    let script = pki.join("requests.sh");
    std::fs::create_dir(pki.join("others")).expect("made");
    std::fs::write(folder.path().join("secret"), "a long passphrase\n").expect("written");
    let secret = ["-passout", "file:secret"];
    let rows = table::rows(&files["pki/certificates.csv"]);
    let (first, count) = (rows[0]["certificate"].as_str(), rows.len());

    let said = shell(folder.path(), &script, &[&secret[..], &[first]].concat());
    assert!(said.status.success() && both(&said).contains("1 made, 0 there already, 0 failed"), "{}", both(&said));
    let key = pki.join(first).join(format!("{first}.key"));
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&key).expect("a key").permissions());
    assert_eq!(mode & 0o077, 0, "for its owner alone");
    let kept = std::fs::read_to_string(&key).expect("a key");
    assert!(kept.contains("ENCRYPTED PRIVATE KEY"));

    let said = shell(folder.path(), &script, &secret);
    assert!(
        said.status.success() && both(&said).contains(&format!("{} made, 1 there already, 0 failed", count - 1)),
        "{}",
        both(&said)
    );
    assert_eq!(std::fs::read_to_string(&key).expect("a key"), kept, "no key is overwritten");
    for row in &rows {
        let wanted =
            (row["subject"].clone(), table::items(&row["alternative names"]).into_iter().map(str::to_owned).collect(), true);
        assert_eq!(asked(&pki, &row["certificate"]), wanted, "{}", row["certificate"]);
    }
}

#[test]
fn the_shell_makes_the_requests_of_the_table() {
    made_by_the_shell(&Example::build("contoso").files);
}

#[test]
fn a_hostile_subject_is_a_subject_to_the_shell() {
    let folder = tempfile::tempdir().expect("a folder");
    let hostile = r"x; touch PWNED & $(touch PWNED) `touch PWNED` 'a' %PATH% #b\\";
    std::fs::write(folder.path().join("a.ocstopo"), standard_edition().replace("\"Fabrikam Inc\"", &format!("\"{hostile}\"")))
        .expect("written");
    let out = folder.path().join("out");
    let said = ocstopo(&root(), &["build", text(&folder.path().join("a.ocstopo")), "-o", text(&out), "--quiet"]);
    assert!(said.status.success(), "{}", both(&said));
    made_by_the_shell(&crate::support::read_tree(&out));
    assert!(!folder.path().join("PWNED").exists());
}

#[test]
fn the_shell_says_what_it_does_not_make() {
    let folder = tempfile::tempdir().expect("a folder");
    let example = Example::build("fabrikam");
    copied(&example.files, folder.path());
    let slug = |at: usize| table::rows(example.text("pki/certificates.csv"))[at]["certificate"].clone();
    let file = |slug: &str, ending: &str| folder.path().join(slug).join(format!("{slug}{ending}"));
    let [half, broken, carried] = [0, 1, 2].map(slug);
    std::fs::write(file(&half, ".key"), "a key").expect("written");
    std::fs::write(file(&broken, ".cnf"), "[ req ]\ndefault_bits = 1024\n").expect("written");
    // The key has been carried away.
    std::fs::write(file(&carried, ".csr"), "a request").expect("written");
    let arguments = ["-passout", "pass:secret", &half, &broken, &carried, "no-such", "../x", ""];
    let said = shell(folder.path(), &folder.path().join("requests.sh"), &arguments);
    assert_eq!(said.status.code(), Some(1));
    let own: Vec<String> = both(&said)
        .lines()
        .filter(|line| line.contains(".csr") || line.starts_with("requests.sh") || line.contains(" made,"))
        .map(str::to_owned)
        .collect();
    insta::assert_snapshot!(own.join("\n"));
    assert!(!file(&broken, ".key").exists() && !file(&carried, ".key").exists());
    assert_eq!(std::fs::read_to_string(file(&half, ".key")).expect("a key"), "a key");
}
