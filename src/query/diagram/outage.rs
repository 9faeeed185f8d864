//! What an outage does to the boxes of a picture. Words say it, so that the colours are not needed.

use super::draft::Draft;
use super::words::{clean, counted, thousands};
use crate::diagram::{Node, Picture, State};
use crate::model::{Firewall, Group, LoadBalancer, Network, SiteId, WanLink};
use crate::plan::outage::Part;
use crate::query::fail::{Effects, Losers};

/// So many services are named below a picture.
const NAMED: usize = 6;

impl Draft<'_> {
    /// Marks the box of one group or of several.
    pub(super) fn mark_groups(&self, node: &mut Node, groups: &[&Group]) {
        let Some(effects) = self.style.outage else { return };
        let servers: usize = groups.iter().map(|group| group.servers.len()).sum();
        let down = groups.iter().flat_map(|group| &group.servers).filter(|server| effects.servers.contains(server)).count();
        if down > 0 && down == servers {
            mark(node, State::Down, None);
        } else if down > 0 {
            mark(node, State::Weak, Some(format!("{down} of {servers} down")));
        } else if groups.iter().any(|group| effects.expired.contains(&group.id)) {
            mark(node, State::Weak, Some("certificate expired".to_owned()));
        } else if let Some(losers) = groups.iter().find_map(|group| effects.homes.get(&group.id)) {
            mark(node, State::Lost, Some(lost(losers)));
        }
    }

    /// Marks the box of a network.
    pub(super) fn mark_network(&self, node: &mut Node, network: &Network) {
        let Some(effects) = self.style.outage else { return };
        if self.is_down(Part::Network(network.id), network.site) {
            mark(node, State::Down, None);
        } else if let Some(losers) = effects.networks.get(&network.id) {
            mark(node, State::Lost, Some(lost(losers)));
        }
    }

    /// Marks the box of a firewall.
    pub(super) fn mark_firewall(&self, node: &mut Node, firewall: &Firewall) {
        if self.is_down(Part::Firewall(firewall.id), Some(firewall.site)) {
            mark(node, State::Down, None);
        }
    }

    /// Marks the box of a load balancer.
    pub(super) fn mark_balancer(&self, node: &mut Node, balancer: &LoadBalancer) {
        if self.is_down(Part::Balancer(balancer.id), Some(balancer.site)) {
            mark(node, State::Down, None);
        }
    }

    /// Marks the box of a site.
    pub(super) fn mark_site(&self, node: &mut Node, site: SiteId) {
        let Some(effects) = self.style.outage else { return };
        if self.is_down(Part::Site(site), None) {
            mark(node, State::Down, None);
        } else if let Some(losers) = effects.sites.get(&site) {
            mark(node, State::Lost, Some(lost(losers)));
        }
    }

    /// What the users of a site lose, for its frame.
    pub(super) fn site_loss(&self, site: SiteId) -> Option<String> {
        let effects = self.style.outage?;
        let losers = effects.sites.get(&site).map(lost);
        let down = self.is_down(Part::Site(site), None).then(|| "DOWN".to_owned());
        let words: Vec<String> = down.into_iter().chain(losers).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// What is before the name of a link.
    pub(super) fn link_mark(&self, link: &WanLink) -> &'static str {
        if self.is_down(Part::WanLink(link.id), None) { "DOWN " } else { "" }
    }

    fn is_down(&self, part: Part, site: Option<SiteId>) -> bool {
        let down = |part| self.style.outage.is_some_and(|effects| effects.parts.contains(&part));
        down(part) || site.is_some_and(|site| down(Part::Site(site)))
    }
}

/// Names the outage in a finished picture: in its title, below it, and for those who do not see it.
pub(super) fn describe(picture: &mut Picture, effects: &Effects) {
    let outage = &effects.outage;
    let down: Vec<String> = outage.down.iter().map(|one| clean(&format!("{} {}", one.kind.title(), one.path))).collect();
    picture.title += " in an outage";
    let mut sentences = vec![format!("DOWN: {}.", down.join(", "))];
    sentences.push(if outage.lost.is_empty() {
        let users = counted(outage.all, "user still has", "users still have");
        format!("Nothing is lost: {users} {}.", counted(outage.services, "service", "services"))
    } else {
        let titles: Vec<&str> = outage.lost.iter().take(NAMED).map(|loss| loss.title).collect();
        let more = outage.lost.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        format!(
            "LOSS: {} of {} lose {} of {}: {}{more}.",
            thousands(outage.users),
            counted(outage.all, "user", "users"),
            outage.lost.len(),
            counted(outage.services, "service", "services"),
            titles.join(", ")
        )
    });
    picture.description = format!("{} {}", sentences.join(" "), picture.description);
    picture.notes.extend(sentences);
}

fn lost(losers: &Losers) -> String {
    let users = counted(losers.users, "user loses", "users lose");
    format!("{users} {}", counted(losers.services(), "service", "services"))
}

fn mark(node: &mut Node, state: State, fact: Option<String>) {
    node.state = state;
    match state {
        State::Down => node.name = format!("DOWN {}", node.name),
        State::Lost => node.name = format!("LOSS {}", node.name),
        State::Sound | State::Weak => {}
    }
    if let Some(fact) = &fact {
        node.tip += &format!("\n{fact}");
    }
    node.facts.splice(0..0, fact);
}
