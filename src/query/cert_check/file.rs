//! One file of certificates or requests: PEM with any number of blocks, or one certificate or request in DER.

use super::facts::{Facts, cut};
use super::{pem, read as der};

/// The placeholder for the text of a binary file.
const BINARY: &str = "(a binary file, DER)\n";

/// A file and what it holds.
#[derive(Debug)]
pub struct CertificateFile {
    /// The name that messages show.
    pub name: String,
    /// Its text, for places.
    pub text: String,
    /// Its certificates and requests, in order; there is at least one.
    pub items: Vec<Item>,
}

/// A certificate or request and its place.
#[derive(Debug)]
pub struct Item {
    /// The bytes of the line that it begins with.
    pub line: (u32, u32),
    /// The number of that line.
    pub number: usize,
    /// What it says.
    pub facts: Facts,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The file, with the line where there is one.
    pub name: String,
    /// What is wrong, and the way out.
    pub problem: String,
}

/// Reads a file; all its errors are returned.
pub fn read(name: &str, bytes: &[u8]) -> Result<CertificateFile, Vec<Unreadable>> {
    let refuse = |problem: &str| vec![Unreadable { name: name.to_owned(), problem: problem.to_owned() }];
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(refuse("PEM is ASCII, and this is UTF-16; save the file as ASCII"));
    }
    // The first byte of every encoded certificate; no text begins with it and the length that follows.
    if bytes.first() == Some(&0x30) && bytes.get(1).is_some_and(|length| *length >= 0x80) {
        return match der::certificate(bytes).or_else(|_| der::request(bytes)) {
            Ok(facts) => {
                let end = u32::try_from(BINARY.trim_end().len()).unwrap_or_default();
                let item = Item { line: (0, end), number: 1, facts };
                Ok(CertificateFile { name: name.to_owned(), text: BINARY.to_owned(), items: vec![item] })
            }
            Err(_) => Err(refuse(
                "neither certificate nor request in DER; convert PKCS #7 with `openssl pkcs7 -inform der -print_certs`, and hand in nothing that holds a key",
            )),
        };
    }
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut items = Vec::new();
    let mut errors = Vec::new();
    for block in pem::blocks(&text) {
        let facts = match block.label {
            label if label.contains("PRIVATE KEY") => Err(
                "a private key stands here; it must stay on its computer. Hand in the certificate or the request alone, and if the file has been \
                 elsewhere, treat the key as known"
                    .to_owned(),
            ),
            "CERTIFICATE" | "X509 CERTIFICATE" => block.content.and_then(|bytes| der::certificate(&bytes)),
            "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => block.content.and_then(|bytes| der::request(&bytes)),
            "PKCS7" | "CMS" => Err("PKCS #7; take the certificates out with `openssl pkcs7 -print_certs`".to_owned()),
            label => Err(format!("`{}` is neither certificate nor request", cut(label))),
        };
        match facts {
            Ok(facts) => items.push(Item { line: block.line, number: block.number, facts }),
            Err(problem) => errors.push(Unreadable { name: format!("{name}:{}", block.number), problem }),
        }
    }
    if items.is_empty() && errors.is_empty() {
        return Err(refuse(
            "no certificate and no request: a line `-----BEGIN CERTIFICATE-----` or `-----BEGIN CERTIFICATE REQUEST-----` is expected",
        ));
    }
    if errors.is_empty() { Ok(CertificateFile { name: name.to_owned(), text, items }) } else { Err(errors) }
}
