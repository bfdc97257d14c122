//! The document around the screens: title, language, focus, history, addresses.

use std::cell::Cell;

use js_sys::Reflect;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue, UnwrapThrowExt as _};
use web_sys::{Clipboard, Document, Event, HtmlDialogElement, HtmlElement, HtmlTextAreaElement};

fn document() -> Document {
    super::window().document().unwrap_throw()
}

pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Whether the page came over https, or from this computer: only then can the browser encrypt.
pub fn is_secure() -> bool {
    super::window().is_secure_context()
}

pub fn set_language(code: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", code);
    }
}

/// The languages that the person reads, the best first.
pub fn preferred_languages() -> Vec<String> {
    let languages = super::window().navigator().languages();
    languages
        .iter()
        .filter_map(|code| code.as_string())
        .collect()
}

/// The file that `<meta name="…">` names, and the integrity it must have.
pub fn named_file(name: &str) -> Option<(String, Option<String>)> {
    let selector = ["meta[name=\"", name, "\"]"].concat();
    let element = document().query_selector(&selector).ok()??;
    let integrity = element.get_attribute("data-integrity");
    Some((element.get_attribute("content")?, integrity))
}

/// Moves the focus to the element with this id; the browser scrolls as far as it takes to see it.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Moves the focus to the text area with this id, and chooses all that stands there: what is pasted
/// takes its place.
pub fn focus_on_all(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(area) = element.and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok()) {
        let _ = area.focus();
        area.select();
    }
}

/// The id of the place whose words a screen reader says when they change.
pub const ANNOUNCER: &str = "announcer";

/// Has a screen reader say something that appears beside the focus, the same once more too.
pub fn announce(words: &str) {
    if let Some(place) = document().get_element_by_id(ANNOUNCER) {
        let is_said = place.text_content().as_deref() == Some(words);
        let news = if is_said { "\u{a0}" } else { "" };
        place.set_text_content(Some(&[words, news].concat()));
    }
}

/// Unfolds what the element with this id is folded into, and moves the focus there.
pub fn reveal(id: &str) {
    let element = document().get_element_by_id(id);
    let folded = element.and_then(|element| element.closest("details").ok()?);
    if let Some(folded) = folded {
        let _ = folded.set_attribute("open", "");
    }
    focus(id);
}

/// Moves the focus to the element with this id and shows it from its top on.
pub fn show_from_top(id: &str) {
    focus(id);
    if let Some(element) = document().get_element_by_id(id) {
        element.scroll_into_view();
    }
}

/// Opens or closes the dialog with this id. While it is open, nothing else can be reached.
pub fn show_dialog(id: &str, is_open: bool) {
    let element = document().get_element_by_id(id);
    if let Some(dialog) = element.and_then(|element| element.dyn_into::<HtmlDialogElement>().ok()) {
        if !is_open {
            dialog.close();
        } else if !dialog.open() {
            let _ = dialog.show_modal();
        }
    }
}

pub fn scroll_to_top() {
    super::window().scroll_to_with_x_and_y(0.0, 0.0);
}

thread_local! {
    static ASKS: Cell<bool> = const { Cell::new(false) };
    static LISTENS: Cell<bool> = const { Cell::new(false) };
}

/// Whether the browser asks before it leaves the page or closes the tab.
pub fn ask_before_leaving(asks: bool) {
    ASKS.set(asks);
    if asks && !LISTENS.replace(true) {
        let heard = Closure::<dyn FnMut(Event)>::new(|event: Event| {
            if ASKS.get() {
                event.prevent_default();
            }
        });
        let _ = super::window()
            .add_event_listener_with_callback("beforeunload", heard.as_ref().unchecked_ref());
        heard.forget();
    }
}

