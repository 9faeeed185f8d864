//! nftables from plans made by hand: the form of a rule set, that nft reads it, that no text can change it.

use std::io::Write;
use std::net::Ipv4Addr;
use std::process::Command;

use ipnet::Ipv4Net;
use ocstopo::emit::{EmitContext, Templates, firewall};
use ocstopo::plan::firewall::{FirewallPlan, Party};
use ocstopo::product::Transport;
use proptest::prelude::*;

use crate::dialects::plans::{party, rule, sample, with_text};

fn files(plan: &FirewallPlan) -> (String, String) {
    let templates = crate::support::templates();
    let cx = EmitContext { templates, sample: true, organization: "contoso" };
    let files = firewall::emit(std::slice::from_ref(plan), &[], &cx).expect("the shipped template renders");
    let content = |name: &str| {
        files.iter().find(|file| file.path == format!("network/firewall/{}/{name}", plan.label)).expect("a file").content.clone()
    };
    (content("rules.csv"), content("rules.nft"))
}

/// What nft says to a file: nothing when it can be loaded.
fn nft_check(ruleset: &str) -> String {
    let mut file = tempfile::NamedTempFile::new().expect("a scratch file");
    file.write_all(ruleset.as_bytes()).expect("a scratch file");
    let said =
        Command::new("nft").arg("-c").arg("-f").arg(file.path()).output().expect("nft is installed (apt-get install nftables)");
    let text = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.status.success() == text.is_empty(), "{text}");
    text
}

