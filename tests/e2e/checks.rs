//! What is to be true of every screen: nobody is shut out, nothing is blocked or fails unseen,
//! nothing sticks out, and a picture is kept for the eye.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::browser::{HEIGHT, cdp, set_size};
use crate::page::Page;

const AXE: &str = "
  const done = arguments[0];
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  axe.run(document, { runOnly: tags, resultTypes: ['violations'], preload: false })
    .then(({ violations }) => done(violations.flatMap(({ id, help, nodes }) => nodes.map((node) =>
      `${id}: ${help}: ${node.target.join(' ')}: ${node.failureSummary}`))))
    .catch((error) => done([String(error)]));";

const STICKS_OUT: &str = "
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll('body *')]
    .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 0.5)
    .map((element) => element.outerHTML.slice(0, 100));";

impl Page {
    /// All of it, with a picture under this name.
    pub async fn look(&self, name: &str) {
        self.step(format!("look at {name}"));
        let number = {
            let mut pictures = self.pictures.lock().expect("pictures");
            *pictures += 1;
            *pictures
        };
        self.picture(&format!("{number:02}-{name}")).await;
        self.no_harm().await;
        self.nothing_sticks_out().await;
        self.nobody_is_shut_out().await;
    }

    /// Neither was anything blocked, nor did anything fail unseen.
    pub async fn no_harm(&self) {
        let harm = self.harm().await;
        assert!(harm.is_empty(), "the browser reported: {harm:#?}");
    }

    pub async fn harm(&self) -> Vec<String> {
        let harm = self
            .ask("return window.watched ? [...watched.violations, ...watched.errors] : []")
            .await;
        serde_json::from_value(harm).expect("words")
    }

    /// Takes note of the harm that a journey has done on purpose.
    pub async fn forgiven(&self) -> Vec<String> {
        let harm = self.harm().await;
        self.ask("watched.violations.length = watched.errors.length = 0")
            .await;
        harm
    }

    async fn nothing_sticks_out(&self) {
        let found = self.ask(STICKS_OUT).await;
        assert_eq!(found, Value::Array(Vec::new()), "wider than the window");
    }

    /// What axe-core finds at the levels A and AA, and among good practice.
    async fn nobody_is_shut_out(&self) {
        if self.ask("return typeof axe").await == "undefined" {
            let path = std::env::var("AXE").expect("AXE names axe.min.js; .ci/tools sets it");
            let axe = std::fs::read_to_string(path).expect("axe-core");
            self.ask(&axe).await;
        }
        let found = self.driver.execute_async(AXE, Vec::new()).await;
        let found: Vec<String> = found.expect("axe-core").convert().expect("a list");
        assert!(found.is_empty(), "axe-core: {found:#?}");
    }

    /// Saves the whole page as a picture. The window grows for it, and what that moves is nothing
    /// that the page did.
    pub async fn picture(&self, name: &str) {
        let before = self.ask(BEFORE_PICTURE).await;
        let whole = before["height"].as_u64().unwrap_or(HEIGHT).max(HEIGHT);
        set_size(&self.driver, self.reader.width, whole).await;
        let picture = cdp(&self.driver, "Page.captureScreenshot", json!({})).await;
        set_size(&self.driver, self.reader.width, HEIGHT).await;
        let after = self.driver.execute_async(AFTER_PICTURE, vec![before]).await;
        after.expect("the page as it was");
        self.save(name, &picture);
    }

    /// Throws away what an earlier run left.
    pub fn forget_pictures(&self) {
        let _ = std::fs::remove_dir_all(self.pictures_folder());
    }

    fn pictures_folder(&self) -> PathBuf {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/screens");
        folder.join(self.reader.name()).join(&self.name)
    }

    /// Saves what `Page.captureScreenshot` answered with.
    pub fn save(&self, name: &str, picture: &Value) {
        let folder = self.pictures_folder();
        std::fs::create_dir_all(&folder).expect("a folder for pictures");
        let data = picture["data"].as_str().expect("a picture");
        let bytes = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, data);
        let file = folder.join(format!("{name}.png"));
        std::fs::write(file, bytes.expect("base64")).expect("a picture saved");
    }
}

const BEFORE_PICTURE: &str = "
  return {
    height: document.documentElement.scrollHeight,
    top: scrollY,
    moved: window.watched?.moved.length ?? 0,
  };";

const AFTER_PICTURE: &str = "
  const [{ top, moved }, done] = arguments;
  scrollTo(0, top);
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
    window.watched?.moved.splice(moved);
    done();
  })));";
