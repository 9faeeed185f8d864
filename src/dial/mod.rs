//! What becomes of dialled numbers: the product's patterns and translations, tried on numbers and compared with each other, and
//! the way of a call through usages, routes and gateways.
//! Input: texts that lowering has accepted. Knows no topology.

mod address_book;
mod cover;
mod dotnet;
mod example;
mod machine;
mod normalize;
mod number;
mod number_rule;
mod output;
mod pattern;
mod plan;
mod route;
mod undecided;

pub use address_book::{BookRule, Unwritable, booked, built_in, tel};
pub use cover::{covered, meet, numbers};
pub use example::{example, telephone_number, whole_number};
pub use machine::Machine;
pub use normalize::{Later, Normalized, Outcome, Taken};
pub use number::{BadNumber, LONGEST, check, is_e164, without_separators};
pub use number_rule::{Group, NumberRule, Replaced};
pub use pattern::{Pattern, refused};
pub use plan::{DialPlan, Policy, Profile, Route, Rule};
pub use route::{Ending, MatchedRoute, Routed, TriedGateway, UsageStep};
pub use undecided::Undecided;

#[cfg(test)]
mod tests;
