//! Too few lines to the telephone network.

use super::gateways::gateways;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::Detail;
use crate::product::Feature;

rule! {
    /// ## What it does
    /// Compares the ports of all gateways with the users of Enterprise Voice: 15 users with light use share a port, 10 with
    /// moderate use, 5 with heavy use. Without `call_volume`, light use is assumed.
    ///
    /// ## Why it matters
    /// When all ports are in use, internal and external callers hear a busy signal.
    ///
    /// ## Planning Guide
    /// Step 8: the users divided by 15, 10 or 5, rounded up. The result is slightly below that of the Erlang formula with one
    /// call lost in a hundred, so this is a warning, and meeting it is the minimum.
    "OCS0817" "gateway-ports" {
        severity: Warning,
        confidence: High,
        source: "How to Cheat at Administering OCS 2007, p. 178; sizing gateways (ucedsg)",
        bad: Example::with(bases::VOICE, &[("transport = tls }", "transport = tls  ports = 46 }")]),
        good: Example::with(bases::VOICE, &[("transport = tls }", "transport = tls  ports = 96 }")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    if view.organization().feature(Feature::EnterpriseVoice).is_none() {
        return;
    }
    let voice = view.blocks_of("voice").next().map(|block| block.decl);
    let volume = voice.and_then(|voice| voice.choice("call_volume"));
    let word = volume.map_or("light", |volume| volume.value);
    let Some(limit) = view.limit(&format!("media_gateway.users_per_port.{word}")) else { return };
    let users = voice.and_then(|voice| voice.integer("users"));
    let homed: Option<Vec<_>> = view
        .pools()
        .map(|group| match &group.detail {
            Detail::Pool { users, .. } => *users,
            _ => None,
        })
        .collect();
    let (Some(homed), gateways) = (homed, gateways(view)) else { return };
    let all = homed.iter().map(|users| users.value).sum();
    let users = match users {
        Some(users) => users.value,
        None if homed.is_empty() => return,
        None => all,
    };
    // Where one gateway does not say how many it has, there may be enough.
    let Some(ports) = gateways.iter().map(|gateway| gateway.ports).collect::<Option<Vec<_>>>() else { return };
    let (needed, there) = (users.div_ceil(limit.value), ports.iter().map(|ports| ports.value).sum::<u64>());
    let Some(first) = ports.first().filter(|_| there < needed) else { return };
    let place = voice.and_then(|voice| voice.get("users")).map(|users| users.span);
    sink.report(
        Finding::new(
            format!(
                "{} voice users with {word} use need {} gateway ports, and {} {}",
                words::thousands(users),
                words::thousands(needed),
                match gateways.len() {
                    1 => format!("`{}` has", gateways[0].group.path),
                    many => format!("{} have", words::count(many, "gateway")),
                },
                words::thousands(there)
            ),
            first.span,
            format!("{} of them share a port", limit.value),
        )
        .related_opt(place.or(homed.first().map(|users| users.span)), "the users")
        .related_opt(volume.map(|volume| volume.span), "their call volume")
        .help(match place {
            Some(_) if !homed.is_empty() && users > all => format!(
                "correct the `users` of `voice`: the pools home {}, and each voice user is one of them",
                words::thousands(all)
            ),
            Some(_) => "add ports or gateways".to_owned(),
            None => "add ports or gateways, or write in `voice` how many `users` have Enterprise Voice".to_owned(),
        })
        .as_sure_as(&limit.provenance),
    );
}
