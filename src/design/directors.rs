//! The Directors between Edge Servers and pools.

use super::addresses::Supply;
use super::names::Names;
use super::page::{Page, quoted};
use super::question::Question;
use super::shapes::PoolShape;
use super::site::{balancer, sql};
use crate::product::Product;

/// A Director, or an array of two.
#[derive(Debug)]
pub(super) struct Directors {
    /// How the edge refers to them.
    pub(super) name: String,
    servers: String,
    addresses: String,
    array: Option<Array>,
}

/// What several need.
#[derive(Debug)]
struct Array {
    snat: String,
    vip: String,
    /// Name, address and nodes of the database, where the release needs one.
    database: Option<[String; 3]>,
}

impl Directors {
    /// The Directors of a deployment that external users use; one server that homes everybody needs none.
    pub(super) fn new(
        question: &Question,
        pool: &PoolShape,
        supply: &mut Supply,
        names: &mut Names,
    ) -> Result<Option<Self>, String> {
        if !question.is_open() || pool.is_standard() {
            return Ok(None);
        }
        if !question.availability {
            let name = names.next("dir", 1);
            return Ok(Some(Self { servers: name.clone(), name, addresses: supply.one()?, array: None }));
        }
        let array = Array {
            snat: supply.list(1)?,
            vip: supply.one()?,
            database: match question.product >= Product::Ocs2007R2 {
                true => Some([names.next("sql", 1), supply.one()?, supply.list(2)?]),
                false => None,
            },
        };
        let (servers, addresses) = (names.next("dir", 2), supply.range(2)?);
        Ok(Some(Self { name: "dir".to_owned(), servers, addresses, array: Some(array) }))
    }

    pub(super) fn write(&self, page: &mut Page, question: &Question) {
        let internal = question.internal.sign();
        let Some(array) = &self.array else {
            page.gap();
            page.note("Sign-in from outside ends here, not at a pool.");
            return page.line(format!("director {} {{ address {internal} {} }}", self.servers, self.addresses));
        };
        page.gap();
        balancer(page, question, "lb_dir", "snat", Some(&array.snat));
        page.gap();
        page.note("Sign-in from outside ends here, not at a pool.");
        page.line(format!("director_array {} {{", self.name));
        page.line(format!("fqdn {} {}", question.ad_domain.sign(), quoted(&format!("dir.{}", question.ad_domain.value))));
        if array.database.is_some() {
            page.line("edition = enterprise");
        }
        page.line("load_balancer = lb_dir");
        page.line(format!("vip {internal} {}", array.vip));
        page.gap();
        page.line(format!("server {} {{ address {internal} {} }}", self.servers, self.addresses));
        if let Some([name, address, nodes]) = &array.database {
            page.gap();
            page.line(format!("back_end {name} {{"));
            page.line(format!("address {internal} {address}"));
            page.line(format!("nodes {internal} {nodes}"));
            page.line(format!("version = {}", sql(question)));
            page.line("edition = standard");
            page.line("}");
        }
        page.line("}");
    }
}
