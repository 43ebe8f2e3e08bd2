// The editor of a text, over the field of the form, which it keeps in step: one paragraph a line, expressions as chips.
// Without this script, or CodeMirror, the field itself is typed in.
window.editors = (() => {
  "use strict";
  if (!window.codemirror || !document.getElementById("editor-tools")) return null;
  const { Annotation, Decoration, EditorView, StateEffect, StateField, WidgetType } = codemirror;

  // Paragraphs. A line of the file that begins with a mark of its own begins a line of the editor, others go on.
  const OWN = /^\s*(?:[-*+]\s|\d+[.)]\s|#|:::|>|<!--|carry\s*:)/i, ALONE = /^\s*(?:#|:::|carry\s*:)|(?: {2}|\\)$/i;
  const ITEM = /^(\s*)([-*+]|(\d+)([.)]))(\s+)(.*)$/;
  const isOpen = (text, begin, end) => text.lastIndexOf(begin) > text.lastIndexOf(end);
  const goesOn = (last, line) => {
    if (isOpen(last.source, "<!--", "-->")) return false;
    if (isOpen(last.shown, "{{", "}}")) return true;
    const isQuote = /^>/.test(last.shown) && /^>\s*[^\s>#*+-]/.test(line);
    return !ALONE.test(last.shown) && !last.source.endsWith("-->") && (isQuote || !OWN.test(line));
  };
  // The lines of the editor, each with its lines in the file and the line ends before it.
  const read = (text) => {
    const lines = [];
    let gap = "";
    for (const [number, line] of text.split("\n").entries()) {
      const last = lines.at(-1);
      if (number) gap += "\n";
      if (!line.trim()) gap += line;
      else if (last && gap === "\n" && goesOn(last, line)) {
        last.shown = `${last.shown.trimEnd()} ${line.replace(/^>/, "").trimStart()}`;
        last.source += `\n${line}`;
        gap = "";
      } else {
        lines.push({ gap, shown: line, source: line });
        gap = "";
      }
    }
    return { lines, end: gap };
  };
  const isTight = (before, line) => [before, line].every((each) => ITEM.test(each)) || [before, line].some((each) => /^\s*:::/.test(each));
  const usual = (before, line) => (before === undefined ? "" : isTight(before, line) ? "\n" : "\n\n");
  // Which line of before each line is, by its place for one that was changed; -1 for a new one.
  const places = (now, lines) => {
    const most = Math.min(now.length, lines.length), more = lines.length - now.length;
    let head = 0, tail = 0;
    while (head < most && now[head] === lines[head].shown) head += 1;
    while (tail < most - head && now.at(-1 - tail) === lines.at(-1 - tail).shown) tail += 1;
    const moved = lines.map((each, number) => (number < head || number >= lines.length - tail ? null : each.shown));
    return now.map((line, number) => {
      if (number < head) return number;
      if (number >= now.length - tail) return number + more;
      const at = moved.indexOf(line);
      if (at >= 0) moved[at] = null;
      return at < 0 && !more && !now.includes(lines[number].shown) ? number : at;
    });
  };
  const joined = (now, at, { lines, end }, isSame) => {
    const each = (line, number) => {
      const known = lines[at[number]], isNext = known && at[number] === (number ? at[number - 1] : -1) + 1;
      const isKept = [number - 1, number].every((one) => one < 0 || isSame || now[one] === lines[at[one]]?.shown);
      return (isNext && isKept ? known.gap : usual(now[number - 1], line)) + (known?.shown === line ? known.source : line);
    };
    return now.map(each).join("") + (at.at(-1) === lines.length - 1 ? end : "");
  };
  // The text of the file: a line that was not changed keeps its lines there, and no two lines become one.
  const written = (shown, before) => {
    const now = shown.filter((each) => each.trim()), at = places(now, before.lines), text = joined(now, at, before, true);
    const isRead = read(text).lines.map((each) => each.shown).join("\n") === now.join("\n");
    return isRead ? text : joined(now, at, before, false);
  };

  // Chips. What each expression prints the server says, as it does below the text.
  const CODE = /\{\{(?:[^{}"']|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')*\}\}/g;
  const ANSWERED = StateEffect.define(), FILLED = Annotation.define();
  const ask = async (form, values) => {
    const body = new URLSearchParams({ beside: "", ...values });
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body }).catch(() => null);
    return answer?.ok ? answer.json().catch(() => null) : null;
  };
  class Chip extends WidgetType {
    constructor(known) {
      super();
      this.known = known;
    }
    eq(other) {
      return JSON.stringify(this.known) === JSON.stringify(other.known);
    }
    toDOM() {
      const { printed, kind, problem, source } = this.known;
      const chip = Object.assign(document.createElement("span"), { className: `chip ${kind}`, textContent: printed || "…", title: problem || source });
      if (problem) chip.classList.add("is-wrong");
      return chip;
    }
    ignoreEvent() {
      return false;
    }
  }
  const marked = (text, answers) => {
    const turns = new Map(), found = [];
    for (const each of text.matchAll(CODE)) {
      const known = answers.filter((one) => one.source === each[0] && one.kind), turn = turns.get(each[0]) || 0;
      turns.set(each[0], turn + 1);
      if (known.length) found.push(Decoration.replace({ widget: new Chip(known[Math.min(turn, known.length - 1)]) }).range(each.index, each.index + each[0].length));
    }
    const refused = new Map(answers.filter((each) => !each.kind && each.source).map((each) => [each.source, each.problem]));
    for (const [source, title] of refused)
      for (let at = text.indexOf(source); at >= 0; at = text.indexOf(source, at + source.length)) found.push(Decoration.mark({ class: "cm-wrong", attributes: { title } }).range(at, at + source.length));
    for (const each of text.matchAll(/\*\*(?=\S)[^*\n]+\*\*/g)) found.push(Decoration.mark({ class: "cm-strong" }).range(each.index, each.index + each[0].length));
    return Decoration.set(found, true);
  };
  const chips = StateField.define({
    create: (state) => ({ answers: [], all: marked(state.doc.toString(), []) }),
    update: (known, change) => {
      const told = change.effects.find((each) => each.is(ANSWERED));
      if (!told && !change.docChanged) return known;
      const answers = told ? told.value : known.answers;
      return { answers, all: marked(change.state.doc.toString(), answers) };
    },
    provide: (field) => [
      EditorView.decorations.from(field, (known) => known.all),
      EditorView.atomicRanges.of((view) => view.state.field(field).all.update({ filter: (from, to, each) => Boolean(each.spec.widget) })),
    ],
  });
  // The chip that is chosen, or that the cursor touches.
  const chipAt = (view, from = view.state.selection.main.from, to = view.state.selection.main.to) => {
    let found = null;
    view.state.field(chips).all.between(from, to, (start, end, each) => {
      if (each.spec.widget && (from === to || (start >= from && end <= to))) found = { from: start, to: end, known: each.spec.widget.known };
    });
    return found;
  };
  const openForm = (view, chip) => {
    if (chip) view.dom.dispatchEvent(new CustomEvent("editor:form", { bubbles: true, detail: chip }));
    return Boolean(chip);
  };

  // What the keys and buttons do.
  const put = (view, text, from = view.state.selection.main.from, to = view.state.selection.main.to) => {
    view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, annotations: codemirror.isolateHistory.of("full"), scrollIntoView: true, userEvent: "input" });
    view.focus();
  };
  const bold = (view) => {
    const { from, to } = view.state.selection.main, words = view.state.sliceDoc(from, to);
    // Pressed a second time, it ends what it began.
    if (!words && view.state.sliceDoc(from - 2, from + 2) !== "****" && view.state.sliceDoc(from, from + 2) === "**") {
      view.dispatch({ selection: { anchor: from + 2 } });
      view.focus();
      return true;
    }
    const isBold = words.length > 4 && words.startsWith("**") && words.endsWith("**");
    put(view, isBold ? words.slice(2, -2) : `**${words}**`, from, to);
    if (!words) view.dispatch({ selection: { anchor: from + 2 } });
    return true;
  };
  const list = (view) => {
    const { from, to } = view.state.selection.main, { doc } = view.state, all = [];
    for (let number = doc.lineAt(from).number; number <= doc.lineAt(to).number; number += 1) all.push(doc.line(number));
    const isList = all.every((each) => ITEM.test(each.text));
    view.dispatch({ changes: all.map((each) => (isList ? { from: each.from, to: each.to, insert: ITEM.exec(each.text)[6] } : { from: each.from, insert: ITEM.test(each.text) ? "" : "- " })), userEvent: "input" });
    view.focus();
    return true;
  };
  const enter = (view) => {
    const { from, to } = view.state.selection.main, chip = from !== to && chipAt(view);
    if (chip && chip.from === from && chip.to === to) return openForm(view, chip);
    const line = view.state.doc.lineAt(from), item = from === to && ITEM.exec(line.text);
    if (item && !item[6]) put(view, "", line.from, line.to);
    else put(view, item ? `\n${item[1]}${item[3] ? `${Number(item[3]) + 1}${item[4]}` : item[2]}${item[5]}` : "\n", from, to);
    return true;
  };
  const choose = (event, view) => {
    if (!event.target.closest(".chip") || event.button) return false;
    const at = view.posAtDOM(event.target.closest(".chip"));
    event.preventDefault();
    return openForm(view, chipAt(view, at, at));
  };
  const pasted = (text) => (/\n\s*\n/.test(text) ? read(text.replace(/\r\n?/g, "\n")).lines.map((each) => each.shown).join("\n") : text);

  // One editor for each field of a text.
  const all = new Map();
  const fit = (view, field) => {
    const isLost = !view.dom.isConnected, value = written(view.state.doc.toString().split("\n"), view.origin);
    view.origin = read(field.defaultValue);
    if (isLost || value === field.value) return;
    view.origin = read(field.value);
    const insert = view.origin.lines.map((each) => each.shown).join("\n");
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert }, annotations: FILLED.of(true) });
  };
  const look = async (view, field) => {
    const body = view.state.doc.toString().replace(/\n/g, "\n\n"), told = /[{}]/.test(body) ? await ask(field.form, { act: "expressions", body }) : [];
    if (!told || !view.dom.isConnected || body !== view.state.doc.toString().replace(/\n/g, "\n\n")) return;
    const problems = view.dom.parentNode.querySelector("[data-problems]"), wrong = [...new Set(told.map((each) => each.problem).filter(Boolean))];
    problems.hidden = !wrong.length;
    problems.replaceChildren(...wrong.map((each) => Object.assign(document.createElement("li"), { textContent: each })));
    view.dispatch({ effects: ANSWERED.of(told) });
  };
  const keep = (view, field) => {
    field.value = written(view.state.doc.toString().split("\n"), view.origin);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const attributes = (field) => ({
    "aria-labelledby": `${field.id}-label`, "aria-describedby": `${field.id}-help ${field.id}-problems`, lang: field.lang, spellcheck: "true", autocorrect: "on", autocapitalize: "sentences", translate: "no",
    ...(field.matches("[aria-invalid]") && { "aria-invalid": "true" }),
  });
  const begin = (place) => {
    const field = document.getElementById(place.id.replace("-editor", "")), origin = read(field.value);
    let due = 0;
    const heard = (update) => {
      if (!update.docChanged) return;
      if (!update.transactions.some((each) => each.annotation(FILLED))) keep(update.view, field);
      clearTimeout(due);
      due = setTimeout(look, 250, update.view, field);
    };
    const keys = [{ key: "Enter", run: enter, shift: enter }, { key: "Mod-b", run: bold }, { key: "Alt-Enter", run: (view) => openForm(view, chipAt(view)) }];
    const view = new EditorView({
      doc: origin.lines.map((each) => each.shown).join("\n"),
      extensions: [
        chips, codemirror.history(), codemirror.keymap.of([...keys, ...codemirror.historyKeymap, ...codemirror.standardKeymap]),
        EditorView.lineWrapping, EditorView.contentAttributes.of(attributes(field)), EditorView.updateListener.of(heard),
        EditorView.domEventHandlers({ click: choose }),
        EditorView.clipboardInputFilter.of(pasted), EditorView.clipboardOutputFilter.of((text) => text.replace(/\n/g, "\n\n")),
      ],
    });
    view.origin = origin;
    const tools = document.getElementById("editor-tools").content.cloneNode(true);
    tools.querySelector("[data-help]").id = `${field.id}-help`;
    tools.querySelector("[data-problems]").id = `${field.id}-problems`;
    tools.querySelector(".editor-tools").after(view.dom);
    place.replaceChildren(tools);
    for (const button of place.querySelectorAll("[data-tool]")) button.addEventListener("click", () => tool(button.dataset.tool, view));
    all.set(field, view);
    look(view, field);
  };
  const tool = (name, view) => {
    if (name === "bold") bold(view);
    else if (name === "list") list(view);
    else if (name !== "form") view.dom.dispatchEvent(new CustomEvent(`editor:${name}`, { bubbles: true }));
    else if (!openForm(view, chipAt(view))) view.focus();
  };
  const refresh = () => {
    for (const place of document.querySelectorAll(".editor")) {
      const field = document.getElementById(place.id.replace("-editor", ""));
      if (all.get(field)?.dom.isConnected) fit(all.get(field), field);
      else begin(place);
      field.hidden = true;
      field.required = false;
    }
  };
  const of = (each) => [...all.values()].find((view) => view.dom.isConnected && view.dom.contains(each));
  const focus = (field) => (all.get(field) || field)?.focus();
  document.addEventListener("click", (event) => {
    const field = event.target.matches("label[for]") && document.getElementById(event.target.htmlFor);
    if (all.has(field)) focus(field);
  });
  // When the page is exchanged, an editor stays as it is.
  if (window.htmx) htmx.config.morphSkip = ".editor";
  document.addEventListener("htmx:after:swap", refresh);
  // The page has numbered its charts and tables.
  window.deskNews?.addEventListener("made", () => all.forEach((view, field) => view.dom.isConnected && look(view, field)));
  refresh();
  return { ask, focus, of, put, refresh };
})();
