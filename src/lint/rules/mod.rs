//! The rules, one file each, in a folder for each step of the Planning Guide. To add one: write the file, name it in its step's list.

mod step_00;
mod step_01;
pub(super) mod step_02;
mod step_04;
mod step_05;
pub(super) mod step_06;
pub(super) mod step_07;
mod step_08;
mod step_09;
pub(super) mod step_10;
mod step_11;
mod step_12;
pub(super) mod waiver;

use std::sync::OnceLock;

use super::Rule;

/// The lists of all steps, in the order of the guide.
const STEPS: &[&[&Rule]] = &[
    step_00::RULES,
    waiver::RULES,
    step_01::RULES,
    step_02::RULES,
    step_04::RULES,
    step_05::RULES,
    step_06::RULES,
    step_07::RULES,
    step_08::RULES,
    step_09::RULES,
    step_10::RULES,
    step_11::RULES,
    step_12::RULES,
];

/// All rules, by code.
pub fn rules() -> &'static [&'static Rule] {
    static ALL: OnceLock<Vec<&'static Rule>> = OnceLock::new();
    ALL.get_or_init(|| STEPS.concat())
}
