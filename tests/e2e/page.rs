//! The page as its reader has it: controls by role and name, words by what can be seen. Every
//! wait is for something, and says what it waited for in vain.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::components::SelectElement;
use thirtyfour::{Key, TypingData, WebDriver, WebElement, WindowHandle};

use crate::browser::{Reader, cdp};
use crate::words::Words;

/// Far more than anything takes, so that a busy machine fails no journey.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often is looked: each look takes the page away from what it is at.
const LOOKS: u32 = 750;

/// One tab with the page in it.
#[derive(Clone)]
pub struct Page {
    pub driver: WebDriver,
    pub reader: Reader,
    /// The journey's name.
    pub name: String,
    /// `http://127.0.0.1:PORT`
    pub address: String,
    words: Arc<Mutex<Arc<Words>>>,
    /// What was done so far, for the message of a failure.
    steps: Arc<Mutex<Vec<String>>>,
    pub pictures: Arc<Mutex<u32>>,
    patience: Duration,
}

impl Page {
    pub fn new(driver: WebDriver, reader: Reader, name: &str, address: String) -> Self {
        Self {
            driver,
            reader,
            name: name.to_owned(),
            address,
            words: Arc::new(Mutex::new(Arc::new(Words::of(reader.language)))),
            steps: Arc::default(),
            pictures: Arc::default(),
            patience: PATIENCE,
        }
    }

    /// The same page, for what takes longer than anything usual.
    pub fn patient(&self, seconds: u64) -> Self {
        Self {
            patience: Duration::from_secs(seconds),
            ..self.clone()
        }
    }

    /// From here on the words are those of another language.
    pub fn reads(&self, language: &str) {
        *self.words.lock().expect("words") = Arc::new(Words::of(language));
    }

    pub fn text(&self, name: &str) -> String {
        self.words.lock().expect("words").get(name).to_owned()
    }

    /// What stands between the thousands of a number.
    pub fn thousands(&self) -> char {
        self.words.lock().expect("words").thousands
    }

    pub fn filled(&self, name: &str, values: &[(&str, &str)]) -> String {
        self.words.lock().expect("words").fill(name, values)
    }

    pub fn step(&self, what: impl Into<String>) {
        self.steps.lock().expect("steps").push(what.into());
    }

    /// What was done so far, the last last.
    pub fn steps(&self) -> String {
        self.steps.lock().expect("steps").join("\n  ")
    }

    // --- Going and looking ---

    pub async fn open(&self) {
        self.step("open the page");
        self.driver.goto(&self.address).await.expect("the page");
    }

    pub async fn reload(&self) {
        self.no_harm().await;
        self.step("reload");
        self.driver.refresh().await.expect("a reload");
    }

    pub async fn back(&self) {
        self.step("back");
        self.driver.back().await.expect("the page before");
    }

    /// The value of a script in the page.
    pub async fn ask(&self, script: &str) -> Value {
        self.ask_with(script, Vec::new()).await
    }

    pub async fn ask_with(&self, script: &str, arguments: Vec<Value>) -> Value {
        let answer = self.driver.execute(script, arguments).await;
        answer
            .unwrap_or_else(|error| panic!("{script}: {error}"))
            .json()
            .clone()
    }

