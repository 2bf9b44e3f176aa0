// What was ticked, chosen, opened or begun to be written on the desk, a record's history, a person's or
// a lead's page, on the card of a production, beside the day's map, of a driver's cash or acts, outlives
// its being read again because somebody else did something, or because another form of the page was
// sent. The form that was sent begins anew.

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

interface Request {
  target: Element;
  xhr: XMLHttpRequest;
  requestConfig: { verb: string; triggeringEvent?: Event };
}

const PARTS = ["desk", "history", "person", "lead", "productions", "day-map", "live-map", "cash", "road"];
const HELD = [...PARTS, "day"];
const KINDS = ["input:not([type=hidden])", "select", "textarea"];
// What was there when one began to write, the last answer, a plan or a driver's money: what came since is asked about.
const SEEN = "#person input[name=seen], #productions input[name^=seen], #cash input[name=seen]";
const NAMED = "#view-name"; // the name that a view of the board is to have
const FIELDS = [...PARTS.flatMap((id) => KINDS.map((kind) => `#${id} ${kind}`)), SEEN, NAMED].join();
const FOLDS = PARTS.map((id) => `#${id} details`).join();

const kept = new Map<string, string | boolean>();
const opened = new Set<string>();
let sentTo: string | null = null; // where the form goes that asked for what is put in now

function isBox(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type);
}

function nameOf(field: Field): string {
  const form = field.form?.getAttribute("action") ?? "";
  return [form, field.name, isBox(field) ? field.value : ""].join(" ");
}

function fields(): Field[] {
  return [...document.querySelectorAll<Field>(FIELDS)];
}

/** Whether it is not as the server made it: what nobody touched follows what others do. */
function isTouched(field: Field): boolean {
  if ("written" in field.dataset) return true;
  if (isBox(field)) return field.checked !== field.defaultChecked;
  if (!(field instanceof HTMLSelectElement)) return field.value !== field.defaultValue;
  const made = [...field.options].find((one) => one.defaultSelected) ?? field.options[0];
  return field.value !== made?.value;
}

/** Each with a name: the words to click on, and which of those with the same words it is. */
function folds(): [string, HTMLDetailsElement][] {
  const seen = new Map<string, number>();
  return [...document.querySelectorAll<HTMLDetailsElement>(FOLDS)].map((fold) => {
    const words = fold.querySelector("summary")?.textContent ?? "";
    const number = seen.get(words) ?? 0;
    seen.set(words, number + 1);
    return [`${words} ${number}`, fold];
  });
}

function keep(event: Event): void {
  const { target, requestConfig } = (event as CustomEvent<Request>).detail;
  const by = requestConfig.triggeringEvent?.target;
  const sent = by instanceof Element && requestConfig.verb !== "get" ? by.closest("form") : null;
  kept.clear();
  opened.clear();
  sentTo = sent?.getAttribute("action") ?? null;
  if (!HELD.includes(target.id)) return;
  for (const field of fields()) {
    if (!isTouched(field) || (sent && field.form === sent)) continue;
    kept.set(nameOf(field), isBox(field) ? field.checked : field.value);
    const seen = field.form?.querySelectorAll<HTMLInputElement>(SEEN) ?? [];
    for (const one of seen) kept.set(nameOf(one), one.value);
  }
  for (const [name, fold] of folds()) {
    if (fold.open && !(sent && fold.contains(sent))) opened.add(name);
  }
}

// What was refused, or put together by the server, is somebody's words all the same: the next reading
// of the page, which knows nothing of them, must not take them away.
function markWritten(event: Event): void {
  const { target, xhr } = (event as CustomEvent<Request>).detail;
  if (sentTo === null || (xhr.status !== 422 && HELD.includes(target.id))) return;
  for (const field of fields()) {
    if (field.form?.getAttribute("action") === sentTo) field.dataset["written"] = "";
  }
}

function giveBack(event: Event): void {
  markWritten(event);
  for (const [name, fold] of folds()) {
    if (opened.has(name)) fold.open = true;
  }
  for (const field of fields()) {
    const value = kept.get(nameOf(field));
    if (value === undefined) continue;
    if (isBox(field)) field.checked = value === true;
    else if (typeof value === "string") field.value = value;
  }
  kept.clear();
  opened.clear();
}

export function startKept(): void {
  document.addEventListener("htmx:beforeSwap", keep);
  document.addEventListener("htmx:afterSwap", giveBack);
}
