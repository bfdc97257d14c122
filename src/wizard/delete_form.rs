//! The form that confirms a deletion: the connector's name, and a tick where it is still used or
//! nobody knows.

use crate::ovh::exchange::{Domain, SendConnector};
use crate::run::census::Census;

/// What is in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeleteForm {
    pub name: String,
    /// Although it is still used, or may be.
    pub anyway: bool,
}

/// What has to be mended before anything is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    NameEmpty,
    NameDiffers,
    NotTicked,
}

/// Who is known to send through a connector, now or from now on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependants {
    pub addresses: Vec<String>,
    /// New addresses on these begin with it.
    pub domains: Vec<String>,
    /// Whether nobody else can.
    pub is_certain: bool,
}

/// Why a connector is not simply deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Addresses send through it.
    Addresses,
    /// Nobody sends through it, and it is the default of a domain.
    Domains,
    /// Nobody is known to use it, and not everything was read.
    Unsure,
}

impl Dependants {
    /// As far as both were read.
    pub fn of(id: u64, addresses: Option<&Census<u64>>, domains: Option<&Census<Domain>>) -> Self {
        let own = addresses.map(|census| names(census.those(|own| *own == id)));
        let default_of = |domain: &Domain| domain.connector() == Some(id);
        let defaults = domains.map(|census| names(census.those(default_of)));
        Self {
            addresses: own.unwrap_or_default(),
            domains: defaults.unwrap_or_default(),
            is_certain: addresses.is_some_and(Census::is_whole)
                && domains.is_some_and(Census::is_whole),
        }
    }

    /// Why to think twice; `None` where it is certain that nobody uses the connector.
    pub fn hold(&self) -> Option<Hold> {
        if !self.addresses.is_empty() {
            Some(Hold::Addresses)
        } else if !self.is_certain {
            Some(Hold::Unsure)
        } else if !self.domains.is_empty() {
            Some(Hold::Domains)
        } else {
            None
        }
    }
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    names.map(ToOwned::to_owned).collect()
}

/// What is to be typed: the name of the connector, or its number where it has none.
pub fn expected(connector: &SendConnector) -> String {
    let name = connector.display_name.as_deref().unwrap_or_default().trim();
    if name.is_empty() {
        return connector.id.unwrap_or_default().to_string();
    }
    name.to_owned()
}

/// Whether what was typed means the connector: its name, or its number, since a name may hold what
/// nobody sees or types. A browser shows any run of spaces as one.
fn is_meant(typed: &str, connector: &SendConnector) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    squeezed(typed) == squeezed(&expected(connector))
        || connector.id.is_some_and(|id| typed == id.to_string())
}

impl DeleteForm {
    /// Whether the connector may be deleted.
    ///
    /// # Errors
    /// All that has to be mended first, in the order of the form.
    pub fn validate(
        &self,
        connector: &SendConnector,
        dependants: &Dependants,
    ) -> Result<(), Vec<Problem>> {
        let mut problems = Vec::new();
        match self.name.trim() {
            "" => problems.push(Problem::NameEmpty),
            name if !is_meant(name, connector) => problems.push(Problem::NameDiffers),
            _ => {}
        }
        if dependants.hold().is_some() && !self.anyway {
            problems.push(Problem::NotTicked);
        }
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DeleteForm, Dependants, Hold, Problem};
    use crate::ovh::Error;
    use crate::ovh::exchange::{Domain, SendConnector};
    use crate::run::census::Census;

    const ID: u64 = 29;

    /// A census without pauses in which each has this.
    fn census<T>(all: Vec<(&str, Result<T, Error>)>) -> Census<T> {
        let mut census = Census::default();
        let names = all.iter().map(|(name, _)| (*name).to_owned());
        census.listed(0, Ok(names.collect()));
        for (place, (_, answer)) in all.into_iter().enumerate() {
            census.read(0, place, answer);
        }
        census
    }

