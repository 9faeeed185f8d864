//! The registry: every block that a topology may hold, one file per block or per small family of blocks.
//!
//! To add an attribute, edit the file of its block. To add a block, write its file and name it in [`ALL`].

pub use super::types::{ANYWHERE, SERVERS, TOP};
use super::{BlockSchema, NameRule};
use crate::product::Product;

/// A closed choice, written as `word => "what it means"` lines.
macro_rules! choices {
    ($($word:ident $(since $since:ident)? $(until $until:ident)? => $doc:literal),+ $(,)?) => {
        $crate::schema::Type::Choice(&[$($crate::product::Choice {
            word: stringify!($word),
            doc: $doc,
            releases: $crate::product::Releases::ALL
                $(.since($crate::product::Product::$since))?
                $(.until($crate::product::Product::$until))?,
        }),+])
    };
}

mod active_directory;
mod address_book;
mod archiving_server;
mod assert;
mod back_end;
mod certification_authority;
mod common;
mod compliance;
mod director;
mod domain_controller;
mod edge_array;
mod enterprise_pool;
mod exchange_um;
mod external_access;
mod file_share;
mod firewall;
mod group_chat_server;
mod hardware;
mod load_balancer;
mod media_gateway;
mod mediation_server;
mod monitoring_server;
mod network;
mod organization;
mod pool_servers;
mod reverse_proxy;
mod sample_user;
mod site;
mod software;
mod standard_edition;
mod storage;
mod update_server;
mod user_model;
mod voice;
mod waive;
mod wan_link;
mod web_access;

/// What most blocks have in common, for `..COMMON`.
const COMMON: BlockSchema = BlockSchema {
    kind: "",
    title: "",
    parents: &[],
    name: NameRule::Required,
    repeat: true,
    required_in: &[],
    attrs: &[],
    doc: "",
    step: 0,
    example: "",
    since: Product::ALL[0],
};

/// Every block, in the order of the language reference.
pub static ALL: &[&BlockSchema] = &[
    &organization::ORGANIZATION,
    &external_access::EXTERNAL_ACCESS,
    &external_access::PARTNER,
    &active_directory::ACTIVE_DIRECTORY,
    &active_directory::DOMAIN,
    &certification_authority::CERTIFICATION_AUTHORITY,
    &certification_authority::CERTIFICATE_SUBJECT,
    &organization::DNS,
    &organization::ZONE,
    &compliance::COMPLIANCE,
    &user_model::USER_MODEL,
    &sample_user::SAMPLE_USER,
    &site::SITE,
    &network::NETWORK,
    &firewall::FIREWALL,
    &firewall::STATIC_NAT,
    &wan_link::WAN_LINK,
    &load_balancer::LOAD_BALANCER,
    &domain_controller::DOMAIN_CONTROLLER,
    &standard_edition::STANDARD_EDITION,
    &enterprise_pool::ENTERPRISE_POOL,
    &pool_servers::FRONT_END,
    &pool_servers::WEB_CONFERENCING_SERVER,
    &pool_servers::AV_CONFERENCING_SERVER,
    &pool_servers::WEB_COMPONENTS_SERVER,
    &back_end::BACK_END,
    &file_share::FILE_SHARE,
    &director::DIRECTOR,
    &director::DIRECTOR_ARRAY,
    &director::SERVER,
    &edge_array::EDGE_ARRAY,
    &edge_array::INSIDE,
    &edge_array::ACCESS_EDGE,
    &edge_array::WEB_CONFERENCING_EDGE,
    &edge_array::AV_EDGE,
    &edge_array::SERVER,
    &reverse_proxy::REVERSE_PROXY,
    &reverse_proxy::REVERSE_PROXY_ARRAY,
    &reverse_proxy::SERVER,
    &mediation_server::MEDIATION_SERVER,
    &media_gateway::MEDIA_GATEWAY,
    &exchange_um::EXCHANGE_UM,
    &archiving_server::ARCHIVING_SERVER,
    &monitoring_server::MONITORING_SERVER,
    &monitoring_server::QOE_MONITORING_SERVER,
    &group_chat_server::GROUP_CHAT_SERVER,
    &update_server::UPDATE_SERVER,
    &web_access::WEB_ACCESS,
    &web_access::WEB_ACCESS_ARRAY,
    &web_access::SERVER,
    &address_book::ADDRESS_BOOK,
    &storage::STORAGE,
    &hardware::HARDWARE,
    &software::SOFTWARE,
    &voice::VOICE,
    &voice::LOCATION_PROFILE,
    &voice::RULE,
    &voice::PHONE_USAGE,
    &voice::POLICY,
    &voice::ROUTE,
    &voice::TEST,
    &waive::WAIVE,
    &assert::ASSERT,
];

