//! Applications and credentials: the practice keys that always work, the sentinel keys, and the
//! keys made on the pages.

use std::collections::HashMap;
use std::time::Duration;

use super::access::Rule;
use super::chance::Chance;
use super::clock::Moment;

pub const APPLICATION: &str = "PracticeAppKey01";
pub const SECRET: &str = "PracticeSecret00PracticeSecret00";
pub const CONSUMER: &str = "PracticeConsumerKeyForEverybody0";
/// Validated once, expired since.
pub const EXPIRED: &str = "PracticeConsumerKeyExpired000000";
/// Never confirmed.
pub const PENDING: &str = "PracticeConsumerKeyPending000000";
/// May read everything and change nothing.
pub const READ_ONLY: &str = "PracticeConsumerKeyReadOnly00000";

pub const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

/// `auth.CredentialStateEnum`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Expired,
    PendingValidation,
    Refused,
    Validated,
}

impl State {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::PendingValidation => "pendingValidation",
            Self::Refused => "refused",
            Self::Validated => "validated",
        }
    }
}

pub struct Application {
    pub id: u64,
    pub secret: String,
}

pub struct Credential {
    pub id: u64,
    /// The application key it belongs to.
    pub application: String,
    pub state: State,
    pub rules: Vec<Rule>,
    pub created: Moment,
    pub expires: Option<Moment>,
    pub last_use: Option<Moment>,
    /// Where the confirm page leads.
    pub redirection: Option<String>,
}

impl Credential {
    pub fn state_at(&self, now: Moment) -> State {
        let over = self.expires.is_some_and(|end| end <= now);
        if over && self.state == State::Validated {
            State::Expired
        } else {
            self.state
        }
    }
}

/// Everything that was ever handed out.
pub struct Keys {
    pub applications: HashMap<String, Application>,
    pub credentials: HashMap<String, Credential>,
    /// The confirm page's token, and the consumer key it is about.
    pub tokens: HashMap<String, String>,
    chance: Chance,
    next: u64,
}

impl Keys {
    pub fn new(now: Moment) -> Self {
        let mut keys = Self {
            applications: HashMap::new(),
            credentials: HashMap::new(),
            tokens: HashMap::new(),
            chance: Chance::unforeseen(),
            next: 1001,
        };
        keys.own(APPLICATION, SECRET);
        let all: Vec<Rule> = METHODS.map(|method| Rule::new(method, "*")).to_vec();
        let read = vec![Rule::new("GET", "*")];
        let sentinels = [
            (CONSUMER, State::Validated, all.clone()),
            (EXPIRED, State::Expired, all.clone()),
            (PENDING, State::PendingValidation, all),
            (READ_ONLY, State::Validated, read),
        ];
        for (consumer, state, rules) in sentinels {
            keys.grant(consumer, APPLICATION, state, rules, now);
        }
        keys
    }

    fn own(&mut self, key: &str, secret: &str) {
        let id = self.number();
        let secret = secret.to_owned();
        self.applications
            .insert(key.to_owned(), Application { id, secret });
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn grant(&mut self, consumer: &str, key: &str, state: State, rules: Vec<Rule>, now: Moment) {
        let credential = Credential {
            id: self.number(),
            application: key.to_owned(),
            state,
            rules,
            created: now,
            expires: None,
            last_use: None,
            redirection: None,
        };
        self.credentials.insert(consumer.to_owned(), credential);
    }

    /// A fresh application key and its secret.
    pub fn make_application(&mut self) -> (String, String) {
        let (key, secret) = (self.chance.letters(16), self.chance.letters(32));
        self.own(&key, &secret);
        (key, secret)
    }

    /// A fresh consumer key of an application, confirmed at once, valid for `validity`.
    pub fn make_validated(
        &mut self,
        application: &str,
        rules: Vec<Rule>,
        validity: Option<Duration>,
        now: Moment,
    ) -> String {
        let consumer = self.chance.letters(32);
        self.grant(&consumer, application, State::Validated, rules, now);
        if let Some(credential) = self.credentials.get_mut(&consumer) {
            credential.expires = validity.map(|validity| now.plus(validity));
        }
        consumer
    }

    /// A fresh consumer key that waits for its owner, and the token of its confirm page.
    pub fn ask(
        &mut self,
        application: &str,
        rules: Vec<Rule>,
        redirection: Option<String>,
        now: Moment,
    ) -> (String, String) {
        let (consumer, token) = (self.chance.letters(32), self.chance.letters(64));
        self.grant(&consumer, application, State::PendingValidation, rules, now);
        if let Some(credential) = self.credentials.get_mut(&consumer) {
            credential.redirection = redirection;
        }
        self.tokens.insert(token.clone(), consumer.clone());
        (consumer, token)
    }

    /// Ends a consumer key. The one everybody shares is accepted again at once, or one person's
    /// sign-out would end the next person's practice.
    pub fn end(&mut self, consumer: &str) {
        if consumer == CONSUMER || consumer == READ_ONLY {
            return;
        }
        if let Some(credential) = self.credentials.get_mut(consumer) {
            credential.state = State::Expired;
        }
    }
}
