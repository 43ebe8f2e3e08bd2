// Waits for a file, and lets its tab become it. Without this script the page asks again by itself.
(() => {
  "use strict";
  const waiting = document.getElementById("waiting");
  if (!waiting) return;
  const events = new EventSource(waiting.dataset.made);
  events.addEventListener("made", () => {
    events.close();
    location.reload();
  });
  window.addEventListener("pagehide", () => events.close());
})();
