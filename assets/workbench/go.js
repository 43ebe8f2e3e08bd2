// Go to a page by a few letters: the server finds, here it is shown while one types. Down and Up choose, Enter goes.
// Without this script the link leads to a page with the same form.
(() => {
  "use strict";
  const dialog = document.getElementById("go"), words = document.getElementById("go-words");
  if (!dialog || !words) return;
  const found = document.getElementById("go-found");
  let asked = 0, rest = 0;
  const find = async () => {
    const mine = (asked += 1);
    // Who has gone on already, or whose server is gone, is shown nothing new.
    const told = await fetch(`/go?${new URLSearchParams(new FormData(words.form))}`).then((each) => each.text()).catch(() => "");
    const list = new DOMParser().parseFromString(told, "text/html").getElementById("found");
    if (mine === asked) found.replaceChildren(...(list ? [...list.childNodes] : []).map((each) => document.importNode(each, true)));
    return mine === asked;
  };
  const links = () => [...found.querySelectorAll("a")];
  const open = () => {
    words.value = "";
    dialog.showModal();
    find();
  };
  const go = async () => {
    clearTimeout(rest);
    if ((await find()) && links().length) links()[0].click();
  };
  words.addEventListener("input", () => {
    clearTimeout(rest);
    rest = setTimeout(find, 80);
  });
  words.form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  dialog.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      const all = [words, ...links()];
      all[Math.max(0, Math.min(all.length - 1, all.indexOf(document.activeElement) + by))].focus();
    } else if (event.key.length === 1 && event.target.matches("a") && !event.ctrlKey && !event.metaKey && !event.altKey) {
      words.focus();
    }
  });
  // Who is there already: the address differs in its anchor alone, and no other page is loaded.
  found.addEventListener("click", () => dialog.close());
  document.addEventListener("desk:key", (event) => {
    if (event.detail !== "go" || event.defaultPrevented) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('#desk a[data-key="go"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
})();
