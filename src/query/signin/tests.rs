//! Stories about small deployments.

use super::*;
use crate::compile::{CompileOptions, Compiled, compile};
use crate::text::SourceMap;

const EDGE: &str = include_str!("../../lint/bases/edge.ocstopo");

fn compiled(text: &str) -> Compiled {
    compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text.to_owned())]), &CompileOptions::default())
}

fn question(client: Client, place: ClientPlace, down: &[&str]) -> Question {
    let address = SignInAddress::read("anna@contoso.com").expect("an address");
    let down = down.iter().map(|text| (*text).to_owned()).collect();
    Question { address, client, place, site: None, pool: None, down }
}

/// A short story: the names that were used or failed, the servers, the end.
fn followed(text: &str, question: &Question) -> String {
    let compiled = compiled(text);
    let story = match signin(compiled.plans().expect("a topology"), question) {
        Ok(story) => story,
        Err(error) => return error,
    };
    let used = story.lookups.iter().filter(|lookup| matches!(lookup.outcome, Outcome::Used | Outcome::Failed));
    let names = used.map(|lookup| lookup.name.clone()).collect::<Vec<_>>().join(" ");
    let servers = story.contacts.iter().map(|contact| {
        let certificate = contact.certificate.as_ref().map(|presented| format!(" {}", presented.certificate)).unwrap_or_default();
        format!("{}:{}{certificate}", contact.to.as_deref().unwrap_or("-"), contact.port.unwrap_or_default())
    });
    let servers = servers.collect::<Vec<_>>().join(", ");
    let fix = story.fix.map(|fix| format!(" -- {fix}")).unwrap_or_default();
    format!("{names} | {servers} | {}{}{fix}", if story.works { "" } else { "BROKEN " }, story.verdict)
}

