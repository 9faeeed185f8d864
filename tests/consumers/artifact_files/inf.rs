//! A reader of the INF form, and what it reads in every `-2003.inf` and `-2008.inf`: the row of certificates.csv.
//!
//! The form, after Microsoft's description: sections in brackets; `key = value`; `;` begins a comment outside quotes; a value
//! may be in quotes, in which `""` is a quote; a backslash at the end of a line joins the next; `%name%` is replaced from
//! the section Strings, so a `%` of its own is doubled. A key may appear several times.

use std::collections::BTreeMap;

use crate::support::{Example, table};

type Sections = BTreeMap<String, Vec<(String, String)>>;

fn read(text: &str) -> Sections {
    let mut sections = Sections::new();
    let mut here = None;
    for line in text.lines() {
        assert!(line.is_ascii(), "certreq reads the code page of the computer: {line}");
        let line = without_comment(line);
        if line.is_empty() {
            continue;
        }
        assert!(!line.ends_with('\\'), "joined to the next line: {line}");
        if let Some(name) = line.strip_prefix('[') {
            let name = name.strip_suffix(']').unwrap_or_else(|| panic!("{line}"));
            assert!(sections.insert(name.to_ascii_lowercase(), Vec::new()).is_none(), "[{name}] appears twice");
            here = Some(name.to_ascii_lowercase());
            continue;
        }
        let section = here.as_ref().unwrap_or_else(|| panic!("before any section: {line}"));
        let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("no key: {line}"));
        let entry = (key.trim().to_ascii_lowercase(), unquoted(value.trim()));
        sections.get_mut(section).expect("the section").push(entry);
    }
    sections
}

fn without_comment(line: &str) -> String {
    let mut quoted = false;
    let mut kept = String::new();
    for c in line.chars() {
        match c {
            ';' if !quoted => break,
            '"' => quoted = !quoted,
            _ => {}
        }
        kept.push(c);
    }
    assert!(!quoted, "a quote is left open: {line}");
    kept.trim().to_owned()
}

fn unquoted(value: &str) -> String {
    let inner = match value.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"').unwrap_or_else(|| panic!("text beside quotes: {value}")).replace("\"\"", "\""),
        None => value.to_owned(),
    };
    let plain = inner.replace("%%", "\u{0}");
    assert!(!plain.contains('%'), "names a string that is nowhere: {value}");
    plain.replace('\u{0}', "%")
}

fn one<'s>(sections: &'s Sections, section: &str, key: &str) -> Option<&'s str> {
    let mut found = sections.get(section)?.iter().filter(|(name, _)| name == key);
    let value = found.next().map(|(_, value)| value.as_str());
    assert!(found.next().is_none(), "{key} appears twice in [{section}]");
    value
}

/// The names of the form of Windows Server 2003: one attribute of the request.
fn attribute_names(sections: &Sections, slug: &str) -> Vec<String> {
    assert!(!sections.contains_key("extensions"), "{slug}: certreq of 2003 cannot read text in [Extensions]");
    let names = one(sections, "requestattributes", "san").unwrap_or("");
    dns_names(names.split('&').filter(|name| !name.is_empty()), slug)
}

/// The names of the form of Windows Server 2008: `{text}` and its continuations, each with `&` at its end.
fn extension_names(sections: &Sections, slug: &str) -> Vec<String> {
    assert_eq!(one_or_none(sections, "requestattributes", "san"), None, "{slug}: no attribute beside the extension");
    let Some(extensions) = sections.get("extensions") else { return Vec::new() };
    let (first, pieces) = extensions.split_first().unwrap_or_else(|| panic!("{slug}: [Extensions] is empty"));
    assert_eq!((first.0.as_str(), first.1.as_str()), ("2.5.29.17", "{text}"), "{slug}");
    assert!(!pieces.is_empty(), "{slug}: an extension without names");
    let piece = |(key, value): &'_ (String, String)| {
        assert_eq!(key, "_continue_", "{slug}");
        value.strip_suffix('&').unwrap_or_else(|| panic!("{slug}: {value}")).to_owned()
    };
    let pieces: Vec<String> = pieces.iter().map(piece).collect();
    dns_names(pieces.iter().map(String::as_str), slug)
}

fn dns_names<'n>(names: impl Iterator<Item = &'n str>, slug: &str) -> Vec<String> {
    let name = |name: &str| {
        let name = name.strip_prefix("dns=").unwrap_or_else(|| panic!("{slug}: {name}"));
        assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')), "{slug}: {name}");
        name.to_owned()
    };
    names.map(name).collect()
}

fn one_or_none<'s>(sections: &'s Sections, section: &str, key: &str) -> Option<&'s str> {
    sections.contains_key(section).then(|| one(sections, section, key)).flatten()
}

type NamesOf = fn(&Sections, &str) -> Vec<String>;

/// Each form by its file, with the reader of its names.
const FORMS: [(&str, NamesOf); 2] = [("-2003.inf", attribute_names), ("-2008.inf", extension_names)];

