//! The templates that the program carries. A test compares this list with the folder `templates/`.

use super::Language;

macro_rules! shipped {
    ($($language:ident $file:literal,)*) => {
        &[$((
            Language::$language,
            $file,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/", $file, ".tera")),
        )),*]
    };
}

/// Language, `language/name`, text.
pub(super) const SHIPPED: &[(Language, &str, &str)] = shipped![
    Nftables "nftables/ruleset",
    Iptables "iptables/ipv6",
    Iptables "iptables/ruleset",
    Cisco "cisco/asa",
    Cisco "cisco/asa_remove",
    Cisco "cisco/asa_remove_nat",
    Cisco "cisco/ios",
    Cisco "cisco/ios_remove",
    Junos "junos/srx",
    Junos "junos/srx_remove",
    Panos "panos/remove",
    Panos "panos/set",
    Fortios "fortios/remove",
    Fortios "fortios/script",
    Haproxy "haproxy/balancer",
    Tmsh "tmsh/balancer",
    Tmsh "tmsh/balancer_remove",
    Netscaler "netscaler/balancer",
    Netscaler "netscaler/balancer_remove",
    Yaml "yaml/aerleon_definitions",
    Yaml "yaml/aerleon_policy",
    Bind "bind/records",
    Bind "bind/zone",
    OpensslCnf "openssl/request",
    CertreqInf "certreq/request",
    Batch "batch/advfirewall",
    Batch "batch/dnscmd",
    Batch "batch/portopening",
    PowerShell "powershell/dns",
    Nsupdate "nsupdate/zone",
    Hosts "hosts/server",
    Yaml "yaml/octodns_config",
    Yaml "yaml/octodns_zone",
    JavaScript "javascript/dnsconfig",
    Nginx "nginx/publishing",
    Markdown "markdown/isa_rules",
    Markdown "markdown/readme",
    Markdown "markdown/runbook",
];
