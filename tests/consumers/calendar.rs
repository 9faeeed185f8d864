//! The calendar of renewals, read by a program of others: the icalendar package of Python.

use std::fs;

use crate::support::{both, judge, ocstopo, root, table, text};

/// Prints each entry as the package has read it, and refuses what it repaired or ignored.
const READ: &str = r#"
import sys
from icalendar import Calendar
data = open(sys.argv[1], "rb").read()
assert b"\n" not in data.replace(b"\r\n", b""), "a line ends without CR"
assert all(len(line) <= 75 for line in data.split(b"\r\n")), "a line is too long"
calendar = Calendar.from_ical(data)
assert not calendar.errors and calendar["version"] == "2.0" and calendar["prodid"], calendar.errors
ids = set()
for event in calendar.walk("VEVENT"):
    assert not event.errors, event.errors
    assert event["uid"] not in ids
    ids.add(event["uid"])
    assert event["dtstart"].params["VALUE"] == "DATE" and event["dtstamp"].dt.tzinfo is not None
    alarms = [alarm["trigger"].dt.days for alarm in event.walk("VALARM")]
    assert alarms == [-60, -14], alarms
    print(event["dtstart"].dt.isoformat(), event["uid"].split(".certificate@")[0], event["description"].split("\n")[0], sep="\t")
"#;

#[test]
fn icalendar_reads_every_renewal() {
    for example in ["contoso", "fabrikam"] {
        let folder = tempfile::tempdir().unwrap();
        let topology = root().join("examples").join(example);
        let more = ["-o", "out", "--only", "pki", "--issued", "2027-04-01"];
        let run = ocstopo(folder.path(), &[&["build", text(&topology)], more.as_slice()].concat());
        assert!(run.status.success(), "{}", both(&run));
        let calendar = folder.path().join("out/pki/renewal.ics");
        let said = judge("python3").args(["-c", READ, text(&calendar)]).output().expect("it runs");
        assert!(said.status.success(), "{}", both(&said));
        let read: Vec<String> = both(&said).lines().map(str::to_owned).collect();
        let table = fs::read_to_string(folder.path().join("out/pki/renewal.csv")).unwrap();
        let rows = table::rows(&table);
        let wanted: Vec<String> =
            rows.iter().map(|row| format!("{}\t{}\tRenewed by: {}", row["ends"], row["certificate"], row["team"])).collect();
        assert!(!wanted.is_empty());
        assert_eq!(read, wanted, "{example}");
    }
}
