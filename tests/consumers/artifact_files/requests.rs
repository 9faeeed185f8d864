//! openssl makes a request of every `.cnf` and cfssl of every `-cfssl.json`; what openssl then reads in the request, and in the
//! certificate that cfssl signs by its profile, is the row of certificates.csv.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{Example, root, succeed, table, text};

/// The text behind a heading of `openssl req -text`.
fn after<'t>(said: &'t str, heading: &str) -> Option<&'t str> {
    let (_, rest) = said.split_once(heading)?;
    rest.lines().map(str::trim).find(|line| !line.is_empty())
}

fn words(said: &str, known: &[(&str, &str)]) -> Vec<String> {
    said.split(", ")
        .map(|word| {
            let found = known.iter().find(|(theirs, _)| *theirs == word).unwrap_or_else(|| panic!("`{word}` is not expected"));
            found.1.to_owned()
        })
        .collect()
}

fn judge(example: &Example, row: &BTreeMap<String, String>) {
    let slug = &row["certificate"];
    let config = example.path(&format!("pki/{slug}/{slug}.cnf"));
    let folder = tempfile::tempdir().expect("a folder");
    let (key, request) = (folder.path().join("request.key"), folder.path().join("request.csr"));
    let size = format!("rsa:{}", row["key length"]);
    succeed(
        "openssl",
        &["req", "-new", "-config", text(&config), "-newkey", &size, "-nodes", "-keyout", text(&key), "-out", text(&request)],
    );
    let read = |more: &[&str]| succeed("openssl", &[&["req", "-noout", "-verify", "-in", text(&request)], more].concat());

    let subject = read(&["-subject", "-nameopt", "RFC2253"]);
    assert_eq!(subject.trim(), format!("subject={}", row["subject"]), "{slug}");
    assert!(row["subject"].starts_with(&format!("CN={}", row["common name"])), "{slug}");

    let said = read(&["-text"]);
    let names = after(&said, "X509v3 Subject Alternative Name:").unwrap_or("");
    let names: Vec<&str> = names.split(", ").filter(|name| !name.is_empty()).collect();
    let names: Vec<&str> = names.into_iter().map(|name| name.strip_prefix("DNS:").unwrap_or_else(|| panic!("{name}"))).collect();
    assert_eq!(names, table::items(&row["alternative names"]), "{slug}");
    assert!(names.is_empty() || names.first() == Some(&row["common name"].as_str()), "{slug}: the subject is the first name");

    let uses = words(
        after(&said, "X509v3 Extended Key Usage:").unwrap_or(""),
        &[("TLS Web Server Authentication", "server_authentication"), ("TLS Web Client Authentication", "client_authentication")],
    );
    assert_eq!(uses, table::items(&row["extended key usage"]), "{slug}");
    let keys = words(
        after(&said, "X509v3 Key Usage: critical").unwrap_or(""),
        &[("Digital Signature", "digital_signature"), ("Key Encipherment", "key_encipherment")],
    );
    assert_eq!(keys, table::items(&row["key usage"]), "{slug}");
    assert!(said.contains(&format!("Public-Key: ({} bit)", row["key length"])), "{slug}");
    assert!(said.contains(&format!("Signature Algorithm: {}WithRSAEncryption", row["request digest"])), "{slug}");
    let known = ["Subject Alternative Name:", "Extended Key Usage:", "Key Usage: critical"];
    let unknown = said.lines().filter_map(|line| line.trim().strip_prefix("X509v3 ")).find(|line| !known.contains(&line.trim()));
    assert_eq!(unknown, None, "{slug}: no extension beside these");
}

