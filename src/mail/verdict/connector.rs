//! Whose host is this? The connector's, another provider's, OVHcloud's, or a stranger's.

use super::{Evidence, Question};
use crate::mail::address::{self, Ip};
use crate::mail::authentication::Said;
use crate::mail::header::{Field, Header};
use crate::mail::provider::{self, Provider};
use crate::mail::received::Hop;
use crate::mail::scan;

/// The connector asked about, and what is known of its provider. What is not known is empty.
pub(super) struct Connector<'a> {
    pub(super) smart_host: &'a str,
    own_domain: &'a str,
    pub(super) provider: Option<&'static Provider>,
    /// The smart host's own domain, where nothing is known of the provider's hosts.
    domain: &'a str,
    /// The hosts of the provider, or of the smart host's house.
    hosts: &'static str,
    /// The sender's own domain is the connector's: an envelope sender there proves nothing.
    pub(super) is_senders: bool,
    /// A mark stands in the header that only the provider leaves where it sends.
    pub(super) is_marked: bool,
}

/// Who a host belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The connector's.
    Connector,
    /// Another row of the table of providers.
    Provider(&'static Provider),
    /// OVHcloud's servers for outgoing mail.
    OvhOut,
    /// OVHcloud's other mail servers: the sender's Exchange, or the recipient's mailbox.
    OvhInside,
    /// Not on the internet, or no host at all.
    Local,
    Stranger,
}

/// Hosts that only send, for mail without a connector.
const OVH_OUT: &str = "mail-out.ovh.net mail-out.ovh.ca";
const OVH_INSIDE: &str = "mail.ovh.net mail.ovh.ca garm.ovh";

/// Where OVHcloud takes mail for its mailboxes.
const OVH_DOORS: &str = "in*.mail.ovh.net mx*.mail.ovh.net";
/// Servers of OVHcloud's hosted Exchange, as they name themselves.
const OVH_EXCHANGE: &str = "dag*ex*.*.local ex*.indiv*.local";

/// Hosts of those who keep mailboxes: known not to be another connector's.
const MAILBOXES: &str = "google.com outlook.com yahoo.com yahoo.net icloud.com apple.com gmx.net web.de mail.ru yandex.net zoho.com zoho.eu protonmail.ch messagingengine.com aol.com orange.fr free.fr t-online.de kundenserver.de gandi.net infomaniak.ch ionos.com";

impl<'a> Connector<'a> {
    pub(super) fn new(question: &Question<'a>, header: &Header<'_>, evidence: &Evidence) -> Self {
        let smart_host = without_port(scan::trimmed(question.smart_host, b" ."));
        let provider = question
            .provider
            .and_then(provider::named)
            .or_else(|| provider::of_smart_host(smart_host));
        let own_domain = scan::trimmed(question.own_domain.unwrap_or(""), b" .@*");
        // Who reads it off a mail without a connector gives the name of OVHcloud's own servers.
        let is_ovhs = provider::any(OVH_OUT, own_domain)
            || provider::any(OVH_INSIDE, own_domain)
            || address::is_under("mail.ovh.net", own_domain);
        let mut connector = Self {
            smart_host,
            own_domain: if is_ovhs || !scan::has(own_domain, b'.') {
                ""
            } else {
                own_domain
            },
            provider,
            domain: "",
            hosts: provider.map_or("", |provider| provider.trace.hosts),
            is_senders: false,
            is_marked: false,
        };
        let named = scan::has(smart_host, b'.') && Ip::read(smart_host).is_none();
        if named && connector.hosts.is_empty() {
            let mut newest = evidence.hops.iter().rev().map(Hop::by);
            let newest = newest.find(|by| !is_local(by)).unwrap_or("");
            let registrable = address::registrable(smart_host);
            let house = house_of(smart_host);
            // Where the recipient's servers, or the sender's, are of the smart host's house, only its full
            // name tells.
            if address::is_under(newest, registrable)
                || provider::any(house, newest)
                || provider::any(OVH_INSIDE, smart_host)
            {
                connector.domain = smart_host;
            } else {
                (connector.domain, connector.hosts) = (registrable, house);
            }
        }
        connector.is_senders = evidence.senders.iter().any(|sender| {
            let home = address::registrable(address::domain(sender));
            !connector.has_given(home)
                && (address::is_under(connector.domain, home)
                    || address::is_under(connector.own_domain, home)
                    || provider::any(connector.hosts, home))
        });
        let mut fields = header.fields.iter();
        // The recipient's gateway leaves the marks of its own house.
        connector.is_marked =
            !connector.may_be_recipients() && fields.any(|field| connector.is_mark(field));
        connector
    }

