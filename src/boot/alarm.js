// Says when a pause is over. Browsers wake the timers of a page in the background once a minute, but
// not those of its workers.
addEventListener("message", ({ data: [id, pause] }) => {
  setTimeout(() => postMessage(id), pause);
});
