// Where the focus goes when what was done has taken its place away: to the heading of that part.

let heading = "";

function note(event: Event): void {
  const { elt, requestConfig } = (event as CustomEvent<{ elt: Element; requestConfig: { verb: string } }>).detail;
  if (requestConfig.verb === "get") return;
  heading = elt.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby") ?? "";
}

function giveBack(): void {
  if (!heading || document.activeElement !== document.body) return;
  const next = document.getElementById(heading) ?? document.querySelector<HTMLElement>("h1");
  heading = "";
  if (!next) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
}

export function startFocus(): void {
  document.addEventListener("htmx:beforeRequest", note);
  document.addEventListener("htmx:afterSettle", giveBack);
}
