//! What an outage takes away: which services go and for how many users, what takes over and at what load, what running calls and
//! meetings lose, what is done by hand and how long it takes.
//! Input: a topology with its plans, and what is down. Output: an [`Outage`], a [`Ranking`] of all single outages, or all [`Pairs`].

mod calls;
mod case;
mod effects;
mod facts;
mod load;
mod loss;
mod name;
mod outage;
mod pairs;
mod points;
mod ranking;
mod takeover;
mod unit;

pub use calls::Calls;
pub use effects::Effects;
pub(super) use effects::{Losers, effects};
pub use facts::{Aspect, Known};
pub use load::Load;
pub use loss::{Loss, SiteUsers};
pub use outage::{Down, Outage, fail};
pub use pairs::{Pair, PairedThing, Pairs, pairs};
pub use points::SitePoints;
pub use ranking::{Ranked, Ranking, ServiceUsers, ranking};
pub use takeover::TakeOver;
pub use unit::Kind;

#[cfg(test)]
mod tests;
