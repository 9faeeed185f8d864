//! Archiving without the queues that it goes through.

use crate::catalog::Software;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::lower::Decl;
use crate::product::Feature;

rule! {
    /// ## What it does
    /// Reports an Archiving Server, or a pool or server that archives, with an insufficient `message_queuing`.
    ///
    /// ## Why it matters
    /// Front ends send messages to the Archiving Server through Message Queuing. Without it nothing is archived; in critical mode
    /// the front ends stop as soon as they start.
    ///
    /// ## Planning Guide
    /// Step 12: Message Queuing with Active Directory integration is installed on the Archiving Server and on each front end that
    /// archives. Computers without the attribute are not checked.
    "OCS1204" "archiving-without-message-queuing" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 12, archiving topologies (bb964005)",
        runs_despite_errors: true,
        bad: Example::with(bases::ARCHIVING, &[(
            "    archiving         = arch01\n",
            "    archiving         = arch01\n    software { message_queuing = workgroup }\n",
        )]),
        good: Example::with(bases::ARCHIVING, &[(
            "    archiving         = arch01\n",
            "    archiving         = arch01\n    software { message_queuing = active_directory }\n",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Software>("message_queuing") else { return };
    let organization = view.organization();
    let asked = [Feature::ImArchiving, Feature::CallDetailRecords]
        .into_iter()
        .find_map(|feature| Some((feature, organization.feature(feature)?)));
    let Some((feature, place)) = asked else { return };
    for block in view.blocks() {
        let decl = block.decl;
        let archives = match decl.kind() {
            "archiving_server" => true,
            "standard_edition" | "enterprise_pool" => decl.is_written("archiving"),
            "front_end" => block.parent.is_some_and(|pool: &Decl| pool.is_written("archiving")),
            _ => false,
        };
        let Some(queuing) = decl.block("software").and_then(|software| software.choice("message_queuing")).filter(|_| archives)
        else {
            continue;
        };
        if row.allows(queuing.value) {
            continue;
        }
        sink.report_once(
            Finding::new(
                format!(
                    "`{}` needs `message_queuing = {}` to archive, and has `{}`",
                    block.path,
                    row.allowed.join("` or `"),
                    queuing.value
                ),
                queuing.span,
                "messages go through Message Queuing, which finds its queues in Active Directory",
            )
            .related(place, format!("`{}` is switched on here", feature.written()))
            .help(format!("install it accordingly, and write `message_queuing = {}`", row.allowed.join(" or "))),
        );
    }
}
