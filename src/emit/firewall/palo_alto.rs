//! `rules.panos`: set commands for PAN-OS. Rules compare packets as they arrive, so traffic from outside is matched by a
//! translated server's public address. `remove.panos`: deletes of exactly its objects.

use super::super::language::{device, language};
use super::super::{EmitContext, EmitError, Language};
use super::change;
use super::draft::Draft;
use super::objects::{Limits, View};
use super::{Dialect, Written};
use crate::plan::device::Values;
use crate::plan::firewall::MatchedAddress;
use crate::product::FirewallDialect;

/// Set commands of PAN-OS.
static LANGUAGE: Language = language!("panos", |text| device(text, "?\"\\`$!'")).comments("#");

pub(super) static DIALECT: Dialect = Dialect {
    word: FirewallDialect::PaloAlto.word(),
    reader: "Palo Alto Networks PAN-OS",
    language: &LANGUAGE,
    file: "rules.panos",
    remove: Some("remove.panos"),
    stateful: true,
    matched: MatchedAddress::Mapped,
    own: |_| Values::new(),
    emit,
    ways: true,
    change: change::palo_alto,
};

/// Names have at most 31 characters in the releases of the time, 63 later; descriptions 255 bytes.
const LIMITS: Limits = Limits { name: 31, about: 255, object_about: 255, members: 500 };

/// The configuration of a firewall, and what removes it.
fn emit(draft: &Draft<'_>, cx: &EmitContext<'_>) -> Result<Written, EmitError> {
    let view = View::new(draft, cx, &DIALECT, &LIMITS)?;
    Ok(Written {
        rules: cx.templates.render(&LANGUAGE, "set", &view)?,
        remove: Some(cx.templates.render(&LANGUAGE, "remove", &view)?),
        ..Written::default()
    })
}
