//! What devices are told: the reader of each dialect, which a change of rules begins with, for any text that a user's templates
//! make of them.

use ocstopo::emit::firewall::{change, dialects};
use ocstopo::emit::{EmitContext, Templates};

use super::contoso;

/// The templates of the rules of each dialect, in the order of the dialects, and those that remove them.
const TEMPLATES: [&[&str]; 7] = [
    &["nftables/ruleset"],
    &["iptables/ruleset"],
    &["cisco/asa", "cisco/asa_remove"],
    &["cisco/ios", "cisco/ios_remove"],
    &["junos/srx", "junos/srx_remove"],
    &["panos/set", "panos/remove"],
    &["fortios/script", "fortios/remove"],
];

/// The first byte is the dialect; the texts before and after the change are divided by a zero.
pub(super) fn devices(data: &[u8]) {
    let Some((first, texts)) = data.split_first() else { return };
    let dialect = usize::from(*first) % TEMPLATES.len();
    let texts = String::from_utf8_lossy(texts);
    let (before, after) = texts.split_once('\0').unwrap_or((&texts, ""));
    let plans = contoso().plans().expect("it has an organization");
    let [old, new, ..] = plans.firewalls() else { return };
    let (mut old, mut new) = (old.clone(), new.clone());
    // By the number of its networks a template tells the two apart.
    new.networks = old.networks.clone();
    new.rules = old.rules.clone();
    old.rules.truncate(2);
    new.rules.truncate(1);
    let joined = new.networks.len();
    old.networks.extend(old.networks.first().cloned());
    let words: Vec<&str> = dialects().collect();
    (old.dialect, new.dialect) = (words[dialect], words[dialect]);
    // The end of a raw text is the only thing that is not raw in it.
    let raw = |text: &str| format!("{{% raw %}}{}{{% endraw %}}", text.replace("{%", "{"));
    let template = format!("{{% if head.networks | length == {joined} %}}{}{{% else %}}{}{{% endif %}}", raw(after), raw(before));
    let files: Vec<(String, String)> = TEMPLATES[dialect].iter().map(|name| ((*name).to_owned(), template.clone())).collect();
    let templates = Templates::with_overrides(&files).unwrap_or_else(|errors| panic!("{errors:?}"));
    let context = EmitContext { templates: &templates, sample: true, organization: "contoso" };
    change(&old, &new, &[], &context).unwrap_or_else(|error| panic!("{error}"));
}
