//! All details of a connector.

use crate::browser::intl;
use crate::ovh::exchange::SendConnector;
use crate::text::{Text, fill};
use crate::ui::wording;

/// All that OVHcloud tells about a connector.
pub fn rows(t: &Text, connector: SendConnector) -> Vec<(&str, String)> {
    let mechanism = wording::connector_mechanism(t, &connector);
    let date = |iso: Option<String>| iso.map(|iso| intl::date(t.language, &iso));
    let number = |number: Option<u64>| number.map(|number| number.to_string());
    let size = number(connector.max_send_size).map(|size| fill(t.megabytes(), &[("size", &size)]));
    let tls = wording::truth(t, connector.require_tls);
    let state = wording::connector_state(t, &connector);
    let rows = [
        (t.connector_id(), number(connector.id)),
        (t.display_name(), connector.display_name),
        (t.smart_host(), connector.smart_host),
        (t.port(), number(connector.port)),
        (t.mechanism(), Some(mechanism)),
        (t.require_tls(), Some(tls)),
        (t.largest_mail(), size),
        (t.state(), Some(state)),
        (t.created(), date(connector.creation_date)),
        (t.changed(), date(connector.last_update_date)),
    ];
    let told = |value: Option<String>| value.unwrap_or_else(|| t.not_told().to_owned());
    rows.into_iter()
        .map(|(name, value)| (name, told(value)))
        .collect()
}
