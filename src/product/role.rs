//! Who takes part in a flow, in the Planning Guide's words.

use super::Product;
use super::words::words;

words! {
    /// A role of the catalogue: a server role, or a party outside the servers.
    pub enum Role {
        /// Clients and phones on internal networks.
        Client = "client", "Internal client";
        /// The consoles of administrators on internal networks.
        Administrator = "administrator", "Administrator's console";
        /// Clients of the organization's own users on the internet, and anonymous participants.
        RemoteClient = "remote_client", "Remote or anonymous client";
        /// The Access Edge or A/V Edge of a federated partner.
        FederatedPartner = "federated_partner", "Federated partner's edge";
        /// MSN, AOL, Yahoo!.
        PublicIm = "public_im", "Public IM provider";
        /// Name servers, certificate revocation lists and other services on the internet.
        PublicService = "public_service", "Public DNS and CRL";
        /// The Front End service, with IM and Telephony Conferencing.
        FrontEnd = "front_end", "Front End";
        /// Web Components (IIS).
        WebComponents = "web_components", "Web Components";
        /// Web Conferencing Server.
        WebConferencing = "web_conferencing", "Web Conferencing Server";
        /// A/V Conferencing Server.
        AvConferencing = "av_conferencing", "A/V Conferencing Server";
        /// A Director.
        Director = "director", "Director";
        /// The Access Edge service.
        AccessEdge = "access_edge", "Access Edge";
        /// The Web Conferencing Edge service.
        WebConferencingEdge = "web_conferencing_edge", "Web Conferencing Edge";
        /// The A/V Edge service.
        AvEdge = "av_edge", "A/V Edge";
        /// The HTTP reverse proxy.
        ReverseProxy = "reverse_proxy", "Reverse proxy";
        /// Mediation Server.
        Mediation = "mediation_server", "Mediation Server";
        /// A media gateway to the telephone network.
        MediaGateway = "media_gateway", "Media gateway";
        /// Exchange Unified Messaging.
        ExchangeUm = "exchange_um", "Exchange Unified Messaging";
        /// Archiving (2007: Archiving and CDR) Server.
        Archiving = "archiving_server", "Archiving Server";
        /// Monitoring Server (2007: QoE Monitoring Server).
        Monitoring = "monitoring_server", "Monitoring Server";
        /// Communicator Web Access.
        WebAccess = "web_access", "Communicator Web Access";
        /// Group Chat Server.
        GroupChat = "group_chat_server", "Group Chat Server";
        /// The Software Update Service for phones, a SharePoint site.
        UpdateServer = "update_server", "Software Update Service";
        /// The SQL Server of a pool, an Archiving, a Monitoring or a Group Chat Server.
        BackEnd = "back_end", "SQL Server";
        /// The file server of a pool.
        FileShare = "file_share", "File share";
        /// Active Directory domain controllers, with DNS.
        DomainController = "domain_controller", "Domain controller and DNS";
    }
}

impl Role {
    /// The name that people read in one release: some roles were renamed.
    pub fn title_in(self, product: Product) -> &'static str {
        match (self, product) {
            (Role::Monitoring, Product::Ocs2007) => "QoE Monitoring Server",
            _ => self.title(),
        }
    }

    /// One of them in the middle of a sentence, as in "needs a media gateway".
    pub fn noun_in(self, product: Product) -> &'static str {
        match self {
            Role::Client => "internal client",
            Role::Administrator => "administrator's console",
            Role::RemoteClient => "remote or anonymous client",
            Role::FederatedPartner => "federated partner's edge",
            Role::PublicIm => "public IM provider",
            Role::PublicService => "public DNS or CRL server",
            Role::WebComponents => "Web Components Server",
            Role::ReverseProxy => "reverse proxy",
            Role::MediaGateway => "media gateway",
            Role::ExchangeUm => "Exchange Unified Messaging server",
            Role::WebAccess => "Communicator Web Access server",
            Role::FileShare => "file share",
            Role::DomainController => "domain controller",
            _ => self.title_in(product),
        }
    }
}
