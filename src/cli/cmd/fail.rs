//! `ocstopo fail`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::args::{AnswerFormat, Input};
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::io::Out;
use crate::query::fail::{fail, pairs, ranking};
use crate::report::answer;

/// Show what an outage takes away, from how many users, and what takes over
///
/// For a server, a pool or array, a load balancer, a database, a file share, a firewall, a WAN link, a network, a site, a domain
/// controller, a certification authority or a certificate that expires, or for several at the same time: the services that are lost
/// and for how many users of which sites, what takes over and at what load, what happens to running calls and meetings, what is
/// done by hand, and how long it takes, as far as a source states it. Users of a site are at the pools of that site, or else where
/// other sites have free places.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo fail redmond.pool01.fe01 examples/contoso\n  \
    ocstopo fail redmond.med01 redmond.med02 examples/contoso\n  \
    ocstopo fail certificate:redmond-pool01-pool examples/contoso\n  \
    ocstopo fail --all examples/contoso\n  ocstopo fail --pairs --limit 10 examples/contoso\n\n\
    Exit codes: 0 nothing is lost, 1 something is lost, 2 a name is unknown, or the topology cannot be read or has errors.")]
#[command(
    override_usage = "ocstopo fail [OPTIONS] NODE... [PATH]\n       ocstopo fail [OPTIONS] --all [PATH]\n       ocstopo fail [OPTIONS] --pairs [PATH]"
)]
pub(in crate::cli) struct Fail {
    /// What is down: a path such as `redmond.pool01`, its last part, an address, or KIND:NAME such as `certificate:NAME`; after
    /// them a file, a folder with all `.ocstopo` files below it, or - for standard input [default: .]
    #[arg(value_name = "NODE|PATH")]
    arguments: Vec<String>,

    /// Rank all single outages, and list the single points of failure of each service and site
    #[arg(long, conflicts_with = "pairs")]
    all: bool,

    /// Rank the pairs of outages that together take away what neither takes away alone
    #[arg(long)]
    pairs: bool,

    /// The maximum number of outages that `--all` and `--pairs` print; with `--all --format json` there is no limit
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    limit: u32,

    /// With `--all`: only the single points of failure of this site; may be repeated
    #[arg(long, value_name = "SITE")]
    site: Vec<String>,

    /// The name that messages show for standard input
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    stdin_filename: String,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: AnswerFormat,
}

impl Fail {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let (names, path) = self.names_and_path()?;
        let topology = load::resolved(&Input { path, stdin_filename: self.stdin_filename.clone() }, out)?;
        let plans = topology.plans();
        let (limit, width) = (self.limit as usize, out.output_canvas().width);
        let size = load::size(&topology.sources);
        if self.all {
            out.doing("trying each outage", size);
            let found = ranking(plans).at(plans, &self.site)?;
            out.print(&match self.format {
                AnswerFormat::Human => answer::fail::ranking(&found, limit, &self.site, width),
                AnswerFormat::Json => answer::json(&found),
            });
            return Ok(Exit::found(!found.outages.is_empty()));
        }
        if self.pairs {
            // There are as many as the square of the topology.
            out.doing("trying pairs of outages", size.saturating_mul(size));
            let found = pairs(plans, limit);
            out.print(&match self.format {
                AnswerFormat::Human => answer::fail::pairs(&found, width),
                AnswerFormat::Json => answer::json(&found),
            });
            return Ok(Exit::found(!found.pairs.is_empty()));
        }
        let found = fail(plans, &names)?;
        match self.format {
            AnswerFormat::Human => {
                out.print(&answer::fail::human(&found, width));
                if let Some(note) = answer::fail::rows_note(&found) {
                    out.note(&note);
                }
            }
            AnswerFormat::Json => out.print(&answer::json(&found)),
        }
        Ok(Exit::found(!found.lost.is_empty()))
    }

    /// The names, and the path after them. No name of a topology looks like a path; a name that is also a folder is a name if it is the only
    /// argument.
    fn names_and_path(&self) -> Result<(Vec<String>, PathBuf), Failure> {
        let whole = self.all || self.pairs;
        let mut names = self.arguments.clone();
        let here = PathBuf::from(".");
        let path = match names.as_slice() {
            [.., last] if whole || looks_like_path(last) || (names.len() > 1 && Path::new(last).exists()) => {
                names.pop().map(PathBuf::from).unwrap_or(here)
            }
            _ => here,
        };
        match (names.first(), whole) {
            (Some(first), true) => {
                let flag = if self.all { "--all" } else { "--pairs" };
                Err(format!("`{flag}` is about everything: leave `{first}` out, or leave `{flag}` out").into())
            }
            _ if !self.all && !self.site.is_empty() => {
                Err("`--site` is for the single points of failure that `--all` lists".to_owned().into())
            }
            (None, false) => Err("name what is down, such as `redmond.pool01`, or write `--all` or `--pairs`".to_owned().into()),
            _ => Ok((names, path)),
        }
    }
}

fn looks_like_path(text: &str) -> bool {
    text.contains(['/', '\\']) || text.ends_with(".ocstopo") || matches!(text, "-" | "." | "..")
}
