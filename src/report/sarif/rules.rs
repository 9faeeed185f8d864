//! Rules as SARIF describes them.

use serde_json::json;
use serde_sarif::sarif::{MultiformatMessageString, ReportingConfiguration, ReportingDescriptor};

use crate::report::RuleInfo;

pub(super) fn descriptor(rule: &RuleInfo) -> ReportingDescriptor {
    let tag = match rule.step {
        0 => "language".to_owned(),
        step => format!("planning-guide-step-{step}"),
    };
    ReportingDescriptor::builder()
        .id(rule.code.0)
        .name(rule.name)
        .short_description(text(first_sentence(&rule.summary)))
        .full_description(text(&rule.summary))
        .help(MultiformatMessageString::builder().text(rule.doc.trim()).markdown(rule.doc.trim()).build())
        .default_configuration(ReportingConfiguration::builder().level(json!(rule.severity.word())).build())
        .properties(super::tags(vec![tag]))
        .build()
}

fn text(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

fn first_sentence(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim_end()
}
