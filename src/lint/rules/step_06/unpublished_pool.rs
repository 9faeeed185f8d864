//! Users who lose half of what they have when they leave the house.

use crate::lint::rule::rule;
use crate::lint::rules::step_01::missing_role::needs;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Detail;
use crate::product::{GroupKind, Relation, Role};

rule! {
    /// ## What it does
    /// Reports a pool that no reverse proxy publishes although outside users are allowed and other pools are published.
    ///
    /// ## Why it matters
    /// Outside, users of this pool have no address book and no group expansion, and their meetings have no slides.
    ///
    /// ## Planning Guide
    /// Step 6: meeting content, address book files and group expansion reach outside users through a reverse proxy, which
    /// publishes each pool by its own name. Sign-in works without it, so this is a warning.
    "OCS0622" "unpublished-pool" {
        severity: Warning,
        confidence: High,
        source: "Edge deployment step 2.1, reverse proxy (bb663639)",
        bad: Example::with(bases::EDGE, &[("  edge_array edge {", r"  standard_edition se02 {
    address = 10.10.0.12
    users   = 300
  }

  edge_array edge {")]),
        good: Example::with(bases::EDGE, &[("  edge_array edge {", r#"  standard_edition se02 {
    address           = 10.10.0.12
    users             = 300
    external_web_farm = "ocsweb02.contoso.com"
  }

  edge_array edge {"#), ("publishes = [se01]", "publishes = [se01, se02]")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    // Without any reverse proxy the features that need one have a finding of their own.
    let Some(proxy) = view.groups(GroupKind::ReverseProxy).next() else { return };
    let needs = needs(view);
    let asks = |roles: &[Role]| roles.contains(&Role::ReverseProxy);
    let Some(need) = needs.iter().find(|need| asks(need.requires) || asks(need.recommends)) else { return };
    for group in view.pools() {
        // A pool with a name outside and no way to it has a finding of its own, and one without users needs neither.
        let Detail::Pool { users, external_web_farm: None, .. } = &group.detail else { continue };
        let empty = users.is_some_and(|users| users.value == 0);
        if empty || !view.dependants(Relation::Publishes, group.id).is_empty() {
            continue;
        }
        sink.report(
            Finding::new(
                format!("with {} each pool should be published, and no reverse proxy publishes `{}`", need.text, group.path),
                group.span,
                "its outside users have no address book, and its meetings no slides",
            )
            .related(need.place, "switched on here")
            .related(proxy.span, "a reverse proxy that could")
            .help(format!(
                "write `external_web_farm = \"…\"` in `{} {}`, and add `{}` to the `publishes` of `{}`",
                group.kind.word(),
                group.name,
                group.path,
                proxy.path
            )),
        );
    }
}