    /// A field that the provider adds.
    #[cfg_attr(target_family = "wasm", inline(never))]
    pub(super) fn is_mark(&self, field: &Field<'_>) -> bool {
        let marks = self.provider.map_or("", |provider| provider.trace.marks);
        scan::words(marks, b" ").any(|mark| {
            let name = scan::until(mark, b"=");
            let part = scan::from(mark, name.len() + 1);
            let named = if scan::has(name, b'*') {
                provider::matches(name, field.name)
            } else {
                field.is(name)
            };
            named && (part.is_empty() || scan::behind(field.value, part).is_some())
        })
    }

    /// There is nothing to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.smart_host.is_empty() && self.provider.is_none() && self.own_domain.is_empty()
    }

    /// It is known from which hosts the connector's mail comes.
    pub(super) fn is_known(&self) -> bool {
        let is_traced = |provider: &Provider| !provider.trace.hosts.is_empty();
        self.provider.is_some_and(is_traced) || !self.own_domain.is_empty()
    }

    /// It is known by a domain of the sender's only, under which other servers may stand.
    pub(super) fn is_under_senders_domain(&self) -> bool {
        self.is_senders && !self.domain.is_empty()
    }

    /// Filters for recipients too, or may: of an unknown provider it cannot be excluded.
    pub(super) fn may_be_recipients(&self) -> bool {
        self.provider.is_none_or(|provider| provider.trace.gateway)
    }

    #[cfg_attr(target_family = "wasm", inline(never))]
    pub(super) fn has_host(&self, host: &str) -> bool {
        let is_smart_host = !host.is_empty() && scan::is(host, self.smart_host);
        is_smart_host
            || address::is_under(host, self.domain)
            || address::is_under(host, self.own_domain)
            || provider::any(self.hosts, host)
    }

    /// The provider puts addresses of this domain in the place of a sender whose domain it does not know.
    pub(super) fn has_given(&self, domain: &str) -> bool {
        self.provider
            .is_some_and(|provider| provider::any(provider.trace.given, domain))
    }

    /// The envelope sender stands under a domain of the provider.
    pub(super) fn has_envelope(&self, sender: &str) -> bool {
        let domain = address::domain(sender);
        let filters = self.provider.is_some_and(|provider| provider.trace.gateway);
        !domain.is_empty() && !self.is_senders && !filters && self.has_host(domain)
    }

    /// The envelope sender has the provider's form under the customer's domain.
    pub(super) fn has_rewritten(&self, sender: &str) -> bool {
        self.provider
            .is_some_and(|provider| provider::any(provider.trace.rewritten, sender))
    }

    /// The side that handed the mail over in this hop.
    pub(super) fn sender_of(&self, hop: &Hop) -> Side {
        if let Some(address) = hop.address
            && Ip::read(self.smart_host).is_some_and(|(own, _)| own == address)
        {
            return Side::Connector;
        }
        let hidden = hop
            .address
            .is_some_and(|address| address.is_private() || address.is_unspecified());
        let side = self.side_of(sender_name(hop));
        match side {
            Side::Stranger if hidden => Side::Local,
            Side::Local if hop.address.is_some() && !hidden && hop.reverse().is_empty() => {
                Side::Stranger
            }
            side => side,
        }
    }

    /// The side that took the mail in this hop.
    pub(super) fn taker_of(&self, hop: &Hop) -> Side {
        if let Some(provider) = self.provider
            && took(provider, hop, self.is_marked)
        {
            return Side::Connector;
        }
        let side = self.side_of(hop.by());
        if matches!(side, Side::Local | Side::Stranger) {
            let other = |provider: &&Provider| {
                Some(*provider) != self.provider && took(provider, hop, false)
            };
            return provider::all()
                .iter()
                .find(other)
                .map_or(side, Side::Provider);
        }
        side
    }

    fn side_of(&self, name: &str) -> Side {
        let name = scan::trimmed(name, b".");
        if self.has_host(name) {
            Side::Connector
        } else if provider::any(OVH_OUT, name) {
            Side::OvhOut
        } else if provider::any(OVH_INSIDE, name) {
            Side::OvhInside
        } else if is_local(name) {
            Side::Local
        } else {
            provider::of_host(name).map_or(Side::Stranger, Side::Provider)
        }
    }
}

