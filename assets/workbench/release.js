// Follows a step that runs: what it tells is shown, and when it has ended the page is as the files are. A form that
// somebody fills in stays; then only what runs is shown anew. Without this script "Look again" does the same.
(() => {
  "use strict";
  const release = document.getElementById("release");
  if (!release || !window.htmx) return;
  let shown = "";
  window.deskNews.follow(() => release.dataset.events, (_, told) => {
    const first = shown === "";
    if (told === shown) return;
    shown = told;
    // The first line tells what the page shows already, unless the step has gone on meanwhile.
    if (first && told === "none") return;
    const part = document.querySelector("#desk [data-asks]") ? "#running" : "#desk";
    htmx.ajax("GET", location.pathname + location.search, { target: part, select: part, swap: "outerMorph" });
  });
})();
