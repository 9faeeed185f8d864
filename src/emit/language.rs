//! Output languages.

/// An output language; each has its own engine with its own escape function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// nftables rule sets.
    Nftables,
    /// BIND zone files.
    Bind,
    /// openssl request configuration.
    OpensslCnf,
    /// certreq INF.
    CertreqInf,
    /// Markdown.
    Markdown,
}