#[test]
fn rules_csv() {
    insta::assert_snapshot!(files(&sample()).0, @r#"
    # SAMPLE: names and addresses of an example; not for use
    id,action,source names,source addresses,source ports,destination names,destination addresses,destination ports,transport,application,reason,owner,declared,guide step,catalogue row,source,confidence,breaks
    P01/redmond.edge,allow,internet,any except inside_networks (see inside_networks.csv),any,redmond.edge.acc1; redmond.edge.acc2; redmond.edge.acc3,172.16.1.11; 172.16.1.12; 172.16.1.13,443; 5061,tcp,SIP/MTLS,signs outsiders in,redmond.edge,redmond.edge (contoso.ocstopo:71),6,P01,S5; S44,high,nobody outside can sign in
    P07/redmond.edge/udp~0a1b2c3d,allow,redmond.edge.av1,172.16.1.33 (public 131.107.155.30),50000-59999,internet,any except inside_networks (see inside_networks.csv),1024-65535,udp,SIP/MTLS,signs outsiders in,redmond.edge,redmond.edge (contoso.ocstopo:71),6,P07,S5; S44,high,nobody outside can sign in
    P03/redmond.pool01,allow,redmond.edge.acc1; redmond.edge.acc2; redmond.edge.acc3,172.16.1.11; 172.16.1.12; 172.16.1.13,any,redmond.pool01,10.10.0.10,5061,tcp,SIP/MTLS,signs outsiders in,redmond.edge,redmond.edge (contoso.ocstopo:71),6,P03,S5; S44,high,nobody outside can sign in
    "#);
}

#[test]
fn rules_nft() {
    let (_, nft) = files(&sample());
    insta::assert_snapshot!(nft, @r#"
    # SAMPLE: names and addresses of an example; not for use
    # Firewall redmond.outer of contoso: redmond.outer (contoso.ocstopo:38)
    #   joins internet 0.0.0.0/0
    #   joins redmond.dmz 172.16.1.0/24
    #   joins redmond.servers 10.10.0.0/22
    #
    # BEFORE LOADING
    # 1. Lockout: you stay connected to this machine, because the rules apply to forwarded traffic only. Connections of
    #    administrators through it to other machines are blocked unless a rule allows them.
    # 2. Also stops: all other forwarded traffic, IPv6 too. Open connections continue. An accept in this table does not
    #    override a drop in another: open it there as well.
    # 3. Order: the rules are in the table ocstopo_redmond_outer, which has no other rules. Loading replaces this table
    #    only.
    #
    # OCS TRAFFIC ONLY: this rule set drops everything else that is forwarded through this machine, IPv6 included, whatever
    # other tables accept. If the firewall carries other services, do not load this file; merge its rules by hand.
    # Stateful: answers pass by the connections that the kernel keeps (conntrack), fragments are put together before they are compared.
    #
    # Back up:
    # - Keep the table of the version that runs, in a form that can be loaded again; if there is none, loading that file
    #   removes the new table. A listing of all tables may fail to load if other tables were made with another tool.
    #     t='inet ocstopo_redmond_outer'; (echo table $t; echo delete table $t; nft -s list table $t 2>/dev/null; true) > /root/before.nft
    # Check:
    # - Try it without loading it:
    #     nft -c -f rules.nft
    #   expect: no text
    # - Check on the device first: the public address of a translation must lie on the interface or be routed to this
    #   machine, or nothing answers for it.
    # Load:
    # - Schedule the automatic return to the old table in ten minutes:
    #     systemd-run --on-active=10min --unit=ocs-back nft -f /root/before.nft
    # - Load it, all of it or nothing:
    #     nft -f rules.nft
    #   expect: no text
    # If an earlier version runs:
    # - The same commands replace an earlier version: the file removes its own table and creates it again in one
    #   transaction. Other tables are not changed.
    # - If the firewall had another name before, the table of that name still exists and still drops packets. Find it, and
    #   delete it with nft delete table inet NAME:
    #     nft list tables
    #   expect: table inet ocstopo_redmond_outer, and no other that begins with ocstopo_
    # - If these rules were loaded on this machine in another dialect before, the old ones still drop what only the new ones
    #   accept: remove them as the head of their file says under Go back.
    # See that it works:
    #     nft list table inet ocstopo_redmond_outer
    #   expect: the rules of the file, with their comments; the counter at the end shows what was dropped
    # Save:
    # - When all checks passed, stop the way back:
    #     systemctl stop ocs-back.timer
    # - Loading saves nothing. Name rules.nft with its full path in an include line at the end of /etc/nftables.conf, and
    #   have that file read at the start:
    #     systemctl enable nftables.service
    # - Never type systemctl restart nftables or systemctl stop nftables: both remove all tables, also those of others.
    # Go back:
    # - The table as it was, in one transaction; other tables stay:
    #     nft -f /root/before.nft
    # - or only without these rules, which opens what they close:
    #     nft delete table inet ocstopo_redmond_outer
    #
    # Made by ocstopo; change the topology, not this file. Form: nft(8).

    table inet ocstopo_redmond_outer
    delete table inet ocstopo_redmond_outer
    table inet ocstopo_redmond_outer {
    	# What is declared and is not the internet here: rules and translations for the internet leave it out.
    	set inside_networks {
    		type ipv4_addr
    		flags interval
    		elements = {
    			10.10.0.0/22,
    			10.99.0.0/16,
    			172.16.1.0/24,
    		}
    	}

    	# redmond.edge (contoso.ocstopo:71)
    	set redmond_edge_acc {
    		type ipv4_addr
    		flags interval
    		elements = {
    			172.16.1.11,
    			172.16.1.12,
    			172.16.1.13,
    		}
    	}

    	chain forward {
    		type filter hook forward priority filter; policy drop;

    		ct state established,related accept
    		ct state invalid drop

    		# P01/redmond.edge: SIP/MTLS from internet to redmond.edge (contoso.ocstopo:71): signs outsiders in; step 6; S5, S44; confidence high; without it: nobody outside can sign in
    		ip saddr != @inside_networks ip daddr @redmond_edge_acc tcp dport { 443, 5061 } accept comment "P01/redmond.edge step 6: signs outsiders in"

    		# P07/redmond.edge/udp~0a1b2c3d: SIP/MTLS from redmond.edge (contoso.ocstopo:71) to internet: signs outsiders in; step 6; S5, S44; confidence high; without it: nobody outside
    		# can sign in
    		ip saddr 172.16.1.33 ip daddr != @inside_networks udp sport 50000-59999 udp dport 1024-65535 accept \
    			comment "P07/redmond.edge/udp~0a1b2c3d step 6: signs outsiders in"

    		# P03/redmond.pool01: SIP/MTLS from redmond.edge (contoso.ocstopo:71) to redmond.pool01: signs outsiders in; step 6; S5, S44; confidence high; without it: nobody outside can
    		# sign in
    		ip saddr @redmond_edge_acc ip daddr 10.10.0.10 tcp dport 5061 accept comment "P03/redmond.pool01 step 6: signs outsiders in"

    		# Everything else: a few lines a second go to the log, all of it is counted.
    		limit rate 5/second burst 20 packets log prefix "ocstopo_redmond_outer drop: "
    		counter drop
    	}

    	# One-to-one translations, for the internet only: networks inside see the servers' own addresses.
    	chain prerouting {
    		type nat hook prerouting priority dstnat; policy accept;
    		# redmond.outer.av (contoso.ocstopo:40)
    		ip saddr != @inside_networks ip daddr 131.107.155.30 dnat ip to 172.16.1.33 comment "av"
    	}

    	chain postrouting {
    		type nat hook postrouting priority srcnat; policy accept;
    		# redmond.outer.av (contoso.ocstopo:40)
    		ip saddr 172.16.1.33 ip daddr != @inside_networks snat ip to 131.107.155.30 comment "av"
    	}
    }
    "#);
    assert_eq!(nft_check(&nft), "");
    assert_eq!(nft_check(&format!("{nft}{nft}")), "", "loading it again replaces it");
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    assert_eq!(files(&sample()), files(&sample()));
}

#[test]
fn a_firewall_without_rules_drops_everything() {
    let mut plan = sample();
    plan.rules.clear();
    plan.nats.clear();
    let (_, nft) = files(&plan);
    assert!(!nft.contains("accept comment") && nft.contains("policy drop"));
    assert_eq!(nft_check(&nft), "");
}

#[test]
fn a_large_source_set_is_defined_once() {
    let mut plan = sample();
    // Every second address, so that nothing can be joined.
    let sources: Vec<Party> =
        (0..1000u32).map(|i| party(&format!("s{i}"), &Ipv4Addr::from(0x0a00_0000 + 2 * i).to_string())).collect();
    plan.rules = (0..60)
        .map(|i| {
            rule(
                &format!("P{i:02}/redmond.edge"),
                sources.clone(),
                vec![party("redmond.edge", "172.16.1.10")],
                Transport::Tcp,
                "443",
            )
        })
        .collect();
    let (_, nft) = files(&plan);
    assert_eq!(nft.matches("\tset P00_redmond_edge_from ").count(), 1);
    assert_eq!(nft.matches("10.0.0.2,").count(), 1);
    assert_eq!(nft_check(&nft), "");
}

#[test]
fn the_networks_inside_are_listed_once() {
    let mut plan = sample();
    plan.inside = (0..3000u32).map(|i| Ipv4Net::new((0x0a00_0000 + 512 * i).into(), 24).expect("a network")).collect();
    let (csv, nft) = files(&plan);
    assert!(csv.contains(",any except inside_networks (see inside_networks.csv),") && !csv.contains("10.0.2.0"));
    assert_eq!(nft.matches("10.0.2.0/24").count(), 1);
    assert_eq!(nft_check(&nft), "");
}

#[test]
fn an_inexpressible_rule_is_an_error() {
    let templates = crate::support::templates();
    let cx = EmitContext { templates, sample: false, organization: "contoso" };
    let mut plan = sample();
    plan.rules[0].sources.push(party("redmond.clients", "10.10.0.0/24"));
    let mixed = firewall::emit(std::slice::from_ref(&plan), &[], &cx).expect_err("the internet and others");
    insta::assert_snapshot!(mixed.to_string(), @"template `nftables`: rule `P01/redmond.edge` names the internet together with other parties; a rule is never widened or left out, so nothing is written");
    let mut plan = sample();
    plan.rules[1].destinations.clear();
    assert!(firewall::emit(std::slice::from_ref(&plan), &[], &cx).is_err());
}

#[test]
fn a_users_block_replaces_the_shipped_one() {
    let text = "{% extends \"builtin/nftables/ruleset\" %}{% block before_rules %}{{ super() }}\n\t\ticmp type echo-request accept\n{% endblock %}";
    let templates = Templates::with_overrides(&[("nftables/ruleset.tera".to_owned(), text.to_owned())]).expect("a good template");
    let cx = EmitContext { templates: &templates, sample: false, organization: "contoso" };
    let files = firewall::emit(&[sample()], &[], &cx).expect("renders");
    let nft = &files.iter().find(|file| file.path.ends_with("rules.nft")).expect("rules").content;
    assert!(nft.contains("icmp type echo-request accept") && nft.contains("ct state invalid drop"));
    assert_eq!(nft_check(nft), "");
}

/// The lines that nft acts on.
fn statements(nft: &str) -> Vec<String> {
    // A backslash joins the next line.
    let nft = nft.replace(" \\\n\t\t\t", " ");
    let lines = nft.lines().filter(|line| !line.trim_start().starts_with('#'));
    lines
        .map(|line| match line.split_once(" comment \"") {
            Some((statement, comment)) => {
                let comment = comment.strip_suffix('"').expect("a comment ends its line");
                assert!(!comment.contains('"') && comment.len() <= 128, "{comment}");
                statement.to_owned()
            }
            None => line.to_owned(),
        })
        .collect()
}

#[test]
fn hostile_text_changes_no_statement() {
    let plain = statements(&files(&sample()).1);
    let long = "x".repeat(300);
    for text in
        ["\"\n\t\taccept\n#", "\\", "a\" accept; accept comment \"b", "\r\naccept", "{{ 7 * 7 }}{% raw %}", "$x @y ;", &long]
    {
        let (csv, nft) = files(&with_text(text));
        assert_eq!(statements(&nft), plain, "{text:?}");
        assert_eq!(nft_check(&nft), "", "{text:?}");
        assert_eq!(csv.lines().count(), 2 + sample().rules.len(), "{text:?}");
    }
}

proptest! {
    #[test]
    fn any_text_changes_no_statement(text in any::<String>()) {
        let plain = statements(&files(&sample()).1);
        let (csv, nft) = files(&with_text(&text));
        prop_assert_eq!(statements(&nft), plain);
        prop_assert_eq!(csv.lines().count(), 2 + sample().rules.len());
    }
}
