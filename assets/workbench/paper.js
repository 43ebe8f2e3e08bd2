// Waits for a file, and lets its tab become it. Without this script the page asks again by itself.
(() => {
  "use strict";
  const waiting = document.getElementById("waiting");
  if (!waiting) return;
  // What is typed meanwhile stays: a page with forms is exchanged in its place.
  const exchange = () => window.htmx.ajax("GET", location.pathname + location.search, { target: "#desk", select: "#desk", swap: "outerMorph" });
  const isForm = () => window.htmx && document.querySelector("#desk form[method=post]");
  window.deskNews.follow(() => waiting.dataset.made, () => (isForm() ? exchange() : location.reload()));
})();
