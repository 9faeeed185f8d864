//! `active_directory` and its `domain` blocks: forest, levels, where global settings live.

use super::COMMON;
use crate::schema::{AttrSchema, BlockSchema, NameRule, Type};

const LEVEL: Type = choices! {
    windows_2000_mixed => "Mixed mode with Windows NT 4.0 domain controllers; the product cannot run in such a domain.",
    windows_2000_native until Ocs2007 => "Windows 2000 native mode, the lowest level that the product supports.",
    windows_2003_interim => "Windows Server 2003 interim, for the upgrade from Windows NT 4.0.",
    windows_2003 => "Windows Server 2003.",
    windows_2008 => "Windows Server 2008.",
};

pub(super) static ACTIVE_DIRECTORY: BlockSchema = BlockSchema {
    kind: "active_directory",
    title: "Active Directory",
    parents: &["organization"],
    name: NameRule::None,
    repeat: false,
    attrs: &[
        AttrSchema::optional(
            "topology",
            choices! {
                single_forest_single_domain => "One forest with one domain.",
                single_forest_multiple_domains => "One forest with a root domain and child domains.",
                single_forest_multiple_trees => "One forest with several trees and therefore several DNS namespaces.",
                central_forest => "Servers in a central forest; users of other forests are contacts there.",
                resource_forest => "Servers in a separate forest; users are disabled accounts there.",
            },
            "The supported topology of the forest and its domains.",
        ),
        AttrSchema::optional(
            "global_settings",
            choices! {
                configuration_container => "In the configuration naming context: a copy on every domain controller of the forest, for deployments over several domains.",
                system_container until Ocs2007 => "In the root domain's system container: fewer copies, but servers must reach the root domain's controllers.",
            },
            "Where Prep Forest stores the settings of the whole deployment. They cannot be moved later without a migration.",
        ),
        AttrSchema::optional("forest_functional_level", LEVEL, "The functional level of the forest."),
        AttrSchema::optional(
            "prepared",
            Type::List(&choices! {
                schema => "Prep Schema has run.",
                forest => "Prep Forest has run. It needs the schema.",
            }),
            "The preparations of the forest that are done already. The runbook verifies them and does the rest.",
        ),
    ],
    doc: "The forest of the servers.",
    step: 4,
    example: r#"active_directory {
  topology        = single_forest_multiple_domains
  global_settings = configuration_container

  domain corp {
    fqdn = "corp.contoso.com"
  }
}"#,
    ..COMMON
};

pub(super) static DOMAIN: BlockSchema = BlockSchema {
    kind: "domain",
    title: "Active Directory domain",
    parents: &["active_directory"],
    attrs: &[
        AttrSchema::required(
            "fqdn",
            Type::DomainName,
            "The domain's DNS name. The names of servers of a site in this domain end in it.",
        ),
        AttrSchema::optional(
            "functional_level",
            LEVEL,
            "The functional level of the domain. Every domain with servers or users needs Windows 2000 native mode or higher.",
        ),
        AttrSchema::optional(
            "domain_controllers",
            choices! {
                windows_2000_sp4 until Ocs2007 => "Windows 2000 Server with Service Pack 4.",
                windows_2003_sp1 => "Windows Server 2003 with Service Pack 1.",
                windows_2003_sp2 => "Windows Server 2003 with Service Pack 2.",
                windows_2003_r2 => "Windows Server 2003 R2.",
                windows_2008 => "Windows Server 2008.",
                windows_2008_r2 since Ocs2007R2 => "Windows Server 2008 R2.",
            },
            "The oldest release that domain controllers and global catalogs of the domain run.",
        ),
        AttrSchema::default(
            "prepared",
            Type::Bool,
            "false",
            "Whether Prep Domain has run in the domain for this product. If so, the runbook verifies it; otherwise the runbook runs it.",
        ),
        AttrSchema::optional(
            "user_accounts",
            Type::Bool,
            "Whether the accounts of users are in the domain. The runbook prepares the domains of sites, and these. `false` says that a domain without a site has none.",
        ),
    ],
    doc: "A domain of the forest.",
    step: 4,
    example: r#"domain corp {
  fqdn               = "corp.contoso.com"
  functional_level   = windows_2000_native
  domain_controllers = windows_2003_sp1
}"#,
    ..COMMON
};
