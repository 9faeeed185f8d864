//! Groups, servers and endpoints out of the blocks of the sites.

use std::net::Ipv4Addr;

use super::holder::Holder;
use super::place::Places;
use super::scope::{Scope, Symbol, some_of};
use super::{Detail, Endpoint, EndpointId, Group, GroupId, Member, Named, Network, Server, ServerId, Site, SiteId, Vip};
use crate::diag::codes::model::{INCOMPLETE_VIP, NO_NAME};
use crate::diag::{Diag, Fact};
use crate::lower::{Decl, Fqdn};
use crate::product::{GroupKind, Role, Side};
use crate::text::{Span, Spanned};

/// Fills the arenas of groups, servers and endpoints.
pub(super) struct Builder<'a, 'd> {
    networks: &'a [Network],
    scope: &'a Scope,
    places: &'a mut Places,
    pub(super) diags: &'a mut Vec<Diag>,
    groups: Vec<Group>,
    servers: Vec<Server>,
    endpoints: Vec<Endpoint>,
    decls: Vec<&'d Decl>,
    nameless: Vec<Nameless>,
    halves: Vec<HalfVip>,
}

/// A load balancer without its virtual address: a free one is found when every address has its holder.
struct HalfVip {
    diag: Diag,
    /// The attribute that is missing.
    missing: &'static str,
    /// Where the addresses of the servers are written.
    beside: Vec<Span>,
}

/// The servers of one site that have no full name because the site states no domain.
#[derive(Debug)]
pub(super) struct Nameless {
    pub(super) site: SiteId,
    /// How many there are.
    pub(super) servers: usize,
    /// The first of them.
    pub(super) first: String,
    /// Where the first is declared.
    pub(super) span: Span,
}

/// The arenas, for each group the block that it came from, and the servers without a name.
pub(super) type Built<'d> = (Vec<Group>, Vec<Server>, Vec<Endpoint>, Vec<&'d Decl>, Vec<Nameless>);