/// What openssl reads in a request or a certificate: the parts of its subject, its names, uses, key uses and key.
fn read(kind: &str, file: &Path) -> Vec<String> {
    let run = |more: &[&str]| succeed("openssl", &[&[kind, "-noout", "-in", text(file)], more].concat());
    let subject = run(&["-subject", "-nameopt", "RFC2253"]);
    let mut parts: Vec<String> = subject.trim().trim_start_matches("subject=").split(',').map(str::to_owned).collect();
    parts.sort();
    let said = run(&["-text"]);
    let line = |heading: &str| after(&said, heading).unwrap_or("").to_owned();
    let key = said.lines().find_map(|line| line.trim().strip_prefix("Public-Key: ")).unwrap_or("").to_owned();
    parts.extend([
        line("X509v3 Subject Alternative Name:"),
        line("X509v3 Extended Key Usage:"),
        line("X509v3 Key Usage: critical"),
        key,
    ]);
    parts
}

/// The same from a row of the table; a request of cfssl has no uses, for those are the authority's to give.
fn wanted(row: &BTreeMap<String, String>, uses: bool) -> Vec<String> {
    let mut parts: Vec<String> = row["subject"].split(',').map(str::to_owned).collect();
    parts.sort();
    let words = |column: &str, known: &[(&str, &str)]| {
        let word = |item: &&str| known.iter().find(|(own, _)| own == item).unwrap_or_else(|| panic!("{item}")).1.to_owned();
        if uses { table::items(&row[column]).iter().map(word).collect::<Vec<_>>().join(", ") } else { String::new() }
    };
    let names: Vec<String> = table::items(&row["alternative names"]).iter().map(|name| format!("DNS:{name}")).collect();
    parts.extend([
        names.join(", "),
        words(
            "extended key usage",
            &[
                ("server_authentication", "TLS Web Server Authentication"),
                ("client_authentication", "TLS Web Client Authentication"),
            ],
        ),
        words("key usage", &[("digital_signature", "Digital Signature"), ("key_encipherment", "Key Encipherment")]),
        format!("({} bit)", row["key length"]),
    ]);
    parts
}

/// The value of a member of what cfssl prints, in a file of its own.
fn member(json: &str, name: &str, path: &Path) {
    let value: serde_json::Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"));
    std::fs::write(path, value[name].as_str().unwrap_or_else(|| panic!("no {name} in {json}"))).expect("written");
}

#[test]
fn cfssl_reads_every_json_as_the_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("ca.json"), r#"{ "CN": "A test's authority", "key": { "algo": "rsa", "size": 2048 } }"#)
        .expect("written");
    let authority = succeed("cfssl", &["genkey", "-initca", text(&path("ca.json"))]);
    member(&authority, "cert", &path("ca.pem"));
    member(&authority, "key", &path("ca-key.pem"));
    for example in &Example::judged_slowly() {
        let rows = table::rows(example.text("pki/certificates.csv"));
        let mut paths: Vec<String> = rows.iter().map(|row| format!("pki/{0}/{0}-cfssl.json", row["certificate"])).collect();
        paths.sort();
        assert_eq!(example.ending("-cfssl.json"), paths, "{}: a row for each file, a file for each row", example.name);
        for row in &rows {
            let slug = &row["certificate"];
            let json = example.path(&format!("pki/{slug}/{slug}-cfssl.json"));
            let (ca, key) = (path("ca.pem"), path("ca-key.pem"));
            let made =
                succeed("cfssl", &["gencert", "-ca", text(&ca), "-ca-key", text(&key), "-config", text(&json), text(&json)]);
            member(&made, "csr", &path("request.csr"));
            member(&made, "cert", &path("answer.pem"));
            assert_eq!(read("req", &path("request.csr")), wanted(row, false), "{slug}");
            assert_eq!(read("x509", &path("answer.pem")), wanted(row, true), "{slug}");
        }
    }
}

#[test]
fn openssl_reads_every_request_as_the_table() {
    for example in &Example::judged_slowly() {
        let rows = table::rows(example.text("pki/certificates.csv"));
        let mut slugs: Vec<String> = rows.iter().map(|row| format!("pki/{0}/{0}.cnf", row["certificate"])).collect();
        slugs.sort();
        assert_eq!(example.ending(".cnf"), slugs, "{}: a row for each request, a request for each row", example.name);
        std::thread::scope(|scope| {
            for half in rows.chunks(rows.len().div_ceil(2)) {
                scope.spawn(move || half.iter().for_each(|row| judge(example, row)));
            }
        });
    }
}

