//! `file_share`: meeting content, address book files and the like.

use super::COMMON;
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static FILE_SHARE: BlockSchema = BlockSchema {
    kind: "file_share",
    title: "File share",
    parents: &["enterprise_pool", "director_array"],
    attrs: &[
        AttrSchema::required(
            "path",
            Type::UncPath,
            "The share, in single quotes. Meeting content takes up to 200 MB per meeting; 100 MB are planned.",
        ),
        AttrSchema::optional(
            "address",
            Type::Address,
            "The file server's address. Without it, no firewall rule is written for it.",
        ),
        AttrSchema::optional("fqdn", Type::Fqdn, "The file server's name. Left out, it is the host in `path`."),
    ],
    doc: "A share on a file server for meeting content, its metadata and address book files. It should not be on a Front End. An array of Directors with `edition = enterprise` is a pool too, and its wizard asks for the folders. Shares of several pools may be on one computer, and then have its address.",
    step: 11,
    example: r"file_share content {
  path    = '\\fs01.corp.contoso.com\ocs'
  address = 10.10.0.40
}",
    ..COMMON
};
