//! Values of certificates, by their names in the vocabulary.

use super::facts::Facts;
use super::group_values::hosts;
use super::thing_values::forms;
use super::value::Value;
use crate::catalog::step::System;
use crate::lower::Fqdn;
use crate::plan::certificate::ExtendedUse;
use crate::product::{GroupKind, IssuerKind};

impl Facts<'_> {
    pub(super) fn certificate_value(&self, at: usize, name: &str) -> Option<Value> {
        let certificate = self.certificate(at);
        let issuer = certificate.issuer.as_ref();
        let issued_by = |is: fn(IssuerKind) -> bool| Value::flag(issuer.is_some_and(|issuer| is(issuer.kind)));
        let kind = self.group_of_certificate(at).map(|group| self.group(group).kind);
        match name {
            "slug" => Some(Value::File(certificate.slug.clone())),
            "common_name" => Some(Value::name(&certificate.common_name)),
            "usage" => Some(Value::Text(certificate.reason.purpose.clone())),
            "issuer" => Some(Value::Code(issuer.map(|issuer| issuer.name.clone()).unwrap_or_default())),
            "request_tool" => {
                let device = kind == Some(GroupKind::MediaGateway);
                Some(Value::Text(if device { "The device's own console" } else { "certreq" }.to_owned()))
            }
            "request_older" => Some(Value::File((self.inputs.files.request_of)(certificate, System::Windows2003))),
            "request_newer" => Some(Value::File((self.inputs.files.request_of)(certificate, System::Windows2008))),
            "forms" => forms((self.inputs.files.request_forms)(certificate)),
            "first" => hosts(certificate).next().map(Value::Code),
            "names" => {
                let sans = certificate.sans.iter().filter(|name| **name != certificate.common_name);
                Value::list(sans.map(|name| vec![("name", Value::name(name))]).collect())
            }
            "all_names" => {
                let names: Vec<&str> = certificate.sans.iter().map(Fqdn::as_str).collect();
                (!names.is_empty()).then(|| Value::codes(names))
            }
            "others" => Value::list(hosts(certificate).skip(1).map(|host| vec![("host", Value::Code(host))]).collect()),
            "own_authority" => issued_by(IssuerKind::is_own),
            "standalone" => issued_by(|kind| kind == IssuerKind::Standalone),
            "public" => issued_by(|kind| kind == IssuerKind::Public),
            "ca_config" => {
                let config = issuer.and_then(|issuer| issuer.config.as_deref());
                config.and_then(super::value::argument).map(Value::Argument)
            }
            "client_authentication" => Value::flag(certificate.ekus.contains(&ExtendedUse::ClientAuthentication)),
            "device" => Value::flag(kind == Some(GroupKind::MediaGateway)),
            "outside_domain" => Value::flag(matches!(kind, Some(GroupKind::EdgeArray | GroupKind::ReverseProxy))),
            _ => None,
        }
    }
}
