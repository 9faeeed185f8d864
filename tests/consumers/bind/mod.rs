//! Names from a topology to zone files: what is planned, what is reported instead, and that the name server reads the same
//! records.

mod hostile_names;

use std::collections::BTreeSet;
use std::process::Command;

use crate::support::small_topology::{lines, plan_of, replaced, standard_edition};
use ocstopo::catalog::{Confidence, DnsView, RecordType};
use ocstopo::emit::{Artifact, EmitContext, dns};
use ocstopo::lower::Fqdn;
use ocstopo::model::is_private;
use ocstopo::plan::dns::{DnsPlan, DnsProblem, Places, Record, RecordData, Soa, ViewPlan, Zone, ZoneKind};
use ocstopo::plan::{self, Reason, SourceRef};
use ocstopo::text::{FileId, Span};
use proptest::prelude::*;

fn planned(text: &str) -> DnsPlan {
    plan_of(text, |topology, lines| plan::dns::plan(topology, Some(7), lines))
}

fn name(text: &str) -> Fqdn {
    Fqdn::parse(text).expect("a domain name")
}

fn answers(plan: &DnsPlan, view: DnsView, owner: &str, record: RecordType) -> Vec<String> {
    plan.lookup(view, &name(owner), record).iter().map(|record| record.data.to_string()).collect()
}

fn emitted(plan: &DnsPlan, organization: &str) -> Vec<Artifact> {
    let templates = crate::support::templates();
    dns::emit(plan, &EmitContext { templates, sample: true, organization }).expect("shipped templates render")
}

fn file<'a>(artifacts: &'a [Artifact], path: &str) -> &'a str {
    let found = artifacts.iter().find(|artifact| artifact.path == path);
    &found.unwrap_or_else(|| panic!("no {path} among {:?}", artifacts.iter().map(|a| &a.path).collect::<Vec<_>>())).content
}

/// What named makes of a zone file: owner, type and data of each record.
fn read_back(zone: &str, text: &str) -> BTreeSet<(String, String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("zone");
    std::fs::write(&path, text).expect("written");
    let run = Command::new("named-checkzone").args(["-q", "-i", "local", "-D", "-o", "-", zone]).arg(&path).output();
    let run = run.expect("named-checkzone is installed: see tests/run");
    assert!(run.status.success(), "{}\n{text}", String::from_utf8_lossy(&run.stderr));
    let dump = String::from_utf8(run.stdout).expect("text");
    let record = |line: &str| {
        let mut words = line.split_whitespace();
        let (owner, _ttl, _class, kind) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let data = words.collect::<Vec<_>>().join(" ");
        Some((owner.trim_end_matches('.').to_owned(), kind.to_owned(), data))
    };
    dump.lines().filter(|line| !line.starts_with([';', '$'])).filter_map(record).collect()
}

/// The records of a plan's zone, as a name server would show them.
fn records_of(zone: &Zone) -> BTreeSet<(String, String, String)> {
    let row = |r: &Record| (r.owner.to_string(), r.data.record_type().word().to_owned(), r.data.to_string());
    let mut all: BTreeSet<_> = zone.records.iter().map(row).collect();
    let ns = |zone: &Fqdn, server: &Fqdn| (zone.to_string(), "NS".to_owned(), format!("{server}."));
    all.extend(zone.name_servers.iter().map(|server| ns(&zone.name, server)));
    for below in &zone.delegations {
        all.extend(below.name_servers.iter().map(|server| ns(&below.zone, server)));
        all.extend(below.glue.iter().map(|(name, address)| (name.to_string(), "A".to_owned(), address.to_string())));
    }
    all
}

