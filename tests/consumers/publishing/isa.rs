//! The rules for ISA Server, read back from the table and from the sheet.

use std::collections::{BTreeMap, BTreeSet};

use ocstopo::catalog::Confidence;
use ocstopo::plan::publishing::Proxy;

use crate::publishing::World;
use crate::publishing::agree::planned;
use crate::publishing::read::Row;
use crate::support::table::{items, rows};

/// The rows of a table as what nginx.conf says, so far as a table does.
fn said(table: &[BTreeMap<String, String>]) -> BTreeSet<Row> {
    let mut said = BTreeSet::new();
    for rule in table {
        let paths: Vec<&str> = items(&rule["paths"]);
        let [listener] = items(&rule["listener addresses"])[..] else { panic!("{rule:?}") };
        for name in items(&rule["public names"]) {
            for path in &paths {
                // A folder is there twice, with and without the paths below it.
                if paths.contains(&format!("{path}/*").as_str()) {
                    continue;
                }
                let folder = path.strip_suffix("/*");
                assert!(folder.is_none_or(|folder| folder.is_empty() || paths.contains(&folder)), "{path}");
                assert!(!folder.unwrap_or(path).contains('*'), "{path}");
                said.insert(Row {
                    socket: format!("{listener}:{}", rule["listener port"]),
                    name: name.to_owned(),
                    path: folder.map_or(*path, |folder| if folder.is_empty() { "/" } else { folder }).to_owned(),
                    below: folder.is_some(),
                    servers: items(&rule["internal address"])
                        .iter()
                        .map(|to| format!("{to}:{}", rule["bridging port"]))
                        .collect(),
                    tls: rule["bridging"].starts_with("Use SSL"),
                    inside_name: rule["internal site name"].clone(),
                    authority: String::new(),
                    certificate: rule["certificate"].clone(),
                    megabytes: 0,
                });
            }
        }
    }
    said
}

fn expected(proxy: &Proxy) -> BTreeSet<Row> {
    planned(proxy).into_iter().map(|row| Row { authority: String::new(), megabytes: 0, ..row }).collect()
}

const SETTINGS: &[(&str, &str)] = &[
    ("action", "action"),
    ("publishing type", "publishing_type"),
    ("bridging", "bridging"),
    ("forward original host header", "host_header"),
    ("requests appear to come from", "requests_from"),
    ("authentication delegation", "delegation"),
    ("users", "users"),
    ("listener security", "listener_security"),
    ("listener authentication", "listener_authentication"),
];

#[test]
fn the_table_is_the_plan() {
    for world in World::all() {
        for proxy in &world.plan.proxies {
            let table = rows(world.file(&format!("network/publishing/{}/isa-rules.csv", proxy.label)));
            assert_eq!(said(&table), expected(proxy), "{}", world.name);
            assert_eq!(table.len(), proxy.sites.len());
            for (rule, site) in table.iter().zip(&proxy.sites) {
                for (column, id) in SETTINGS {
                    assert_eq!(rule[*column], world.plan.setting(id).unwrap().value, "{column}");
                }
                let unsure = |(_, id): &&(&str, &str)| world.plan.setting(id).unwrap().provenance.confidence == Confidence::Low;
                assert_eq!(items(&rule["settings not in the guide"]).len(), SETTINGS.iter().filter(unsure).count());
                let sized = site.paths.iter().filter_map(|path| path.largest.as_ref());
                assert_eq!(items(&rule["largest request"]).len(), sized.count());
                assert!(
                    ["reason", "declared", "guide step", "catalogue row", "source", "confidence"]
                        .iter()
                        .all(|c| !rule[*c].is_empty())
                );
            }
        }
    }
}

