//! Each kind of bad row is refused, by name. The rows here are one good catalogue and its single faults.

use super::store;
use super::traffic::load;
use crate::catalog::CatalogError;
use crate::catalog::written::{Files, table};

const SOURCES: &str =
    "page = { title = \"Page\", address = \"example\" }\nmemory = { title = \"Recalled\", address = \"none\" }\n";

const LISTENER: &str = r#"[[listener]]
id = "front_end.sip"
role = "front_end"
transport = ["tcp"]
ports = ["5061"]
application = "SIP"
tls = "mutual"
vip = true
step = 4
source = ["page"]
confidence = "high"
"#;

const FLOW: &str = r#"[[flow]]
id = "C01"
from = ["client"]
to = "front_end"
relation = "any"
transport = ["tcp"]
ports = ["5061"]
application = "SIP"
target = "vip"
tls = "server"
purpose = "sign-in"
breaks = "no sign-in"
step = 4
source = ["page"]
confidence = "high"
"#;

/// What is refused in the good catalogue after a replacement in the flow.
fn faulty_flow(from: &str, to: &str) -> String {
    assert!(FLOW.contains(from), "{from}");
    refusals(LISTENER, &FLOW.replace(from, to))
}

fn refusals(listeners: &str, flows: &str) -> String {
    let files = [("sources.toml", SOURCES), ("listeners.toml", listeners), ("flows/a.toml", flows)];
    let shown = |error: CatalogError| {
        // The list of what serde expected instead is long and grows with the model.
        let text = error.to_string();
        format!("    {}\n", text.split_once(", expected").map_or(text.as_str(), |(problem, _)| problem))
    };
    load(&files).err().unwrap_or_default().into_iter().map(shown).collect()
}

#[test]
fn the_good_catalogue_is_good() {
    assert_eq!(refusals(LISTENER, FLOW), "");
}

