//! Ten commits to one topology, as people make them: what a change does to artifacts, and what a comparison says of it, is tried on
//! these. Each begins where the one before ends.

use super::root;
use super::topologies::{Files, files};

/// One commit.
pub struct Commit {
    /// What its author would call it.
    pub name: &'static str,
    pub before: Files,
    pub after: Files,
}

/// An edit: the file, a text that is in it exactly once, and what takes its place.
type Edit = (&'static str, &'static str, &'static str);

const ORGANIZATION: &str = "organization.ocstopo";
const REDMOND: &str = "redmond.ocstopo";
const DUBLIN: &str = "dublin.ocstopo";
const VOICE: &str = "voice.ocstopo";
const CORK: &str = "cork.ocstopo";

/// What the first commit begins with: the example without public IM, and with a waiver that ends.
const BEGINNING: [Edit; 2] = [
    (ORGANIZATION, "    public_im          = [msn, aol, yahoo]\n    public_im_licensed = true\n", ""),
    (ORGANIZATION, "of their own networks\" }", "of their own networks\"  until = 2027-03-31 }"),
];

const FRONT_END: [Edit; 1] =
    [(REDMOND, "front_end fe[01..04] { address = 10.10.0.[11..14] }", "front_end fe[01..05] { address = 10.10.0.[11..15] }")];

const RENAMED: [Edit; 3] = [
    (REDMOND, "mediation_server med02 {", "mediation_server med12 {"),
    (
        VOICE,
        "    gateways = [redmond.med01, redmond.med02]\n    usages   = [local]",
        "    gateways = [redmond.med01, redmond.med12]\n    usages   = [local]",
    ),
    (
        VOICE,
        "    gateways = [redmond.med01, redmond.med02]\n    usages   = [far]",
        "    gateways = [redmond.med01, redmond.med12]\n    usages   = [far]",
    ),
];

const PUBLIC_IM: [Edit; 1] = [(
    ORGANIZATION,
    "# releases that audio and video partners run\n",
    "# releases that audio and video partners run\n    public_im          = [msn, aol, yahoo]\n    public_im_licensed = true\n",
)];

const ADDRESS_MOVED: [Edit; 1] = [(REDMOND, "vip = 131.107.155.10 }", "vip = 131.107.155.15 }")];

const BRANCH: [Edit; 2] = [
    (
        ORGANIZATION,
        "# The two sites' server networks.\n",
        "wan_link redmond_cork {\n  joins     = [redmond.servers, cork.servers]\n  bandwidth = 10Mbps\n}\n\n# The two sites' server networks.\n",
    ),
    (REDMOND, "publishes = [pool01, dublin.se01]", "publishes = [pool01, dublin.se01, cork.se01]"),
];

const BRANCH_FILE: &str = r#"# A branch with its own server; everything from outside goes through Redmond.

site cork {
  users  = 600
  domain = corp

  network servers { zone = internal  range = 10.30.0.0/24 }
  network clients { zone = internal  range = 10.30.64.0/20  clients = true }

  firewall inner { joins = [servers, clients]  dialect = nftables }

  domain_controller corkdc01 { address = 10.30.0.5  domain = corp }

  standard_edition se01 {
    fqdn              = "corkse01.corp.contoso.com"
    address           = 10.30.0.11
    users             = 600
    archiving         = redmond.arch01
    external_web_farm = "ocsweb-cork.contoso.com"
  }
}
"#;

const FEDERATION_OFF: [Edit; 1] = [(
    ORGANIZATION,
    "    federation         = discovered\n    federated_av       = [ocs_2007]  # releases that audio and video partners run\n",
    "",
)];

const WAIVER: [Edit; 1] = [(ORGANIZATION, "until = 2027-03-31", "until = 2027-09-30")];

const FORMATTING: [Edit; 3] = [
    (REDMOND, "# The data center.\n", "# The data center, of which this file says everything.\n# Its edge is below.\n\n"),
    (
        REDMOND,
        "site redmond {\n  users  = 24_000\n  domain = corp\n",
        "site redmond {\n  domain = corp\n  # All users but those of the branches.\n  users = 24_000\n\n\n",
    ),
    (VOICE, "  phone_usage local { description", "  phone_usage local {  description"),
];

/// What the later release asks of this topology beside its word.
const LATER: [Edit; 10] = [
    (ORGANIZATION, "product     = ocs_2007", "product     = ocs_2007_r2"),
    (ORGANIZATION, "functional_level   = windows_2000_native", "functional_level   = windows_2003"),
    (ORGANIZATION, "    im_archiving,\n    call_detail_records,\n", "    im_archiving,\n"),
    (
        DUBLIN,
        "    server dubwc1 { inside = 172.26.33.11  web_conferencing_edge = 131.107.160.11 }\n    server dubav1 { inside = 172.26.33.21  av_edge = 131.107.160.21 }\n",
        "    server dubwc1 { inside = 172.26.33.11  web_conferencing_edge = 131.107.160.11  av_edge = 131.107.160.21 }\n",
    ),
    (
        REDMOND,
        "      web_conferencing_edge = 131.107.155.[21..22]\n    }\n\n    server av[1..2] {\n      inside  = 172.25.33.[21..22]\n      av_edge = 131.107.155.[31..32]\n    }\n",
        "      web_conferencing_edge = 131.107.155.[21..22]\n      av_edge               = 131.107.155.[31..32]\n    }\n",
    ),
    (
        REDMOND,
        "    fqdn          = \"dir.corp.contoso.com\"\n",
        "    fqdn          = \"dir.corp.contoso.com\"\n    edition       = enterprise\n",
    ),
    (
        REDMOND,
        "    server dir[01..02] { address = 10.10.0.[21..22] }\n",
        "    back_end dirsql { address = 10.10.0.33  version = sql_2005_sp2 }\n\n    server dir[01..02] { address = 10.10.0.[21..22] }\n",
    ),
    (
        REDMOND,
        "snat_addresses = [10.10.0.9]\n    idle_timeout   = 20min",
        "snat_addresses = [10.10.0.9]\n    idle_timeout   = 30min",
    ),
    (
        REDMOND,
        "snat_addresses = [172.25.33.9]\n    idle_timeout   = 20min",
        "snat_addresses = [172.25.33.9]\n    idle_timeout   = 30min",
    ),
    (REDMOND, "nat          = dnat\n    idle_timeout = 20min", "nat          = dnat\n    idle_timeout = 30min"),
];

/// The topology before and after each of the ten.
pub fn commits() -> Vec<Commit> {
    let mut now = edited(&files(&root().join("examples/contoso")), &BEGINNING);
    let mut commits = Vec::new();
    let mut commit = |name: &'static str, change: &dyn Fn(&Files) -> Files| {
        let after = change(&now);
        assert_ne!(now, after, "{name}");
        commits.push(Commit { name, before: std::mem::replace(&mut now, after.clone()), after });
    };
    commit("front end added", &|files| edited(files, &FRONT_END));
    commit("server renamed", &|files| edited(files, &RENAMED));
    commit("public IM on", &|files| edited(files, &PUBLIC_IM));
    commit("edge address moved", &|files| edited(files, &ADDRESS_MOVED));
    commit("branch added", &|files| with(edited(files, &BRANCH), CORK, BRANCH_FILE.to_owned()));
    commit("federation off", &|files| edited(files, &FEDERATION_OFF));
    commit("waiver prolonged", &|files| edited(files, &WAIVER));
    commit("file split", &split);
    commit("formatting only", &|files| moved(&edited(files, &FORMATTING)));
    commit("product to R2", &|files| edited(files, &LATER));
    commits
}

