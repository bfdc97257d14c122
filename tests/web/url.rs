//! What is signed is what is sent: the browser changes nothing about an address that is built here.

use send_connector_wizard::ovh::Call as _;
use send_connector_wizard::ovh::exchange::{Platform, ReadAccount};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_browser_sends_the_address_that_was_signed() {
    for name in [
        "newsletter@mydomain.ovh",
        "o'brien+news@mydomain.ovh",
        "a b@mydomain.ovh",
        "100%@mydomain.ovh",
        "what?#/\\..@mydomain.ovh",
        "büro@mydomain.ovh",
        "..",
        "~!$&()*,;=:_-|^`{}[]\"<>@mydomain.ovh",
    ] {
        let platform = Platform {
            organization: name.to_owned(),
            service: name.to_owned(),
        };
        let call = ReadAccount {
            platform: &platform,
            address: name,
        };
        let url = ["https://eu.api.ovh.com/1.0", &call.request().path].concat();
        let sent = web_sys::Url::new(&url).map(|url| url.href());
        assert_eq!(sent.as_deref(), Ok(&*url));
    }
}
