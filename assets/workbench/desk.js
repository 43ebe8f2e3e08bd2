// Shows on the cover beside a form, and in the names of files, what is chosen in it; the country's own language leads
// until another one is chosen.
(() => {
  "use strict";
  const [country, year, folder] = ["country", "year", "folder"].map((each) => document.getElementById(each));
  const map = document.getElementById("cover-map"), first = document.getElementById("first");
  if (!document.getElementById("begin") || !year) return;
  let isChosen = Boolean(first && first.value);
  const follow = () => {
    const chosen = country && country.selectedOptions[0], now = { country: country && country.value, year: year.value, folder: folder && folder.value };
    for (const each of document.querySelectorAll("[data-follows]")) each.textContent = now[each.dataset.follows] || each.textContent;
    if (first && !isChosen) first.value = (chosen.dataset.own && [...first.options].some((each) => each.value === chosen.dataset.own) && chosen.dataset.own) || "";
    if (!map) return;
    map.src = "/new/cover/" + (country.value || "none");
    document.getElementById("cover-name").textContent = chosen.textContent;
    document.getElementById("cover-year").textContent = year.value;
  };
  if (first) first.addEventListener("change", () => (isChosen = true));
  if (country) country.addEventListener("change", follow);
  year.addEventListener("input", follow);
  if (folder) folder.addEventListener("input", follow);
  follow();
})();

// Where the name is asked, it can be typed at once.
(() => {
  "use strict";
  const ask = () => {
    const name = document.getElementById("person");
    if (name) name.focus();
  };
  document.addEventListener("desk:answered", ask);
  ask();
})();

// A file that cannot be read opens at the line that is wrong.
(() => {
  "use strict";
  const text = document.querySelector("textarea[data-line]");
  if (!text) return;
  const lines = text.value.split("\n"), at = Math.min(Number(text.dataset.line), lines.length) - 1;
  const start = lines.slice(0, at).reduce((sum, line) => sum + line.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + lines[at].length);
  text.scrollTop = (at / lines.length) * text.scrollHeight - text.clientHeight / 2;
})();

// Keeps an open page as the files are: when they are read anew, the page is asked for again and what differs in it
// is exchanged, so that place and focus stay. Without this script every page works; it is only not renewed by itself.
(() => {
  "use strict";
  const desk = document.getElementById("desk");
  const gone = document.getElementById("gone");
  if (!desk || desk.dataset.reading === undefined || !window.htmx) return;
  const locked = document.getElementById("locked"), news = window.deskNews;
  const say = (isGone, isLocked) => [gone.hidden, locked.hidden] = [!isGone, !isLocked];
  const look = () => fetch("/keys", { method: "HEAD" }).then((answer) => say(false, answer.status === 401), () => say(true, false));
  news.addEventListener("open", () => say(false, false));
  news.addEventListener("away", look);
  let latest = "";
  // What was just sent is answered with a page of its own, and who is asked something must not lose the question.
  // Who types in a form goes on undisturbed, and what is typed is taken back whole.
  const types = () => {
    const editor = document.activeElement.closest(".editor");
    const each = editor ? editor.nextElementSibling : document.activeElement;
    return each.matches("form[method=post]:not([data-figure]) :is(textarea, input)") && each.value !== each.defaultValue;
  };
  const waits = () => types() || document.documentElement.dataset.writing || document.querySelector("#desk [data-asks]");
  const renew = () => {
    const shown = document.getElementById("desk").dataset.reading;
    if (waits() || !latest || latest === shown) return;
    // Nothing was read yet: the page that waited leads on to the one that was asked for.
    if (!shown) return location.reload();
    htmx.ajax("GET", location.pathname + location.search, { target: "#desk", select: "#desk", swap: "outerMorph" });
  };
  document.addEventListener("htmx:before:swap", (event) => {
    if (event.detail.ctx.sourceElement === document.body && waits()) event.preventDefault();
  });
  news.addEventListener("files", (event) => {
    latest = event.detail;
    renew();
  });
  document.addEventListener("desk:answered", renew);
  document.addEventListener("focusout", () => setTimeout(renew, 0));
  // What a reader opened stays open.
  htmx.registerExtension("stays-open", {
    htmx_before_morph_attr: (each, { attrName, newValue }) => !(attrName === "open" && newValue === null && each.matches("details")),
  });
})();
