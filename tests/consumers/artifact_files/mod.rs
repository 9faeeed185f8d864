//! The artifacts of the examples, judged by the programs that will read them: nft and the kernel, BIND's tools, openssl;
//! and by a reader of the INF form, because certreq is not at hand.

mod dns_change;
mod dns_scripts;
mod dnscmd;
mod firewalls;
mod hosts;
mod inf;
mod octodns;
mod request_scripts;
mod requests;
mod resolution;
mod zone_reader;
mod zones;
