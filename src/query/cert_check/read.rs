//! Bytes to [`Facts`]: the only place that knows the encoding (DER) and the library that reads it. Signatures are not verified:
//! `openssl verify` does that.

use x509_cert::Certificate;
use x509_cert::attr::{Attribute, Attributes};
use x509_cert::der::asn1::{Any, ObjectIdentifier, Uint};
use x509_cert::der::{Decode, Encode, Tag, Tagged};
use x509_cert::ext::pkix::name::{GeneralName, GeneralNames};
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};
use x509_cert::ext::{Extension, Extensions};
use x509_cert::name::Name;
use x509_cert::request::CertReq;
use x509_cert::spki::SubjectPublicKeyInfoOwned;
use x509_cert::time::Time;

use super::facts::{Facts, Key, Kind, Template};
use crate::lower::Date;

const SUBJECT_ALTERNATIVE_NAME: &str = "2.5.29.17";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";
const KEY_USAGE: &str = "2.5.29.15";
const BASIC_CONSTRAINTS: &str = "2.5.29.19";
/// Microsoft: the name of a template of version 1.
const TEMPLATE_NAME: &str = "1.3.6.1.4.1.311.20.2";
/// Microsoft: the number of a template of version 2.
const TEMPLATE_NUMBER: &str = "1.3.6.1.4.1.311.21.7";
/// PKCS #9: the extensions in a request, and what Microsoft's tools wrote before.
const EXTENSION_REQUESTS: [&str; 2] = ["1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14"];
/// Microsoft: a name and a value that travel with a request, such as `SAN` and `dns=a&dns=b` (MS-WCCE 2.2.2.7.10).
const NAME_AND_VALUE: &str = "1.3.6.1.4.1.311.13.2.1";
const RSA: &str = "1.2.840.113549.1.1.1";
const ELLIPTIC: &str = "1.2.840.10045.2.1";

type Read<T> = Result<T, String>;

/// A certificate.
pub(super) fn certificate(der: &[u8]) -> Read<Facts> {
    let read = Certificate::from_der(der).map_err(|error| format!("it is no certificate that can be read ({error})"))?;
    let tbs = read.tbs_certificate();
    let mut facts = Facts {
        issuer: parts(tbs.issuer()),
        valid: Some((date(tbs.validity().not_before), date(tbs.validity().not_after))),
        ..facts(Kind::Certificate, tbs.subject(), tbs.subject_public_key_info())?
    };
    for extension in tbs.extensions().into_iter().flatten() {
        take(&mut facts, extension)?;
    }
    Ok(facts)
}

/// A request.
pub(super) fn request(der: &[u8]) -> Read<Facts> {
    let read = CertReq::from_der(der).map_err(|error| format!("it is no request that can be read ({error})"))?;
    let mut facts = facts(Kind::Request, &read.info.subject, &read.info.public_key)?;
    attributes(&mut facts, &read.info.attributes)?;
    Ok(facts)
}

fn facts(kind: Kind, subject: &Name, key: &SubjectPublicKeyInfoOwned) -> Read<Facts> {
    Ok(Facts {
        kind,
        subject: parts(subject),
        issuer: Vec::new(),
        names: Vec::new(),
        others: Vec::new(),
        extended_uses: None,
        key_uses: None,
        key: public_key(key)?,
        valid: None,
        authority: false,
        template: Template::Absent,
    })
}

fn attributes(facts: &mut Facts, attributes: &Attributes) -> Read<()> {
    for Attribute { oid, values } in attributes.iter() {
        let oid = oid.to_string();
        for value in values.iter() {
            if EXTENSION_REQUESTS.contains(&oid.as_str()) {
                for extension in &whole::<Extensions>(value, "the extensions that it asks for")? {
                    take(facts, extension)?;
                }
            } else if oid == NAME_AND_VALUE {
                let pair: Vec<Any> = whole(value, "a name and value of certreq")?;
                let pair: Vec<String> = pair.iter().map(text).collect();
                if let [name, value] = pair.as_slice()
                    && name.eq_ignore_ascii_case("SAN")
                {
                    named(facts, value);
                }
            }
        }
    }
    Ok(())
}

/// The value of the attribute `SAN` as certreq of Windows Server 2003 sends it: `dns=a&dns=b`.
fn named(facts: &mut Facts, value: &str) {
    for part in value.split('&').filter(|part| !part.is_empty()) {
        match part.split_once('=') {
            Some((kind, name)) if kind.eq_ignore_ascii_case("dns") => facts.names.push(name.to_ascii_lowercase()),
            _ => facts.others.push(part.to_owned()),
        }
    }
}

