// Keeps the page in its frame as the files are: only parts that differ arrive, and are laid over those that are there,
// so that place and focus stay. A click on a number leads to its field. The frame itself runs nothing.
(() => {
  "use strict";
  const frame = document.getElementById("edition");
  if (!frame) return;

  // What a reader opened stays open.
  const OWN = new Set(["open"]);

  function morph(old, made) {
    if (old.nodeName !== made.nodeName || (old.id || "") !== (made.id || "")) {
      old.replaceWith(made);
      return;
    }
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== made.nodeValue) old.nodeValue = made.nodeValue;
      return;
    }
    if (old.isEqualNode(made)) return;
    for (const each of [...old.attributes])
      if (!made.hasAttribute(each.name) && !OWN.has(each.name)) old.removeAttribute(each.name);
    for (const each of made.attributes)
      if (old.getAttribute(each.name) !== each.value) old.setAttribute(each.name, each.value);
    const now = [...old.childNodes], then = [...made.childNodes];
    then.forEach((each, n) => (now[n] ? morph(now[n], each) : old.append(each)));
    now.slice(then.length).forEach((each) => each.remove());
  }

  // Contents and heads of tables that stay in view move with nothing.
  function moves(view, each) {
    for (let box = each; box; box = box.parentElement)
      if (["sticky", "fixed"].includes(view.getComputedStyle(box).position)) return false;
    return true;
  }

  // What stands at the upper edge of the frame, by which its place is kept.
  function held(view) {
    const isThere = (box) => box.bottom > 0 && box.top >= 0;
    const all = [...view.document.querySelectorAll("[id]")];
    return all.find((each) => isThere(each.getBoundingClientRect()) && moves(view, each));
  }

  function renew(told) {
    // Where the name is asked, there is no frame any more.
    if (!frame.isConnected) return;
    const view = frame.contentWindow, page = frame.contentDocument;
    const there = (name) => page.getElementById(name) || page.querySelector(`.${CSS.escape(name)}`);
    const mark = held(view), before = mark ? mark.getBoundingClientRect().top : 0;
    const made = (name) => {
      const box = page.createElement("template");
      box.innerHTML = told.parts[name];
      return page.importNode(box.content.firstElementChild, true);
    };
    // A chapter that comes is placed before the one that follows it, or after the last; else the page is asked for again.
    const isChapter = (each) => each && each.matches("section.chapter");
    const follows = (name) => told.all.slice(told.all.indexOf(name) + 1).map(there).find((each) => each);
    const last = (name) => told.all.slice(0, told.all.indexOf(name)).map(there).filter(isChapter).pop();
    const coming = told.parts ? told.all.filter((name) => !there(name)) : [];
    if (!told.parts || !coming.every((name) => isChapter(follows(name)) || isChapter(last(name)))) {
      // A page that is reloaded stays where it was; the first one opens at its chapter.
      return isNew ? view.location.replace(view.location.href) : view.location.reload();
    }
    for (const name of Object.keys(told.parts).filter(there)) morph(there(name), made(name));
    for (const name of coming.reverse()) {
      if (isChapter(follows(name))) follows(name).before(made(name));
      else last(name).after(made(name));
    }
    for (const each of page.querySelectorAll("section.chapter[id]")) if (!told.all.includes(each.id)) each.remove();
    if (mark && mark.isConnected) view.scrollBy(0, mark.getBoundingClientRect().top - before);
    page.documentElement.dataset.edition = told.digest;
    page.documentElement.dataset.changed = Object.keys(told.parts).join(" ");
    frame.dispatchEvent(new Event("desk:page"));
  }

  // What stands around the frame: whether it could be made, and the list of its numbers.
  async function around(tried) {
    const shown = document.getElementById("around");
    if (!shown || shown.dataset.tried === tried) return;
    const answer = await fetch(location.pathname + location.search);
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const name of ["standing", "around"]) {
      const old = document.getElementById(name), now = made.getElementById(name);
      if (old && now) morph(old, document.importNode(now, true));
    }
  }

  function lead(event) {
    if (event.defaultPrevented || event.target.closest("a")) return;
    const number = event.target.closest("[data-at]");
    if (number) location.assign(number.dataset.at);
  }

  let isNew = true, tried = "", stop = () => {};
  function follow() {
    const page = frame.contentDocument;
    if (!page || page.URL === "about:blank") return;
    page.addEventListener("click", lead);
    // Only the frame moves: scrollIntoView would move the page around it, too. Where it is read again, it stays.
    const places = [frame.dataset.section, frame.dataset.chapter, location.hash.slice(1)];
    const at = isNew && places.map((each) => each && page.getElementById(each)).find((each) => each);
    if (at) frame.contentWindow.scrollTo(0, frame.contentWindow.scrollY + at.getBoundingClientRect().top);
    // Before it comes, a page says that it is being made.
    isNew = isNew && !page.documentElement.dataset.edition;
    frame.dispatchEvent(new Event("desk:page"));
    stop();
    stop = window.deskNews.follow(() => {
      const changes = new URL(frame.dataset.changes, location.href);
      changes.searchParams.set("have", frame.contentDocument.documentElement.dataset.edition || "");
      changes.searchParams.set("tried", tried);
      return changes;
    }, (kind, data) => {
      if (kind === "page") return renew(data);
      tried = data;
      return around(data);
    });
  }
  frame.addEventListener("load", follow);
  if (frame.contentDocument && frame.contentDocument.readyState === "complete") follow();
})();