    /// Looks again and again until it is so.
    pub async fn until<T>(&self, what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(found) = look().await {
                return found;
            }
            assert!(
                begun.elapsed() < self.patience,
                "waited in vain for {what}; there is:\n{}",
                self.seen().await
            );
            tokio::time::sleep(self.patience / LOOKS).await;
        }
    }

    /// Waits until a script says yes.
    pub async fn until_so(&self, what: &str, script: &str) {
        self.until(what, async || {
            let answer = self.driver.execute(script, Vec::new()).await.ok()?;
            answer.json().as_bool().filter(|&so| so)
        })
        .await;
    }

    /// All words that can be seen.
    pub async fn seen(&self) -> String {
        let script = "return document.body?.innerText.replace(/\\s+/g, ' ') ?? ''";
        let answer = self.driver.execute(script, Vec::new()).await;
        let text = answer.ok().and_then(|answer| answer.convert().ok());
        text.unwrap_or_default()
    }

    /// Waits until these words can be seen.
    pub async fn says(&self, words: &str) {
        self.step(format!("it says “{words}”"));
        let wanted = squeezed(words);
        self.until(&format!("the words “{wanted}”"), async || {
            self.seen().await.contains(&wanted).then_some(())
        })
        .await;
    }

    pub async fn says_text(&self, name: &str) {
        self.says(&self.text(name)).await;
    }

    /// Waits for the screen with this title: what it loads is there, and the focus is on the title.
    pub async fn screen(&self, title: &str) {
        self.screen_named(&self.text(title)).await;
    }

    /// The same for a title that is the name of something.
    pub async fn screen_named(&self, title: &str) {
        self.step(format!("the screen {title}"));
        let title = squeezed(title);
        let script = "const h1 = document.querySelector('h1'); return [h1?.textContent ?? '', \
                      !document.querySelector('main > div > .busy')]";
        self.until(&format!("the screen “{title}”"), async || {
            let answer = self.driver.execute(script, Vec::new()).await.ok()?;
            let (there, loaded): (String, bool) = answer.convert().ok()?;
            (squeezed(&there) == title && loaded).then_some(())
        })
        .await;
    }

    /// Waits until the focus is on the title, with all that stands above it in view.
    pub async fn title_has_focus(&self) {
        let script = "return document.activeElement?.tagName === 'H1' && scrollY === 0";
        self.until_so("the focus on the title", script).await;
    }

    /// The control with this role and name, if it is there now.
    pub async fn look_for(&self, role: &str, name: &str, scope: &str) -> Option<WebElement> {
        let arguments = vec![json!(role), json!(name), json!(scope)];
        let found = self
            .driver
            .execute(include_str!("script/find.js"), arguments);
        let found = found.await.ok()?;
        if let Some(several) = found.json().as_str() {
            panic!("“{name}” names more than one {role}: {several}");
        }
        found.element().ok()
    }

    pub async fn find(&self, role: &str, name: &str) -> WebElement {
        self.until(&format!("the {role} “{name}”"), async || {
            self.look_for(role, name, "").await
        })
        .await
    }

    /// Waits for a notice with this title, whatever its weight.
    pub async fn notice(&self, name: &str) {
        let title = self.text(name);
        self.step(format!("the notice “{title}”"));
        self.until(&format!("the notice “{title}”"), async || {
            let alert = self.look_for("alert", &title, "").await;
            let notice = self.look_for("group", &title, "").await;
            alert.or(notice).map(|_| ())
        })
        .await;
    }

    /// Waits until a screen reader is told this.
    pub async fn is_told(&self, name: &str) {
        let wanted = json!(self.text(name));
        let script = format!("return document.getElementById('announcer').innerText === {wanted}");
        self.until_so("what is told", &script).await;
    }

    /// Waits until the title of the window begins so.
    pub async fn title_begins(&self, name: &str) {
        let wanted = self.text(name);
        self.step(format!("the title begins with “{wanted}”"));
        self.until("the title", async || {
            let title = self.driver.title().await.ok()?;
            title.starts_with(&wanted).then_some(())
        })
        .await;
    }

    /// There is no such button at this moment.
    pub async fn has_no_button(&self, name: &str) {
        let label = self.text(name);
        let found = self.look_for("button", &label, "").await;
        assert!(found.is_none(), "{label}");
    }

    // --- Doing ---

    /// Clicks on what has this role and these words.
    pub async fn click(&self, role: &str, words: &str) {
        self.click_in(role, words, "").await;
    }

    pub async fn click_in(&self, role: &str, words: &str, scope: &str) {
        self.step(format!("click on the {role} “{words}”"));
        let mut last = String::new();
        self.until(
            &format!("a click on the {role} “{words}”"),
            async || {
                let element = self.look_for(role, words, scope).await?;
                match element.click().await {
                    Ok(()) => Some(()),
                    // It was drawn anew between looking and clicking, or something still covers it.
                    Err(error) => {
                        last = error.to_string();
                        let scroll = "arguments[0].scrollIntoView({ block: 'center' })";
                        let argument = vec![element.to_json().ok()?];
                        let _ = self.driver.execute(scroll, argument).await;
                        None
                    }
                }
            },
        )
        .await;
    }

    pub async fn press(&self, name: &str) {
        self.click("button", &self.text(name)).await;
    }

    pub async fn choose(&self, label: &str) {
        self.click("radio", label).await;
    }

    /// What describes a field: its hint, and what is wrong with it.
    pub async fn description(&self, label: &str) -> String {
        let label = self.text(label);
        let mut field = self.look_for("textbox", &label, "").await;
        for role in ["checkbox", "group"] {
            if field.is_none() {
                field = self.look_for(role, &label, "").await;
            }
        }
        let field = field.unwrap_or_else(|| panic!("there is no field “{label}”"));
        let script = "return arguments[0].getAttribute('aria-describedby').split(' ')\
                      .map((id) => document.getElementById(id)?.textContent).join(' ')";
        let argument = vec![field.to_json().expect("an element")];
        let words = self.ask_with(script, argument).await;
        squeezed(words.as_str().unwrap_or_default())
    }

    /// What stands in a field.
    pub async fn value(&self, label: &str) -> String {
        let field = self.find("textbox", &self.text(label)).await;
        let value = field.prop("value").await.expect("a value");
        value.unwrap_or_default()
    }

    /// Puts words into a field, in place of what was there, as pasting does.
    pub async fn fill(&self, label: &str, words: &str) {
        self.step(format!("fill in {label}"));
        let field = self.find("textbox", &self.text(label)).await;
        let select = "arguments[0].focus(); arguments[0].select()";
        let argument = vec![field.to_json().expect("an element")];
        self.ask_with(select, argument).await;
        if words.is_empty() {
            field.send_keys(Key::Delete).await.expect("a key");
        } else {
            self.paste(words).await;
        }
    }

    /// Presses keys, whatever has the focus.
    pub async fn keys(&self, keys: impl Into<TypingData>) {
        let chain = self.driver.action_chain().send_keys(keys);
        chain.perform().await.expect("keys");
    }

    /// Goes on with the Tab key until this control has the focus; within radio buttons, with the
    /// arrows.
    pub async fn tab_to(&self, role: &str, words: &str) {
        self.step(format!("Tab to the {role} “{words}”"));
        let wanted = self.find(role, words).await;
        let wanted = wanted.to_json().expect("an element");
        let script = "const [wanted] = arguments, now = document.activeElement; return wanted === now \
                      ? 'there' : wanted.type === 'radio' && wanted.name === now.name ? 'near' : 'away'";
        for _ in 0..150 {
            let place = self.ask_with(script, vec![wanted.clone()]).await;
            match place.as_str() {
                Some("there") => return,
                Some("near") => self.keys(Key::Down).await,
                _ => self.keys(Key::Tab).await,
            }
        }
        panic!("the Tab key does not lead to the {role} “{words}”");
    }

    /// Chooses an entry of a list that unfolds.
    pub async fn pick(&self, list: &str, entry: &str) {
        self.step(format!("choose {entry}"));
        let select = self.find("combobox", &self.text(list)).await;
        let select = SelectElement::new(&select).await.expect("a list");
        let chosen = select.select_by_exact_text(entry).await;
        chosen.expect("the entry");
    }

    /// Pastes into what has the focus. A key goes first, as in Ctrl+V: what moves after it, the
    /// reader moved.
    pub async fn paste(&self, words: &str) {
        self.keys(Key::Control).await;
        cdp(&self.driver, "Input.insertText", json!({ "text": words })).await;
    }

    /// The other tab, if there is one; the page's own stays open.
    pub async fn to_new_tab(&self) {
        self.step("go to the new tab");
        let own = self.tab().await;
        let other = self
            .until("a new tab", async || {
                let tabs = self.driver.windows().await.ok()?;
                tabs.into_iter().find(|tab| *tab != own)
            })
            .await;
        self.go_to_tab(&other).await;
    }

    /// The tab that is driven now.
    pub async fn tab(&self) -> WindowHandle {
        self.driver.window().await.expect("a tab")
    }

    pub async fn go_to_tab(&self, tab: &WindowHandle) {
        self.step("go to the other tab");
        let switched = self.driver.switch_to_window(tab.clone()).await;
        switched.expect("a tab");
    }

    /// Closes this tab and goes back to the first.
    pub async fn close_tab(&self) {
        self.step("close this tab");
        self.driver.close_window().await.expect("a tab");
        let tabs = self.driver.windows().await.expect("tabs");
        self.go_to_tab(&tabs[0]).await;
    }
}

pub fn squeezed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
