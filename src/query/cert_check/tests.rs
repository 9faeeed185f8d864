//! What tools of Windows write into requests, and what no reader may fall over. Certificates of openssl are in `tests/consumers/certificates.rs`.

use super::read::request;
use super::*;

/// A value with its tag and length (DER).
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut bytes = match length {
        0..0x80 => vec![tag, length as u8],
        0x80..0x100 => vec![tag, 0x81, length as u8],
        _ => vec![tag, 0x82, (length >> 8) as u8, length as u8],
    };
    bytes.extend_from_slice(content);
    bytes
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    der(0x30, &parts.concat())
}

fn bmp(text: &str) -> Vec<u8> {
    der(0x1e, &text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>())
}

const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// 1.3.6.1.4.1.311.13.2.1
const NAME_AND_VALUE: &[u8] = &[0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x0d, 0x02, 0x01];
/// 1.3.6.1.4.1.311.2.1.14
const OLD_EXTENSIONS: &[u8] = &[0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x01, 0x0e];

/// A request with an attribute, as a tool of Windows makes it: the common name is a BMPString.
fn windows_request(attribute: &[u8], value: Vec<u8>) -> Vec<u8> {
    let name = sequence(&[der(0x31, &sequence(&[der(0x06, &[0x55, 0x04, 0x03]), bmp("Pool01.Contoso.com")]))]);
    let mut modulus = vec![0x80];
    modulus.resize(256, 1);
    let key = sequence(&[der(0x02, &[&[0], modulus.as_slice()].concat()), der(0x02, &[1, 0, 1])]);
    let algorithm = || sequence(&[der(0x06, RSA), vec![5, 0]]);
    let bits = |bytes: &[u8]| der(0x03, &[&[0], bytes].concat());
    let attributes = der(0xa0, &sequence(&[der(0x06, attribute), der(0x31, &value)]));
    let info = sequence(&[der(0x02, &[0]), name, sequence(&[algorithm(), bits(&key)]), attributes]);
    sequence(&[info, algorithm(), bits(&[1, 2, 3])])
}

#[test]
fn request_attributes_of_windows_2003_are_read() {
    let pair = sequence(&[bmp("SAN"), bmp("dns=pool01.contoso.com&dns=sip.Contoso.com&ipaddress=10.0.0.1")]);
    let facts = request(&windows_request(NAME_AND_VALUE, pair)).expect("a request");
    assert_eq!(facts.common_name().as_deref(), Some("pool01.contoso.com"));
    assert_eq!(facts.names, ["pool01.contoso.com", "sip.contoso.com"]);
    assert_eq!(facts.others, ["ipaddress=10.0.0.1"]);
    assert_eq!(facts.key, Key::Rsa(2048));
    let template = sequence(&[bmp("CertificateTemplate"), bmp("WebServer")]);
    assert_eq!(request(&windows_request(NAME_AND_VALUE, template)).expect("a request").names, [""; 0]);
}

#[test]
fn extensions_are_read_under_the_old_windows_oid() {
    let names = sequence(&[der(0x82, b"sip.contoso.com"), der(0x87, &[10, 0, 0, 1])]);
    let extension = |id: &[u8], value: &[u8]| sequence(&[der(0x06, id), der(0x04, value)]);
    let uses = sequence(&[der(0x06, &[0x2b, 6, 1, 5, 5, 7, 3, 1])]);
    let all = sequence(&[
        extension(&[0x55, 0x1d, 0x11], &names),
        extension(&[0x55, 0x1d, 0x0f], &[3, 2, 5, 0xa0]),
        extension(&[0x55, 0x1d, 0x25], &uses),
    ]);
    let facts = request(&windows_request(OLD_EXTENSIONS, all)).expect("a request");
    assert_eq!((facts.names, facts.others), (vec!["sip.contoso.com".to_owned()], vec!["IP:10.0.0.1".to_owned()]));
    assert_eq!((facts.key_uses, facts.extended_uses), (Some(0xa0), Some(vec!["1.3.6.1.5.5.7.3.1".to_owned()])));
}

