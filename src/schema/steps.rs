//! The steps of the Planning Guide by name.

/// The steps of the Planning Guide, from 1; 0 is the language itself.
const STEPS: [&str; 13] = [
    "the language itself",
    "key planning decisions",
    "select your topology",
    "deployment path",
    "infrastructure",
    "system and network requirements",
    "external user access",
    "load balancers",
    "VoIP",
    "Address Book Server",
    "high availability",
    "database storage",
    "compliance and usage",
];

/// The title of a step, in lower case.
pub fn step_title(step: u8) -> &'static str {
    STEPS.get(usize::from(step)).unwrap_or(&STEPS[0])
}
