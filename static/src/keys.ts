// Keys for those who keep their hands on them: "/" searches, "j" and "k" go through a list, "?"
// shows what else there is, which the page itself says: data-key="r" is pressed or gone to by "r".
// They can be turned off, since a voice that dictates would press them, too (WCAG 2.1.4).

const OFF = "keys-off";
const WRITTEN_IN = 'input:not([type="checkbox"], [type="radio"]), textarea, select';

function all(selector: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)].filter((one) => one.offsetParent);
}

function step(by: 1 | -1): void {
  const rows = all("[data-row]");
  const here = rows.indexOf(document.activeElement as HTMLElement);
  const next = here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by;
  rows[next]?.focus();
}

function use(element: HTMLElement | undefined): void {
  if (element?.matches(WRITTEN_IN)) element.focus();
  else element?.click();
}

function nameOf(element: HTMLElement): string {
  const label = element.id ? document.querySelector(`label[for="${element.id}"]`) : null;
  const said = element.getAttribute("aria-label") ?? label?.textContent ?? element.textContent;
  return said?.trim() ?? "";
}

function entry(element: HTMLElement): Node[] {
  const [term, meaning] = [document.createElement("dt"), document.createElement("dd")];
  const key = document.createElement("kbd");
  key.textContent = element.dataset.key ?? "";
  term.append(key);
  meaning.textContent = nameOf(element);
  return [term, meaning];
}

function show(dialog: HTMLDialogElement): void {
  dialog.querySelector("[data-here]")?.replaceChildren(...all("[data-key]").flatMap(entry));
  dialog.showModal();
}

function press(event: KeyboardEvent, dialog: HTMLDialogElement): void {
  if (event.key === "?") show(dialog);
  else if (event.key === "/") use(all('input[type="search"]')[0]);
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else {
    const asked = all("[data-key]").find((one) => one.dataset.key === event.key);
    if (!asked) return;
    use(asked);
  }
  event.preventDefault();
}

export function areKeysOff(): boolean {
  return localStorage.getItem(OFF) !== null;
}

export function startKeys(): void {
  const dialog = document.querySelector<HTMLDialogElement>("#keys");
  const box = dialog?.querySelector<HTMLInputElement>("input");
  if (!dialog || !box) return;
  box.checked = !areKeysOff();
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "yes");
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || dialog.open) return;
    const isOff = areKeysOff() && event.key !== "?";
    if (isOff || (event.target as Element).closest(WRITTEN_IN)) return;
    press(event, dialog);
  });
}
