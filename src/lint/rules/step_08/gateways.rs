//! Media gateways with what the catalogue says of their kind; several rules look at them so.

use crate::catalog::GatewayType;
use crate::lint::RuleContext;
use crate::model::Group;
use crate::text::Spanned;

/// A gateway.
pub(super) struct Gateway<'a> {
    /// Its group.
    pub(super) group: &'a Group,
    /// Its kind, and the place that says so.
    pub(super) kind: Spanned<&'static GatewayType>,
    /// How many calls it carries, where that is said.
    pub(super) ports: Option<Spanned<u64>>,
}

/// All gateways whose kind the release knows.
pub(super) fn gateways<'a>(view: &RuleContext<'a>) -> Vec<Gateway<'a>> {
    let types = view.facts::<GatewayType>();
    let gateway = |block: &crate::lint::Block<'a>| {
        let kind = block.decl.choice("kind")?;
        let row = types.iter().find(|row| row.id == kind.value)?;
        Some(Gateway { group: view.group_of(block)?, kind: Spanned::new(row, kind.span), ports: block.decl.integer("ports") })
    };
    view.blocks_of("media_gateway").filter_map(gateway).collect()
}
