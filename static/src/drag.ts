// Dragging a card from list to list. Nothing is sent before the card is let go over a column.
import Sortable from "sortablejs";
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

// What the drop asks for; nothing when the card stays where it was.
function moveOf(event: Sortable.SortableEvent): Move | null {
  const { item: card, from, to, newDraggableIndex = 0, oldDraggableIndex } = event;
  const list = listUnder(event);
  const { job, seen, move: path } = card.dataset;
  if (!list || !job || !seen || !path) {
    putBack(event);
    return null;
  }
  if (list !== to) list.append(card);
  else if (to === from && newDraggableIndex === oldDraggableIndex) return null;
  const { truck = "", day = "" } = list.dataset;
  const number = truck && list === to ? String(newDraggableIndex + 1) : "";
  return { job, path, seen, truck, day, number };
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
