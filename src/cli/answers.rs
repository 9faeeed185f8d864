//! What is known before a topology is written: flags of `design` and `new`.

use clap::Args;
use ipnet::Ipv4Net;

use super::choice::choice;
use super::figures::{Answer, Volume, percent, product, users};
use crate::design::{Conferencing, Question, Stated, is_pattern};
use crate::lower::Fqdn;
use crate::product::{BalancerDialect, FirewallDialect, Product};
use crate::query::size::Number;
use crate::schema;
use crate::text::is_control;

/// The answers; what is missing is asked, or proposed with `?=`.
#[derive(Debug, Clone, Args)]
pub(super) struct Answers {
    /// The release [default: ocs_2007]
    #[arg(long, value_name = "PRODUCT", value_parser = product)]
    pub(super) product: Option<Product>,

    /// The name of the organization, for people and certificates
    #[arg(long, value_name = "NAME", value_parser = title)]
    pub(super) name: Option<String>,

    /// The domain of SIP addresses, such as litware.com
    #[arg(long, value_name = "DOMAIN", value_parser = domain)]
    pub(super) domain: Option<String>,

    /// The Active Directory domain of the servers [default: corp. in front of the domain, to be decided]
    #[arg(long, value_name = "DOMAIN", value_parser = domain)]
    pub(super) ad_domain: Option<String>,

    /// All users of the organization
    #[arg(long, value_name = "NUMBER", value_parser = users)]
    pub(super) users: Option<u64>,

    /// The sites: their number, or their names with commas between, the data center first
    #[arg(long, value_name = "SITES", value_parser = sites)]
    pub(super) sites: Option<Sites>,

    /// The share of users outside at the same time, such as 10%; `none` for no external access
    #[arg(long, value_name = "SHARE", value_parser = outside)]
    pub(super) external: Option<Outside>,

    /// The organizations that users may communicate with
    #[arg(long, value_name = "WORD", value_parser = choice(FEDERATION.map(|word| (word, "", word))))]
    pub(super) federation: Option<&'static str>,

    /// Let guests without an account join meetings
    #[arg(long)]
    pub(super) guests: bool,

    /// What meetings have [default: all]
    #[arg(long, value_name = "MEETINGS", value_parser = choice(CONFERENCING))]
    pub(super) conferencing: Option<Conferencing>,

    /// Users with Enterprise Voice; 0 for none
    #[arg(long, value_name = "NUMBER", value_parser = users)]
    pub(super) voice: Option<u64>,

    /// The call volume of these users
    #[arg(long, value_name = "VOLUME", default_value = "light")]
    pub(super) call_volume: Volume,

    /// Archive instant messages
    #[arg(long)]
    pub(super) archiving: bool,

    /// Whether the service must continue when a computer fails [default: no]
    #[arg(long, value_name = "ANSWER")]
    pub(super) availability: Option<Answer>,

    /// Private addresses for servers and clients, such as 10.20.0.0/14
    #[arg(long, value_name = "RANGE", value_parser = network)]
    pub(super) internal: Option<Ipv4Net>,

    /// Private addresses between the firewalls, such as 172.16.0.0/22
    #[arg(long, value_name = "RANGE", value_parser = network)]
    pub(super) perimeter: Option<Ipv4Net>,

    /// Public addresses of the edge
    #[arg(long, value_name = "RANGE", value_parser = network)]
    pub(super) public: Option<Ipv4Net>,

    /// How servers are named, with {role}, {number} and perhaps {site}
    #[arg(long, value_name = "PATTERN", default_value = "{role}{number}", value_parser = pattern)]
    pub(super) names: String,

    /// The language of the firewalls
    #[arg(long, value_name = "DIALECT", value_parser = choice(FirewallDialect::ALL.map(|dialect| (dialect.word(), "", dialect))))]
    pub(super) firewall: Option<FirewallDialect>,

    /// The language of the load balancers
    #[arg(long, value_name = "DIALECT", value_parser = choice(BalancerDialect::ALL.map(|dialect| (dialect.word(), "", dialect))))]
    pub(super) balancer: Option<BalancerDialect>,
}

/// The words of `federation`.
pub(super) const FEDERATION: [&str; 3] = ["none", "allowed_partners", "discovered"];

/// The words of `--conferencing`.
pub(super) const CONFERENCING: [(&str, &str, Conferencing); 3] = [
    ("none", "No meetings", Conferencing::None),
    ("web", "Slides and shared applications", Conferencing::Web),
    ("all", "Audio and video as well", Conferencing::All),
];

/// The names of sites.
#[derive(Debug, Clone)]
pub(super) struct Sites(Vec<String>);

/// Hundredths of a percent; nothing for no access from outside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outside(pub(super) Option<u32>);

/// What stands in for answers that are not given.
const USERS: u64 = 300;
const INTERNAL: (&str, [u8; 4], u8) = ("10.0.0.0/8", [10, 0, 0, 0], 8);
const PERIMETER: (&str, [u8; 4], u8) = ("172.16.0.0/22", [172, 16, 0, 0], 22);
// Of RFC 5737: wherever it comes by mistake, it is found.
const PUBLIC: (&str, [u8; 4], u8) = ("203.0.113.0/24", [203, 0, 113, 0], 24);

