// The keys of the figures: arrows, Enter, a pasted column. What is typed goes out in its turn, and nobody waits for it.
// Without this script every field is a form of its own: Enter sends it, and the page comes back to it.
(() => {
  "use strict";
  if (!window.htmx) return;
  const seen = new WeakMap(), sent = new WeakMap(), wrote = new WeakMap();
  let turn = Promise.resolve(), rest = 0;
  const fields = () => [...document.querySelectorAll("input.amount:not([readonly])")];
  const isField = (each) => each instanceof HTMLInputElement && each.matches("input.amount:not([readonly])");
  // The page's own renewal asks from the body, and what asks from one place waits or is dropped: so this asks from
  // another, in which there is no field that would be sent along.
  const source = document.getElementById("gone");
  const swap = { target: "#desk", select: "#desk", swap: "outerMorph" };

  // A field keeps what it showed when somebody came to it: what others write meanwhile must not pass unseen.
  // The page comes anew while somebody types: what is not sent yet is still begun.
  const begin = (field) => {
    if (sent.has(field) && field.value !== sent.get(field)) return;
    seen.set(field, field.form.elements.seen.value);
    sent.set(field, field.value);
    field.select();
  };
  // Where the page asks something, who writes or which of two values holds, what is typed behind it waits for the answer,
  // also beyond a page that is loaded anew.
  const WAITING = `reporter-waiting:${location.pathname}`, BEGUN = `reporter-begun:${location.pathname}`;
  const asks = () => document.querySelector("#person, #conflict, #kept");
  const kept = (name) => JSON.parse(sessionStorage.getItem(name) || "null");
  const keep = (name, what) => (what ? sessionStorage.setItem(name, JSON.stringify(what)) : sessionStorage.removeItem(name));
  const goOn = async () => {
    for (let all = kept(WAITING); all && !asks(); all = kept(WAITING)) {
      keep(WAITING, all.length > 1 ? all.slice(1) : null);
      await post(all[0]);
    }
  };
  // The field in hand when the page is exchanged for a question, and what is half typed in it.
  let begun = null;
  document.addEventListener("htmx:before:swap", () => {
    const field = document.activeElement;
    if (!isField(field) || !sent.has(field)) begun = null;
    else begun = { id: field.id, value: field.value === sent.get(field) ? "" : field.value };
  });
  // Who types on while the question comes does not answer it yet: no name begins with a digit.
  document.addEventListener("keydown", (event) => {
    const isDigit = /^\d$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!begun || !isDigit || event.target.id !== "person" || event.target.value) return;
    event.preventDefault();
    begun.value += event.key;
    keep(BEGUN, begun);
  });
  const takeUp = () => {
    const held = kept(BEGUN), field = held && !asks() && document.getElementById(held.id);
    if (!field) return;
    keep(BEGUN, null);
    field.focus();
    field.value = held.value;
  };
  // What was refused, or waits for a decision, stays with its reason while what is typed behind it is written.
  const refused = new Map();
  let later = document.getElementById("later-note");
  const remember = () => {
    for (const field of document.querySelectorAll("input.amount.is-wrong")) {
      const told = field.closest("tr").nextElementSibling;
      if (!refused.has(field.id) && told && told.matches(".told")) refused.set(field.id, { value: field.value, told: told.cloneNode(true) });
    }
    for (const [id, { value, told }] of refused) {
      const field = document.getElementById(id);
      if (!field || field.matches(".is-wrong")) continue;
      const row = told.cloneNode(true), say = row.querySelector("#wrong");
      say.id = `wrong-${id}`;
      say.removeAttribute("role");
      field.value = value;
      field.classList.add("is-wrong");
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", say.id);
      field.closest("tr").after(row);
    }
    const head = document.querySelector(".middle h1");
    if (later && head && !later.isConnected) head.after(later);
  };
  const post = async (values) => {
    if (asks()) return keep(WAITING, [...(kept(WAITING) || []), values]);
    const page = document.documentElement;
    page.dataset.writing = "1";
    try {
      await htmx.ajax("POST", location.pathname, { ...swap, source, values });
    } finally {
      delete page.dataset.writing;
      if (asks() && begun && begun.value) keep(BEGUN, begun);
      remember();
      document.dispatchEvent(new Event("desk:answered"));
    }
  };
  const send = (field) => {
    if (!sent.has(field) || field.value === sent.get(field)) return;
    sent.set(field, field.value);
    const values = Object.fromEntries(new FormData(field.form));
    const before = seen.get(field);
    refused.delete(field.id);
    if (later && later.dataset.at === values.figure) later = later.remove();
    turn = turn.then(() => {
      // Who writes twice in one field has seen what the first time wrote.
      const mine = wrote.get(field);
      values.seen = mine && mine.before === before ? mine.after : before;
      return post(values);
    }).then(() => {
      if (field.isConnected && field.form && !document.getElementById("conflict")) {
        const after = field.form.elements.seen.value;
        wrote.set(field, { before, after });
        seen.set(field, after);
      }
      settle();
    });
  };
  const settle = () => {
    const dialog = document.getElementById("conflict");
    if (dialog && !dialog.matches(":modal")) {
      dialog.close();
      dialog.showModal();
      document.getElementById("later").focus();
    } else if (isField(document.activeElement)) {
      look(document.activeElement);
    }
  };
  const look = (field) => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      if (!field.form) return;
      const at = field.form.elements.figure.value;
      const pane = document.getElementById("pane");
      if (document.activeElement !== field || !pane || pane.dataset.at === at) return;
      const address = new URL(location.href);
      address.searchParams.set("at", at);
      address.searchParams.delete("later");
      address.hash = "";
      turn = turn.then(() => {
        if (document.activeElement !== field) return undefined;
        history.replaceState(history.state, "", address);
        return htmx.ajax("GET", address.pathname + address.search, { target: "#pane", select: "#pane", swap: "outerMorph", source });
      });
    }, 120);
  };
  const step = (field, by) => {
    const all = fields(), next = all[all.indexOf(field) + by];
    if (next) next.focus();
    return Boolean(next);
  };

  document.addEventListener("focusin", (event) => {
    if (!isField(event.target)) return;
    begin(event.target);
    look(event.target);
  });
  document.addEventListener("focusout", (event) => { if (isField(event.target)) send(event.target); });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!isField(field) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const by = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    if (by) {
      event.preventDefault();
      if (step(field, by)) return;
      send(field);
      // What is typed next takes its place, as in a sheet.
      field.select();
    } else if (event.key === "Escape") {
      field.value = sent.get(field);
      field.select();
    }
  });
  document.addEventListener("paste", (event) => {
    const field = event.target;
    const column = (event.clipboardData || { getData: () => "" }).getData("text/plain");
    if (!isField(field) || !/[\r\n]./.test(column)) return;
    event.preventDefault();
    const values = Object.fromEntries(new FormData(field.form));
    delete values.value;
    delete values.seen;
    turn = turn.then(() => post({ ...values, column })).then(() => {
      const button = document.getElementById("paste-write") || document.getElementById("paste-discard");
      if (button) button.focus();
    });
  });
  document.addEventListener("keydown", (event) => {
    const discard = document.getElementById("paste-discard");
    if (event.key === "Escape" && discard) discard.click();
  });
  // Who closes the question decides later.
  document.addEventListener("cancel", (event) => {
    if (event.target.id !== "conflict") return;
    event.preventDefault();
    document.getElementById("later").click();
  }, true);
  const dialog = document.getElementById("conflict");
  if (dialog) settle();
  remember();
  turn = turn.then(goOn).then(takeUp);
})();
