//! `renewal.ics`: a calendar with the day on which each certificate ends, and two reminders before it.

use super::calendar::{Calendar, day};
use super::renewal_csv::computer;
use crate::emit::{EmitContext, TOOL};
use crate::plan::renewal::{Date, Renewal, RenewalPlan, Term};

/// So many days before the end calendars remind: time to order a public certificate, and the last time to install it.
const REMINDERS: [u8; 2] = [60, 14];

pub(super) fn emit(plan: &RenewalPlan<'_>, cx: &EmitContext<'_>) -> String {
    let mut calendar = Calendar::default();
    calendar.line("BEGIN", "VCALENDAR");
    calendar.line("VERSION", "2.0");
    calendar.text("PRODID", [format!("-//ocstopo//{TOOL}//EN")]);
    calendar.line("CALSCALE", "GREGORIAN");
    calendar.line("METHOD", "PUBLISH");
    calendar.text("X-WR-CALNAME", [format!("Certificates of {}", cx.organization)]);
    if let Some(note) = cx.note() {
        calendar.text("X-WR-CALDESC", [note]);
    }
    for renewal in &plan.renewals {
        if let Term::Known { begins, ends, origin } = &renewal.term {
            event(&mut calendar, plan, renewal, (*begins, *ends, origin), cx);
        }
    }
    calendar.line("END", "VCALENDAR");
    calendar.finish()
}

fn event(
    calendar: &mut Calendar,
    plan: &RenewalPlan<'_>,
    renewal: &Renewal<'_>,
    (begins, ends, origin): (Date, Date, &str),
    cx: &EmitContext<'_>,
) {
    let certificate = renewal.certificate;
    let sample = if cx.sample { "SAMPLE: " } else { "" };
    let summary = format!("{sample}Certificate of {} ends ({})", certificate.common_name, certificate.slug);
    calendar.line("BEGIN", "VEVENT");
    // The id stays when the certificate is renewed, so that a calendar moves the entry and keeps no old one beside it.
    calendar.text("UID", [format!("{}.certificate@{}", certificate.slug, plan.domain.unwrap_or("ocstopo"))]);
    calendar.line("DTSTAMP", &format!("{}T000000Z", day(begins)));
    calendar.line("DTSTART;VALUE=DATE", &day(ends));
    calendar.line("TRANSP", "TRANSPARENT");
    calendar.text("SUMMARY", [&summary]);
    calendar.text("DESCRIPTION", description(renewal, origin));
    for days in REMINDERS {
        calendar.line("BEGIN", "VALARM");
        calendar.line("ACTION", "DISPLAY");
        calendar.line("TRIGGER", &format!("-P{days}D"));
        calendar.text("DESCRIPTION", [format!("In {days} days: {summary}")]);
        calendar.line("END", "VALARM");
    }
    calendar.line("END", "VEVENT");
}

fn description(renewal: &Renewal<'_>, origin: &str) -> Vec<String> {
    let certificate = renewal.certificate;
    let mut lines = vec![format!("Renewed by: {}", renewal.team.title())];
    lines.extend(renewal.authority().map(|authority| format!("Issued by: {authority}")));
    lines.extend(renewal.rights.as_ref().map(|rights| format!("Rights: {rights}")));
    lines.push(format!("Request: the files in pki/{}", certificate.slug));
    lines.extend(renewal.step.as_ref().map(|step| format!("How: step {step} of the runbook")));
    lines.push(format!("Installed on: {}", certificate.installs.iter().map(computer).collect::<Vec<_>>().join(", ")));
    lines.push(format!("Used by: {}", renewal.services.join(", ")));
    lines.push(format!("Restart: {}", renewal.restart()));
    if !renewal.breaks.is_empty() {
        lines.push("When it ends:".to_owned());
        lines.extend(renewal.breaks.iter().map(|breaks| format!("- {breaks}")));
    }
    lines.push(format!("Dates: {origin}"));
    lines
}
