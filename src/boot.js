// Starts the page: closes the ways from text to code, loads exactly the program that was built with
// this file, and says in plain words when that fails. `dist` bundles it with wasm-bindgen's glue.
import { initSync } from "glue";
import { inert } from "./boot/markup.js";

// The policy's other two functions are left out: without them the browser refuses every text that
// would become a script or a script's address.
window.trustedTypes?.createPolicy("default", { createHTML: inert });

const message = document.getElementById("start");

/** Shows the paragraphs of index.html that are written for this reason, in each language. */
function explain(reason) {
  message.setAttribute("role", "alert");
  message.className = "failed";
  for (const paragraph of message.querySelectorAll("[data-reason]")) {
    paragraph.hidden = paragraph.dataset.reason !== reason;
  }
}

/** A refused fetch does not tell why, so it is asked again whether the file is there at all. */
async function missing() {
  const answer = await fetch(WASM).catch(() => undefined);
  return answer?.ok ? "changed" : "unreachable";
}

async function load() {
  if (typeof WebAssembly !== "object") throw "unsupported";
  // A preload or a streaming compile would not check the integrity; this does.
  const answer = await fetch(WASM, { integrity: INTEGRITY }).catch(() => undefined);
  if (!answer?.ok) throw await missing();
  const bytes = await answer.arrayBuffer().catch(() => { throw "unreachable"; });
  return WebAssembly.compile(bytes).catch(() => { throw "unsupported"; });
}

/** What the program mounts takes the message's place. */
function yieldToProgram() {
  const mounted = () =>
    [...document.body.children].some((child) => child !== message && !child.matches("noscript, script"));
  const observer = new MutationObserver(() => {
    if (!mounted()) return;
    observer.disconnect();
    message.remove();
  });
  observer.observe(document.body, { childList: true });
}

addEventListener("failed-start", () => explain("unreachable"));

load()
  .then((module) => {
    yieldToProgram();
    initSync({ module });
  })
  .catch((reason) => {
    console.error(reason);
    explain(typeof reason === "string" ? reason : "broken");
  });
