//! The values that steps can name: for each scope its own, then those of the wider scopes.
//! `plan::runbook` computes them; a test there proves that it knows each name of this list.

use super::Scope;

/// The kind of a value, and with it where it may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A checked domain name.
    Name,
    /// An address.
    Address,
    /// A number.
    Number,
    /// A word of the program: `tcp`, `configuration`.
    Word,
    /// Path of an artifact below the output folder, built from checked names.
    File,
    /// Text of the user, quoted so that a command line takes it as one argument.
    Argument,
    /// Text shown as code: paths, names of the topology, several addresses.
    Code,
    /// Running text.
    Text,
    /// Whole commands of `device_operations.toml`, complete with their values; often none.
    Command,
    /// Running text with code in it.
    Line,
    /// Nothing to show: it is there or it is not.
    Flag,
    /// Several items, each with these fields.
    List(&'static [(&'static str, Kind)]),
}

impl Kind {
    /// Whether the value may be part of a command: it has no metacharacters of a command interpreter.
    pub fn fits_command(self) -> bool {
        matches!(self, Kind::Name | Kind::Address | Kind::Number | Kind::Word | Kind::File | Kind::Argument | Kind::Command)
    }

    /// Whether the value can be part of a text.
    pub fn fits_text(self) -> bool {
        !matches!(self, Kind::Flag | Kind::List(_))
    }
}

/// One value.
#[derive(Debug, Clone, Copy)]
pub struct Placeholder {
    /// Its name between the braces.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// Whether it is always there; if not, rows that use it must say `needs`.
    pub always: bool,
}

const fn always(name: &'static str, kind: Kind) -> Placeholder {
    Placeholder { name, kind, always: true }
}

const fn maybe(name: &'static str, kind: Kind) -> Placeholder {
    Placeholder { name, kind, always: false }
}

/// Servers with a name, an address, and the roles on them.
const SERVERS: Kind = Kind::List(&[("host", Kind::Code), ("addresses", Kind::Code), ("roles", Kind::Text)]);
/// Servers or services that have a full name.
const NAMED: Kind = Kind::List(&[("fqdn", Kind::Name), ("address", Kind::Address)]);
/// Pools: the full name, and its first label.
const POOLS: Kind = Kind::List(&[("fqdn", Kind::Name), ("address", Kind::Address), ("label", Kind::Name)]);
/// Machines.
const HOSTS: Kind = Kind::List(&[("host", Kind::Code)]);
/// TCP ports to test.
const TESTS: Kind = Kind::List(&[
    ("target", Kind::Name),
    ("address", Kind::Address),
    ("port", Kind::Number),
    ("application", Kind::Text),
    ("from", Kind::Text),
    ("flow", Kind::Code),
]);
/// Files with the same content as another, for another tool.
const FORMS: Kind = Kind::List(&[("file", Kind::File), ("reader", Kind::Text)]);
/// Lines of values.
const LINES: Kind = Kind::List(&[("line", Kind::Code)]);

/// What is done with a device, from `device_operations.toml`.
const OPERATIONS: Kind = Kind::List(&[("line", Kind::Line), ("command", Kind::Command), ("expect", Kind::Line)]);

const ORGANIZATION: &[Placeholder] = &[
    always("organization", Kind::Text),
    always("product", Kind::Text),
    always("systems", Kind::Text),
    maybe("records_table", Kind::File),
    maybe("certificates_table", Kind::File),
    always("global", Kind::Word),
    maybe("global_stated", Kind::Flag),
    maybe("schema_prepared", Kind::Flag),
    maybe("forest_prepared", Kind::Flag),
    maybe("standalone_authorities", Kind::List(&[("name", Kind::File)])),
    maybe("sip_domains", Kind::List(&[("name", Kind::Name)])),
    maybe("hosting_domains", Kind::List(&[("name", Kind::Name)])),
    maybe("pools", POOLS),
    maybe("access_edges", NAMED),
    maybe("access_names", Kind::List(&[("name", Kind::Name)])),
    maybe("web_conferencing_edges", Kind::List(&[("inside", Kind::Name), ("outside", Kind::Name), ("address", Kind::Address)])),
    maybe("av_edges", NAMED),
    maybe("federation_route", Kind::Name),
    maybe("route_is_director", Kind::Flag),
    maybe("allowed_partners", Kind::Flag),
    maybe("partners", Kind::List(&[("domain", Kind::Name), ("access_edge", Kind::Name)])),
    maybe("found_partners", Kind::List(&[("domain", Kind::Name)])),
    maybe("public_providers", Kind::List(&[("name", Kind::Text)])),
    maybe("ipsec_exemptions", Kind::List(&[("role", Kind::Text), ("traffic", Kind::Text), ("places", Kind::Code)])),
    maybe("networks_without_router", NETWORKS),
    maybe("location_profiles", LINES),
    maybe("only_profile", Kind::Code),
    maybe("phone_usages", LINES),
    maybe("voice_policies", LINES),
    maybe("voice_routes", LINES),
];

