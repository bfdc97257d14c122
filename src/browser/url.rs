//! What the browser knows about addresses of the web.

/// A domain in its ASCII form; `None` where it is none.
pub fn to_ascii(domain: &str) -> Option<String> {
    if domain.contains(['/', ':', '@', '?', '#', '\\', '%', ' ']) {
        return None;
    }
    let url = web_sys::Url::new(&["http://", domain].concat()).ok()?;
    Some(url.hostname()).filter(|host| !host.is_empty())
}
