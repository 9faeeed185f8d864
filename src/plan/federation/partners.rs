//! The partners of a topology, and the page for all others.

use super::{ListedPartner, Partner};
use crate::lower::Decl;
use crate::plan::Plans;
use crate::plan::firewall::build::labels;

/// The file of the page for those that are not listed.
const ANY: &str = "any-partner";

/// A page for each listed partner, and one for the others where some may come or none is listed.
pub(super) fn partners(plans: Plans<'_>, discovers: bool) -> Vec<Partner<'_>> {
    let access = plans.topology.decls.blocks("organization").flat_map(|block| block.blocks("external_access"));
    let partner = |decl: &Decl| Some((decl.fqdn("sip_domain")?.value, decl.fqdn("access_edge").map(|edge| edge.value)));
    let mut listed: Vec<ListedPartner<'_>> = access
        .flat_map(|block| block.blocks("partner"))
        .filter_map(|decl| {
            let (sip_domain, access_edge) = partner(decl)?;
            Some(ListedPartner { name: &decl.name, sip_domain, access_edge })
        })
        .collect();
    listed.sort_by_key(|partner| partner.name);
    let others = discovers || listed.is_empty();
    let names = listed.iter().map(|partner| partner.name).chain([ANY]);
    let mut files = labels(names).into_iter();
    let mut partners: Vec<Partner<'_>> =
        listed.into_iter().zip(files.by_ref()).map(|(partner, file)| Partner { file, listed: Some(partner) }).collect();
    partners.extend(files.next().filter(|_| others).map(|file| Partner { file, listed: None }));
    partners
}
