//! Outages against brute force: each thing and each pair of things is taken out, and what then still works is compared with the single
//! points of failure and the pairs. All examples, generated sites, and networks with ways in circles.

use std::collections::{BTreeMap, BTreeSet};

use ocstopo::compile::{CompileOptions, Compiled, compile};
use ocstopo::plan::Plans;
use ocstopo::plan::outage::{Part, PartId};
use ocstopo::query::fail::{fail, pairs, ranking};
use ocstopo::text::SourceMap;
use proptest::prelude::*;

use crate::generator;
use crate::support::topologies::{compiled, compiled_example, files, one_file};
use crate::support::{EXAMPLES, root};

fn generated(sites: usize) -> Compiled {
    compile(SourceMap::new(generator::files(sites)), &CompileOptions::default())
}

/// Single points of failure are exactly what takes a use away when it is taken out alone.
fn single_outages_agree(name: &str, plans: Plans<'_>) {
    let plan = plans.outages();
    assert!(!plan.uses.is_empty(), "{name} has no services");
    let cuts = plan.cuts();
    let mut claimed: BTreeMap<PartId, Vec<usize>> = BTreeMap::new();
    for (at, used) in plan.uses.iter().enumerate() {
        for part in cuts.of(used.need).unwrap_or_else(|| panic!("{name}: a use that does not work")) {
            claimed.entry(*part).or_default().push(at);
        }
    }
    for part in plan.parts.all() {
        let found = plan.lost(&[part]);
        let claimed = claimed.remove(&part).unwrap_or_default();
        assert_eq!(claimed, found, "{name}: {:?}", plan.parts.part(part));
    }
    assert!(claimed.is_empty(), "{name}: {claimed:?}");
}

/// Pairs are exactly what takes a use away together, and not alone.
fn pairs_agree(name: &str, plans: Plans<'_>) {
    let plan = plans.outages();
    let counts = |part: Part| !matches!(part, Part::Network(_) | Part::Site(_));
    let mut claimed: BTreeSet<(PartId, PartId, usize)> = BTreeSet::new();
    plan.pairs(&plan.cuts(), counts, |one, other, used| claimed.insert((one, other, used)));
    let parts: Vec<PartId> =
        plan.parts.all().filter(|part| counts(plan.parts.part(*part)) && !plan.parts.has_spare(*part)).collect();
    let alone: BTreeMap<PartId, BTreeSet<usize>> =
        parts.iter().map(|part| (*part, plan.lost(&[*part]).into_iter().collect())).collect();
    let mut found: BTreeSet<(PartId, PartId, usize)> = BTreeSet::new();
    for (at, one) in parts.iter().enumerate() {
        for other in &parts[at + 1..] {
            let together = plan.lost(&[*one, *other]).into_iter();
            let new = together.filter(|used| !alone[one].contains(used) && !alone[other].contains(used));
            found.extend(new.map(|used| (*one, *other, used)));
        }
    }
    let named = |(one, other, used): &(PartId, PartId, usize)| (plan.parts.part(*one), plan.parts.part(*other), *used);
    let only = |left: &BTreeSet<_>, right: &BTreeSet<_>| left.difference(right).map(named).collect::<Vec<_>>();
    assert!(claimed == found, "{name}: only claimed {:?}, only found {:?}", only(&claimed, &found), only(&found, &claimed));
}

#[test]
fn single_outages_are_those_of_brute_force() {
    for name in EXAMPLES {
        single_outages_agree(name, compiled_example(name).plans().unwrap());
    }
    for sites in [1, 2, 12] {
        single_outages_agree(&format!("{sites} sites"), generated(sites).plans().unwrap());
    }
}

#[test]
fn pairs_are_those_of_brute_force() {
    for name in EXAMPLES {
        pairs_agree(name, compiled_example(name).plans().unwrap());
    }
    pairs_agree("2 sites", generated(2).plans().unwrap());
}

