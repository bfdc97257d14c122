//! What a relay leaves in the header of a mail it carried: hosts, envelope sender, signature and
//! fields of its own. Shapes of the known providers; all addresses are from documentation ranges.

use super::chance::Chance;
use super::clock::Moment;

/// A relay's trace in one mail.
pub struct Trace {
    /// The host that hands the mail over to the recipient's side.
    pub host: String,
    pub ip: &'static str,
    /// The envelope sender (Return-Path).
    pub bounce: String,
    /// `d=` of its DKIM signature, and the selector.
    pub signer: String,
    pub selector: &'static str,
    /// The relay's own inner hop, whole, without `Received: `.
    pub inner: String,
    pub message_id: String,
    /// Whether the hops before the relay are still there: Brevo drops them.
    pub keeps_hops: bool,
    /// Fields of its own.
    pub extra: Vec<(&'static str, String)>,
}

/// Which provider a smart host belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Provider {
    Brevo,
    Mailjet,
    SendGrid,
    AmazonSes,
    Mailgun,
    Postmark,
    Other,
}

const SMART_HOSTS: [(&str, Provider); 10] = [
    ("brevo.com", Provider::Brevo),
    ("sendinblue.com", Provider::Brevo),
    ("mailjet.com", Provider::Mailjet),
    ("sendgrid.net", Provider::SendGrid),
    ("sendgrid.com", Provider::SendGrid),
    ("amazonaws.com", Provider::AmazonSes),
    ("amazonses.com", Provider::AmazonSes),
    ("mailgun.org", Provider::Mailgun),
    ("postmarkapp.com", Provider::Postmark),
    ("mtasv.net", Provider::Postmark),
];

fn provider(smart_host: &str) -> Provider {
    let of = |domain: &str| {
        let rest = smart_host.strip_suffix(domain);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let found = SMART_HOSTS.iter().find(|(domain, _)| of(domain));
    found.map_or(Provider::Other, |(_, provider)| *provider)
}

/// The registrable domain, near enough: the last two labels, three below `co.uk` and its like.
fn registrable(host: &str) -> String {
    let labels: Vec<&str> = host.split('.').collect();
    let second = labels
        .len()
        .checked_sub(2)
        .map_or("", |place| labels[place]);
    let last = labels.last().copied().unwrap_or_default();
    let short = last.len() == 2 && ["co", "com", "org", "net", "ac", "gov"].contains(&second);
    let count = if short { 3 } else { 2 };
    labels[labels.len().saturating_sub(count)..].join(".")
}

/// What the providers' traces are made of.
struct Mail<'a> {
    smart_host: &'a str,
    /// The sender's domain.
    domain: &'a str,
    /// The sender, as it stands within an envelope sender that names it (VERP).
    verp: String,
    number: u64,
    now: Moment,
}

/// The trace of the relay at `smart_host` in a mail from `sender`.
pub fn trace(smart_host: &str, sender: &str, chance: &mut Chance, now: Moment) -> Trace {
    let smart_host = smart_host.to_lowercase();
    let mail = Mail {
        smart_host: &smart_host,
        domain: sender.split('@').nth(1).unwrap_or("mydomain.ovh"),
        verp: sender.replace('@', "="),
        number: 10_000_000 + chance.below(89_999_999),
        now,
    };
    match provider(&smart_host) {
        Provider::Brevo => brevo(&mail, chance),
        Provider::Mailjet => mailjet(&mail, chance),
        Provider::SendGrid => sendgrid(&mail, chance),
        Provider::AmazonSes => amazon_ses(&mail, chance),
        Provider::Mailgun => mailgun(&mail, chance),
        Provider::Postmark => postmark(&mail, chance),
        Provider::Other => other(&mail, chance),
    }
}

fn brevo(mail: &Mail, chance: &mut Chance) -> Trace {
    let (number, verp) = (mail.number, &mail.verp);
    let id = uuid(chance);
    let date = mail.now.for_javascript();
    Trace {
        host: "gk.d.sender-sib.com".into(),
        ip: "198.51.100.77",
        bounce: format!("bounces-{number}-{verp}@gk.d.sender-sib.com"),
        signer: mail.domain.into(),
        selector: "mail",
        inner: format!("by smtp-relay.sendinblue.com with ESMTP id {id}; {date}"),
        message_id: format!("<{id}@smtp-relay.sendinblue.com>"),
        keeps_hops: false,
        extra: vec![
            (
                "Origin-messageId",
                format!("<{}@{}>", chance.hex(32), mail.domain),
            ),
            ("X-Mailin-EID", chance.letters(96)),
            ("X-sib-id", chance.letters(80)),
            (
                "Feedback-ID",
                format!("192.0.2.77:{number}_-1:{number}:Sendinblue"),
            ),
        ],
    }
}

fn mailjet(mail: &Mail, chance: &mut Chance) -> Trace {
    let (number, verp) = (mail.number, &mail.verp);
    let (id, date) = (chance.hex(12), mail.now.for_mail());
    let account = number % 900_000;
    Trace {
        host: "o77.p25.mailjet.com".into(),
        ip: "198.51.100.125",
        bounce: format!("{}.{verp}@a{account}.bnc3.mailjet.com", chance.hex(8)),
        signer: mail.domain.into(),
        selector: "mailjet",
        inner: format!("from [192.0.2.25] by in.mailjet.com with ESMTPSA id {id}; {date}"),
        message_id: format!("<{}.{}@mailjet.com>", chance.hex(8), chance.hex(8)),
        keeps_hops: true,
        extra: vec![
            ("X-MJ-Mid", chance.letters(44)),
            ("X-MJ-SMTPGUID", uuid(chance)),
            ("Feedback-Id", format!("42.{number}.1:MJ")),
        ],
    }
}

