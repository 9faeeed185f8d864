//! An Access Edge that may fail to talk to AOL.

use crate::catalog::{Support, SupportLevel};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports an edge server with an Access Edge on Windows Server 2008 where `public_im` has `aol`.
    ///
    /// ## Why it matters
    /// The TLS connection to AOL may fail although name, certificate and firewall are right: messages to AOL fail, and the edge
    /// server logs no reason.
    ///
    /// ## Planning Guide
    /// Step 4, certificates of 2007 R2 for users outside: a note of 2012 on AOL and edge servers with Windows Server 2008 and 2008 R2.
    /// It says "may", so this is a warning.
    "OCS0440" "aol-edge-windows" {
        severity: Warning,
        confidence: Medium,
        source: "2007 R2, certificate requirements for external user access (dd425344, 2012)",
        runs_despite_errors: true,
        since: Ocs2007R2,
        bad: Example::with(bases::EDGE, &[R2, AOL, (SERVER, "    software { operating_system = windows_2008  architecture = x64 }\n\n    server edge01 {\n")]),
        good: Example::with(bases::EDGE, &[R2, AOL, (SERVER, "    software { operating_system = windows_2003_r2_sp2  architecture = x64 }\n\n    server edge01 {\n")]),
    }
}

const R2: (&str, &str) = ("product     = ocs_2007\n", "product     = ocs_2007_r2\n");

const AOL: (&str, &str) = (
    "    anonymous_meetings = true\n",
    "    anonymous_meetings = true\n    public_im          = [msn, aol]\n    public_im_licensed = true\n",
);

const SERVER: &str = "    server edge01 {\n";

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("public_im.aol_on_windows_2008") else { return };
    let services = &view.organization().external.public_im;
    let Some(aol) = services.iter().find(|service| service.value == "aol") else { return };
    if row.standing != SupportLevel::Discouraged {
        return;
    }
    for array in view.blocks_of("edge_array") {
        let access = array.decl.blocks("server").filter(|server| server.is_written("access_edge"));
        for server in access {
            let stated = [server, array.decl].into_iter().filter_map(|decl| decl.block("software"));
            let Some(system) = stated.filter_map(|software| software.choice("operating_system")).next() else { continue };
            if !system.value.starts_with("windows_2008") {
                continue;
            }
            sink.report_once(
                Finding::new(
                    format!(
                        "`{}.{}` may fail to connect to AOL: its Access Edge runs on Windows Server 2008",
                        array.path, server.name
                    ),
                    system.span,
                    "TLS negotiation between this system and AOL may fail",
                )
                .related(aol.span, "users exchange messages with AOL")
                .related(server.name_span, "the computer")
                .help("plan Windows Server 2003 R2 with Service Pack 2 for it, or test the connection first")
                .as_sure_as(&row.provenance),
            );
        }
    }
}