#[test]
fn the_command_in_the_comment_works() {
    for example in Example::all().iter() {
        for path in example.ending(".cnf") {
            let config = example.text(path);
            let command = command_of(config, "openssl req", &[]);
            let bits = config.lines().find_map(|line| line.strip_prefix("default_bits = ")).expect("bits");
            let slug = path.split('/').nth(1).expect("a folder");
            let expected = format!("req -new -config {slug}.cnf -newkey rsa:{bits} -keyout {slug}.key -out {slug}.csr");
            assert_eq!(command.join(" "), expected, "{path} below {}", root().display());
        }
    }
}

/// The words of the first command of this tool in the head of a file, and what they are run with in a test: a passphrase.
fn command_of(config: &str, tool: &str, more: &[&str]) -> Vec<String> {
    // A user who copies it removes the comment's marks; a backslash joins the next line.
    let bare: String = config.lines().map(|line| line.trim_start_matches(['#', ' ']).to_owned() + "\n").collect();
    let joined = bare.replace("\\\n", "");
    let line = joined.lines().find(|line| line.contains(tool)).unwrap_or_else(|| panic!("no {tool}"));
    line.split(' ').chain(more.iter().copied()).skip(1).map(str::to_owned).collect()
}

/// Windows Server 2016 and older read PFX files of 3DES and SHA-1 only; the commands in the head of the file make one of nothing else.
#[test]
fn the_commands_in_the_comment_make_a_pfx_for_old_windows() {
    let example = Example::build("fabrikam");
    let folder = tempfile::tempdir().expect("a folder");
    let run = |words: &[String]| {
        let said = std::process::Command::new("openssl").args(words).current_dir(folder.path()).output().expect("openssl");
        assert!(said.status.success(), "{words:?}: {}", String::from_utf8_lossy(&said.stderr));
        String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr)
    };
    let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    run(&words("req -x509 -newkey rsa:2048 -nodes -subj /CN=ca -keyout ca.key -out chain.pem"));
    let slug = "office-edge-access-edge";
    std::fs::copy(example.path(&format!("pki/{slug}/{slug}.cnf")), folder.path().join(format!("{slug}.cnf"))).expect("copied");
    let config = example.text(&format!("pki/{slug}/{slug}.cnf"));
    run(&command_of(config, "openssl req", &["-passout", "pass:secret"]));
    run(&words(&format!("x509 -req -in {slug}.csr -CA chain.pem -CAkey ca.key -copy_extensions copy -out {slug}.cer")));
    run(&command_of(config, "openssl pkcs12", &["-passin", "pass:secret", "-passout", "pass:other"]));
    let info = run(&words(&format!("pkcs12 -in {slug}.pfx -info -noout -passin pass:other")));
    let algorithms: Vec<&str> =
        info.lines().filter(|line| line.contains("PKCS7") || line.contains("Keybag") || line.starts_with("MAC")).collect();
    insta::assert_snapshot!(algorithms.join("\n"));
    // The key of the request, and the chain, are in it.
    let held = run(&words(&format!("pkcs12 -in {slug}.pfx -nodes -passin pass:other")));
    assert_eq!((held.matches("BEGIN CERTIFICATE").count(), held.matches("BEGIN PRIVATE KEY").count()), (2, 1));
    let public = |text: &str| text.lines().skip_while(|line| !line.contains("BEGIN PUBLIC")).collect::<Vec<_>>().join("\n");
    let of_key = public(&run(&words(&format!("pkey -in {slug}.key -passin pass:secret -pubout"))));
    assert_eq!(of_key, public(&run(&words(&format!("x509 -in {slug}.cer -noout -pubkey")))));
    // A device keeps its key itself.
    let contoso = Example::build("contoso");
    let device = contoso.ending(".cnf").into_iter().find(|path| path.contains("-gw")).map(|path| contoso.text(path).to_owned());
    assert!(device.is_some_and(|text| !text.contains("pkcs12")));
}
