//! The keys of one sitting, kept through a reload but never in the clear.
//!
//! Session storage holds AES-GCM ciphertext, `IndexedDB` the key to it, which the browser will not
//! hand out: session storage alone is written to disk (OWASP ASVS 5.0, 14.3.3).

use js_sys::{Array, Object, Promise, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    AesGcmParams, AesKeyGenParams, CryptoKey, IdbDatabase, IdbKeyRange, IdbObjectStore,
    IdbOpenDbRequest, IdbRequest, IdbTransactionMode, SubtleCrypto,
};

use super::{clock, settle, storage, window};

const NAME: &str = "keys";
const NONCE_LENGTH: usize = 12;
/// The digits of a time in milliseconds since 1970, until the year 2286.
const TIME_LENGTH: usize = 13;
/// A tab that was closed without signing out leaves its key behind. A sitting that takes longer, in
/// milliseconds, does not outlive a reload once somebody else has signed in.
const LONGEST_SITTING: u64 = 7 * 24 * 3_600_000;

/// Encrypts and keeps some bytes under a new key; false where this browser cannot (a page over
/// plain http has no encryption), and then nothing is kept.
pub async fn seal(bytes: &[u8]) -> bool {
    try_seal(bytes).await.is_ok()
}

/// What was sealed, if it is still there and opens.
pub async fn open() -> Option<Vec<u8>> {
    try_open().await.ok()?
}

/// Forgets the bytes and the key to them.
pub async fn wipe() {
    let Some(sealed) = storage::load(NAME) else {
        return;
    };
    storage::forget(NAME);
    if let Ok(store) = store(IdbTransactionMode::Readwrite).await
        && let Ok(request) = store.delete(&place(&sealed))
    {
        let _ = finished(&request).await;
    }
}

/// Where the key to a sealed text lies: under its time and its nonce, with which the text begins,
/// since every tab of this page shares the database.
fn place(sealed: &str) -> JsValue {
    let place = sealed.get(..TIME_LENGTH + 2 * NONCE_LENGTH);
    place.unwrap_or_default().into()
}

/// The digits that a time sorts by.
fn digits(millis: u64) -> String {
    format!("{millis:0TIME_LENGTH$}")
}

async fn try_seal(bytes: &[u8]) -> Result<(), JsValue> {
    let subtle = subtle()?;
    let usages = Array::of2(&"encrypt".into(), &"decrypt".into());
    let algorithm: Object = AesKeyGenParams::new("AES-GCM", 256).unchecked_into();
    let key = settle(subtle.generate_key_with_object(&algorithm, false, &usages)?).await?;
    let key: CryptoKey = key.unchecked_into();

    let mut sealed = vec![0; NONCE_LENGTH];
    window()
        .crypto()?
        .get_random_values_with_u8_array(&mut sealed)?;
    let algorithm = parameters(&sealed);
    let ciphertext = settle(subtle.encrypt_with_object_and_u8_array(&algorithm, &key, bytes)?);
    sealed.extend(Uint8Array::new(&ciphertext.await?).to_vec());

    wipe().await;
    let store = store(IdbTransactionMode::Readwrite).await?;
    let now = clock::millis();
    let sealed = digits(now) + &to_hex(&sealed);
    finished(&store.put_with_key(&key, &place(&sealed))?).await?;
    let old = digits(now.saturating_sub(LONGEST_SITTING));
    if let Ok(old) = IdbKeyRange::upper_bound(&old.into()) {
        let _ = store.delete(&old);
    }
    if storage::save(NAME, &sealed) {
        Ok(())
    } else {
        Err(JsValue::UNDEFINED)
    }
}

async fn try_open() -> Result<Option<Vec<u8>>, JsValue> {
    let Some(text) = storage::load(NAME) else {
        return Ok(None);
    };
    let Some(sealed) = text.get(TIME_LENGTH..).and_then(from_hex) else {
        return Ok(None);
    };
    let Some((nonce, ciphertext)) = sealed.split_at_checked(NONCE_LENGTH) else {
        return Ok(None);
    };
    let store = store(IdbTransactionMode::Readonly).await?;
    let key = finished(&store.get(&place(&text))?).await?;
    let Ok(key) = key.dyn_into::<CryptoKey>() else {
        return Ok(None);
    };
    let opened =
        subtle()?.decrypt_with_object_and_u8_array(&parameters(nonce), &key, ciphertext)?;
    Ok(Some(Uint8Array::new(&settle(opened).await?).to_vec()))
}

fn subtle() -> Result<SubtleCrypto, JsValue> {
    let subtle = window().crypto()?.subtle();
    if subtle.is_undefined() {
        return Err(JsValue::UNDEFINED);
    }
    Ok(subtle)
}

fn parameters(nonce: &[u8]) -> Object {
    // A copy: a view into this program's memory would not outlive the call.
    let nonce = Uint8Array::from(nonce);
    AesGcmParams::new("AES-GCM", &nonce).unchecked_into()
}

/// The store of the one key, in a database made at first use.
async fn store(mode: IdbTransactionMode) -> Result<IdbObjectStore, JsValue> {
    let factory = window().indexed_db()?.ok_or(JsValue::UNDEFINED)?;
    let request: IdbOpenDbRequest = factory.open_with_u32("send-connector-wizard", 1)?;
    let creating = request.clone();
    let create = Closure::once(move || {
        if let Ok(database) = creating.result() {
            let _ = database
                .unchecked_into::<IdbDatabase>()
                .create_object_store(NAME);
        }
    });
    request.set_onupgradeneeded(Some(create.as_ref().unchecked_ref()));
    let database: IdbDatabase = finished(&request).await?.unchecked_into();
    database
        .transaction_with_str_and_mode(NAME, mode)?
        .object_store(NAME)
}

/// The result of a database request.
async fn finished(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    settle(promise).await?;
    request.result()
}

fn to_hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let bytes = digits?;
    Some(
        bytes
            .chunks_exact(2)
            .map(|pair| pair[0] << 4 | pair[1])
            .collect(),
    )
}
