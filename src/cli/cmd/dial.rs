//! `ocstopo dial`

use clap::Args;

use crate::cli::args::{AnswerFormat, Input};
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::io::Out;
use crate::query::dial::{Mode, Question, dial};
use crate::report::answer;

/// Try a dialled number: the rule that normalizes it, the routes and gateways of the call with each policy, and how it ends
///
/// The rules of the location profile are tried as .NET would apply them. The output shows the rule that is used with its groups,
/// and the rules that match too but come later. Then every route is tried alone, and for each voice policy its usages in order, with routes and
/// gateways. A call is routed, refused (no route of its usages matches) or dropped (no gateway answers). With `--address-book`
/// the number is one of the directory, and the rules are the company rules of the Address Book Server that a build writes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo dial 5550100 --from redmond examples/contoso\n  \
    ocstopo dial 9911 --from denver --policy everyone examples/centralized-voice\n  \
    ocstopo dial +14255550100 --normalized --down redmond.med01,redmond.med02 examples/contoso\n  \
    ocstopo dial \"(425) 555-0100\" --from redmond --address-book examples/contoso\n  \
    ocstopo dial 0100 --from redmond.gw01 examples/contoso\n\n\
    Exit codes: 0 the call is routed with every policy asked about, or the address book has the number, or the number that is handed in becomes an E.164 number, 1 it is not, \
    2 the question cannot be answered, or the topology cannot be read or has errors.")]
pub(in crate::cli) struct Dial {
    /// The number as it is typed, with any blanks and punctuation; in quotes
    #[arg(allow_hyphen_values = true)]
    number: String,

    #[command(flatten)]
    input: Input,

    /// The location profile of the caller, which may be left out if there is only one; or the gateway, Mediation Server or voice
    /// mail server that hands the number in, by path
    #[arg(long, value_name = "PROFILE")]
    from: Option<String>,

    /// The voice policy of the caller; without it, all of them
    #[arg(long, value_name = "POLICY", conflicts_with = "address_book")]
    policy: Option<String>,

    /// Take the number as normalized, and try no rules
    #[arg(long, conflicts_with = "address_book")]
    normalized: bool,

    /// Take the number as one of the directory, and try the company rules of the Address Book Server
    #[arg(long)]
    address_book: bool,

    /// Mediation Servers or media gateways that do not answer, by path; separated by commas, or repeated
    #[arg(long, value_name = "GATEWAY", value_delimiter = ',', conflicts_with = "address_book")]
    down: Vec<String>,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: AnswerFormat,
}

impl Dial {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let is_path = self.number.contains('/') && self.number.contains(char::is_alphabetic);
        if is_path && self.input.path.as_os_str() == "." {
            return Err(format!("the number is missing: write it in front of `{}`", self.number).into());
        }
        let topology = load::resolved(&self.input, out)?;
        let mode = match (self.normalized, self.address_book) {
            (true, _) => Mode::Normalized,
            (_, true) => Mode::AddressBook,
            _ => Mode::Dialled,
        };
        let question =
            Question { number: &self.number, from: self.from.as_deref(), policy: self.policy.as_deref(), mode, down: &self.down };
        let found = dial(topology.plans(), question)?;
        out.print(&match self.format {
            AnswerFormat::Human => answer::dial::human(&found, out.output_canvas().width),
            AnswerFormat::Json => answer::json(&found),
        });
        Ok(Exit::found(!found.arrives()))
    }
}
