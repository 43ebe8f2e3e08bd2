// Puts a figure into the text that was typed in last, and keeps a text that is being typed from being exchanged.
(() => {
  "use strict";
  let last = null;
  const typed = new Set();
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea[name=body]")) last = event.target;
  });
  document.addEventListener("input", (event) => {
    if (event.target.form && event.target.closest(".writing")) typed.add(event.target);
  });
  // What is typed and not saved yet stays: the page is shown anew once it is saved.
  document.addEventListener("htmx:before:swap", (event) => {
    if ([...typed].some((each) => each.isConnected && each.value !== each.defaultValue)) event.preventDefault();
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
  document.addEventListener("input", (event) => {
    if (!event.target.matches("input[data-filter]")) return;
    const wanted = event.target.value.toLowerCase();
    for (const row of document.querySelectorAll("#picks tr")) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
})();
