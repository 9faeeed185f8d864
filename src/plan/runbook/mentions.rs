//! The names and addresses in a text: the check that a runbook mentions only existing ones.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::lower::Fqdn;
use crate::model::{Detail, Topology};
use crate::plan::dns::{DnsPlan, RecordData};

/// The names and addresses of a topology.
#[derive(Debug, Clone, Default)]
pub struct KnownNames {
    /// Domain names in lower case.
    pub names: BTreeSet<String>,
    /// Addresses.
    pub addresses: BTreeSet<Ipv4Addr>,
}

impl KnownNames {
    /// Everything that the topology declares and DNS answers: servers, services, domains, records; virtual and translated
    /// addresses, and the first address and the gateway of each network, and all masks.
    pub fn new(topology: &Topology, dns: &DnsPlan) -> Self {
        let organization = &topology.organization;
        let declared = organization.sip_domains.iter().chain(organization.domains.iter().map(|domain| &domain.fqdn));
        let mut names: BTreeSet<String> = declared.map(|name| name.value.to_string()).collect();
        let mut addresses: BTreeSet<Ipv4Addr> = topology.addresses.keys().copied().collect();
        names.extend(topology.servers.iter().filter_map(|server| server.fqdn.as_ref()).map(Fqdn::to_string));
        names.extend(topology.groups.iter().filter_map(|group| group.fqdn.as_ref()).map(|name| name.value.to_string()));
        names.extend(topology.endpoints.iter().filter_map(|e| e.fqdn.as_ref()).map(|name| name.value.to_string()));
        for group in &topology.groups {
            let outside = match &group.detail {
                Detail::Pool { external_web_farm, .. } => external_web_farm,
                Detail::WebAccess { external_fqdn, .. } | Detail::UpdateServer { external_fqdn } => external_fqdn,
                _ => &None,
            };
            names.extend(outside.iter().map(|name| name.value.to_string()));
        }
        for authority in &organization.authorities {
            let host = authority.config.as_deref().and_then(|config| config.split_once('\\'));
            names.extend(host.map(|(host, _)| host.to_ascii_lowercase()));
        }
        addresses.extend(topology.networks.iter().map(|network| network.range.network()));
        // Routes lead to several networks at once: a mask need not be that of a network.
        addresses
            .extend((8..=32).filter_map(|length| Ipv4Net::new(Ipv4Addr::UNSPECIFIED, length).ok()).map(|range| range.netmask()));
        addresses.extend(topology.networks.iter().filter_map(|network| network.gateway.as_ref()).map(|gateway| gateway.value));
        let translated = topology.firewalls.iter().flat_map(|firewall| &firewall.nats);
        addresses.extend(translated.flat_map(|nat| [nat.public.value, nat.inside.value]));
        let balancers = topology.load_balancers.iter().flat_map(|balancer| &balancer.snat_addresses);
        addresses.extend(balancers.map(|address| address.value));
        for (_, zone, record) in dns.records() {
            names.extend([zone.name.to_string(), record.owner.to_string()]);
            match &record.data {
                RecordData::A(address) => addresses.extend([*address]),
                RecordData::Cname(name) | RecordData::Ptr(name) | RecordData::Srv { target: name, .. } => {
                    names.extend([name.to_string()])
                }
            }
        }
        Self { names, addresses }
    }

    /// The domain names and addresses in a text that are not known. A word is taken for a domain name when its last two
    /// labels are those of a known name (`contoso.com`): names of files and paths of a topology are not.
    pub fn unknown_in<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let endings: BTreeSet<&str> = self.names.iter().filter_map(|name| ending(name)).collect();
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let unknown = |word: &&str| match word.parse::<Ipv4Addr>() {
            Ok(address) => !self.addresses.contains(&address),
            Err(_) => {
                let lower = word.to_ascii_lowercase();
                ending(&lower).is_some_and(|ending| endings.contains(ending)) && !self.names.contains(&lower)
            }
        };
        let words = text.split(|c: char| !word(c)).map(|word| word.trim_matches(['.', '-']));
        words.filter(|word| word.contains('.')).filter(unknown).collect()
    }
}

/// The last two labels.
fn ending(name: &str) -> Option<&str> {
    let (at, _) = name.rmatch_indices('.').nth(1).unwrap_or((usize::MAX, ""));
    if at == usize::MAX { name.contains('.').then_some(name) } else { name.get(at + 1..) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_names_are_found() {
        let names = ["pool01.corp.contoso.com", "sip.contoso.com", "contoso.com"].map(str::to_owned).into();
        let known = KnownNames { names, addresses: BTreeSet::from([Ipv4Addr::new(10, 0, 0, 1)]) };
        let text = "Type `pool01.corp.contoso.com` (10.0.0.1), then pool02.corp.contoso.com on 10.0.0.2. See LCSCmd.exe, \
                    redmond.pool01, contoso.ocstopo:4, technet.microsoft.com.";
        assert_eq!(known.unknown_in(text), ["pool02.corp.contoso.com", "10.0.0.2"]);
    }
}
