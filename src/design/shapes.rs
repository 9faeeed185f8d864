//! Which servers, and how many: what the figures of `size` say for the users that were asked about.

use super::addresses::MOST_OF_A_KIND;
use super::question::{Conferencing, Question};
use crate::formula::Number;
use crate::plan::sizing::{Asked, Figure, SizingPlan, asked};
use crate::text::thousands;

/// A pool, as often as it is needed.
#[derive(Debug, Clone)]
pub(super) struct PoolShape {
    /// How many such pools.
    pub(super) pools: u64,
    /// The row of the tested topology: `standard_edition`, `consolidated` …
    pub(super) row: String,
    /// Users of each.
    pub(super) users: u64,
    pub(super) front_ends: u64,
    pub(super) web_conferencing: u64,
    pub(super) av_conferencing: u64,
    pub(super) web_components: u64,
    /// Addresses that its load balancer connects from.
    pub(super) snat_addresses: u64,
    /// How its front ends were worked out.
    pub(super) worked: String,
}

impl PoolShape {
    pub(super) fn is_standard(&self) -> bool {
        self.row == "standard_edition"
    }

    pub(super) fn is_expanded(&self) -> bool {
        self.row.starts_with("expanded")
    }
}

/// Edge servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EdgeShape {
    /// One computer with all roles.
    Consolidated,
    /// One with Access and Web Conferencing Edge, one with A/V Edge.
    SingleSite,
    /// Several of both behind load balancers.
    Scaled { access: u64, av: u64 },
    /// Several with all roles behind load balancers.
    ScaledTogether { servers: u64 },
}

/// Gateways with their Mediation Servers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gateways {
    pub(super) count: u64,
    /// The ports of each.
    pub(super) ports: u64,
}

/// All counts.
#[derive(Debug, Clone)]
pub(super) struct Shapes {
    pub(super) pool: PoolShape,
    pub(super) edge: Option<EdgeShape>,
    /// Addresses that the inner load balancer of edge servers connects from.
    pub(super) edge_snat: u64,
    pub(super) gateways: Option<Gateways>,
    /// Archiving Servers of each pool.
    pub(super) archiving: u64,
}

impl Shapes {
    pub(super) fn of(question: &Question) -> Result<Self, String> {
        let sizes = asked(&asked_of(question, question.users.value));
        let pool = pool(question, &sizes)?;
        let edge = question.share().map(|_| edge(question, &sizes));
        // What balances the edge has the connections of those outside: the figure of a pool with as many users.
        let outside = whole(&sizes, "edge_array.users_outside", None).unwrap_or(0);
        let edge_snat = whole(&asked(&Asked { availability: true, ..asked_of(question, outside) }), "pool.snat_addresses", None);
        // A release without the figure has no bound either.
        let carried = whole(&sizes, "archiving_server.users_with_messages", None).unwrap_or(u64::MAX).max(1);
        let shapes = Self {
            edge,
            edge_snat: edge_snat.unwrap_or(1),
            gateways: gateways(question, &sizes),
            archiving: if question.archiving { pool.users.div_ceil(carried).max(1) } else { 0 },
            pool,
        };
        shapes.bounded()
    }

    /// What one file can still describe.
    fn bounded(self) -> Result<Self, String> {
        let edges = match self.edge {
            Some(EdgeShape::Scaled { access, av }) => access.max(av),
            Some(EdgeShape::ScaledTogether { servers }) => servers,
            _ => 0,
        };
        let gateways = self.gateways.map_or(0, |gateways| gateways.count);
        for (count, what) in [
            (self.pool.pools, "pools"),
            (edges, "edge servers of a kind"),
            (gateways, "media gateways"),
            (self.archiving * self.pool.pools, "Archiving Servers"),
        ] {
            if count > MOST_OF_A_KIND {
                return Err(format!(
                    "{} {what} are needed; one design has at most {MOST_OF_A_KIND}: write a topology for each part of the organization",
                    thousands(count)
                ));
            }
        }
        Ok(self)
    }
}