/// Two sites whose networks are joined as the test likes: network numbers for each firewall and each link; 0 is the internet.
fn mesh(firewalls: &[Vec<usize>], links: &[(usize, usize)], redundant: bool) -> String {
    const NETWORKS: [&str; 7] = ["internet", "a.servers", "a.clients", "a.rim", "b.servers", "b.clients", "b.rim"];
    let name = |at: &usize| NETWORKS[at % NETWORKS.len()];
    let joins = |all: &[usize]| all.iter().map(name).collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(", ");
    let firewall = |(at, all): (usize, &Vec<usize>)| format!("  firewall f{at} {{ joins = [{}] }}\n", joins(all));
    let link = |(at, (one, other)): (usize, &(usize, usize))| {
        format!("wan_link l{at} {{ joins = [{}]  redundant = {redundant} }}\n", joins(&[*one, *other]))
    };
    let site = |name: &str, own: &str| {
        let n = if name == "a" { 1 } else { 2 };
        format!(
            "site {name} {{\n  users = 300\n  domain = d\n
  network servers {{ zone = internal  range = 10.{n}.0.0/24 }}
  network clients {{ zone = internal  range = 10.{n}.1.0/24  clients = true }}
  network rim {{ zone = perimeter  range = 131.107.{n}.0/24 }}
  domain_controller dc{n} {{ address = 10.{n}.0.5 }}
  domain_controller dd{n} {{ address = 10.{n}.1.5 }}
  standard_edition se{n} {{ address = 10.{n}.0.11  users = 300 }}
{own}}}\n"
        )
    };
    let edge = "  edge_array edge {
    shape = consolidated
    next_hop = se1
    inside { fqdn = \"edge.contoso.com\" }
    access_edge { fqdn = \"sip.contoso.com\" }
    web_conferencing_edge { fqdn = \"web.contoso.com\" }
    av_edge { fqdn = \"av.contoso.com\" }
    server edge1 { inside = 131.107.1.10  access_edge = 131.107.1.11  web_conferencing_edge = 131.107.1.12  av_edge = 131.107.1.13 }
  }
";
    let firewalls: String = firewalls.iter().enumerate().map(firewall).collect();
    let links: String = links.iter().enumerate().map(link).collect();
    format!(
        "organization o {{\n  product = ocs_2007\n  sip_domains = [\"contoso.com\"]\n  features = [web_conferencing]
  external_access {{ remote_users = true  federation = allowed_partners }}
  active_directory {{ domain d {{ fqdn = \"contoso.com\" }} }}\n}}\n{}{}{links}",
        site("a", &format!("{firewalls}{edge}")),
        site("b", ""),
    )
}

#[test]
fn a_second_link_ends_a_single_point() {
    let one = [vec![1, 2, 3], vec![0, 3], vec![4, 5]];
    let lost = |links: &[(usize, usize)], redundant: bool| {
        let compiled = compile(one_file(mesh(&one, links, redundant)), &CompileOptions::default());
        let plans = compiled.plans().unwrap();
        single_outages_agree("mesh", plans);
        let ranked = ranking(plans).outages;
        ranked.iter().filter(|one| one.path.starts_with('l')).map(|one| one.path.clone()).collect::<Vec<_>>()
    };
    assert_eq!(lost(&[(1, 4)], false), ["l0"]);
    assert!(lost(&[(1, 4), (1, 4)], false).is_empty());
    assert!(lost(&[(1, 4)], true).is_empty());
    let compiled = compile(one_file(mesh(&one, &[(1, 4), (4, 1)], false)), &CompileOptions::default());
    let found = pairs(compiled.plans().unwrap(), 100).pairs;
    assert!(found.iter().any(|pair| pair.down[0].path == "l0" && pair.down[1].path == "l1"), "{found:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn networks_with_circles_agree(
        firewalls in prop::collection::vec(prop::collection::vec(0usize..7, 2..4), 1..6),
        links in prop::collection::vec((1usize..7, 1usize..7), 0..5),
    ) {
        let whole = [vec![1, 2, 3], vec![0, 3], vec![4, 5]];
        let firewalls: Vec<Vec<usize>> = whole.into_iter().chain(firewalls).collect();
        let compiled = compile(one_file(mesh(&firewalls, &links, false)), &CompileOptions::default());
        let plans = compiled.plans().unwrap();
        single_outages_agree("mesh", plans);
        pairs_agree("mesh", plans);
    }
}

#[test]
fn everything_with_a_name_can_be_asked_for() {
    for name in ["contoso", "global", "fabrikam"] {
        let compiled = compiled_example(name);
        let plans = compiled.plans().unwrap();
        let ranked = ranking(plans);
        for one in &ranked.outages {
            let question = format!("{}:{}", one.kind.word(), one.path);
            let outage =
                fail(plans, std::slice::from_ref(&question)).unwrap_or_else(|error| panic!("{name}: {question}: {error}"));
            assert_eq!(outage.users, one.users, "{name}: {question}");
            assert_eq!(outage.lost.len(), one.lost.len(), "{name}: {question}");
        }
        for path in plans.topology.by_path.keys() {
            assert!(fail(plans, std::slice::from_ref(path)).is_ok(), "{name}: {path}");
        }
    }
}

/// A pool without the Group Chat Server's name on it reaches the rooms by the pool that the server names.
#[test]
fn rooms_are_reached_through_the_pool_that_their_server_names() {
    let group_chat = "group_chat_server chat01 {\n address = 10.51.0.96\n pool = boston.ocs01\n \
                      back_end chatsql { address = 10.51.0.97 }\n}\n\n  standard_edition ocs01";
    let files = files(&root().join("examples/lucerne")).into_iter().map(|(name, text)| {
        let text = text.replace("= ocs_2007\n", "= ocs_2007_r2\n").replace("enterprise_voice]", "enterprise_voice, group_chat]");
        (name, text.replace("standard_edition ocs01", group_chat))
    });
    let compiled = compiled(files.collect());
    let plans = compiled.plans().unwrap_or_else(|| panic!("{:?}", compiled.diags));
    let rooms = |down: &str| {
        let outage = fail(plans, &[down.to_owned()]).unwrap();
        outage.lost.iter().find(|lost| lost.service == "group_chat").map(|lost| lost.users)
    };
    assert_eq!(rooms("boston.chat01"), Some(7_550));
    assert_eq!(rooms("boston.ocs01"), Some(7_550), "the only pool that speaks to the server");
    assert_eq!(rooms("seattle.pool01"), Some(6_050), "its own users only");
    assert_eq!(rooms("seattle_boston"), Some(6_050), "by the line between the pools");
    let held = plans.flows.flows.iter().filter(|flow| flow.row.id == "V35").count();
    assert_eq!(held, 1, "the port is open for one pool only");
}