/// Servers with the script of their own firewall.
const HOST_FIREWALLS: Kind = Kind::List(&[("host", Kind::Code), ("file", Kind::File)]);

const DOMAIN: &[Placeholder] =
    &[always("domain", Kind::Name), maybe("domain_prepared", Kind::Flag), maybe("users_only", Kind::Flag)];

const SITE: &[Placeholder] = &[always("site", Kind::Code), maybe("site_users", Kind::Number), maybe("site_pools", POOLS)];

const ZONE: &[Placeholder] = &[
    always("zone", Kind::Name),
    always("view", Kind::Word),
    always("artifact", Kind::File),
    always("records", Kind::Number),
    maybe("external_view", Kind::Flag),
    maybe("whole", Kind::Flag),
    maybe("owner", Kind::Text),
    maybe("public_domain", Kind::Flag),
    maybe("forms", FORMS),
    maybe("windows_dns", OPERATIONS),
    maybe("windows_dns_file", Kind::File),
    maybe("windows_dns_undo", OPERATIONS),
    maybe("windows_dns_module", OPERATIONS),
    maybe("windows_dns_module_file", Kind::File),
    maybe("windows_dns_module_undo", OPERATIONS),
    maybe("bind_update", OPERATIONS),
    maybe("bind_update_file", Kind::File),
    maybe("bind_update_undo", OPERATIONS),
    maybe("bind_zone", OPERATIONS),
    maybe("bind_zone_file", Kind::File),
    maybe("bind_zone_undo", OPERATIONS),
    maybe("directory", Kind::Flag),
    maybe("services", Kind::List(&[("name", Kind::Name), ("answer", Kind::Code)])),
    maybe("lookups", Kind::List(&[("name", Kind::Name), ("answer", Kind::Code)])),
    maybe("pointers", Kind::List(&[("name", Kind::Name), ("answer", Kind::Code)])),
    maybe("addresses", Kind::List(&[("name", Kind::Name), ("answer", Kind::Code)])),
];

/// What is done with a device of the network.
const DEVICE: &[Placeholder] = &[
    maybe("before_loading", OPERATIONS),
    maybe("backing_up", OPERATIONS),
    maybe("checking", OPERATIONS),
    maybe("loading", OPERATIONS),
    maybe("replacing", OPERATIONS),
    maybe("verifying", OPERATIONS),
    maybe("saving", OPERATIONS),
    maybe("undoing", OPERATIONS),
];

const FIREWALL: &[Placeholder] = &[
    always("firewall", Kind::Code),
    always("rules", Kind::Number),
    always("networks", Kind::List(&[("network", Kind::Code), ("range", Kind::Code)])),
    maybe("table", Kind::File),
    maybe("ruleset", Kind::File),
    maybe("rulesets", Kind::List(&[("file", Kind::File)])),
    maybe("faces_internet", Kind::Flag),
    maybe("faces_inside", Kind::Flag),
    maybe(
        "withheld",
        Kind::List(&[
            ("row", Kind::Code),
            ("application", Kind::Text),
            ("ports", Kind::Code),
            ("from", Kind::Text),
            ("to", Kind::Text),
            ("purpose", Kind::Text),
        ]),
    ),
    maybe("nats", Kind::List(&[("public", Kind::Address), ("inside", Kind::Address)])),
    maybe(
        "examples",
        Kind::List(&[
            ("transport", Kind::Word),
            ("from", Kind::Address),
            ("to", Kind::Address),
            ("port", Kind::Number),
            ("rule", Kind::Code),
        ]),
    ),
    maybe("forms", FORMS),
];

