//! The programs and devices of users, and where they are.

use super::words::words;

words! {
    /// What users sign in with.
    pub enum Client {
        /// Office Communicator on a computer.
        Communicator = "communicator", "Communicator";
        /// A telephone that is a client.
        Phone = "phone", "Communicator Phone Edition";
        /// The client for meetings.
        LiveMeeting = "live_meeting", "Live Meeting";
        /// A browser at Communicator Web Access.
        Cwa = "cwa", "a browser (Communicator Web Access)";
    }
}

words! {
    /// Where a client is.
    pub enum ClientPlace {
        /// In a network of the organization.
        Inside = "inside";
        /// On the internet.
        Outside = "outside";
    }
}
