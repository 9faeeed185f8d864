//! What tests of plans share: a small topology as text, and the way from text to a plan.

use ocstopo::compile::{CompileOptions, compile};
use ocstopo::model::Topology;
use ocstopo::plan::Lines;
use ocstopo::text::SourceMap;

/// One Standard Edition server, a consolidated edge and a reverse proxy.
pub fn standard_edition() -> String {
    SMALL.to_owned()
}

/// [`standard_edition`] with one text in place of another, which must be there.
pub fn replaced(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "`{from}` is not in the topology");
    SMALL.replace(from, to)
}

/// Compiles a text and plans something of its topology.
pub fn plan_of<P>(text: &str, plan: impl Fn(&Topology, &Lines<'_>) -> P) -> P {
    let compiled = compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text.to_owned())]), &CompileOptions::default());
    let Some(plans) = compiled.plans() else { panic!("no topology: {:#?}", compiled.diags) };
    plan(plans.topology, &plans.lines)
}

/// The first lines of a text.
pub fn lines(text: &str, count: usize) -> String {
    text.lines().take(count).collect::<Vec<_>>().join("\n")
}

const SMALL: &str = r#"organization fabrikam {
  product     = ocs_2007
  sample      = true
  sip_domains = ["fabrikam.net"]
  features    = [web_conferencing, av_conferencing]

  external_access {
    share              = 10%
    remote_users       = true
    anonymous_meetings = true
  }

  active_directory {
    topology        = single_forest_single_domain
    global_settings = system_container
    domain root { fqdn = "fabrikam.net"  functional_level = windows_2003  domain_controllers = windows_2003_sp1 }
  }

  certification_authority own_ca    { kind = enterprise  config = "dc01.fabrikam.net\\Fabrikam CA" }
  certification_authority public_ca { kind = public }

  certificate_subject {
    organization = "Fabrikam Inc"
    unit         = "IT"
    locality     = "Seattle"
    state        = "Washington"
    country      = "US"
  }

  dns {
    internal_name_servers = ["dc01.fabrikam.net"]
    external_name_servers = ["ns1.litware.net"]
    hostmaster            = "hostmaster.fabrikam.net"
  }
}

site office {
  users  = 900
  domain = root

  network lan       { zone = internal  range = 10.1.0.0/24  clients = true }
  network perimeter { zone = perimeter  range = 10.2.0.0/24 }
  network outside   { zone = perimeter  range = 131.107.9.0/25 }

  firewall outer { joins = [internet, outside]  dialect = nftables }
  firewall inner { joins = [perimeter, lan]  dialect = nftables }

  domain_controller dc01 { address = 10.1.0.5  domain = root }

  standard_edition ocs01 {
    address           = 10.1.0.11
    users             = 900
    automatic_sign_in = true
    external_web_farm = "ocsweb.fabrikam.net"
  }

  edge_array edge {
    shape    = consolidated
    next_hop = ocs01

    inside                { fqdn = "edge01.fabrikam.net" }
    access_edge           { fqdn = "sip.fabrikam.net" }
    web_conferencing_edge { fqdn = "webconf.fabrikam.net" }
    av_edge               { fqdn = "av.fabrikam.net" }

    server edge01 {
      inside                = 10.2.0.11
      access_edge           = 131.107.9.2
      web_conferencing_edge = 131.107.9.3
      av_edge               = 131.107.9.4
    }
  }

  reverse_proxy rp {
    outside   = 131.107.9.5
    inside    = 10.2.0.12
    publishes = [ocs01]
  }
}
"#;