const LOAD_BALANCER: &[Placeholder] = &[
    always("load_balancer", Kind::Code),
    always("nat", Kind::Word),
    maybe("idle_seconds", Kind::Number),
    maybe("snat_addresses", Kind::List(&[("address", Kind::Address)])),
    maybe("keeps_client", Kind::Flag),
    always(
        "vips",
        Kind::List(&[("address", Kind::Address), ("group", Kind::Code), ("ports", Kind::Code), ("members", Kind::Code)]),
    ),
    maybe("listeners", Kind::File),
    maybe("into_rotation", OPERATIONS),
    maybe("out_of_rotation", OPERATIONS),
    maybe("configuration", Kind::File),
    maybe("forms", FORMS),
];

const CERTIFICATE: &[Placeholder] = &[
    always("slug", Kind::File),
    always("common_name", Kind::Name),
    always("usage", Kind::Text),
    always("issuer", Kind::Code),
    always("request_tool", Kind::Text),
    always("request_older", Kind::File),
    always("request_newer", Kind::File),
    always("forms", FORMS),
    always("first", Kind::Code),
    maybe("names", Kind::List(&[("name", Kind::Name)])),
    maybe("all_names", Kind::Code),
    maybe("others", HOSTS),
    maybe("own_authority", Kind::Flag),
    maybe("standalone", Kind::Flag),
    maybe("public", Kind::Flag),
    maybe("ca_config", Kind::Argument),
    maybe("client_authentication", Kind::Flag),
    maybe("device", Kind::Flag),
    maybe("outside_domain", Kind::Flag),
];

