//! Scripts for programs that are not at hand (dnscmd, the DnsServer module of PowerShell, DNSControl), read back by a reader of each
//! form and held against the records that BIND reads from the zone files.

use std::collections::BTreeSet;

use crate::support::Example;
use crate::support::zone::{Record, records};

/// View, owner, type, data.
type Records = BTreeSet<(String, String, String)>;

fn owner(zone: &str, node: &str) -> String {
    if node == "@" { zone.to_owned() } else { format!("{node}.{zone}") }
}

fn dotless(data: &str) -> String {
    data.trim_end_matches('.').to_owned()
}

/// `call :record ZONE NODE TTL TYPE DATA…`; the ten lines of the subroutines name no record.
fn dnscmd(text: &str) -> Records {
    let lines = text.lines().filter_map(|line| line.strip_prefix("call :record "));
    let read = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [zone, node, ttl, kind, data @ ..] = words.as_slice() else { panic!("{line}") };
        assert!(ttl.parse::<u32>().is_ok(), "{line}");
        (owner(zone, node), (*kind).to_owned(), dotless(&data.join(" ")))
    };
    lines.map(read).collect()
}

/// `Add-Record 'ZONE' 'NODE' 'TYPE' 'DATA' @{ … } TTL`: the text and the table say the same.
fn powershell(text: &str) -> Records {
    // A table may have a line of its own.
    let text = text.replace("\r\n", "\n").replace("@{\n        ", "@{ ").replace("\n    } ", " } ");
    let lines = text.lines().filter_map(|line| line.trim_start().strip_prefix("Add-Record '"));
    let read = |line: &str| {
        let (strings, table) = line.split_once(" @{ ").expect("a table");
        let strings: Vec<&str> = strings.trim_end_matches('\'').split("' '").collect();
        let [zone, node, kind, data] = strings.as_slice() else { panic!("{line}") };
        let table = table.split_once(" }").expect("its end").0;
        let value = |key: &str| {
            let part = table.split("; ").find_map(|part| part.strip_prefix(&format!("{key} = ")));
            part.unwrap_or_else(|| panic!("no {key}: {line}")).trim_matches('\'').to_owned()
        };
        let again = match *kind {
            "A" => value("IPv4Address"),
            "CNAME" => value("HostNameAlias"),
            "PTR" => value("PtrDomainName"),
            _ => format!("{} {} {} {}", value("Priority"), value("Weight"), value("Port"), value("DomainName")),
        };
        assert_eq!(&again, data, "{line}");
        (owner(zone, node), (*kind).to_owned(), dotless(data))
    };
    lines.map(read).collect()
}

/// `D("ZONE", …` and below it `TYPE("NODE", …)`.
fn dnscontrol(text: &str) -> Records {
    let mut zone = String::new();
    let mut read = Records::new();
    for line in text.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("D(\"") {
            assert!(rest.contains("NO_PURGE"), "{line}");
            zone = rest.split('"').next().expect("a name").to_owned();
        } else if let Some((kind, rest)) = line.split_once("(\"").filter(|(kind, _)| ["A", "CNAME", "PTR", "SRV"].contains(kind))
        {
            let rest = rest.trim_end_matches(',').strip_suffix(')').expect("its end");
            let (node, data) = rest.split_once("\", ").expect("data");
            read.insert((owner(&zone, node), kind.to_owned(), dotless(&data.replace(['"', ','], ""))));
        }
    }
    read
}

#[test]
fn scripts_have_the_records_of_the_zone_files() {
    type Reader = fn(&str) -> Records;
    let readers: [(&str, Reader); 3] = [("records.cmd", dnscmd), ("records.ps1", powershell), ("dnsconfig.js", dnscontrol)];
    for example in Example::all().iter().chain(&Example::with_more_names()) {
        let records = records(example);
        for &view in example.views() {
            let cut = |r: &Record| {
                records.iter().any(|o| {
                    o.view == view && o.kind == "SOA" && o.zone.len() > r.zone.len() && r.name.ends_with(&format!(".{}", o.zone))
                })
            };
            let own = records.iter().filter(|r| r.view == view && r.kind != "NS" && r.kind != "SOA" && !cut(r));
            let wanted: Records = own.map(|r| (r.name.clone(), r.kind.clone(), r.data.join(" "))).collect();
            assert!(wanted.len() > 3);
            for (file, read) in readers {
                assert_eq!(read(example.text(&format!("dns/{view}/{file}"))), wanted, "{}: {view} {file}", example.name);
            }
        }
    }
}

#[test]
fn scripts_for_windows_have_its_line_ends() {
    let example = Example::build("fabrikam");
    for file in ["dns/internal/records.cmd", "dns/internal/records.ps1"] {
        assert_eq!(example.text(file).matches('\n').count(), example.text(file).matches("\r\n").count(), "{file}");
    }
}
