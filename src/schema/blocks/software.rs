//! `software`: what a computer runs.

use super::{COMMON, hardware::COMPUTERS};
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

pub(super) static SOFTWARE: BlockSchema = BlockSchema {
    kind: "software",
    title: "Software",
    parents: COMPUTERS,
    name: NameRule::None,
    repeat: false,
    attrs: &[
        AttrSchema::optional(
            "operating_system",
            choices! {
                windows_2003_sp1 until Ocs2007 => "Windows Server 2003 with Service Pack 1.",
                windows_2003_sp2 => "Windows Server 2003 with Service Pack 2.",
                windows_2003_r2 until Ocs2007 => "Windows Server 2003 R2.",
                windows_2003_r2_sp2 => "Windows Server 2003 R2 with Service Pack 2.",
                windows_2008 since Ocs2007R2 => "Windows Server 2008.",
                windows_2008_sp2 since Ocs2007R2 => "Windows Server 2008 with Service Pack 2.",
                windows_2008_r2 => "Windows Server 2008 R2.",
            },
            "Its operating system. 2007 runs on Windows Server 2003, 2007 R2 on 64-bit Windows Server 2003 and 2008.",
        ),
        AttrSchema::optional(
            "architecture",
            choices! {
                x86 until Ocs2007 => "32 bits.",
                x64 => "64 bits; 2007 runs there as a 32-bit program.",
            },
            "The architecture of its operating system.",
        ),
        AttrSchema::optional(
            "message_queuing",
            choices! {
                none => "Not installed.",
                workgroup => "Installed without Active Directory integration.",
                active_directory => "Installed with Active Directory integration; archiving needs it.",
            },
            "Whether Message Queuing (MSMQ) is installed. Archiving Servers and the servers that archive need it.",
        ),
        AttrSchema::default(
            "virtualized",
            Type::Bool,
            "false",
            "Whether it is a virtual machine. 2007 does not support virtual machines; 2007 R2 supports them for some roles without audio and video.",
        ),
    ],
    doc: "The software of the computer; in a pool or array, of each computer without its own block.",
    step: 5,
    example: "software {
  operating_system = windows_2003_sp2
  architecture     = x86
}",
    ..COMMON
};
