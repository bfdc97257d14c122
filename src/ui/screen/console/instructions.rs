//! One call, field by field, as it is entered in the console.

use crate::ovh::shown::{self, PLACEHOLDER};
use crate::ovh::{Endpoint, Request};
use crate::text::{Text, fill};
use crate::ui::dom::{El, el, words};
use crate::ui::kit::{hint, link, more};
use crate::ui::part::shown::{copy_button, copying};

/// Where to go, and what to enter there; each value with a button that copies it.
pub fn instructions(t: &'static Text, endpoint: &Endpoint, request: &Request) -> El {
    let card = el("div").class("card hand");
    let Some(steps) = shown::console(endpoint, request) else {
        return card;
    };
    let method = steps.method.as_str();
    let rows = [(method, steps.route.to_owned())]
        .into_iter()
        .chain(steps.parameters);
    let mut rows: Vec<El> = rows.map(|(name, value)| row(t, name, &value)).collect();
    let is_secret = |value: &str| value.trim_matches('"') == PLACEHOLDER;
    let has_secret = steps.fields.iter().any(|(_, value)| is_secret(value));
    rows.extend(steps.fields.iter().map(|(name, value)| {
        if is_secret(value) {
            entry(name).child(words("dd", t.hand_password()))
        } else {
            row(t, name, &bare(value))
        }
    }));
    let open = el("p").child(link(&steps.address, t.hand_open()));
    let whole = (!steps.body.is_empty()).then(|| {
        let warning = has_secret.then(|| hint(t.hand_body_password()));
        let body = steps.body.clone();
        let mut content = vec![words("pre", &steps.body).attr("tabindex", "0")];
        content.extend(warning);
        content.push(copying(t, t.copy_call(), move || body.clone()));
        more(t.hand_body(), content)
    });
    card.child(open)
        .child(el("dl").class("details").children(rows))
        .maybe(whole)
}

/// A text without the quotes that JSON puts around it.
fn bare(value: &str) -> String {
    let text = crate::json::parse(value);
    let text = text.and_then(|value| value.as_str().map(ToOwned::to_owned));
    text.unwrap_or_else(|| value.to_owned())
}

fn entry(name: &str) -> El {
    el("div").child(el("dt").child(words("code", name)))
}

fn row(t: &'static Text, name: &str, value: &str) -> El {
    let text = value.to_owned();
    let [copy, said] = copy_button(t, t.copy_call(), move || text.clone());
    let copy = copy.attr("aria-label", &fill(t.copy_named(), &[("name", name)]));
    let value = el("dd").child(words("code", value));
    entry(name).child(value.child(copy).child(said))
}