    fn domain(id: u64) -> Domain {
        Domain {
            send_connector_id_default: Some(id),
            ..Domain::default()
        }
    }

    fn named(name: Option<&str>) -> SendConnector {
        SendConnector {
            id: Some(ID),
            display_name: name.map(ToOwned::to_owned),
            ..SendConnector::default()
        }
    }

    #[test]
    fn dependants_are_those_that_were_found_and_certain_where_all_were_read() {
        let addresses = census(vec![("a@x", Ok(ID)), ("b@x", Ok(0)), ("c@x", Ok(ID))]);
        let domains = census(vec![("x", Ok(domain(0))), ("y", Ok(domain(ID)))]);
        let all = Dependants::of(ID, Some(&addresses), Some(&domains));
        let expected = Dependants {
            addresses: vec!["a@x".into(), "c@x".into()],
            domains: vec!["y".into()],
            is_certain: true,
        };
        assert_eq!(all, expected);
        assert_eq!(all.hold(), Some(Hold::Addresses));
        let hold = |addresses, domains| Dependants::of(7, addresses, domains).hold();
        assert_eq!(hold(Some(&addresses), Some(&domains)), None);
        let default = census(vec![("y", Ok(domain(7)))]);
        assert_eq!(hold(Some(&addresses), Some(&default)), Some(Hold::Domains));
        // What was not asked for, or not answered, may be anything.
        assert_eq!(hold(None, Some(&domains)), Some(Hold::Unsure));
        assert_eq!(hold(Some(&addresses), None), Some(Hold::Unsure));
        let unreadable = census(vec![("x", Ok(domain(0))), ("y", Err(Error::NotFound))]);
        assert_eq!(
            hold(Some(&addresses), Some(&unreadable)),
            Some(Hold::Unsure)
        );
    }

    #[track_caller]
    fn check(connector: &SendConnector, typed: &str, expected: &[Problem]) {
        let form = DeleteForm {
            name: typed.into(),
            anyway: true,
        };
        let result = form.validate(connector, &Dependants::default());
        assert_eq!(result.err().unwrap_or_default(), expected, "{typed:?}");
    }

    #[test]
    fn the_name_has_to_be_typed_as_it_is() {
        let connector = named(Some("Newsletter "));
        check(&connector, " Newsletter", &[]);
        check(&connector, "newsletter", &[Problem::NameDiffers]);
        check(&connector, "29", &[]);
        check(&connector, "30", &[Problem::NameDiffers]);
        // What a browser shows of it, and what nobody can type.
        check(&named(Some("A  B")), "A B", &[]);
        check(&named(Some("A\u{202e}B")), "AB", &[Problem::NameDiffers]);
        check(&named(Some("A\u{202e}B")), "29", &[]);
        check(&connector, " ", &[Problem::NameEmpty]);
        for nameless in [named(None), named(Some(" "))] {
            check(&nameless, "29", &[]);
            check(&nameless, "2", &[Problem::NameDiffers]);
            check(&nameless, "", &[Problem::NameEmpty]);
        }
    }

    #[test]
    fn who_is_left_has_to_be_left_knowingly() {
        let connector = named(Some("Newsletter"));
        let nobody = Dependants {
            is_certain: true,
            ..Dependants::default()
        };
        let form = DeleteForm {
            name: "Newsletter".into(),
            anyway: false,
        };
        assert_eq!(form.validate(&connector, &nobody), Ok(()));
        let somebody = Dependants {
            domains: vec!["x".into()],
            ..nobody
        };
        for left in [somebody, Dependants::default()] {
            let problems = form.validate(&connector, &left);
            assert_eq!(problems, Err(vec![Problem::NotTicked]));
            let anyway = DeleteForm {
                anyway: true,
                ..form.clone()
            };
            assert_eq!(anyway.validate(&connector, &left), Ok(()));
            let both = DeleteForm::default().validate(&connector, &left);
            assert_eq!(both, Err(vec![Problem::NameEmpty, Problem::NotTicked]));
        }
    }
}
