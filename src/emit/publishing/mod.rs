//! The plan of what is published to files: for each reverse proxy a configuration of nginx, and its rules for ISA Server 2006 as
//! a table and as a sheet to work from. One of the two forms is used.

mod isa;
mod isa_csv;
mod isa_sheet;
mod nginx;

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::{Artifact, EmitContext, EmitError, Team};
use crate::plan::Reason;
use crate::plan::publishing::{Proxy, PublishingPlan, Shown, Site};

/// All files of the reverse proxies.
pub fn emit(plan: &PublishingPlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let artifacts: Vec<[Artifact; 3]> = plan.proxies.par_iter().map(|proxy| files(plan, proxy, cx)).collect::<Result<_, _>>()?;
    Ok(artifacts.into_iter().flatten().collect())
}

fn files(plan: &PublishingPlan, proxy: &Proxy, cx: &EmitContext<'_>) -> Result<[Artifact; 3], EmitError> {
    let rules = isa::rules(plan, proxy)?;
    Ok([
        artifact(proxy, NGINX, nginx::emit(proxy, cx)?),
        artifact(proxy, ISA_TABLE, isa_csv::emit(&rules, cx)),
        artifact(proxy, ISA_SHEET, isa_sheet::emit(proxy, &rules, cx)?),
    ])
}

const NGINX: &str = "nginx.conf";
const ISA_TABLE: &str = "isa-rules.csv";
const ISA_SHEET: &str = "isa-rules.md";

/// The path of the configuration of nginx.
pub fn nginx_path(proxy: &Proxy) -> String {
    path(proxy, NGINX)
}

/// The path of the sheet for ISA Server.
pub fn isa_path(proxy: &Proxy) -> String {
    path(proxy, ISA_SHEET)
}

/// The path of the table of the rules for ISA Server.
pub fn isa_table_path(proxy: &Proxy) -> String {
    path(proxy, ISA_TABLE)
}

fn path(proxy: &Proxy, file: &str) -> String {
    format!("network/publishing/{}/{file}", proxy.label)
}

fn artifact(proxy: &Proxy, file: &str, content: String) -> Artifact {
    let reasons = proxy.reasons.iter().chain(proxy.sites.iter().flat_map(reasons));
    let declared = reasons.flat_map(|reason| &reason.declared).map(|declared| declared.path.as_str());
    let made_from: BTreeSet<&str> = declared.chain([proxy.path.as_str()]).collect();
    let made_from = made_from.into_iter().map(str::to_owned).collect();
    Artifact { path: path(proxy, file), team: Team::Network, made_from, content }
}

/// Everything that a site is there for: the way inside, its names, its paths.
fn reasons(site: &Site) -> impl Iterator<Item = &Reason> {
    let names = site.names.iter().map(|name| &name.reason);
    std::iter::once(&site.reason).chain(names).chain(site.paths.iter().map(|path| &path.reason))
}

/// The certificate of a site; a proxy cannot present one that is not planned.
fn certificate<'s>(site: &'s Site, template: &str) -> Result<&'s Shown, EmitError> {
    let message = || format!("no planned certificate holds all names of `{}` outside", site.path);
    site.certificate.as_ref().ok_or_else(|| EmitError { template: template.to_owned(), message: message() })
}

/// The name that the web server inside proves.
fn inside_name<'s>(site: &'s Site, template: &str) -> Result<&'s str, EmitError> {
    let message = || format!("the web server of `{}` has no name inside", site.path);
    let name = site.upstream.name.as_ref().map(|name| name.as_str());
    name.ok_or_else(|| EmitError { template: template.to_owned(), message: message() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{CompileOptions, compile};
    use crate::emit::Templates;
    use crate::plan::{self, Lines};
    use crate::text::SourceMap;

    fn litware() -> PublishingPlan {
        let text = include_str!("../../plan/runbook/litware.ocstopo");
        let compiled = compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text.to_owned())]), &CompileOptions::default());
        let topology = compiled.plans().expect("a topology").topology;
        let (flows, certificates) =
            (compiled.plans().expect("flows").flows, compiled.plans().expect("certificates").certificates());
        plan::publishing::plan(topology, flows, certificates, &Lines { sources: &compiled.sources, show: true })
    }

    fn written(plan: &PublishingPlan) -> Result<Vec<Artifact>, EmitError> {
        let templates = Templates::shipped();
        emit(plan, &EmitContext { templates: &templates, sample: true, organization: "litware" })
    }

    #[test]
    fn a_proxy_has_three_files() {
        for artifact in written(&litware()).expect("renders") {
            let name = artifact.path.rsplit('/').next().unwrap_or_default().to_owned();
            insta::assert_snapshot!(name, artifact.content);
        }
    }

    #[test]
    fn inexpressible_text_fails() {
        let mut plan = litware();
        plan.proxies[0].sites[0].certificate = None;
        let error = written(&plan).expect_err("no certificate");
        assert!(error.message.starts_with("no planned certificate holds all names of"), "{error}");
        let mut plan = litware();
        plan.proxies[0].sites[0].upstream.name = None;
        assert!(written(&plan).expect_err("no name").message.ends_with("has no name inside"));
        let mut plan = litware();
        plan.settings.clear();
        assert!(written(&plan).expect_err("no settings").message.starts_with("the catalogue has no proxy setting"));
    }
}
