//! The figures of the sizing sheet: a formula each, over what the topology states and over constants of the catalogue. Rows, not code.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};
use crate::formula::Formula;

/// What a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    /// The whole organization.
    Organization,
    /// A Standard Edition server or an Enterprise pool.
    Pool,
    /// A site.
    Site,
    /// A link between sites.
    WanLink,
    /// The Edge Servers of a role, together.
    EdgeArray,
    /// An Archiving Server.
    ArchivingServer,
    /// A Monitoring Server of 2007 R2.
    MonitoringServer,
    /// The Mediation Servers and gateways of the organization.
    Voice,
}

/// A value that formulas name and that is no constant of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct FigureInput {
    /// Its name in formulas.
    pub name: &'static str,
    /// What it is, for people.
    pub what: &'static str,
}

const fn input(name: &'static str, what: &'static str) -> FigureInput {
    FigureInput { name, what }
}

const USERS: FigureInput = input("users", "users");

impl Measured {
    /// All, in the order of the sheet.
    pub const ALL: [Measured; 8] = [
        Measured::Organization,
        Measured::Pool,
        Measured::Site,
        Measured::WanLink,
        Measured::EdgeArray,
        Measured::ArchivingServer,
        Measured::MonitoringServer,
        Measured::Voice,
    ];

    /// The word of the catalogue and of answers.
    pub fn word(self) -> &'static str {
        match self {
            Measured::Organization => "organization",
            Measured::Pool => "pool",
            Measured::Site => "site",
            Measured::WanLink => "wan_link",
            Measured::EdgeArray => "edge_array",
            Measured::ArchivingServer => "archiving_server",
            Measured::MonitoringServer => "monitoring_server",
            Measured::Voice => "voice",
        }
    }

    /// The heading of its figures.
    pub fn title(self) -> &'static str {
        match self {
            Measured::Organization => "Organization",
            Measured::Pool => "Pools",
            Measured::Site => "Sites",
            Measured::WanLink => "WAN links",
            Measured::EdgeArray => "Edge Servers",
            Measured::ArchivingServer => "Archiving",
            Measured::MonitoringServer => "Monitoring",
            Measured::Voice => "Telephony",
        }
    }

    /// What formulas of its figures may name beside constants.
    pub fn inputs(self) -> &'static [FigureInput] {
        match self {
            Measured::Organization => {
                const {
                    &[
                        input("users", "users of all pools"),
                        input("site_users", "users who work at the sites"),
                        input("share", "percentage of external users at the same time"),
                        input("pools", "pools and Standard Edition servers"),
                        input("web_access_sessions", "browser sessions at the same time"),
                        input("web_access_servers", "Communicator Web Access servers"),
                    ]
                }
            }
            Measured::Pool => {
                const {
                    &[
                        USERS,
                        input("tested_users", "users of the tested topology"),
                        input("tested_front_ends", "front ends of the tested topology"),
                        input("tested_web_conferencing_servers", "Web Conferencing Servers of the tested topology"),
                        input("tested_av_conferencing_servers", "A/V Conferencing Servers of the tested topology"),
                        input("tested_web_components_servers", "Web Components Servers of the tested topology"),
                        input("front_ends", "front ends"),
                        input("web_conferencing_servers", "Web Conferencing Servers"),
                        input("av_conferencing_servers", "A/V Conferencing Servers"),
                        input("web_components_servers", "Web Components Servers"),
                        input("snat_addresses", "addresses that the load balancer connects from"),
                        input("address_book_file", "bytes of one full address book file"),
                        input("address_book_days", "days since the first address book file"),
                        input("address_book_volume", "bytes of the volumes for address book files"),
                        input("content_volume", "bytes of the volumes for meeting content"),
                    ]
                }
            }
            Measured::Site => {
                const {
                    &[
                        USERS,
                        input("private_addresses", "private addresses of servers and devices"),
                        input("public_addresses", "public addresses of servers and devices"),
                    ]
                }
            }
            Measured::WanLink => {
                const {
                    &[
                        input("users", "users of the site behind the link whose pool is elsewhere"),
                        input("bandwidth", "bits per second in each direction"),
                        input("latency", "milliseconds in one direction, as stated"),
                        input("calls_per_hour", "calls of a user over the telephone network in an hour"),
                        input("telephone_users", "users behind the link who telephone through a gateway elsewhere"),
                    ]
                }
            }
            Measured::EdgeArray => {
                const {
                    &[
                        input("users", "users whose outside connections use these servers"),
                        input("share", "percentage of external users at the same time"),
                        input("access_connections", "connections that the Access Edges carry"),
                        input("web_conferencing_connections", "connections that the Web Conferencing Edges carry"),
                        input("av_sessions", "sessions that the A/V Edges carry"),
                        input("access_server", "connections that one Access Edge carries"),
                        input("web_conferencing_server", "connections that one Web Conferencing Edge carries"),
                        input("av_server", "sessions that one A/V Edge carries"),
                        input("access_servers", "Access Edges"),
                        input("web_conferencing_servers", "Web Conferencing Edges"),
                        input("av_servers", "A/V Edges"),
                        input("connections_outside", "connections of clients outside, as stated"),
                        input("web_conferences_outside", "external users in web conferences at the same time"),
                        input("av_sessions_outside", "audio and video sessions with external users at the same time"),
                    ]
                }
            }
            Measured::ArchivingServer => {
                const {
                    &[
                        input("users", "users whose traffic it records"),
                        input("purge_days", "days for which records are kept"),
                        input("servers", "Archiving Servers"),
                    ]
                }
            }
            Measured::MonitoringServer => {
                const { &[input("users", "users whose calls it records"), input("purge_days", "days for which records are kept")] }
            }
            Measured::Voice => {
                const {
                    &[
                        input("users", "users with Enterprise Voice"),
                        input("calls_per_hour", "calls of a user over the telephone network in an hour"),
                        input("users_per_port", "users who share a port of a gateway"),
                        input("gateway_ports", "ports of all gateways"),
                        input("gateways", "gateways"),
                        input("mediation_servers", "Mediation Servers"),
                        input("ports_of_a_gateway", "ports of one gateway, as planned"),
                        input("media_ports", "media ports of all Mediation Servers, where each states its range"),
                    ]
                }
            }
        }
    }
}

