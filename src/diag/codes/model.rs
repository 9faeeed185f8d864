//! Codes of the model: names, references and addresses that do not fit together.

use super::{CodeRow, LANGUAGE};
use crate::diag::Code;

/// See its row.
pub const NO_ORGANIZATION: Code = Code("OCS0060");
/// See its row.
pub const UNKNOWN_REFERENCE: Code = Code("OCS0061");
/// See its row.
pub const WRONG_KIND: Code = Code("OCS0062");
/// See its row.
pub const NO_NETWORK: Code = Code("OCS0063");
/// See its row.
pub const OVERLAP: Code = Code("OCS0064");
/// See its row.
pub const RESERVED_ADDRESS: Code = Code("OCS0065");
/// See its row.
pub const DUPLICATE_ADDRESS: Code = Code("OCS0066");
/// See its row.
pub const NO_NAME: Code = Code("OCS0067");
/// See its row.
pub const INCOMPLETE_VIP: Code = Code("OCS0068");
/// See its row.
pub const ROLE_WITHOUT_BLOCK: Code = Code("OCS0069");
/// See its row.
pub const ONE_NAME_FOR_TWO: Code = Code("OCS0071");

/// The rows, by number.
pub static CODES: &[&CodeRow] = &[
    &CodeRow {
        code: NO_ORGANIZATION,
        name: "no-organization",
        doc: "A topology has exactly one `organization` block at the top level. It names the product release, the SIP domains and the features; without it nothing can be derived.\n\nWrite `organization contoso { product = ocs_2007  sip_domains = [\"contoso.com\"] }` in one of the files.",
        ..LANGUAGE
    },
    &CodeRow {
        code: UNKNOWN_REFERENCE,
        name: "unknown-reference",
        doc: "A reference names something that is not declared. A reference is searched in the own site first, then in the organization, then as a full path such as `redmond.pool01`.\n\nDeclare the missing block, or write the name of an existing one.",
        ..LANGUAGE
    },
    &CodeRow {
        code: WRONG_KIND,
        name: "reference-of-the-wrong-kind",
        doc: "A reference names something that is declared, but as another kind of block than the attribute takes: a `load_balancer` attribute takes a load balancer, `next_hop` a Director or a pool.",
        ..LANGUAGE
    },
    &CodeRow {
        code: NO_NETWORK,
        name: "address-in-no-network",
        doc: "Every address of a server and every virtual address lies in one declared `network`: the network says in which zone it is and which firewalls stand around it. Declare the network, widen its range, or correct the address.",
        ..LANGUAGE
    },
    &CodeRow {
        code: OVERLAP,
        name: "overlapping-networks",
        doc: "Two networks share addresses, so an address in both has no one place and no traffic to it can be routed. Give them ranges that do not overlap.",
        ..LANGUAGE
    },
    &CodeRow {
        code: RESERVED_ADDRESS,
        name: "network-or-broadcast-address",
        doc: "The first address of a network names the network itself, and the last one is its broadcast address; neither can belong to a server. Networks of 31 and 32 bits have no such addresses.",
        ..LANGUAGE
    },
    &CodeRow {
        code: DUPLICATE_ADDRESS,
        name: "duplicate-address",
        doc: "One address is given to two things. Only the roles of one and the same edge server may share an outside address, the two virtual addresses of one pool may be the same, and a server that runs on another's computer, as its `host` says, may have that one's. A share has the address of the computer that its `path` or `fqdn` names, whatever else is there. Databases have one address where they have one `fqdn` (left out, it is the block's name) or each an `instance` of its own; a database may have that of the Archiving or Monitoring Server whose block it stands in; the `nodes` of a cluster may carry several databases.",
        ..LANGUAGE
    },
    &CodeRow {
        code: NO_NAME,
        name: "server-without-a-name",
        doc: "The full name of a server is its block's name in the Active Directory domain of its site. Where the site has no `domain`, the server needs an `fqdn` of its own.",
        ..LANGUAGE
    },
    &CodeRow {
        code: INCOMPLETE_VIP,
        name: "incomplete-virtual-address",
        doc: "A virtual address lives on a load balancer: `vip` and `load_balancer` stand together or not at all.",
        ..LANGUAGE
    },
    &CodeRow {
        code: ROLE_WITHOUT_BLOCK,
        name: "edge-role-without-a-block",
        doc: "A server of an edge array has an outside address for a role, so it runs that role; then the array needs the role's block with the name that clients and partners use, such as `access_edge { fqdn = \"sip.contoso.com\" }`. The other way round, a role's block without any server that has an outside address for it describes nothing.",
        ..LANGUAGE
    },
    &CodeRow {
        code: ONE_NAME_FOR_TWO,
        name: "one-name-for-two-things",
        doc: "References, assertions and `trace` name things by their path, such as `redmond.pool01`; so a site, network, firewall, load balancer, pool or server has a path of its own, whatever its kind. `internet` is the network that is always there.\n\nGive one of the two another name.",
        ..LANGUAGE
    },
];
