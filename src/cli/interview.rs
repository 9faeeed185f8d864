//! The questions of `design` and `new`, one line each, for what no flag has answered.

use super::answers::{Answers, CONFERENCING, FEDERATION, Outside, PROPOSED, domain, network, outside, sites, title};
use super::exit::Failure;
use super::figures::{Answer, Volume, product, users};
use crate::design::Conferencing;
use crate::io::{Out, read_answer};
use crate::product::{BalancerDialect, FirewallDialect};
use crate::report::wrap;

/// Asks for everything that is not answered. An empty answer takes what is in brackets.
pub(super) fn ask(answers: &mut Answers, out: &mut Out) -> Result<(), Failure> {
    out.say("Questions for a first topology. Enter takes the answer in brackets;\nwhat is decided later is proposed and marked with `?=`.\n\n");
    let mut interview = Interview { out };
    if answers.name.is_none() {
        answers.name = interview.later("Name of the organization", "", title)?;
    }
    if answers.domain.is_none() {
        answers.domain = interview.later("Domain of SIP addresses, such as litware.com", "", domain)?;
    }
    if let (None, Some(sip)) = (&answers.ad_domain, &answers.domain) {
        let proposed = format!("corp.{sip}");
        answers.ad_domain = interview.later("Active Directory domain of the servers", &proposed, domain)?;
    }
    if answers.users.is_none() {
        answers.users = Some(interview.now("Users", "300", users)?);
    }
    if answers.sites.is_none() {
        answers.sites = Some(interview.now("Sites: how many, or their names, the data center first", "1", sites)?);
    }
    if answers.product.is_none() {
        answers.product = Some(interview.now("Release, ocs_2007 or ocs_2007_r2", "ocs_2007", product)?);
    }
    if answers.conferencing.is_none() {
        let read = |text: &str| one_of(text, CONFERENCING.map(|(word, _, meetings)| (word, meetings)));
        answers.conferencing = Some(interview.now("Meetings: none, web, or all with audio and video", "all", read)?);
    }
    if answers.external.is_none() {
        answers.external = Some(interview.now("Users outside at the same time, in percent, or none", "10%", outside)?);
    }
    if answers.external.is_some_and(|Outside(share)| share.is_some()) {
        if answers.federation.is_none() {
            let read = |text: &str| one_of(text, FEDERATION.map(|word| (word, word)));
            answers.federation = Some(interview.now("Federation: none, allowed_partners or discovered", "none", read)?);
        }
        if !answers.guests && answers.conferencing != Some(Conferencing::None) {
            answers.guests = interview.now("Guests without an account in meetings", "no", yes_or_no)?;
        }
    }
    if answers.voice.is_none() {
        let all = answers.users.unwrap_or(0);
        let read = |text: &str| {
            users(text).and_then(|voice| if voice <= all { Ok(voice) } else { Err(format!("expected at most {all}")) })
        };
        answers.voice = Some(interview.now("Users who telephone with it (Enterprise Voice)", "0", read)?);
        if answers.voice.is_some_and(|users| users > 0) {
            let volumes = [Volume::Light, Volume::Moderate, Volume::Heavy].map(|volume| (volume.word(), volume));
            answers.call_volume = interview.now("How much: light, moderate or heavy", "light", |text| one_of(text, volumes))?;
        }
    }
    if !answers.archiving {
        answers.archiving = interview.now("Archive messages", "no", yes_or_no)?;
    }
    if answers.availability.is_none() {
        let goes_on = interview.now("Must the service continue when a computer fails", "no", yes_or_no)?;
        answers.availability = Some(if goes_on { Answer::Yes } else { Answer::No });
    }
    devices(answers, &mut interview)
}

/// What other teams own.
fn devices(answers: &mut Answers, interview: &mut Interview<'_>) -> Result<(), Failure> {
    let [internal, perimeter, public] = PROPOSED;
    if answers.internal.is_none() {
        answers.internal = interview.later("Private addresses of servers and clients", internal, network)?;
    }
    if answers.external.is_some_and(|Outside(share)| share.is_some()) {
        if answers.perimeter.is_none() {
            answers.perimeter = interview.later("Private addresses of the perimeter", perimeter, network)?;
        }
        if answers.public.is_none() {
            answers.public = interview.later("Public addresses of the edge", public, network)?;
        }
    }
    if answers.firewall.is_none() {
        let words = FirewallDialect::ALL.map(|dialect| (dialect.word(), dialect));
        interview.list("Firewalls speak", words.map(|(word, _)| word));
        answers.firewall = interview.later("Firewalls", "", |text| one_of(text, words))?;
    }
    if answers.balancer.is_none() {
        let words = BalancerDialect::ALL.map(|dialect| (dialect.word(), dialect));
        interview.list("Load balancers speak", words.map(|(word, _)| word));
        answers.balancer = interview.later("Load balancers", "", |text| one_of(text, words))?;
    }
    interview.out.say("\n");
    Ok(())
}

struct Interview<'o> {
    out: &'o mut Out,
}

impl Interview<'_> {
    /// The words of the next question.
    fn list<const N: usize>(&mut self, what: &str, words: [&str; N]) {
        let width = self.out.message_canvas().width;
        let lines = wrap(&format!("{what} {}.", words.join(", ")), width.saturating_sub(2));
        self.out.say(&lines.iter().map(|line| format!("  {line}\n")).collect::<String>());
    }

    /// An answer; nothing takes the default.
    fn now<T>(&mut self, prompt: &str, default: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<T, Failure> {
        loop {
            let typed = self.typed(&format!("{prompt} [{default}]: "))?;
            match read(if typed.is_empty() { default } else { &typed }) {
                Ok(answer) => return Ok(answer),
                Err(problem) => self.out.say(&format!("  {problem}\n")),
            }
        }
    }

    /// An answer, or nothing: it is decided later.
    fn later<T>(&mut self, prompt: &str, like: &str, read: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, Failure> {
        let like = if like.is_empty() { String::new() } else { format!(" ({like})") };
        loop {
            let typed = self.typed(&format!("{prompt}{like} [decide later]: "))?;
            if typed.is_empty() {
                return Ok(None);
            }
            match read(&typed) {
                Ok(answer) => return Ok(Some(answer)),
                Err(problem) => self.out.say(&format!("  {problem}\n")),
            }
        }
    }

    fn typed(&mut self, prompt: &str) -> Result<String, Failure> {
        self.out.say(prompt);
        self.out.flush_messages();
        match read_answer() {
            Ok(Some(line)) => Ok(line),
            Ok(None) => Err("the answers ended; nothing is written".to_owned().into()),
            Err(error) => Err(format!("cannot read the answer: {error}; nothing is written").into()),
        }
    }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "y" | "yes" => Ok(true),
        "n" | "no" => Ok(false),
        _ => Err("expected yes or no".to_owned()),
    }
}

fn one_of<T, const N: usize>(text: &str, words: [(&'static str, T); N]) -> Result<T, String> {
    let known = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    words.into_iter().find(|(word, _)| *word == text).map(|(_, value)| value).ok_or_else(|| format!("expected one of {known}"))
}
