//! Step 1, key planning decisions: what the features need, and names that are real.

mod anonymous_meetings_without_conferencing;
mod documentation_address;
mod end_of_support;
mod feature_of_another_release;
mod federated_av_without_federation;
mod missing_recommended_role;
pub(super) mod missing_role;
mod sample_name;
mod unregistered_sip_domain;
mod user_address;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[
    &missing_role::RULE,
    &missing_recommended_role::RULE,
    &sample_name::RULE,
    &documentation_address::RULE,
    &federated_av_without_federation::RULE,
    &anonymous_meetings_without_conferencing::RULE,
    &unregistered_sip_domain::RULE,
    &feature_of_another_release::RULE,
    &end_of_support::RULE,
    &user_address::RULE,
];
