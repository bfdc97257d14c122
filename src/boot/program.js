// Loads one program, exactly the one that was built with this file. `dist` bundles it with
// wasm-bindgen's glue, once for each program.
import { initSync } from "glue";

const failed = (reason) => dispatchEvent(new CustomEvent("failed-start", { detail: reason }));

async function load() {
  // A preload or a streaming compile would not check the integrity; this does.
  const answer = await fetch(WASM, { integrity: INTEGRITY }).catch(() => undefined);
  if (!answer?.ok) {
    // A refused fetch does not tell why, so it is asked again whether the file is there at all.
    const again = await fetch(WASM).catch(() => undefined);
    throw again?.ok ? "changed" : "unreachable";
  }
  const bytes = await answer.arrayBuffer().catch(() => { throw "unreachable"; });
  return WebAssembly.compile(bytes).catch(() => { throw "unsupported"; });
}

load()
  .then((module) => initSync({ module }))
  .catch((reason) => {
    console.error(reason);
    failed(typeof reason === "string" ? reason : "broken");
  });