fn asked_of(question: &Question, users: u64) -> Asked {
    Asked {
        product: question.product,
        users,
        outside: question.share(),
        availability: question.availability,
        voice_users: question.voice,
        call_volume: question.call_volume,
        ports_of_a_gateway: None,
        archiving: question.archiving,
        retention: None,
        address_book_days: None,
        web_access_sessions: None,
        model: Vec::new(),
    }
}

fn figure<'p>(sizes: &'p SizingPlan, id: &str, subject: Option<&str>) -> Option<&'p Figure> {
    sizes.figures.iter().find(|figure| figure.row.id == id && subject.is_none_or(|path| figure.subject.path == path))
}

fn whole(sizes: &SizingPlan, id: &str, subject: Option<&str>) -> Option<u64> {
    let value: Number = figure(sizes, id, subject)?.value.ceil();
    u64::try_from(*value.numer()).ok()
}

/// The first of the tested topologies: the smallest that carries all in one pool, else the one that needs the fewest pools.
fn pool(question: &Question, sizes: &SizingPlan) -> Result<PoolShape, String> {
    let none = || "the release has no tested topology of a pool".to_owned();
    let front_ends = figure(sizes, "pool.front_ends", None).ok_or_else(none)?;
    let path = front_ends.subject.path.as_str();
    let (pools, row) = match path.split_once(" × ") {
        Some((pools, row)) => (pools.parse().unwrap_or(1), row),
        None => (1, path),
    };
    let count = |id: &str| whole(sizes, id, Some(path)).unwrap_or(0);
    let least = |count: u64| if count > 0 && question.availability { count.max(2) } else { count };
    let standard = row == "standard_edition";
    let meetings = question.conferencing != Conferencing::None;
    let media = question.conferencing == Conferencing::All;
    Ok(PoolShape {
        pools,
        row: row.to_owned(),
        users: question.users.value.div_ceil(pools),
        // A pool of one front end is a Standard Edition server with more to do.
        front_ends: if standard { 1 } else { count("pool.front_ends").max(2) },
        web_conferencing: least(count("pool.web_conferencing_servers").max(u64::from(meetings))),
        av_conferencing: least(count("pool.av_conferencing_servers").max(u64::from(media))),
        web_components: least(count("pool.web_components_servers").max(1)),
        snat_addresses: count("pool.snat_addresses").max(1),
        worked: front_ends.worked(),
    })
}

fn edge(question: &Question, sizes: &SizingPlan) -> EdgeShape {
    let count = |row: &str| {
        let ids = ["edge_array.access_servers", "edge_array.web_conferencing_servers", "edge_array.av_servers"];
        ids.into_iter().filter_map(|id| whole(sizes, id, Some(row))).max()
    };
    // One more than is needed keeps the load when a computer fails.
    let spare = u64::from(question.availability);
    let all = count("all").unwrap_or(1).max(1);
    let access = count("access_web_conferencing").map(|count| count.max(1));
    let av = count("av").map(|count| count.max(1));
    match (access, av) {
        _ if all == 1 && spare == 0 => EdgeShape::Consolidated,
        (Some(1), Some(1)) if spare == 0 && question.has_media() => EdgeShape::SingleSite,
        (Some(access), Some(av)) => EdgeShape::Scaled { access: (access + spare).max(2), av: (av + spare).max(2) },
        _ => EdgeShape::ScaledTogether { servers: (all + spare).max(2) },
    }
}

fn gateways(question: &Question, sizes: &SizingPlan) -> Option<Gateways> {
    question.voice?;
    let ports = whole(sizes, "voice.gateway_ports", None)?.max(1);
    let needed = whole(sizes, "voice.gateways", None)?.max(1);
    Some(Gateways { count: needed + u64::from(question.availability), ports: ports.div_ceil(needed) })
}
