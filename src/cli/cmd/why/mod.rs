//! `ocstopo why`

mod name;

use clap::Args;

use crate::cli::args::Input;
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::compile::{CompileOptions, Compiled};
use crate::graph::Node;
use crate::io::Out;
use crate::model::{NetworkId, Topology};
use crate::plan::firewall::{self, FirewallRule, Party};
use crate::plan::{Lines, Reason};
use crate::query::why::{Answer, Carrier, Known, Question, Ruled, Verdict, answer};
use crate::report::wrap;

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
    ocstopo why \"cert sip.retail.contoso.com\" examples/contoso")]
pub(in crate::cli) struct Why {
    /// A packet, `tcp ADDRESS[:PORT] -> ADDRESS[:PORT]` (or udp), the id of a rule, `dns NAME [TYPE]` or `cert NAME`
    question: String,

    #[command(flatten)]
    input: Input,
}

impl Why {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let question = Question::read(&self.question)?;
        let (compiled, tally) = load::compiled(&self.input, &CompileOptions::default(), out)?;
        let (Some(topology), Some(flows), Some(catalog), Some(certificates)) =
            (&compiled.topology, &compiled.flows, compiled.catalog, &compiled.certificates)
        else {
            return Ok(Exit::Findings);
        };
        if tally.errors > 0 {
            // What is wrong may be just what is asked about.
            out.say(&format!("nothing is answered: {tally} in the topology\n"));
            return Ok(Exit::Failed);
        }
        let Some(dns) = &compiled.dns else { return Ok(Exit::Findings) };
        let lines = Lines { sources: &compiled.sources, show: true };
        let firewalls = firewall::plan(topology, flows, &lines);
        let known = Known { topology, flows, catalog, firewalls: &firewalls, dns, certificates, lines };
        let view = View { compiled: &compiled, topology, width: out.output_canvas().width };
        match answer(&question, known)? {
            Answer::Rules(rules) => {
                let text = |ruled: &Ruled<'_>| view.rule(ruled.rule, &[ruled.plan.path.as_str()]);
                out.print(&rules.iter().map(text).collect::<Vec<_>>().join("\n"));
                Ok(Exit::Fine)
            }
            Answer::Certificates(carriers) => {
                out.print(&carriers.iter().map(|carrier| view.carrier(carrier)).collect::<Vec<_>>().join("\n"));
                Ok(Exit::Fine)
            }
            Answer::Name(answer) => {
                out.print(&view.name(&answer));
                Ok(Exit::found(answer.records.is_empty()))
            }
            Answer::Packet(verdict) => {
                out.print(&view.verdict(&verdict));
                Ok(Exit::found(!verdict.passes()))
            }
        }
    }
}

struct View<'a> {
    compiled: &'a Compiled,
    topology: &'a Topology,
    width: usize,
}