impl Answers {
    /// The question, with proposals for what is not answered.
    pub(super) fn question(&self) -> Question {
        let domain = Stated::or(self.domain.clone(), "example.com".to_owned());
        let ad_domain = Stated::or(self.ad_domain.clone(), format!("corp.{}", domain.value));
        let range = |(_, address, length): (&str, [u8; 4], u8)| Ipv4Net::new_assert(address.into(), length);
        let Outside(outside) = self.external.unwrap_or(Outside(None));
        let title = self.name.clone().unwrap_or_else(|| if domain.decided { domain.value.clone() } else { "Example".to_owned() });
        Question {
            product: self.product.unwrap_or(Product::Ocs2007),
            title,
            ad_domain,
            users: Stated::or(self.users, USERS),
            sites: self.sites.clone().map_or_else(|| vec!["main".to_owned()], |Sites(names)| names),
            outside,
            federation: self.federation.filter(|_| outside.is_some()).unwrap_or("none"),
            guests: self.guests && outside.is_some(),
            conferencing: self.conferencing.unwrap_or(Conferencing::All),
            voice: self.voice.filter(|users| *users > 0),
            call_volume: self.call_volume.word(),
            archiving: self.archiving,
            availability: self.availability == Some(Answer::Yes),
            internal: Stated::or(self.internal, range(INTERNAL)),
            perimeter: Stated::or(self.perimeter, range(PERIMETER)),
            public: Stated::or(self.public, range(PUBLIC)),
            pattern: self.names.clone(),
            firewall: Stated::or(self.firewall, FirewallDialect::Nftables),
            // It balances UDP, which A/V Edges need.
            balancer: Stated::or(self.balancer, BalancerDialect::F5),
            domain,
        }
    }

    /// What contradicts itself.
    pub(super) fn check(&self) -> Result<(), String> {
        let is_open = self.external.is_some_and(|Outside(outside)| outside.is_some());
        let all = self.users.unwrap_or(USERS);
        if self.federation.is_some_and(|word| word != "none") && !is_open {
            return Err(
                "`--federation` needs access from outside: add `--external 10%`, with your share of users outside".to_owned()
            );
        }
        if self.guests && (!is_open || self.conferencing == Some(Conferencing::None)) {
            return Err(
                "`--guests` needs meetings and access from outside: add `--external 10%`, with your share of users".to_owned()
            );
        }
        match self.voice.filter(|voice| *voice > all) {
            Some(voice) => {
                Err(format!("{voice} users with Enterprise Voice are more than all {all} users: correct `--voice` or `--users`"))
            }
            None => Ok(()),
        }
    }
}

/// The ranges that are proposed, as prompts show them.
pub(super) const PROPOSED: [&str; 3] = [INTERNAL.0, PERIMETER.0, PUBLIC.0];

pub(super) fn title(text: &str) -> Result<String, String> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= 64 && !text.chars().any(is_control);
    fits.then(|| text.to_owned()).ok_or_else(|| "expected a name of at most 64 characters on one line".to_owned())
}

pub(super) fn domain(text: &str) -> Result<String, String> {
    let name = Fqdn::parse(text)?;
    if name.is_single_label() {
        return Err("expected a domain of two labels or more, such as litware.com".to_owned());
    }
    Ok(name.as_str().to_owned())
}

pub(super) fn network(text: &str) -> Result<Ipv4Net, String> {
    let expected = || "expected a network such as 10.20.0.0/14".to_owned();
    let network: Ipv4Net = text.parse().map_err(|_| expected())?;
    match network == network.trunc() {
        true => Ok(network),
        false => Err(format!("{} is not a network of this prefix length: did you mean {}?", text, network.trunc())),
    }
}

fn pattern(text: &str) -> Result<String, String> {
    let expected = "expected a host name of small letters, digits and - with {role} and {number}, such as {site}-{role}{number}";
    is_pattern(text).then(|| text.to_owned()).ok_or_else(|| expected.to_owned())
}

/// So many sites are written with one command.
const MOST_SITES: usize = 200;

pub(super) fn sites(text: &str) -> Result<Sites, String> {
    let bound = || format!("expected 1 to {MOST_SITES} sites");
    let names: Vec<String> = match text.trim().parse::<usize>() {
        Ok(count) if (1..=MOST_SITES).contains(&count) => {
            (1..=count).map(|at| if at == 1 { "main".to_owned() } else { format!("site{at:02}") }).collect()
        }
        Ok(_) => return Err(bound()),
        Err(_) => text.split(',').map(|name| name.trim().to_owned()).collect(),
    };
    if names.len() > MOST_SITES {
        return Err(bound());
    }
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.len() <= 40
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    let taken = |name: &str| name == "internet" || schema::blocks::of_kind(name).next().is_some();
    for (at, name) in names.iter().enumerate() {
        if !is_name(name) || taken(name) {
            return Err(format!("`{name}` cannot be the name of a site: write small letters, digits and _, a letter first"));
        }
        if names[..at].contains(name) {
            return Err(format!("`{name}` is there twice"));
        }
    }
    Ok(Sites(names))
}

pub(super) fn outside(text: &str) -> Result<Outside, String> {
    if text == "none" {
        return Ok(Outside(None));
    }
    let hundredths = percent(text)? * Number::from_integer(100);
    let whole = u32::try_from(*hundredths.numer()).ok().filter(|_| hundredths.is_integer());
    whole
        .map(|share| Outside(Some(share)))
        .ok_or_else(|| "expected a share with at most two digits after the dot, or none".to_owned())
}
