//! A stated name that does not resolve.

use crate::catalog::{DnsView as Asker, RecordType};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Named;

rule! {
    /// ## What it does
    /// Notes a server name that is written in the topology although no internal record leads to it.
    ///
    /// ## Why it matters
    /// The topology suggests that the server can be reached by this name. But other servers use another name, or the name on its
    /// certificate cannot be looked up.
    ///
    /// ## Planning Guide
    /// Step 4: servers register their own names, or their records are created by hand. Servers in the perimeter do not register
    /// names; of these, records are created only for names that internal servers look up.
    "OCS0454" "written-name-without-record" {
        severity: Note,
        confidence: Low,
        source: "Planning Guide step 4, DNS (bb870331); which names of the perimeter are asked for is recalled",
        bad: Example::with(bases::SCALED, &[(
            "    server av[1..2] {\n      inside  = 172.25.33.[21..22]\n      av_edge = 131.107.155.[31..32]\n    }",
            "    server av1 { inside = 172.25.33.21  av_edge = 131.107.155.31 }\n    server av2 { inside = 172.25.33.22  av_edge = 131.107.155.32  fqdn = \"relay2.contoso.com\" }",
        )]),
        good: Example::with(bases::SCALED, &[(
            "    server av[1..2] {\n      inside  = 172.25.33.[21..22]\n      av_edge = 131.107.155.[31..32]\n    }",
            "    server av1 { inside = 172.25.33.21  av_edge = 131.107.155.31 }\n    server av2 { inside = 172.25.33.22  av_edge = 131.107.155.32 }",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks() {
        let Some(fqdn) = block.decl.fqdn("fqdn").filter(|_| block.decl.is_written("fqdn")) else { continue };
        let Some(Named::Server(id)) = view.topology.by_path.get(&block.path) else { continue };
        let server = view.topology.server(*id);
        if server.fqdn.as_ref() == Some(&fqdn.value) && view.dns.lookup(Asker::Internal, &fqdn.value, RecordType::A).is_empty() {
            sink.report(
                Finding::new(
                    format!("no internal record leads to `{}`", fqdn.value),
                    fqdn.span,
                    format!("other servers use another name for `{}`", view.topology.group(server.group).path),
                )
                .help("remove the name, if nothing else needs it"),
            );
        }
    }
}