#[test]
fn unreadable_files_are_reported_with_place_and_help() {
    let message = |bytes: &[u8]| {
        let errors = read("a.pem", bytes).expect_err("unreadable");
        errors.iter().map(|error| format!("{}: {}", error.name, error.problem)).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(message(b""), @"a.pem: no certificate and no request: a line `-----BEGIN CERTIFICATE-----` or `-----BEGIN CERTIFICATE REQUEST-----` is expected");
    insta::assert_snapshot!(message(b"\xff\xfe-\0"), @"a.pem: PEM is ASCII, and this is UTF-16; save the file as ASCII");
    insta::assert_snapshot!(message(b"\x30\x82\x01\x02\x03"), @"a.pem: neither certificate nor request in DER; convert PKCS #7 with `openssl pkcs7 -inform der -print_certs`, and hand in nothing that holds a key");
    let three = "-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----\n\n-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n\
                 -----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    insta::assert_snapshot!(message(three.as_bytes()), @r"
    a.pem:1: PKCS #7; take the certificates out with `openssl pkcs7 -print_certs`
    a.pem:5: `X509 CRL` is neither certificate nor request
    a.pem:8: it is no certificate that can be read (unknown/unsupported ASN.1 DER tag: 0x00 at DER byte 1)
    ");
}

#[test]
fn private_keys_are_refused_and_not_shown() {
    for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"] {
        let text = format!("-----BEGIN {label}-----\nSECRETSECRET\n-----END {label}-----\n");
        let errors = read("a.pem", text.as_bytes()).expect_err("refused");
        assert_eq!(errors.len(), 1);
        assert!(
            errors[0].problem.contains("a private key stands here") && !format!("{errors:?}").contains("SECRET"),
            "{errors:?}"
        );
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(mut bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300), at in 0usize..400, with in proptest::num::u8::ANY) {
        let _ = read("a", &bytes);
        bytes.splice(0..0, [0x30, 0x82]);
        let _ = read("a", &bytes);
        // A whole request with one wrong byte, cut anywhere.
        let mut whole = windows_request(NAME_AND_VALUE, sequence(&[bmp("SAN"), bmp("dns=a&dns=b")]));
        let length = whole.len();
        whole[at % length] = with;
        let _ = request(&whole);
        let _ = request(&whole[..at % length]);
    }
}

const EDGE: &str = include_str!("../../lint/bases/edge.ocstopo");

/// A name inside and outside may be the same, with a certificate of each kind of authority.
#[test]
fn the_best_fit_decides_between_equal_common_names() {
    use super::matching::Index;
    use crate::compile::{CompileOptions, compile};
    use crate::product::IssuerKind;
    let sources = crate::text::SourceMap::new(vec![("a.ocstopo".to_owned(), EDGE.to_owned())]);
    let compiled = compile(sources, &CompileOptions::default());
    let mut plan = compiled.plans().expect("a plan").certificates().clone();
    let one = plan.certificates.iter().find(|one| one.usage == "access-edge").expect("a certificate").clone();
    let mut inside = one.clone();
    inside.slug = "inside".to_owned();
    inside.issuer.as_mut().expect("an authority").kind = IssuerKind::Enterprise;
    inside.template = Some("WebServer".to_owned());
    plan.certificates.push(inside);
    let authorities = compiled.resolved.expect("a topology").topology.organization.authorities;
    let index = Index::new(&plan);
    let meant = |template: Template, issuer: &str| {
        let facts = Facts {
            kind: Kind::Certificate,
            subject: vec![("CN".to_owned(), one.common_name.to_string())],
            issuer: vec![("CN".to_owned(), issuer.to_owned())],
            names: Vec::new(),
            others: Vec::new(),
            extended_uses: None,
            key_uses: None,
            key: Key::Rsa(2048),
            valid: None,
            authority: false,
            template,
        };
        index.of(&facts, &authorities).iter().map(|found| found.slug.clone()).collect::<Vec<_>>()
    };
    assert_eq!(meant(Template::Name("WebServer".to_owned()), "x"), ["inside"]);
    assert_eq!(meant(Template::Number, "x"), ["inside"]);
    assert_eq!(meant(Template::Name("Machine".to_owned()), "x"), ["inside"]);
}
