//! The roles that an expanded pool has on computers of their own.

use crate::product::{Feature, Role};

/// The roles on computers of their own, the feature that needs each (none: always), and the block that declares it.
pub(super) const SPLIT_ROLES: &[(Role, Option<Feature>, &str)] = &[
    (Role::WebComponents, None, "web_components_server"),
    (Role::WebConferencing, Some(Feature::WebConferencing), "web_conferencing_server"),
    (Role::AvConferencing, Some(Feature::AvConferencing), "av_conferencing_server"),
];
