//! What a deployment offers to its users.

use super::words::words;
use super::{Choice, Product, Releases};

words! {
    /// A capability of the deployment; flows, names and certificates of the catalogue name the features that need them.
    /// Those with a meaning here are what `features` in a topology lists; the others come from `external_access`.
    pub enum Feature: Choice {
        /// Instant messaging and presence: always on.
        ImPresence = "im_presence";
        WebConferencing = "web_conferencing"
            => "Meetings with slides, polls and shared applications in the Live Meeting client.";
        AvConferencing = "av_conferencing" => "Audio and video in meetings and between two people.";
        EnterpriseVoice = "enterprise_voice"
            => "Calls to and from the telephone network, through Mediation Servers and gateways.";
        ImArchiving = "im_archiving" => "The content of instant messages is archived; needs an Archiving Server.";
        CallDetailRecords = "call_detail_records"
            => "Call detail records (participants, time and media) are kept; needs an Archiving Server, since 2007 R2 a Monitoring Server.";
        QoeMonitoring = "qoe_monitoring"
            => "Clients and servers report the quality of calls; needs a QoE Monitoring Server, since 2007 R2 a Monitoring Server.";
        WebAccess = "web_access" => "Instant messages and presence in a browser; needs Communicator Web Access.";
        SipTcp = "sip_tcp" => "Internal clients may also connect over TCP 5060 without TLS.";
        DeviceUpdate = "device_update" => "Phones download their software from the pool's web components.";
        DesktopSharing = "desktop_sharing" => "Users share their desktops in conferences, without the Live Meeting client." since Ocs2007R2;
        DialInConferencing = "dial_in_conferencing" => "People join conferences by telephone." since Ocs2007R2;
        ResponseGroup = "response_group" => "Calls are distributed to groups of agents through queues." since Ocs2007R2;
        GroupChat = "group_chat"
            => "Rooms that keep what is said in them; needs a Group Chat Server." since Ocs2007R2;
        OutsideVoiceControl = "outside_voice_control" => "Mobile phones place calls through the pool." since Ocs2007R2;
        /// Own users outside the network.
        RemoteUsers = "remote_users";
        /// Participants without an account.
        AnonymousMeetings = "anonymous_meetings";
        /// Federation with other organizations.
        Federation = "federation";
        /// Partners found by DNS.
        FederationDiscovery = "federation_discovery";
        /// MSN, AOL or Yahoo!.
        PublicIm = "public_im";
        /// Audio and video with partners that run OCS 2007.
        FederatedAvOcs2007 = "federated_av_ocs_2007";
        /// Audio and video with partners that run OCS 2007 R2.
        FederatedAvOcs2007R2 = "federated_av_ocs_2007_r2";
    }
}

impl Feature {
    /// What the author of a topology writes for it. Features of `external_access` are values there.
    pub fn written(self) -> &'static str {
        match self {
            Feature::FederationDiscovery => "federation = discovered",
            Feature::FederatedAvOcs2007 => "federated_av = ocs_2007",
            Feature::FederatedAvOcs2007R2 => "federated_av = ocs_2007_r2",
            _ => self.word(),
        }
    }
}
