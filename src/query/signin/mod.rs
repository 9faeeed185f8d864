//! What a client asks when a user signs in, what answers it, and where it ends: the names of its documented order in the planned
//! zones, the ways through the firewalls, the certificates that it meets, and the servers that pass it on to the home pool.
//! Input: a question, the topology with its plans. Output: a [`SignIn`], plain values. Knows nothing of terminals.

mod answer;
mod beside;
mod browser;
mod down;
mod meet;
mod names;
mod question;
mod setting;
mod sip;
#[cfg(test)]
mod tests;

pub use answer::{Behaviour, Beside, Contact, Lookup, Outcome, Presented, SignIn};
pub use question::{Question, SignInAddress};

use self::down::Down;
use self::meet::{Circumstances, Trouble};
use self::names::Resolver;
use self::setting::Setting;
use crate::catalog::{ClientRule, fact};
use crate::plan::Plans;
use crate::product::{Client, ClientPlace, IssuerKind};
use crate::query::answer::Grounds;

/// The story while it is told.
struct Story<'a> {
    circumstances: Circumstances<'a>,
    resolver: Resolver<'a>,
    lookups: Vec<Lookup>,
    contacts: Vec<Contact>,
    rules: Vec<&'static str>,
    /// The first thing that is broken.
    trouble: Option<Trouble>,
}

/// Follows a sign-in; the error is text for people.
pub fn signin(plans: Plans<'_>, question: &Question) -> Result<SignIn, String> {
    let setting = Setting::read(plans, question)?;
    let down = Down::read(plans, &question.down)?;
    let circumstances = Circumstances { plans, question, setting: &setting, down: &down };
    let resolver = Resolver { plans, place: question.place, down: &down };
    let mut story =
        Story { circumstances, resolver, lookups: Vec::new(), contacts: Vec::new(), rules: Vec::new(), trouble: None };
    let end = match question.client {
        Client::Communicator | Client::Phone | Client::LiveMeeting => story.sip(),
        Client::Cwa => story.browser(),
    };
    story.behaviour();
    let product = plans.topology.organization.product;
    let rule = |id: &&str| {
        let rule = fact::<ClientRule>(product, id)?;
        let grounds = Grounds::of_row(&rule.id, &rule.provenance, plans.catalog);
        rule.clients.contains(&question.client).then(|| Behaviour { text: rule.text.clone(), grounds })
    };
    let outside = question.place == ClientPlace::Outside;
    Ok(SignIn {
        user: question.address.to_string(),
        client: question.client.word(),
        client_title: question.client.title(),
        from: question.place.word(),
        networks: setting.networks.iter().filter(|_| !outside).map(|network| network.path.clone()).collect(),
        home: setting.home.path.clone(),
        home_presumed: question.pool.is_none(),
        other_homes: setting.others.clone(),
        down: down.named.clone(),
        works: story.trouble.is_none(),
        verdict: story.trouble.as_ref().map_or(end, |trouble| trouble.what.clone()),
        fix: story.trouble.as_ref().map(|trouble| story.fix(trouble)),
        beside: beside::beside(circumstances),
        rules: story.rules.iter().filter_map(rule).collect(),
        lookups: story.lookups,
        contacts: story.contacts,
    })
}

impl Story<'_> {
    /// Keeps the first trouble.
    fn fails(&mut self, trouble: Option<Trouble>) -> bool {
        let fails = trouble.is_some();
        if self.trouble.is_none() {
            self.trouble = trouble;
        }
        fails
    }

    /// What to do: names that the question takes away come first.
    fn fix(&self, trouble: &Trouble) -> String {
        let needed = |lookup: &&Lookup| lookup.taken_away && !matches!(lookup.stage, "update" | "time");
        let taken = self.lookups.iter().filter(needed).map(|lookup| format!("`{}`", lookup.name));
        let others: Vec<String> = taken.filter(|name| !trouble.fix.contains(name)).collect();
        match others.is_empty() {
            true => trouble.fix.clone(),
            false => format!("put {} back; {}", others.join(" and "), trouble.fix),
        }
    }

    fn rule(&mut self, id: &'static str) {
        if !self.rules.contains(&id) {
            self.rules.push(id);
        }
    }

    /// What holds of a client whatever becomes of the sign-in.
    fn behaviour(&mut self) {
        let question = self.circumstances.question;
        match question.client {
            Client::Communicator => {}
            Client::LiveMeeting => self.rule("client.shared_settings"),
            Client::Phone => {
                self.rule("phone.suffixes");
                let presented = self.contacts.iter().filter_map(|contact| contact.certificate.as_ref()?.issuer_kind);
                if presented.into_iter().any(|word| word.parse().is_ok_and(IssuerKind::is_own)) {
                    self.rule("phone.root");
                }
                self.rule("phone.time");
                self.rule("phone.updates");
            }
            Client::Cwa => self.rule("browser.session"),
        }
        self.rule("client.set_by_hand");
    }
}