/// Calls back whenever somebody uses the page, for as long as it lives.
pub fn on_use(used: impl FnMut() + 'static) {
    let heard = Closure::<dyn FnMut()>::new(used).into_js_value();
    // A screen reader's own cursor presses no keys here: it moves the focus, and scrolls.
    for event in [
        "pointerdown",
        "pointermove",
        "keydown",
        "wheel",
        "focusin",
        "scroll",
    ] {
        let _ = super::window().add_event_listener_with_callback_and_bool(
            event,
            heard.unchecked_ref(),
            true,
        );
    }
}

pub fn print() {
    let _ = super::window().print();
}

/// One step back in the history.
pub fn back() {
    if let Ok(history) = super::window().history() {
        let _ = history.back();
    }
}

/// Starts the page anew.
pub fn reload() {
    let _ = super::window().location().reload();
}

/// Starts the page anew whenever the browser brings it back as it was left: what it knows may be
/// over by then, the sitting too.
pub fn reload_when_restored() {
    let heard = Closure::<dyn FnMut(Event)>::new(|event: Event| {
        let is_restored = Reflect::get(&event, &"persisted".into());
        if is_restored.is_ok_and(|is| is.is_truthy()) {
            reload();
        }
    });
    let heard = heard.into_js_value();
    let _ = super::window().add_event_listener_with_callback("pageshow", heard.unchecked_ref());
}

/// The address of this page without query and fragment.
pub fn own_address() -> String {
    let location = super::window().location();
    [
        location.origin().unwrap_or_default(),
        location.pathname().unwrap_or_default(),
    ]
    .concat()
}

/// Leaves for another page of the web.
pub fn leave_for(address: &str) {
    let _ = super::window().location().assign(address);
}

/// The part of the page's address after `#`.
pub fn fragment() -> String {
    let hash = super::window().location().hash().unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Writes a fragment into the address bar, as a new step of the history or in place of the last. A
/// step knows the fragment of the one before.
pub fn set_fragment(new: &str, new_step: bool) {
    let Ok(history) = super::window().history() else {
        return;
    };
    let address = ["#", new].concat();
    let _ = if new_step {
        let before = JsValue::from_str(&fragment());
        history.push_state_with_url(&before, "", Some(&address))
    } else {
        let before = history.state().unwrap_or_default();
        history.replace_state_with_url(&before, "", Some(&address))
    };
}

/// Whether the step of the history before this one has this fragment.
pub fn is_before(wanted: &str) -> bool {
    let before = super::window()
        .history()
        .and_then(|history| history.state());
    before.unwrap_or_default().as_string().as_deref() == Some(wanted)
}

/// Steps back in the history if the step before has this fragment.
pub fn step_back_to(wanted: &str) -> bool {
    let history = super::window().history();
    is_before(wanted) && history.is_ok_and(|history| history.back().is_ok())
}

/// Calls back whenever the person goes back or forward, for as long as the page lives.
pub fn on_history(mut went: impl FnMut(String) + 'static) {
    if let Ok(history) = super::window().history() {
        // Each screen begins at its top; the browser would go where the other one was left.
        let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
    }
    let closure = Closure::<dyn FnMut()>::new(move || went(fragment()));
    let _ = super::window()
        .add_event_listener_with_callback("popstate", closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Calls back with `true` right before the page goes on paper, and with `false` afterwards, until
/// something else is to be called.
pub fn on_print(mut prints: impl FnMut(bool) + 'static) {
    let heard = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        prints(event.type_() == "beforeprint");
    });
    let heard = heard.into_js_value();
    let window = super::window();
    window.set_onbeforeprint(Some(heard.unchecked_ref()));
    window.set_onafterprint(Some(heard.unchecked_ref()));
}

/// Puts a text on the clipboard; false where the browser does not allow it.
pub async fn copy(text: &str) -> bool {
    // Over plain http there is none, whatever its type says.
    let clipboard = Reflect::get(&super::window().navigator(), &"clipboard".into());
    let clipboard = clipboard
        .ok()
        .and_then(|found| found.dyn_into::<Clipboard>().ok());
    match clipboard {
        Some(clipboard) => super::settle(clipboard.write_text(text)).await.is_ok(),
        None => false,
    }
}
