// What a drag asks for. The server decides; its answer says so above the page, and the calendar is
// read anew whatever it says.
import type { Calendar } from "@event-calendar/core";
import { type Entry, entryOf, later } from "./calendar_entries";

interface Htmx {
  ajax(verb: string, path: string, context: object): Promise<void>;
}

declare const htmx: Htmx;

const SECONDS_A_DAY = 86_400;
const FRONT = /^truck-/; // rows between which a job may change

let sending = false;

export function isSending(): boolean {
  return sending;
}

/** Whether it may be let go there: jobs change trucks, all else stays in its row. */
export function mayDrop({ event, oldEvent }: Calendar.EventDropInfo): boolean {
  if (sending || event.allDay !== oldEvent.allDay) return false;
  const before = oldEvent.resourceIds.map(String);
  const after = event.resourceIds.map(String);
  const stays = after.length === before.length && after.every((row) => before.includes(row));
  return stays || (entryOf(event).allDay && [...before, ...after].every((row) => FRONT.test(row)));
}

export async function drop(
  box: HTMLElement,
  info: Calendar.EventDropInfo,
  look: () => Promise<void>,
): Promise<void> {
  const { event, delta, newResource, revert } = info;
  const entry = entryOf(event);
  const seconds = delta.days * SECONDS_A_DAY + delta.seconds;
  await send(box, entry, fieldsOf(entry, seconds, seconds, newResource?.id), revert);
  await settle(box, look);
}

export async function stretch(
  box: HTMLElement,
  info: Calendar.EventResizeInfo,
  look: () => Promise<void>,
): Promise<void> {
  const { event, endDelta, revert } = info;
  const entry = entryOf(event);
  const seconds = endDelta.days * SECONDS_A_DAY + endDelta.seconds;
  await send(box, entry, fieldsOf(entry, 0, seconds), revert);
  await settle(box, look);
}

function fieldsOf(
  { allDay, start, end, seen }: Entry,
  startsLater: number,
  endsLater: number,
  row = "",
): Record<string, string> {
  if (!allDay) {
    return { ...seen, starts_at: later(start, startsLater), ends_at: later(end, endsLater) };
  }
  const truck: Record<string, string> = FRONT.test(row) ? { truck: row.replace(FRONT, "") } : {};
  return { ...seen, ...truck, day: later(start, startsLater).slice(0, 10) };
}

// One move at a time, and none before it is drawn what the one before has changed: else the next
// would be refused because of it.
async function settle(box: HTMLElement, look: () => Promise<void>): Promise<void> {
  await look();
  sending = false;
  delete box.dataset["busy"];
}

async function send(
  box: HTMLElement,
  entry: Entry,
  values: Record<string, string>,
  revert: () => void,
): Promise<void> {
  const back = (event: Event): void => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    if (xhr.status !== 200) revert();
  };
  sending = true;
  box.dataset["busy"] = "";
  box.addEventListener("htmx:afterRequest", back, { once: true });
  const path = `${entry.move}?${box.dataset["here"] ?? ""}`;
  await htmx
    .ajax("POST", path, { source: box, target: "#calendar", swap: "none", values })
    .catch(revert);
  box.removeEventListener("htmx:afterRequest", back);
}
