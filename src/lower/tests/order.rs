//! What does not show: the order of files, blocks and attributes. And the getters.

use super::{decls, lowered};
use crate::lower::{Decl, Value};

const PARTS: [&str; 5] = [
    "organization contoso { product = ocs_2007  sip_domains = [\"contoso.com\"]  features = [web_conferencing] }",
    "site dublin { standard_edition se01 { address = 10.20.0.11  users = 1_200 } }",
    "site redmond { users = 5  network b { zone = internal  range = 10.2.0.0/16 }  network a { range = 10.1.0.0/16  zone = internal } }",
    "assert { never internet -> a  allow b -> c }",
    "assert { allow a -> b on tcp/1 }",
];

fn text(decls: &[Decl]) -> String {
    let lines = decls.iter().map(|decl| {
        let attrs: Vec<_> = decl.attrs.iter().map(|(name, value)| format!("{name}={}", spanless(&value.value))).collect();
        let assertions: Vec<_> = decl.assertions.iter().map(|a| format!("{:?} {:?}", a.kind, a.from.value)).collect();
        format!("{} {} {attrs:?} {assertions:?}\n{}", decl.kind(), decl.name, text(&decl.children))
    });
    lines.collect()
}

fn spanless(value: &Value) -> String {
    match value {
        Value::List(items) => items.iter().map(|item| format!("{:?},", item.value)).collect(),
        other => format!("{other:?}"),
    }
}

#[test]
fn order_of_files_does_not_show() {
    let (_, first, diags) = lowered(&PARTS);
    assert!(diags.is_empty());
    let mut reversed = PARTS;
    reversed.reverse();
    let (_, second, _) = lowered(&reversed);
    let joined = reversed.join("\n");
    let (_, third, _) = lowered(&[&joined]);
    assert_eq!(text(&first.blocks), text(&second.blocks));
    assert_eq!(text(&first.blocks), text(&third.blocks));
}

#[test]
fn getters_know_defaults() {
    let decls = decls(
        "site r { archiving_server a { address = 10.1.1.1  back_end s { address = 10.1.1.2 } } load_balancer lb { nat = snat } }",
    );
    let site = decls.blocks("site").next().unwrap();
    let back_end = site.block("archiving_server").unwrap().block("back_end").unwrap();
    assert!(back_end.port("port").is_none());
    assert!(back_end.list("nodes").is_empty());
    assert!(back_end.choice("version").is_none());
    let balancer = site.block("load_balancer").unwrap();
    assert_eq!(balancer.choice("kind").unwrap().value, "hardware");
    assert_eq!(balancer.choice("kind").unwrap().span, balancer.name_span);
    assert_eq!(balancer.choice("nat").unwrap().value, "snat");
    assert!(!balancer.is_written("kind"));
    let organization = decls.blocks("organization").next().unwrap();
    assert_eq!(organization.value("features"), Some(Value::List(Vec::new())));
    assert!(!organization.boolean("sample"));
}

#[test]
fn contents_of_a_refused_block_are_known() {
    let (_, decls, diags) = lowered(&["site { network n { zone = internal  range = 10.1.0.0/16 } }"]);
    assert_eq!(diags.len(), 2);
    assert_eq!(decls.blocks("site").next().unwrap().blocks("network").count(), 1);
}

#[test]
fn nothing_panics_on_nothing() {
    assert_eq!(lowered(&[]).2.len(), 0);
    assert_eq!(lowered(&[""]).2.len(), 1);
}