/// What holds of every plan: services lead into their own domain and to an address, aliases have no other records beside them and
/// are never the top of a zone, a name has one address, and nothing private is published outside.
fn assert_sound(plan: &DnsPlan) {
    for (view, zone, record) in plan.records() {
        let addresses = |name: &Fqdn| plan.lookup(view, name, RecordType::A).len();
        match &record.data {
            RecordData::A(address) => {
                assert_eq!(addresses(&record.owner), 1, "{}", record.owner);
                assert!(view == DnsView::Internal || !is_private(*address), "{}", record.owner);
            }
            RecordData::Cname(_) => {
                assert_eq!(zone.records.iter().filter(|other| other.owner == record.owner).count(), 1, "{}", record.owner);
                assert_ne!(zone.name, record.owner);
            }
            RecordData::Ptr(target) => {
                let back = plan.lookup(view, target, RecordType::A);
                let octets: Vec<&str> = record.owner.as_str().split('.').take(4).collect();
                let address = octets.into_iter().rev().collect::<Vec<_>>().join(".");
                assert!(back.iter().any(|record| record.data.to_string() == address), "{} leads to {target}", record.owner);
            }
            RecordData::Srv { target, .. } => {
                let domain = name(record.owner.as_str().splitn(3, '.').nth(2).expect("_service._protocol.domain"));
                assert!(target.parent().as_ref() == Some(&domain), "{} leads to {target}", record.owner);
                assert_eq!(addresses(target), 1, "{} leads to {target}", record.owner);
            }
        }
    }
}

/// named reads every zone as it was planned; records for inclusion are included in a zone as their reader would do it.
fn assert_served(plan: &DnsPlan) {
    assert_sound(plan);
    let artifacts = emitted(plan, "contoso");
    for view in &plan.views {
        for zone in &view.zones {
            let text = file(&artifacts, &dns::path(view.view, zone));
            let text = match &zone.soa {
                Some(_) => text.to_owned(),
                None => {
                    format!("{0}. 60 IN SOA ns.invalid. hm.invalid. ( 7 1 1 1 1 )\n{0}. 60 IN NS ns.invalid.\n{text}", zone.name)
                }
            };
            let mut read = read_back(zone.name.as_str(), &text);
            read.retain(|(_, kind, data)| kind != "SOA" && data != "ns.invalid.");
            assert_eq!(read, records_of(zone), "{}", zone.name);
        }
    }
}

