// The answers that a field takes beside a number, in a list that Alt and Down open; single letters name them there, and
// outside of fields for the figure that the pane shows. An answer is put into the field: it is written as all that is
// typed, by Enter or by going on.
(() => {
  "use strict";
  const list = document.getElementById("answers");
  if (!list) return;
  const SIGN = /^[≥>≈~]=?\s*/;
  let field = null;
  const buttons = [...list.querySelectorAll("button[data-answer]")];
  const isField = (each) => each && each.matches("input.amount:not([readonly])");
  const shown = () => {
    const pane = document.getElementById("pane");
    const each = pane && document.getElementById(`f-${pane.dataset.at}`);
    return isField(each) ? each : null;
  };
  const put = (each, sign) => {
    each.focus();
    // A bound stands before the number that is there.
    const isBound = SIGN.test(sign);
    each.value = isBound ? sign + each.value.replace(SIGN, "").replace(/^[^\d].*$/, "") : sign;
    each.dispatchEvent(new Event("input", { bubbles: true }));
    if (isBound) each.setSelectionRange(each.value.length, each.value.length);
    else each.select();
  };
  const open = (each) => {
    field = each;
    document.getElementById("answers-of").textContent = each.getAttribute("aria-label");
    list.showModal();
    const box = each.getBoundingClientRect();
    const place = (start, size, most) => `${Math.max(16, Math.min(start, most - size - 16))}px`;
    list.style.margin = "0";
    list.style.left = place(box.left, list.offsetWidth, document.documentElement.clientWidth);
    list.style.top = place(box.bottom + 4, list.offsetHeight, window.innerHeight);
    (buttons.find((button) => button.dataset.answer === each.value) || buttons[0]).focus();
  };
  const choose = (button) => {
    list.close();
    const each = document.getElementById(field.id);
    if (isField(each)) put(each, button.dataset.answer);
  };
  const next = () => {
    const all = [...document.querySelectorAll("input.amount:not([readonly])")], at = all.indexOf(shown());
    return [...all.slice(at + 1), ...all.slice(0, at + 1)].find((each) => each.matches(".is-open") && !each.value);
  };
  document.addEventListener("desk:key", (event) => {
    if (event.defaultPrevented) return;
    const here = isField(event.target) ? event.target : event.target.matches("input, select, textarea") ? null : shown();
    const button = buttons.find((each) => each.dataset.code === event.detail);
    if (event.detail === "answers" && here) open(here);
    else if (event.detail === "open" && next()) next().focus();
    else if (event.detail === "note" && document.querySelector("#pane textarea[name^=note]")) document.querySelector("#pane textarea[name^=note]").focus();
    else if (button && event.detail !== "open" && here) put(here, button.dataset.answer);
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-answer]");
    if (button) choose(button);
  });
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key], at = buttons.indexOf(document.activeElement);
    const named = buttons.find((each) => each.dataset.press === event.key.toUpperCase());
    if (!by && !named) return;
    event.preventDefault();
    if (named) choose(named);
    else buttons[(at + by + buttons.length) % buttons.length].focus();
  });
})();
