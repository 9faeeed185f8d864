//! `storage`: a volume and what is on it.

use super::COMMON;
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static STORAGE: BlockSchema = BlockSchema {
    kind: "storage",
    title: "Storage volume",
    parents: &["back_end", "standard_edition", "file_share"],
    attrs: &[
        AttrSchema::required(
            "holds",
            Type::List(&choices! {
                data => "Database files: random access.",
                log => "Transaction logs: sequential writes; on another array than the database files.",
                tempdb => "SQL Server's tempdb.",
                content => "Meeting content and its metadata.",
                address_book => "Address book files.",
            }),
            "What is on the volume.",
        ),
        AttrSchema::optional(
            "raid",
            choices! {
                raid_0 => "Striped: fast, without protection.",
                raid_1 => "Mirrored: system and logs.",
                raid_5 => "Parity: for data that is mostly read, such as file shares.",
                raid_10 => "Striped over mirrors: databases.",
            },
            "How its disks are combined.",
        ),
        AttrSchema::optional("size", Type::Size, "Its usable size."),
        AttrSchema::optional("path", Type::Text, "Where it is mounted, such as 'E:\\'."),
        AttrSchema::optional("array", Type::Text, "The disk array of the volume. Volumes with the same text share disks."),
    ],
    doc: "A volume of a database or file server.",
    step: 11,
    example: "storage rtc_data {
  holds = [data]
  raid  = raid_10
  size  = 200GB
  array = 'san-a'
}",
    ..COMMON
};
