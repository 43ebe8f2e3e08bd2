// Writes texts without leaving the page beside. Without this script every form posts and comes back.
(() => {
  "use strict";
  const { editors, typed } = window;
  const ours = (form) => form.closest(".reading .middle") && form.getAttribute("action") !== "/beside";
  const swap = { target: "#desk", select: "#desk", swap: "outerMorph" };
  let sending = Promise.resolve();
  const send = async (form, submitter) => {
    const values = Object.fromEntries(new FormData(form, submitter));
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
    editors?.refresh();
    const begins = ["body", "head"].map((each) => document.getElementById(`${each}-${values.anchor}`)).find((each) => each);
    if (values.act === "anew") editors ? editors.focus(begins) : begins?.focus();
    else document.querySelector("[role=alert]")?.scrollIntoView({ block: "nearest" });
    document.dispatchEvent(new Event("desk:answered"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !window.htmx || !typed || !ours(form)) return;
    // A decision leads on to another text.
    if (event.submitter?.value === "holds") return;
    event.preventDefault();
    // One text is written after the other: the second has seen the first.
    const { submitter } = event;
    sending = sending.catch(() => {}).then(() => send(form, submitter));
  });
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
      holds: document.getElementById("decide") && holds,
      anew: anew(event.target) && (() => anew(event.target).click()),
    }[event.detail];
    if (does) does();
    else if (event.detail !== "finding" || !finding()) return;
    event.preventDefault();
  });
})();

