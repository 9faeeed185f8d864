//! `ocstopo why`

use clap::Args;

use crate::cli::args::{AnswerFormat, Input};
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::io::Out;
use crate::query::why::{Question, answer};
use crate::report::answer as drawn;

/// Say why a packet passes or is stopped, what a firewall rule is there for, why a name is in DNS, or who carries it on a certificate
///
/// For a packet that passes: the rules on its way with their flows, features, lines, catalogue rows and sources, and what stops
/// working without each. For one that does not: the firewall that stops it and the features that would let it pass; the exit code
/// is then 1. Ports may be left out: then any port counts. For a name in DNS: its records in each view, with the same; where there is
/// none, the features that would make it, and exit code 1. For a name on a certificate: the certificates that carry it, what presents
/// them, why the name is on them, and what breaks without it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo why \"tcp 10.10.64.9 -> 10.10.0.10:5061\" examples/contoso\n  \
    ocstopo why \"tcp 131.107.155.12:5061 -> 10.10.0.21\" examples/contoso\n  ocstopo why P05a~d07ba0a6 examples/contoso\n  \
    ocstopo why \"dns _sipfederationtls._tcp.contoso.com SRV\" examples/contoso\n  \
    ocstopo why \"cert sip.retail.contoso.com\" examples/contoso\n\n\
    Exit codes: 0 it passes, or is there, 1 it is stopped, or the name is not in DNS, 2 the question has no answer, or the topology \
    cannot be read or has errors.")]
pub(in crate::cli) struct Why {
    /// A packet, `tcp ADDRESS[:PORT] -> ADDRESS[:PORT]` (or udp), the id of a rule, `dns NAME [TYPE]` or `cert NAME`
    question: String,

    #[command(flatten)]
    input: Input,

    /// How it is written
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
