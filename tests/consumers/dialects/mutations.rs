//! The comparison catches what an emitter could do wrong: in the output of every dialect a port match is dropped, source and
//! destination change places, a mask is widened.

use ocstopo::emit::firewall;
use ocstopo::plan::firewall::FirewallPlan;
use ocstopo::product::Transport;

use crate::dialects::agree::written;
use crate::dialects::plans::{party, rule, sample};
use crate::dialects::read::{difference, model, read};

/// One way to be wrong in one dialect: what it is, what is written, what is written in its place.
type Mutation = (&'static str, &'static str, &'static str);

/// One rule with a network and a host, so that all of it stands in few words.
fn plan() -> FirewallPlan {
    let mut plan = sample();
    let mut only = rule(
        "P01/redmond.pool01",
        vec![party("redmond.dmz", "172.16.1.0/24")],
        vec![party("redmond.pool01", "10.10.0.10")],
        Transport::Tcp,
        "5061",
    );
    "redmond.dmz".clone_into(&mut only.from_network);
    "redmond.servers".clone_into(&mut only.to_network);
    plan.rules = vec![only];
    plan.nats.clear();
    plan
}

fn mutations(dialect: &str) -> [Mutation; 3] {
    const PORT: &str = "a port match is dropped";
    const SWAP: &str = "source and destination change places";
    const MASK: &str = "a mask is widened";
    match dialect {
        "nftables" => [
            (PORT, "tcp dport 5061 accept", "tcp dport 0-65535 accept"),
            (SWAP, "ip saddr 172.16.1.0/24 ip daddr 10.10.0.10", "ip saddr 10.10.0.10 ip daddr 172.16.1.0/24"),
            (MASK, "ip saddr 172.16.1.0/24", "ip saddr 172.16.0.0/23"),
        ],
        "iptables" => [
            (PORT, "-p tcp --dport 5061", "-p tcp"),
            (SWAP, "-s 172.16.1.0/24 -d 10.10.0.10", "-d 172.16.1.0/24 -s 10.10.0.10"),
            (MASK, "-s 172.16.1.0/24", "-s 172.16.0.0/23"),
        ],
        "cisco_asa" => [
            (PORT, "host 10.10.0.10 eq 5061", "host 10.10.0.10"),
            (SWAP, "tcp 172.16.1.0 255.255.255.0 host 10.10.0.10", "tcp host 10.10.0.10 172.16.1.0 255.255.255.0"),
            (MASK, "172.16.1.0 255.255.255.0", "172.16.0.0 255.255.254.0"),
        ],
        "cisco_ios" => [
            (PORT, "host 10.10.0.10 eq 5061\n", "host 10.10.0.10\n"),
            (SWAP, "tcp 172.16.1.0 0.0.0.255 host 10.10.0.10", "tcp host 10.10.0.10 172.16.1.0 0.0.0.255"),
            (MASK, "tcp 172.16.1.0 0.0.0.255", "tcp 172.16.0.0 0.0.1.255"),
        ],
        "juniper_srx" => [
            (PORT, "match application ocs_tcp_5061", "match application any"),
            (SWAP, "source-address ocs_n_172.16.1.0_24", "source-address ocs_h_10.10.0.10"),
            (MASK, "n_172.16.1.0_24 172.16.1.0/24", "n_172.16.1.0_24 172.16.0.0/23"),
        ],
        "palo_alto" => [
            (PORT, "service ocs_tcp_5061\n", "service any\n"),
            (SWAP, "source ocs_n_172.16.1.0_24", "source ocs_h_10.10.0.10"),
            (MASK, "ip-netmask 172.16.1.0/24", "ip-netmask 172.16.0.0/23"),
        ],
        "fortigate" => [
            (PORT, "set tcp-portrange 5061", "set tcp-portrange 1-65535"),
            (SWAP, "set srcaddr \"ocs_n_172.16.1.0_24\"", "set srcaddr \"ocs_h_10.10.0.10\""),
            (MASK, "subnet 172.16.1.0 255.255.255.0", "subnet 172.16.0.0 255.255.254.0"),
        ],
        _ => panic!("`{dialect}` has no mutations"),
    }
}

#[test]
fn every_mutation_of_every_dialect_is_caught() {
    let plan = plan();
    let texts = written(&plan).expect("it can be said");
    for dialect in firewall::dialects() {
        let (text, model) = (&texts[dialect], model(dialect, &plan));
        assert_eq!(difference(&read(dialect, text), &model), None, "{dialect}");
        for (what, written, wrong) in mutations(dialect) {
            let mutated = text.replacen(written, wrong, 1);
            assert_ne!(mutated, *text, "{dialect}: `{written}` is not there:\n{text}");
            let found = difference(&read(dialect, &mutated), &model);
            assert!(found.is_some(), "{dialect}: {what}, and nobody sees it");
        }
    }
}

#[test]
fn an_answer_that_opens_is_caught() {
    let plan = plan();
    let text = &written(&plan).expect("it can be said")["cisco_ios"];
    let model = model("cisco_ios", &plan);
    for (written, wrong) in
        [(" established", ""), ("host 10.10.0.10 eq 5061 172.16.1.0 0.0.0.255 est", "host 10.10.0.10 172.16.1.0 0.0.0.255 est")]
    {
        let mutated = text.replacen(written, wrong, 1);
        assert_ne!(mutated, *text, "`{written}` is not there:\n{text}");
        assert!(difference(&read("cisco_ios", &mutated), &model).is_some(), "{written}");
    }
}
