// The dispatch board: dragging, and the same by keyboard. The server decides; what it answers is
// the day as it is, with a refusal where there is one.
import Sortable from "sortablejs";

interface Htmx {
  ajax(verb: string, path: string, context: object): Promise<void>;
  trigger(element: Element, name: string): void;
}

declare const htmx: Htmx;

let dragging = false;

function board(): HTMLElement | null {
  return document.getElementById("day");
}

function drop(event: Sortable.SortableEvent): void {
  dragging = false;
  const { item: card, to: list, newDraggableIndex: position } = event;
  const stayed = list === event.from && position === event.oldDraggableIndex;
  if (stayed || position === undefined || !card.dataset.move) {
    look();
    return;
  }
  const { truck, day } = list.dataset;
  void htmx.ajax("POST", card.dataset.move, {
    source: card,
    target: "#day",
    swap: "morph:outerHTML",
    values: { seen: card.dataset.seen, truck, day, number: truck ? position + 1 : "" },
  });
}

// Show the day as the server has it.
function look(): void {
  const day = board();
  if (day) htmx.trigger(day, "again");
}

function makeSortable(): void {
  for (const list of document.querySelectorAll<HTMLElement>("[data-cards]")) {
    if (Sortable.get(list)) continue;
    Sortable.create(list, {
      group: "jobs",
      draggable: ".card",
      handle: "[data-job]",
      filter: "a, button",
      preventOnFilter: false,
      animation: 120,
      delay: 200,
      delayOnTouchOnly: true,
      forceFallback: true,
      fallbackTolerance: 4,
      onStart: () => {
        dragging = true;
      },
      onEnd: drop,
    });
  }
}

// What others did must not pull a card out of the hand that holds it.
function holdWhileDragging(event: Event): void {
  const { detail } = event as CustomEvent<{ target: Element; shouldSwap: boolean }>;
  if (dragging && detail.target.id === "day") detail.shouldSwap = false;
}

function stepToCard(step: number): void {
  const cards = [...document.querySelectorAll<HTMLElement>(".card .move")];
  const here = cards.indexOf(document.activeElement as HTMLElement);
  const next = cards[Math.min(Math.max(here + step, 0), cards.length - 1)];
  next?.focus();
}

function onKey(event: KeyboardEvent): void {
  const typing = (event.target as Element).closest("input, select, textarea, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") stepToCard(1);
  if (event.key === "k") stepToCard(-1);
}

function startDialog(dialog: HTMLDialogElement): void {
  dialog.addEventListener("htmx:afterSwap", () => {
    if (!dialog.open) dialog.showModal();
  });
  dialog.addEventListener("htmx:afterRequest", (event) => {
    const { requestConfig } = (event as CustomEvent<{ requestConfig: { verb: string } }>).detail;
    if (requestConfig.verb === "post") dialog.close();
  });
  dialog.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-close]")) return;
    event.preventDefault();
    dialog.close();
  });
}

export function startBoard(): void {
  const dialog = document.getElementById("move-dialog");
  if (!board() || !(dialog instanceof HTMLDialogElement)) return;
  startDialog(dialog);
  makeSortable();
  document.addEventListener("htmx:afterSettle", makeSortable);
  document.addEventListener("htmx:beforeSwap", holdWhileDragging);
  document.addEventListener("htmx:responseError", look);
  document.addEventListener("htmx:sendError", look);
  document.addEventListener("keydown", onKey);
}
