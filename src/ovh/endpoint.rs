//! Where OVHcloud's API is: the address that is signed, and the address that is sent to.

use serde_json::Value;

use crate::json;

/// One API to sign in to. What is signed and where it is sent differ where a deployment sends the
/// calls through its own server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Shown where one can choose.
    pub name: String,
    /// The absolute address of the API, version included, without a slash at the end.
    pub address: String,
    /// A path on the page's own server that leads to `address`.
    pub through: Option<String>,
    /// The page that creates all three keys, given the rights as a query.
    pub keys_page: Option<String>,
    /// The page that creates an application key and its secret only.
    pub app_page: Option<String>,
}

impl Endpoint {
    /// The URL that the signature covers.
    pub fn signed_url(&self, path: &str) -> String {
        [&self.address, path].concat()
    }

    /// The URL that the request goes to.
    pub fn sent_url(&self, path: &str) -> String {
        [self.through.as_ref().unwrap_or(&self.address), path].concat()
    }

    /// The page that creates keys with exactly the given rights, `(method, path)` each.
    pub fn keys_page_for(&self, rights: &[(&str, &str)]) -> Option<String> {
        let mut url = self.keys_page.clone()?;
        for (index, (method, path)) in rights.iter().enumerate() {
            url.push(if index == 0 { '?' } else { '&' });
            url.push_str(method);
            url.push('=');
            url.push_str(path);
        }
        Some(url)
    }
}

/// The APIs that OVHcloud runs or has announced, each with its pages for keys.
///
/// Sources: the endpoint tables of OVHcloud's own clients, and for the two `ovhcloud.com` hosts
/// the change announced in python-ovh #148.
pub fn known() -> Vec<Endpoint> {
    [
        (
            "Europe",
            "eu.api.ovh.com",
            "www.ovh.com/auth/api",
            "eu.api.ovh.com",
        ),
        (
            "Canada",
            "ca.api.ovh.com",
            "ca.ovh.com/auth/api",
            "ca.api.ovh.com",
        ),
        (
            "Europe (api.eu.ovhcloud.com)",
            "api.eu.ovhcloud.com",
            "auth.eu.ovhcloud.com/api",
            "auth.eu.ovhcloud.com/api",
        ),
        (
            "Canada (api.ca.ovhcloud.com)",
            "api.ca.ovhcloud.com",
            "auth.ca.ovhcloud.com/api",
            "auth.ca.ovhcloud.com/api",
        ),
    ]
    .into_iter()
    .map(|(name, host, keys, app)| Endpoint {
        name: name.into(),
        address: ["https://", host, "/1.0"].concat(),
        through: None,
        keys_page: Some(["https://", keys, "/createToken"].concat()),
        app_page: Some(["https://", app, "/createApp"].concat()),
    })
    .collect()
}

/// What an entry of `config.json` may hold.
pub const NAMES: &[&str] = &["name", "address", "through", "keysPage", "appPage"];

/// An API as `config.json` names it.
pub struct Named {
    pub name: Option<String>,
    pub address: Option<String>,
    pub through: Option<String>,
    pub keys_page: Option<String>,
    pub app_page: Option<String>,
}

impl Named {
    /// The API from its entry; `None` where something in it is no text.
    pub fn from_json(value: &Value) -> Option<Self> {
        let fields = value.as_object()?;
        json::are_texts(fields, NAMES).then(|| Self {
            name: json::text(fields, "name"),
            address: json::text(fields, "address"),
            through: json::text(fields, "through"),
            keys_page: json::text(fields, "keysPage"),
            app_page: json::text(fields, "appPage"),
        })
    }