const GROUP: &[Placeholder] = &[
    always("group", Kind::Code),
    always("hosts", Kind::Code),
    always("systems", Kind::Text),
    maybe("systems_declared", Kind::Flag),
    maybe("sql_server", Kind::Text),
    maybe("sql_2000", Kind::Flag),
    maybe("sql_later", Kind::Flag),
    maybe("holds_pool", Kind::Flag),
    maybe("reverse_proxy", Kind::Flag),
    always("servers", SERVERS),
    maybe("web_servers", HOSTS),
    maybe("host_firewalls", HOST_FIREWALLS),
    maybe("host_table", Kind::File),
    maybe(
        "certificates",
        Kind::List(&[
            ("slug", Kind::Code),
            ("common_name", Kind::Name),
            ("names", Kind::Line),
            ("usage", Kind::Text),
            ("hosts", Kind::Code),
        ]),
    ),
    maybe("array", Kind::Flag),
    maybe("fqdn", Kind::Name),
    maybe("label", Kind::Name),
    maybe("vip", Kind::Address),
    maybe("balancer", Kind::Code),
    maybe("group_domain", Kind::Name),
    maybe("consolidated", Kind::Flag),
    maybe("expanded", Kind::Flag),
    maybe("automatic_sign_in", Kind::Flag),
    maybe("internal_web_farm", Kind::Name),
    maybe("external_web_farm", Kind::Name),
    maybe("back_end", Kind::Code),
    maybe("database_port", Kind::Number),
    maybe("cluster_nodes", Kind::List(&[("address", Kind::Address)])),
    maybe("port", Kind::Number),
    maybe("own_port", Kind::Flag),
    maybe("share", Kind::Code),
    maybe("pool_share", Kind::Code),
    maybe("database_argument", Kind::Argument),
    maybe("meeting_content", Kind::Argument),
    maybe("meeting_metadata", Kind::Argument),
    maybe("application_data", Kind::Argument),
    maybe("client_updates", Kind::Argument),
    maybe("next_hop", Kind::Name),
    maybe("next_hop_address", Kind::Address),
    maybe("av_edge", Kind::Name),
    maybe("pool", Kind::Name),
    maybe("media_ports", Kind::Code),
    maybe("usual_media_ports", Kind::Flag),
    maybe("web_access_name", Kind::Name),
    maybe("web_access_listeners", Kind::List(&[("host", Kind::Code), ("address", Kind::Address), ("port", Kind::Number)])),
    maybe("location_profile", Kind::Code),
    maybe("transport", Kind::Word),
    maybe("inside_name", Kind::Name),
    maybe("inside_address", Kind::Address),
    maybe("proxy_adapters", Kind::List(&[("host", Kind::Code), ("outside", Kind::Address), ("inside", Kind::Address)])),
    maybe("proxy_routes", ROUTES),
    maybe("proxy_unrouted", UNROUTED),
    maybe("outside_address", Kind::Address),
    maybe("access_name", Kind::Name),
    maybe("web_name", Kind::Name),
    maybe("av_name", Kind::Name),
    maybe("internal_servers", NAMED),
    maybe(
        "published",
        Kind::List(&[("outside", Kind::Name), ("inside", Kind::Name), ("address", Kind::Address), ("group", Kind::Code)]),
    ),
    maybe("published_paths", Kind::List(&[("path", Kind::Code), ("content", Kind::Text)])),
    maybe("published_web_access", Kind::List(&[("outside", Kind::Name), ("inside", Kind::Name), ("address", Kind::Address)])),
    maybe("company_rules", Kind::File),
    maybe("publishing_isa", Kind::File),
    maybe("publishing_nginx", Kind::File),
    maybe("publishing_table", Kind::File),
    maybe(
        "publishing_servers",
        Kind::List(&[("host", Kind::Code), ("isa", Kind::File), ("table", Kind::File), ("nginx", Kind::File)]),
    ),
    maybe("hosts_files", Kind::List(&[("host", Kind::Code), ("file", Kind::File)])),
    maybe("purge_hour", Kind::Number),
    maybe("purged_by_another", Kind::Flag),
    maybe("archived", NAMED),
    maybe("archived_servers", HOSTS),
    maybe("monitored", NAMED),
    maybe("monitoring", Kind::Name),
    maybe("gateways", Kind::List(&[("host", Kind::Code), ("next_hop", Kind::Code), ("transport", Kind::Word)])),
    maybe("mediation_servers", Kind::List(&[("fqdn", Kind::Name), ("address", Kind::Address)])),
    maybe("gateway_side", Kind::List(&[("address", Kind::Address)])),
    maybe("tls", Kind::Flag),
    maybe("outside_tests", TESTS),
    maybe("inside_tests", TESTS),
    maybe("client_tests", TESTS),
];

const SERVER: &[Placeholder] = &[
    always("server", Kind::Code),
    always("server_roles", Kind::Text),
    maybe("components", Kind::Word),
    maybe("interfaces", Kind::List(&[("address", Kind::Address), ("side", Kind::Word), ("usage", Kind::Text)])),
    maybe("inside_name", Kind::Name),
    maybe("server_inside", Kind::Address),
    maybe("server_access", Kind::Address),
    maybe("server_web", Kind::Address),
    maybe("server_av", Kind::Address),
    maybe("server_av_public", Kind::Address),
    maybe("alike", Kind::Flag),
    maybe("outer_adapters", Kind::Flag),
    maybe("half_translated", Kind::List(&[("line", Kind::Line)])),
    maybe("hosts_file", LINES),
    maybe("hosts_artifact", Kind::File),
    maybe("inner_network", Kind::Code),
    maybe("inner_routes", ROUTES),
    maybe("unrouted", UNROUTED),
];

/// Routes to networks.
const ROUTES: Kind =
    Kind::List(&[("network", Kind::Code), ("base", Kind::Address), ("mask", Kind::Address), ("gateway", Kind::Address)]);

/// Networks by path.
const NETWORKS: Kind = Kind::List(&[("network", Kind::Code)]);

/// Networks that a route is missing to.
const UNROUTED: Kind = Kind::List(&[("network", Kind::Code), ("base", Kind::Address), ("mask", Kind::Address)]);

/// Files by name.
const FILE_LIST: Kind = Kind::List(&[("file", Kind::File)]);

