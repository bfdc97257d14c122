//! The header of a mail as its recipient sees it, sent from an address as it is attached now:
//! by the relay of its connector, or by OVHcloud's own servers.

use std::time::Duration;

use super::chance::Chance;
use super::clock::Moment;
use super::relays::{RECIPIENT, trace};
use super::state::{Connector, Platform};

/// The whole header of a fresh mail from `sender`.
pub fn header(
    sender: &str,
    platform: &Platform,
    connector: Option<&Connector>,
    now: Moment,
) -> String {
    let mut chance = Chance::unforeseen();
    // A connector that was switched off carries nothing: the mail leaves as if it were not there.
    let relay = connector.filter(|connector| connector.being == super::state::Being::Ok);
    match relay.and_then(|connector| connector.smart_host.as_deref()) {
        Some(smart_host) => relayed(sender, platform, smart_host, &mut chance, now),
        None => direct(sender, platform, &mut chance, now),
    }
}

/// How long ago a hop was, in seconds before the mail arrived.
fn ago(now: Moment, seconds: u64) -> Moment {
    now.minus(Duration::from_secs(seconds))
}

/// A long value, folded with a tab every 72 characters.
fn folded(chance: &mut Chance, count: usize) -> String {
    let text = chance.letters(count);
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(72)
        .filter_map(|line| std::str::from_utf8(line).ok())
        .collect();
    lines.join("\n\t")
}

/// The hops on the recipient's side, newest first, after the mail was taken from `host`.
fn received(host: &str, ip: &str, chance: &mut Chance, now: Moment) -> String {
    let id = |chance: &mut Chance| chance.letters(16);
    format!(
        "Received: from localhost (HELO queue) (127.0.0.1)\n\
         \tby localhost with SMTP; {}\n\
         Received: from vr17.mail.ovh.net (unknown [192.0.2.117])\n\
         \tby out14.mail.ovh.net (Postfix) with ESMTP id {}\n\
         \tfor <{RECIPIENT}>; {} (UTC)\n\
         Received: from in22.mail.ovh.net (unknown [192.0.2.122])\n\
         \tby vr17.mail.ovh.net (Postfix) with ESMTP id {}\n\
         \tfor <{RECIPIENT}>; {} (UTC)\n\
         Received: from {host} ({host} [{ip}])\n\
         \tby in22.mail.ovh.net (Postfix) with ESMTPS id {}\n\
         \tfor <{RECIPIENT}>; {} (UTC)\n",
        now.for_mail(),
        id(chance),
        now.for_mail(),
        id(chance),
        ago(now, 1).for_mail(),
        id(chance),
        ago(now, 1).for_mail(),
    )
}

/// What the recipient's server found out about the envelope sender and the signature.
fn checked(host: &str, ip: &str, bounce: &str, signer: &str) -> String {
    format!(
        "Received-SPF: Pass (mailfrom) identity=mailfrom; client-ip={ip}; helo={host};\n\
         \tenvelope-from={bounce}; receiver={RECIPIENT}\n\
         Authentication-Results: in22.mail.ovh.net;\n\
         \tspf=pass smtp.mailfrom={bounce};\n\
         \tdkim=pass (2048-bit key; unprotected) header.d={signer} header.i=@{signer};\n\
         \tdkim-atps=neutral\n",
    )
}

/// The lines that the sender's own program wrote.
fn written(sender: &str, message_id: &str, now: Moment) -> String {
    format!(
        "From: <{sender}>\n\
         To: <{RECIPIENT}>\n\
         Subject: Practice mail\n\
         Date: {}\n\
         Message-ID: {message_id}\n\
         Accept-Language: en-GB, de-DE\n\
         Content-Language: en-GB\n\
         X-MS-Has-Attach:\n\
         X-MS-TNEF-Correlator:\n\
         MIME-Version: 1.0\n\
         Content-Type: text/plain; charset=\"utf-8\"\n",
        ago(now, 5).for_mail()
    )
}

fn signed(signer: &str, selector: &str, chance: &mut Chance) -> String {
    format!(
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={signer};\n\
         \tq=dns/txt; s={selector}; h=from:to:subject:date:message-id:mime-version;\n\
         \tbh={}=;\n\
         \tb={}==\n",
        chance.letters(43),
        folded(chance, 342)
    )
}

fn relayed(
    sender: &str,
    platform: &Platform,
    smart_host: &str,
    chance: &mut Chance,
    now: Moment,
) -> String {
    let trace = trace(smart_host, sender, chance, ago(now, 3));
    let hop = exchange_hop(platform, chance, ago(now, 4));
    let extra = trace.extra.iter();
    [
        format!(
            "Return-Path: <{}>\nDelivered-To: {RECIPIENT}\n",
            trace.bounce
        ),
        received(&trace.host, trace.ip, chance, now),
        checked(&trace.host, trace.ip, &trace.bounce, &trace.signer),
        signed(&trace.signer, trace.selector, chance),
        format!("Received: {}\n", trace.inner),
        if trace.keeps_hops { hop } else { String::new() },
        written(sender, &trace.message_id, now),
        "x-mclm-sbr-processed: true\n".to_owned(),
    ]
    .into_iter()
    .chain(extra.map(|(name, value)| format!("{name}: {value}\n")))
    .collect()
}

fn direct(sender: &str, platform: &Platform, chance: &mut Chance, now: Moment) -> String {
    let domain = sender.split('@').nth(1).unwrap_or_default();
    let host = "7.mo584.mail-out.ovh.net";
    let ip = "198.51.100.184";
    let id = chance.hex(32);
    [
        format!("Return-Path: <{sender}>\nDelivered-To: {RECIPIENT}\n"),
        received(host, ip, chance, now),
        checked(host, ip, sender, domain),
        format!(
            "Received: from director3.ghost.mail-out.ovh.net (unknown [192.0.2.73])\n\
             \tby mo584.mail-out.ovh.net (Postfix) with ESMTP id {}\n\
             \tfor <{RECIPIENT}>; {} (UTC)\n",
            chance.letters(16),
            ago(now, 2).for_mail()
        ),
        exchange_hop(platform, chance, ago(now, 3)),
        signed(domain, "ovhex1234567-selector1", chance),
        written(sender, &format!("<{id}@{domain}>"), now),
        format!(
            "X-Ovh-Tracer-Id: {}\n\
             X-VR-SPAMSTATE: OK\n\
             X-VR-SPAMSCORE: 0\n\
             X-VR-SPAMCAUSE: {}\n",
            1_000_000_000_000_000_000 + chance.below(8_000_000_000_000_000_000),
            folded(chance, 120)
        ),
    ]
    .concat()
}

/// The first hop: the platform's own server takes the mail from its mailbox.
fn exchange_hop(platform: &Platform, chance: &mut Chance, now: Moment) -> String {
    format!(
        "Received: from DAG5EX1.{0}.local (192.0.2.51) by DAG5EX2.{0}.local\n\
         \t(192.0.2.52) with Microsoft SMTP Server (version=TLS1_2,\n\
         \tcipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.2.1544.{1}; {2}\n",
        platform.name,
        chance.below(40),
        now.for_mail()
    )
}
