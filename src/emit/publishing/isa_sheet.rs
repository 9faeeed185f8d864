//! `isa-rules.md`: the rules as a sheet for the person at the console, in the order in which its wizards ask.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::language::MARKDOWN;
use super::super::{EmitContext, EmitError};
use super::isa::{Listener, Rule, timeout};
use crate::catalog::{Confidence, ProxySetting};
use crate::plan::Reason;
use crate::plan::publishing::Proxy;

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    tool: &'static str,
    organization: &'a str,
    path: &'a str,
    declared: String,
    public: Option<String>,
    listener: Vec<Line>,
    listener_name: String,
    certificate: &'a str,
    issued_to: &'a str,
    authorities: BTreeSet<&'a str>,
    /// Names inside with their addresses and ports.
    insides: BTreeSet<(&'a str, String, u16)>,
    rules: Vec<RuleView<'a>>,
}

/// A field of a wizard: its place, name, value and reason.
#[derive(Serialize)]
struct Line {
    page: String,
    name: String,
    /// Typed or chosen exactly so.
    values: Vec<String>,
    why: String,
}

#[derive(Serialize)]
struct RuleView<'a> {
    order: usize,
    name: &'a str,
    site: &'a str,
    public_names: &'a [&'a str],
    paths: &'a [String],
    inside_name: &'a str,
    lines: Vec<Line>,
    checks: Vec<Check>,
    reasons: Vec<String>,
}

/// A page to open from outside.
#[derive(Serialize)]
struct Check {
    address: String,
    published: bool,
}

/// The sheet of a proxy.
pub(super) fn emit(proxy: &Proxy, rules: &[Rule<'_>], cx: &EmitContext<'_>) -> Result<String, EmitError> {
    // A proxy without sites is not planned, so there is a first rule.
    let Some(first) = rules.first() else { return Ok(String::new()) };
    let view = View {
        note: cx.note(),
        tool: crate::emit::TOOL,
        organization: cx.organization,
        path: &proxy.path,
        declared: proxy.declared.to_string(),
        public: proxy.public.map(|address| address.to_string()),
        listener: listener(proxy, first),
        listener_name: first.listener.name.clone(),
        certificate: &first.listener.certificate.slug,
        issued_to: first.listener.certificate.common_name.as_str(),
        authorities: rules.iter().filter_map(|rule| rule.site.upstream.authority.as_deref()).collect(),
        insides: rules.iter().map(|rule| (rule.inside_name, rule.addresses.join(", "), rule.port)).collect(),
        rules: rules.iter().map(rule_view).collect(),
    };
    cx.templates.render(&MARKDOWN, "isa_rules", &view)
}

fn listener(proxy: &Proxy, rule: &Rule<'_>) -> Vec<Line> {
    let Listener { name, addresses, ports, certificate } = &rule.listener;
    let why = proxy.reasons.iter().map(|reason| reason.purpose.as_str()).collect::<Vec<_>>().join("; ");
    vec![
        line("Welcome", "Web listener name", [name.clone()], ""),
        set(rule.settings.listener_security),
        line("Web Listener IP Addresses", "Network", ["External".to_owned()], "and no other"),
        line("Web Listener IP Addresses", "Select IP Addresses, specified addresses", addresses.iter().cloned(), &why),
        line("Listener SSL Certificates", "Certificate", [certificate.common_name.to_string()], "as the column Issued To has it"),
        set(rule.settings.listener_authentication),
        line("Properties of the listener, Connections", "SSL port", ports.iter().cloned(), "HTTP stays off"),
        line(
            "Properties of the listener, Connections, Advanced",
            "Connection timeout (seconds)",
            [timeout()],
            "the guide has no figure; this is ocstopo's",
        ),
    ]
}

fn rule_view<'a>(rule: &'a Rule<'a>) -> RuleView<'a> {
    let settings = &rule.settings;
    let names = || rule.public_names.iter().map(|name| (*name).to_owned());
    let first = |items: &[&str]| items.first().map(|item| (*item).to_owned()).unwrap_or_default();
    let mut lines = vec![
        line("Welcome", "Web publishing rule name", [rule.name.clone()], &rule.site.reason.purpose),
        set(settings.action),
        set(settings.publishing_type),
        set(settings.bridging),
        line(
            "Internal Publishing Details",
            "Internal site name",
            [rule.inside_name.to_owned()],
            "is on the web server's certificate; another name ends in error 500",
        ),
        line(
            "Internal Publishing Details",
            "Use a computer name or IP address",
            rule.addresses.iter().cloned(),
            "then nothing depends on the name server",
        ),
        line(
            "Internal Publishing Details",
            "Path",
            rule.paths.first().cloned(),
            if rule.paths.len() > 1 { "the others are added below" } else { "" },
        ),
        set(settings.host_header),
        line("Public Name Details", "Accept requests for", ["This domain name".to_owned()], "never any domain name"),
        line("Public Name Details", "Public name", [first(&rule.public_names)], ""),
        line("Select Web Listener", "Web listener", [rule.listener.name.clone()], ""),
        set(settings.delegation),
        set(settings.users),
        line(
            "Properties of the rule, Paths",
            "Paths, all and no others",
            rule.paths.iter().cloned(),
            "each External path is <same as internal>; what no rule lists is denied",
        ),
        line("Properties of the rule, Bridging", "Redirect requests to SSL port", [rule.port.to_string()], "and no HTTP port"),
        set(settings.requests_from),
    ];
    if rule.public_names.len() > 1 {
        lines.push(line("Properties of the rule, Public Name", "Public names, all and no others", names(), ""));
    }
    if !rule.largest.is_empty() {
        lines.push(line(
            "Properties of the rule, Configure HTTP, General",
            "Maximum payload length, at least",
            rule.largest.iter().cloned(),
            "",
        ));
    }
    let outside = first(&rule.public_names);
    let page = |path: &str, published| Check { address: format!("https://{outside}{path}"), published };
    let mut checks: Vec<Check> = rule.site.paths.iter().map(|path| page(&path.path, true)).collect();
    if !rule.paths.iter().any(|path| path == "/*") {
        checks.push(page("/not-published", false));
    }
    RuleView {
        order: rule.order,
        name: &rule.name,
        site: &rule.site.path,
        public_names: &rule.public_names,
        paths: &rule.paths,
        inside_name: rule.inside_name,
        lines,
        checks,
        reasons: super::reasons(rule.site).map(full).collect(),
    }
}

fn line(page: &str, name: &str, values: impl IntoIterator<Item = String>, why: &str) -> Line {
    Line { page: page.to_owned(), name: name.to_owned(), values: values.into_iter().collect(), why: why.to_owned() }
}

/// A setting of the catalogue; where it is only recalled its line says so.
fn set(setting: &ProxySetting) -> Line {
    let why = match setting.provenance.confidence {
        Confidence::Low => format!("{}; not in the guide, confidence low", setting.what),
        _ => setting.what.clone(),
    };
    line(&setting.page, &setting.name, [setting.value.clone()], &why)
}

fn full(reason: &Reason) -> String {
    format!("{}: {}; {}; confidence {}", reason.short(), reason.purpose, reason.source.join(", "), reason.confidence.word())
}
