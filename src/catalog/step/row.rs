//! What a step consists of.

use serde::{Deserialize, Serialize};

use super::{Pattern, System};
use crate::catalog::Provenance;
use crate::product::{Feature, GroupKind, Relation, Role, Team};

/// A part of the deployment with a heading of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhaseRow {
    /// Its name for `phase` of steps.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// What it is for and when it may begin, in a few sentences.
    pub about: String,
    /// What must be true before the next phase begins.
    pub go: String,
    /// When to stop, and what then.
    pub stop: String,
    /// Which steps of the deployment a phase of a change takes: their scopes, the phases that they are of, or `others`.
    #[serde(default)]
    pub takes: Vec<String>,
}

/// What a step is done once for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Once.
    Organization,
    /// Each Active Directory domain that hosts servers or users.
    Domain,
    /// Each site.
    Site,
    /// Each DNS zone of each view.
    Zone,
    /// Each firewall.
    Firewall,
    /// Each load balancer that holds a virtual address.
    LoadBalancer,
    /// Each certificate.
    Certificate,
    /// Each group of the `kinds` that has one of the `roles`.
    Group,
    /// Each server of such groups that has one of the `roles`.
    Server,
    /// Each stage in which the rules of a firewall change.
    FirewallStage,
    /// Each stage in which the configuration of a load balancer changes.
    BalancerStage,
    /// Each stage in which the records of a zone change.
    RecordStage,
    /// Each zone of both versions whose name servers, times or delegations differ.
    ZoneHead,
    /// Each certificate that is issued anew, goes to further computers or is retired.
    CertificateChange,
    /// Each step of the deployment that says something else, or is taken back.
    ChangedStep,
}

impl Scope {
    /// Its word in the catalogue.
    pub fn word(self) -> &'static str {
        match self {
            Scope::Organization => "organization",
            Scope::Domain => "domain",
            Scope::Site => "site",
            Scope::Zone => "zone",
            Scope::Firewall => "firewall",
            Scope::LoadBalancer => "load_balancer",
            Scope::Certificate => "certificate",
            Scope::Group => "group",
            Scope::Server => "server",
            Scope::FirewallStage => "firewall_stage",
            Scope::BalancerStage => "balancer_stage",
            Scope::RecordStage => "record_stage",
            Scope::ZoneHead => "zone_head",
            Scope::CertificateChange => "certificate_change",
            Scope::ChangedStep => "changed_step",
        }
    }

    /// Whether it is about two versions, and so belongs to the steps of a change.
    pub fn is_of_change(self) -> bool {
        self >= Scope::FirewallStage
    }
}

/// Which instances of an earlier step a step waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Within {
    /// All of them.
    Organization,
    /// Those of the same Active Directory domain.
    Domain,
    /// Those of the same site.
    Site,
    /// Those that concern the same group.
    Group,
    /// Those of the same server.
    Server,
    /// Those that concern a group that this step's group has the relation to.
    To(Relation),
    /// Those that concern a group that has the relation to this step's group.
    From(Relation),
}

/// One prerequisite, written `EE2:group`, `DB1:to.back_end` or `AD2:organization`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct After {
    /// The earlier step.
    pub step: String,
    /// Which of its instances.
    pub within: Within,
}

impl TryFrom<String> for After {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (step, within) = text.split_once(':').ok_or_else(|| format!("`{text}`: written `step:relation`"))?;
        let relation = |word: &str| {
            Relation::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(word))
                .map_err(|_| format!("`{text}`: `{word}` is no relation"))
        };
        let within = match within {
            "organization" => Within::Organization,
            "domain" => Within::Domain,
            "site" => Within::Site,
            "group" => Within::Group,
            "server" => Within::Server,
            other => match other.split_once('.') {
                Some(("to", word)) => Within::To(relation(word)?),
                Some(("from", word)) => Within::From(relation(word)?),
                _ => return Err(format!("`{text}`: `{other}` is no relation")),
            },
        };
        Ok(Self { step: step.to_owned(), within })
    }
}

impl From<After> for String {
    fn from(after: After) -> Self {
        let within = match after.within {
            Within::Organization => "organization".to_owned(),
            Within::Domain => "domain".to_owned(),
            Within::Site => "site".to_owned(),
            Within::Group => "group".to_owned(),
            Within::Server => "server".to_owned(),
            Within::To(relation) => format!("to.{}", relation.word()),
            Within::From(relation) => format!("from.{}", relation.word()),
        };
        format!("{}:{within}", after.step)
    }
}

