//! What a stream of audio takes on the wire, by codec: payload, in IP packets, and on Ethernet with SRTP.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};

/// A codec, one direction, packets of 20 milliseconds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codec {
    /// Stable name, such as `g711`.
    pub id: String,
    /// Its name.
    pub codec: String,
    /// Bits per second of the sound itself.
    pub payload: u64,
    /// Bits per second in IP packets (40 bytes of headers).
    pub ip: u64,
    /// Bits per second on Ethernet with SRTP (70 bytes of headers).
    pub ethernet: u64,
    /// Where it is used, for people.
    pub what: String,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

/// Packets of 20 milliseconds in a second, times the bits of a byte.
const BITS_PER_HEADER_BYTE: u64 = 50 * 8;

fact_row!(Codec, "codecs.toml", |row, checks| {
    checks.text(&row.id, "codec", &row.codec);
    checks.text(&row.id, "what", &row.what);
    if [(40, row.ip), (70, row.ethernet)].iter().any(|(header, rate)| row.payload + header * BITS_PER_HEADER_BYTE != *rate) {
        checks.refuse(&row.id, "the rates are the payload and its headers, 50 times a second");
    }
}, conflict: conflict);

const COLUMNS: &[Column] = &[
    column("codec", &["codec"]),
    column("payload, bps", &["payload"]),
    column("in IP, bps", &["ip"]),
    column("on Ethernet, bps", &["ethernet"]),
    column("what", &["what"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<Codec>("codecs", "Codecs", "The bandwidth of one direction of audio.", COLUMNS);
