//! `README.md` of the output: what each team takes from here.

use std::collections::BTreeMap;

use serde::Serialize;

use super::language::MARKDOWN;
use super::{Artifact, EmitContext, EmitError, Team};

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    tool: &'static str,
    organization: &'a str,
    product: &'a str,
    network: Vec<Folder<'a>>,
    dns: Vec<Folder<'a>>,
    pki: Vec<Folder<'a>>,
    deployment: Vec<Folder<'a>>,
}

#[derive(Serialize)]
struct Folder<'a> {
    path: String,
    files: Vec<&'a str>,
}

/// The page over all other files; `product` is the name that people use.
pub fn emit(artifacts: &[Artifact], product: &str, cx: &EmitContext<'_>) -> Result<Artifact, EmitError> {
    let view = View {
        note: cx.note(),
        tool: super::TOOL,
        organization: cx.organization,
        product,
        network: folders(artifacts, Team::Network),
        dns: folders(artifacts, Team::Dns),
        pki: folders(artifacts, Team::Pki),
        deployment: folders(artifacts, Team::Deployment),
    };
    let content = cx.templates.render(&MARKDOWN, "readme", &view)?;
    Ok(Artifact { path: "README.md".to_owned(), team: Team::Deployment, made_from: vec![cx.organization.to_owned()], content })
}

fn folders(artifacts: &[Artifact], team: Team) -> Vec<Folder<'_>> {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for artifact in artifacts.iter().filter(|artifact| artifact.team == team) {
        let (folder, file) = artifact.path.rsplit_once('/').unwrap_or((".", &artifact.path));
        folders.entry(folder).or_default().push(file);
    }
    let folder = |(path, mut files): (&str, Vec<_>)| {
        files.sort_unstable();
        Folder { path: format!("{path}/"), files }
    };
    folders.into_iter().map(folder).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::Templates;

    fn artifact(path: &str, team: Team) -> Artifact {
        Artifact { path: path.to_owned(), team, made_from: Vec::new(), content: String::new() }
    }

    fn readme(artifacts: &[Artifact], organization: &str) -> String {
        let templates = Templates::shipped();
        let cx = EmitContext { templates: &templates, sample: true, organization };
        emit(artifacts, "Office Communications Server 2007", &cx).expect("renders").content
    }

    #[test]
    fn each_team_finds_its_files() {
        let text = readme(
            &[
                artifact("network/firewall/redmond-outer/rules.nft", Team::Network),
                artifact("network/firewall/redmond-outer/rules.csv", Team::Network),
                artifact("dns/external/contoso.com.zone", Team::Dns),
                artifact("runbook/runbook.md", Team::Deployment),
            ],
            "contoso",
        );
        insta::assert_snapshot!(text.replace(env!("CARGO_PKG_VERSION"), "VERSION"), @r#"
        # contoso: what each team takes from here

        > **SAMPLE: names and addresses of an example; not for use**

        Made by ocstopo VERSION for Office Communications Server 2007, from one description. Every line says why it is there. Change the description and
        build again, rather than a file here. `manifest.json` lists every file with its SHA-256 and with what it was made from.

        ## Network team

        Each firewall has a folder. `rules.csv` says for each rule who opens a connection to whom, why, and what stops working
        without it; what no rule names is dropped. Beside it the same rules stand in the firewall's own language; the top of each file
        says how it is loaded, how it is replaced and which manual its form follows.

        - `rules.nft` for nftables, `rules.iptables` for iptables-restore with `rules.ip6tables` for IPv6, `rules.asa` and `rules.ios` for Cisco
          ASA and IOS, `rules.srx` for Juniper SRX, `rules.panos` for Palo Alto Networks, `rules.fortios` for FortiGate.
        - `remove` with the same ending: takes away exactly what the rules beside it put on the device. Keep it as long as they run; it is used
          when a later build has taken their place, and the top of the rules says how.
        - `aerleon/`: the same as policies of Aerleon, which writes them for other platforms.
        - `hosts/`, where it was asked for: Windows Firewall on the servers themselves, a script for each in the commands of its operating
          system; `rules.csv` says what each server lets in, and what its script leaves out because that firewall cannot say it.

        Each reverse proxy has a folder too, in `publishing/`: `isa-rules.md` to work from at the console of ISA Server 2006 and
        `isa-rules.csv` as a table, or `nginx.conf`, whose top says which files it needs. Use one of the two.

        > **OCS traffic only.** A rule set for nftables, iptables or Cisco drops everything else that passes the firewall. Where the
        > firewall carries other services, do not load the file; merge its rules by hand. One for Juniper, Palo Alto Networks or FortiGate
        > denies nothing itself. The top of each file says what else ends, and whether IPv6 is closed too.

        Traffic that the catalogue is not sure of has no rule in any of these files: the runbook's step for each firewall lists it.

        Each load balancer has a folder. `listeners.csv` says for each port of a virtual address which servers stand behind it and why;
        `haproxy.cfg`, `f5.tmsh` and `netscaler.conf` say the same to the device. HAProxy carries no UDP: its file names what it leaves out.
        Keep `f5-remove.tmsh` and `netscaler-remove.conf` as long as the files beside them run: they take away exactly that, and nothing of
        others.

        | folder | files |
        |---|---|
        | `network/firewall/redmond-outer/` | `rules.csv` `rules.nft` |

        ## DNS team

        The same records for each tool; take the form that yours reads. Names and addresses are those of the firewall rules and
        certificates here, and `records.csv` says for each why it is there.

        - `<zone>.zone`: a whole zone, as BIND reads it and other servers import it; `<zone>.records`: records to include. Where a zone of the
          name exists, never load the whole zone in its place: it holds none of the records of others.
        - `dnscmd.cmd`, `records.ps1`: for the DNS Server of Windows, up to 2008 R2 and since 2012. They add what is missing, nothing beside a
          record that says something else, and delete nothing.
        - `perimeter/<server>.hosts`: for the hosts file of an Edge Server or reverse proxy, which asks no name server inside.
        - `nsupdate/`: dynamic updates, refused where a name is taken. `octodns/`, `dnsconfig.js`: for octoDNS and DNSControl.

        | folder | files |
        |---|---|
        | `dns/external/` | `contoso.com.zone` |

        ## Deployment team

        The runbook holds all steps in the order in which they depend on each other, with the names and addresses of this
        deployment.

        | folder | files |
        |---|---|
        | `runbook/` | `runbook.md` |
        "#);
    }

    #[test]
    fn order_of_artifacts_never_shows() {
        let mut artifacts = vec![artifact("b/x", Team::Dns), artifact("a/y", Team::Dns), artifact("a/x", Team::Dns)];
        let first = readme(&artifacts, "contoso");
        artifacts.reverse();
        assert_eq!(readme(&artifacts, "contoso"), first);
    }

    #[test]
    fn names_form_no_markup() {
        let text = readme(&[artifact("dns/a|b`c/[x](y)", Team::Dns)], "<b>\n# x");
        assert!(text.contains("\\<b\\> \\# x"));
        assert!(text.contains("``dns/a\\|b`c/``"));
    }
}
