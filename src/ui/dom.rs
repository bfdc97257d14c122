//! Elements of the page, built by plain calls and kept up to date by Leptos' signals.
//!
//! Leptos' own views give every element a type of its own: with them this page weighed 220 KB
//! (brotli), far over what it may. Here all elements have one type and the same code.

use std::pin::Pin;

use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, UnwrapThrowExt as _};
use web_sys::{Element, Event, FocusOptions, HtmlElement, HtmlInputElement, UiEvent};

const SVG: &str = "http://www.w3.org/2000/svg";

/// One element. Made and put nowhere, it is not on the page.
#[must_use]
#[derive(Clone)]
pub struct El(Element);

/// An element of HTML.
pub fn el(tag: &str) -> El {
    El(document().create_element(tag).unwrap_throw())
}

/// An element of SVG.
pub fn svg(tag: &str) -> El {
    El(document().create_element_ns(Some(SVG), tag).unwrap_throw())
}

/// An element with words in it.
pub fn words(tag: &str, words: &str) -> El {
    el(tag).text(words)
}

/// Puts elements at the end of the page.
pub fn append_to_page(elements: &[El]) {
    if let Some(body) = document().body() {
        for element in elements {
            let _ = body.append_child(&element.0);
        }
    }
}

/// Keeps something up to date for as long as the current screen is there.
pub fn keep(update: impl FnMut() + 'static) {
    keep_boxed(Box::new(update));
}

// Each function here that takes any closure hands it on boxed: the work is compiled once, not once
// for every place that calls it.
#[inline(never)]
fn keep_boxed(mut update: Box<dyn FnMut()>) {
    StoredValue::new_local(RenderEffect::new(move |_| update()));
}

/// Does something once now and again whenever the signals it reads change, after the page has
/// taken up what else they changed.
pub fn after(then: impl FnMut() + 'static) {
    after_boxed(Box::new(then));
}

#[inline(never)]
fn after_boxed(then: Box<dyn FnMut()>) {
    Effect::new(then);
}

/// Starts something that waits for the browser or for OVHcloud.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    spawn_boxed(Box::pin(work));
}

#[inline(never)]
fn spawn_boxed(work: Pin<Box<dyn Future<Output = ()>>>) {
    leptos::task::spawn_local(work);
}

/// A text that can be changed.
#[inline(never)]
pub fn text_signal(text: String) -> RwSignal<String> {
    RwSignal::new(text)
}

/// Something that is or is not.
#[inline(never)]
pub fn flag(is: bool) -> RwSignal<bool> {
    RwSignal::new(is)
}

/// A number that says that something is new.
#[inline(never)]
pub fn counter() -> RwSignal<u32> {
    RwSignal::new(0)
}

/// Content that follows signals.
type Content = Box<dyn Fn() -> Vec<El>>;

impl El {
    #[inline(never)]
    pub fn attr(self, name: &str, value: &str) -> Self {
        let _ = self.0.set_attribute(name, value);
        self
    }

    pub fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    pub fn id(self, id: &str) -> Self {
        self.attr("id", id)
    }

    /// Adds words after what is there.
    #[inline(never)]
    pub fn text(self, words: &str) -> Self {
        let _ = self.0.append_child(&document().create_text_node(words));
        self
    }

    #[inline(never)]
    pub fn child(self, child: El) -> Self {
        let El(child) = child;
        let _ = self.0.append_child(&child);
        self
    }