// The picker of figures, charts and tables, and the form that says in words how an expression is printed.
(() => {
  "use strict";
  const { editors } = window, picker = document.getElementById("picker"), dialog = document.getElementById("chip-form");
  if (!editors || !picker) return;
  const form = dialog.querySelector("form"), { elements } = form, filter = picker.querySelector("input"), rows = picker.querySelector("tbody");
  // Where it goes: an editor or the field of a headline, and the place in it.
  let last = null, place = null, chip = null, known = [], reading = "", mode = "";
  const part = (name) => dialog.querySelector(`[data-${name}]`);
  const quoted = (words) => `"${words.trim().replace(/["\\]/g, "\\$&")}"`;
  const labelOf = (address) => known.find(([source]) => source === `{{ ${address} }}`)?.[1] || address;
  const field = () => (last?.isConnected && last) || document.querySelector(".writing .cm-content") || document.querySelector(".writing input[name=head]");
  const anyForm = () => field()?.closest("form");

  // What can be picked is asked for once, and again when the files were read again.
  const learn = async () => {
    const now = document.getElementById("desk").dataset.reading;
    if (known.length && now === reading) return;
    known = (await editors.ask(anyForm(), { act: "picks" })) || known;
    reading = now;
    const row = picker.querySelector("template").content;
    rows.replaceChildren(...known.map(([source, label, value], number) => {
      const made = row.cloneNode(true), button = made.querySelector("[data-pick]");
      button.textContent = label;
      made.querySelector("[data-value]").textContent = value;
      made.querySelector("[data-other]").hidden = /\(/.test(source);
      for (const each of made.querySelectorAll("button")) each.value = number;
      return made;
    }));
    elements.reference.replaceChildren(...known.filter(([source]) => /\(/.test(source)).map(([source, label, value]) => new Option(`${value}: ${label}`, source)));
  };
  // At the cursor, where there is room, also when more is shown.
  const stand = (box) => {
    if (!box.open) return;
    const { left = 8, bottom = 0 } = place.rect || {};
    box.style.margin = "0";
    box.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${Math.max(8, Math.min(bottom + 8, innerHeight - box.offsetHeight - 8))}px`;
  };
  const show = (box, first) => {
    if (!box.open) box.showModal();
    stand(box);
    first.focus();
  };
  const cursor = () => {
    const view = last && editors.of(last), at = view?.state.selection.main;
    if (view) return { view, from: at.from, to: at.to, rect: view.coordsAtPos(at.head) };
    return last && { field: last, from: last.selectionStart, to: last.selectionEnd, rect: last.getBoundingClientRect() };
  };
  const write = (text) => {
    const { view, field, from, to } = place;
    if (view) return editors.put(view, text, from, to);
    field.focus();
    field.setRangeText(text, from, to, "end");
    return field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const narrow = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const [number, row] of [...rows.rows].entries()) row.hidden = !words.every((each) => known[number].join(" ").toLowerCase().includes(each));
    picker.querySelector("[data-none]").hidden = [...rows.rows].some((each) => !each.hidden);
  };
  const pick = async () => {
    last = field();
    last.closest("details")?.setAttribute("open", "");
    place = cursor();
    await learn();
    filter.value = "";
    narrow();
    show(picker, filter);
  };

  // What the fields of the form say, as an expression.
  const composed = () => {
    const value = (name) => elements[name].value, name = value("filter"), isClaim = elements.filter.selectedOptions[0].matches("[data-claim]");
    if (mode === "reference") return value("reference");
    if (mode === "note") return `{{ note(${quoted(value("note"))}) }}`;
    const words = name === "counted" ? [...form.querySelectorAll("[name=word]")].map((each) => each.value) : isClaim ? [value("claim")] : [];
    const given = [...words.map(quoted), ...(shows("since") && value("base") ? [value("base")] : [])].join(", ");
    const filters = [shows("at") && value("year") && `at(${value("year")})`, name && name + (given && `(${given})`), shows("digits") && elements.digits.checked && "digits"];
    return `{{ ${[chip.known.address, ...filters].filter(Boolean).join(" | ")} }}`;
  };
  const shows = (name) => !dialog.querySelector(`[data-for=${name}]`).hidden;
  const arrange = () => {
    const name = elements.filter.value, isClaim = elements.filter.selectedOptions[0]?.matches("[data-claim]"), isValue = mode === "value";
    const wanted = {
      value: isValue, counted: isValue && name === "counted", claim: isValue && isClaim, since: isValue && (isClaim || name.startsWith("change")),
      at: isValue && !name.startsWith("change") && elements.year.length > 1, digits: isValue && ["", "counted", "share", "change_sentence"].includes(name), reference: mode === "reference", note: mode === "note",
    };
    for (const [each, isShown] of Object.entries(wanted)) {
      const group = dialog.querySelector(`[data-for=${each}]`);
      group.hidden = !isShown;
      for (const field of group.querySelectorAll("[name=word], [name=claim], [name=note]")) field.required = isShown;
    }
  };
  const preview = async () => {
    const source = elements.source.value, [told] = (await editors.ask(anyForm(), { act: "expressions", body: source })) || [];
    if (source !== elements.source.value) return;
    part("printed").textContent = told?.printed || "";
    // What is still to be typed is no fault yet.
    part("problem").textContent = form.checkValidity() ? told?.problem || "" : "";
  };
  const choose = (select, value) => {
    if (![...select.options].some((each) => each.value === value)) select.add(new Option(value, value));
    select.value = value;
  };
  const open = async (chosen) => {
    chip = chosen;
    const { call, address, filter: name, argument, words, year, base, digits, source } = chip.known;
    await learn();
    form.reset();
    mode = call === "note" ? "note" : call ? "reference" : "value";
    const title = dialog.querySelector("h2");
    title.textContent = title.dataset[mode] || labelOf(address);
    choose(elements.filter, name || "");
    choose(elements.year, String(year || ""));
    choose(elements.base, String(base || ""));
    elements.digits.checked = Boolean(digits);
    elements.claim.value = name === "counted" ? "" : words?.[0] || "";
    for (const [number, each] of [...form.querySelectorAll("[name=word]")].entries()) each.value = (name === "counted" && words[number]) || "";
    if (mode === "reference") choose(elements.reference, `{{ ${call}("${argument}") }}`);
    elements.note.value = mode === "note" ? argument : "";
    elements.source.value = source;
    part("delete").hidden = chip.from === chip.to;
    arrange();
    preview();
    show(dialog, { value: elements.filter, reference: elements.reference, note: elements.note }[mode]);
  };
  const edit = (view, chosen) => {
    last = view.contentDOM;
    place = { view, from: chosen.from, to: chosen.to, rect: view.coordsAtPos(chosen.from) };
    open(chosen);
  };
  const fresh = (more) => open({ from: place.from, to: place.from, known: { filter: "", words: [], ...more } });

  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".writing .cm-content, .writing input[name=head]")) last = event.target;
  });
  document.addEventListener("editor:form", (event) => edit(editors.of(event.target), event.detail));
  for (const name of ["pick", "note"]) document.addEventListener(`editor:${name}`, (event) => {
    last = editors.of(event.target).contentDOM;
    place = cursor();
    if (name === "pick") pick();
    else fresh({ call: "note", argument: "", source: '{{ note("") }}' });
  });
  document.addEventListener("desk:key", (event) => {
    if (event.defaultPrevented || !["pick", "pick-here"].includes(event.detail) || !field()) return;
    event.preventDefault();
    pick();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-pick-here]")) return;
    last = event.target.closest(".field").querySelector("input");
    pick();
  });
  filter.addEventListener("input", narrow);
  picker.addEventListener("click", (event) => {
    const button = event.target.closest("button[value]"), [source] = (button?.value && known[button.value]) || [];
    if (!source) return;
    picker.close();
    if (button.matches("[data-pick]")) write(source);
    else fresh({ address: source.slice(3, -3), source });
  });
  picker.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    rows.querySelector("tr:not([hidden]) [data-pick]")?.click();
  });
  form.addEventListener("input", (event) => {
    if (event.target !== elements.source) {
      arrange();
      elements.source.value = composed();
    }
    preview();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close();
    write(elements.source.value);
  });
  part("delete").addEventListener("click", () => {
    dialog.close();
    write("");
  });
  for (const box of [picker, dialog]) {
    box.addEventListener("close", () => (place.view || place.field).focus());
    new ResizeObserver(() => stand(box)).observe(box);
  }
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
