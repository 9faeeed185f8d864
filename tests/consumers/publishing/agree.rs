//! nginx.conf, read back, is the plan; the plan is what the catalogue says of the topology; changes are caught.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use ocstopo::catalog::{DnsView, PublishedPath, RecordType, facts};
use ocstopo::emit::{EmitContext, publishing};
use ocstopo::lower::Fqdn;
use ocstopo::model::Detail;
use ocstopo::plan::dns::RecordData;
use ocstopo::plan::publishing::Proxy;
use ocstopo::product::{Relation, Role, Side};

use crate::publishing::World;
use crate::publishing::read::{Row, read};

/// What a proxy publishes by the plan.
pub fn planned(proxy: &Proxy) -> BTreeSet<Row> {
    let mut rows = BTreeSet::new();
    for socket in &proxy.sockets {
        for site in &proxy.sites {
            for name in &site.names {
                for path in &site.paths {
                    let upstream = &site.upstream;
                    rows.insert(Row {
                        socket: socket.to_string(),
                        name: name.name.to_string(),
                        path: path.path.clone(),
                        below: path.below,
                        servers: upstream.addresses.iter().map(|address| format!("{address}:{}", upstream.port)).collect(),
                        tls: upstream.tls,
                        inside_name: upstream.name.as_ref().map(Fqdn::to_string).unwrap(),
                        authority: upstream.authority.clone().unwrap(),
                        certificate: site.certificate.as_ref().unwrap().slug.clone(),
                        megabytes: path.largest.as_ref().map_or(0, |largest| largest.megabytes),
                    });
                }
            }
        }
    }
    rows
}

/// The same without the plan: listener, name, path, address inside.
fn catalogued(world: &World) -> BTreeSet<(Ipv4Addr, String, String, Ipv4Addr)> {
    let topology = world.compiled.plans().unwrap().topology;
    let mut rows = BTreeSet::new();
    for proxy in topology.endpoints_of(Role::ReverseProxy, Side::Outside) {
        for id in topology.group(proxy.group).related(Relation::Publishes) {
            let (role, name) = match &topology.group(id).detail {
                Detail::Pool { external_web_farm, .. } => (Role::WebComponents, external_web_farm),
                Detail::WebAccess { external_fqdn, .. } => (Role::WebAccess, external_fqdn),
                other => panic!("{other:?}"),
            };
            // Web Access may have a listener of its own for outside.
            let own = topology.group_endpoint(id, role, Side::Outside).filter(|_| role == Role::WebAccess);
            let endpoint = own.or_else(|| topology.group_endpoint(id, role, Side::Inside)).unwrap();
            let to = endpoint.vip.as_ref().map_or(endpoint.members[0].address.value, |vip| vip.address.value);
            for path in facts::<PublishedPath>(topology.organization.product) {
                let on = topology.organization.features_meeting(&path.when).is_some();
                if path.role == role && path.is_published() && on {
                    let name = name.as_ref().unwrap().value.to_string();
                    rows.insert((proxy.members[0].address.value, name, path.path.clone(), to));
                }
            }
        }
    }
    rows
}

/// Where a name leads to on the internet.
fn address(world: &World, name: &Fqdn) -> Option<Ipv4Addr> {
    let dns = world.compiled.plans().unwrap().dns();
    match &dns.lookup(DnsView::External, name, RecordType::A) {
        [record] => match record.data {
            RecordData::A(address) => Some(address),
            _ => None,
        },
        _ => match &dns.lookup(DnsView::External, name, RecordType::Cname) {
            [record] => match &record.data {
                RecordData::Cname(target) => address(world, target),
                _ => None,
            },
            _ => None,
        },
    }
}