    #[inline(never)]
    pub fn children(self, children: Vec<El>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    pub fn maybe(self, child: Option<El>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// The words in it follow signals.
    pub fn live_text(self, words: impl Fn() -> String + 'static) -> Self {
        self.live_text_boxed(Box::new(words))
    }

    #[inline(never)]
    fn live_text_boxed(self, words: Box<dyn Fn() -> String>) -> Self {
        let element = self.0.clone();
        // What stands there already costs the browser as much as what is new.
        let mut shown = None;
        keep_boxed(Box::new(move || {
            let words = words();
            if shown.as_ref() != Some(&words) {
                element.set_text_content(Some(&words));
                shown = Some(words);
            }
        }));
        self
    }

    /// An attribute follows signals; `None` takes it away.
    pub fn live_attr(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        self.live_attr_boxed(name, Box::new(value))
    }

    #[inline(never)]
    fn live_attr_boxed(self, name: &'static str, value: Box<dyn Fn() -> Option<String>>) -> Self {
        let element = self.0.clone();
        let mut shown = None;
        keep_boxed(Box::new(move || {
            let value = value();
            if shown.as_ref() != Some(&value) {
                let _ = match &value {
                    Some(value) => element.set_attribute(name, value),
                    None => element.remove_attribute(name),
                };
                shown = Some(value);
            }
        }));
        self
    }

    /// All that is in it follows signals. What the old content kept up to date ends with it.
    pub fn live(self, content: impl Fn() -> Vec<El> + 'static) -> Self {
        self.live_boxed(Box::new(content))
    }

    #[inline(never)]
    fn live_boxed(self, content: Content) -> Self {
        let element = self.0.clone();
        let mut owner = None::<Owner>;
        let parent = Owner::current();
        keep_boxed(Box::new(move || {
            let fresh = parent.as_ref().map_or_else(Owner::new, Owner::child);
            let elements = fresh.with(&content);
            // The old content goes only now, so that nothing is asked of it any more.
            if let Some(old) = owner.replace(fresh) {
                old.cleanup();
            }
            let focused = focused_in(&element);
            element.set_text_content(None);
            for child in elements {
                let _ = element.append_child(&child.0);
            }
            if let Some(focused) = focused
                && !focus_again(&element, &focused)
            {
                take_focus(&element);
            }
        }));
        self
    }

    /// Shows its beginning again, where it scrolls, once another page of its content is chosen.
    pub fn from_its_top(self, page: RwSignal<usize>) -> Self {
        let element = self.0.clone();
        keep(move || {
            page.track();
            element.set_scroll_top(0);
        });
        self
    }

    /// Calls back at an event of the browser.
    pub fn on(self, event: &str, heard: impl FnMut(Event) + 'static) -> Self {
        self.on_boxed(event, Box::new(heard))
    }

    #[inline(never)]
    fn on_boxed(self, event: &str, heard: Box<dyn FnMut(Event)>) -> Self {
        let heard = Closure::wrap(heard).into_js_value();
        let _ = self
            .0
            .add_event_listener_with_callback(event, heard.unchecked_ref());
        self
    }

    /// A text field and a signal that follow each other.
    #[inline(never)]
    pub fn bind(self, value: RwSignal<String>) -> Self {
        // An input, a text area and a select all have this property.
        let field: HtmlInputElement = self.0.clone().unchecked_into();
        keep(move || {
            let wanted = value.get();
            if field.value() != wanted {
                field.set_value(&wanted);
            }
        });
        self.on("input", move |event| value.set(value_of(&event)))
    }

    /// A box or a radio button that is ticked while this holds.
    pub fn ticked(self, is_ticked: impl Fn() -> bool + 'static) -> Self {
        self.ticked_boxed(Box::new(is_ticked))
    }

    #[inline(never)]
    fn ticked_boxed(self, is_ticked: Box<dyn Fn() -> bool>) -> Self {
        let field: HtmlInputElement = self.0.clone().unchecked_into();
        keep_boxed(Box::new(move || field.set_checked(is_ticked())));
        self
    }
}

/// What stands in the field that an event came from.
pub fn value_of(event: &Event) -> String {
    target(event).value()
}

/// How many clicks in a row, at one place, an event is the last of.
pub fn clicks(event: &Event) -> i32 {
    let event: &UiEvent = event.unchecked_ref();
    event.detail()
}

/// Whether the box that an event came from is ticked.
pub fn is_ticked(event: &Event) -> bool {
    target(event).checked()
}

fn target(event: &Event) -> HtmlInputElement {
    event.target().unwrap_throw().unchecked_into()
}

/// What has the focus in this element.
fn focused_in(element: &Element) -> Option<Element> {
    let active = document().active_element();
    active.filter(|active| active != element && element.contains(Some(active)))
}

/// Gives the focus back to what has been drawn anew under the same id; false where it is not there
/// any more, and for a button.
fn focus_again(element: &Element, before: &Element) -> bool {
    let again = if before.tag_name() == "BUTTON" {
        None
    } else {
        document().get_element_by_id(&before.id())
    };
    let Some(again) = again.filter(|again| element.contains(Some(again))) else {
        return false;
    };
    let _ = again
        .unchecked_ref::<HtmlElement>()
        .focus_with_options(&in_place());
    true
}

/// The focus moves, and what is in view stays.
fn in_place() -> FocusOptions {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    options
}

/// A button that goes away by its own press would take the focus with it, and whoever uses no mouse
/// would begin anew at the top of the page. None of the new buttons has it: Enter may still be down.
fn take_focus(element: &Element) {
    if !element.has_attribute("tabindex") {
        let holder = element.clone();
        let _ = element.set_attribute("tabindex", "-1");
        let _ = El(element.clone()).on("blur", move |_| {
            let _ = holder.remove_attribute("tabindex");
        });
    }
    let element: &HtmlElement = element.unchecked_ref();
    let _ = element.focus_with_options(&in_place());
}

fn document() -> web_sys::Document {
    leptos::prelude::document()
}
