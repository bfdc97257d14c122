//! Signatures that other clients publish in their tests.

use send_connector_wizard::ovh::Method;
use send_connector_wizard::ovh::keys::{ConsumerKey, Secret};
use send_connector_wizard::ovh::sign::signature;

#[test]
fn every_published_signature_is_computed() {
    let mut count = 0;
    for line in include_str!("signature-vectors.tsv").lines() {
        if line.starts_with('#') {
            continue;
        }
        let fields: Vec<_> = line.split('\t').collect();
        let [source, secret, consumer, method, url, body, time, expected] = fields[..] else {
            panic!("{} fields: {line}", fields.len())
        };
        let method = match method {
            "GET" => Method::Get,
            "POST" => Method::Post,
            "PUT" => Method::Put,
            "DELETE" => Method::Delete,
            other => panic!("{other}: {source}"),
        };
        let computed = signature(
            &Secret::new(secret.into()),
            &ConsumerKey::new(consumer.into()),
            method,
            url,
            body,
            time.parse().expect(source),
        );
        assert_eq!(computed, expected, "{source}: {} {url}", method.as_str());
        count += 1;
    }
    assert!(count > 50, "{count}");
}
