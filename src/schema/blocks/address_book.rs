//! `address_book`: the files that clients download.

use super::COMMON;
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

pub(super) static ADDRESS_BOOK: BlockSchema = BlockSchema {
    kind: "address_book",
    title: "Address Book Server",
    parents: &["standard_edition", "enterprise_pool"],
    name: NameRule::None,
    repeat: false,
    attrs: &[
        AttrSchema::default(
            "run_time",
            Type::TimeOfDay,
            "01:30",
            "When the files are generated each day, local time. SQL Server maintenance runs at 02:00.",
        ),
        AttrSchema::default(
            "retention",
            Type::Integer { min: 1, max: 90, unit: "days" },
            "30",
            "The number of days for which files are kept. After 30 days the folder has 465 files.",
        ),
        AttrSchema::optional(
            "output",
            Type::UncPath,
            "The share that the files are written to. Left out, a pool uses its file share, a Standard Edition server its own disk.",
        ),
    ],
    doc: "When address book files are generated and how long they are kept.",
    step: 9,
    example: "address_book {
  run_time  = 01:30
  retention = 30
}",
    ..COMMON
};
