//! `ocstopo why`

use clap::Args;

use crate::cli::args::{AnswerFormat, Input};
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::io::Out;
use crate::query::why::{Question, answer};
use crate::report::answer as drawn;

/// Explain why a packet passes or is blocked, why a firewall rule exists, why a name is in DNS, or which certificates have it
///
/// For a packet that passes: the rules on its route with their flows, features, lines, catalogue rows and sources, and what stops
/// working without each. For a packet that is blocked: the firewall that blocks it and the features that would allow it; the exit
/// code is then 1. Without a port any port matches. For a name in DNS: its records in each view, with the same details; if there
/// is none, the features that would create it, and exit code 1. For a name on a certificate: the certificates that have it, the
/// servers that present them, why the name is on them, and what breaks without it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo why \"tcp 10.10.64.9 -> 10.10.0.10:5061\" examples/contoso\n  \
    ocstopo why \"tcp 131.107.155.12:5061 -> 10.10.0.21\" examples/contoso\n  ocstopo why P05a~d07ba0a6 examples/contoso\n  \
    ocstopo why \"dns _sipfederationtls._tcp.contoso.com SRV\" examples/contoso\n  \
    ocstopo why \"cert sip.retail.contoso.com\" examples/contoso\n\n\
    Exit codes: 0 the packet passes, or the rule or name exists, 1 the packet is blocked, or the name is not in DNS, 2 the question cannot be answered, or the topology \
    cannot be read or has errors.")]
pub(in crate::cli) struct Why {
    /// A packet, `tcp ADDRESS[:PORT] -> ADDRESS[:PORT]` (or udp), the id of a rule, `dns NAME [TYPE]` or `cert NAME`
    question: String,

    #[command(flatten)]
    input: Input,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: AnswerFormat,
}

impl Why {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let question = Question::read(&self.question)?;
        let topology = load::resolved(&self.input, out)?;
        let why = answer(&question, topology.plans())?;
        out.print(&match self.format {
            AnswerFormat::Human => drawn::why::human(&why, out.output_canvas().width),
            AnswerFormat::Json => drawn::json(&why),
        });
        Ok(Exit::found(!why.holds()))
    }
}
