//! octoDNS takes the zones in its form, and reads from them the records that BIND reads from the zone files.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::zone::{Record, records};
use crate::support::{Example, both, judge, text};

/// Prints each record of a zone as octoDNS has read it.
const READ: &str = r#"
import sys
from octodns.provider.yaml import YamlProvider
from octodns.zone import Zone
folder, name = sys.argv[1:]
zone = Zone(name + ".", [])
YamlProvider("judge", folder, enforce_order=True).populate(zone)
for record in zone.records:
    values = record.values if hasattr(record, "values") else [record.value]
    for value in values:
        data = f"{value.priority} {value.weight} {value.port} {value.target}" if record._type == "SRV" else value
        print(record.fqdn.rstrip("."), record._type, str(data).rstrip("."))
"#;

fn folders(example: &Example) -> Vec<(&str, std::path::PathBuf)> {
    let folder = |path: &str| example.path(path).parent().expect("a folder").to_owned();
    let views = example.ending("octodns/config.yaml").into_iter();
    views.map(|path| (path.split('/').nth(1).expect("a view"), folder(path))).collect()
}

fn validate(folder: &Path) -> Result<(), String> {
    let said = judge("octodns-validate").args(["--config-file", "config.yaml"]).current_dir(folder).output().expect("it runs");
    if said.status.success() { Ok(()) } else { Err(both(&said)) }
}

#[test]
fn octodns_takes_every_zone_and_reads_the_same_records() {
    for example in Example::judged_slowly().iter().chain(&Example::with_more_names()) {
        let wanted = records(example);
        for (view, folder) in folders(example) {
            assert_eq!(validate(&folder), Ok(()), "{}: {view}", example.name);
            let zones: BTreeSet<&str> = wanted.iter().filter(|r| r.view == view).map(|r| r.zone.as_str()).collect();
            assert!(!zones.is_empty());
            let config = std::fs::read_to_string(folder.join("config.yaml")).expect("a configuration");
            for zone in zones {
                // octoDNS takes no service at the top of a zone; the configuration says which zones those are.
                if zone.starts_with('_') {
                    assert!(config.contains(&format!("# The zone {zone} is not here: ")), "{config}");
                    continue;
                }
                let said = judge("python3").args(["-c", READ, text(&folder), zone]).output().expect("it runs");
                assert!(said.status.success(), "{}", both(&said));
                let read: BTreeSet<String> = String::from_utf8(said.stdout).expect("text").lines().map(str::to_owned).collect();
                let own = |r: &&Record| r.view == view && r.zone == zone && r.kind != "NS" && r.kind != "SOA";
                let line = |r: &Record| format!("{} {} {}", r.name, r.kind, r.data.join(" "));
                // Glue of the zones below belongs to those.
                let own = wanted.iter().filter(own).filter(|r| !in_deeper(&wanted, view, zone, &r.name));
                let expected: BTreeSet<String> = own.map(line).collect();
                assert_eq!(read, expected, "{}: {view} {zone}", example.name);
            }
        }
    }
}

fn in_deeper(records: &[Record], view: &str, zone: &str, name: &str) -> bool {
    let deeper = records.iter().filter(|record| record.view == view && record.kind == "SOA" && record.zone.len() > zone.len());
    deeper.into_iter().any(|record| name.ends_with(&format!(".{}", record.zone)))
}

/// What octoDNS would do to zones that hold records of others, with the configuration as built but for a target.
fn intended(folder: &Path, config: &str, zone: &str) -> String {
    let there = folder.join("there");
    std::fs::create_dir_all(&there).expect("a folder");
    let theirs = "---\n\"\":\n  - type: MX\n    values:\n      - exchange: mail.example.\n        preference: 10\n  - type: TXT\n    value: v=spf1 -all\nsip:\n  \
                  - type: TXT\n    value: theirs\nwww:\n  - type: A\n    value: 192.0.2.80\n";
    std::fs::write(there.join(format!("{zone}.yaml")), theirs).expect("written");
    let target =
        "  target:\n    class: octodns.provider.yaml.YamlProvider\n    directory: there\n    enforce_order: false\nprocessors:\n";
    let config = config.replacen("processors:\n", target, 1).replace("targets: []", "targets: [target]");
    std::fs::write(folder.join("sync.yaml"), config).expect("written");
    let said = judge("octodns-sync")
        .args(["--config-file", "sync.yaml", "--force", &format!("{zone}.")])
        .current_dir(folder)
        .output()
        .expect("it runs");
    assert!(said.status.success(), "{}", both(&said));
    both(&said)
}

#[test]
fn octodns_leaves_the_records_of_others() {
    let example = Example::build("fabrikam");
    for (_, folder) in folders(&example) {
        let config = std::fs::read_to_string(folder.join("config.yaml")).expect("a configuration");
        let said = intended(&folder, &config, "fabrikam.com");
        assert!(
            said.contains("Create <ARecord A") && !said.contains("Delete <") && said.contains("Updates=0, Deletes=0"),
            "{said}"
        );
        // Without the processors it would delete them.
        let (head, rest) = config.split_once("processors:\n").expect("processors");
        let (_, zones) = rest.split_once("zones:\n").expect("zones");
        let zones: String =
            zones.lines().filter(|l| !l.contains("types") && !l.contains("names of")).map(|l| format!("{l}\n")).collect();
        let bare = format!(
            "{head}processors:\n  none:\n    class: octodns.processor.filter.TypeRejectlistFilter\n    rejectlist: []\nzones:\n{zones}"
        );
        let bare = bare.replace("    processors:\n", "");
        assert!(intended(&folder, &bare, "fabrikam.com").contains("Delete <"), "{bare}");
    }
}

#[test]
fn octodns_refuses_what_is_wrong() {
    let example = Example::build("contoso");
    let (_, folder) = folders(&example).remove(0);
    let file = folder.join("contoso.com.yaml");
    let good = std::fs::read_to_string(&file).expect("a zone");
    for (from, to) in [("target: \"sip.contoso.com.\"", "target: \"sip contoso\""), ("\"131.107.155.30\"", "\"131.107.155.300\"")]
    {
        assert!(good.contains(from), "{from}");
        std::fs::write(&file, good.replacen(from, to, 1)).expect("written");
        assert!(validate(&folder).is_err(), "{to}");
    }
}
