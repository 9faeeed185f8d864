//! Certificates: each with its names, its authority, and the computers that it is for.
//! Input: model and catalogue. Output: a [`CertificatePlan`]. Knows nothing of request files, and no keys.

mod make;
mod slug;

use serde::Serialize;

use super::{Lines, Reason};
use crate::catalog::{CertificateForm, CertificateRow, certificate_form, facts};
pub use crate::catalog::{Digest, ExtendedUse, KeyUse, LcsCmd};
use crate::lower::Fqdn;
use crate::model::{EndpointId, GroupId, Topology};
pub use crate::product::IssuerKind;
use crate::product::{Role, Side};
use crate::text::Span;

/// All certificates of a topology.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CertificatePlan {
    /// Certificates by slug.
    pub certificates: Vec<Certificate>,
    /// What cannot be; rules report each of them.
    #[serde(skip)]
    pub problems: Vec<CertificateProblem>,
}

/// One certificate.
#[derive(Debug, Clone, Serialize)]
pub struct Certificate {
    /// Its unique name: lower-case letters, digits, hyphens and underscores; safe as the name of a folder.
    pub slug: String,
    /// The group that it is for: a path in the topology.
    pub group: String,
    /// Its use among the group's certificates, such as `pool` or `access-edge`.
    pub usage: String,
    /// The common name of its subject.
    pub common_name: Fqdn,
    /// The other parts of its subject.
    pub subject: SubjectParts,
    /// Alternative names in order, the common name first; empty when there is no other name.
    pub sans: Vec<Fqdn>,
    /// What it may be used for.
    pub ekus: Vec<ExtendedUse>,
    /// What all requests of the release have in common.
    pub form: &'static CertificateForm,
    /// Where it is kept on each computer.
    pub store: &'static str,
    /// Who issues it; `None` where a rule reports it and a waiver accepts that.
    pub issuer: Option<Issuer>,
    /// Whether the key may be copied to the other computers.
    pub exportable: bool,
    /// The template of an Enterprise CA.
    pub template: Option<String>,
    /// The computers that it is installed on, by path; the first makes the request.
    pub installs: Vec<Install>,
    /// The endpoints that present it.
    pub serves: Vec<ServedEndpoint>,
    /// How LcsCmd deals with it; `None` where another tool installs it.
    pub lcscmd: Option<LcsCmd>,
    /// Notes for the installation.
    pub notes: Vec<String>,
    /// Why it is there.
    pub reason: Reason,
    /// Why each name is on it, the common name first.
    #[serde(skip)]
    pub names: Vec<NameReason>,
    /// The declaration that requires it.
    #[serde(skip)]
    pub span: Span,
}

impl Certificate {
    /// Whether it is kept in the store of Windows, and not by a device.
    pub fn on_windows(&self) -> bool {
        self.store.contains("LocalMachine")
    }

    /// What ids of steps call it: the path of its group, and what tells it from the group's others.
    pub fn thing(&self) -> String {
        let group = self.group.replace('.', "-") + "-";
        let own = self.slug.strip_prefix(&group).unwrap_or(&self.slug);
        format!("{}.{own}", self.group)
    }

    /// How many bytes its alternative names take when they are encoded (DER): a tag and a length before each, and before all.
    pub fn encoded_names(&self) -> usize {
        let with_head = |length: usize| match length {
            0..0x80 => length + 2,
            0x80..0x100 => length + 3,
            0x100..0x1_0000 => length + 4,
            _ => length + 5,
        };
        match self.sans.is_empty() {
            true => 0,
            false => with_head(self.sans.iter().map(|name| with_head(name.as_str().len())).sum()),
        }
    }

    /// How many characters its alternative names take as certreq of Windows Server 2003 reads them, `dns=a&dns=b`.
    pub fn attribute_names(&self) -> usize {
        self.sans.iter().map(|name| name.as_str().len() + "dns=&".len()).sum::<usize>().saturating_sub(1)
    }
}

impl Install {
    /// The host name of the computer: that of its name, or what the topology calls it.
    pub fn host(&self) -> &str {
        let called = || self.path.rsplit('.').next().unwrap_or_default();
        self.fqdn.as_ref().map_or_else(called, Fqdn::host_label)
    }
}

/// Why a name is on a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameReason {
    /// The name.
    pub name: Fqdn,
    /// How the catalogue writes it, such as `sip.{sip_domain}`.
    pub pattern: String,
    /// Whether it is there because clients of the group sign in by DNS.
    pub sign_in: bool,
    /// The role that it is there for, where that is not the certificate's own.
    pub serving: Option<Role>,
    /// The features that need it beside those of the certificate.
    pub features: Vec<&'static str>,
    /// `file:line` of the part that the user wrote.
    pub written: Option<String>,
}

/// The parts of a subject beside its common name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SubjectParts {
    /// O.
    pub organization: Option<String>,
    /// OU.
    pub unit: Option<String>,
    /// L.
    pub locality: Option<String>,
    /// S or ST.
    pub state: Option<String>,
    /// C.
    pub country: Option<String>,
}

/// A certification authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issuer {
    /// Its name in the topology.
    pub name: String,
    /// What it is.
    pub kind: IssuerKind,
    /// `host\CA name` for requests on line.
    pub config: Option<String>,
}

/// A computer with the certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Install {
    /// Its path in the topology.
    pub path: String,
    /// Its name, where it has one.
    pub fqdn: Option<Fqdn>,
}

/// An endpoint that presents the certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServedEndpoint {
    /// The endpoint.
    #[serde(skip)]
    pub endpoint: EndpointId,
    /// Its group's path.
    pub path: String,
    /// Its role.
    pub role: Role,
    /// Its side.
    pub side: Side,
}

/// A certificate that cannot be planned from this topology; each variant has a rule that reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateProblem {
    /// It has no issuer.
    NoIssuer {
        /// The row.
        row: String,
        /// The certificate.
        slug: String,
        /// The group.
        group: GroupId,
        /// The kind of authority that should.
        kind: IssuerKind,
        /// The group's place.
        span: Span,
    },
    /// It has no subject, because a group or server has no name.
    NoName {
        /// The row.
        row: String,
        /// The group or server.
        path: String,
        /// Where it is declared.
        span: Span,
    },
    /// A composed name is no domain name, such as one that grew too long.
    BadName {
        /// The row.
        row: String,
        /// The name.
        name: String,
        /// What is wrong with it, as the end of a sentence.
        why: String,
        /// The place of the part that the user wrote.
        span: Span,
    },
    /// A common name holds 64 characters at most.
    CommonNameTooLong {
        /// The certificate.
        slug: String,
        /// The name.
        name: Fqdn,
        /// The limit.
        limit: usize,
        /// Where the name is declared.
        span: Span,
    },
}

/// Plans the certificates of a topology.
pub fn plan(topology: &Topology, lines: &Lines<'_>) -> CertificatePlan {
    let product = topology.organization.product;
    // A release that has a catalogue has these rows: a test of the catalogue says so.
    let Some(form) = certificate_form(product) else { return CertificatePlan::default() };
    make::make(topology, facts::<CertificateRow>(product), form, lines)
}
