// Starts the page: closes the ways from text to code, loads the program that is needed, and says in
// plain words when that fails. There are two: one signs in, the other works. `dist` writes their
// names and integrities into this file.
// A script's address may only be that of one of the two programs, or of the worker that counts
// pauses. Text never becomes a script, nor markup: without the policy's other functions the browser
// refuses it.
window.trustedTypes?.createPolicy("default", {
  createScriptURL(address) {
    if ([ENTRY, PAGE, ALARM].includes(address)) return address;
    throw new TypeError("not a script of this page");
  },
});

const message = document.getElementById("start");

/** Shows the paragraphs of index.html that are written for this reason, in each language. */
function explain(reason) {
  message.setAttribute("role", "alert");
  message.className = "failed";
  for (const paragraph of message.querySelectorAll("[data-reason]")) {
    paragraph.hidden = paragraph.dataset.reason !== reason;
  }
  document.body.prepend(message);
}

/** Empties the page but for the message, which what the program puts there takes the place of. */
function makeRoom() {
  for (const element of [...document.body.children]) {
    if (element !== message && !element.matches("noscript, script")) element.remove();
  }
  // Back in its place, it waits again before it shows.
  document.body.prepend(message);
  const mounted = () =>
    [...document.body.children].some((child) => child !== message && !child.matches("noscript, script"));
  const observer = new MutationObserver(() => {
    if (!mounted()) return;
    observer.disconnect();
    message.remove();
  });
  observer.observe(document.body, { childList: true });
}

/** A refused file does not tell why, so it is asked whether it is there at all. */
async function missing(address) {
  const answer = await fetch(address).catch(() => undefined);
  return answer?.ok ? "changed" : "unreachable";
}

function start(address, integrity) {
  makeRoom();
  const script = document.createElement("script");
  script.type = "module";
  script.integrity = integrity;
  script.src = address;
  script.addEventListener("error", async () => explain(await missing(address)));
  document.head.append(script);
}

addEventListener("failed-start", (event) => explain(event.detail));

// The keys pass through here only where the browser cannot keep them, and are gone once taken. In
// their place, the address of an API whose console somebody uses by hand.
let keys = null;
let fresh = false;
addEventListener("signed-in", (event) => {
  keys = event.detail;
  fresh = true;
  start(PAGE, PAGE_INTEGRITY);
});
addEventListener("keys-wanted", (event) => {
  Object.assign(event.detail, { keys, fresh });
  keys = null;
});

/** Whether a sitting goes on after a reload; where storage is denied, none can. */
function goesOn() {
  try {
    const isThere = (name) => sessionStorage.getItem(name) !== null;
    return isThere("by-hand") || (isThere("keys") && !isThere("awaiting"));
  } catch {
    return false;
  }
}

if (typeof WebAssembly !== "object") {
  explain("unsupported");
} else if (goesOn()) {
  start(PAGE, PAGE_INTEGRITY);
} else {
  start(ENTRY, ENTRY_INTEGRITY);
}
