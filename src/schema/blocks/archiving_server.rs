//! `archiving_server`: keeps messages and, in 2007, call detail records.

use super::{COMMON, common};
use crate::schema::BlockSchema;

pub(super) static ARCHIVING_SERVER: BlockSchema = BlockSchema {
    kind: "archiving_server",
    title: "Archiving Server",
    parents: &["site"],
    attrs: &[common::address("Its address; Front Ends send to its message queue."), common::FQDN, common::HOST],
    doc: "The Archiving and CDR Server of 2007, the Archiving Server of 2007 R2. One serves up to 65,000 users with messages and records. Without a `back_end` inside, SQL Server runs on the same computer.",
    step: 12,
    example: "archiving_server arc01 {
  address = 10.10.0.85

  back_end arcsql01 { address = 10.10.0.86 }
}",
    ..COMMON
};
