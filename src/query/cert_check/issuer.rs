//! Whether the right kind of authority issued a certificate. Names are compared, not signatures.

use super::facts::{Facts, Kind, Template, cut};
use crate::model::CertificationAuthority;
use crate::plan::certificate::Certificate;
use crate::product::IssuerKind;

/// What is wrong with an issuer.
pub(super) struct Problem {
    /// What, after the title of the certificate.
    pub(super) message: String,
    /// Why here.
    pub(super) label: String,
    /// The way out.
    pub(super) help: String,
}

/// What is wrong with the issuer of a certificate; a request has none yet.
pub(super) fn problem(facts: &Facts, planned: &Certificate, authorities: &[CertificationAuthority]) -> Option<Problem> {
    let wanted = planned.issuer.as_ref().filter(|_| facts.kind == Kind::Certificate)?;
    let help = format!("have it issued by `{}` of the topology", wanted.name);
    let own = facts.issuer_name().unwrap_or_default();
    let shown = cut(own);
    let by = format!("issued by `{shown}`");
    if facts.is_self_signed() {
        let message = "is self-signed, so no other computer trusts it".to_owned();
        return Some(Problem { message, label: "its own issuer".to_owned(), help });
    }
    let is_named = |config: Option<&str>| ca_name(config).is_some_and(|name| name.eq_ignore_ascii_case(own));
    match wanted.kind {
        IssuerKind::Enterprise | IssuerKind::Standalone => {
            let name = ca_name(wanted.config.as_deref())?;
            let message = format!("must be issued by `{name}`, and is issued by `{shown}`");
            (!is_named(wanted.config.as_deref())).then_some(Problem { message, label: by, help })
        }
        IssuerKind::Public => {
            let inside = authorities.iter().filter(|authority| authority.kind.is_own());
            let named = inside.into_iter().any(|authority| is_named(authority.config.as_deref()));
            let message = match (named, &facts.template) {
                (true, _) => format!("must be issued by a public authority, and is issued by `{shown}` of the topology"),
                (false, Template::Absent) => return None,
                (false, _) => {
                    format!("must be issued by a public authority, and `{shown}` is a Windows authority: it writes its template")
                }
            };
            Some(Problem { message, label: by, help: format!("{help}: outsiders trust no other") })
        }
    }
}

/// The name of the authority in `host\\name`.
fn ca_name(config: Option<&str>) -> Option<&str> {
    config?.split_once('\\').map(|(_, name)| name).filter(|name| !name.is_empty())
}