#[test]
fn zones_of_a_small_deployment() {
    let plan = planned(&standard_edition());
    assert_eq!(plan.problems, []);
    assert_served(&plan);
    let artifacts = emitted(&plan, "fabrikam");
    insta::assert_snapshot!(file(&artifacts, "dns/internal/fabrikam.net.zone"), @"
    ; SAMPLE: names and addresses of an example; not for use
    ; Zone fabrikam.net, internal view, of fabrikam.
    ; It has the names that Office Communications Server needs, and not the other names of the zone.
    ; THIS IS AN ACTIVE DIRECTORY ZONE: LOADED AS IT IS, IT TAKES AWAY THE RECORDS OF DOMAIN CONTROLLERS AND MEMBERS, and domain logon fails.
    ; INTERNALLY, THIS ZONE HIDES THE PUBLIC ONE OF THE SAME NAME: www, mail and all other names that are not here no longer resolve.
    ; If the zone exists, put only these records into it, as nsupdate/, records.cmd and records.ps1 beside this file do.
    ; A zone that takes dynamic updates is frozen before its file is edited (rndc freeze) and thawed afterwards (rndc thaw).
    ; Made by ocstopo; change the topology, not this file.
    $TTL 3600
    fabrikam.net. 3600 IN SOA dc01.fabrikam.net. hostmaster.fabrikam.net. (
    	7 ; serial
    	3600 ; refresh
    	600 ; retry
    	1209600 ; expire
    	3600 ) ; names that are not there
    ; The name servers of the zone, as dns.internal_name_servers says, or else the first domain controllers.
    fabrikam.net. 3600 IN NS dc01.fabrikam.net.

    ; N20 step 4 office.ocs01: automatic sign-in over TLS
    _sipinternaltls._tcp.fabrikam.net. 3600 IN SRV 0 0 5061 ocs01.fabrikam.net.

    ; N12 step 4 office.dc01: a server by its own name; it registers this record itself if dynamic updates are allowed
    dc01.fabrikam.net. 3600 IN A 10.1.0.5

    ; N15 step 6 office.edge: the internal interface of the Access Edge: its virtual address, or its only server
    ; N18 step 6 office.edge: the internal interface of the A/V Edge: its virtual address, or its only server
    ; N16 step 6 office.edge.edge01: each Web Conferencing Edge by its own name: every internal Web Conferencing Server looks it up and opens four connections to
    ; each, never through a load balancer
    edge01.fabrikam.net. 3600 IN A 10.2.0.11

    ; N01 step 4 office.ocs01: the Standard Edition server; it registers this record itself if dynamic updates are allowed
    ocs01.fabrikam.net. 3600 IN A 10.1.0.11

    ; N22 step 4 office.ocs01: target of the sign-in record if the pool's own name is outside the SIP domain, and what clients ask for when they find no such record
    sip.fabrikam.net. 3600 IN A 10.1.0.11
    ");
    insta::assert_snapshot!(file(&artifacts, "dns/external/fabrikam.net.zone"), @r"
    ; SAMPLE: names and addresses of an example; not for use
    ; Zone fabrikam.net, external view, of fabrikam.
    ; It has the names that Office Communications Server needs, and not the other names of the zone.
    ; THE PUBLIC ZONE OF THIS NAME HAS OTHER RECORDS: LOADING THIS FILE IN ITS PLACE REMOVES MX, www AND ALL OTHER RECORDS THAT ARE NOT HERE.
    ; If the zone exists, put only these records into it, as nsupdate/, records.cmd and records.ps1 beside this file do.
    ; A zone that takes dynamic updates is frozen before its file is edited (rndc freeze) and thawed afterwards (rndc thaw).
    ; Made by ocstopo; change the topology, not this file.
    $TTL 3600
    fabrikam.net. 3600 IN SOA ns1.litware.net. hostmaster.fabrikam.net. (
    	7 ; serial
    	3600 ; refresh
    	600 ; retry
    	1209600 ; expire
    	3600 ) ; names that are not there
    ; The name servers of the zone, as dns.external_name_servers says.
    fabrikam.net. 3600 IN NS ns1.litware.net.

    ; N32 step 6 office.edge: automatic sign-in of external users
    _sip._tls.fabrikam.net. 3600 IN SRV 0 0 443 sip.fabrikam.net.

    ; N35 step 6 office.edge: the A/V Edge: an address that the internet routes and no firewall translates
    av.fabrikam.net. 3600 IN A 131.107.9.4

    ; N36 step 6 office.ocs01: address book, meeting content and group expansion for external users, through the reverse proxy
    ocsweb.fabrikam.net. 3600 IN A 131.107.9.5

    ; N30 step 6 office.edge: the Access Edge, by the name in the subject of its certificate
    ; N31 step 6 office.edge: the Access Edge, within each SIP domain: the target of the records below, and the name for partners and public providers
    sip.fabrikam.net. 3600 IN A 131.107.9.2

    ; N34 step 6 office.edge: the Web Conferencing Edge
    webconf.fabrikam.net. 3600 IN A 131.107.9.3
    ");
    insta::assert_snapshot!(lines(file(&artifacts, "dns/records.csv"), 4), @r"
    # SAMPLE: names and addresses of an example; not for use
    view,zone,name,type,ttl,data,reason,declared,guide step,catalogue row,source,confidence
    internal,fabrikam.net,_sipinternaltls._tcp.fabrikam.net,SRV,3600,0 0 5061 ocs01.fabrikam.net.,automatic sign-in over TLS,office.ocs01; fabrikam.sip_domains,4,N20,dns:PG-DNS; dns:PG-AUTO; dns:DEP-AUTO,high
    internal,fabrikam.net,dc01.fabrikam.net,A,3600,10.1.0.5,a server by its own name; it registers this record itself if dynamic updates are allowed,office.dc01,4,N12,memory,low
    ");
}

#[test]
fn sign_in_leads_to_the_pool_where_strict_clients_allow_it() {
    let plan = planned(&standard_edition());
    let tls = "_sipinternaltls._tcp.fabrikam.net";
    assert_eq!(answers(&plan, DnsView::Internal, tls, RecordType::Srv), ["0 0 5061 ocs01.fabrikam.net."]);
    assert_eq!(answers(&plan, DnsView::Internal, "sip.fabrikam.net", RecordType::A), ["10.1.0.11"]);
    assert_eq!(answers(&plan, DnsView::Internal, "_sipinternal._tcp.fabrikam.net", RecordType::Srv), [""; 0]);
    assert_eq!(answers(&plan, DnsView::Internal, "sipinternal.fabrikam.net", RecordType::A), [""; 0]);
}

#[test]
fn sign_in_leads_to_the_sip_name_of_each_other_domain() {
    let text =
        replaced("sip_domains = [\"fabrikam.net\"]", "sip_domains = [\"fabrikam.net\", \"hr.fabrikam.net\", \"litware.net\"]");
    let plan = planned(&text);
    assert_served(&plan);
    let srv =
        |domain: &str| answers(&plan, DnsView::Internal, &format!("_sipinternaltls._tcp.{domain}"), RecordType::Srv).join(" ");
    assert_eq!(srv("fabrikam.net"), "0 0 5061 ocs01.fabrikam.net.");
    for domain in ["hr.fabrikam.net", "litware.net"] {
        assert_eq!(srv(domain), format!("0 0 5061 sip.{domain}."));
        assert_eq!(answers(&plan, DnsView::Internal, &format!("sip.{domain}"), RecordType::A), ["10.1.0.11"]);
        assert_eq!(answers(&plan, DnsView::External, &format!("sip.{domain}"), RecordType::A), ["131.107.9.2"]);
        let tls = answers(&plan, DnsView::External, &format!("_sip._tls.{domain}"), RecordType::Srv);
        assert_eq!(tls, [format!("0 0 443 sip.{domain}.")]);
    }
}

#[test]
fn a_pool_two_labels_down_is_no_target_for_strict_clients() {
    let plan = planned(&replaced("domain root { fqdn = \"fabrikam.net\"", "domain root { fqdn = \"ad.fabrikam.net\""));
    assert_served(&plan);
    let tls = "_sipinternaltls._tcp.fabrikam.net";
    assert_eq!(answers(&plan, DnsView::Internal, tls, RecordType::Srv), ["0 0 5061 sip.fabrikam.net."]);
    let zones: Vec<_> = plan.views[0].zones.iter().map(|zone| (zone.name.as_str(), zone.kind)).collect();
    assert_eq!(zones, [("ad.fabrikam.net", ZoneKind::AdDomain), ("fabrikam.net", ZoneKind::SipDomain)]);
}

#[test]
fn features_bring_their_names() {
    let plan = planned(&replaced("features    = [", "features    = [sip_tcp, "));
    let tcp = answers(&plan, DnsView::Internal, "_sipinternal._tcp.fabrikam.net", RecordType::Srv);
    assert_eq!(tcp, ["0 0 5060 ocs01.fabrikam.net."]);
    assert_eq!(answers(&plan, DnsView::Internal, "sipinternal.fabrikam.net", RecordType::A), ["10.1.0.11"]);

    let federation =
        |word: &str| planned(&replaced("remote_users       = true", &format!("remote_users = true federation = {word}")));
    let srv = |plan: &DnsPlan| answers(plan, DnsView::External, "_sipfederationtls._tcp.fabrikam.net", RecordType::Srv).len();
    assert_eq!((srv(&federation("allowed_partners")), srv(&federation("discovered"))), (0, 1));

    let alone = planned(&replaced("remote_users       = true", "").replace("anonymous_meetings = true", ""));
    assert!(alone.views.iter().all(|view| view.view == DnsView::Internal), "no external user asks for anything");
}

#[test]
fn the_internet_sees_translated_addresses() {
    let nat = "firewall outer { joins = [internet, outside]  dialect = nftables  static_nat sip { public = 131.107.9.200  inside = 131.107.9.2 }";
    let plan = planned(&replaced("firewall outer { joins = [internet, outside]  dialect = nftables", nat));
    assert_eq!(plan.problems, []);
    assert_eq!(answers(&plan, DnsView::External, "sip.fabrikam.net", RecordType::A), ["131.107.9.200"]);
    assert_eq!(answers(&plan, DnsView::Internal, "sip.fabrikam.net", RecordType::A), ["10.1.0.11"]);
}

#[test]
fn a_name_outside_all_domains_has_a_zone_of_its_own() {
    let plan = planned(&replaced("fqdn = \"av.fabrikam.net\"", "fqdn = \"av.litware.net\""));
    assert_served(&plan);
    let zone = plan.views[1].zone_of(&name("av.litware.net")).expect("a zone");
    assert_eq!((zone.name.as_str(), zone.kind), ("av.litware.net", ZoneKind::Pinpoint));
}

#[test]
fn domain_controllers_are_the_default_name_servers_inside() {
    let text = replaced("internal_name_servers = [\"dc01.fabrikam.net\"]", "")
        .replace("\"fabrikam.net\"  functional", "\"ad.fabrikam.net\"  functional");
    let plan = planned(&text);
    assert_served(&plan);
    let zone = plan.views[0].zone_of(&name("sip.fabrikam.net")).expect("a zone");
    assert_eq!(zone.name_servers, [name("dc01.ad.fabrikam.net")]);
    let [below] = zone.delegations.as_slice() else { panic!("one zone below: {:?}", zone.delegations) };
    assert_eq!(below.glue, [(name("dc01.ad.fabrikam.net"), "10.1.0.5".parse().unwrap())]);
}

#[test]
fn without_name_servers_there_are_records_to_include() {
    let plan = planned(&replaced("external_name_servers = [\"ns1.litware.net\"]", ""));
    assert_eq!(plan.problems, [DnsProblem::NoNameServers { view: DnsView::External }]);
    let artifacts = emitted(&plan, "fabrikam");
    let text = file(&artifacts, "dns/external/fabrikam.net.records");
    assert!(!text.contains("SOA") && !text.contains(" NS "), "{text}");
    assert_served(&plan);
}

#[test]
fn a_foreign_zone_gets_records_only() {
    let dns = |zones: &str| replaced("external_name_servers", &format!("{zones}\n    external_name_servers"));
    let plan = planned(&dns("zone all { fqdn = \"fabrikam.net\"  owner = \"Web\\u{20}team\" }"));
    assert_eq!(plan.problems, []);
    assert_served(&plan);
    let artifacts = emitted(&plan, "fabrikam");
    for view in ["internal", "external"] {
        let text = file(&artifacts, &format!("dns/{view}/fabrikam.net.records"));
        assert!(text.contains("; Web team keeps this zone.") && !text.contains("SOA") && !text.contains(" NS "), "{text}");
        assert!(!artifacts.iter().any(|artifact| artifact.path == format!("dns/{view}/fabrikam.net.zone")));
        assert!(
            file(&artifacts, &format!("dns/{view}/octodns/config.yaml"))
                .contains("kept by Web team: publish into it with their consent")
        );
    }
    let outside = planned(&dns("zone all { fqdn = \"fabrikam.net\"  owner = \"Web\"  views = [external] }"));
    assert_served(&outside);
    assert_eq!(outside.views.iter().map(|view| view.zones[0].owner.is_some()).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn a_shared_zone_takes_names_from_its_parent_and_lists_its_children() {
    let text = replaced(
        "sip_domains = [\"fabrikam.net\"]",
        "sip_domains = [\"fabrikam.net\", \"hr.de.fabrikam.net\", \"de.fabrikam.net\"]",
    );
    let plan = planned(&text.replace(
        "external_name_servers",
        "zone de { fqdn = \"de.fabrikam.net\"  owner = \"Berlin\" }\n    external_name_servers",
    ));
    assert_served(&plan);
    let [de, above, hr] = plan.views[0].zones.as_slice() else { panic!("three zones: {:?}", plan.views[0].zones) };
    assert_eq!(
        (de.name.as_str(), above.name.as_str(), hr.name.as_str()),
        ("de.fabrikam.net", "fabrikam.net", "hr.de.fabrikam.net")
    );
    assert!(de.soa.is_none() && hr.soa.is_some() && de.delegations.len() == 1);
    assert_eq!(above.kept_below.iter().map(|kept| kept.zone.as_str()).collect::<Vec<_>>(), ["de.fabrikam.net"]);
    let artifacts = emitted(&plan, "fabrikam");
    assert!(file(&artifacts, "dns/internal/fabrikam.net.zone").contains("; Berlin keeps the zone de.fabrikam.net below"));
}

#[test]
fn domains_hosted_elsewhere_get_pinpoint_zones() {
    let text = replaced("domain root { fqdn = \"fabrikam.net\"", "domain root { fqdn = \"ad.fabrikam.net\"");
    let text = text.replace(
        "internal_name_servers = [\"dc01.fabrikam.net\"]",
        "internal_name_servers = [\"dc01.ad.fabrikam.net\"]\n    pinpoint_domains = [\"fabrikam.net\"]",
    );
    let plan = planned(&text.replace("hostmaster", "#"));
    assert_eq!(plan.problems, []);
    assert_served(&plan);
    let zones: Vec<_> = plan.views[0].zones.iter().map(|zone| (zone.name.as_str(), zone.kind)).collect();
    assert_eq!(
        zones,
        [
            ("_sipinternaltls._tcp.fabrikam.net", ZoneKind::Pinpoint),
            ("ad.fabrikam.net", ZoneKind::AdDomain),
            ("edge01.fabrikam.net", ZoneKind::Pinpoint),
            ("sip.fabrikam.net", ZoneKind::Pinpoint),
        ]
    );
    assert_eq!(
        answers(&plan, DnsView::Internal, "_sipinternaltls._tcp.fabrikam.net", RecordType::Srv),
        ["0 0 5061 sip.fabrikam.net."]
    );
    assert_eq!(plan.views[1].zones.iter().map(|zone| zone.name.as_str()).collect::<Vec<_>>(), ["fabrikam.net"]);
}

#[test]
fn aliases_of_a_pinpointed_name_lie_in_its_zone() {
    let text = replaced("product     = ocs_2007", "product     = ocs_2007_r2")
        .replace("features    = [", "features    = [web_access, desktop_sharing, ")
        .replace(
            "edge_array edge",
            "web_access cwa01 { address = 10.1.0.20  pool = ocs01  fqdn = \"cwa01.litware.com\" }\n  edge_array edge",
        );
    let plan = planned(&text);
    assert_served(&plan);
    let zone = plan.views[0].zone_of(&name("as.cwa01.litware.com")).expect("a zone");
    assert_eq!((zone.name.as_str(), zone.kind, zone.records.len()), ("cwa01.litware.com", ZoneKind::Pinpoint, 3));
}

#[test]
fn reverse_zones_lead_back_to_names() {
    let dns = |more: &str| replaced("external_name_servers", &format!("reverse_zones = true\n{more}\n    external_name_servers"));
    let plan = planned(&dns(""));
    assert_eq!(plan.problems, []);
    assert_served(&plan);
    let back: Vec<String> = plan
        .records()
        .filter(|(.., record)| matches!(record.data, RecordData::Ptr(_)))
        .map(|(_, zone, record)| format!("{}: {} {}", zone.name, record.owner, record.data))
        .collect();
    insta::assert_snapshot!(back.join("\n"), @r"
    0.1.10.in-addr.arpa: 11.0.1.10.in-addr.arpa ocs01.fabrikam.net.
    0.1.10.in-addr.arpa: 5.0.1.10.in-addr.arpa dc01.fabrikam.net.
    0.2.10.in-addr.arpa: 11.0.2.10.in-addr.arpa edge01.fabrikam.net.
    ");
    // Each address that a name inside leads to, once.
    let inside = plan.records().filter(|(view, ..)| *view == DnsView::Internal);
    let addresses = inside.filter_map(|(.., record)| match record.data {
        RecordData::A(address) => Some(address),
        _ => None,
    });
    assert_eq!(back.len(), addresses.collect::<BTreeSet<_>>().len());
    // Where others maintain the zone of the whole network, they include the records.
    let shared = planned(&dns("zone ten { fqdn = \"10.in-addr.arpa\"  owner = \"Network\"  views = [internal] }"));
    assert_served(&shared);
    let zone = shared.views[0].zone_of(&name("5.0.1.10.in-addr.arpa")).expect("a zone");
    assert_eq!((zone.name.as_str(), zone.owner.as_deref(), zone.records.len()), ("10.in-addr.arpa", Some("Network"), back.len()));
}

#[test]
fn a_name_server_within_its_zone_needs_an_address() {
    let plan = planned(&replaced("\"ns1.litware.net\"", "\"ns1.fabrikam.net\", \"ns1.litware.net\""));
    assert!(matches!(plan.problems.as_slice(), [DnsProblem::NameServerWithoutAddress { .. }]), "{:?}", plan.problems);
    assert_served(&plan);
    let only = planned(&replaced("\"ns1.litware.net\"", "\"ns1.fabrikam.net\""));
    assert!(only.views[1].zones.iter().all(|zone| zone.soa.is_none()));
    assert_served(&only);
}

#[test]
fn contradictions_are_reported_and_one_answer_stays() {
    let second = "standard_edition ocs02 { address = 10.1.0.12  users = 1  automatic_sign_in = true  fqdn = \"ocs01.fabrikam.net\" }\n  edge_array";
    let plan = planned(&standard_edition().replacen("edge_array", second, 1));
    assert_served(&plan);
    assert_eq!(answers(&plan, DnsView::Internal, "ocs01.fabrikam.net", RecordType::A), ["10.1.0.11"]);
    let problems: Vec<_> = plan
        .problems
        .iter()
        .map(|problem| match problem {
            DnsProblem::Contradiction { name, kept, left_out, .. } => {
                format!("{name}: {} {} / {} {}", kept.data, kept.path, left_out.data, left_out.path)
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(problems, ["ocs01.fabrikam.net: A 10.1.0.11 office.ocs01 / A 10.1.0.12 office.ocs02"]);
}

#[test]
fn impossible_names_are_reported() {
    let long = format!("{}.fabrikam.net", ["x"; 115].join("."));
    let plan = planned(&replaced("sip_domains = [\"fabrikam.net\"]", &format!("sip_domains = [\"fabrikam.net\", \"{long}\"]")));
    assert!(plan.problems.iter().any(|problem| matches!(problem, DnsProblem::BadName { .. })), "{:?}", plan.problems);
    assert_served(&plan);
}

fn reason(text: &str) -> Reason {
    Reason {
        features: vec!["remote_users"],
        declared: vec![SourceRef { path: text.to_owned(), place: Some(text.to_owned()), shown: true }],
        switches: Vec::new(),
        row: text.to_owned(),
        step: 4,
        source: vec![text.to_owned()],
        confidence: Confidence::High,
        purpose: text.to_owned(),
    }
}

/// A zone with one text in all that is not a name.
fn hand_made_plan(text: &str) -> DnsPlan {
    let reason = reason(text);
    let nowhere = Span::new(FileId(0), 0, 0);
    let places = Places { name: nowhere, answer: nowhere };
    let record = |owner: &str, data| Record { owner: name(owner), data, reasons: vec![reason.clone()], places };
    let zone = Zone {
        name: name("fabrikam.net"),
        kind: ZoneKind::SipDomain,
        directory: false,
        owner: None,
        soa: Some(Soa {
            primary: name("ns.litware.net"),
            hostmaster: name("hm.fabrikam.net"),
            serial: Some(1),
            refresh: 1,
            retry: 1,
            expire: 1,
            minimum: 1,
        }),
        ttl: 60,
        name_servers: vec![name("ns.litware.net")],
        delegations: Vec::new(),
        kept_below: Vec::new(),
        records: vec![
            record(
                "_sip._tls.fabrikam.net",
                RecordData::Srv { priority: 0, weight: 0, port: 443, target: name("sip.fabrikam.net") },
            ),
            record("cwa.fabrikam.net", RecordData::Cname(name("sip.fabrikam.net"))),
            record("sip.fabrikam.net", RecordData::A("10.0.0.1".parse().expect("an address"))),
        ],
    };
    DnsPlan { views: vec![ViewPlan { view: DnsView::Internal, zones: vec![zone] }], problems: Vec::new() }
}

fn hand_made(organization: &str, text: &str) -> (DnsPlan, String) {
    let plan = hand_made_plan(text);
    let artifacts = emitted(&plan, organization);
    let text = file(&artifacts, "dns/internal/fabrikam.net.zone").to_owned();
    (plan, text)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_becomes_a_record(text in "([\\PC\r\n\t\"\\\\;$()@]|\r\n|\\$INCLUDE /etc/passwd|evil IN A 6.6.6.6|\n@ IN NS evil\\.){0,12}") {
        let (plan, zone) = hand_made(&text, &text);
        prop_assert_eq!(read_back("fabrikam.net", &zone).into_iter().filter(|r| r.1 != "SOA").collect::<BTreeSet<_>>(), records_of(&plan.views[0].zones[0]));
        let plain = hand_made("x", "x").1;
        // A comment is as many lines as its text needs.
        let acted = |zone: &str| zone.lines().filter(|line| !line.starts_with(';')).count();
        prop_assert_eq!(acted(&zone), acted(&plain));
    }
}
