//! Sample names and documentation addresses: those of books, which must not reach an artifact.

use std::net::Ipv4Addr;
use std::sync::OnceLock;

use ipnet::Ipv4Net;
use serde::{Deserialize, Serialize};

use super::files;

/// A domain that is never deployed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleDomain {
    /// The domain, in lower case.
    pub name: String,
    /// The source.
    pub source: String,
}

/// A range of addresses for documentation.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleNetwork {
    /// The range.
    pub range: Ipv4Net,
    /// The source.
    pub source: String,
}

/// All that is reserved for samples.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Samples {
    domain: Vec<SampleDomain>,
    network: Vec<SampleNetwork>,
    private_ending: Vec<SampleDomain>,
}

impl Samples {
    /// The sample domain that holds a name.
    pub fn domain_of(&self, name: &str) -> Option<&SampleDomain> {
        let name = name.to_ascii_lowercase();
        self.domain
            .iter()
            .find(|domain| name.strip_suffix(domain.name.as_str()).is_some_and(|host| host.is_empty() || host.ends_with('.')))
    }

    /// The last label of a name, when no registry gives out names under it.
    pub fn private_ending_of(&self, name: &str) -> Option<&SampleDomain> {
        let ending = name.rsplit('.').next()?;
        self.private_ending.iter().find(|known| known.name.eq_ignore_ascii_case(ending))
    }

    /// The documentation range that holds an address.
    pub fn network_of(&self, address: Ipv4Addr) -> Option<&SampleNetwork> {
        self.network.iter().find(|network| network.range.contains(&address))
    }
}

/// The samples.
pub fn samples() -> &'static Samples {
    static SAMPLES: OnceLock<Samples> = OnceLock::new();
    SAMPLES.get_or_init(files::samples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_domain_covers_its_hosts_only() {
        let found = |name| samples().domain_of(name).map(|domain| domain.name.as_str());
        assert_eq!(found("sip.Contoso.com"), Some("contoso.com"));
        assert_eq!(found("contoso.com"), Some("contoso.com"));
        assert_eq!(found("mycontoso.com"), None);
        assert_eq!(found("contoso.com.au"), None);
        assert_eq!(found("pool.example"), Some("example"));
    }

    #[test]
    fn documentation_ranges() {
        assert!(samples().network_of(Ipv4Addr::new(203, 0, 113, 9)).is_some());
        assert!(samples().network_of(Ipv4Addr::new(131, 107, 155, 9)).is_none());
    }
}
