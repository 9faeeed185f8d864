//! A topology of any size, always the same for the same number: a data center with the edge, and branches of ten servers each.

use std::fmt::Write as _;

/// The files of a topology with `sites` sites: one file for the organization, one for the data center, one for each branch.
pub fn files(sites: usize) -> Vec<(String, String)> {
    let mut files =
        vec![("organization.ocstopo".to_owned(), ORGANIZATION.to_owned()), ("hub.ocstopo".to_owned(), HUB.to_owned())];
    // No more than the Archiving Server of the data center carries.
    let users = (60_000 / sites.max(1)).clamp(1, 60);
    files.extend((1..sites).map(|number| (format!("branch{number:04}.ocstopo"), branch(number, users, sites <= BY_RANGE))));
    files
}

/// Up to so many sites servers are declared by ranges; all ranges of a topology together may describe 20,000 servers.
const BY_RANGE: usize = 4_000;

/// Branch `number` has the addresses `10.0.0.0 + number * 1024`: 128 for servers, 128 for gateways, 512 for clients.
fn branch(number: usize, users: usize, by_range: bool) -> String {
    let base = 10 * 256 * 256 * 256 + number as u32 * 1024;
    let at = |offset: u32| std::net::Ipv4Addr::from_bits(base + offset);
    let name = format!("branch{number:04}");
    let short = format!("b{number:04}");
    let mut text = String::new();
    let front_ends = match by_range {
        true => format!(
            "    front_end {short}fe[1..4] {{ address = {}.[{}..{}] }}",
            prefix(at(11)),
            at(11).octets()[3],
            at(14).octets()[3]
        ),
        false => (1..=4)
            .map(|own| format!("    front_end {short}fe{own} {{ address = {} }}", at(10 + own)))
            .collect::<Vec<_>>()
            .join("\n"),
    };
    let parts = [
        format!("site {name} {{"),
        format!("  users  = {users}"),
        "  domain = corp".to_owned(),
        String::new(),
        format!("  network servers  {{ zone = internal  range = {}/25 }}", at(0)),
        format!("  network gateways {{ zone = internal  range = {}/25 }}", at(128)),
        format!("  network clients  {{ zone = internal  range = {}/23  clients = true }}", at(512)),
        String::new(),
        "  wan_link up { joins = [servers, gateways, clients, hub.servers]  bandwidth = 10Mbps }".to_owned(),
        String::new(),
        format!("  load_balancer lb {{ nat = snat  snat_addresses = [{}]  idle_timeout = 20min }}", at(9)),
        String::new(),
        format!("  domain_controller {short}dc {{ address = {}  domain = corp }}", at(5)),
        String::new(),
        format!("  enterprise_pool {short}pool {{"),
        "    configuration     = consolidated".to_owned(),
        format!("    fqdn              = \"{short}pool.corp.contoso.com\""),
        format!("    users             = {users}"),
        "    load_balancer     = lb".to_owned(),
        format!("    vip               = {}", at(10)),
        "    archiving         = hub.arch".to_owned(),
        "    director          = hub.dir".to_owned(),
        "    av_edge           = hub.edge".to_owned(),
        format!("    exchange_um       = {short}um"),
        String::new(),
        front_ends,
        format!("    back_end {short}sql {{ address = {}  version = sql_2005_sp2 }}", at(21)),
        format!("    file_share {short}fs {{ path = '\\\\{short}fs.corp.contoso.com\\ocs'  address = {} }}", at(22)),
        "  }".to_owned(),
        String::new(),
        format!("  mediation_server {short}med {{"),
        format!("    address          = {}", at(31)),
        format!("    gateway_address  = {}", at(131)),
        format!("    next_hop         = {short}pool"),
        format!("    gateway          = {short}gw"),
        "    av_edge          = hub.edge".to_owned(),
        "    location_profile = everywhere".to_owned(),
        "  }".to_owned(),
        String::new(),
        format!("  media_gateway {short}gw {{ address = {}  ports = 30 }}", at(141)),
        format!("  exchange_um {short}um {{ address = {}  dial_plan = \"{name}\" }}", at(41)),
        "}".to_owned(),
    ];
    for part in parts {
        writeln!(text, "{part}").expect("a String takes all text");
    }
    text
}

fn prefix(address: std::net::Ipv4Addr) -> String {
    let [a, b, c, _] = address.octets();
    format!("{a}.{b}.{c}")
}

