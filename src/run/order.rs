//! What a job over many addresses is for: kept beside the job, so that it can be shown and gone on
//! with when everything else is forgotten. Nothing secret is in it.

use serde_json::Value;

use crate::json::{self, Object};
use crate::ovh::exchange::{Platform, SendConnector};

/// What was asked for, on which platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub platform: Platform,
    pub purpose: Purpose,
    /// The connector that the person works with.
    pub connector: SendConnector,
    /// Milliseconds since 1970.
    pub begun: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Attach to the connector.
    Attach,
    /// OVHcloud's own servers send again.
    Detach,
    /// Back to what each address had before.
    Undo,
}

json::words!(Purpose {
    Attach = "attach",
    Detach = "detach",
    Undo = "undo",
});

impl Order {
    /// The order as text, to be stored.
    pub fn to_json_text(&self) -> String {
        Object::new()
            .with("platform", self.platform.to_json())
            .with("purpose", self.purpose.as_str().into())
            .with("connector", self.connector.to_json())
            .with("begun", self.begun.into())
            .to_text()
    }

    /// The order back from [`Order::to_json_text`].
    pub fn from_json_text(text: &str) -> Option<Self> {
        let value: Value = json::parse(text)?;
        let fields = value.as_object()?;
        Some(Self {
            platform: Platform::from_json(json::field(fields, "platform")?)?,
            purpose: Purpose::read(&json::text(fields, "purpose")?)?,
            connector: SendConnector::from_json(json::field(fields, "connector")?)?,
            begun: json::whole(fields, "begun")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Order, Purpose};
    use crate::ovh::exchange::{Platform, SendConnector};

    #[test]
    fn every_order_is_read_back() {
        for purpose in [Purpose::Attach, Purpose::Detach, Purpose::Undo] {
            let order = Order {
                platform: Platform {
                    organization: "org".to_owned(),
                    service: "private-1".to_owned(),
                },
                purpose,
                connector: SendConnector {
                    id: Some(7),
                    display_name: Some("Newsletter".to_owned()),
                    smart_host: Some("smtp.example.com".to_owned()),
                    ..SendConnector::default()
                },
                begun: 1_700_000_000_000,
            };
            assert_eq!(Order::from_json_text(&order.to_json_text()), Some(order));
        }
        for damaged in ["", "{}", r#"{"purpose":"attach"}"#] {
            assert_eq!(Order::from_json_text(damaged), None);
        }
    }
}
