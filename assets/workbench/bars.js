// Tells the looks how high the head and the foot of the page are: they stay in sight, and nothing may lie behind them.
// The entry of the list at the left that is open is in sight as well.
(() => {
  "use strict";
  const measure = () => {
    for (const name of ["bar", "foot"]) {
      const each = document.querySelector(`#desk > .${name}`);
      document.documentElement.style.setProperty(`--${name}`, `${each ? each.getBoundingClientRect().height : 0}px`);
    }
  };
  measure();
  // What is between them gives way to them, or the page grows.
  const watch = new ResizeObserver(measure);
  for (const each of [document.body, document.getElementById("main")]) watch.observe(each);
  const rail = document.querySelector(".rail"), open = rail && rail.querySelector("a[aria-current]");
  if (!open) return;
  const box = open.getBoundingClientRect();
  if (box.bottom > rail.getBoundingClientRect().bottom) rail.scrollTop += box.top - rail.getBoundingClientRect().top - rail.clientHeight / 2;
})();
