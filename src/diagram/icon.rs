//! What boxes look like: the shapes that forms draw.

macro_rules! icons {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {
        /// The shape of a box.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Icon {
            $($(#[doc = $doc])* $name,)*
        }

        impl Icon {
            /// All of them.
            pub const ALL: &'static [Icon] = &[$(Icon::$name),*];
        }
    };
}

icons! {
    /// The internet.
    Internet;
    /// People.
    People;
    /// Another organization.
    Partner;
    /// A provider of public instant messaging.
    PublicIm;
    /// A service on the internet.
    Service;
    /// A firewall.
    Firewall;
    /// A network.
    Network;
    /// The consoles of administrators.
    Console;
    /// A WAN link.
    Wan;
    /// A load balancer.
    Balancer;
    /// Several servers with one name.
    Pool;
    /// One server.
    Server;
    /// A Director.
    Director;
    /// An edge server.
    Edge;
    /// A reverse proxy.
    Proxy;
    /// A Mediation Server.
    Mediation;
    /// A media gateway.
    Gateway;
    /// The telephone network.
    Telephone;
    /// Voice mail.
    Voicemail;
    /// An archive.
    Archive;
    /// Something that measures.
    Monitor;
    /// A program in a browser.
    Browser;
    /// A database.
    Database;
    /// A file share.
    Folder;
    /// A domain controller.
    Directory;
    /// A site.
    Site;
    /// A name in DNS.
    Name;
    /// A set of rules for dialled numbers.
    Rules;
}
