//! What a picture shows, without coordinates: bands, sites, boxes and lines.
//! Texts are printable; a form escapes what has a meaning in it.

use super::Icon;

/// The position of a box in [`Picture::nodes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// What it shows, such as `contoso: overview`.
    pub title: String,
    /// The product, and what the view is about.
    pub subtitle: String,
    /// What a sample says at its top.
    pub note: Option<String>,
    /// What it shows in a sentence or two, for those who do not see it.
    pub description: String,
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The columns, from left to right.
    pub sites: Vec<Site>,
    /// The bands, from top to bottom.
    pub bands: Vec<Band>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Sentences below the picture.
    pub notes: Vec<String>,
}

/// A column of the picture. A frame is drawn around its cells unless it has no title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its path; unique.
    pub id: String,
    /// Its title; empty for a column without a frame.
    pub title: String,
    /// What is below the title.
    pub facts: Vec<String>,
    /// More about it.
    pub tip: String,
    /// The picture that shows more of it.
    pub link: Option<String>,
    /// How many cards are side by side.
    pub columns: usize,
}

/// Where a band is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Outside.
    Internet,
    /// Between the firewalls.
    Perimeter,
    /// Inside.
    Internal,
    /// Beside the sites that are drawn: other sites, the telephone network.
    Plain,
}

/// A band across all sites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Its title.
    pub title: String,
    /// Where it is.
    pub tone: Tone,
    /// What is at its upper border, by site: firewalls.
    pub border: Vec<Cell>,
    /// What is in it, by site.
    pub cells: Vec<Cell>,
    /// A bar across all sites at its lower end. There is another band below.
    pub across: Option<NodeId>,
}

/// What a site has in a band, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The position in [`Picture::sites`].
    pub site: usize,
    /// What is there.
    pub strips: Vec<Strip>,
}

/// One thing across the width of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strip {
    /// A firewall.
    Wall(NodeId),
    /// A network whose servers are beside it.
    Bar(NodeId),
    /// Boxes side by side, in several rows if need be.
    Cards(Vec<NodeId>),
    /// A network with its servers in it.
    Frame(NodeId, Vec<NodeId>),
}

/// What a box is about: its colour, beside its icon and its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// A person or thing outside.
    Outside,
    /// Networks and devices between them.
    Network,
    /// Pools, Directors and their parts.
    Core,
    /// Edge servers and reverse proxies.
    Edge,
    /// Telephony.
    Voice,
    /// Databases, archives, directories: what the others need.
    Support,
    /// Internal users.
    People,
    /// A site, or several, in one box.
    Site,
}

/// What an outage does to a box; its words say so, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// Nothing, or the picture is of no outage.
    #[default]
    Sound,
    /// It is down.
    Down,
    /// A part of it is down.
    Weak,
    /// People there lose services.
    Lost,
}

/// A box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its path; unique in the picture.
    pub id: String,
    /// What it looks like.
    pub icon: Icon,
    /// What it is about.
    pub family: Family,
    /// What it is, for the legend, such as `Firewall`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// What it is, below its name: its kind, or how many of that kind.
    pub about: String,
    /// The virtual addresses in front of it, a line for each network.
    pub front: Vec<String>,
    /// What is below its name.
    pub facts: Vec<String>,
    /// The facts that are addresses or names of machines, below the others.
    pub addresses: Vec<String>,
    /// Name, addresses and the place of its declaration, a line each.
    pub tip: String,
    /// The picture that shows more of it.
    pub link: Option<String>,
    /// What an outage does to it.
    pub state: State,
}

/// What a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineKind {
    /// A firewall joins networks.
    Joins,
    /// A server has an address in a network.
    Attached,
    /// A WAN link.
    Wan,
    /// Telephone lines.
    Trunk,
    /// One thing depends on another.
    Relation,
    /// Connections over TCP.
    Tcp,
    /// Connections over UDP.
    Udp,
    /// Connections over both.
    Both,
}

impl LineKind {
    /// Whether it has a direction.
    pub fn is_directed(self) -> bool {
        matches!(self, Self::Relation | Self::Tcp | Self::Udp | Self::Both)
    }

    /// For the legend.
    pub fn title(self) -> &'static str {
        match self {
            Self::Joins => "joins networks",
            Self::Attached => "has an address in",
            Self::Wan => "WAN link",
            Self::Trunk => "telephone lines",
            Self::Relation => "leads to, or uses",
            Self::Tcp => "connections over TCP",
            Self::Udp => "connections over UDP",
            Self::Both => "connections over TCP and UDP",
        }
    }
}

/// A line. Several ends on one side share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it stands for.
    pub kind: LineKind,
    /// Where it begins.
    pub from: Vec<NodeId>,
    /// Where it ends.
    pub to: Vec<NodeId>,
    /// What is on it; may be empty.
    pub label: String,
    /// More about it.
    pub tip: String,
    /// The firewalls that it passes.
    pub walls: Vec<NodeId>,
}

impl Picture {
    /// A box.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0]
    }

    /// The kinds of lines in it, each once.
    pub fn line_kinds(&self) -> Vec<LineKind> {
        let mut kinds: Vec<LineKind> = self.lines.iter().map(|line| line.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// The kinds of boxes in it, each once: icon, family and title.
    pub fn box_kinds(&self) -> Vec<(Icon, Family, &str)> {
        let mut kinds: Vec<(Family, Icon, &str)> =
            self.nodes.iter().map(|node| (node.family, node.icon, node.kind.as_str())).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds.into_iter().map(|(family, icon, kind)| (icon, family, kind)).collect()
    }
}
