// Runs in every page before its own first line, and keeps what a journey asks for afterwards.
(() => {
  const watched = { violations: [], errors: [], moved: [], heading: null };
  Object.defineProperty(window, "watched", { value: watched });
  document.addEventListener("securitypolicyviolation", (event) => {
    watched.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });
  addEventListener("error", (event) => watched.errors.push(String(event.message)));
  addEventListener("unhandledrejection", (event) => watched.errors.push(String(event.reason)));
  const report = console.error;
  console.error = (...words) => {
    watched.errors.push(words.map(String).join(" "));
    report.apply(console, words);
  };
  // A new screen is no movement: what is in its place a frame later is.
  const changes = [];
  let shown = null;
  new MutationObserver(() => {
    const heading = document.querySelector("h1");
    if (heading === shown) return;
    shown = heading;
    watched.heading ??= performance.now();
    const change = { from: performance.now(), to: Infinity };
    changes.push(change);
    requestAnimationFrame(() => requestAnimationFrame((time) => { change.to = time; }));
  }).observe(document, { childList: true, subtree: true });
  const isNewScreen = (time) => changes.some(({ from, to }) => time >= from - 20 && time <= to);
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) {
      if (shift.hadRecentInput || isNewScreen(shift.startTime)) continue;
      const place = (source) => {
        const node = source.node;
        const name = node?.nodeType === 3 ? node.textContent : node?.outerHTML;
        return `${JSON.stringify(source.previousRect)} to ${JSON.stringify(source.currentRect)} ${name?.slice(0, 80)}`;
      };
      watched.moved.push({ by: shift.value, what: shift.sources.map(place), at: location.hash });
    }
  }).observe({ type: "layout-shift", buffered: true });
})();
