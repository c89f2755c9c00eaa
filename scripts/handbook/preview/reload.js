// Loads the page again when there is something new to show. Only the preview serves this; no built page holds it.
(() => {
  const seen = document.currentScript.dataset.version;
  let stream;
  const follow = () => {
    stream?.close();
    if (document.visibilityState !== "visible") return;
    stream = new EventSource("/.preview/events?" + seen);
    stream.onmessage = () => { stream.close(); location.reload(); };
  };
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => stream?.close());
  follow();
})();