#[test]
fn each_fault_of_a_flow_is_named() {
    let faults = [
        ("\"client\"", "\"cleint\""),
        ("relation = \"any\"", "relation = { to = \"next_door\" }"),
        ("step = 4", "step = 4\nflavour = \"sweet\""),
        ("step = 4", "step = 4\nprovenance = 3"),
        ("step = 4", "step = 4\ncondition = 3"),
        ("step = 4", "step = 13"),
        ("source = [\"page\"]\n", ""),
        ("source = [\"page\"]", "source = []"),
        ("source = [\"page\"]", "source = [\"book\"]"),
        ("source = [\"page\"]", "source = [\"memory\"]"),
        ("confidence = \"high\"\n", ""),
        ("[\"client\"]", "[]"),
        ("[\"client\"]", "[\"client\", \"client\"]"),
        ("[\"tcp\"]", "[]"),
        ("ports = [\"5061\"]", "ports = []"),
        ("ports = [\"5061\"]", "ports = [\"5061\", \"5060\"]"),
        ("ports = [\"5061\"]", "ports = [\"5061-5060\"]"),
        ("ports = [\"5061\"]", "ports = [\"70000\"]"),
        ("ports = [\"5061\"]", "ports = [\"5062\"]"),
        ("[\"tcp\"]", "[\"udp\"]"),
        ("to = \"front_end\"", "to = \"front_end\"\nto_side = \"outside\""),
        ("tls = \"server\"\n", ""),
        ("target = \"vip\"", "target = \"vip\"\ntwo_way = true"),
        ("\"sign-in\"", "\"\""),
        ("\"no sign-in\"", "\"no\\nsign-in\""),
        ("id = \"C01\"", "id = \"C 01\""),
        ("id = \"C01\"", "id = \"C01\"\ncondition = \"christmas\""),
        ("id = \"C01\"", "id = \"C01\"\nwhen = [[]]"),
        ("id = \"C01\"", "id = \"C01\"\nconflict = { claims = [{ says = \"a\", source = [\"book\"] }], choice = \"a\" }"),
    ];
    let messages: String = faults
        .iter()
        .map(|(from, to)| {
            let shown = if to.is_empty() { "nothing".to_owned() } else { to.replace('\n', "; ") };
            format!("{} -> {shown}\n{}", from.trim_end(), faulty_flow(from, to))
        })
        .collect();
    insta::assert_snapshot!(messages, @r#"
    "client" -> "cleint"
        flows/a.toml: row `C01`: unknown variant `cleint`
    relation = "any" -> relation = { to = "next_door" }
        flows/a.toml: row `C01`: unknown variant `next_door`
    step = 4 -> step = 4; flavour = "sweet"
        flows/a.toml: row `C01`: unknown field `flavour`
    step = 4 -> step = 4; provenance = 3
        flows/a.toml: row `C01`: unknown field `provenance`
    step = 4 -> step = 4; condition = 3
        flows/a.toml: row `C01`: `condition` is the name of a condition
    step = 4 -> step = 13
        flows/a.toml: row `C01`: the Planning Guide has the steps 1 to 12, no step 13
    source = ["page"] -> nothing
        flows/a.toml: row `C01`: missing field `source`
    source = ["page"] -> source = []
        flows/a.toml: row `C01`: no source
    source = ["page"] -> source = ["book"]
        flows/a.toml: row `C01`: `book` is not in sources.toml
    source = ["page"] -> source = ["memory"]
        flows/a.toml: row `C01`: what was only recalled is of low confidence
    confidence = "high" -> nothing
        flows/a.toml: row `C01`: missing field `confidence`
    ["client"] -> []
        flows/a.toml: row `C01`: `from` is empty
    ["client"] -> ["client", "client"]
        flows/a.toml: row `C01`: `from` names the same twice
    ["tcp"] -> []
        flows/a.toml: row `C01`: `transport` is empty
    ports = ["5061"] -> ports = []
        flows/a.toml: row `C01`: `ports` is empty
    ports = ["5061"] -> ports = ["5061", "5060"]
        flows/a.toml: row `C01`: ports are ascending and apart, 5061 before 5060 is not
        flows: row `C01`: `front_end` has no listener on tcp/5060 (inside) whenever the flow is on
    ports = ["5061"] -> ports = ["5061-5060"]
        flows/a.toml: row `C01`: `5061-5060` counts downwards
    ports = ["5061"] -> ports = ["70000"]
        flows/a.toml: row `C01`: `70000` is not a port or range of ports
    ports = ["5061"] -> ports = ["5062"]
        flows: row `C01`: `front_end` has no listener on tcp/5062 (inside) whenever the flow is on
    ["tcp"] -> ["udp"]
        flows: row `C01`: `front_end` has no listener on udp/5061 (inside) whenever the flow is on
    to = "front_end" -> to = "front_end"; to_side = "outside"
        flows: row `C01`: `front_end` has no listener on tcp/5061 (outside) whenever the flow is on
    tls = "server" -> nothing
        flows: row `C01`: expects other TLS than `front_end.sip` presents
    target = "vip" -> target = "vip"; two_way = true
        flows/a.toml: row `C01`: `two_way` is for UDP alone: who opens a TCP connection is known
        flows/a.toml: row `C01`: `two_way` without `source_ports` opens every port on the way back
    "sign-in" -> ""
        flows/a.toml: row `C01`: `purpose` is empty
    "no sign-in" -> "no\nsign-in"
        flows/a.toml: row `C01`: `breaks` holds a line break or another control character
    id = "C01" -> id = "C 01"
        flows/a.toml: row `C 01`: an id holds letters, digits, `.`, `_` and `-`, and is not empty
    id = "C01" -> id = "C01"; condition = "christmas"
        flows/a.toml: row `C01`: `christmas` is not in conditions.toml
    id = "C01" -> id = "C01"; when = [[]]
        flows/a.toml: row `C01`: `when` is empty
    id = "C01" -> id = "C01"; conflict = { claims = [{ says = "a", source = ["book"] }], choice = "a" }
        flows/a.toml: row `C01`: a conflict has two claims or more
        flows/a.toml: row `C01`: `book` is not in sources.toml
    "#);
}

#[test]
fn contradicting_rows_are_refused() {
    let twice = refusals(LISTENER, &format!("{FLOW}\n{FLOW}"));
    insta::assert_snapshot!(twice, @"    flows: row `C01`: appears twice");
    let left_out = refusals(LISTENER, &format!("{FLOW}\n[[left_out]]\nid = \"C01\"\nwhy = \"twice\"\n"));
    insta::assert_snapshot!(left_out, @"    flows: row `C01`: appears twice");
    let real_only = refusals(&LISTENER.replace("vip = true", "vip = false"), FLOW);
    insta::assert_snapshot!(real_only, @"    flows: row `C01`: goes to the virtual address, where `front_end.sip` never listens");
    let sometimes = refusals(&LISTENER.replace("step = 4", "when = [[\"sip_tcp\"]]\nstep = 4"), FLOW);
    insta::assert_snapshot!(sometimes, @"    flows: row `C01`: `front_end` has no listener on tcp/5061 (inside) whenever the flow is on");
    let backwards = FLOW.replace("\"tcp\"", "\"udp\"").replace("step", "two_way = true\nsource_ports = \"5061\"\nstep");
    insta::assert_snapshot!(refusals(&LISTENER.replace("\"tcp\"", "\"udp\""), &backwards), @"    flows: row `C01`: `client` has no listener on udp/5061 (inside) whenever the flow is on");
}

#[test]
fn other_files_are_refused() {
    let messages = load(&[("flow.toml", FLOW)]).unwrap_err();
    assert_eq!(messages[0].to_string(), "flow.toml: not a file of a catalogue");
    let messages = load(&[("sources.toml", "page = 3")]).unwrap_err();
    assert_eq!(messages[0].file, "sources.toml");
}

const LIMITS: &str = r#"[[limits]]
id = "first"
what = "users"
unit = "users"
value = "many"
step = 2
source = ["page"]
confidence = "high"

[[limits]]
id = "second"
what = "pools"
unit = "pools"
value = 8
step = 2
source = ["book"]
confidence = "high"
"#;

#[test]
fn all_errors_of_a_release_are_found_at_once() {
    let files = [("sources.toml", SOURCES), ("limits.toml", LIMITS), ("flow.toml", FLOW), ("steps.toml", "step = 3")];
    let tables = files.iter().map(|(file, text)| ((*file).to_owned(), table(file, text).expect("TOML")));
    let errors = store::parts(tables.collect(), vec!["no table".into()]).unwrap_err();
    insta::assert_snapshot!(errors.iter().map(|error| format!("{error}\n")).collect::<String>(), @r#"
    limits.toml: row `first`: invalid type: string "many", expected u64
    limits.toml: row `second`: `book` is not in sources.toml
    steps.toml: `step` holds rows: [[step]]
    changes.toml: a note is a table
    flow.toml: not a file of a catalogue
    "#);
    let unknown = store::parts(
        Files::from([("limits.toml".into(), table("limits.toml", &LIMITS.replace("unit =", "units =")).expect("TOML"))]),
        Vec::new(),
    );
    insta::assert_snapshot!(unknown.unwrap_err()[0], @"limits.toml: row `first`: unknown field `units`, expected one of `id`, `value`, `unit`, `what`, `conflict`, `step`, `source`, `confidence`");
    let conditional = LIMITS.replacen("value = \"many\"", "condition = \"calls\"\nvalue = 3", 1);
    let files = [("conditions.toml", "calls = [[\"enterprise_voice\"]]\n"), ("limits.toml", conditional.as_str())];
    let tables = files.iter().map(|(file, text)| ((*file).to_owned(), table(file, text).expect("TOML")));
    let nowhere = store::parts(tables.collect(), Vec::new()).unwrap_err();
    assert!(nowhere[0].to_string().contains("unknown field `condition`, expected"), "{}", nowhere[0]);
}

#[test]
fn a_release_without_anything_has_its_empty_parts() {
    let parts = store::parts(Files::new(), Vec::new()).expect("nothing wrong");
    let names: Vec<&str> = parts.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["sources.toml", "traffic", "steps.toml", "change_steps.toml", "changes.toml"]);
}

#[test]
fn samples_are_read_as_they_are_written() {
    let read = |text| store::samples("samples.toml", table("samples.toml", text).expect("TOML")).map(|_| ());
    assert_eq!(read(include_str!("../samples.toml")), Ok(()));
    let error = read("domain = []\nnetwork = [{ range = \"10.0.0.0\", source = \"RFC\" }]\nprivate_ending = []\n").unwrap_err();
    insta::assert_snapshot!(error, @"samples.toml: invalid IP address syntax");
}
