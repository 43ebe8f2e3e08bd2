// The keys of the workbench. The page brings the table of its keys in the dialog that `?` opens, and nothing else is a
// key. A press tells its code by `desk:key` from where the focus is; who hears it acts and prevents the default. Where
// nobody does, the link or button of the page that bears the code in `data-key` is pressed.
(() => {
  "use strict";
  const help = document.getElementById("keys");
  if (!help) return;
  const NAMES = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", " ": "Space" };
  // How long the second key of two is waited for.
  const PATIENCE = 1500;
  const known = new Map();
  for (const row of help.querySelectorAll("tr[data-code]"))
    for (const press of row.dataset.presses.split("  "))
      known.set(press, { code: row.dataset.code, isLetter: "letter" in row.dataset });
  const first = new Set([...known.keys()].filter((each) => each.includes(" ")).map((each) => each.split(" ")[0]));

  // As the table writes it; where letters are not Latin, the place of the key counts.
  const pressed = (event) => {
    const latin = /^Key([A-Z])$/.exec(event.code);
    const key = NAMES[event.key] || (event.key.length > 1 ? event.key : event.key.toUpperCase());
    const name = latin && /[^\x00-\x7f]/.test(key) ? latin[1] : key;
    const isSign = key.length === 1;
    const writes = event.getModifierState("AltGraph");
    const held = [];
    if (!writes && (event.ctrlKey || event.metaKey)) held.push("Ctrl");
    if (!writes && event.altKey) held.push("Alt");
    if (event.shiftKey && (!isSign || held.length)) held.push("Shift");
    return [...held, name].join("+");
  };
  const writes = (each) => each.matches(":read-write, select");
  // A field in which nothing was typed has nothing of its own to take back; the browser would change another one.
  const isTyping = (each) => writes(each) && each.value !== each.defaultValue;

  const act = (code, from) => {
    const told = new CustomEvent("desk:key", { bubbles: true, cancelable: true, detail: code });
    if (!from.dispatchEvent(told)) return true;
    const target = document.querySelector(`#desk [data-key~="${CSS.escape(code)}"]`);
    if (target) target.click();
    return Boolean(target);
  };
  // What was written last is taken back, also where the foot of the page does not name it yet.
  const takeBack = async (code, from) => {
    const wasAsked = from.id === `take-${code}`;
    if (window.typed) await window.typed.send();
    const answer = await fetch(location.pathname + location.search).catch(() => null);
    const made = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#desk > .foot");
    if (made) document.querySelector("#desk > .foot")?.replaceWith(document.importNode(made, true));
    // What is not on this page is named first; the key pressed once more takes it back.
    const next = document.querySelector(`#take-${code}[data-elsewhere]`);
    if (next && !wasAsked) next.focus();
    else act(code, from);
  };
  let before = "", since = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || !event.key || event.target.nodeType !== Node.ELEMENT_NODE) return;
    const press = pressed(event), opened = document.querySelector("dialog:modal");
    const both = event.timeStamp - since < PATIENCE ? `${before} ${press}` : "";
    before = "";
    const found = known.get(both) || known.get(press);
    // What a dialog asks is answered first.
    if (opened) return;
    if (!found || found.isLetter) {
      if (!("letters" in help.dataset) || writes(event.target)) return;
      if (!found && first.has(press)) [before, since] = [press, event.timeStamp];
      if (!found) return;
    }
    if (found.code === "undo" || found.code === "redo") {
      if (isTyping(event.target)) return;
      event.preventDefault();
      takeBack(found.code, event.target);
    } else if (act(found.code, event.target)) {
      event.preventDefault();
    }
  });

  // What every page knows of itself.
  const PANES = "#desk > header, #desk .rail, #desk .middle, #desk .sheet, #desk .pane, #desk .page-pane, #desk > footer";
  const pane = (by) => {
    const all = [...document.querySelectorAll(PANES)].filter((each) => each.getClientRects().length);
    const at = all.findLastIndex((each) => each.contains(document.activeElement));
    const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length];
    const inside = next.querySelector("input.amount:not([readonly]), a[aria-current], a[href], button, input:not([type=hidden]), textarea, select, summary");
    if (inside) return inside.focus();
    next.tabIndex = -1;
    next.focus();
  };
  const show = () => {
    help.showModal();
    help.querySelector("[data-close]").focus();
  };
  document.addEventListener("desk:key", (event) => {
    const own = { keys: show, pane: () => pane(1), "pane-back": () => pane(-1) }[event.detail];
    if (!own || event.defaultPrevented) return;
    event.preventDefault();
    own();
  });
  document.addEventListener("click", (event) => {
    const close = event.target.closest("dialog [data-close]");
    if (close) close.closest("dialog").close();
    // The link to the page of all keys is for who has no script.
    const link = event.target.closest('#desk a[data-key="keys"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show();
  });
})();
