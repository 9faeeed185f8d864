//! More than one door for SIP.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports every edge array beyond the first that runs the Access Edge role.
    ///
    /// ## Why it matters
    /// The SRV records of a SIP domain name one server, and the internal servers send all external traffic to one server.
    /// Requests through a second Access Edge get no answer.
    ///
    /// ## Planning Guide
    /// Step 6: one Access Edge, or one array of them, serves the whole organization; remote sites run Web Conferencing and
    /// A/V Edges only.
    "OCS0602" "several-access-edges" {
        severity: Error,
        confidence: High,
        source: "Supportability guide, perimeter network (bb894627); global deployments (bb870317)",
        runs_despite_errors: true,
        waivable: false,
        bad: Example::with(bases::EDGE, &[(
            "  reverse_proxy rp {",
            r#"  edge_array second {
    shape    = consolidated
    next_hop = dir01
    inside                { fqdn = "edge02.contoso.com" }
    access_edge           { fqdn = "access02.contoso.com" }
    web_conferencing_edge { fqdn = "webconf02.contoso.com" }
    av_edge               { fqdn = "av02.contoso.com" }
    server edge02 {
      inside                = 172.25.33.20
      access_edge           = 131.107.155.20
      web_conferencing_edge = 131.107.155.21
      av_edge               = 131.107.155.22
    }
  }

  reverse_proxy rp {"#,
        )]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let mut edges = view.access_edges();
    let Some((first, _)) = edges.next() else { return };
    for (group, endpoint) in edges {
        let place = endpoint.fqdn.as_ref().map_or(endpoint.span, |fqdn| fqdn.span);
        sink.report(
            Finding::new(
                format!("`{}` is a second Access Edge, and an organization has one", group.path),
                place,
                "external SIP enters through one Access Edge",
            )
            .related(first.span, format!("`{}` is the Access Edge already", first.path))
            .help(format!(
                "remove `access_edge` from `{}` and its servers, give its Web Conferencing Edge and its A/V Edge separate computers, and write `shape = remote_site` or `scaled_remote_site`",
                group.name
            )),
        );
    }
}
