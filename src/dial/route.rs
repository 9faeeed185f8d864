//! The way of a call: the usages of a policy in order, the routes of each that match, their gateways.

use std::collections::BTreeSet;

use super::plan::{DialPlan, Policy, Route};
use super::undecided::Undecided;

/// What becomes of a call with a policy.
#[derive(Debug)]
pub struct Routed<'p, 'a> {
    /// The usages in order, each with its routes that match.
    pub usages: Vec<UsageStep<'p, 'a>>,
    /// How it ends.
    pub ending: Ending,
}

/// A usage of a policy.
#[derive(Debug)]
pub struct UsageStep<'p, 'a> {
    /// Its name.
    pub usage: &'a str,
    /// The routes with this usage that match.
    pub routes: Vec<MatchedRoute<'p, 'a>>,
}

/// A route that matches.
#[derive(Debug)]
pub struct MatchedRoute<'p, 'a> {
    /// The route.
    pub route: &'p Route<'a>,
    /// Its gateways.
    pub gateways: Vec<TriedGateway<'p>>,
}

/// A gateway of a route that matches.
#[derive(Debug)]
pub struct TriedGateway<'p> {
    /// Its path.
    pub gateway: &'p str,
    /// Whether it does not answer.
    pub down: bool,
    /// Whether a usage before has it too: it is tried once in a call.
    pub again: bool,
}

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It leaves by a gateway.
    Routed,
    /// No route of the policy's usages matches: the caller may not call this number.
    Refused,
    /// No gateway of the routes answers.
    Dropped,
}

impl Ending {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Ending::Routed => "routed",
            Ending::Refused => "refused",
            Ending::Dropped => "dropped",
        }
    }
}

impl<'a> DialPlan<'a> {
    /// Tries every route alone: whether it matches, or why that is not known.
    pub fn matching(&self, number: &str) -> Vec<Result<bool, Undecided>> {
        let matches = |route: &Route<'a>| match &route.compiled {
            Some(pattern) => pattern.is_match(number),
            None => Err(Undecided::Engine),
        };
        self.routes.iter().map(matches).collect()
    }

    /// The way of a call to a number that the routes of `matching` take. Of the gateways in `down` none answers. The error names a
    /// route of the policy of which it is not known whether it matches.
    pub fn route(
        &self,
        policy: &Policy<'a>,
        matching: &[Result<bool, Undecided>],
        down: &BTreeSet<&str>,
    ) -> Result<Routed<'_, 'a>, (&Route<'a>, Undecided)> {
        let mut met: BTreeSet<&str> = BTreeSet::new();
        let mut usages = Vec::new();
        for usage in &policy.usages {
            let mut routes = Vec::new();
            for (route, matches) in self.routes.iter().zip(matching).filter(|(route, _)| route.usages.contains(usage)) {
                if !matches.map_err(|undecided| (route, undecided))? {
                    continue;
                }
                let mut gateways = Vec::new();
                for gateway in &route.gateways {
                    let down = down.contains(gateway.as_str());
                    gateways.push(TriedGateway { gateway, down, again: !met.insert(gateway) });
                }
                routes.push(MatchedRoute { route, gateways });
            }
            usages.push(UsageStep { usage, routes });
        }
        let gateways = || usages.iter().flat_map(|step: &UsageStep| &step.routes).flat_map(|found| &found.gateways);
        let ending = match (gateways().any(|tried| !tried.down), gateways().next()) {
            (true, _) => Ending::Routed,
            (false, Some(_)) => Ending::Dropped,
            (false, None) => Ending::Refused,
        };
        Ok(Routed { usages, ending })
    }
}