const ORGANIZATION: &str = r#"organization contoso {
  product     = ocs_2007
  sample      = true
  sip_domains = ["contoso.com"]
  features    = [web_conferencing, av_conferencing, enterprise_voice, im_archiving]

  external_access {
    remote_users       = true
    anonymous_meetings = true
    federation         = discovered
  }

  active_directory {
    topology        = single_forest_multiple_domains
    global_settings = configuration_container

    domain corp { fqdn = "corp.contoso.com"  functional_level = windows_2003  domain_controllers = windows_2003_sp1 }
  }

  certification_authority corp_ca   { kind = enterprise }
  certification_authority public_ca { kind = public }

  dns {
    internal_name_servers = ["hubdc.corp.contoso.com"]
    external_name_servers = ["ns1.contoso.net"]
    hostmaster            = "hostmaster.contoso.com"
  }
}

voice {
  location_profile everywhere {
    rule as_dialled { match = '^(\d+)$'  translate = '+$1' }
  }
}
"#;

const HUB: &str = r#"site hub {
  users  = 60
  domain = corp

  network servers      { zone = internal  range = 10.0.0.0/24 }
  network gateways     { zone = internal  range = 10.0.1.0/24 }
  network clients      { zone = internal  range = 10.0.2.0/23  clients = true }
  network edge_inside  { zone = perimeter  range = 172.16.0.0/24 }
  network edge_outside { zone = perimeter  range = 131.107.155.0/24 }

  firewall outer { joins = [internet, edge_outside] }
  firewall inner { joins = [edge_inside, servers, gateways, clients] }

  domain_controller hubdc { address = 10.0.0.5  domain = corp }

  load_balancer lb         { nat = snat  snat_addresses = [10.0.0.9]  idle_timeout = 20min }
  load_balancer lb_inside  { nat = snat  snat_addresses = [172.16.0.9]  idle_timeout = 20min }
  load_balancer lb_outside { nat = dnat  idle_timeout = 20min }

  enterprise_pool pool {
    configuration     = consolidated
    fqdn              = "pool.corp.contoso.com"
    users             = 60
    automatic_sign_in = true
    load_balancer     = lb
    vip               = 10.0.0.10
    external_web_farm = "ocsweb.contoso.com"
    archiving         = arch

    front_end hubfe[1..4] { address = 10.0.0.[11..14] }
    back_end hubsql { address = 10.0.0.21  version = sql_2005_sp2 }
    file_share hubfs { path = '\\hubfs.corp.contoso.com\ocs'  address = 10.0.0.22 }
  }

  director_array dir {
    fqdn          = "dir.corp.contoso.com"
    load_balancer = lb
    vip           = 10.0.0.30
    server dir[1..2] { address = 10.0.0.[31..32] }
  }

  archiving_server arch {
    address = 10.0.0.50
    back_end archdb { address = 10.0.0.51  version = sql_2005_sp2 }
  }

  edge_array edge {
    shape    = scaled_single_site
    next_hop = dir

    inside                { fqdn = "edge.contoso.com"  load_balancer = lb_inside  vip = 172.16.0.10 }
    access_edge           { fqdn = "sip.contoso.com"  load_balancer = lb_outside  vip = 131.107.155.10 }
    web_conferencing_edge { fqdn = "webconf.contoso.com"  load_balancer = lb_outside  vip = 131.107.155.20 }
    av_edge               { fqdn = "av.contoso.com"  load_balancer = lb_outside  vip = 131.107.155.30 }

    server acc[1..2] { inside = 172.16.0.[11..12]  access_edge = 131.107.155.[11..12]  web_conferencing_edge = 131.107.155.[21..22] }
    server av[1..2]  { inside = 172.16.0.[21..22]  av_edge = 131.107.155.[31..32] }
  }

  reverse_proxy rp {
    outside   = 131.107.155.40
    inside    = 172.16.0.40
    fqdn      = "rp.contoso.com"
    publishes = [pool]
  }

  mediation_server hubmed {
    address          = 10.0.0.61
    gateway_address  = 10.0.1.61
    next_hop         = pool
    gateway          = hubgw
    location_profile = everywhere
  }

  media_gateway hubgw { address = 10.0.1.71  ports = 30 }
  exchange_um hubum { address = 10.0.0.71  dial_plan = "hub" }
}
"#;
