//! Complete topologies that examples of rules begin with. Each is clean: a finding in an example comes from its changes.

/// One site, one Standard Edition server, no outside access.
pub const STANDARD: &str = include_str!("standard.ocstopo");

/// The same with names and addresses that are no samples.
pub const REAL: &str = include_str!("real.ocstopo");

/// An Enterprise pool of two front ends behind a load balancer.
pub const POOL: &str = include_str!("pool.ocstopo");

/// A pool with its roles on computers of their own.
pub const EXPANDED: &str = include_str!("expanded.ocstopo");

/// A Standard Edition server with a consolidated edge and a reverse proxy.
pub const EDGE: &str = include_str!("edge.ocstopo");

/// Edge servers of a remote site, and no site that they belong to: the one topology here that is not clean.
pub const MEDIA_EDGE: &str = include_str!("media_edge.ocstopo");

/// A pool, an array of Directors and a scaled edge.
pub const SCALED: &str = include_str!("scaled.ocstopo");

/// A Standard Edition server with Enterprise Voice.
pub const VOICE: &str = include_str!("voice.ocstopo");

/// A pool whose messages are archived.
pub const ARCHIVING: &str = include_str!("archiving.ocstopo");

/// A pool, Directors, a scaled edge and Enterprise Voice, of which no single failure takes a service away.
pub const HIGH: &str = include_str!("high.ocstopo");