#[test]
fn nginx_configuration_equals_plan_and_catalogue() {
    let mut publish = 0;
    for world in World::all() {
        let mut seen = BTreeSet::new();
        for proxy in &world.plan.proxies {
            let rows = read(world.file(&format!("network/publishing/{}/nginx.conf", proxy.label)))
                .unwrap_or_else(|e| panic!("{}: {e}", world.name));
            assert_eq!(rows, planned(proxy), "{}", world.name);
            for row in rows {
                assert!(
                    row.socket.ends_with(":443") && row.tls && row.servers.iter().all(|server| server.ends_with(":443")),
                    "{row:?}"
                );
                let name = Fqdn::parse(&row.name).unwrap();
                let listens: Ipv4Addr = row.socket.strip_suffix(":443").unwrap().parse().unwrap();
                assert_eq!(address(world, &name), Some(proxy.public.unwrap_or(listens)), "{}: {name} leads here", world.name);
                let inside = row.servers[0].strip_suffix(":443").unwrap().parse().unwrap();
                assert_eq!(row.servers.len(), 1);
                let base = row.name.strip_prefix("as.").or(row.name.strip_prefix("download.")).unwrap_or(&row.name);
                seen.insert((listens, base.to_owned(), row.path, inside));
            }
        }
        // A group that publishes nothing has no proxy, and every omission is reported.
        assert_eq!(seen, catalogued(world), "{}", world.name);
        publish += usize::from(!seen.is_empty());
    }
    assert!(publish >= 6, "{publish}");
}

/// Each is one line that is no longer right.
const MUTATIONS: &[(&str, &str)] = &[
    ("\"^/ABS", "\"/ABS"),
    ("/ext(/|$)\"", "/ext\""),
    ("service\\\\.asmx$", "service.asmx$"),
    ("/ext/service\\\\.asmx$\"", "/ext/service\\\\.asmx(/|$)\""),
    ("location ~* \"^/ABS/ext", "location ~* \"^/ABS"),
    (":443;\n\t\t# ntlm", ":80;\n\t\t# ntlm"),
    ("server_name \"ocsweb", "server_name \"web"),
    ("server_name _;", "server_name ocsweb.contoso.com;"),
    ("return 444;", "return 200;"),
    ("return 404;\n\t\t}\n\t}", "root /srv;\n\t\t}\n\t}"),
    ("proxy_ssl_verify on;", "proxy_ssl_verify off;"),
    ("proxy_pass \"https:", "proxy_pass \"http:"),
    ("proxy_ssl_name \"se01", "proxy_ssl_name \"se02"),
    ("\t\tlocation ~ \"[%\\\\\\\\]\" {\n\t\t\treturn 404;\n\t\t}\n", ""),
    ("|%(00|23", "|%(00"),
    ("listen 131.107.155.40:443 ssl default_server", "listen 443 ssl default_server"),
    ("location / {", "location /certsrv {"),
];

#[test]
fn changes_are_caught() {
    let contoso = World::named("contoso");
    let (proxy, text) = (&contoso.plan.proxies[0], contoso.file("network/publishing/redmond-rp/nginx.conf"));
    let expected = planned(proxy);
    for (from, to) in MUTATIONS {
        assert!(text.contains(from), "{from}");
        assert_ne!(read(&text.replacen(from, to, 1)).as_ref(), Ok(&expected), "{from} became {to}");
    }
}

/// A thousand sites behind one proxy: each has its upstream and its server, and nothing else grows.
#[test]
fn a_site_is_written_once() {
    let mut plan = World::named("contoso").plan.clone();
    let proxy = &mut plan.proxies[0];
    let site = proxy.sites[0].clone();
    proxy.sites = (0..1000)
        .map(|at| {
            let mut site = site.clone();
            site.label = format!("site-{at}");
            site.names[0].name = Fqdn::parse(&format!("{}.n{at}.{}", "x".repeat(63), site.names[0].name)).unwrap();
            site
        })
        .collect();
    let templates = crate::support::templates();
    let artifacts = publishing::emit(&plan, &EmitContext { templates, sample: false, organization: "contoso" }).unwrap();
    let conf = &artifacts.iter().find(|artifact| artifact.path.ends_with("nginx.conf")).unwrap().content;
    assert_eq!(conf.matches("upstream \"").count(), 1000);
    assert_eq!(read(conf).as_ref(), Ok(&planned(&plan.proxies[0])));
    let each = conf.len() / 1000;
    assert!(
        artifacts.iter().all(|artifact| artifact.content.len() < 1000 * (each + 3000)),
        "the sheets grow with the sites only"
    );
    crate::publishing::lab::Lab::new(&plan.proxies[0], None).accepts(conf);
}
