// Begins the page. Where its last look is there already, that is painted first: to read the whole
// script takes a slow phone longer than to show the look.

const AT_LAST = 1_000; // ms, where a paint is not told of

const { app } = (document.currentScript as HTMLScriptElement).dataset;
let hasBegun = false;

function begin(): void {
  if (hasBegun) return;
  hasBegun = true;
  const script = document.createElement("script");
  script.src = app!;
  document.head.append(script);
}

if (document.getElementById("driver")?.inert && !document.hidden) {
  new PerformanceObserver(begin).observe({ type: "paint", buffered: true });
  window.setTimeout(begin, AT_LAST);
} else {
  begin();
}