/// How a figure bounds what is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureBound {
    /// At least so much is needed.
    #[default]
    Needed,
    /// At most so much is carried.
    Carried,
}

/// One figure.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureRow {
    /// Stable name, such as `pool.snat_addresses`.
    pub id: String,
    /// What it is of.
    pub of: Measured,
    /// What it is, for people.
    pub title: String,
    /// What is counted.
    pub unit: String,
    /// How it is worked out: inputs by name, constants as `limits.…`, `user_model.…`, `codecs.….ip`, earlier figures as `figures.…`.
    pub formula: String,
    /// The input that is compared with it.
    #[serde(default)]
    pub declared: Option<String>,
    /// How the two are compared.
    #[serde(default)]
    pub bound: FigureBound,
    /// Names without which it has no meaning: inputs, or words of the organization such as `im_archiving`.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Names that rule it out.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// What a reader must know beside the formula.
    #[serde(default)]
    pub note: Option<String>,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

impl FigureRow {
    /// Its formula, which the build script has accepted.
    pub fn formula(&self) -> Option<Formula<'_>> {
        Formula::read(&self.formula).ok()
    }
}

/// The kinds of rows that formulas take constants from.
pub const CONSTANTS: [&str; 3] = ["limits.", "user_model.", "codecs."];

fact_row!(FigureRow, "figures.toml", |row, checks| {
    checks.text(&row.id, "title", &row.title);
    checks.text(&row.id, "unit", &row.unit);
    let known = |name: &str| row.of.inputs().iter().any(|input| input.name == name);
    match Formula::read(&row.formula) {
        Err(mistake) => checks.refuse(&row.id, format!("its formula is not one: {mistake}")),
        Ok(formula) => {
            for name in formula.names() {
                let constant = CONSTANTS.iter().any(|kind| name.starts_with(kind)) || name.starts_with("figures.");
                if !constant && !known(name) {
                    checks.refuse(&row.id, format!("`{name}` is no input of `{}`", row.of.word()));
                }
            }
        }
    }
    if let Some(declared) = row.declared.as_deref().filter(|declared| !known(declared)) {
        checks.refuse(&row.id, format!("`{declared}` is no input of `{}`", row.of.word()));
    }
}, conflict: conflict, keeps_order: true);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("of", &["of"]),
    column("title", &["title"]),
    column("formula", &["formula"]),
    column("unit", &["unit"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<FigureRow>(
    "figures",
    "Figures",
    "What `ocstopo size` works out, each with its formula. Names in a formula are inputs of what it is of, constants of this catalogue, or earlier figures.",
    COLUMNS,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fact::facts;
    use crate::catalog::fact_file::read_rows;
    use crate::product::Product;

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[figures]]\nid = \"a\"\nof = \"pool\"\ntitle = \"t\"\nunit = \"u\"\nformula = \"ceil(users / limits.x)\"\nstep = 2\nsource = [\"topology:T32\"]\nconfidence = \"high\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<FigureRow>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        assert_eq!(faults("users /", "usres /"), "figures.toml: row `a`: `usres` is no input of `pool`");
        assert!(faults("ceil(", "ceil((").contains("its formula is not one: a closing bracket is expected"));
        assert_eq!(faults("unit =", "declared = \"x\"\nunit ="), "figures.toml: row `a`: `x` is no input of `pool`");
    }

    #[test]
    fn an_earlier_figure_is_named_only() {
        for product in Product::ALL {
            let rows = facts::<FigureRow>(product);
            for (at, row) in rows.iter().enumerate() {
                let formula = row.formula().expect("it was accepted");
                for name in formula.names().iter().filter_map(|name| name.strip_prefix("figures.")) {
                    let earlier = rows[..at].iter().find(|other| other.id == name);
                    assert!(earlier.is_some_and(|earlier| earlier.of == row.of), "{}: `{name}` is not an earlier figure", row.id);
                }
            }
        }
    }
}
