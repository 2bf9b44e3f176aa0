// What was ticked, chosen or begun to be written on the desk, a record's history, a person's or
// a lead's page, outlives its being read again because somebody else did something. An answer to what was
// sent begins anew.

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

interface Request {
  target: Element;
  requestConfig: { verb: string };
}

const PARTS = ["desk", "history", "person", "lead"];
const KINDS = ["input:not([type=hidden])", "select", "textarea"];
const FIELDS = PARTS.flatMap((id) => KINDS.map((kind) => `#${id} ${kind}`)).join();

const kept = new Map<string, string | boolean>();

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

function keep(event: Event): void {
  const { detail } = event as CustomEvent<Request>;
  if (!PARTS.includes(detail.target.id)) return;
  kept.clear();
  if (detail.requestConfig.verb !== "get") return;
  for (const field of fields()) {
    const value = isBox(field) ? field.checked : field.value;
    if (value) kept.set(nameOf(field), value);
  }
}

function giveBack(): void {
  for (const field of fields()) {
    const value = kept.get(nameOf(field));
    if (value === undefined) continue;
    if (isBox(field)) field.checked = value === true;
    else if (typeof value === "string") field.value = value;
  }
  kept.clear();
}

export function startKept(): void {
  document.addEventListener("htmx:beforeSwap", keep);
  document.addEventListener("htmx:afterSwap", giveBack);
}
