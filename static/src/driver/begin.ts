// Begins the page. Where its last look is there already, that is painted first: to read the whole
// script takes a slow phone longer than to show the look.

const AT_LAST = 200; // ms: what nobody looks at is not painted

const { app } = (document.currentScript as HTMLScriptElement).dataset;
let hasBegun = false;

function begin(): void {
  if (hasBegun) return;
  hasBegun = true;
  const script = document.createElement("script");
  script.src = app!;
  document.head.append(script);
}

if (document.getElementById("driver")?.inert) {
  requestAnimationFrame(() => window.setTimeout(begin));
  window.setTimeout(begin, AT_LAST);
} else {
  begin();
}
