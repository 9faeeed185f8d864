//! Public IM with more SIP domains than the providers see.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases, words};
use crate::model::Feature;

rule! {
    /// ## What it does
    /// Notes that public IM providers must be told of each SIP domain beyond the first.
    ///
    /// ## Why it matters
    /// The providers read the subject of the Access Edge's certificate and none of its other names. A domain that was not registered with
    /// them has users who cannot be reached from there.
    ///
    /// ## Planning Guide
    /// Step 6: one Access Edge name serves all SIP domains for public IM; the others are entered when the service is ordered. It is a task,
    /// no mistake, so this is a note.
    "OCS0437" "public-im-of-several-domains" {
        severity: Note,
        confidence: Medium,
        source: "Public IM connectivity and multiple SIP domains (shudnow.net, 2008)",
        bad: Example::with(bases::EDGE, &[
            ("sip_domains = [\"contoso.com\"]", "sip_domains = [\"contoso.com\", \"retail.contoso.com\"]"),
            ("    remote_users       = true\n", "    remote_users       = true\n    federation         = allowed_partners\n    public_im          = [msn]\n"),
        ]),
        good: Example::with(bases::EDGE, &[
            ("    remote_users       = true\n", "    remote_users       = true\n    federation         = allowed_partners\n    public_im          = [msn]\n"),
        ]),
    }
}

fn check(view: &View, sink: &mut Sink) {
    let organization = view.organization();
    let Some(switch) = organization.feature(Feature::PublicIm) else { return };
    let [first, others @ ..] = organization.sip_domains.as_slice() else { return };
    let Some(second) = others.first() else { return };
    let providers: Vec<&str> = organization.external.public_im.iter().map(|provider| provider.value).collect();
    sink.report(
        Finding::new(
            format!(
                "public IM providers read `{}` on the certificate, and {} must be told of {}",
                first.value,
                words::list(&providers),
                words::count(others.len(), "other SIP domain")
            ),
            second.span,
            "not read from the certificate",
        )
        .related(switch, "public IM is switched on here")
        .help("enter every SIP domain when public IM is ordered, and waive this note once it is done"),
    );
}
