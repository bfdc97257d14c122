use super::*;
use crate::mail::verdict::{Question, judge};

fn journey(text: &str, smart_host: &str) -> Journey {
    let question = Question {
        smart_host,
        ..Question::default()
    };
    Journey::of(&judge(text, &question))
}

/// Each station in one line, with the stretch that follows it.
fn drawn(journey: &Journey) -> Vec<String> {
    let stretch = |index: usize| {
        let stretch = journey.stretches.get(index)?;
        let marks = [
            (stretch.is_connector, "connector"),
            (stretch.crosses, "crosses"),
            (stretch.encrypted == Some(true), "encrypted"),
            (stretch.encrypted == Some(false), "open"),
        ];
        let marks = marks.iter().filter(|(is_so, _)| *is_so);
        let marks: Vec<_> = marks.map(|(_, mark)| *mark).collect();
        let seconds = stretch.seconds.map_or("?".into(), |s| s.to_string());
        Some(format!(" --{seconds} {}", marks.join(" ")))
    };
    let station = |(index, station): (usize, &Station)| {
        format!(
            "{:?} {}{}{}{}",
            station.side,
            station.name.as_deref().unwrap_or("-"),
            station
                .also
                .as_ref()
                .map_or(String::new(), |also| format!(" as {also}")),
            station
                .address
                .as_ref()
                .map_or(String::new(), |ip| format!(" [{ip}]")),
            stretch(index).unwrap_or_default(),
        )
    };
    journey.stations.iter().enumerate().map(station).collect()
}

#[test]
fn a_mail_through_the_connector_has_three_sides() {
    let journey = journey(
        "Received: from out7.d.sender-sib.com (out7.d.sender-sib.com [192.0.2.7])\n\
         \tby mx1.example.net (Postfix) with ESMTPS id 3; Tue, 12 Mar 2024 09:00:09 +0000\n\
         Received: from ex1.private.local ([198.51.100.1])\n\
         \tby smtp-relay.brevo.com with ESMTPSA id 2; Tue, 12 Mar 2024 10:00:06 +0100\n\
         Received: from ex0.private.local (10.0.0.2) by ex1.private.local with Microsoft SMTP\n\
         \tServer id 15.2.1; Tue, 12 Mar 2024 09:00:04 +0000\n\
         From: a@example.org\nTo: b@example.net\n",
        "smtp-relay.brevo.com",
    );
    assert_eq!(
        drawn(&journey),
        [
            "Sender ex0.private.local [10.0.0.2] --? ",
            "Sender ex1.private.local [198.51.100.1] --2 connector encrypted",
            "Connector smtp-relay.brevo.com as out7.d.sender-sib.com [192.0.2.7] --3 connector crosses encrypted",
            "Recipient mx1.example.net",
        ]
    );
    assert_eq!(journey.seconds, Some(5));
}

#[test]
fn a_mail_without_the_connector_has_none_on_its_way() {
    let journey = journey(
        "Received: from 7.mo1.mail-out.ovh.net (7.mo1.mail-out.ovh.net [192.0.2.8])\n\
         \tby mx1.example.net (Postfix) with SMTP id 3; Tue, 12 Mar 2024 09:00:09 +0000\n\
         Received: from ex1.private.local (ex1.private.local [10.0.0.1])\n\
         \tby mo1.mail-out.ovh.net with ESMTPS id 2; Tue, 12 Mar 2024 09:00:10 +0000\n\
         From: a@example.org\nTo: b@example.net\n",
        "smtp-relay.brevo.com",
    );
    assert_eq!(
        drawn(&journey),
        [
            "Sender ex1.private.local [10.0.0.1] --? encrypted",
            "Sender mo1.mail-out.ovh.net as 7.mo1.mail-out.ovh.net [192.0.2.8] ---1 crosses open",
            "Recipient mx1.example.net",
        ]
    );
    assert_eq!(
        journey.seconds,
        Some(-1),
        "clocks that disagree are not hidden"
    );
}

#[test]
fn what_the_header_does_not_tell_stays_open() {
    let journey = journey(
        "Received: by mailbox.example.net with LMTP; Tue, 12 Mar 2024 09:00:20 +0000\n\
         Received: from [192.0.2.9] by mx1.example.net with ESMTP; Tue, 12 Mar 2024 09:00:09\n\
         Received: by pickup with local id 1\n\
         From: a@example.org\nTo: b@example.net\n",
        "",
    );
    assert_eq!(
        drawn(&journey),
        [
            "Unknown - --? ",
            "Unknown pickup [192.0.2.9] --? open",
            "Unknown mx1.example.net --? ",
            "Unknown mailbox.example.net",
        ]
    );
    assert_eq!(journey.seconds, None, "one of them names no zone");
    assert_eq!(
        Journey::of(&judge("Hello", &Question::default())),
        Journey::default()
    );
}

#[test]
fn the_provider_on_the_recipients_side_is_not_the_connector() {
    let text = include_str!("../../../tests/headers/mimecast-of-the-recipient.txt");
    let question = Question {
        provider: Some("Mimecast"),
        ..Question::default()
    };
    let judgement = judge(text, &question);
    let journey = Journey::of(&judgement);
    assert_eq!(judgement.verdict, Verdict::NotUsed);
    let connector = |station: &Station| station.side == Side::Connector;
    assert!(!journey.stations.iter().any(connector));
    assert!(journey.stretches.iter().any(|stretch| stretch.crosses));
}

#[test]
fn every_hop_is_a_stretch_whatever_the_header() {
    let folder = [env!("CARGO_MANIFEST_DIR"), "/tests/headers"].concat();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read(&path).unwrap();
        let text = String::from_utf8_lossy(&text);
        let question = Question {
            smart_host: "smtp-relay.brevo.com",
            ..Question::default()
        };
        let judgement = judge(&text, &question);
        let journey = Journey::of(&judgement);
        let ranges: Vec<_> = journey
            .stretches
            .iter()
            .map(|stretch| &stretch.range)
            .collect();
        let hops: Vec<_> = judgement
            .evidence
            .hops
            .iter()
            .map(|hop| &hop.range)
            .collect();
        assert_eq!(ranges, hops, "{}", path.display());
        let stations = journey.stations.len();
        assert_eq!(stations, if hops.is_empty() { 0 } else { hops.len() + 1 });
        // The sides follow one another: none comes back.
        let mut sides: Vec<_> = journey
            .stations
            .iter()
            .map(|station| station.side)
            .collect();
        sides.dedup();
        let order = |side: &Side| {
            [
                Side::Unknown,
                Side::Sender,
                Side::Connector,
                Side::Recipient,
            ]
            .iter()
            .position(|known| known == side)
        };
        assert!(
            sides.is_sorted_by_key(order),
            "{}: {sides:?}",
            path.display()
        );
    }
}
