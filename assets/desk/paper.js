// Waits for a file, and lets its tab become it. Without this script the page asks again by itself.
(() => {
  "use strict";
  const waiting = document.getElementById("waiting");
  if (!waiting) return;
  window.deskNews.follow(() => waiting.dataset.made, () => location.reload());
})();
