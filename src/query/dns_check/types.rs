//! Types of records that are read over, because nothing of the product is in them.

/// Whether a word is the type of such a record.
pub(super) fn is_other(word: &str) -> bool {
    NAMES.contains(&word) || is_numbered(word)
}

/// `TYPE65280`, of RFC 3597.
fn is_numbered(kind: &str) -> bool {
    kind.strip_prefix("TYPE").is_some_and(|number| number.parse::<u16>().is_ok())
}

#[rustfmt::skip]
const NAMES: &[&str] = &[
    "AFSDB", "APL", "CAA", "CDNSKEY", "CDS", "CERT", "CSYNC", "DHCID", "DLV", "DNSKEY",
    "DS", "EUI48", "EUI64", "GPOS", "HINFO", "HIP", "HTTPS", "IPSECKEY", "ISDN", "KEY",
    "KX", "L32", "L64", "LOC", "LP", "MB", "MD", "MF", "MG", "MINFO",
    "MR", "MX", "NAPTR", "NID", "NSAP", "NSAP-PTR", "NSEC", "NSEC3", "NSEC3PARAM", "NULL",
    "NXT", "OPENPGPKEY", "PX", "RP", "RRSIG", "RT", "SIG", "SINK", "SMIMEA", "SPF",
    "SSHFP", "SVCB", "TALINK", "TLSA", "TXT", "URI", "WINS", "WINSR", "WKS", "X25",
    "ZONEMD",
];