    /// The endpoint, with what is known of the address filled in.
    ///
    /// # Errors
    /// The name of the entry that cannot be used.
    pub fn check(self) -> Result<Endpoint, &'static str> {
        let address = self.address.ok_or("address")?;
        let address = address.trim_end_matches('/').to_owned();
        // Of every API the version is a part of what is signed.
        let has_version = address.matches('/').count() > 2;
        if !is_plain_address(&address) || !has_version {
            return Err("address");
        }
        let through = self
            .through
            .map(|path| path.trim_end_matches('/').to_owned());
        if through.as_deref().is_some_and(|path| !is_own_path(path)) {
            return Err("through");
        }
        let keys_page = self.keys_page;
        if keys_page
            .as_deref()
            .is_some_and(|url| !is_plain_address(url))
        {
            return Err("keysPage");
        }
        let app_page = self.app_page;
        if app_page
            .as_deref()
            .is_some_and(|url| !is_plain_address(url))
        {
            return Err("appPage");
        }
        let known = known().into_iter().find(|known| known.address == address);
        let (name, known_keys, known_app) = match known {
            Some(known) => (Some(known.name), known.keys_page, known.app_page),
            None => (None, None, None),
        };
        Ok(Endpoint {
            name: self.name.or(name).unwrap_or_else(|| address.clone()),
            address,
            through,
            keys_page: keys_page.or(known_keys),
            app_page: app_page.or(known_app),
        })
    }
}

/// Whether a browser would send exactly this address: `https` (or `http` on this computer), a
/// lower-case host, a plain path, nothing else.
fn is_plain_address(url: &str) -> bool {
    let (secure, rest) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return false,
    };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) = authority.split_once(':').unwrap_or((authority, "1"));
    let standard = if secure { "443" } else { "80" };
    !host.is_empty()
        && (secure || host == "127.0.0.1" || host == "localhost")
        && host
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-')
        && port != standard
        && !port.starts_with('0')
        && port.parse::<u16>().is_ok()
        && is_plain_path(path)
}

fn is_own_path(path: &str) -> bool {
    path.strip_prefix('/')
        .is_some_and(|rest| !rest.starts_with('/') && is_plain_path(rest))
}

fn is_plain_path(path: &str) -> bool {
    path.bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-._~/".contains(&b))
        && path.split('/').all(|part| part != "." && part != "..")
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, Named, known};

    fn named(address: &str, through: Option<&str>) -> Result<Endpoint, &'static str> {
        Named {
            name: None,
            address: Some(address.into()),
            through: through.map(Into::into),
            keys_page: None,
            app_page: None,
        }
        .check()
    }

    #[test]
    fn the_known_addresses_are_plain_themselves() {
        for endpoint in known() {
            assert_eq!(named(&endpoint.address, None), Ok(endpoint));
        }
    }

    #[test]
    fn what_is_signed_and_where_it_is_sent_differ() {
        let endpoint = named("https://eu.api.ovh.com/1.0/", Some("/ovh/")).unwrap();
        assert_eq!(endpoint.signed_url("/me"), "https://eu.api.ovh.com/1.0/me");
        assert_eq!(endpoint.sent_url("/me"), "/ovh/me");
    }

    #[test]
    fn refuses_addresses_that_a_browser_would_rewrite() {
        for address in [
            "",
            "eu.api.ovh.com/1.0",
            "ftp://eu.api.ovh.com",
            "http://eu.api.ovh.com/1.0",
            "https://EU.api.ovh.com/1.0",
            "https://u:p@eu.api.ovh.com/1.0",
            "https://eu.api.ovh.com:443/1.0",
            "https://eu.api.ovh.com/../1.0",
            "https://eu.api.ovh.com/1.0?x=1",
            "https://eu.api.ovh.com/#a",
            "https:///1.0",
            "https://eu.api.ovh.com:port/1.0",
            "javascript:alert(1)",
            "https://eu.api.ovh.com:08/",
            "https://eu.api.ovh.com/",
        ] {
            assert_eq!(named(address, None), Err("address"), "{address}");
        }
        for through in [
            "ovh",
            "//evil.example",
            "https://evil.example",
            "/a/../b",
            "/a?b",
        ] {
            assert_eq!(
                named("https://eu.api.ovh.com/1.0", Some(through)),
                Err("through"),
                "{through}"
            );
        }
        assert!(named("http://127.0.0.1:8080/1.0", None).is_ok());
    }

    #[test]
    fn the_keys_page_names_the_rights() {
        let rights = [("GET", "/email/exchange"), ("GET", "/email/exchange/*")];
        assert_eq!(
            known()[0].keys_page_for(&rights).as_deref(),
            Some(
                "https://www.ovh.com/auth/api/createToken?GET=/email/exchange&GET=/email/exchange/*"
            )
        );
    }
}
