// The keys of the figures: arrows, Enter, a pasted column. What is typed is kept and sent at once, together with what
// waits, and looks unwritten until the server has written it; nobody waits for it. What the server does not write is
// asked about, one by one. Without this script every field is a form of its own: Enter sends it, and the page comes back.
(() => {
  "use strict";
  const { typed } = window;
  if (!window.htmx || !typed) return;
  let turn = Promise.resolve(), rest = 0;
  // In the order of the page, but down the columns of a grid.
  const fields = () => {
    const all = [...document.querySelectorAll("form[data-figure] input.amount:not([readonly])")].filter((each) => each.offsetParent);
    const column = (each) => each.closest("td").cellIndex;
    return [...new Set(all.map((each) => each.closest(".cross") || each))].flatMap((each) => isField(each) ? [each] : all.filter((field) => each.contains(field)).sort((one, other) => column(one) - column(other)));
  };
  const isField = (each) => each instanceof HTMLInputElement && each.matches("form[data-figure] input.amount:not([readonly])");
  const figureOf = (field) => field.form.elements.figure.value;
  const keyOf = (field) => `${typed.ROOM}${location.pathname} ${figureOf(field)}`;
  const fieldOf = (figure) => document.getElementById(`f-${figure}`);

  // The page's own renewal asks from the body, and what asks from one place waits or is dropped: so this asks from
  // another, in which there is no field that would be sent along.
  const source = document.getElementById("gone");
  const swap = { target: "#desk", select: "#desk", swap: "outerMorph" };
  const asks = () => document.querySelector("#person, #conflict, #kept");

  // A field keeps what it showed when somebody came to it: what others write meanwhile must not pass unseen.
  const begun = new Map();
  const begin = (field) => {
    const key = keyOf(field);
    if (!typed.find(key)) begun.set(key, { shown: field.value, seen: [field.form.elements.seen.value] });
    field.select();
  };
  const type = (field) => {
    const key = keyOf(field), before = typed.find(key);
    const { shown, seen } = before || begun.get(key) || { shown: field.defaultValue, seen: [field.form.elements.seen.value] };
    typed.asked.delete(key);
    refused.delete(field.id);
    doubted.delete(key);
    // Who writes twice in one field has seen what the first time wrote.
    const prior = before?.isBegun ? before.prior : before, known = prior === before && before ? [...seen, before.value] : seen;
    if (field.value === shown && !prior) typed.drop(key);
    else typed.keep(key, { figure: figureOf(field), path: location.pathname, value: field.value, shown, seen: known, isBegun: true, prior });
    mark(field);
  };
  const send = (field) => {
    const key = keyOf(field), entry = typed.find(key);
    if (!entry?.isBegun) return;
    if (later && later.dataset.at === entry.figure) later = later.remove();
    typed.keep(key, { ...entry, isBegun: false, prior: undefined });
    typed.send();
  };
  const mark = (field) => {
    const isUnwritten = typed.find(keyOf(field)) !== null, told = (field.getAttribute("aria-describedby") || "").split(" ").filter((each) => each && each !== "unwritten");
    field.classList.toggle("is-unwritten", isUnwritten);
    if (isUnwritten) told.push("unwritten");
    if (told.length) field.setAttribute("aria-describedby", told.join(" "));
    else field.removeAttribute("aria-describedby");
  };
  // What is kept stands in its field, whatever page came.
  const fill = () => {
    for (const field of fields()) {
      const entry = typed.find(keyOf(field));
      if (entry && field.value !== entry.value) field.value = entry.value;
      mark(field);
    }
  };

  // The field in hand when the page is exchanged for a question, what is half typed in it, and all fields of the page.
  const BEGUN = `reporter-begun:${location.pathname}`;
  let inHand = "", half = "", sheet = [];
  document.addEventListener("htmx:before:swap", () => {
    const field = document.activeElement;
    if (!isField(field)) return;
    const entry = typed.find(keyOf(field));
    [inHand, half] = [field.id, entry?.isBegun ? entry.value : ""];
    sheet = fields().map((each) => ({ id: each.id, shown: each.defaultValue, seen: [each.form.elements.seen.value] }));
  });
  // Who types on while the question comes does not answer it yet: no name begins with a digit. Enter leads to the next
  // field, as in the sheet.
  document.addEventListener("keydown", (event) => {
    if (!inHand || event.ctrlKey || event.metaKey || event.altKey || event.target.id !== "person" || event.target.value) return;
    const figure = inHand.slice(2), key = `${typed.ROOM}${location.pathname} ${figure}`, before = typed.find(key);
    const at = sheet.findIndex((each) => each.id === inHand), { shown, seen } = begun.get(key) || sheet[at];
    if (/^\d$/.test(event.key)) {
      half += event.key;
      typed.keep(key, { ...(before || { figure, path: location.pathname, shown, seen }), value: half, isBegun: true });
    } else if (event.key === "Enter" && half) {
      typed.keep(key, { ...before, isBegun: false });
      [inHand, half] = [(sheet[at + 1] || sheet[at]).id, ""];
      sessionStorage.setItem(BEGUN, inHand);
    } else return;
    event.preventDefault();
  });
  const takeUp = () => {
    const field = document.getElementById(sessionStorage.getItem(BEGUN) || "none");
    if (asks() || !field) return;
    sessionStorage.removeItem(BEGUN);
    field.focus();
    const entry = typed.find(keyOf(field));
    if (entry) field.setSelectionRange(entry.value.length, entry.value.length);
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
      mark(field);
    }
    const head = document.querySelector(".middle h1");
    if (later && head && !later.isConnected) head.after(later);
  };
  const clear = (field) => {
    const row = field.closest("tr").nextElementSibling;
    if (field.matches(".is-wrong") && row?.matches(".told")) row.remove();
    refused.delete(field.id);
    field.classList.remove("is-wrong");
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  };
  const post = async (values) => {
    if (asks()) return null;
    const page = document.documentElement;
    page.dataset.writing = "1";
    try {
      return await typed.post(location.pathname, values, swap);
    } finally {
      delete page.dataset.writing;
      if (asks() && inHand) sessionStorage.setItem(BEGUN, inHand);
      remember();
      fill();
      document.dispatchEvent(new Event("desk:answered"));
    }
  };
  // What the server did not write as it was sent is asked about, while nothing else is.
  const isHere = ([key, each]) => each.path === location.pathname && typed.asked.has(key) && !doubted.has(key);
  const doubted = new Set();
  const ask = async () => {
    for (let next = typed.all().find(isHere); next && !asks(); next = typed.all().find(isHere)) {
      const [key, entry] = next, form = fieldOf(entry.figure)?.form, more = form?.elements.all ? { all: "1" } : {};
      doubted.add(key);
      const answer = await post({ figure: entry.figure, value: entry.value, seen: entry.seen.join("\n"), ...more });
      if (answer?.raw.redirected && typed.find(key)?.value === entry.value) typed.drop(key);
      else if (!answer) doubted.delete(key);
      // What was taken back meanwhile is not reported.
      const field = fieldOf(entry.figure);
      if (answer && !typed.find(key) && isField(field) && field.matches(".is-wrong")) {
        clear(field);
        field.value = entry.shown;
      }
      if (!answer) break;
    }
    fill();
    settle();
  };
  document.addEventListener("typed:sent", (event) => {
    const { path, written } = event.detail;
    for (const [figure, stands] of path === location.pathname ? Object.entries(written) : []) {
      const field = fieldOf(figure);
      if (!isField(field)) continue;
      begun.delete(keyOf(field));
      field.form.elements.seen.value = stands.seen;
      clear(field);
      field.classList.remove("is-open", "is-absent", "is-answered");
      field.classList.add(stands.seen === "unanswered" ? "is-open" : stands.seen ? "is-answered" : "is-absent");
      if (!typed.find(keyOf(field)) && document.activeElement !== field) field.value = stands.seen === "unanswered" ? "" : stands.shown;
      field.defaultValue = stands.seen === "unanswered" ? "" : stands.shown;
      mark(field);
    }
    turn = turn.then(ask);
  });
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
  document.addEventListener("input", (event) => {
    if (isField(event.target)) type(event.target);
  });
  document.addEventListener("focusout", (event) => { if (isField(event.target)) send(event.target); });
  // A renewed page, because a file changed, says what the page before it said.
  document.addEventListener("htmx:after:swap", () => {
    remember();
    fill();
  });
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
      // What stood there is put back; where that is still on its way, it goes on.
      const key = keyOf(field), entry = typed.find(key);
      if (!entry) return field.select();
      clear(field);
      field.value = entry.prior ? entry.prior.value : entry.shown;
      // A refused value is in the page as if it were from the file.
      if (!entry.prior) begun.set(key, { shown: entry.shown, seen: entry.seen });
      if (entry.prior) typed.keep(key, entry.prior);
      else typed.drop(key);
      typed.send();
      mark(field);
      field.select();
    }
  });
  document.addEventListener("paste", (event) => {
    const field = event.target;
    const column = (event.clipboardData || { getData: () => "" }).getData("text/plain");
    if (!isField(field) || !/[\r\n].|\t/.test(column)) return;
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
  // Its address may be that of the page, which a browser would not load again.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#paste-discard");
    if (!link) return;
    event.preventDefault();
    const address = new URL(link.href);
    turn = turn.then(() => htmx.ajax("GET", address.pathname + address.search, { ...swap, source })).then(() => document.getElementById(address.hash.slice(1))?.focus());
  });
  document.addEventListener("click", (event) => {
    const dialog = document.getElementById("conflict"), figure = dialog && document.getElementById("pane").dataset.at;
    if (!dialog || !event.target.closest("#conflict .theirs a, #later")) return;
    const key = `${typed.ROOM}${location.pathname} ${figure}`, entry = typed.find(key);
    if (entry && event.target.closest("#later")) typed.keep(key, { ...entry, isBegun: true });
    else typed.drop(key);
  }, true);
  // Who closes the question decides later.
  document.addEventListener("cancel", (event) => {
    if (event.target.id !== "conflict") return;
    event.preventDefault();
    document.getElementById("later").click();
  }, true);
  const dialog = document.getElementById("conflict");
  if (dialog) settle();
  remember();
  fill();
  // Where an address leads to a field, the browser goes there last of all.
  window.addEventListener("load", () => setTimeout(takeUp, 0));
})();
