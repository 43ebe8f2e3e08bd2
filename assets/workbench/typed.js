// Nothing that is typed is lost. What is typed is kept in this browser, by workspace and field or form, until the server
// has said that it is written: so it outlives a reload, a closed tab, a server that ended and a new sign-in. Figures are
// sent at once and together, from whatever page of the workbench is open. Forms are sent only while somebody answers,
// and what was typed in them is there again when they are shown. Secrets and files are never kept. Without this script
// every form posts and comes back.
window.typed = (() => {
  "use strict";
  const desk = document.getElementById("desk"), bar = document.getElementById("typed-note");
  if (!desk || !desk.dataset.workspace || !bar) return null;
  const ROOM = `reporter ${desk.dataset.workspace} `, SENT = `${ROOM}sent`, WRITTEN = "reporter-written";
  // Milliseconds: how long an answer is waited for, when it is asked again, after which it is said that something waits.
  const PATIENCE = 10000, AGAIN = 2000, LATE = 2500;
  // The fields that say which of several forms of one address it is, and those that say what was seen when it was begun.
  const WHICH = /^(path|figure|finding|agency|remark|to)$/, SEEN = /^(seen|was|w:)/;

  // What writes nothing.
  const HARMLESS = /^\/(language|beside|keys)$/;

  const find = (key) => JSON.parse(localStorage.getItem(key) || "null");
  const keep = (key, what) => {
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), place: location.pathname + location.search, title: document.title, ...what }));
    } catch {
      // No room, or no leave to keep anything: the question before leaving is left.
    }
    tell();
  };
  const drop = (key) => {
    localStorage.removeItem(key);
    tell();
  };
  // In the order in which they were typed.
  const all = () => Object.keys(localStorage).filter((key) => key.startsWith(ROOM)).map((key) => [key, find(key)]).filter(([, each]) => each).sort(([, one], [, other]) => one.at - other.at);

  // What is said of it, at the foot of every page.
  let late = 0, saved = "", shown = "";
  const away = () => ["gone", "locked"].some((name) => !document.getElementById(name).hidden);
  const say = (name) => {
    for (const each of ["gone", "locked"]) document.getElementById(each).hidden = each !== name;
  };
  // Days are written as in the Union, not as in America.
  const locale = document.documentElement.lang.replace(/^en$/, "en-GB");
  const time = (at) => new Date(at).toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const made = (tag, words, more = {}) => Object.assign(document.createElement(tag), { textContent: words, ...more });
  const show = () => {
    const left = all().filter(([key, each]) => each.at < Date.now() - LATE && !isHere(key, each));
    const places = new Map(left.map(([, each]) => [each.place, each.title]));
    // While one types nothing else changes, so that the browser can take back what was typed.
    const told = JSON.stringify([saved, ...places]), now = [];
    if (told === shown) return;
    shown = told;
    if (saved) now.push(made("span", bar.dataset.saved.replace("{time}", saved)));
    for (const [place, title] of places) {
      const discard = made("button", bar.dataset.discard, { type: "button", className: "link" });
      discard.addEventListener("click", () => all().filter(([, each]) => each.place === place).forEach(([key]) => drop(key)));
      const line = made("span", now.length === (saved ? 1 : 0) ? `${bar.dataset.left} ` : "");
      line.append(made("a", title.replace(/ – reporter$/, ""), { href: place }), " ", discard);
      now.push(line);
    }
    bar.hidden = !now.length;
    bar.replaceChildren(...now);
  };
  const tell = () => {
    clearTimeout(late);
    late = setTimeout(show, LATE + 50);
    show();
  };
  const wasWritten = () => {
    saved = time(Date.now());
    tell();
  };

  // Ask the server; null where nobody answers, or who answers does not know this browser any more.
  const ask = async (path, options = {}) => {
    try {
      const answer = await fetch(path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
      say(answer.status === 401 ? "locked" : "");
      return [401, 503].includes(answer.status) ? null : answer;
    } catch {
      say("gone");
      return null;
    }
  };

  // Figures. One tab sends at a time, and what another tab has written meanwhile is not sent again. What the server does
  // not write as it is, no number or another one than was seen, its sheet asks about.
  const asked = new Set();
  let again = 0, sending = Promise.resolve();
  const waiting = () => all().filter(([key, each]) => each.figure && !each.isBegun && !asked.has(key));
  const sendTo = async (path) => {
    const group = waiting().filter(([, each]) => each.path === path).slice(0, 300);
    const body = new URLSearchParams({ typed: "1" });
    for (const [, each] of group) {
      body.set(`value.${each.figure}`, each.value);
      body.set(`seen.${each.figure}`, each.seen.join("\n"));
    }
    // It arrives although the page is left.
    const answer = group.length ? await ask(path, { method: "POST", body, keepalive: body.toString().length < 60000 }) : null;
    if (!answer) return;
    const isTold = (answer.headers.get("content-type") || "").startsWith("application/json");
    const written = isTold ? await answer.json() : {};
    for (const [key, sent] of group) {
      const now = find(key), stands = written[sent.figure];
      if (!stands) asked.add(key);
      else if (now && now.value === sent.value) drop(key);
      else if (now) keep(key, { ...now, shown: stands.shown, prior: undefined, seen: [...new Set([...now.seen, stands.seen])] });
    }
    if (Object.keys(written).length) wasWritten();
    document.dispatchEvent(new CustomEvent("typed:sent", { detail: { path, written } }));
  };
  const sendAll = async () => {
    clearTimeout(again);
    for (const path of new Set(waiting().map(([, each]) => each.path))) await sendTo(path);
    if (waiting().length) again = setTimeout(send, AGAIN);
  };
  const send = () => (sending = sending.then(() => (navigator.locks ? navigator.locks.request(`${ROOM}sending`, sendAll) : sendAll())));

  // All other forms. A form is known by its address and what it is about; of its fields those are kept that were changed.
  const isForm = (form) => form.matches("form[method=post]:not([data-figure], [data-person])");
  const forms = () => [...document.querySelectorAll("form[method=post]")].filter(isForm);
  const fields = (form) => [...form.elements].filter((each) => each.name && each.matches("input:not([type=hidden]), textarea, select"));
  const isSecret = (each) => each.matches("[type=password], [type=file]");
  const isTick = (each) => each.matches("[type=checkbox], [type=radio]");
  const nameOf = (each) => (each.type === "radio" ? `${each.name}=${each.value}` : each.name);
  const chosen = (each) => [...each.options].find((one) => one.defaultSelected) || each.options[0];
  const valueOf = (each) => (isTick(each) ? each.checked : each.value);
  const usual = (each) => (isTick(each) ? each.defaultChecked : each.matches("select") ? chosen(each)?.value : each.defaultValue);
  const put = (each, value) => {
    if (valueOf(each) === value) return;
    if (isTick(each)) each.checked = value;
    else each.value = value;
  };
  const hidden = (form) => [...form.elements].filter((each) => each.type === "hidden");
  const keyOf = (form) => {
    const about = hidden(form).filter((each) => WHICH.test(each.name)).map((each) => `${each.name}=${each.value}`);
    return ROOM + [new URL(form.getAttribute("action"), location.href).pathname, ...about].join(" ");
  };
  const isHere = (key, each) => (each.figure ? each.path === location.pathname : forms().some((form) => keyOf(form) === key && isShown(form, each)));
  const isShown = (form, entry) => fields(form).some((each) => nameOf(each) in entry.fields);
  const changed = (form) => fields(form).filter((each) => valueOf(each) !== usual(each));
  // The forms in which something was typed on this page: nothing is offered in them.
  const typedHere = new Set();
  const typing = (form) => {
    const key = keyOf(form), before = find(key), now = changed(form).filter((each) => !isSecret(each));
    typedHere.add(key);
    // What was sent and refused is in the form as if it were from the file.
    const names = new Set(Object.keys(before?.fields || {}));
    const own = fields(form).filter((each) => !isSecret(each) && (now.includes(each) || names.has(nameOf(each))));
    if (!own.length) return drop(key);
    if (!now.length && before && !before.isSent) return drop(key);
    const seen = before?.seen || Object.fromEntries(hidden(form).filter((each) => SEEN.test(each.name)).map((each) => [each.name, each.value]));
    const place = form.closest("#pane") ? `${location.pathname}?at=${form.elements.figure?.value || ""}` : location.pathname + location.search;
    keep(key, { place, fields: Object.fromEntries(own.map((each) => [nameOf(each), valueOf(each)])), seen, isSent: before?.isSent });
  };
  // After a page has come or was exchanged, every form has what is kept of it, or what the file says.
  const offer = (form, entry, key) => {
    if (form.querySelector(".offered")) return;
    const note = made("p", `${bar.dataset.offer.replace("{time}", `${new Date(entry.at).toLocaleDateString(locale, { dateStyle: "long" })} ${time(entry.at)}`)} `, { className: "offered hint" });
    note.setAttribute("role", "status");
    const discard = made("button", bar.dataset.discard, { type: "button", className: "link" });
    discard.addEventListener("click", () => {
      drop(key);
      location.reload();
    });
    note.append(discard);
    form.prepend(note);
  };
  const fill = (isFirst) => {
    for (const form of forms()) {
      const key = keyOf(form), entry = find(key);
      if (form.closest(".conflict, .two-wrote, #conflict")) continue;
      const isKept = entry && isShown(form, entry);
      for (const each of fields(form)) {
        if (isSecret(each) || each === document.activeElement && !isFirst && !isKept) continue;
        const value = isKept && nameOf(each) in entry.fields ? entry.fields[nameOf(each)] : usual(each);
        if (isKept && nameOf(each) in entry.fields) each.closest("details")?.setAttribute("open", "");
        if (isFirst && !isKept) continue;
        put(each, value);
      }
      if (!isKept) continue;
      for (const each of hidden(form).filter((one) => SEEN.test(one.name))) {
        each.dataset.own ??= each.value;
        each.value = entry.seen?.[each.name] ?? each.dataset.own;
      }
      if (!typedHere.has(key) && changed(form).length) offer(form, entry, key);
    }
    tell();
  };
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && isForm(form)) typing(form);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && isForm(form) && event.target.matches("select, [type=checkbox], [type=radio]")) typing(form);
  });
  document.addEventListener("htmx:after:swap", () => fill(false));

  // A form is sent. What came of it the next page tells: the server gives the word back when all is written.
  const sent = (form) => {
    const key = keyOf(form), entry = find(key), word = `${Date.now()}-${Math.random()}`.replace(".", "");
    if (entry) keep(key, { ...entry, isSent: true });
    const before = JSON.parse(sessionStorage.getItem(SENT) || "null");
    // Behind the question for a name is the form that was sent before.
    const isSame = before && form.elements.token && form.elements.token.value === before.word;
    if (!isSame) sessionStorage.setItem(SENT, JSON.stringify({ word, key, fields: JSON.stringify(entry?.fields), looks: form.matches("[data-looks]") }));
    return isSame ? before.word : word;
  };
  const settle = () => {
    const before = JSON.parse(sessionStorage.getItem(SENT) || "null");
    if (!before) return;
    sessionStorage.removeItem(SENT);
    const entry = find(before.key);
    // Who typed on meanwhile has seen what was written.
    if (entry && JSON.stringify(entry.fields) === before.fields) drop(before.key);
    else if (entry) keep(before.key, { ...entry, seen: null, isSent: false });
    // A file that is only looked at is not written.
    if (!before.looks) wasWritten();
    fill(false);
  };
  const word = document.cookie.split("; ").find((each) => each.startsWith(`${WRITTEN}=`))?.split("=")[1];
  if (word && word === JSON.parse(sessionStorage.getItem(SENT) || "null")?.word) {
    document.cookie = `${WRITTEN}=; path=/; max-age=0; samesite=strict`;
    settle();
  }
  document.addEventListener("click", (event) => {
    // Who keeps what another wrote gives up what was typed.
    if (!event.target.closest(".theirs a, .conflict a.button")) return;
    const before = JSON.parse(sessionStorage.getItem(SENT) || "null");
    if (before) drop(before.key);
  });
  let leaving = null;
  window.addEventListener("submit", async (event) => {
    const form = event.target, submitter = event.submitter;
    if (event.defaultPrevented || leaving === form) return;
    if (!form.matches("form[method=post]") || HARMLESS.test(form.getAttribute("action"))) {
      leaving = form;
      return;
    }
    event.preventDefault();
    const answer = await ask("/keys", { method: "HEAD" });
    if (!answer) return;
    const token = form.elements.token || form.appendChild(made("input", "", { type: "hidden", name: "token" }));
    token.value = sent(form);
    leaving = form;
    form.requestSubmit(submitter);
  });
  // By htmx: an answer that cannot be shown in the place of what is typed is not.
  const source = document.getElementById("gone");
  let answered = null;
  document.addEventListener("htmx:before:response", (event) => {
    const { response } = event.detail.ctx;
    if (event.detail.ctx.sourceElement === source) answered = response;
    say(response.status === 401 ? "locked" : "");
    if ([401, 503].includes(response.status)) event.preventDefault();
  });
  document.addEventListener("htmx:error", () => say("gone"));
  // A workbench that was just started reads its files first: then it is asked again, until somebody sends something else.
  let turn = 0;
  const post = async (path, values, swap) => {
    const mine = (turn += 1);
    do {
      answered = null;
      await window.htmx.ajax("POST", path, { ...swap, source, values });
      if (answered?.status !== 503) break;
      say("gone");
      await new Promise((later) => setTimeout(later, AGAIN));
    } while (mine === turn);
    return answered && ![401, 503].includes(answered.status) ? answered : null;
  };

  // One question before anything is left that is typed and not written. What is on its way arrives.
  window.addEventListener("beforeunload", (event) => {
    // A button that shares its address with a form has nothing typed of its own.
    const isLeft = (form, entry) => changed(form).length || (entry && isShown(form, entry));
    const others = forms().filter((each) => each !== leaving && isLeft(each, find(keyOf(each))));
    const figures = all().filter(([key, each]) => each.figure && each.path === location.pathname && (each.isBegun || asked.has(key) || away()));
    if (others.length || (!leaving && (figures.length || document.getElementById("paste-write")))) event.preventDefault();
    leaving = null;
  });
  window.addEventListener("pagehide", () => { if (waiting().length) sendAll(); });

  fill(true);
  send();
  return { ROOM, all, find, keep, drop, send, asked, sent, settle, post, say };
})();
