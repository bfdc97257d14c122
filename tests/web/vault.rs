//! What is sealed opens again, and only as long as both halves are there.

use send_connector_wizard::browser::{storage, vault};
use wasm_bindgen_test::wasm_bindgen_test;

const KEYS: &[u8] = b"PracticeAppKey01\nsecret\nconsumer";

#[wasm_bindgen_test]
async fn what_is_sealed_opens_and_is_gone_when_wiped() {
    // A nonce that did not outlive the call once made this fail now and then.
    for round in 0..20_u8 {
        let bytes = [KEYS, &[round]].concat();
        assert!(vault::seal(&bytes).await);
        let kept = storage::load("keys").unwrap_or_default();
        assert!(!kept.is_empty() && !kept.contains("PracticeAppKey01"));
        // What happens to lie in memory in between must not matter.
        let _ = vec![round; 4096];
        assert_eq!(vault::open().await, Some(bytes));
    }
    vault::wipe().await;
    assert_eq!(storage::load("keys"), None);
    assert_eq!(vault::open().await, None);
}

#[wasm_bindgen_test]
async fn what_was_tampered_with_does_not_open() {
    assert!(vault::seal(KEYS).await);
    let kept = storage::load("keys").unwrap_or_default();
    for tampered in ["", "00", &kept[2..], &format!("{kept}00")] {
        storage::save("keys", tampered);
        assert_eq!(vault::open().await, None, "{tampered}");
    }
    storage::save("keys", &kept);
    assert_eq!(vault::open().await.as_deref(), Some(KEYS));
    vault::wipe().await;
}
