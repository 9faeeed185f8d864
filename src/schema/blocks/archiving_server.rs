//! `archiving_server`: keeps messages and, in 2007, call detail records.

use super::{COMMON, common};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static ARCHIVING_SERVER: BlockSchema = BlockSchema {
    kind: "archiving_server",
    title: "Archiving Server",
    parents: &["site"],
    attrs: &[
        common::address("Its address; Front Ends send to its message queue."),
        common::FQDN,
        common::HOST,
        common::SQL_VERSION,
        AttrSchema::optional(
            "database",
            Type::Reference(&["back_end"]),
            "The database of another Archiving Server that it writes to as well, as in `arc01.arcsql01`. Left out, its own.",
        ),
        AttrSchema::optional(
            "purge_hour",
            Type::Integer { min: 0, max: 23, unit: "" },
            "The hour of the day, from 0 to 23, in which it purges the database. Servers with one database need different hours.",
        ),
        AttrSchema::default(
            "purges",
            Type::Bool,
            "true",
            "Whether it purges the database. Of several servers with one database, one may purge for all.",
        ),
    ],
    doc: "The Archiving and CDR Server of 2007, the Archiving Server of 2007 R2. One serves up to 65,000 users with messages and records. Without a `back_end` inside, SQL Server runs on the same computer.",
    step: 12,
    example: "archiving_server arc01 {
  address = 10.10.0.85

  back_end arcsql01 { address = 10.10.0.86 }
}",
    ..COMMON
};
