//! Rows of the catalogue over the topology: which computers share a certificate, and its content.

use rustc_hash::FxHashSet;

use super::super::naming::{Names, needed};
use super::super::{Lines, Reason};
use super::slug::{Unique, slug};
use super::{
    Certificate, CertificatePlan, CertificateProblem, ExtendedUse, Install, Issuer, IssuerKind, NameReason, ServedEndpoint,
    SubjectParts,
};
use crate::catalog::{CertificateForm, CertificateRow, Exportable, Hole, Pattern, SanRule, Scope};
use crate::lower::Fqdn;
use crate::model::{Detail, Endpoint, Group, Member, ServerId, Topology};
use crate::product::{Feature, Role};
use crate::text::Span;

pub(super) fn make(
    topology: &Topology,
    rows: &'static [CertificateRow],
    form: &'static CertificateForm,
    lines: &Lines<'_>,
) -> CertificatePlan {
    let names = Names::new(topology);
    let mut maker = Maker { names, form, lines, drafts: Vec::new(), problems: Vec::new() };
    for row in rows {
        if let Some(features) = needed(&row.when, &topology.organization) {
            maker.row(row, &features);
        }
    }
    maker.finish()
}

struct Maker<'t> {
    names: Names<'t>,
    form: &'static CertificateForm,
    lines: &'t Lines<'t>,
    drafts: Vec<Draft<'t>>,
    problems: Vec<CertificateProblem>,
}

/// A certificate whose slug may still be taken.
struct Draft<'t> {
    path: &'t str,
    group: &'t Group,
    row: &'t str,
    name_span: Span,
    /// The kind of authority that is missing.
    no_issuer: Option<IssuerKind>,
    certificate: Certificate,
}

/// The computers of one certificate and what they play.
struct Holder<'t> {
    row: &'static CertificateRow,
    group: &'t Group,
    endpoint: &'t Endpoint,
    members: Vec<&'t Member>,
}

