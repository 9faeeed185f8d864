//! Lines that differ by operating system: text for one system needs a counterpart for each system that the release runs on.

use super::{LineRow, StepRow, System, VerifyRow};
use crate::product::Feature;

/// What decides whether a line is there.
struct Conditions<'r> {
    variant: Option<&'r str>,
    system: &'r [System],
    when: &'r [Vec<Feature>],
    needs: &'r [String],
    lacks: &'r [String],
}

impl<'r> Conditions<'r> {
    fn of_line(row: &'r LineRow) -> Self {
        let LineRow { variant, system, when, needs, lacks, .. } = row;
        Self { variant: variant.as_deref(), system, when, needs, lacks }
    }

    fn of_check(row: &'r VerifyRow) -> Self {
        let VerifyRow { variant, system, when, needs, lacks, .. } = row;
        Self { variant: variant.as_deref(), system, when, needs, lacks }
    }

    /// Whether this line is present wherever another is, regardless of operating systems.
    fn holds_with(&self, other: &Conditions<'_>) -> bool {
        (self.when.is_empty() || self.when == other.when)
            && self.needs.iter().all(|name| other.needs.contains(name))
            && self.lacks.iter().all(|name| other.lacks.contains(name))
    }
}

/// Refuses variants with a gap or an overlap.
pub(super) fn check(row: &StepRow, systems: &[System]) -> Result<(), String> {
    whole(&row.instructions.iter().map(Conditions::of_line).collect::<Vec<_>>(), systems)?;
    for lines in [&row.alternative, &row.undo] {
        whole(&lines.iter().map(Conditions::of_line).collect::<Vec<_>>(), systems)?;
    }
    whole(&row.verify.iter().map(Conditions::of_check).collect::<Vec<_>>(), systems)
}

fn whole(lines: &[Conditions<'_>], systems: &[System]) -> Result<(), String> {
    for line in lines {
        let Some(variant) = line.variant else { continue };
        if line.system.is_empty() {
            return Err(format!("`{variant}` is a variant and names no `system`"));
        }
        for system in systems {
            let same_system = lines.iter().filter(|other| other.variant == line.variant && other.system.contains(system));
            match same_system.filter(|other| other.holds_with(line)).count() {
                0 => return Err(format!("`{variant}` has no variant for {}", system.title())),
                1 => {}
                _ => return Err(format!("`{variant}` has two variants for {}", system.title())),
            }
        }
    }
    Ok(())
}