#[test]
fn changes_of_the_table_are_caught() {
    let contoso = World::named("contoso");
    let text = contoso.file("network/publishing/redmond-rp/isa-rules.csv");
    let proxy = &contoso.plan.proxies[0];
    for (from, to) in [
        ("/ABS/ext; /ABS/ext/*", "/ABS/ext"),
        ("/GroupExpansion/ext/service.asmx", "/GroupExpansion/ext/service.asmx; /x"),
        ("ocsweb.contoso.com", "ocsweb.contoso.com; www.contoso.com"),
        (",10.20.0.11,", ",10.20.0.12,"),
        (",443,selected", ",80,selected"),
        ("se01.corp.contoso.com", "ocsweb-dub.contoso.com"),
    ] {
        assert!(text.contains(from), "{from}");
        assert_ne!(said(&rows(&text.replacen(from, to, 1))), expected(proxy), "{from}");
    }
}

/// The code spans of a line.
fn codes(line: &str) -> Vec<String> {
    line.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The fields of a section of the sheet with what is typed there.
fn fields(section: &str) -> BTreeMap<String, Vec<String>> {
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let lines = section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| page"));
    let mut fields = BTreeMap::new();
    for cells in lines.map(cells) {
        let [_, field, value, _] = cells.as_slice() else { panic!("{cells:?}") };
        assert_eq!(fields.insert(field.clone(), codes(value)), None, "{field} twice");
    }
    fields
}

#[test]
fn the_sheet_equals_the_table() {
    for world in World::all() {
        for proxy in &world.plan.proxies {
            let file = |name: &str| world.file(&format!("network/publishing/{}/{name}", proxy.label));
            let (table, sheet) = (rows(file("isa-rules.csv")), file("isa-rules.md"));
            let sections: Vec<&str> = sheet.split("\n## ").collect();
            let of =
                |start: &str| -> Vec<&str> { sections.iter().copied().filter(|section| section.starts_with(start)).collect() };
            let rules = of("Rule ");
            assert_eq!(rules.len(), table.len(), "{}", world.name);
            let listener = fields(of("The listener ")[0]);
            for (section, rule) in rules.iter().zip(&table) {
                let fields = fields(section);
                let list = |column: &str| items(&rule[column]).iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
                let plain = |column: &str| vec![rule[column].clone()];
                assert_eq!(fields["Web publishing rule name"], plain("rule name"));
                assert_eq!(fields["Action"], plain("action"));
                assert_eq!(fields["Type"], plain("publishing type"));
                assert_eq!(fields["Connection to the published server"], plain("bridging"));
                assert_eq!(fields["Internal site name"], plain("internal site name"));
                assert_eq!(fields["Use a computer name or IP address"], list("internal address"));
                assert_eq!(fields["Paths, all and no others"], list("paths"));
                assert_eq!(fields["Path"], list("paths")[..1]);
                assert_eq!(fields["Public name"], list("public names")[..1]);
                assert_eq!(
                    fields.get("Public names, all and no others").unwrap_or(&fields["Public name"]),
                    &list("public names")
                );
                assert_eq!(fields["Redirect requests to SSL port"], plain("bridging port"));
                assert_eq!(
                    fields["Forward the original host header instead of the actual one"],
                    plain("forward original host header")
                );
                assert_eq!(fields["Requests to the published site"], plain("requests appear to come from"));
                assert_eq!(fields["Method"], plain("authentication delegation"));
                assert_eq!(fields["Users"], plain("users"));
                assert_eq!(fields["Web listener"], plain("listener"));
                assert_eq!(listener["Web listener name"], plain("listener"));
                assert_eq!(listener["Select IP Addresses, specified addresses"], list("listener addresses"));
                assert_eq!(listener["SSL port"], list("listener port"));
                assert_eq!(listener["How clients provide credentials"], plain("listener authentication"));
                assert_eq!(listener["Connections with clients"], plain("listener security"));
                assert_eq!(listener["Connection timeout (seconds)"], plain("connection timeout (seconds)"));
            }
            let shown = proxy.sites[0].certificate.as_ref().unwrap();
            assert_eq!(listener["Certificate"], [shown.common_name.to_string()]);
        }
    }
}
