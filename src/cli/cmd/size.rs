//! `ocstopo size`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::args::Input;
use crate::cli::exit::{Exit, Failure};
use crate::cli::figures::{Answer, Volume, decimal, percent, product, users};
use crate::cli::load;
use crate::io::Out;
use crate::product::Product;
use crate::query::size::{Asked, Number, address_book_file, size, size_asked};
use crate::report::answer;

/// Work out figures: servers, connections, ports, bandwidth and storage, each with its formula and beside what is declared
///
/// Of a topology, or of a number of users without one (`--users`). A figure is not an estimate of this program: it is a formula of
/// the catalogue over constants of the catalogue, and `--explain` shows both with their sources. Figures of the user model can be
/// stated in `user_model` of the topology.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo size examples/contoso\n  ocstopo size examples/contoso --explain\n  \
    ocstopo size examples/contoso --bill\n  \
    ocstopo size --users 42000 --external 10% --availability yes\n  \
    ocstopo size --product ocs_2007_r2 --users 12000 --voice 3000 --call-volume moderate\n  \
    ocstopo size --address-book-file F-0A8C\n  \
    ocstopo size --users 42000 --archiving --retention 60 --model meetings.concurrent=8\n\n\
    Exit codes: 0 the figures are shown, 2 the topology cannot be read or has errors, or the question cannot be answered.")]
pub(in crate::cli) struct Size {
    /// A file, a folder with all `.ocstopo` files below it, or - for standard input [default: .]
    #[arg(value_name = "PATH", conflicts_with = "users")]
    path: Option<PathBuf>,

    /// The name that messages show for standard input
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    stdin_filename: String,

    /// Answer without a topology, for this number of users
    #[arg(long, value_name = "NUMBER", value_parser = users)]
    users: Option<u64>,

    /// The release, without a topology
    #[arg(long, value_name = "PRODUCT", requires = "users", default_value = "ocs_2007", value_parser = product)]
    product: Product,

    /// The share of users outside at the same time, such as 10%
    #[arg(long, value_name = "SHARE", requires = "users", value_parser = percent)]
    external: Option<Number>,

    /// Whether the service must continue when a computer fails
    #[arg(long, value_name = "ANSWER", requires = "users", default_value = "no")]
    availability: Answer,

    /// Users with Enterprise Voice
    #[arg(long, value_name = "NUMBER", requires = "users", value_parser = users)]
    voice: Option<u64>,

    /// The call volume of these users
    #[arg(long, value_name = "VOLUME", requires = "voice", default_value = "light")]
    call_volume: Volume,

    /// The ports of one gateway
    #[arg(long, value_name = "NUMBER", requires = "voice", value_parser = clap::value_parser!(u64).range(1..=100_000))]
    gateway_ports: Option<u64>,

    /// Instant messages are archived
    #[arg(long, requires = "users")]
    archiving: bool,

    /// Days for which records are kept
    #[arg(long, value_name = "DAYS", requires = "archiving", value_parser = clap::value_parser!(u64).range(1..=2_562))]
    retention: Option<u64>,

    /// Days since the first address book file, for its files and their size by then
    #[arg(long, value_name = "DAYS", requires = "users", value_parser = clap::value_parser!(u64).range(1..=100_000))]
    address_book_days: Option<u64>,

    /// Print only the date of the address book file with this name, such as F-0A8C
    #[arg(long, value_name = "NAME", conflicts_with_all = ["users", "path", "explain", "bill"])]
    address_book_file: Option<String>,

    /// Browser sessions of Communicator Web Access at the same time
    #[arg(long, value_name = "NUMBER", requires = "users", value_parser = users)]
    web_access: Option<u64>,

    /// A figure of the user model that is known better, such as meetings.concurrent=8; may be repeated
    #[arg(long, value_name = "ROW=NUMBER", requires = "users", value_parser = model)]
    model: Vec<(String, Number)>,

    /// Show each formula with its values, and where they are from
    #[arg(long)]
    explain: bool,

    /// Show the bill of materials in place of the figures: servers, appliances, addresses, certificates, licences
    #[arg(long, conflicts_with_all = ["users", "explain"])]
    bill: bool,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Figures grouped by pool, site, link or array
    Human,
    /// A row for each figure
    Csv,
    /// For programs; docs/json.md describes the fields
    Json,
}

impl Size {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        if let Some(name) = &self.address_book_file {
            let file = address_book_file(name, self.product)?;
            out.print(&match self.format {
                Format::Json => answer::json(&file),
                Format::Human | Format::Csv => answer::size::address_book_file(&file),
            });
            return Ok(Exit::Fine);
        }
        let found = match self.users {
            Some(users) => size_asked(&self.asked(users))?,
            None => {
                let path = self.path.clone().unwrap_or_else(|| ".".into());
                let input = Input { path, stdin_filename: self.stdin_filename.clone() };
                let topology = load::resolved(&input, out)?;
                size(topology.plans())
            }
        };
        if let (true, Some(bill)) = (self.bill, &found.bill) {
            match self.format {
                Format::Human => {
                    out.print(&answer::size::bill(bill, out.output_canvas().width));
                    out.note(&answer::size::bill_summary(&found, bill));
                }
                Format::Csv => out.print(&answer::size::bill_csv(bill)),
                Format::Json => out.print(&answer::json(bill)),
            }
            return Ok(Exit::Fine);
        }
        match self.format {
            Format::Human => {
                out.print(&answer::size::human(&found, self.explain, out.output_canvas().width));
                out.note(&answer::size::summary(&found, self.explain));
            }
            Format::Csv => out.print(&answer::size::csv(&found)),
            Format::Json => out.print(&answer::json(&found)),
        }
        Ok(Exit::Fine)
    }

    fn asked(&self, users: u64) -> Asked {
        Asked {
            product: self.product,
            users,
            outside: self.external,
            availability: self.availability == Answer::Yes,
            voice_users: self.voice,
            call_volume: self.call_volume.word(),
            ports_of_a_gateway: self.gateway_ports,
            archiving: self.archiving,
            retention: self.retention,
            address_book_days: self.address_book_days,
            web_access_sessions: self.web_access,
            model: self.model.clone(),
        }
    }
}

fn model(text: &str) -> Result<(String, Number), String> {
    let expected = || "expected a row of the user model and its figure, such as meetings.concurrent=8".to_owned();
    let (id, value) = text.split_once('=').ok_or_else(expected)?;
    let value = decimal(value.strip_suffix('%').unwrap_or(value)).ok_or_else(expected)?;
    Ok((id.trim().to_owned(), value))
}