impl<'p, 'a> Routed<'p, 'a> {
    /// The routes that the call takes: those of the first usage that has a gateway which answers.
    pub fn taken(&self) -> Vec<&MatchedRoute<'p, 'a>> {
        let answers = |found: &&MatchedRoute<'_, '_>| found.gateways.iter().any(|tried| !tried.down);
        let mut steps = self.usages.iter().map(|step| step.routes.iter().filter(answers).collect::<Vec<_>>());
        steps.find(|routes| !routes.is_empty()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The routes of the Planning Guide (tables 89, 90, 103 and 104; voip-abs-compliance.md 3.3).
    fn guide(universal: &'static str) -> DialPlan<'static> {
        let gateways = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let routes = vec![
            Route::new("dallas_local", r"^\+1(972|214|469)(\d{7})$", vec!["local"], gateways(&["dallas_gw1"])),
            Route::new("dallas_users", r"^\+?(\d*)$", vec!["dallas_users"], gateways(&["dallas_gw1"])),
            Route::new("intl", r"^\+([2-9])(\d*)$", vec!["international"], gateways(&["red_gw1"])),
            Route::new("ny_local", r"^\+1(212|646|917)(\d{7})$", vec!["local"], gateways(&["ny_gw1"])),
            Route::new(
                "redmond_local",
                r"^\+1(425|206|253)(\d{7})$",
                vec!["local", "redmond_local"],
                gateways(&["red_gw1", "red_gw2"]),
            ),
            Route::new("universal", universal, vec!["global"], gateways(&["red_gw1", "red_gw2", "dallas_gw1"])),
        ];
        let policies = vec![
            Policy { name: "dallas", usages: vec!["dallas_users", "global"] },
            Policy { name: "default", usages: vec!["local", "global"] },
            Policy { name: "none", usages: Vec::new() },
            Policy { name: "redmond", usages: vec!["redmond_local"] },
        ];
        DialPlan { profiles: Vec::new(), policies, routes }
    }

    const UNIVERSAL: &str = r"^\+?(\d*)$";
    const BLOCKING: &str = r"^\+?(?!(1900|1411))(\d*)$";

    /// The routes that a call takes first, with the gateways that are tried, and how it ends.
    fn way(plan: &DialPlan<'_>, policy: &str, number: &str, down: &[&str]) -> String {
        let policy = plan.policy(policy).expect("a policy");
        let down = down.iter().copied().collect();
        let routed = plan.route(policy, &plan.matching(number), &down).expect("decided");
        let taken = |found: &&MatchedRoute<'_, '_>| {
            let gateways = found.gateways.iter().filter(|tried| !tried.down).map(|tried| tried.gateway);
            format!("{} by {}", found.route.name, gateways.collect::<Vec<_>>().join(","))
        };
        let taken: Vec<String> = routed.taken().iter().map(taken).collect();
        format!("{} {}", routed.ending.word(), taken.join("; ")).trim_end().to_owned()
    }

    #[test]
    fn the_routes_of_the_guide_take_its_numbers() {
        let plan = guide(UNIVERSAL);
        let default = |number| way(&plan, "default", number, &[]);
        assert_eq!(default("+14255550100"), "routed redmond_local by red_gw1,red_gw2");
        assert_eq!(default("+12145550100"), "routed dallas_local by dallas_gw1");
        assert_eq!(default("+12125550100"), "routed ny_local by ny_gw1");
        assert_eq!(default("+13035550100"), "routed universal by red_gw1,red_gw2,dallas_gw1");
        assert_eq!(way(&plan, "redmond", "+14255550100", &[]), "routed redmond_local by red_gw1,red_gw2");
        assert_eq!(way(&plan, "redmond", "+12145550100", &[]), "refused");
        assert_eq!(way(&plan, "dallas", "+14255550100", &[]), "routed dallas_users by dallas_gw1");
        assert_eq!(way(&plan, "none", "+14255550100", &[]), "refused");
    }

    #[test]
    fn a_call_fails_over_to_the_next_gateway_then_to_the_next_usage() {
        let plan = guide(UNIVERSAL);
        let redmond = |down: &[&str]| way(&plan, "default", "+14255550100", down);
        assert_eq!(redmond(&["red_gw1"]), "routed redmond_local by red_gw2");
        assert_eq!(redmond(&["red_gw1", "red_gw2"]), "routed universal by dallas_gw1");
        assert_eq!(redmond(&["red_gw1", "red_gw2", "dallas_gw1"]), "dropped");
        assert_eq!(way(&plan, "dallas", "+14255550100", &["dallas_gw1"]), "routed universal by red_gw1,red_gw2");
        assert_eq!(way(&plan, "redmond", "+14255550100", &["red_gw1", "red_gw2"]), "dropped");
    }

    #[test]
    fn a_gateway_is_tried_once() {
        let plan = guide(UNIVERSAL);
        let policy = plan.policy("default").expect("a policy");
        let routed = plan.route(policy, &plan.matching("+14255550100"), &BTreeSet::new()).expect("decided");
        let again = |step: &UsageStep<'_, '_>| step.routes[0].gateways.iter().map(|tried| tried.again).collect::<Vec<_>>();
        assert_eq!(again(&routed.usages[0]), [false, false]);
        assert_eq!(again(&routed.usages[1]), [true, true, false]);
    }

    /// Tables 103 and 104: a look-ahead keeps numbers out of the universal route.
    #[test]
    fn the_blocking_route_of_the_guide_blocks() {
        let plan = guide(BLOCKING);
        for (number, ending) in [
            ("+19005550100", "refused"),
            ("+14115550100", "refused"),
            ("+13035550100", "routed universal by red_gw1,red_gw2,dallas_gw1"),
        ] {
            assert_eq!(way(&plan, "default", number, &[]), ending, "{number}");
        }
        assert_eq!(way(&guide(UNIVERSAL), "default", "+19005550100", &[]), "routed universal by red_gw1,red_gw2,dallas_gw1");
    }

    /// The trap of the reference: +911 is taken by the international route, +112 is not.
    #[test]
    fn an_emergency_number_is_taken_by_the_international_route() {
        let plan = guide(UNIVERSAL);
        let taken = |number: &str| {
            let matching = plan.matching(number).into_iter().zip(&plan.routes);
            matching.filter(|(matches, _)| *matches == Ok(true)).map(|(_, route)| route.name).collect::<Vec<_>>()
        };
        assert_eq!(taken("+911"), ["dallas_users", "intl", "universal"]);
        assert_eq!(taken("+112"), ["dallas_users", "universal"]);
    }
}
