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
    doc: "`ocstopo dns check` reads zone files in the form of RFC 1035: `$ORIGIN`, `$TTL`, `$INCLUDE` of files that are arguments too, \
          records with their owner, time to live, class and type in the usual orders, parentheses and comments. What it cannot read it \
          does not guess, and nothing is compared. A file that includes itself is refused, and so is a run of more than 10,000 includes \
          or 2,000,000 records. `$GENERATE` and other extensions are gone from what \
          `named-compilezone -o flat.zone ZONE FILE` writes.",
    ..ZONES
};

/// A record that is planned and not there.
pub static MISSING_RECORD: CodeRow = CodeRow {
    code: Code("OCS0971"),
    name: "missing-record",
    doc: "A record that the topology calls for is not in the zone that holds its name. Add it as the help says; `ocstopo why` tells what \
          it is for and what does not work without it.",
    ..ZONES
};

/// A record that says something else.
pub static WRONG_RECORD: CodeRow = CodeRow {
    code: Code("OCS0972"),
    name: "wrong-record",
    doc: "A record that the topology calls for is there and says something else: another address, port or target, or an alias where an \
          address is needed. An alias that leads to the planned address in the given zones is right, unless a service record leads to the \
          alias: RFC 2782 forbids that. Correct the zone, or the topology if the zone is right.",
    ..ZONES
};

/// A record beside the right one.
pub static COMPETING_RECORD: CodeRow = CodeRow {
    code: Code("OCS0973"),
    name: "competing-record",
    doc: "Beside the record that the topology calls for another one stands under the same name: a second address, a second service record, \
          an alias. Who asks gets either by chance, and certificates and firewall rules are made for one of them. Records under names that \
          the topology does not need are looked at only where they look like names of the product (OCS0975).",
    ..ZONES
};

/// A zone that holds nothing that is planned.
pub static UNPLANNED_ZONE: CodeRow = CodeRow {
    code: Code("OCS0974"),
    name: "strange-zone",
    doc: "No name that the topology needs in this view lies in the zone of the file, so there was nothing to compare. It is the file of \
          another zone or of the other view, or its name does not say which zone it holds: write `--origin`.",
    ..ZONES
};

/// A name with a slip in it.
pub static SIMILAR_NAME: CodeRow = CodeRow {
    code: Code("OCS0975"),
    name: "similar-name",
    severity: Severity::Warning,
    doc: "A record stands under a name that looks like one of the product and is not planned: a misspelt service such as \
          `_sipinternaltl._tcp`, a planned name with the zone twice because the dot at its end is missing, or a service record for a \
          domain that is no SIP domain. Nobody asks for such a name. Where the planned record is missing, OCS0971 says both.",
    ..ZONES
};

/// A record that no name server answers with.
pub static HIDDEN_RECORD: CodeRow = CodeRow {
    code: Code("OCS0976"),
    name: "hidden-record",
    doc: "A planned name lies below a `NS` record that hands a part of the zone over to other name servers, or below a `DNAME` record that \
          leads all names there elsewhere. What the zone itself says of the name is never answered. Write the record into the zone below, \
          or take out what hides it.",
    ..ZONES
};