/// One line: a text, and when it is there. A catalogue may write the text alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineRow {
    /// The text.
    pub text: Pattern,
    /// A list; without `item` the text is repeated for each of its items.
    #[serde(default)]
    pub each: Option<String>,
    /// What is said of each item below the text.
    #[serde(default)]
    pub item: Option<Pattern>,
    /// What is typed for each item; nothing for an item that has none.
    #[serde(default)]
    pub item_command: Option<Pattern>,
    /// What is expected of that command.
    #[serde(default)]
    pub item_expect: Option<Pattern>,
    /// Whether the items are there to be known, and not to be done one by one.
    #[serde(default)]
    pub facts: bool,
    /// Features, as in [`StepRow::when`].
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Values without which the line is not there.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Values with which the line is not there.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// Operating systems that the line is for; all when empty. Where a computer may run others too, the line names its own.
    #[serde(default)]
    pub system: Vec<System>,
    /// Lines of a list with the same word say the same for different operating systems, and together for all of the release.
    #[serde(default)]
    pub variant: Option<String>,
    /// Values to type into a wizard or console at this point, exactly as written.
    #[serde(default)]
    pub values: Vec<TypedRow>,
    /// Commands to type at this point.
    #[serde(default)]
    pub commands: Vec<TypedRow>,
}

/// One line to type, and when it is there. A catalogue may write the text alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypedRow {
    /// What is typed.
    pub text: Pattern,
    /// A list; the line is repeated for each of its items.
    #[serde(default)]
    pub each: Option<String>,
    /// Values without which the line is not there.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Values with which the line is not there.
    #[serde(default)]
    pub lacks: Vec<String>,
}

/// How long a step takes, in minutes: what is usual, and not what is promised.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeRow {
    /// Work.
    pub work: u32,
    /// A list of the step; the work is done for each of its items.
    pub each: Option<String>,
    /// Waiting afterwards, before steps that need this one can begin.
    #[serde(default)]
    pub wait: u32,
    /// Pages that say so; without one it is an estimate.
    #[serde(default)]
    pub source: Vec<String>,
}

/// One check after a step.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerifyRow {
    /// What to check, in words.
    pub check: Option<Pattern>,
    /// What to type; nothing for an item that has none.
    pub command: Option<Pattern>,
    /// The expected result.
    pub expect: Pattern,
    /// A list; the check is repeated for each of its items.
    pub each: Option<String>,
    /// Features, as in [`StepRow::when`].
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Values without which the check is not there.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Values with which the check is not there.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// Operating systems that the check is for, as in [`LineRow::system`].
    #[serde(default)]
    pub system: Vec<System>,
    /// The check's variants, as in [`LineRow::variant`].
    pub variant: Option<String>,
}

/// One step of the deployment path.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRow {
    /// Stable name, such as `AD1`.
    pub id: String,
    /// Its phase.
    pub phase: String,
    /// What is done, as an imperative.
    pub title: Pattern,
    /// Why it is done, in one sentence.
    pub why: String,
    /// What it is done once for.
    pub scope: Scope,
    /// Kinds of group, for the scopes `group` and `server`.
    #[serde(default)]
    pub kinds: Vec<GroupKind>,
    /// Roles that the group or server must have one of; any when empty.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Done when all features of one inner list are on; an empty outer list means always.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Values without which the step is not there.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Values with which the step is not there.
    #[serde(default)]
    pub lacks: Vec<String>,
    /// Whose work it is.
    pub team: Team,
    /// How long it takes.
    pub time: TimeRow,
    /// Who may do it.
    pub who: Pattern,
    /// On which machine.
    #[serde(rename = "where")]
    pub place: Pattern,
    /// With which tool.
    pub tool: Option<Pattern>,
    /// What to do, in order.
    #[serde(rename = "do")]
    pub instructions: Vec<LineRow>,
    /// Another way to the same result, in place of `do`.
    #[serde(default)]
    pub alternative: Vec<LineRow>,
    /// What must be done before.
    #[serde(default)]
    pub after: Vec<After>,
    /// How to verify it.
    pub verify: Vec<VerifyRow>,
    /// The way back.
    pub rollback: Pattern,
    /// The way back in points, where it is more than a sentence.
    #[serde(default)]
    pub undo: Vec<LineRow>,
    /// Whether there is no way back.
    #[serde(default)]
    pub irreversible: bool,
    /// What to wait for afterwards.
    pub wait: Option<Pattern>,
    /// Step of the guide, source, confidence.
    pub provenance: Provenance,
}

/// The list of a group's certificates in the vocabulary.
const CERTIFICATES: &str = "certificates";

impl StepRow {
    /// All points: what is done, whichever way, and undone.
    pub fn lines(&self) -> impl Iterator<Item = &LineRow> {
        self.instructions.iter().chain(&self.alternative).chain(&self.undo)
    }

    /// Whether it assigns the certificates of a group to its services, alone or beside other work.
    pub fn assigns_certificates(&self) -> bool {
        self.only_assigns_certificates() || self.instructions.iter().any(|line| line.each.as_deref() == Some(CERTIFICATES))
    }

    /// Whether it only assigns them: it is not there for a group without any.
    pub fn only_assigns_certificates(&self) -> bool {
        self.needs.iter().any(|need| need == CERTIFICATES)
    }
}
