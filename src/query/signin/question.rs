//! The question: who signs in, with what, from where, and what is down.

pub use crate::lower::SignInAddress;
pub(super) use crate::lower::beginning as shown;
use crate::product::{Client, ClientPlace};

/// Who signs in, and in what circumstances.
#[derive(Debug, Clone)]
pub struct Question {
    /// The sign-in address.
    pub address: SignInAddress,
    /// What the user signs in with.
    pub client: Client,
    /// Where the client is.
    pub place: ClientPlace,
    /// The site, or the network, that a client inside is in.
    pub site: Option<String>,
    /// The home pool of the user.
    pub pool: Option<String>,
    /// What is down or not there: paths, addresses, names in DNS.
    pub down: Vec<String>,
}
