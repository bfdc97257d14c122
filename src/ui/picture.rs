//! The picture of what a send connector changes: one address through it, one not.

use leptos::prelude::*;

use super::sitting::sitting;

/// Drawn for a width of 340 units, so that its words stay readable on a phone.
#[component]
pub fn Picture() -> impl IntoView {
    let t = sitting().words();
    view! {
        <figure class="picture">
            <svg viewBox="0 0 340 262" role="img" aria-label=t.picture_label>
                <rect class="frame" x="1" y="1" width="338" height="70" rx="8"></rect>
                <text class="caption" x="170" y="20">{t.picture_platform}</text>
                <rect class="box on" x="10" y="30" width="154" height="32" rx="6"></rect>
                <text x="87" y="50">"newsletter@mydomain.ovh"</text>
                <rect class="box" x="176" y="30" width="154" height="32" rx="6"></rect>
                <text x="253" y="50">"contact@mydomain.ovh"</text>

                <path class="line on" d="M87 62 V104 m-5 -8 l5 8 l5 -8"></path>
                <path class="line" d="M253 62 V104 m-5 -8 l5 8 l5 -8"></path>
                <rect class="box on" x="10" y="106" width="154" height="52" rx="6"></rect>
                <text class="strong" x="87" y="128">{t.picture_connector}</text>
                <text class="small" x="87" y="146">{t.picture_connector_where}</text>
                <rect class="box" x="176" y="106" width="154" height="52" rx="6"></rect>
                <text class="strong" x="253" y="128">{t.picture_own}</text>
                <text class="small" x="253" y="146">{t.picture_own_where}</text>

                <path class="line on" d="M87 158 V206 m-5 -8 l5 8 l5 -8"></path>
                <path class="line" d="M253 158 V206 m-5 -8 l5 8 l5 -8"></path>
                <rect class="frame" x="1" y="208" width="338" height="52" rx="8"></rect>
                <text class="strong" x="170" y="230">{t.picture_recipient}</text>
                <text class="small" x="170" y="248">"john.smith@example.com"</text>
            </svg>
            <figcaption>{t.picture_caption}</figcaption>
        </figure>
    }
    .into_any()
}