/// Its own hop is dated without a semicolon.
fn sendgrid(mail: &Mail, chance: &mut Chance) -> Trace {
    let (number, verp, domain) = (mail.number, &mail.verp, mail.domain);
    let id = chance.letters(22);
    Trace {
        host: "o1.ptr77.outbound-mail.sendgrid.net".into(),
        ip: "203.0.113.77",
        bounce: format!("bounces+{number}-{}-{verp}@em77.{domain}", chance.hex(4)),
        signer: domain.into(),
        selector: "s1",
        inner: format!(
            "from [192.0.2.25] (unknown)\n\tby geopod-ismtpd-7 (SG) with ESMTP id {id}\n\t{}",
            mail.now.for_mail()
        ),
        message_id: format!("<{id}@geopod-ismtpd-7>"),
        keeps_hops: true,
        extra: vec![
            ("X-SG-EID", chance.letters(88)),
            ("X-Entity-ID", chance.letters(24)),
        ],
    }
}

fn amazon_ses(mail: &Mail, chance: &mut Chance) -> Trace {
    let region = mail.smart_host.split('.').nth(1).unwrap_or("eu-west-1");
    let (id, date) = (chance.hex(12), mail.now.for_mail());
    let long = format!("0102{}-{}-000000", chance.hex(12), uuid(chance));
    let account = chance.letters(43);
    Trace {
        host: format!("a4-77.smtp-out.{region}.amazonses.com"),
        ip: "203.0.113.54",
        bounce: format!("{long}@{region}.amazonses.com"),
        signer: "amazonses.com".into(),
        selector: "uku4taia5b5tsbglxyj6zym32efj7xqv",
        inner: format!(
            "from [192.0.2.25]\n\tby email-smtp.{region}.amazonaws.com with ESMTPSA id {id};\n\t{date}"
        ),
        message_id: format!("<{long}@{region}.amazonses.com>"),
        keeps_hops: true,
        extra: vec![
            ("X-SES-Outgoing", format!("{}-203.0.113.54", mail.now.day())),
            ("Feedback-ID", format!("::1.{region}.{account}:AmazonSES")),
        ],
    }
}

fn mailgun(mail: &Mail, chance: &mut Chance) -> Trace {
    let (verp, domain) = (&mail.verp, mail.domain);
    let (id, date) = (chance.hex(24), mail.now.for_mail());
    Trace {
        host: "m77-25.eu.mailgun.net".into(),
        ip: "203.0.113.25",
        bounce: format!("bounce+{}.{}-{verp}@{domain}", chance.hex(6), chance.hex(6)),
        signer: domain.into(),
        selector: "pic",
        inner: format!(
            "from [192.0.2.25] (<unknown> [])\n\tby {} with SMTP id {id};\n\t{date}",
            &id[..12]
        ),
        message_id: format!("<{}@{domain}>", uuid(chance)),
        keeps_hops: true,
        extra: vec![
            ("X-Mailgun-Sid", chance.letters(60)),
            ("X-Mailgun-Sending-Ip", "203.0.113.25".into()),
        ],
    }
}

fn postmark(mail: &Mail, chance: &mut Chance) -> Trace {
    let (number, domain) = (mail.number, mail.domain);
    let (id, date) = (chance.letters(16), mail.now.for_mail());
    Trace {
        host: "mta77a-ord.mtasv.net".into(),
        ip: "198.51.100.54",
        bounce: format!("pm_bounces@pm-bounces.{domain}"),
        signer: domain.into(),
        selector: "20260101pm",
        inner: format!("by mta77a-ord.mtasv.net id {id} for <{RECIPIENT}>; {date}"),
        message_id: format!("<{}@mtasv.net>", uuid(chance)),
        keeps_hops: true,
        extra: vec![
            ("X-PM-Message-Id", uuid(chance)),
            (
                "Feedback-ID",
                format!("s{number}-_:s{number}:a{number}:postmark"),
            ),
        ],
    }
}

/// A relay of any other name hands over from a host on the same registrable domain.
fn other(mail: &Mail, chance: &mut Chance) -> Trace {
    let (number, verp, smart_host) = (mail.number, &mail.verp, mail.smart_host);
    let (id, date) = (chance.hex(12), mail.now.for_mail());
    let domain = registrable(smart_host);
    Trace {
        host: format!("sender-id.{domain}"),
        ip: "203.0.113.44",
        bounce: format!("bounces-{number}-{verp}@sender-id.{domain}"),
        signer: domain,
        selector: "mail",
        inner: format!(
            "from [192.0.2.25]\n\tby {smart_host} (Postfix) with ESMTPSA id {id};\n\t{date}"
        ),
        message_id: format!("<{}@{smart_host}>", uuid(chance)),
        keeps_hops: true,
        extra: Vec::new(),
    }
}

/// To whom all practice mails go.
pub const RECIPIENT: &str = "john.smith@guides.ovh";

fn uuid(chance: &mut Chance) -> String {
    let hex = chance.hex(32);
    let parts = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    parts.join("-")
}
