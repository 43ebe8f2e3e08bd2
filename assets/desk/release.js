// Follows a step that runs: what it tells is shown, and when it has ended the page is as the files are. A form that
// somebody fills in stays; then only what runs is shown anew. Without this script "Look again" does the same.
(() => {
  "use strict";
  const release = document.getElementById("release");
  if (!release || !window.htmx) return;
  const events = new EventSource(release.dataset.events);
  let shown = "";
  events.addEventListener("release", (event) => {
    const first = shown === "";
    const told = event.data;
    if (told === shown) return;
    shown = told;
    // The first line tells what the page shows already, unless the step has gone on meanwhile.
    if (first && told === "none") return;
    const part = document.querySelector("#desk [data-asks]") ? "#running" : "#desk";
    htmx.ajax("GET", location.pathname + location.search, { target: part, select: part, swap: "outerMorph" });
  });
})();