impl<'t> Maker<'t> {
    fn row(&mut self, row: &'static CertificateRow, features: &[&'static str]) {
        let topology = self.names.topology;
        let endpoints = self.names.endpoints(row.role, row.side).to_vec();
        for endpoint in endpoints {
            let group = topology.group(endpoint.group);
            if !row.kinds.contains(&group.kind) || (row.gateway_tls && !speaks_tls(group)) {
                continue;
            }
            let elsewhere = computers(topology, group, |e| row.apart_from.contains(&e.role));
            let members: Vec<&Member> = endpoint.members.iter().filter(|m| !elsewhere.contains(&m.server)).collect();
            if members.is_empty() {
                continue;
            }
            match row.scope {
                Scope::Group => self.draft(Holder { row, group, endpoint, members }, &group.path, features),
                Scope::Server => {
                    for member in members {
                        let path = &topology.server(member.server).path;
                        self.draft(Holder { row, group, endpoint, members: vec![member] }, path, features);
                    }
                }
            }
        }
    }

    fn draft(&mut self, holder: Holder<'t>, path: &'t str, features: &[&'static str]) {
        let topology = self.names.topology;
        let Holder { row, group, endpoint, members } = &holder;
        let mut subject = self.names_of(&holder, &row.subject, None);
        if subject.is_empty() && matches!(row.subject.hole, Hole::Fqdn | Hole::ServerFqdn) {
            let (row, path, span) = (row.id.clone(), path.to_owned(), endpoint.span);
            self.problems.push(CertificateProblem::NoName { row, path, span });
            return;
        }
        let mut names: Vec<NameReason> = Vec::new();
        let mut first = None;
        let mut seen = FxHashSet::default();
        let mut add = |named: Vec<(Fqdn, Span)>, reason: &dyn Fn(Fqdn, Span) -> NameReason| {
            for (name, span) in named {
                if seen.insert(name.clone()) {
                    first.get_or_insert_with(|| (name.clone(), span));
                    names.push(reason(name, span));
                }
            }
        };
        let lines = self.lines;
        add(std::mem::take(&mut subject), &|name, span| NameReason {
            name,
            pattern: row.subject.to_string(),
            sign_in: false,
            serving: None,
            features: Vec::new(),
            written: Some(lines.place(span)),
        });
        for rule in &row.san {
            let Some(when) = self.applies(&holder, rule) else { continue };
            let named = self.names_of(&holder, &rule.name, rule.serving);
            add(named, &|name, span| NameReason {
                name,
                pattern: rule.name.to_string(),
                sign_in: rule.sign_in,
                serving: rule.serving,
                features: when.clone(),
                written: Some(lines.place(span)),
            });
        }
        // A proxy that publishes no web farm is known by what else it publishes; one that publishes nothing needs no certificate.
        let Some((common_name, name_span)) = first else { return };
        let sans: Vec<Fqdn> = if names.len() > 1 { names.iter().map(|reason| reason.name.clone()).collect() } else { Vec::new() };
        let (issuer, no_issuer) = self.issuer(row);
        let exportable = row.exportable == Exportable::Array && members.len() > 1;
        let array_notes = row.array_notes.iter().filter(|_| exportable);
        let own: FxHashSet<ServerId> = members.iter().map(|member| member.server).collect();
        let installs = members.iter().map(|member| Install {
            path: topology.server(member.server).path.clone(),
            fqdn: self.names.server_name(member.server).map(|(name, _)| name.clone()),
        });
        let certificate = Certificate {
            slug: slug(path, &row.usage),
            group: group.path.clone(),
            usage: row.usage.clone(),
            common_name,
            subject: self.parts(),
            sans,
            ekus: self.ekus(row),
            form: self.form,
            store: row.store.as_ref().unwrap_or(&self.form.store),
            exportable,
            template: row.template.clone().filter(|_| issuer.as_ref().is_some_and(|i| i.kind == IssuerKind::Enterprise)),
            issuer,
            installs: installs.collect(),
            serves: self.serves(&holder, &own),
            lcscmd: row.lcscmd,
            notes: row.notes.iter().chain(array_notes).cloned().collect(),
            reason: self.reason(&holder, path, features),
            names,
            span: self.declaration(&holder),
        };
        self.drafts.push(Draft { path, group: holder.group, row: &holder.row.id, name_span, no_issuer, certificate });
    }

    /// The names that a pattern gives; `serving` is the role whose endpoint it names, where that is not the row's own.
    fn names_of(&mut self, holder: &Holder<'t>, pattern: &Pattern, serving: Option<Role>) -> Vec<(Fqdn, Span)> {
        let topology = self.names.topology;
        let of_role = |role| topology.group_endpoint(holder.group.id, role, holder.row.side);
        let filled = match pattern.hole {
            Hole::Fqdn => {
                let endpoint = serving.map_or(Some(holder.endpoint), of_role);
                endpoint.and_then(|endpoint| self.names.endpoint_name(endpoint)).into_iter().collect()
            }
            Hole::ServerFqdn => holder.members.iter().filter_map(|member| self.names.server_name(member.server)).collect(),
            Hole::SipDomain => {
                self.names.topology.organization.sip_domains.iter().map(|domain| (&domain.value, domain.span)).collect()
            }
            hole => self.names.group_names(hole, holder.group),
        };
        let mut names = Vec::new();
        for (value, span) in filled {
            let name = pattern.fill(value.as_str());
            match Fqdn::parse(&name) {
                Ok(name) => names.push((name, span)),
                Err(why) => self.problems.push(CertificateProblem::BadName { row: holder.row.id.clone(), name, why, span }),
            }
        }
        names
    }

    /// The features that require a name; `None` where it is not needed.
    fn applies(&self, holder: &Holder<'t>, rule: &SanRule) -> Option<Vec<&'static str>> {
        let topology = self.names.topology;
        let signs_in = || self.names.sign_in.is_some_and(|group| group.id == holder.group.id);
        let plays = |role| {
            let players = computers(topology, holder.group, |e| e.role == role);
            holder.members.iter().any(|member| players.contains(&member.server))
        };
        let applies = (!rule.sign_in || signs_in()) && rule.serving.is_none_or(plays);
        needed(&rule.when, &topology.organization).filter(|_| applies)
    }

    /// The authority, or the kind that is missing.
    fn issuer(&self, row: &CertificateRow) -> (Option<Issuer>, Option<IssuerKind>) {
        let organization = &self.names.topology.organization;
        let strict = row.issuer_strict.as_ref().is_some_and(|when| needed(when, organization).is_some());
        let authorities = &organization.authorities;
        let of_kind = |kind| authorities.iter().find(|authority| authority.kind == kind);
        let right = of_kind(row.issuer).or_else(|| of_kind(IssuerKind::Standalone).filter(|_| row.issuer.is_own()));
        let found = right.or_else(|| authorities.first().filter(|_| !strict));
        match found {
            Some(authority) => {
                let (name, config) = (authority.name.clone(), authority.config.clone());
                (Some(Issuer { name, kind: authority.kind, config }), None)
            }
            None => (None, Some(row.issuer)),
        }
    }

    fn ekus(&self, row: &CertificateRow) -> Vec<ExtendedUse> {
        let organization = &self.names.topology.organization;
        let providers = &organization.external.public_im;
        let as_client = organization.feature(Feature::PublicIm).is_some()
            && providers.iter().any(|provider| row.client_eku_for.iter().any(|name| name == provider.value));
        let client = Some(ExtendedUse::ClientAuthentication).filter(|_| as_client);
        row.eku.iter().copied().chain(client).collect()
    }

    fn serves(&self, holder: &Holder<'t>, own: &FxHashSet<ServerId>) -> Vec<ServedEndpoint> {
        let topology = self.names.topology;
        let endpoints = holder.row.serves.iter().filter_map(|s| topology.group_endpoint(holder.group.id, s.role, s.side));
        let served = endpoints.filter(|endpoint| endpoint.members.iter().any(|member| own.contains(&member.server)));
        served.map(|e| ServedEndpoint { endpoint: e.id, path: holder.group.path.clone(), role: e.role, side: e.side }).collect()
    }

    fn parts(&self) -> SubjectParts {
        let subject = self.names.topology.organization.subject.clone();
        SubjectParts {
            organization: subject.organization,
            unit: subject.unit,
            locality: subject.locality,
            state: subject.state,
            country: subject.country,
        }
    }

    fn reason(&self, holder: &Holder<'t>, path: &str, features: &[&'static str]) -> Reason {
        let organization = &self.names.topology.organization;
        let mut reason = Reason::new(&holder.row.id, &holder.row.purpose, &holder.row.provenance);
        reason.features = if features.is_empty() { vec!["im_presence"] } else { features.to_vec() };
        reason.declared.push(self.lines.source_ref(path, Some(self.declaration(holder))));
        let sip_names =
            holder.row.san.iter().any(|rule| rule.name.hole == Hole::SipDomain && self.applies(holder, rule).is_some());
        if let Some(domain) = organization.sip_domains.first().filter(|_| sip_names) {
            reason.declared.push(self.lines.source_ref(format!("{}.sip_domains", organization.name), Some(domain.span)));
        }
        reason
    }

    fn declaration(&self, holder: &Holder<'t>) -> Span {
        match holder.members.as_slice() {
            [only] if holder.row.scope == Scope::Server => self.names.topology.server(only.server).span,
            _ => holder.endpoint.span,
        }
    }

    fn finish(mut self) -> CertificatePlan {
        self.drafts.sort_by(|a, b| (&a.certificate.slug, a.path, a.row).cmp(&(&b.certificate.slug, b.path, b.row)));
        let mut unique = Unique::default();
        let mut certificates = Vec::new();
        let limit = self.form.longest_common_name;
        for mut draft in self.drafts {
            let slug = unique.take(std::mem::take(&mut draft.certificate.slug));
            let name = &draft.certificate.common_name;
            if name.as_str().len() > limit {
                let (slug, name, span) = (slug.clone(), name.clone(), draft.name_span);
                self.problems.push(CertificateProblem::CommonNameTooLong { slug, name, limit, span });
            }
            if let Some(kind) = draft.no_issuer {
                let (row, group, span) = (draft.row.to_owned(), draft.group.id, draft.group.span);
                self.problems.push(CertificateProblem::NoIssuer { row, slug: slug.clone(), group, kind, span });
            }
            draft.certificate.slug = slug;
            certificates.push(draft.certificate);
        }
        certificates.sort_by(|a, b| a.slug.cmp(&b.slug));
        CertificatePlan { certificates, problems: self.problems }
    }
}

/// The computers of a group that play one of some roles.
fn computers(topology: &Topology, group: &Group, plays: impl Fn(&Endpoint) -> bool) -> FxHashSet<ServerId> {
    let endpoints = group.endpoints.iter().map(|id| topology.endpoint(*id)).filter(|endpoint| plays(endpoint));
    endpoints.flat_map(|endpoint| &endpoint.members).map(|member| member.server).collect()
}

fn speaks_tls(group: &Group) -> bool {
    matches!(&group.detail, Detail::Gateway { transport, .. } if *transport == "tls")
}
