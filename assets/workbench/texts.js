// Writes texts without leaving the page beside, and puts a figure into the text that was typed in last. Without this
// script every form posts and comes back.
(() => {
  "use strict";
  const { typed } = window;
  let last = null;
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea[name=body], .writing input[name=head]")) last = event.target;
  });
  const ours = (form) => form.closest(".reading .middle") && form.getAttribute("action") !== "/beside";
  const swap = { target: "#desk", select: "#desk", swap: "outerMorph" };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || !window.htmx || !typed || !ours(form)) return;
    // A decision leads on to another text.
    if (event.submitter?.value === "holds") return;
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form, event.submitter));
    values.token = typed.sent(form);
    const page = document.documentElement;
    page.dataset.writing = "1";
    let answer = null;
    try {
      answer = await typed.post(form.getAttribute("action"), values, swap);
    } finally {
      delete page.dataset.writing;
    }
    if (!answer) return;
    if (answer.raw.redirected) typed.settle();
    const begins = ["body", "head"].map((each) => document.getElementById(`${each}-${values.anchor}`)).find((each) => each);
    if (values.act === "anew") begins?.focus();
    else document.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });
    document.dispatchEvent(new Event("desk:answered"));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-insert]");
    const field = last && last.isConnected ? last : document.querySelector("textarea[name=body]");
    if (!button || !field) return;
    field.closest("details")?.setAttribute("open", "");
    field.focus();
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // The keys of the table that ask for more than a press of a link.
  const picks = () => document.getElementById("picks");
  const pick = () => {
    picks().open = true;
    const filter = picks().querySelector("[data-filter]");
    filter.focus();
    filter.select();
  };
  const holds = () => {
    const free = document.querySelectorAll("#decide button[value=holds]");
    if (free.length === 1) free[0].click();
    else (free[0] || document.querySelector("#decide h2")).focus();
  };
  const anew = (from) => (from.closest(".part") || document).querySelector("button[value=anew]") || document.querySelector(".anew button");
  // The next one on the page; behind the last one the list leads to the next section in which something is wrong.
  const finding = () => {
    const all = [...document.querySelectorAll(".reading .findings .say")];
    const next = all[all.indexOf(document.activeElement) + 1];
    if (!next) return false;
    next.closest("details")?.setAttribute("open", "");
    next.focus();
    return true;
  };
  document.addEventListener("desk:key", (event) => {
    if (event.defaultPrevented) return;
    const does = {
      pick: picks() && pick,
      "pick-here": picks() && pick,
      holds: document.getElementById("decide") && holds,
      anew: anew(event.target) && (() => anew(event.target).click()),
    }[event.detail];
    if (does) does();
    else if (event.detail !== "finding" || !finding()) return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches("input[data-filter]")) return;
    const first = event.key === "Enter" && picks().querySelector("tbody tr:not([hidden]) button[data-insert]");
    const back = event.key === "Escape" && last && last.isConnected && last;
    if (!first && !back) return;
    event.preventDefault();
    (first || back)[first ? "click" : "focus"]();
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches("input[data-filter]")) return;
    const wanted = event.target.value.toLowerCase();
    for (const row of document.querySelectorAll("#picks tr")) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
})();

// The number that is chosen in a text, on the page beside it: ringed, with where it comes from.
(() => {
  "use strict";
  const frame = document.getElementById("edition");
  if (!frame) return;
  let chosen = "", number = 0;
  const shown = () => frame.offsetParent && document.getElementById("chosen");
  const places = () => [...(frame.contentDocument?.querySelectorAll("[data-at]") || [])].filter((each) => each.dataset.at === chosen);
  const part = (name) => shown().querySelector(`[data-chosen=${name}]`);

  // Where a number stands in the section of the text, it is looked at first.
  const first = (found) => {
    const section = frame.contentDocument?.getElementById(frame.dataset.section);
    return Math.max(0, found.findIndex((each) => section && section.contains(each)));
  };
  function ring(follow) {
    if (!shown() || !chosen) return;
    const found = places();
    for (const each of frame.contentDocument.querySelectorAll(".is-chosen")) each.classList.remove("is-chosen");
    number = Math.min(number, Math.max(0, found.length - 1));
    const at = found[number];
    const { place, nowhere } = shown().dataset;
    part("place").textContent = at ? place.replace("{n}", number + 1).replace("{all}", found.length) : nowhere;
    for (const each of shown().querySelectorAll("[data-step]")) each.disabled = found.length < 2;
    if (!at) return;
    at.classList.add("is-chosen");
    const box = at.getBoundingClientRect(), view = frame.contentWindow;
    if (follow && (box.top < 0 || box.bottom > view.innerHeight)) view.scrollBy(0, box.top - view.innerHeight / 3);
  }
  function choose(chip) {
    if (!shown() || !chip.dataset.at) return;
    for (const each of document.querySelectorAll(".printed .chip.is-chosen")) each.classList.remove("is-chosen");
    chip.classList.add("is-chosen");
    chosen = chip.dataset.at;
    number = first(places());
    part("value").textContent = (chip.querySelector("ins") || chip).textContent;
    part("label").textContent = chip.dataset.label;
    part("field").href = chosen;
    part("field").dataset.key = "field";
    shown().hidden = false;
    ring(true);
  }
  const chip = (each) => each instanceof Element && each.closest(".printed a.chip[data-at]");
  document.addEventListener("focusin", (event) => { if (chip(event.target)) choose(chip(event.target)); });
  // A press of the mouse shows where it stands; Enter leads there, as a link does.
  document.addEventListener("click", (event) => {
    const found = chip(event.target);
    if (!found || !shown() || !event.detail || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(found);
  });
  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (!step || !shown()) return;
    const all = places().length;
    if (all) number = (number + Number(step.dataset.step) + all) % all;
    ring(true);
  });
  frame.addEventListener("desk:page", () => {
    if (chosen && !number) number = first(places());
    ring(false);
  });
})();
