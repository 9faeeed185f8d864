//! The tables of `docs/json.md` hold exactly the fields that are written.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::json;
use crate::compile::{CompileOptions, Compiled, compile, runbook};
use crate::diag::{Code, Diag, Fix};
use crate::plan::Plans;
use crate::plan::runbook::RunbookPlan;
use crate::product::{Client, ClientPlace};
use crate::query::diff::{Version, diff};
use crate::query::{dial, fail, flows, signin, size, trace, why};
use crate::text::{FileId, SourceMap, Span};

const PAGE: &str = include_str!("../../../docs/json.md");

fn compiled() -> Compiled {
    let text = include_str!("../../lint/bases/edge.ocstopo");
    compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text.to_owned())]), &CompileOptions::default())
}

/// The fields in the table of each chapter.
fn documented() -> BTreeMap<&'static str, BTreeSet<String>> {
    let chapters = PAGE.split("\n## ").skip(1);
    let fields = |chapter: &'static str| {
        let rows = chapter.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
        (chapter.lines().next().unwrap_or_default(), rows.map(|(field, _)| field.to_owned()).collect())
    };
    chapters.map(fields).collect()
}

/// The fields of a value, such as `ways[].hops[].kind`.
fn fields(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                found.insert(path.clone());
                fields(value, &path, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| fields(value, &format!("{path}[]"), found)),
        _ => {}
    }
}

/// The fields of documents together, each of which has the version.
fn written(documents: &[String]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for document in documents {
        let value: Value = serde_json::from_str(document).expect("JSON");
        assert_eq!(value["version"], 1);
        fields(&value, "", &mut found);
    }
    found
}

#[test]
fn every_field_is_documented_and_every_documented_field_is_written() {
    let compiled = compiled();
    let plans = compiled.plans().expect("a topology");
    let why = |questions: &[&str]| {
        let answer = |text: &&str| {
            let question = why::Question::read(text).expect("a question");
            json(&why::answer(&question, plans).unwrap_or_else(|error| panic!("{text}: {error}")))
        };
        written(&questions.iter().map(answer).collect::<Vec<_>>())
    };
    let packets = [
        "tcp 8.8.8.8 -> 131.107.155.10:443",
        "tcp 8.8.8.8 -> 131.107.155.10:5061",
        "tcp 131.107.155.12:5061 -> 10.10.0.21",
        "tcp 8.8.8.8 -> 10.10.64.9:6891",
        "tcp 10.10.0.21 -> 10.10.0.11:5061",
    ];
    let traced = [("internet", "edge"), ("edge", "internet")];
    let traced = traced.map(|(from, to)| json(&trace::trace(plans, from, to).expect("names")));
    let signed_in = [ClientPlace::Inside, ClientPlace::Outside].map(|place| {
        let address = signin::SignInAddress::read("anna@contoso.com").expect("an address");
        let (client, down) = (Client::Communicator, Vec::new());
        let question = signin::Question { address, client, place, site: None, pool: None, down };
        json(&signin::signin(plans, &question).expect("an answer"))
    });
    let all = BTreeMap::from([
        ("Findings", written(&[findings()])),
        ("Flows", written(&[json(&flows::flows(plans))])),
        ("Size", written(&sizes(plans))),
        ("Size: an address book file", written(&book_files())),
        ("Trace", written(&traced)),
        ("Sign-in", written(&signed_in)),
        ("Dial", written(&dialled())),
        ("Diff", written(&differences())),
        ("Fail", written(&outages())),
        ("Fail: all", written(&[json(&fail::ranking(plans))])),
        ("Fail: pairs", written(&[json(&fail::pairs(high().plans().expect("a topology"), 3))])),
        ("Why: a packet", why(&packets)),
        ("Why: a rule", why(&["P03"])),
        ("Why: a name in DNS", why(&["dns sip.contoso.com", "dns _sipfederationtls._tcp.contoso.com SRV"])),
        ("Why: a name on certificates", why(&["cert sip.contoso.com"])),
    ]);
    for (chapter, fields) in documented() {
        assert_eq!(
            all.get(chapter),
            Some(&fields),
            "the table of `{chapter}` in docs/json.md (right) and what is written (left)"
        );
    }
    assert_eq!(documented().len(), all.len());
}

/// A deployment where one of several servers can be down.
fn high() -> Compiled {
    let text = include_str!("../../lint/bases/high.ocstopo");
    let text =
        text.replace("gw01 { address", "gw01 { ports = 30  address").replace("gw02 { address", "gw02 { ports = 30  address");
    let other = "firewall inner { joins";
    let text = text.replace(other, &format!("firewall second {{ joins = [edge_inside, servers] }}\n  {other}"));
    let links =
        ["one", "two"].map(|name| format!("wan_link {name} {{ joins = [hq.servers, hq.gateways]  bandwidth = 2Mbps }}\n"));
    let routes = r"
  phone_usage all {}
  policy default { usages = [all] }
  route all { match = '^\+\d+$'  gateways = [hq.med01, hq.med02]  usages = [all] }
}
";
    let text = text.trim_end().strip_suffix('}').expect("voice is last").to_owned() + routes + &links.concat();
    compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text)]), &CompileOptions::default())
}