/// The provider's own server took the mail.
fn took(provider: &Provider, hop: &Hop, is_marked: bool) -> bool {
    let trace = &provider.trace;
    let certain = is_marked || !trace.inner.starts_with('%');
    scan::words(trace.software, b",").any(|known| known == hop.software())
        || (certain && provider::any(trace.inner, hop.by()))
        || provider::any(trace.hosts, hop.by())
}

/// The name to go by: what the receiver looked up, before what the sender claimed. Empty where
/// there is none.
pub(super) fn sender_name(hop: &Hop) -> &str {
    first_name([hop.reverse(), hop.helo(), hop.from()])
}

pub(super) fn claimed_name(hop: &Hop) -> &str {
    first_name(["", hop.helo(), hop.from()])
}

/// The first that could be a host's name on the internet.
#[cfg_attr(target_family = "wasm", inline(never))]
fn first_name(names: [&str; 3]) -> &str {
    let usable =
        |name: &&str| scan::has(name, b'.') && Ip::read(name).is_none() && !scan::has(name, b'@');
    names.into_iter().find(usable).unwrap_or("")
}

pub(super) fn is_door(name: &str) -> bool {
    provider::any(OVH_DOORS, name)
}

pub(super) fn is_hosted(name: &str) -> bool {
    provider::any(OVH_EXCHANGE, name)
}

pub(super) fn is_mailbox(name: &str) -> bool {
    provider::any(MAILBOXES, name)
}

/// Domains of one house.
const HOUSES: &str = "outlook.com office365.com office.com microsoft.com hotmail.com exchangelabs.com,\
    google.com gmail.com googlemail.com,\
    ppe-hosted.com pphosted.com,hornetsecurity.com antispameurope.com,\
    kundenserver.de ionos.de ionos.com ionos.fr ionos.es ionos.it ionos.co.uk 1und1.de,\
    infomaniak.com infomaniak.ch,fastmail.com messagingengine.com,strato.de rzone.de,\
    barracudanetworks.com barracuda.com,resend.com amazonses.com";

/// Both names are of one house, as far as names tell; or it is one machine seen from both sides.
pub(super) fn is_kin(one: &str, other: &str) -> bool {
    let (machine, twin) = (scan::until(one, b"."), scan::until(other, b"."));
    (machine.len() > 6 && scan::is(machine, twin)) || is_one_house(one, other)
}

fn is_one_house(one: &str, other: &str) -> bool {
    scan::is(address::registrable(one), address::registrable(other))
        || provider::any(house_of(one), other)
}

/// The domains of the house that the host is of, itself among them; empty where it has but one.
fn house_of(host: &str) -> &'static str {
    let mut houses = scan::words(HOUSES, b",").chain([OVH_INSIDE]);
    houses
        .find(|house| provider::any(house, host))
        .unwrap_or("")
}

/// The recipient's own server says so: one of the house that took the mail at the first of these
/// hops or behind it. Where nobody is named, or only a mailbox, the place above that hop tells.
pub(super) fn is_own(hops: &[Hop], said: &Said, place: usize) -> bool {
    let named = |by: &&str| scan::has(by, b'.') && !scan::has(by, b'@');
    match said.by.as_deref().filter(named) {
        Some(speaker) => hops
            .iter()
            .any(|hop| !hop.by().is_empty() && is_one_house(hop.by(), speaker)),
        None => hops.first().is_some_and(|hop| place < hop.range.start),
    }
}

/// The host in front of a port.
fn without_port(host: &str) -> &str {
    let name = scan::until(host, b":");
    if scan::has(name, b'.') { name } else { host }
}

/// Names that mean something only where they were given.
fn is_local(name: &str) -> bool {
    const ENDS: &str = "local localdomain localhost lan internal intra intranet home corp";
    !scan::has(name, b'.') || Ip::read(name).is_some() || provider::any(ENDS, name)
}
