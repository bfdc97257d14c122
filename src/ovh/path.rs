//! Parts of a URL path, escaped so that a browser sends them exactly as they were signed.

const DIGITS: &[u8; 16] = b"0123456789ABCDEF";

/// Appends `/` and one segment to a path. Everything is escaped but letters, digits and the marks
/// that browsers leave alone; `@` stays as it is, as OVHcloud's own clients send it.
pub fn push(path: &mut String, segment: &str) {
    path.push('/');
    for &byte in segment.as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~@+!$&()*=:".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push('%');
            path.push(char::from(DIGITS[usize::from(byte >> 4)]));
            path.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    // A browser resolves a segment of dots away, and the signature would no longer fit.
    if segment == "." || segment == ".." {
        path.truncate(path.len() - segment.len());
        path.push_str(&segment.replace('.', "%252E"));
    }
}

#[cfg(test)]
mod tests {
    use super::push;

    fn check(segment: &str, expected: &str) {
        let mut path = String::from("/account");
        push(&mut path, segment);
        assert_eq!(path, format!("/account{expected}"));
    }

    #[test]
    fn keeps_addresses_readable_and_escapes_the_rest() {
        check("newsletter@mydomain.ovh", "/newsletter@mydomain.ovh");
        check("a+b_c-d.e~f@x.org", "/a+b_c-d.e~f@x.org");
        check("a/b?c#d%e;f,g h", "/a%2Fb%3Fc%23d%25e%3Bf%2Cg%20h");
        check("jürgen@x.org", "/j%C3%BCrgen@x.org");
        check("o'neill@x.org", "/o%27neill@x.org");
    }

    #[test]
    fn dots_alone_never_climb() {
        check("..", "/%252E%252E");
        check(".", "/%252E");
        check("...", "/...");
    }
}
