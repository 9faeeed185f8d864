//! The languages of devices, in the words of `dialect =`.

use super::words::words;
use super::{Choice, Releases};

words! {
    /// What a firewall's rules are written in.
    pub enum FirewallDialect: Choice {
        Nftables = "nftables" => "Linux nftables.";
        Iptables = "iptables" => "Linux iptables, in the form of iptables-restore.";
        CiscoAsa = "cisco_asa" => "Cisco ASA.";
        CiscoIos = "cisco_ios" => "Cisco IOS extended access lists.";
        JuniperSrx = "juniper_srx" => "Juniper SRX, as commands of Junos.";
        PaloAlto = "palo_alto" => "Palo Alto Networks PAN-OS.";
        Fortigate = "fortigate" => "Fortinet FortiGate, as commands of FortiOS.";
        WindowsFirewall = "windows_firewall"
            => "Windows Firewall: not a firewall between networks, but one on each server, in the commands of its operating system.";
    }
}

words! {
    /// What a load balancer's configuration is written in.
    pub enum BalancerDialect: Choice {
        Haproxy = "haproxy" => "HAProxy. It balances TCP only; media relays listen on UDP as well.";
        F5 = "f5" => "F5 BIG-IP, as tmsh commands.";
        Netscaler = "netscaler" => "Citrix NetScaler, later called ADC.";
    }
}

impl BalancerDialect {
    /// Whether what speaks it balances UDP.
    pub fn balances_udp(self) -> bool {
        self != Self::Haproxy
    }
}
