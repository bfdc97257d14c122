//! The keys as they are typed or pasted, and what makes them usable.

use crate::ovh::keys::{self, ApplicationKey, ConsumerKey, Keys, Kind, Problem, Secret};

/// What is in the three fields. Held by the form alone and stored nowhere.
#[derive(Clone, Default)]
pub struct KeyForm {
    pub application: String,
    pub secret: String,
    pub consumer: String,
}

/// Keys that have the shape of keys.
pub enum Signer {
    /// All three: ready to sign.
    Complete(Keys),
    /// Without a consumer key, which OVHcloud is still to be asked for.
    WithoutConsumer(Keys),
}

impl KeyForm {
    /// Fills the fields from the text of a page; a field whose key is not in it stays as it is.
    /// Says how many keys were found.
    pub fn take_from(&mut self, page: &str) -> usize {
        let found = keys::find(page);
        let mut count = 0;
        for (field, key) in [
            (&mut self.application, found.application),
            (&mut self.secret, found.secret),
            (&mut self.consumer, found.consumer),
        ] {
            if !key.is_empty() {
                *field = key;
                count += 1;
            }
        }
        count
    }

    /// The keys, if each can be one.
    ///
    /// # Errors
    /// Each field that cannot, with the reason, in the order of the form.
    pub fn validate(&self) -> Result<Signer, Vec<(Kind, Problem)>> {
        let mut problems = Vec::new();
        let mut read = |kind, text: &str| {
            keys::read(kind, text).unwrap_or_else(|problem| {
                problems.push((kind, problem));
                String::new()
            })
        };
        let application = read(Kind::Application, &self.application);
        let secret = read(Kind::Secret, &self.secret);
        let has_consumer = !self.consumer.trim().is_empty();
        let consumer = if has_consumer {
            read(Kind::Consumer, &self.consumer)
        } else {
            String::new()
        };
        if !secret.is_empty() && secret == consumer {
            problems.push((Kind::Consumer, Problem::Same));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let keys = Keys {
            application: ApplicationKey(application),
            secret: Secret::new(secret),
            consumer: ConsumerKey::new(consumer),
        };
        Ok(if has_consumer {
            Signer::Complete(keys)
        } else {
            Signer::WithoutConsumer(keys)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyForm, Kind, Problem, Signer};

    const SECRET: &str = "PracticeSecret00PracticeSecret00";

    fn form(application: &str, secret: &str, consumer: &str) -> KeyForm {
        KeyForm {
            application: application.into(),
            secret: secret.into(),
            consumer: consumer.into(),
        }
    }

    fn problems(form: &KeyForm) -> Vec<(Kind, Problem)> {
        form.validate().err().unwrap_or_default()
    }

    #[test]
    fn two_keys_are_enough_to_ask_for_the_third() {
        let two = form("PracticeAppKey01", SECRET, " ");
        assert!(matches!(two.validate(), Ok(Signer::WithoutConsumer(_))));
        let three = form(
            "PracticeAppKey01",
            SECRET,
            "PracticeConsumerKeyForEverybody0",
        );
        assert!(matches!(three.validate(), Ok(Signer::Complete(_))));
    }

    #[test]
    fn every_field_says_what_is_wrong() {
        assert_eq!(
            problems(&form("", SECRET, "x")),
            [
                (Kind::Application, Problem::Empty),
                (Kind::Consumer, Problem::Length { found: 1 })
            ]
        );
        assert_eq!(
            problems(&form(SECRET, "PracticeAppKey01", "")),
            [
                (Kind::Application, Problem::OtherKey),
                (Kind::Secret, Problem::OtherKey)
            ]
        );
        assert_eq!(
            problems(&form("PracticeAppKey01", SECRET, SECRET)),
            [(Kind::Consumer, Problem::Same)]
        );
    }

    #[test]
    fn a_pasted_page_fills_what_it_holds() {
        let mut keys = form("", "", "kept");
        let page = format!("Application Key PracticeAppKey01\nApplication Secret {SECRET}");
        assert_eq!(keys.take_from(&page), 2);
        assert_eq!((&*keys.secret, &*keys.consumer), (SECRET, "kept"));
        assert_eq!(keys.take_from("nothing here"), 0);
    }
}
