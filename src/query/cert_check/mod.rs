//! Existing certificates and requests, compared with the planned ones.
//! Input: names and bytes of files, the plan of certificates. Output: findings at the places in those files. Knows no files, no
//! terminal and no artifacts, sees no private key, and verifies no signature.

mod compare;
mod dates;
mod facts;
mod file;
mod handed_in;
mod issuer;
mod matching;
mod pem;
mod read;
mod several;
mod shared;
mod wildcard;

pub use compare::{Checked, Fitting, ServedBy, check};
pub use facts::{Facts, Key, Kind, Template};
pub use file::{CertificateFile, Item, Unreadable, read};
pub use handed_in::handed_in;

#[cfg(test)]
mod tests;
