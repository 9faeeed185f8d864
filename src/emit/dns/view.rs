//! Forms that hold a whole view in one file: batch and PowerShell for the DNS Server of Windows, DNSControl.

use serde::Serialize;

use super::super::language::{BATCH, JAVASCRIPT, POWERSHELL};
use super::super::{EmitContext, EmitError, Language};
use super::rows::{self, ZoneRow};
use crate::plan::dns::{ViewPlan, ZoneKind};

/// A form of that kind.
pub(super) struct Form {
    /// The file's name.
    pub(super) file: &'static str,
    /// What reads it, for people.
    pub(super) reader: &'static str,
    language: &'static Language,
    template: &'static str,
    /// Whether the tool that reads it runs on Windows.
    pub(super) windows: bool,
    /// The way that `device_operations.toml` knows it by, if it does.
    pub(super) way: Option<&'static str>,
}

/// All such forms.
pub(super) const FORMS: [Form; 3] = [
    Form {
        file: "records.cmd",
        reader: "the DNS Server of Windows, up to 2008 R2",
        language: &BATCH,
        template: "dnscmd",
        windows: true,
        way: Some("windows_dns"),
    },
    Form {
        file: "records.ps1",
        reader: "the DNS Server of Windows, since 2012",
        language: &POWERSHELL,
        template: "dns",
        windows: true,
        way: Some("windows_dns_module"),
    },
    Form { file: "dnsconfig.js", reader: "DNSControl", language: &JAVASCRIPT, template: "dnsconfig", windows: false, way: None },
];

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    view: &'static str,
    /// Whether zones that hold more than one name are among them.
    keeps_public: bool,
    zones: &'a [ZoneRow<'a>],
}

/// The file of each form.
pub(super) fn emit(plan: &ViewPlan, cx: &EmitContext<'_>) -> Result<Vec<(&'static Form, String)>, EmitError> {
    let zones: Vec<ZoneRow<'_>> = plan.zones.iter().map(rows::zone).collect();
    let view = View {
        note: cx.note(),
        organization: cx.organization,
        view: plan.view.word(),
        keeps_public: plan.zones.iter().any(|zone| zone.kind != ZoneKind::Pinpoint),
        zones: &zones,
    };
    FORMS.iter().map(|form| Ok((form, cx.templates.render(form.language, form.template, &view)?))).collect()
}