#[test]
fn what_goes_down_is_told_with_what_takes_its_place() {
    use ClientPlace::{Inside, Outside};
    let told = [
        (Inside, &[][..]),
        (Inside, &["_sipinternaltls._tcp.contoso.com"]),
        (Inside, &["sip.contoso.com"]),
        (Inside, &["_sipinternaltls._tcp.contoso.com", "sip.contoso.com"]),
        (Inside, &["se01"]),
        (Inside, &["10.10.0.11"]),
        (Inside, &["inner"]),
        (Inside, &["dc01"]),
        (Inside, &["hq"]),
        (Inside, &["dir01", "edge"]),
        (Outside, &[]),
        (Outside, &["_sip._tls.contoso.com"]),
        (Outside, &["edge"]),
        (Outside, &["outer"]),
        (Outside, &["dir01"]),
        (Outside, &["se01"]),
        (Inside, &["hq.clients"]),
        (Inside, &["se02"]),
        (Inside, &["sipp.contoso.com"]),
        (Inside, &["10.9.9.9"]),
        (Inside, &["something else entirely"]),
    ]
    .map(|(place, down)| format!("{} {down:?}: {}", place.word(), followed(EDGE, &question(Client::Communicator, place, down))));
    insta::assert_snapshot!(told.join("\n"), @r#"
    inside []: _sipinternaltls._tcp.contoso.com sip.contoso.com | hq.se01:5061 hq-se01-default | signs in at `hq.se01`, the home pool
    inside ["_sipinternaltls._tcp.contoso.com"]: sip.contoso.com | hq.se01:5061 hq-se01-default | signs in at `hq.se01`, the home pool, by the fall-back `sip.contoso.com`
    inside ["sip.contoso.com"]: _sipinternaltls._tcp.contoso.com |  | BROKEN `_sipinternaltls._tcp.contoso.com` names `sip.contoso.com`, which has no address in DNS -- add the A record of `sip.contoso.com`: `ocstopo why "dns sip.contoso.com"`
    inside ["_sipinternaltls._tcp.contoso.com", "sip.contoso.com"]:  |  | BROKEN no name of `contoso.com` that the client looks up is in the internal view of DNS -- put `_sipinternaltls._tcp.contoso.com` and `sip.contoso.com` back
    inside ["se01"]: _sipinternaltls._tcp.contoso.com sip.contoso.com | hq.se01:5061 hq-se01-default | BROKEN `sip.contoso.com` leads to `hq.se01`, and it is down -- bring `hq.se01` back
    inside ["10.10.0.11"]: _sipinternaltls._tcp.contoso.com sip.contoso.com | hq.se01:5061 hq-se01-default | BROKEN `sip.contoso.com` leads to `hq.se01`, and it is down -- bring `hq.se01` back
    inside ["inner"]: _sipinternaltls._tcp.contoso.com sip.contoso.com | hq.se01:5061 hq-se01-default | BROKEN the way passes `hq.inner`, which is down -- bring `hq.inner` back
    inside ["dc01"]:  |  | BROKEN no name server answers: all domain controllers are down -- bring a domain controller with DNS back
    inside ["hq"]:  |  | BROKEN no name server answers: all domain controllers are down -- bring a domain controller with DNS back
    inside ["dir01", "edge"]: _sipinternaltls._tcp.contoso.com sip.contoso.com | hq.se01:5061 hq-se01-default | signs in at `hq.se01`, the home pool
    outside []: _sip._tls.contoso.com sip.contoso.com | hq.edge:443 hq-edge-access-edge, hq.dir01:5061 hq-dir01-default, hq.se01:5061 hq-se01-default | signs in through `hq.edge` and `hq.dir01` at `hq.se01`, the home pool
    outside ["_sip._tls.contoso.com"]: sip.contoso.com | hq.edge:443 hq-edge-access-edge, hq.dir01:5061 hq-dir01-default, hq.se01:5061 hq-se01-default | signs in through `hq.edge` and `hq.dir01` at `hq.se01`, the home pool, by the fall-back `sip.contoso.com`
    outside ["edge"]: _sip._tls.contoso.com sip.contoso.com | hq.edge:443 hq-edge-access-edge | BROKEN `sip.contoso.com` leads to `hq.edge`, and it is down -- bring `hq.edge` back
    outside ["outer"]: _sip._tls.contoso.com sip.contoso.com | hq.edge:443 hq-edge-access-edge | BROKEN the way passes `hq.outer`, which is down -- bring `hq.outer` back
    outside ["dir01"]: _sip._tls.contoso.com sip.contoso.com | hq.edge:443 hq-edge-access-edge, hq.dir01:5061 hq-dir01-default | BROKEN `hq.edge` passes the client on to `hq.dir01`, and it is down -- bring `hq.dir01` back: nothing takes its place
    outside ["se01"]: _sip._tls.contoso.com sip.contoso.com | hq.edge:443 hq-edge-access-edge, hq.dir01:5061 hq-dir01-default, hq.se01:5061 hq-se01-default | BROKEN `hq.dir01` passes the client on to `hq.se01`, and it is down -- bring `hq.se01` back: nothing takes its place
    inside ["hq.clients"]: `hq.clients` is a network: name the firewall, the load balancer or the servers that are down
    inside ["se02"]: nothing has the name `se02`: did you mean `se01`?
    inside ["sipp.contoso.com"]: nothing has the name `sipp.contoso.com`: did you mean `sip.contoso.com`?
    inside ["10.9.9.9"]: no server and no VIP of the topology has the address 10.9.9.9
    inside ["something else entirely"]: nothing has the name `something else entirely`: `--down` takes the path or address of a server, a path such as `redmond.pool01`, or a name in DNS
    "#);
}

#[test]
fn each_client_has_a_story() {
    let told = Client::ALL
        .into_iter()
        .flat_map(|client| ClientPlace::ALL.map(|place| (client, place)))
        .map(|(client, place)| format!("{} {}: {}", client.word(), place.word(), followed(EDGE, &question(client, place, &[]))));
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @"
    communicator inside: _sipinternaltls._tcp.contoso.com sip.contoso.com | hq.se01:5061 hq-se01-default | signs in at `hq.se01`, the home pool
    communicator outside: _sip._tls.contoso.com sip.contoso.com | hq.edge:443 hq-edge-access-edge, hq.dir01:5061 hq-dir01-default, hq.se01:5061 hq-se01-default | signs in through `hq.edge` and `hq.dir01` at `hq.se01`, the home pool
    phone inside: _sipinternaltls._tcp.contoso.com sip.contoso.com | hq.se01:5061 hq-se01-default | signs in at `hq.se01`, the home pool
    phone outside: _sip._tls.contoso.com sip.contoso.com | hq.edge:443 hq-edge-access-edge, hq.dir01:5061 hq-dir01-default, hq.se01:5061 hq-se01-default | signs in through `hq.edge` and `hq.dir01` at `hq.se01`, the home pool
    live_meeting inside: _sipinternaltls._tcp.contoso.com sip.contoso.com | hq.se01:5061 hq-se01-default | signs in at `hq.se01`, the home pool
    live_meeting outside: _sip._tls.contoso.com sip.contoso.com | hq.edge:443 hq-edge-access-edge, hq.dir01:5061 hq-dir01-default, hq.se01:5061 hq-se01-default | signs in through `hq.edge` and `hq.dir01` at `hq.se01`, the home pool
    cwa inside:  |  | BROKEN the topology has no Communicator Web Access -- add `web_access` to `features` and a `web_access` block
    cwa outside:  |  | BROKEN the topology has no Communicator Web Access -- add `web_access` to `features` and a `web_access` block
    ");
}

#[test]
fn a_browser_is_followed_to_the_pool() {
    let text = include_str!("../../../tests/consumers/web_access.ocstopo");
    let address = || SignInAddress::read("anna@fabrikam.com").expect("an address");
    let told = ClientPlace::ALL
        .into_iter()
        .flat_map(|place| [&[][..], &["office.cwa"], &["office.rp"], &["ocs01"]].map(|down| (place, down)));
    let told = told.map(|(place, down)| {
        let asked = Question { address: address(), ..question(Client::Cwa, place, down) };
        format!("{} {down:?}: {}", place.word(), followed(text, &asked))
    });
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @r#"
    inside []: cwa.ad.example as.cwa.ad.example download.cwa.ad.example | office.cwa:443 office-cwa-https, office.cwa:443 office-cwa-https, office.cwa:443 office-cwa-https, office.ocs01:5061 office-ocs01-default | opens `https://cwa.ad.example`, and `office.cwa` signs in at `office.ocs01`
    inside ["office.cwa"]: cwa.ad.example as.cwa.ad.example download.cwa.ad.example | office.cwa:443 office-cwa-https, office.cwa:443 office-cwa-https, office.cwa:443 office-cwa-https | BROKEN `cwa.ad.example` leads to `office.cwa`, and it is down -- bring `office.cwa` back
    inside ["office.rp"]: cwa.ad.example as.cwa.ad.example download.cwa.ad.example | office.cwa:443 office-cwa-https, office.cwa:443 office-cwa-https, office.cwa:443 office-cwa-https, office.ocs01:5061 office-ocs01-default | opens `https://cwa.ad.example`, and `office.cwa` signs in at `office.ocs01`
    inside ["ocs01"]: cwa.ad.example as.cwa.ad.example download.cwa.ad.example | office.cwa:443 office-cwa-https, office.cwa:443 office-cwa-https, office.cwa:443 office-cwa-https, office.ocs01:5061 office-ocs01-default | BROKEN `office.cwa` passes the client on to `office.ocs01`, and it is down -- bring `office.ocs01` back: nothing takes its place
    outside []: im.fabrikam.com as.im.fabrikam.com download.im.fabrikam.com | office.rp:443 office-rp-listener, office.rp:443 office-rp-listener, office.rp:443 office-rp-listener, office.cwa:443 office-cwa-https, office.ocs01:5061 office-ocs01-default | opens `https://im.fabrikam.com` through `office.rp`, and `office.cwa` signs in at `office.ocs01`
    outside ["office.cwa"]: im.fabrikam.com as.im.fabrikam.com download.im.fabrikam.com | office.rp:443 office-rp-listener, office.rp:443 office-rp-listener, office.rp:443 office-rp-listener, office.cwa:443 office-cwa-https, office.ocs01:5061 office-ocs01-default | BROKEN `office.rp` passes the client on to `office.cwa`, and it is down -- bring `office.cwa` back: nothing takes its place
    outside ["office.rp"]: im.fabrikam.com as.im.fabrikam.com download.im.fabrikam.com | office.rp:443 office-rp-listener, office.rp:443 office-rp-listener, office.rp:443 office-rp-listener | BROKEN `im.fabrikam.com` leads to `office.rp`, and it is down -- bring `office.rp` back
    outside ["ocs01"]: im.fabrikam.com as.im.fabrikam.com download.im.fabrikam.com | office.rp:443 office-rp-listener, office.rp:443 office-rp-listener, office.rp:443 office-rp-listener, office.cwa:443 office-cwa-https, office.ocs01:5061 office-ocs01-default | BROKEN `office.cwa` passes the client on to `office.ocs01`, and it is down -- bring `office.ocs01` back: nothing takes its place
    "#);
}

#[test]
fn a_sip_domain_of_others_inside_is_looked_up_outside() {
    let pinpoint = EDGE.replace("  dns {\n", "  dns {\n    pinpoint_domains = [\"contoso.com\"]\n");
    let down = ["_sipinternaltls._tcp.contoso.com"];
    insta::assert_snapshot!(followed(&pinpoint, &question(Client::Communicator, ClientPlace::Inside, &down)), @r#"_sip._tls.contoso.com sip.contoso.com | hq.se01:443 | BROKEN TCP port 443 of `hq.se01` (10.10.0.11) is not open to hq.clients -- put `_sipinternaltls._tcp.contoso.com` back; `ocstopo why "tcp 10.10.64.1 -> 10.10.0.11:443"` says what stops it"#);
}

#[test]
fn features_that_are_off_are_named() {
    let outside = question(Client::Communicator, ClientPlace::Outside, &[]);
    // Guests keep the Access Edge open.
    insta::assert_snapshot!(followed(&EDGE.replace("remote_users       = true", ""), &outside), @"sip.contoso.com | hq.edge:5061 | BROKEN `hq.edge` takes no users from outside: `remote_users` is off -- write `remote_users = true` in `external_access`");
    let meetings = question(Client::LiveMeeting, ClientPlace::Inside, &[]);
    let off = EDGE.replace("features    = [web_conferencing, av_conferencing]", "").replace("anonymous_meetings = true", "");
    insta::assert_snapshot!(followed(&off, &meetings), @"_sipinternaltls._tcp.contoso.com sip.contoso.com | hq.se01:5061 hq-se01-default | BROKEN there are no meetings to join: no feature for them is on -- add `web_conferencing` or `av_conferencing` to `features`");
    let inside = include_str!("../../lint/bases/standard.ocstopo");
    insta::assert_snapshot!(followed(inside, &outside), @" |  | BROKEN no name of `contoso.com` that the client looks up is in the external view of DNS -- add an `edge_array` with an `access_edge`, and `remote_users = true` in `external_access`");
}

#[test]
fn the_directory_is_no_sip_domain() {
    let address = SignInAddress::read("anna@corp.contoso.com").expect("an address");
    let asked = Question { address, ..question(Client::Communicator, ClientPlace::Inside, &[]) };
    insta::assert_snapshot!(followed(EDGE, &asked), @"`corp.contoso.com` is an Active Directory domain, not a SIP domain: users sign in with `contoso.com`");
}

#[test]
fn a_client_over_tcp_asks_for_more() {
    let over_tcp = EDGE.replace("av_conferencing]", "av_conferencing, sip_tcp]");
    let down = ["_sipinternaltls._tcp.contoso.com"];
    insta::assert_snapshot!(followed(&over_tcp, &question(Client::Communicator, ClientPlace::Inside, &down)), @"_sipinternal._tcp.contoso.com sip.contoso.com | hq.se01:5060 | signs in at `hq.se01`, the home pool");
    let down = ["_sipinternaltls._tcp.contoso.com", "_sipinternal._tcp.contoso.com"];
    insta::assert_snapshot!(followed(&over_tcp, &question(Client::Communicator, ClientPlace::Inside, &down)), @"sipinternal.contoso.com sip.contoso.com | hq.se01:5061 hq-se01-default, hq.se01:5061 hq-se01-default | signs in at `hq.se01`, the home pool, by the fall-back `sip.contoso.com`");
}
