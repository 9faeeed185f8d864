//! Addresses of users that cannot be signed in with or sent to.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::lower::{Fqdn, SignInAddress};

rule! {
    /// ## What it does
    /// Reads the `sip` and `email` addresses of each `sample_user`: a sign-in address without escaped characters in one of the SIP
    /// domains, and an e-mail address in a domain.
    ///
    /// ## Why it matters
    /// All users get addresses of the same form. Clients look servers up in the domain of the sign-in address, so in any other
    /// domain they find none; an address with escaped characters cannot be enabled.
    ///
    /// ## Planning Guide
    /// Step 1 and step 4: the SIP domain is the part of the sign-in address after the `@`; it may differ from the domain of e-mail
    /// and of Active Directory.
    "OCS0115" "user-address" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 4, automatic sign-in (SIP domains); 2007 R2, form of SIP URIs (dd572418)",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[(AD, "  sample_user anna { sip = \"anna@corp.contoso.com\" }\n\n  active_directory {")]),
        good: Example::with(bases::STANDARD, &[(AD, "  sample_user anna { sip = \"anna@contoso.com\" }\n\n  active_directory {")]),
    }
}

const AD: &str = "  active_directory {";

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let sip_domains: Vec<&str> = organization.sip_domains.iter().map(|domain| domain.value.as_str()).collect();
    for block in view.blocks_of("sample_user") {
        if let Some(sip) = block.decl.text("sip") {
            match SignInAddress::read(sip.value) {
                Err(why) => sink.report(
                    Finding::new(why, sip.span, "no user can sign in with it")
                        .help("write the sign-in address of a user as it is entered, without escaped characters"),
                ),
                Ok(address) if !sip_domains.is_empty() && !sip_domains.contains(&address.domain.as_str()) => sink.report(
                    Finding::new(
                        format!("`{}` is not a SIP domain, so `{}` cannot sign in", address.domain, block.decl.name),
                        sip.span,
                        format!("the SIP domains are {}", words::quoted(&sip_domains)),
                    )
                    .related(organization.sip_domains[0].span, "the SIP domains")
                    .help("form sign-in addresses in a SIP domain, or add the domain to `sip_domains`"),
                ),
                Ok(_) => {}
            }
        }
        let Some(email) = block.decl.text("email") else { continue };
        let problem = match email.value.rsplit_once('@') {
            None => Some("it has no `@`".to_owned()),
            Some(("", _)) => Some("nothing is before the `@`".to_owned()),
            Some((_, domain)) => Fqdn::parse(domain).err(),
        };
        if let Some(why) = problem {
            sink.report(
                Finding::new(
                    format!("the e-mail address of `{}` is not one: {why}", block.decl.name),
                    email.span,
                    "no message reaches it",
                )
                .help("write it as in `email = \"anna.smith@contoso.com\"`"),
            );
        }
    }
}