/// Lines for people, with code in them.
const NOTES: Kind = Kind::List(&[("line", Kind::Line)]);

/// What a stage of a device is made of.
const STAGE: &[Placeholder] = &[
    always("device", Kind::Code),
    maybe("opening", Kind::Flag),
    maybe("closing", Kind::Flag),
    maybe("files", FILE_LIST),
    maybe("back_files", FILE_LIST),
    maybe("gone", Kind::Flag),
];

const FIREWALL_STAGE: &[Placeholder] = &[maybe("allowed", NOTES), maybe("blocked", NOTES), maybe("translations", NOTES)];

const BALANCER_STAGE: &[Placeholder] = &[maybe("draining", Kind::Flag), maybe("listeners", NOTES), maybe("leaving", NOTES)];

const RECORD_STAGE: &[Placeholder] = &[
    always("zone", Kind::Name),
    always("view", Kind::Word),
    maybe("owner", Kind::Text),
    maybe("lowering", Kind::Flag),
    maybe("adding", Kind::Flag),
    maybe("switching", Kind::Flag),
    maybe("removing", Kind::Flag),
    maybe("restoring", Kind::Flag),
    always("ttl_before", Kind::Number),
    always("ttl", Kind::Number),
    always("changes", Kind::List(&[("name", Kind::Name), ("type", Kind::Word), ("old", Kind::Code), ("new", Kind::Code)])),
    maybe("files", FILE_LIST),
    maybe("back_files", FILE_LIST),
];

const ZONE_HEAD: &[Placeholder] = &[always("zone", Kind::Name), always("view", Kind::Word), always("differences", NOTES)];

const CERTIFICATE_CHANGE: &[Placeholder] = &[
    always("slug", Kind::Code),
    always("common_name", Kind::Name),
    maybe("reissued", Kind::Flag),
    maybe("installed", Kind::Flag),
    maybe("retired", Kind::Flag),
    maybe("differences", NOTES),
    maybe("services", Kind::List(&[("service", Kind::Code)])),
    maybe("assigned_by", Kind::List(&[("step", Kind::Line)])),
    maybe("install_on", Kind::List(&[("host", Kind::Code)])),
    maybe("remove_from", Kind::List(&[("host", Kind::Code)])),
];

const CHANGED_STEP: &[Placeholder] = &[
    always("id", Kind::Code),
    always("what", Kind::Line),
    always("whom", Kind::Line),
    always("site_of_work", Kind::Line),
    maybe("taken_back", Kind::Flag),
    maybe("differs", Kind::Flag),
    always("way_back", Kind::Line),
    maybe("now", NOTES),
    maybe("no_longer", NOTES),
    maybe("looks", OPERATIONS),
];

/// The values of a scope, its own first.
pub fn vocabulary(scope: Scope) -> impl Iterator<Item = &'static Placeholder> {
    let own: &[&[Placeholder]] = match scope {
        Scope::Organization => &[],
        Scope::Domain => &[DOMAIN],
        Scope::Site => &[SITE],
        Scope::Zone => &[ZONE],
        Scope::Firewall => &[FIREWALL, DEVICE],
        Scope::LoadBalancer => &[LOAD_BALANCER, DEVICE],
        Scope::Certificate => &[CERTIFICATE],
        Scope::Group => &[GROUP, SITE],
        Scope::Server => &[SERVER, GROUP, SITE],
        Scope::FirewallStage => &[FIREWALL_STAGE, STAGE, DEVICE],
        Scope::BalancerStage => &[BALANCER_STAGE, STAGE, DEVICE],
        Scope::RecordStage => &[RECORD_STAGE],
        Scope::ZoneHead => &[ZONE_HEAD],
        Scope::CertificateChange => &[CERTIFICATE_CHANGE],
        Scope::ChangedStep => &[CHANGED_STEP],
    };
    own.iter().copied().chain([ORGANIZATION]).flatten()
}

/// A value of a scope by its name.
pub fn find(scope: Scope, name: &str) -> Option<&'static Placeholder> {
    vocabulary(scope).find(|placeholder| placeholder.name == name)
}
