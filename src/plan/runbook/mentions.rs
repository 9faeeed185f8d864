//! Which names and addresses a text speaks of: the check that a runbook names nothing that does not exist.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

/// The domain names and addresses in a text that are not known. A word is taken for a domain name when its last label is the
/// last label of a known name and the label before it is one too (`contoso.com`): file names and paths of a topology are not.
pub fn unknown_names<'t>(text: &'t str, names: &BTreeSet<String>, addresses: &BTreeSet<Ipv4Addr>) -> Vec<&'t str> {
    let endings: BTreeSet<&str> = names.iter().filter_map(|name| ending(name)).collect();
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let unknown = |word: &&str| match word.parse::<Ipv4Addr>() {
        Ok(address) => !addresses.contains(&address),
        Err(_) => {
            let lower = word.to_ascii_lowercase();
            ending(&lower).is_some_and(|ending| endings.contains(ending)) && !names.contains(&lower)
        }
    };
    // A backslash stands before some characters of Markdown and means nothing here.
    let words = text.split(|c: char| !word(c) && c != '\\').map(|word| word.trim_matches(['.', '-', '\\']));
    words.filter(|word| word.contains('.')).filter(unknown).collect()
}

/// The last two labels.
fn ending(name: &str) -> Option<&str> {
    let (at, _) = name.rmatch_indices('.').nth(1).unwrap_or((usize::MAX, ""));
    if at == usize::MAX { name.contains('.').then_some(name) } else { name.get(at + 1..) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_are_found() {
        let names = ["pool01.corp.contoso.com", "sip.contoso.com", "contoso.com"].map(str::to_owned).into();
        let addresses = BTreeSet::from([Ipv4Addr::new(10, 0, 0, 1)]);
        let text = "Type `pool01.corp.contoso.com` (10.0.0.1), then pool02.corp.contoso.com on 10.0.0.2. See LCSCmd.exe, \
                    redmond.pool01, contoso.ocstopo:4, technet.microsoft.com.";
        assert_eq!(unknown_names(text, &names, &addresses), ["pool02.corp.contoso.com", "10.0.0.2"]);
    }
}