impl<'a, 'd> Builder<'a, 'd> {
    pub(super) fn new(networks: &'a [Network], scope: &'a Scope, places: &'a mut Places, diags: &'a mut Vec<Diag>) -> Self {
        Self {
            networks,
            scope,
            places,
            diags,
            groups: Vec::new(),
            servers: Vec::new(),
            endpoints: Vec::new(),
            decls: Vec::new(),
            nameless: Vec::new(),
            halves: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> Built<'d> {
        for HalfVip { diag, missing, beside } in self.halves {
            let free = beside.into_iter().find_map(|block| self.places.free_beside(block, self.networks));
            let help =
                free.map(|address| format!("write `{missing} = {address}` too, or another free address of the servers' network"));
            self.diags.push(diag.help_opt(help));
        }
        (self.groups, self.servers, self.endpoints, self.decls, self.nameless)
    }

    /// A new group without servers.
    pub(super) fn group(&mut self, site: &Site, decl: &'d Decl, kind: GroupKind, path: String, detail: Detail) -> GroupId {
        let id = GroupId(self.groups.len() as u32);
        let automatic_sign_in = decl.boolean("automatic_sign_in").then(|| decl.place("automatic_sign_in"));
        self.groups.push(Group {
            id,
            kind,
            block: decl.kind(),
            name: decl.name.clone(),
            path,
            site: site.id,
            fqdn: None,
            automatic_sign_in,
            servers: Vec::new(),
            endpoints: Vec::new(),
            relations: Vec::new(),
            detail,
            span: decl.name_span,
        });
        self.decls.push(decl);
        id
    }

    pub(super) fn group_mut(&mut self, id: GroupId) -> &mut Group {
        &mut self.groups[id.index()]
    }

    /// A new server of a group; its addresses come with [`Builder::address`].
    pub(super) fn server(&mut self, site: &Site, group: GroupId, decl: &'d Decl, path: String, fqdn: Option<Fqdn>) -> ServerId {
        let id = ServerId(self.servers.len() as u32);
        let group_decl = self.decls[group.index()];
        let operating_system = operating_system(decl).or_else(|| operating_system(group_decl));
        let network_cards = network_cards(decl).or_else(|| network_cards(group_decl));
        self.servers.push(Server {
            id,
            name: decl.name.clone(),
            path,
            fqdn,
            group,
            site: site.id,
            operating_system,
            network_cards,
            addresses: Vec::new(),
            span: decl.name_span,
        });
        self.group_mut(group).servers.push(id);
        id
    }

    pub(super) fn server_fqdn(&self, id: ServerId) -> Option<&Fqdn> {
        self.servers[id.index()].fqdn.as_ref()
    }

    pub(super) fn set_server_fqdn(&mut self, id: ServerId, fqdn: Fqdn) {
        self.servers[id.index()].fqdn = Some(fqdn);
    }

    /// The full name of a server in its site's domain, unless it states one.
    pub(super) fn name_in_domain(&mut self, site: &Site, decl: &Decl) -> Option<Spanned<Fqdn>> {
        if let Some(fqdn) = decl.fqdn("fqdn") {
            return Some(fqdn);
        }
        let Some(domain) = &site.domain else {
            // A domain that could not be resolved is reported already; what runs on another's computer has its name.
            if !decl.is_written("fqdn") && !decl.is_written("host") && !site.domain_written {
                match self.nameless.last_mut() {
                    Some(nameless) if nameless.site == site.id => nameless.servers += 1,
                    _ => {
                        self.nameless.push(Nameless { site: site.id, servers: 1, first: decl.name.clone(), span: decl.name_span })
                    }
                }
            }
            return None;
        };
        let domain = domain.clone();
        self.named_in(&domain, decl)
    }

    /// The name of the file server of a `file_share`: as stated, else the host in its path, in the site's domain where that is
    /// one word. An address in the path is no name.
    pub(super) fn share_host(&mut self, site: &Site, decl: &Decl) -> Option<Spanned<Fqdn>> {
        let path = decl.text("path").filter(|_| !decl.is_written("fqdn"));
        let host = path.and_then(|path| path.value.strip_prefix(r"\\")?.split('\\').next());
        let host = host.filter(|host| host.parse::<Ipv4Addr>().is_err()).and_then(|host| Fqdn::parse(host).ok());
        let (Some(path), Some(host)) = (path, host) else { return self.name_in_domain(site, decl) };
        if host.parent().is_some() {
            return Some(Spanned::new(host, path.span));
        }
        let Some(domain) = &site.domain else { return self.name_in_domain(site, decl) };
        domain.value.child(host.as_str()).ok().map(|name| Spanned::new(name, path.span))
    }

    /// The name of a block in a domain; one that is too long is an error here, because nothing later would miss it.
    pub(super) fn named_in(&mut self, domain: &Spanned<Fqdn>, decl: &Decl) -> Option<Spanned<Fqdn>> {
        match domain.value.child(&decl.name) {
            Ok(fqdn) => Some(Spanned::new(fqdn, decl.name_span)),
            Err(why) => {
                self.diags.push(
                    Diag::error(
                        NO_NAME,
                        format!("{} `{}` has no full name", decl.kind(), decl.name),
                        decl.name_span,
                        format!("the name in its domain is not valid: {why}"),
                    )
                    .related(domain.span, "the domain")
                    .help("write a shorter name, or write its full name: `fqdn = \"…\"`")
                    .needs(Fact::Written(decl.name_span)),
                );
                None
            }
        }
    }

    /// Gives a server the address of an attribute; `None` where it is not written or in no network.
    pub(super) fn address(&mut self, server: ServerId, decl: &Decl, attr: &str) -> Option<Member> {
        let address = decl.address(attr)?;
        let holder = self.holder(server, decl, address.span);
        self.hold_on(server, holder, address)
    }

    /// Gives a database the address of a node of its cluster.
    pub(super) fn node(&mut self, server: ServerId, decl: &Decl, address: Spanned<Ipv4Addr>) {
        let holder = self.holder(server, decl, address.span).node();
        self.hold_on(server, holder, address);
    }

    /// A server as holder of an address that is written in its block.
    fn holder(&self, server: ServerId, decl: &Decl, place: Span) -> Holder {
        let Server { path, fqdn, group, .. } = &self.servers[server.index()];
        let group = &self.groups[group.index()];
        let site = path.split_once('.').map_or("", |(site, _)| site);
        // The server whose block holds a database.
        let parent = path.rsplit_once('.').filter(|_| group.kind == GroupKind::BackEnd).map(|(parent, _)| parent);
        let owner = parent.and_then(|parent| self.groups.iter().rev().find(|group| group.path == parent));
        Holder::new(format!("`{path}`"), computer(path, decl), place)
            .server(group.kind, decl, site, fqdn.clone())
            .of(owner.map(|owner| computer(&owner.path, self.decls[owner.id.index()])))
    }

    /// Gives a server an address; those that run on one computer may share it.
    fn hold_on(&mut self, server: ServerId, holder: Holder, address: Spanned<Ipv4Addr>) -> Option<Member> {
        let network = self.places.place(address, self.networks, self.diags)?;
        self.places.hold(address.value, holder, self.diags);
        let addresses = &mut self.servers[server.index()].addresses;
        if !addresses.iter().any(|(known, _)| known.value == address.value) {
            addresses.push((address, network));
        }
        Some(Member { server, address, network })
    }

    /// The virtual address that two attributes describe; half of one is an error. Servers are in the block itself, those of edges
    /// beside it in `array`.
    pub(super) fn vip(
        &mut self,
        site: &Site,
        decl: &Decl,
        array: Option<&Decl>,
        [vip, balancer]: [&'static str; 2],
        holder: &str,
    ) -> Option<Vip> {
        let reference = self.scope.attribute(decl, balancer, Some(&site.name), self.diags);
        let address = decl.address(vip);
        if let (true, false) | (false, true) = (decl.is_written(vip), decl.is_written(balancer)) {
            let (written, missing) = if decl.is_written(vip) { (vip, balancer) } else { (balancer, vip) };
            let (label, way_out) = if written == vip {
                let balancers = self.scope.candidates(&["load_balancer"], Some(&site.name));
                let way_out = match balancers.as_slice() {
                    [only] => format!("write `{missing} = {only}` too, or remove both"),
                    [] => format!("declare a `load_balancer`, and write `{missing} = …` with its name; or remove `{vip}`"),
                    many => format!("write `{missing} = …` with {}, or remove both", some_of(many)),
                };
                ("a virtual address needs a load balancer", way_out)
            } else {
                ("no virtual address is given", format!("write `{missing}` too, with a free address of the servers' network"))
            };
            let message = format!("`{written}` is written without `{missing}`");
            let diag = Diag::error(INCOMPLETE_VIP, message, decl.place(written), label).help(way_out);
            if written == vip {
                self.diags.push(diag);
            } else {
                let word = if decl.kind() == "inside" && array.is_some_and(|array| array.block("inside").is_none()) {
                    "av_edge"
                } else {
                    decl.kind()
                };
                let beside = match array {
                    None => vec![decl.span],
                    Some(array) => array.blocks("server").map(|server| server.place(word)).collect(),
                };
                self.halves.push(HalfVip { diag, missing: vip, beside });
            }
        }
        let address = address?;
        let network = self.places.place(address, self.networks, self.diags)?;
        let holder = Holder::new(format!("the VIP of `{holder}`"), format!("vip of {holder}"), address.span);
        self.places.hold(address.value, holder, self.diags);
        match reference?.value {
            Symbol::Named(Named::LoadBalancer(load_balancer)) => Some(Vip { address, network, load_balancer }),
            _ => None,
        }
    }

    /// A new endpoint of a group.
    pub(super) fn endpoint(
        &mut self,
        group: GroupId,
        role: Role,
        side: Side,
        fqdn: Option<Spanned<Fqdn>>,
        vip: Option<Vip>,
        members: Vec<Member>,
    ) {
        if members.is_empty() {
            return;
        }
        let id = EndpointId(self.endpoints.len() as u32);
        let span = self.groups[group.index()].span;
        self.endpoints.push(Endpoint { id, group, role, side, fqdn, vip, members, span });
        self.group_mut(group).endpoints.push(id);
    }

    /// A group of one server with one role on its inside.
    pub(super) fn single_at(
        &mut self,
        site: &Site,
        decl: &'d Decl,
        kind: GroupKind,
        role: Role,
        detail: Detail,
        path: String,
    ) -> GroupId {
        let group = self.group(site, decl, kind, path.clone(), detail);
        let fqdn = if kind == GroupKind::FileShare { self.share_host(site, decl) } else { self.name_in_domain(site, decl) };
        self.group_mut(group).fqdn = fqdn.clone();
        let server = self.server(site, group, decl, path, fqdn.clone().map(|fqdn| fqdn.value));
        let members: Vec<Member> = self.address(server, decl, "address").into_iter().collect();
        self.endpoint(group, role, Side::Inside, fqdn, None, members);
        group
    }

    /// The servers of one kind of block inside a group, each with its inside address.
    pub(super) fn members(&mut self, site: &Site, group: GroupId, decl: &'d Decl, kind: &'d str) -> Vec<Member> {
        let parent = self.groups[group.index()].path.clone();
        let mut members = Vec::new();
        for block in decl.blocks(kind) {
            let fqdn = self.name_in_domain(site, block).map(|fqdn| fqdn.value);
            let server = self.server(site, group, block, format!("{parent}.{}", block.name), fqdn);
            members.extend(self.address(server, block, "address"));
        }
        members
    }

    /// The location profile that a block names.
    pub(super) fn location_profile(&mut self, site: &Site, decl: &Decl) -> Option<Spanned<String>> {
        self.scope.attribute(decl, "location_profile", Some(&site.name), self.diags);
        decl.reference("location_profile").map(|words| words.map(|words| words.join(".")))
    }
}

/// The computer of a server: its own, or the one that `host` means, which is in the own site where it is one word.
fn computer(path: &str, decl: &Decl) -> String {
    match (decl.reference("host").as_ref().map(|words| words.value), path.split_once('.')) {
        (None, _) => path.to_owned(),
        (Some([name]), Some((site, _))) => format!("{site}.{name}"),
        (Some(words), _) => words.join("."),
    }
}

fn network_cards(decl: &Decl) -> Option<u64> {
    decl.block("hardware")?.integer("network_cards").map(|cards| cards.value)
}

fn operating_system(decl: &Decl) -> Option<&'static str> {
    decl.block("software")?.choice("operating_system").map(|system| system.value)
}
