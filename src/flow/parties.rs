//! The parties on one end of a flow.

use std::ops::Index;
use std::sync::Arc;

use super::Peer;

/// The parties on one end of a flow, in order. All flows that a party has share it.
#[derive(Debug, Clone, Default)]
pub struct Parties(Vec<Arc<Peer>>);

impl Parties {
    /// The parties in order.
    pub fn iter(&self) -> <&Self as IntoIterator>::IntoIter {
        self.into_iter()
    }

    /// The first party.
    pub fn first(&self) -> Option<&Peer> {
        self.get(0)
    }

    /// The party at a position.
    pub fn get(&self, at: usize) -> Option<&Peer> {
        self.0.get(at).map(Arc::as_ref)
    }

    /// The party, if there is one only.
    pub(super) fn only(&self) -> Option<&Peer> {
        if let [one] = self.0.as_slice() { Some(one) } else { None }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds parties that other flows have, too.
    pub(super) fn extend<'p>(&mut self, parties: impl IntoIterator<Item = &'p Arc<Peer>>) {
        self.0.extend(parties.into_iter().cloned());
    }

    /// Sorts them, and drops those that are the same by path and address.
    pub(super) fn dedup(&mut self) {
        self.0.sort_by(|a, b| (&a.path, a.net, a.role).cmp(&(&b.path, b.net, b.role)));
        self.0.dedup_by(|a, b| a.path == b.path && a.net == b.net);
        self.0.shrink_to_fit();
    }

    /// Those that fulfil a condition.
    pub(super) fn filtered(&self, holds: impl Fn(&Peer) -> bool) -> Self {
        Self(self.0.iter().filter(|peer| holds(peer)).cloned().collect())
    }
}

impl Index<usize> for Parties {
    type Output = Peer;

    fn index(&self, at: usize) -> &Peer {
        &self.0[at]
    }
}

impl From<&[Arc<Peer>]> for Parties {
    fn from(parties: &[Arc<Peer>]) -> Self {
        Self(parties.to_vec())
    }
}

impl FromIterator<Peer> for Parties {
    fn from_iter<I: IntoIterator<Item = Peer>>(peers: I) -> Self {
        Self(peers.into_iter().map(Arc::new).collect())
    }
}

impl<'p> IntoIterator for &'p Parties {
    type Item = &'p Peer;
    type IntoIter = std::iter::Map<std::slice::Iter<'p, Arc<Peer>>, fn(&'p Arc<Peer>) -> &'p Peer>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(Arc::as_ref)
    }
}
