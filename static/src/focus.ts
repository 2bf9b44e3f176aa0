// Where the focus goes when what was done has taken its place away: to what is left of that part.

const CONTROLS = ":is(a[href], button, input:not([type=hidden]), select, textarea)";
type Asked = { elt: Element; requestConfig: { verb: string } };

let part: string | undefined; // of what was sent, and not answered and drawn yet

function note(event: Event): void {
  const { elt, requestConfig } = (event as CustomEvent<Asked>).detail;
  if (requestConfig.verb === "get" || !elt.contains(document.activeElement)) return;
  part = elt.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby") ?? "";
}

// Others may have been faster: then what they changed is drawn before the answer.
function giveBack(event: Event): void {
  if (part === undefined) return;
  if (document.activeElement === document.body) focusOn(part);
  if ((event as CustomEvent<Asked>).detail.requestConfig.verb !== "get") part = undefined;
}

function focusOn(heading: string): void {
  const left = document.querySelector<HTMLElement>(`section[aria-labelledby="${CSS.escape(heading)}"] ${CONTROLS}`);
  const title = document.querySelector("h1");
  if (!left && title) title.tabIndex = -1;
  (left ?? title)?.focus({ preventScroll: true });
}

function forget(): void {
  part = undefined;
}

export function startFocus(): void {
  document.addEventListener("htmx:beforeRequest", note);
  document.addEventListener("htmx:afterSettle", giveBack);
  document.addEventListener("htmx:responseError", forget);
  document.addEventListener("htmx:sendError", forget);
}
