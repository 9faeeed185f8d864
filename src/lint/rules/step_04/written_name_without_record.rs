//! A stated name that does not resolve.

use crate::catalog::{DnsView as Asker, RecordType};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Named;

rule! {
    /// ## What it does
    /// Notes the name of a server that is written in the topology while no record inside leads to it.
    ///
    /// ## Why it matters
    /// Whoever reads the topology believes that the server can be reached by that name. Other servers find it by another one, or its
    /// certificate bears a name that nobody can look up.
    ///
    /// ## Planning Guide
    /// Step 4: servers register their own names, or have them made by hand. Servers of the perimeter register none, and of these only
    /// the names that others inside ask for are made.
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
                    format!("no record inside leads to `{}`", fqdn.value),
                    fqdn.span,
                    format!("others find `{}` by another name", view.topology.group(server.group).path),
                )
                .help("take the name out, if nothing else needs it"),
            );
        }
    }
}
