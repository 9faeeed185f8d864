//! What `ocstopo why` says of a name.

use super::View;
use crate::query::why::{NameAnswer, PlannedRecord};

impl View<'_> {
    /// The records of a name, or what would make some.
    pub(super) fn name(&self, answer: &NameAnswer<'_>) -> String {
        if !answer.records.is_empty() {
            return answer.records.iter().map(|record| self.record(record)).collect::<Vec<_>>().join("\n");
        }
        let mut text = format!("{}\nno record of the topology\n", answer.question.name);
        for (view, opener) in &answer.openers {
            let features: Vec<&str> = opener.features.iter().map(|feature| feature.word()).collect();
            let would = format!(
                "{} would make it in the {} view ({}): {}",
                features.join(" and "),
                view.word(),
                opener.row,
                opener.purpose
            );
            text += &self.line("feature", &would);
        }
        text
    }

    fn record(&self, planned: &PlannedRecord<'_>) -> String {
        let (record, zone) = (planned.record, planned.zone);
        let mut text = format!("{}  {} {}\n", record.owner, record.data.record_type().word(), record.data);
        text += &self.line("view", planned.view.word());
        text += &self.line(
            "zone",
            &match &zone.owner {
                Some(owner) => format!("{}, which {owner} keeps", zone.name),
                None => zone.name.to_string(),
            },
        );
        for (reason, row) in &planned.reasons {
            text += &self.line("row", &format!("{}: ocstopo catalog show {}", reason.row, reason.row));
            text += &self.line("feature", &reason.features.join(" "));
            text += &self.line("declared", &reason.declared.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
            text += &self.line("why", &reason.purpose);
            if let Some(row) = row {
                text += &self.line("without", &row.breaks);
            }
            text += &self.line("source", &self.source(reason));
        }
        text
    }
}