impl View<'_> {
    fn verdict(&self, verdict: &Verdict<'_>) -> String {
        let (from, to) = verdict.networks;
        let mut text = format!("{}\n", verdict.question);
        let Some(way) = &verdict.way else {
            text += &format!("stopped: no way leads from {} to {}\n", self.network(from), self.network(to));
            return text + &self.hints(verdict);
        };
        text += &self.line("way", &way.hops.iter().map(|hop| self.hop(*hop)).collect::<Vec<_>>().join(" -> "));
        if let Some(plan) = verdict.stopped_at() {
            text += &format!("stopped by {}: no rule lets it pass\n", plan.declared);
            return text + &self.hints(verdict);
        }
        if verdict.passages.is_empty() {
            text += "passes: no firewall stands between\n";
            if verdict.flows.is_empty() {
                text += "no flow of the topology needs it\n";
            }
            for flow in &verdict.flows {
                text += &format!("\n{}  {}\n", flow.id, flow.row.application);
                text += &self.line("why", &flow.row.purpose);
                text += &self.line("without", &flow.row.breaks);
            }
            return text;
        }
        text += "passes\n";
        // A rule has the same id on every firewall where it is the only one of its flow: it is told once.
        let mut told: Vec<(&FirewallRule, Vec<&str>)> = Vec::new();
        for passage in &verdict.passages {
            for rule in &passage.rules {
                match told.iter_mut().find(|(other, _)| other.id == rule.id) {
                    Some((_, firewalls)) => firewalls.push(&passage.plan.path),
                    None => told.push((rule, vec![&passage.plan.path])),
                }
            }
        }
        for (rule, firewalls) in told {
            text += "\n";
            text += &self.rule(rule, &firewalls);
        }
        text
    }

    /// What would let a stopped packet pass.
    fn hints(&self, verdict: &Verdict<'_>) -> String {
        let mut text = String::new();
        for row in &verdict.unsupported {
            let product = self.topology.organization.product.title();
            text += &self.line("never", &format!("{product} does not support {}", row.what));
            text += &self.line("row", &format!("{}: ocstopo catalog show {}", row.id, row.id));
        }
        for opener in &verdict.openers {
            let features: Vec<&str> = opener.features.iter().map(|feature| feature.word()).collect();
            text += &match features.is_empty() {
                true => self.line("unsure", &format!("{} would open it, and is too unsure to: {}", opener.row, opener.purpose)),
                false => self
                    .line("feature", &format!("{} would open it ({}): {}", features.join(" and "), opener.row, opener.purpose)),
            };
        }
        for (source, destination) in &verdict.others {
            text += &self.line("instead", &format!("{source} -> {destination} passes: the same servers by other addresses"));
        }
        if text.is_empty() {
            text += &self.line("feature", "none of the product's features needs it");
        }
        text
    }

    fn rule(&self, rule: &FirewallRule, firewalls: &[&str]) -> String {
        let reason = &rule.reason;
        let mut ports: Vec<String> = rule.destination_ports.iter().map(ToString::to_string).collect();
        if let Some(source_ports) = &rule.source_ports {
            let from: Vec<String> = source_ports.iter().map(ToString::to_string).collect();
            ports.push(format!("from {}", from.join(", ")));
        }
        let mut text = format!("{}  {} {}  {}\n", rule.id, rule.transport.word(), ports.join(", "), rule.application);
        let declared: Vec<String> = reason.declared.iter().map(ToString::to_string).collect();
        for (word, value) in [
            ("on", firewalls.join(", ")),
            ("from", parties(&rule.sources)),
            ("to", parties(&rule.destinations)),
            ("flow", rule.flow.clone()),
            ("feature", reason.features.join(" ")),
            ("declared", declared.join(", ")),
            ("why", reason.purpose.clone()),
            ("without", rule.breaks.clone()),
            ("row", format!("{}: ocstopo catalog show {}", reason.row, reason.row)),
            ("source", self.source(reason)),
        ] {
            text += &self.line(word, &value);
        }
        text
    }

    fn source(&self, reason: &Reason) -> String {
        let title = |key: &String| self.compiled.catalog.and_then(|catalog| catalog.source_title(key)).unwrap_or(key).to_owned();
        let sources: Vec<String> = reason.source.iter().map(title).collect();
        format!("step {}; {}; confidence {}", reason.step, sources.join("; "), reason.confidence.word())
    }

    fn carrier(&self, carrier: &Carrier<'_>) -> String {
        let Carrier { certificate, name, meets } = carrier;
        let reason = &certificate.reason;
        let as_what = match certificate.common_name == name.name {
            true => "common name",
            false => "alternative name",
        };
        let mut text = format!("{}  {as_what} `{}`\n", certificate.slug, name.name);
        let ends = certificate.serves.iter().map(|end| format!("{} {} {}", end.path, end.role.word(), end.side.word()));
        let installs = certificate.installs.iter().map(|install| match &install.fqdn {
            Some(name) => format!("{} ({name})", install.path),
            None => install.path.clone(),
        });
        let mut conditions = vec![format!("{} of {}", name.pattern, reason.row)];
        conditions.extend(name.written.as_ref().map(|place| format!("written in {place}")));
        conditions.extend(name.sign_in.then(|| "because clients sign in there by DNS".to_owned()));
        conditions.extend(name.serving.map(|role| format!("because {} runs there too", role.word())));
        let features: Vec<&str> = reason.features.iter().chain(&name.features).copied().collect();
        let issuer = certificate.issuer.as_ref().map(|issuer| issuer.name.clone()).unwrap_or_default();
        for (word, value) in [
            ("serves", ends.collect::<Vec<_>>().join(", ")),
            ("on", installs.collect::<Vec<_>>().join(", ")),
            ("issuer", issuer),
            ("name", conditions.join(", ")),
            ("why", reason.purpose.clone()),
            ("feature", features.join(" ")),
            ("declared", reason.declared.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
        ] {
            if !value.is_empty() {
                text += &self.line(word, &value);
            }
        }
        for row in meets {
            text += &self.line("without", &format!("{} {}: {}", row.id, row.application, row.breaks));
        }
        text += &self.line("row", &format!("{}: ocstopo catalog show {}", reason.row, reason.row));
        text + &self.line("source", &self.source(reason))
    }

    fn line(&self, word: &str, value: &str) -> String {
        let mut text = String::new();
        for (at, part) in wrap(value, self.width.saturating_sub(11)).iter().enumerate() {
            text += format!("  {:8} {part}", if at == 0 { word } else { "" }).trim_end();
            text.push('\n');
        }
        text
    }

    fn network(&self, id: NetworkId) -> &str {
        &self.topology.network(id).path
    }

    fn hop(&self, hop: Node) -> String {
        match hop {
            Node::Network(network) => self.network(network).to_owned(),
            Node::Firewall(firewall) => format!("[{}]", self.topology.firewall(firewall).path),
            Node::WanLink(link) => {
                let link = self.topology.wan_links.get(link.index());
                format!("({})", link.map_or("", |link| link.path.as_str()))
            }
        }
    }
}

/// The first few parties with their addresses, and how many more there are.
fn parties(parties: &[Party]) -> String {
    const SHOWN: usize = 6;
    let shown = |party: &Party| {
        let public = party.public.map(|public| format!(", outside {public}")).unwrap_or_default();
        match party.net.prefix_len() {
            0 => party.path.clone(),
            32 => format!("{} ({}{public})", party.path, party.net.addr()),
            _ => format!("{} ({}{public})", party.path, party.net),
        }
    };
    let mut names: Vec<String> = parties.iter().take(SHOWN).map(shown).collect();
    if parties.len() > SHOWN {
        names.push(format!("{} more", parties.len() - SHOWN));
    }
    names.join(", ")
}
