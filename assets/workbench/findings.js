// Shows beside a reason what would be printed and written of it, while it is typed. Without this script a button does.
(() => {
  "use strict";
  if (!window.htmx) return;
  const source = document.getElementById("gone");
  let rest = 0;
  const look = (form) => {
    const values = { ...Object.fromEntries(new FormData(form)), act: "look" };
    return htmx.ajax("POST", location.pathname, { target: "#accept-shown", select: "#accept-shown", swap: "outerMorph", source, values });
  };
  const follow = (event) => {
    const form = event.target.closest && event.target.closest("form.reasons");
    if (!form) return;
    clearTimeout(rest);
    rest = setTimeout(() => { if (form.isConnected) look(form); }, 400);
  };
  document.addEventListener("input", follow);
  document.addEventListener("change", follow);
  // What is sent leads away: nothing is to be shown beside it any more.
  document.addEventListener("submit", () => clearTimeout(rest));
  document.addEventListener("keydown", (event) => {
    const leave = document.getElementById("accept-cancel");
    const typed = [...document.querySelectorAll("form.reasons textarea")].some((each) => each.value !== each.defaultValue);
    if (event.key === "Escape" && leave && !typed) leave.click();
  });
  // The box is there at once; where the edition would print a reason follows.
  const opened = document.querySelector("form.reasons"), first = document.querySelector("form.reasons textarea");
  if (opened) look(opened);
  // Where an address leads to a place, the browser goes there last of all.
  if (first && location.hash === "#accept") window.addEventListener("load", () => setTimeout(() => first.focus(), 0));
})();
