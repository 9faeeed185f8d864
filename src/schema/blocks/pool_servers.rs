//! The servers of an Enterprise pool: Front Ends, and what an expanded pool puts on computers of its own.

use super::{COMMON, common};
use crate::schema::{BlockSchema, NameRule};

pub(super) static FRONT_END: BlockSchema = BlockSchema {
    kind: "front_end",
    title: "Front End server",
    parents: &["enterprise_pool"],
    name: NameRule::Range,
    required_in: &["enterprise_pool"],
    attrs: &[common::address("Its real address, behind the virtual one."), common::FQDN],
    doc: "A Front End: registration, presence, instant messages, address book. In a consolidated pool also conferencing and web components.",
    step: 2,
    example: "front_end fe[01..04] {
  address = 10.10.0.[11..14]
}",
    ..COMMON
};

pub(super) static WEB_CONFERENCING_SERVER: BlockSchema = BlockSchema {
    kind: "web_conferencing_server",
    title: "Web Conferencing Server",
    parents: &["enterprise_pool"],
    name: NameRule::Range,
    attrs: &[common::address("Its address. It has no virtual address: the Focus assigns servers to meetings."), common::FQDN],
    doc: "A Web Conferencing Server of an expanded pool.",
    step: 2,
    example: "web_conferencing_server wc[01..02] {
  address = 10.10.0.[51..52]
}",
    ..COMMON
};

pub(super) static AV_CONFERENCING_SERVER: BlockSchema = BlockSchema {
    kind: "av_conferencing_server",
    title: "A/V Conferencing Server",
    parents: &["enterprise_pool"],
    name: NameRule::Range,
    attrs: &[common::address("Its address. It has no virtual address: the Focus assigns servers to meetings."), common::FQDN],
    doc: "An A/V Conferencing Server of an expanded pool.",
    step: 2,
    example: "av_conferencing_server avc[01..02] {
  address = 10.10.0.[61..62]
}",
    ..COMMON
};

pub(super) static WEB_COMPONENTS_SERVER: BlockSchema = BlockSchema {
    kind: "web_components_server",
    title: "Web Components Server",
    parents: &["enterprise_pool"],
    name: NameRule::Range,
    attrs: &[common::address("Its real address, behind the virtual one of the web farm."), common::FQDN],
    doc: "A Web Components Server (IIS) of an expanded pool: address book files, group expansion, meeting content.",
    step: 2,
    example: "web_components_server web[01..02] {
  address = 10.10.0.[71..72]
}",
    ..COMMON
};
