//! Codes of `dns check`, about existing zone files compared with the plan of names.

use super::{CodeRow, ZONES};
use crate::diag::{Code, Severity};

/// The rows, by number.
pub static CODES: &[&CodeRow] =
    &[&ZONE_FILE, &MISSING_RECORD, &WRONG_RECORD, &COMPETING_RECORD, &UNPLANNED_ZONE, &SIMILAR_NAME, &HIDDEN_RECORD];

/// A zone file that cannot be read.
pub static ZONE_FILE: CodeRow = CodeRow {
    code: Code("OCS0970"),
    name: "zone-file",
    waivable: false,
    doc: "`ocstopo dns check` reads zone files in the form of RFC 1035: `$ORIGIN`, `$TTL`, `$INCLUDE` of files that are also arguments, records with their owner, time to live, class and type in the usual orders, parentheses and comments. If it cannot read a part of a file, nothing is compared. A file that includes itself is refused, and so is a run of more than 10,000 includes or 2,000,000 records. `named-compilezone -o flat.zone ZONE FILE` writes a zone without `$GENERATE` and other extensions.",
    ..ZONES
};

/// A record that is planned and not there.
pub static MISSING_RECORD: CodeRow = CodeRow {
    code: Code("OCS0971"),
    name: "missing-record",
    doc: "A planned record is missing in the zone of its name. Add it as the help says; `ocstopo why` explains its purpose and what does not work without it.",
    ..ZONES
};

/// A record that says something else.
pub static WRONG_RECORD: CodeRow = CodeRow {
    code: Code("OCS0972"),
    name: "wrong-record",
    doc: "A planned record exists with other data: another address, port or target, or an alias where an address is needed. An alias that leads to the planned address in the given zones is accepted, unless a service record leads to the alias, which RFC 2782 forbids. Correct the zone, or the topology if the zone is right.",
    ..ZONES
};

/// A record beside the right one.
pub static COMPETING_RECORD: CodeRow = CodeRow {
    code: Code("OCS0973"),
    name: "competing-record",
    doc: "The name of a planned record has another record too: a second address, a second service record, an alias. Clients get one of the two at random, and certificates and firewall rules are made for only one of them. Records under names that the topology does not need are checked only if they look like names of the product (OCS0975).",
    ..ZONES
};

/// A zone that holds nothing that is planned.
pub static UNPLANNED_ZONE: CodeRow = CodeRow {
    code: Code("OCS0974"),
    name: "strange-zone",
    doc: "No name that the topology needs in this view is in the zone of the file, so nothing was compared. It is the file of another zone or of the other view, or its name is not that of its zone: write `--origin`.",
    ..ZONES
};

/// A name with a slip in it.
pub static SIMILAR_NAME: CodeRow = CodeRow {
    code: Code("OCS0975"),
    name: "similar-name",
    severity: Severity::Warning,
    doc: "A record has a name that looks like a name of the product and is not planned: a misspelt service such as \
          `_sipinternaltl._tcp`, a planned name with the zone twice because the dot at its end is missing, or a service record for a domain that is not a SIP domain. Clients do not look up such a name. If the planned record is missing too, OCS0971 reports both.",
    ..ZONES
};

/// A record that no name server answers with.
pub static HIDDEN_RECORD: CodeRow = CodeRow {
    code: Code("OCS0976"),
    name: "hidden-record",
    doc: "A planned name is below an `NS` record that delegates a part of the zone to other name servers, or below a `DNAME` record that redirects all names there. Name servers never answer with the zone's own record of this name. Write the record into the delegated zone, or remove the record that hides it.",
    ..ZONES
};
