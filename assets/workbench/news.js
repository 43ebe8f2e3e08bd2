// What is new, for all tabs of a browser by one stream: a browser has few connections to a server, and each stream takes
// one. The tab that holds the lock listens and tells the others; when it is closed, the next one does. Where there are no
// locks, each tab listens for itself.
window.deskNews = (() => {
  "use strict";
  const news = new EventTarget(), AGAIN = 3000;
  const channel = window.BroadcastChannel && navigator.locks ? new BroadcastChannel("reporter news") : null;
  const tell = ([kind, data]) => news.dispatchEvent(new CustomEvent(kind, { detail: data }));
  let last = null, isListening = false;
  const pass = (...said) => {
    tell(said);
    if (channel) channel.postMessage(said);
  };
  const open = () => {
    isListening = true;
    const events = new EventSource("/events");
    events.addEventListener("open", () => pass("open"));
    events.addEventListener("error", () => {
      pass("away");
      if (events.readyState === EventSource.CLOSED) setTimeout(open, AGAIN);
    });
    for (const kind of ["files", "made"])
      events.addEventListener(kind, (event) => {
        if (kind === "files") last = event.data;
        pass(kind, event.data);
      });
  };
  if (channel) {
    // Who comes later hears what was said last.
    channel.addEventListener("message", (event) => {
      if (event.data[0] !== "come") tell(event.data);
      else if (isListening && last) channel.postMessage(["files", last]);
    });
    channel.postMessage(["come"]);
    navigator.locks.request("reporter news", () => {
      open();
      return new Promise(() => {});
    });
  } else {
    open();
  }
  // Ask an address for what is new there, now and at all news. One answer is waited for at a time.
  news.follow = (address, heard) => {
    let isAsking = false, isDue = false;
    const ask = async () => {
      if (isAsking) return void (isDue = true);
      isAsking = true;
      try {
        const answer = await fetch(address());
        for (const [kind, data] of answer.ok ? await answer.json() : []) heard(kind, data);
      } catch {
        // The stream says that nobody answers.
      }
      isAsking = false;
      if (isDue) {
        isDue = false;
        ask();
      }
      return undefined;
    };
    for (const kind of ["files", "made", "open"]) news.addEventListener(kind, ask);
    ask();
    return () => ["files", "made", "open"].forEach((kind) => news.removeEventListener(kind, ask));
  };
  return news;
})();
