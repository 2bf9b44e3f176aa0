// A form that is being sent stays until it is answered. The answer belongs to it: a part of the page
// that was read anew meanwhile, because somebody else did something, would have taken it away, and
// with it the words of the answer. Such a reading is left out, and done once the answer is there.

interface Request {
  elt: Element;
  target: Element;
  shouldSwap: boolean;
  requestConfig: { elt: Element; verb: string };
}

interface Htmx {
  ajax(verb: string, path: string, context: object): Promise<void>;
}

declare const htmx: Htmx;

const sending = new Set<Element>();
const leftOut = new Set<string>(); // the ids of parts

function detailOf(event: Event): Request {
  return (event as CustomEvent<Request>).detail;
}

function begin(event: Event): void {
  const { elt, requestConfig } = detailOf(event);
  if (requestConfig.verb !== "get") sending.add(elt);
}

// What somebody asks for, as by a search, is no such reading: it is shown at once.
function hold(event: Event): void {
  const detail = detailOf(event);
  if (detail.requestConfig.verb !== "get" || detail.requestConfig.elt !== detail.target) return;
  if (![...sending].some((one) => detail.target.contains(one))) return;
  detail.shouldSwap = false;
  leftOut.add(detail.target.id);
}

// A form that its answer took away tells of its end by another's voice.
function end(event: Event): void {
  const { elt } = detailOf(event);
  for (const one of sending) if (one === elt || !one.isConnected) sending.delete(one);
  if (sending.size > 0) return;
  for (const id of leftOut) readAgain(id);
  leftOut.clear();
}

function readAgain(id: string): void {
  const part = document.getElementById(id);
  const path = part?.getAttribute("hx-get");
  if (!part || !path) return;
  const swap = part.getAttribute("hx-swap");
  void htmx.ajax("GET", path, { source: part, target: part, swap });
}

export function startSending(): void {
  document.addEventListener("htmx:beforeSend", begin);
  document.addEventListener("htmx:beforeSwap", hold);
  document.addEventListener("htmx:afterRequest", end);
}