fn whole<T: for<'a> Decode<'a>>(value: &Any, what: &str) -> Read<T> {
    let der = value.to_der().map_err(|error| format!("{what} cannot be read ({error})"))?;
    T::from_der(&der).map_err(|_| format!("{what} cannot be read"))
}

/// Reads an extension; those that the product does not use are ignored.
fn take(facts: &mut Facts, extension: &Extension) -> Read<()> {
    let value = extension.extn_value.as_bytes();
    let broken = |what: &str| format!("its {what} cannot be read");
    match extension.extn_id.to_string().as_str() {
        SUBJECT_ALTERNATIVE_NAME => {
            for name in GeneralNames::from_der(value).map_err(|_| broken("alternative names"))? {
                match name {
                    GeneralName::DnsName(name) => facts.names.push(name.as_str().to_ascii_lowercase()),
                    other => facts.others.push(described(&other)),
                }
            }
        }
        EXTENDED_KEY_USAGE => {
            let uses = ExtendedKeyUsage::from_der(value).map_err(|_| broken("extended key usage"))?;
            facts.extended_uses = Some(uses.0.iter().map(ObjectIdentifier::to_string).collect());
        }
        KEY_USAGE => {
            let uses = KeyUsage::from_der(value).map_err(|_| broken("key usage"))?;
            // The first bit of the extension is the highest of its byte.
            facts.key_uses = Some(((uses.0.bits() & 0xff) as u8).reverse_bits());
        }
        BASIC_CONSTRAINTS => {
            facts.authority = BasicConstraints::from_der(value).map_err(|_| broken("basic constraints"))?.ca;
        }
        TEMPLATE_NAME => {
            facts.template = Template::Name(text(&Any::from_der(value).map_err(|_| broken("template"))?));
        }
        TEMPLATE_NUMBER if facts.template == Template::Absent => facts.template = Template::Number,
        _ => {}
    }
    Ok(())
}

fn described(name: &GeneralName) -> String {
    match name {
        GeneralName::Rfc822Name(mailbox) => format!("mail:{}", mailbox.as_str()),
        GeneralName::DirectoryName(name) => format!("directory:{name}"),
        GeneralName::UniformResourceIdentifier(address) => format!("URI:{}", address.as_str()),
        GeneralName::IpAddress(bytes) => match <[u8; 4]>::try_from(bytes.as_bytes()) {
            Ok(four) => format!("IP:{}", std::net::Ipv4Addr::from(four)),
            Err(_) => match <[u8; 16]>::try_from(bytes.as_bytes()) {
                Ok(sixteen) => format!("IP:{}", std::net::Ipv6Addr::from(sixteen)),
                Err(_) => "IP address of no known length".to_owned(),
            },
        },
        GeneralName::RegisteredId(oid) => format!("OID:{oid}"),
        GeneralName::OtherName(other) => format!("other name {}", other.type_id),
        GeneralName::DnsName(name) => name.as_str().to_owned(),
        GeneralName::EdiPartyName(_) => "EDI party name".to_owned(),
    }
}

fn parts(name: &Name) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    for rdn in name.as_ref().iter() {
        for part in rdn.iter() {
            let oid = part.oid.to_string();
            let word = match oid.as_str() {
                "2.5.4.3" => "CN",
                "2.5.4.6" => "C",
                "2.5.4.7" => "L",
                "2.5.4.8" => "ST",
                "2.5.4.10" => "O",
                "2.5.4.11" => "OU",
                "0.9.2342.19200300.100.1.25" => "DC",
                other => other,
            };
            parts.push((word.to_owned(), text(&part.value)));
        }
    }
    parts
}

/// A string of any of the kinds that authorities write.
fn text(value: &Any) -> String {
    let bytes = value.value();
    match value.tag() {
        Tag::BmpString => {
            let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        Tag::TeletexString => bytes.iter().copied().map(char::from).collect(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn public_key(key: &SubjectPublicKeyInfoOwned) -> Read<Key> {
    let algorithm = key.algorithm.oid.to_string();
    match algorithm.as_str() {
        RSA => {
            let numbers: Vec<Uint> =
                Vec::from_der(key.subject_public_key.raw_bytes()).map_err(|_| "its RSA key cannot be read".to_owned())?;
            let modulus = numbers.first().ok_or_else(|| "its RSA key is empty".to_owned())?;
            let bytes = modulus.as_bytes();
            let unused = bytes.first().map_or(0, |first| first.leading_zeros() as usize);
            Ok(Key::Rsa((bytes.len() * 8).saturating_sub(unused)))
        }
        ELLIPTIC => Ok(Key::Other("elliptic curves".to_owned())),
        _ => Ok(Key::Other(algorithm)),
    }
}

fn date(time: Time) -> Date {
    let time = time.to_date_time();
    Date { year: time.year().into(), month: time.month(), day: time.day() }
}
