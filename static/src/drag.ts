// Dragging a card from list to list. Nothing is sent before the card is let go over a column.
import Sortable from "sortablejs";
import { clearMarks, movedWith } from "./mark";
import type { Move } from "./moves";

let dragging = false;

export function isDragging(): boolean {
  return dragging;
}

// The list of the column under the hand: its header takes a drop as well. None takes one that is
// closed, or beside all columns.
function listUnder(end: Sortable.SortableEvent): HTMLElement | null {
  // Sortable gives it along; its types do not say so.
  const { originalEvent: event } = end as unknown as { originalEvent: MouseEvent | TouchEvent };
  const point = "changedTouches" in event ? event.changedTouches[0] : event;
  if (!point) return null;
  const column = document.elementFromPoint(point.clientX, point.clientY)?.closest("[data-column]");
  return column?.querySelector<HTMLElement>("[data-cards]:not([data-closed])") ?? null;
}

function putBack({ item, from, oldIndex }: Sortable.SortableEvent): void {
  item.remove();
  from.insertBefore(item, from.children[oldIndex ?? 0] ?? null);
}

// The number that the first of the moved cards gets: the cards that stay are counted.
function numberIn(list: HTMLElement, card: HTMLElement, moved: HTMLElement[]): string {
  const cards = [...list.querySelectorAll<HTMLElement>(".card")];
  const before = cards.slice(0, cards.indexOf(card)).filter((one) => !moved.includes(one));
  return String(before.length + 1);
}

// What the drop asks for; nothing when the card stays where it was.
function moveOf(event: Sortable.SortableEvent): Move | null {
  const { item: card, from, to, newIndex, oldIndex } = event;
  const list = listUnder(event);
  if (!list || !card.dataset.job) {
    putBack(event);
    return null;
  }
  if (list !== to) list.append(card);
  else if (to === from && newIndex === oldIndex) return null;
  const moved = movedWith(card);
  const { truck = "", day = "", trip = "" } = list.dataset;
  const number = truck && list === to ? numberIn(list, card, moved) : "";
  const jobs = moved.map(({ dataset: { job = "", seen = "" } }) => ({ job, seen }));
  clearMarks();
  return { jobs, truck, day, trip, number };
}

function onEscape(event: KeyboardEvent): void {
  if (!dragging || event.key !== "Escape") return;
  event.preventDefault();
  // To Sortable this is the hand that lets go, and beside all columns.
  const nowhere = { clientX: -1, clientY: -1 };
  document.dispatchEvent(new PointerEvent("pointerup", nowhere));
  document.dispatchEvent(new MouseEvent("mouseup", nowhere));
}

export function makeSortable(onDrop: (move: Move | null) => void): void {
  for (const list of document.querySelectorAll<HTMLElement>("[data-cards]")) {
    if (Sortable.get(list)) continue;
    Sortable.create(list, {
      group: { name: "jobs", put: (to) => !to.el.hasAttribute("data-closed") },
      draggable: ".card",
      handle: "[data-job]:not([data-locked])",
      filter: "a, button, input",
      preventOnFilter: false,
      animation: 120,
      delay: 200,
      delayOnTouchOnly: true,
      forceFallback: true,
      fallbackTolerance: 4,
      onStart: () => {
        dragging = true;
      },
      onEnd: (event) => {
        dragging = false;
        onDrop(moveOf(event));
      },
    });
  }
}

export function startEscape(): void {
  document.addEventListener("keydown", onEscape);
}