fn judge(example: &Example, row: &BTreeMap<String, String>, (file, names): (&str, NamesOf)) {
    let slug = &row["certificate"];
    let text = example.text(&format!("pki/{slug}/{slug}{file}"));
    assert!(text.contains(&format!(";   certreq -new {slug}{file} {slug}.req")), "{slug}: it says how it is run");
    let sections = read(text);
    let request = |key: &str| one(&sections, "newrequest", key).unwrap_or_else(|| panic!("{slug} states no {key}"));
    assert_eq!(one(&sections, "version", "signature"), Some("$Windows NT$"), "{slug}");

    // The table writes the state as ST, certreq as S; the table parts by commas, certreq by semicolons. A comma within a value
    // has a backslash there and quotes here.
    let subject = row["subject"].replace("\\,", "\u{1}");
    let subject: Vec<String> = subject
        .split(',')
        .map(|part| part.replacen("ST=", "S=", 1))
        .map(|part| match part.split_once('=') {
            Some((key, value)) if value.contains('\u{1}') => format!("{key}=\"{}\"", value.replace('\u{1}', ",")),
            _ => part,
        })
        .collect();
    assert_eq!(request("subject").split(';').collect::<Vec<_>>(), subject, "{slug}");
    assert_eq!(request("keylength"), row["key length"], "{slug}");
    assert_eq!(request("exportable"), if row["key exportable"] == "yes" { "TRUE" } else { "FALSE" }, "{slug}");
    for (key, value) in [
        ("machinekeyset", "TRUE"),
        ("keyspec", "1"),
        ("requesttype", "PKCS10"),
        ("providertype", "12"),
        ("providername", "Microsoft RSA SChannel Cryptographic Provider"),
        ("useexistingkeyset", "FALSE"),
        ("smime", "FALSE"),
        ("privatekeyarchive", "FALSE"),
        ("userprotected", "FALSE"),
    ] {
        assert_eq!(request(key), value, "{slug}: {key}");
    }
    let bit = |word: &&str| match *word {
        "digital_signature" => 0x80,
        "key_encipherment" => 0x20,
        other => panic!("{other}"),
    };
    let usage: u32 = table::items(&row["key usage"]).iter().map(bit).sum();
    assert_eq!(request("keyusage"), format!("{usage:#x}"), "{slug}");

    let oids: Vec<&str> = sections["enhancedkeyusageextension"].iter().map(|(_, oid)| oid.as_str()).collect();
    assert!(sections["enhancedkeyusageextension"].iter().all(|(key, _)| key == "oid"), "{slug}");
    assert_eq!(oids, table::items(&row["extended key usage oids"]), "{slug}");

    assert_eq!(names(&sections, slug), table::items(&row["alternative names"]), "{slug} {file}");
    let template = one_or_none(&sections, "requestattributes", "certificatetemplate").unwrap_or("");
    assert_eq!(template, row["template"], "{slug}");
    let known = ["version", "newrequest", "enhancedkeyusageextension", "extensions", "requestattributes"];
    assert!(sections.keys().all(|section| known.contains(&section.as_str())), "{slug} {file}: {:?}", sections.keys());
}

#[test]
fn every_inf_matches_the_table() {
    for example in Example::all().iter() {
        let rows = table::rows(example.text("pki/certificates.csv"));
        for form in FORMS {
            let mut paths: Vec<String> = rows.iter().map(|row| format!("pki/{0}/{0}{1}", row["certificate"], form.0)).collect();
            paths.sort();
            assert_eq!(example.ending(form.0), paths, "{}: a row for each request, a request for each row", example.name);
            rows.iter().for_each(|row| judge(example, row, form));
        }
    }
}

/// A PKI officer takes the right one by its name and its first lines, and knows the price of the older form.
#[test]
fn each_form_names_its_windows_and_the_older_one_its_risk() {
    for example in Example::all().iter() {
        for row in table::rows(example.text("pki/certificates.csv")) {
            let text = |file: &str| example.text(&format!("pki/{0}/{0}{file}", row["certificate"]));
            assert!(text("-2003.inf").contains("certreq of Windows Server 2003."));
            assert!(text("-2008.inf").contains("certreq of Windows Server 2008 and later."));
            let asks = row["issuer kind"] == "enterprise" && !row["alternative names"].is_empty();
            assert_eq!(text("-2003.inf").contains("; RISK: "), asks, "{}", row["certificate"]);
            assert!(!text("-2008.inf").contains("EDITF_"), "{}", row["certificate"]);
        }
    }
}

/// The flag opens every template of the authority to any name: files name it as a risk, and none sets it.
#[test]
fn no_artifact_sets_the_flag_of_the_authority() {
    for example in Example::all().iter() {
        for path in example.ending("") {
            let text = example.text(path);
            assert!(!text.contains("-setreg") && !text.contains("+EDITF"), "{} {path}", example.name);
            let names_the_flag = text.contains("EDITF_ATTRIBUTESUBJECTALTNAME2");
            assert!(!names_the_flag || text.contains("RISK: "), "{} {path} names the flag without its risk", example.name);
        }
    }
}

#[test]
fn the_reader_knows_the_form() {
    let sections = read("; c\n[A]\nx = \"a;b\" ; c\ny = c ; \"d\nz = \"50%% \"\"q\"\"\"\n");
    let values: Vec<&str> = sections["a"].iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(values, ["a;b", "c", "50% \"q\""]);
}