/// The block of this kind that is allowed in `parent` ([`TOP`] for the top level); `server` means several blocks.
pub fn find(kind: &str, parent: &str) -> Option<&'static BlockSchema> {
    of_kind(kind).find(|block| block.is_allowed_in(parent))
}

/// The blocks of this kind, in any parent.
pub fn of_kind(kind: &str) -> impl Iterator<Item = &'static BlockSchema> + use<'_> {
    ALL.iter().copied().filter(move |block| block.kind == kind)
}

/// The blocks that are allowed in `parent` ([`TOP`] for the top level).
pub fn children_of(parent: &str) -> impl Iterator<Item = &'static BlockSchema> + use<'_> {
    ALL.iter().copied().filter(move |block| block.is_allowed_in(parent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Type;

    #[test]
    fn every_parent_is_a_block() {
        for block in ALL {
            assert!(!block.parents.is_empty(), "{} is nowhere", block.kind);
            for parent in block.parents.iter().chain(block.required_in).filter(|p| ![TOP, ANYWHERE].contains(p)) {
                assert!(of_kind(parent).next().is_some(), "{} is in {parent}, which is no block", block.kind);
            }
        }
    }

    #[test]
    fn kind_and_parent_name_one_block() {
        let parents = ALL.iter().map(|block| block.kind).chain([TOP]);
        for parent in parents {
            let mut kinds: Vec<_> = children_of(parent).map(|block| block.kind).collect();
            let all = kinds.len();
            kinds.sort_unstable();
            kinds.dedup();
            assert_eq!(kinds.len(), all, "two blocks of one kind may be in `{parent}`");
        }
    }

    #[test]
    fn references_point_at_blocks_with_names() {
        fn targets(ty: &Type) -> &'static [&'static str] {
            match ty {
                Type::Reference(kinds) => kinds,
                Type::List(inner) => targets(inner),
                _ => &[],
            }
        }
        for block in ALL {
            for attr in block.attrs {
                for kind in targets(&attr.ty) {
                    let named = of_kind(kind).any(|target| target.name != NameRule::None);
                    assert!(named, "{}.{} refers to `{kind}`, which has no name", block.kind, attr.name);
                }
            }
        }
    }

    #[test]
    fn words_are_words_and_documented() {
        let word = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        for block in ALL {
            assert!(word(block.kind) && !block.doc.is_empty() && !block.title.is_empty(), "{}", block.kind);
            assert!(block.step <= 12, "{}", block.kind);
            let mut names: Vec<_> = block.attrs.iter().map(|attr| attr.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), block.attrs.len(), "{} has an attribute twice", block.kind);
            for attr in block.attrs {
                assert!(word(attr.name) && attr.doc.ends_with('.'), "{}.{}", block.kind, attr.name);
                assert!(!(attr.required && attr.default.is_some()), "{}.{} is required and has a default", block.kind, attr.name);
                let ty = if let Type::List(inner) = &attr.ty { inner } else { &attr.ty };
                if let Type::Choice(choices) = ty {
                    assert!(choices.iter().all(|choice| word(choice.word) && choice.doc.ends_with('.')), "{}", attr.name);
                }
            }
        }
    }
}
