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
        doc: "A reference names something that is not declared. A reference is resolved in the site of its block first, then in the organization, then as a full path such as `redmond.pool01`.\n\nDeclare the missing block, or write the name of an existing one.",
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
        doc: "Every address of a server and every virtual address must be in a declared `network`: the network determines the zone of the address and the firewalls around it. Declare the network, widen its range, or correct the address.",
        ..LANGUAGE
    },
    &CodeRow {
        code: OVERLAP,
        name: "overlapping-networks",
        doc: "Two networks share addresses, so the place of a shared address is ambiguous, and traffic to it cannot be routed. Give them ranges that do not overlap.",
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
        doc: "Two things have the same address. Only the roles of one edge server may share an outside address, the two virtual addresses of one pool may be the same, and a server with `host` may have the address of that computer. A share has the address of the computer that its `path` or `fqdn` names, even if that is a server of the topology. Databases may share an address if they have the same `fqdn` (by default, the block's name) or different values of `instance`; a database may have the address of the Archiving or Monitoring Server whose block contains it; the `nodes` of a cluster may run several databases.",
        ..LANGUAGE
    },
    &CodeRow {
        code: NO_NAME,
        name: "server-without-a-name",
        doc: "The full name of a server is its block's name in the Active Directory domain of its site. If the site has no `domain`, the server needs its own `fqdn`.",
        ..LANGUAGE
    },
    &CodeRow {
        code: INCOMPLETE_VIP,
        name: "incomplete-virtual-address",
        doc: "A virtual address needs a load balancer: write both `vip` and `load_balancer`, or neither.",
        ..LANGUAGE
    },
    &CodeRow {
        code: ROLE_WITHOUT_BLOCK,
        name: "edge-role-without-a-block",
        doc: "A server of an edge array has an outside address for a role, so it runs that role. The array then needs the block of the role with the name that clients and partners use, such as `access_edge { fqdn = \"sip.contoso.com\" }`. Conversely, a role's block needs a server with an outside address for the role.",
        ..LANGUAGE
    },
    &CodeRow {
        code: ONE_NAME_FOR_TWO,
        name: "one-name-for-two-things",
        doc: "References, assertions and `trace` name things by their path, such as `redmond.pool01`; so no two of the sites, networks, firewalls, load balancers, pools and servers may have the same path. `internet` is a predefined network.\n\nGive one of the two another name.",
        ..LANGUAGE
    },
];
