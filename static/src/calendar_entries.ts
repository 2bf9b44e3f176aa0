// What the server tells of the calendar, and how it is drawn. Times are those on the clock of the
// business, without a zone: the browser's own zone plays no part.
import type { Calendar } from "@event-calendar/core";

export interface Notice {
  sign: string;
  words: string;
  level: string;
}

interface Part {
  row: string;
  name: string;
  start: string;
  end: string;
}

export interface Entry {
  id: string;
  kind: string;
  sign: string;
  word: string;
  title: string;
  line: string;
  start: string;
  end: string;
  allDay: boolean;
  rows: string[];
  editable: boolean;
  notices: Notice[];
  parts: Part[];
  seen: Record<string, string>;
  open: string;
  move: string;
}

const A_DAY = 86_400_000; // ms
const WORK = { first: 6, last: 19 };

export interface Read {
  entries: Entry[];
  rows: { id: string; title: string }[];
  is_cut: boolean;
}

export function entryOf(event: Calendar.Event): Entry {
  return event.extendedProps["entry"] as Entry;
}

/** What needs a look stands first: a month has no room for all of a day. */
export function problemsFirst(one: Calendar.Event, other: Calendar.Event): number {
  return Math.sign(problemsOf(entryOf(other)).length - problemsOf(entryOf(one)).length);
}

function problemsOf(entry: Entry): Notice[] {
  return entry.notices.filter(({ level }) => isProblem(level));
}

function isProblem(level: string): boolean {
  return level === "bad" || level === "warn";
}

/**
 * An entry as it is drawn: in the time line each of its parts in its own row. What lasts for days
 * stands beside the hours, which it would fill.
 */
export function drawn(entry: Entry, inRows: boolean): Calendar.EventInput[] {
  const { start, end, rows } = entry;
  const allDay = entry.allDay || (!inRows && isLong(entry));
  if (!inRows || !entry.parts.length) return [event(entry, entry.id, { start, end, allDay, rows })];
  return entry.parts.map(({ row, name, start, end }, index) =>
    event(entry, `${entry.id}-${index}`, { start, end, allDay, rows: [row] }, name),
  );
}

function event(
  entry: Entry,
  id: string,
  { start, end, allDay, rows }: Pick<Entry, "start" | "end" | "allDay" | "rows">,
  part = "",
): Calendar.EventInput {
  return {
    ...{ id, start, end, allDay },
    resourceIds: rows,
    startEditable: entry.editable,
    durationEditable: entry.editable && !allDay && !part,
    classNames: [`kind-${entry.kind}`, ...(entry.editable ? [] : ["fixed"])],
    extendedProps: { entry, part },
  };
}

function isLong({ start, end }: Entry): boolean {
  return Date.parse(`${end.slice(0, 16)}Z`) - Date.parse(`${start.slice(0, 16)}Z`) >= A_DAY;
}

/** The hours to show, whole ones: those of work, and others in which there is something. */
export function hoursOf(entries: Entry[]): { slotMinTime: string; slotMaxTime: string } {
  const timed = entries.filter((entry) => !entry.allDay && !isLong(entry));
  const overnight = timed.some(({ start, end }) => start.slice(0, 10) !== end.slice(0, 10));
  const starts = timed.map(({ start }) => Number(start.slice(11, 13)));
  const ends = timed.map(({ end }) => Number(end.slice(11, 13)) + Number(end.slice(14, 16) > "00"));
  const first = Math.min(WORK.first, ...starts);
  const last = Math.max(WORK.last, ...ends);
  const [from, until] = overnight ? [0, 24] : [first, last];
  return { slotMinTime: `${pad(from)}:00`, slotMaxTime: `${pad(until)}:00` };
}

function pad(hour: number): string {
  return String(hour).padStart(2, "0");
}

/** Sign, title and what is wrong: the same words as in the list, all of them where the pointer rests. */
export function face({ event, timeText, view }: Calendar.EventContentInfo): Calendar.Content {
  const entry = entryOf(event);
  const part = event.extendedProps["part"] as string;
  const root = span("face", "");
  root.title = tip(entry);
  root.append(span("face-sign", entry.sign));
  for (const { sign, level } of problemsOf(entry)) root.append(span(`face-problem ${level}`, sign));
  const told = [span("face-words", [entry.title, part].filter(Boolean).join(", "))];
  if (!event.allDay && timeText) told.unshift(span("face-time", timeText));
  // Beside the hours one sees when it is: there the name comes first, for which a short entry has room.
  root.append(...(view.type.startsWith("timeGrid") ? told.reverse() : told));
  for (const { sign, words, level } of entry.notices) {
    root.append(span(`chip ${level}`, isProblem(level) ? words : `${sign} ${words}`));
  }
  return { domNodes: [root] };
}

function tip(entry: Entry): string {
  const notices = entry.notices.map(({ sign, words }) => `${sign} ${words}`);
  return [`${entry.word}: ${entry.title}`, entry.line, ...notices].filter(Boolean).join("\n");
}

/** The time so many seconds later on the same clock, to the minute. */
export function later(clock: string, seconds: number): string {
  return new Date(Date.parse(`${clock.slice(0, 16)}Z`) + seconds * 1000).toISOString().slice(0, 16);
}

function span(className: string, words: string): HTMLElement {
  const made = document.createElement("span");
  made.className = className;
  made.textContent = words;
  return made;
}