fn edited(files: &Files, edits: &[Edit]) -> Files {
    let mut files = files.clone();
    for (name, from, to) in edits {
        let text = text_of(&mut files, name);
        assert_eq!(text.matches(from).count(), 1, "{name} has {from:?} once");
        *text = text.replacen(from, to, 1);
    }
    files
}

fn text_of<'f>(files: &'f mut Files, name: &str) -> &'f mut String {
    &mut files.iter_mut().find(|(file, _)| file == name).unwrap_or_else(|| panic!("{name} is there")).1
}

fn with(mut files: Files, name: &str, text: String) -> Files {
    files.push((name.to_owned(), text));
    files.sort();
    files
}

/// Assertions and links get files of their own.
fn split(files: &Files) -> Files {
    let mut files = files.clone();
    let organization = text_of(&mut files, ORGANIZATION);
    let assertions = organization.split_off(organization.find("assert {").expect("assertions"));
    let links = organization.split_off(organization.find("wan_link redmond_cork").expect("links"));
    with(with(files, "assertions.ocstopo", assertions), "links.ocstopo", links)
}

/// A block goes to another place in its file.
fn moved(files: &Files) -> Files {
    let mut files = files.clone();
    let redmond = text_of(&mut files, REDMOND);
    let (from, to) =
        (redmond.find("  director_array dir {").expect("it"), redmond.find("  archiving_server arch01 {").expect("it"));
    let block: String = redmond.drain(from..to).collect();
    redmond.insert_str(redmond.find("  reverse_proxy rp {").expect("it"), &block);
    files
}