fn outages() -> Vec<String> {
    let compiled = high();
    let plans = compiled.plans().expect("a topology");
    let of = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        json(&fail::fail(plans, &names).unwrap_or_else(|error| panic!("{error}")))
    };
    vec![of(&["hq.pool01.fe01", "hq.gw01", "one"]), of(&["hq.pool01", "second"])]
}

/// Figures of a topology and of a question, with one that has no value.
fn sizes(plans: Plans<'_>) -> Vec<String> {
    let question = size::Asked {
        product: plans.topology.organization.product,
        users: 100,
        outside: None,
        availability: false,
        voice_users: None,
        call_volume: "light",
        ports_of_a_gateway: None,
        archiving: true,
        retention: None,
        address_book_days: None,
        web_access_sessions: None,
        model: Vec::new(),
    };
    let stated = include_str!("../../lint/bases/edge.ocstopo").replacen(
        "users             = ",
        "fqdn = \"a.corp.contoso.com\" # users = ",
        1,
    );
    let open = compile(SourceMap::new(vec![("a.ocstopo".to_owned(), stated)]), &CompileOptions::default());
    let asked = size::size_asked(&question).expect("figures");
    vec![json(&size::size(plans)), json(&asked), json(&size::size(open.plans().expect("a topology")))]
}

/// A full file and a difference.
fn book_files() -> Vec<String> {
    let read = |name: &str| size::address_book_file(name, crate::product::Product::Ocs2007).expect("a file");
    ["F-0A8C.lsabs", "D-0A8C-0A8D"].map(|name| json(&read(name))).to_vec()
}

/// Differences of all kinds: the small deployment beside one with other texts, in both directions.
fn differences() -> Vec<String> {
    let base = include_str!("../../lint/bases/scaled.ocstopo");
    let other = include_str!("../../lint/bases/edge.ocstopo");
    let waived = |text: &str, until: &str| {
        format!(
            "{text}\nwaive OCS0512 {{ reason = \"later\"  ticket = \"T1\"  until = {until} }}\nassert {{ never internet -> hq }}\n"
        )
    };
    let translated = |public: &str| {
        let nat = format!("static_nat av {{ public = {public}  inside = 131.107.155.12 }} }}");
        other.replace("edge_outside]  dialect = nftables }", &format!("edge_outside]  dialect = nftables  {nat}"))
    };
    let renamed = translated("198.51.100.2").replace("10.10.64.0/20", "10.10.80.0/20").replace("dir01", "dir02");
    let (first, second) = (waived(&translated("198.51.100.1"), "2026-01-01"), waived(&renamed, "2027-01-01"));
    let few = |text: &str, domains: usize| {
        let domains: Vec<String> = (0..domains).map(|at| format!("d{at}.contoso.com")).collect();
        text.replace("[\"contoso.com\"]", &format!("{domains:?}"))
    };
    let pairs = [(&*first, &*second), (base, &*first), (&*first, base), (&*few(other, 14), &*few(other, 2))];
    let compiled =
        |text: &str| compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text.to_owned())]), &CompileOptions::default());
    let compared = |(old, new): (&str, &str)| {
        let (old, new) = (compiled(old), compiled(new));
        let runbooks = [&old, &new].map(|side| runbook(side.plans().expect("a topology"), &[]));
        json(&diff(side(&old, &runbooks[0]), side(&new, &runbooks[1]), None))
    };
    pairs.map(compared).to_vec()
}

/// A number with all that an answer can have, and one of the directory.
fn dialled() -> Vec<String> {
    let text = include_str!("../../lint/bases/voice.ocstopo").replace(
        "  location_profile hq {\n",
        r#"  phone_usage help {}
  policy default { usages = [help] }
  route help { match = '^\+911$'  gateways = [hq.med01]  usages = [help] }
  location_profile hq {
    emergency_numbers = ["911"]
    rule outside { match = '^9?(\d{3})$'  translate = '+$1'  order = 20 }
    rule emergency { match = '^(911)$'  translate = '+$1'  order = 10 }
"#,
    );
    let compiled = compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text)]), &CompileOptions::default());
    let answer = |number, mode| {
        let question = dial::Question { number, from: None, policy: None, mode, down: &[] };
        json(&dial::dial(compiled.plans().expect("a topology"), question).expect("an answer"))
    };
    vec![answer("911", dial::Mode::Dialled), answer("01 00", dial::Mode::Dialled), answer("0100", dial::Mode::AddressBook)]
}

fn side<'a>(compiled: &'a Compiled, runbook: &'a RunbookPlan) -> Version<'a> {
    let plans = compiled.plans().expect("a topology");
    Version { name: "a", plans, findings: &compiled.diags, whole: compiled.linted, runbook }
}

/// A finding with all that one can have.
fn findings() -> String {
    let sources = SourceMap::new(vec![("a".to_owned(), "a = 1\n".to_owned())]);
    let span = Span::new(FileId(0), 0, 1);
    let diag = Diag::error(Code("OCS0101"), "wrong", span, "here").related(span, "there").fix(Fix::write(span, "b"));
    crate::report::json(&sources, &[diag])
}
