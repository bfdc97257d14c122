//! The routes that are played, what each allows, and which one a path names.

/// A route with its path parameters. Most are below
/// `/email/exchange/{organizationName}/service/{exchangeService}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route<'a> {
    Time,
    Credential,
    CurrentCredential,
    Details,
    Logout,
    Organizations,
    Services(&'a str),
    Service([&'a str; 2]),
    Server([&'a str; 2]),
    Connectors([&'a str; 2]),
    Connector([&'a str; 3]),
    Authentication([&'a str; 3]),
    Accounts([&'a str; 2]),
    Account([&'a str; 3]),
    AccountTasks([&'a str; 3]),
    AccountTask([&'a str; 4]),
    Domains([&'a str; 2]),
    Domain([&'a str; 3]),
    DomainDefault([&'a str; 3]),
    Tasks([&'a str; 2]),
    Task([&'a str; 3]),
}

impl<'a> Route<'a> {
    /// The route of decoded path segments, without the base.
    pub fn of(segments: &'a [String]) -> Option<Self> {
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let route = match *segments {
            ["auth", "time"] => Self::Time,
            ["auth", "credential"] => Self::Credential,
            ["auth", "currentCredential"] => Self::CurrentCredential,
            ["auth", "details"] => Self::Details,
            ["auth", "logout"] => Self::Logout,
            ["email", "exchange"] => Self::Organizations,
            ["email", "exchange", organization, "service"] => Self::Services(organization),
            ["email", "exchange", o, "service", s, ref rest @ ..] => Self::below(o, s, rest)?,
            _ => return None,
        };
        Some(route)
    }

    fn below(o: &'a str, s: &'a str, rest: &[&'a str]) -> Option<Self> {
        let route = match *rest {
            [] => Self::Service([o, s]),
            ["server"] => Self::Server([o, s]),
            ["sendConnector"] => Self::Connectors([o, s]),
            ["sendConnector", id] => Self::Connector([o, s, id]),
            ["sendConnector", id, "changeAuthentication"] => Self::Authentication([o, s, id]),
            ["account"] => Self::Accounts([o, s]),
            ["account", address] => Self::Account([o, s, address]),
            ["account", address, "tasks"] => Self::AccountTasks([o, s, address]),
            ["account", address, "tasks", id] => Self::AccountTask([o, s, id, address]),
            ["domain"] => Self::Domains([o, s]),
            ["domain", name] => Self::Domain([o, s, name]),
            ["domain", name, "changeDefaultSBR"] => Self::DomainDefault([o, s, name]),
            ["task"] => Self::Tasks([o, s]),
            ["task", id] => Self::Task([o, s, id]),
            _ => return None,
        };
        Some(route)
    }

    /// The two names of the platform that this route is below.
    pub const fn platform(self) -> Option<[&'a str; 2]> {
        match self {
            Self::Service([o, s])
            | Self::Server([o, s])
            | Self::Connectors([o, s])
            | Self::Connector([o, s, _])
            | Self::Authentication([o, s, _])
            | Self::Accounts([o, s])
            | Self::Account([o, s, _])
            | Self::AccountTasks([o, s, _])
            | Self::AccountTask([o, s, _, _])
            | Self::Domains([o, s])
            | Self::Domain([o, s, _])
            | Self::DomainDefault([o, s, _])
            | Self::Tasks([o, s])
            | Self::Task([o, s, _]) => Some([o, s]),
            _ => None,
        }
    }

    /// The methods of this route, as `Access-Control-Allow-Methods` lists them.
    pub const fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Credential | Self::Logout | Self::Authentication(_) => &["POST"],
            Self::DomainDefault(_) => &["PUT"],
            Self::Connectors(_) => &["GET", "POST"],
            Self::Account(_) => &["GET", "PUT"],
            Self::Connector(_) => &["GET", "PUT", "DELETE"],
            _ => &["GET"],
        }
    }
}

/// The path below `/1.0` or its alias `/v1`.
pub fn below_base(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("/1.0").or(path.strip_prefix("/v1"))?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// The decoded segments of a path; `%2F` stays inside its segment.
pub fn segments(path: &str) -> Vec<String> {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.split('/').map(decode).collect()
}

pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut place = 0;
    while place < bytes.len() {
        let escape = text.get(place + 1..place + 3);
        let byte = escape.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[place], byte) {
            (b'%', Some(byte)) => {
                decoded.push(byte);
                place += 3;
            }
            (byte, _) => {
                decoded.push(byte);
                place += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
