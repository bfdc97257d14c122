//! What makes each field valid, for every form that has it.

use super::{Field, Kind};
use crate::ovh::exchange::{LARGEST_MAIL, Mechanism, SendConnector};
use crate::printable::is_printable;

/// Characters of a name. OVHcloud documents no limit; the page has to show it in a list.
const LONGEST_NAME: usize = 100;

/// What is wrong with user and password (without spaces around the user) for this mechanism.
pub fn authentication_problems(
    mechanism: Mechanism,
    user: &str,
    password: &str,
) -> Vec<(Field, Kind)> {
    let mut problems = Vec::new();
    let (has_user, has_password) = (!user.is_empty(), !password.is_empty());
    if mechanism == Mechanism::None {
        if has_user {
            problems.push((Field::User, Kind::NotWithoutAuthentication));
        }
        if has_password {
            problems.push((Field::Password, Kind::NotWithoutAuthentication));
        }
        return problems;
    }
    match (has_user, has_password) {
        (true, true) => {}
        (false, true) => problems.push((Field::User, Kind::PasswordWithoutUser)),
        (true, false) => problems.push((Field::Password, Kind::UserWithoutPassword)),
        (false, false) => {
            problems.push((Field::User, Kind::Empty));
            problems.push((Field::Password, Kind::Empty));
        }
    }
    problems
}

/// A name without spaces around it, which no other connector of the platform has for this host.
pub fn check_name<'a>(
    name: &str,
    host: &str,
    mut others: impl Iterator<Item = &'a SendConnector>,
) -> Result<(), Kind> {
    if name.is_empty() {
        Err(Kind::Empty)
    } else if !is_printable(name) {
        Err(Kind::Unprintable)
    } else if name.chars().count() > LONGEST_NAME {
        Err(Kind::TooLong)
    } else if others.any(|other| other.is_called(name, host)) {
        Err(Kind::Taken)
    } else {
        Ok(())
    }
}

/// A host as it is sent.
pub fn plain_host(typed: &str) -> String {
    typed.trim().trim_end_matches('.').to_ascii_lowercase()
}

pub fn check_host(host: &str) -> Result<(), Kind> {
    if host.is_empty() {
        return Err(Kind::Empty);
    }
    if host.contains("://") {
        return Err(Kind::HasScheme);
    }
    if host.contains(char::is_whitespace) {
        return Err(Kind::HasSpace);
    }
    if host.contains('@') {
        return Err(Kind::IsEmailAddress);
    }
    if host.contains(['/', '?', '#']) {
        return Err(Kind::HasPath);
    }
    if let Some((_, port)) = host.split_once(':')
        && port.bytes().all(|b| b.is_ascii_digit())
    {
        return Err(Kind::HasPort);
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_number = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let fits = if is_number {
        host.parse::<std::net::Ipv4Addr>().is_ok()
    } else {
        host.contains('.') && host.len() <= 253 && host.split('.').all(is_label)
    };
    if fits {
        Ok(())
    } else {
        Err(Kind::NotAHostName)
    }
}

/// For connections encrypted from the first byte.
pub const STARTS_ENCRYPTED: u16 = 465;

pub fn read_port(text: &str) -> Result<u16, Kind> {
    match u16::try_from(read_number(text)?) {
        Ok(STARTS_ENCRYPTED) => Err(Kind::PortStartsEncrypted),
        Ok(0) | Err(_) => Err(Kind::OutOfRange),
        Ok(port) => Ok(port),
    }
}

pub fn read_size(text: &str) -> Result<u16, Kind> {
    let size = read_number(text)?;
    let size = u16::try_from(size).map_err(|_| Kind::OutOfRange)?;
    if (1..=LARGEST_MAIL).contains(&size) {
        Ok(size)
    } else {
        Err(Kind::OutOfRange)
    }
}

fn read_number(text: &str) -> Result<u32, Kind> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Kind::Empty);
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.bytes().all(|b| b.is_ascii_digit()) || digits.is_empty() {
        return Err(Kind::NotANumber);
    }
    text.parse().map_err(|_| Kind::OutOfRange)
}
