// The calendar drawn: by month, week and day, and a line for each truck and work centre. The list
// below it has all of it as well, for the keyboard, for phones, and without a script.
import {
  type Calendar,
  createCalendar,
  DayGrid,
  Interaction,
  ResourceTimeline,
  TimeGrid,
} from "@event-calendar/core";
import { drawn, entryOf, face, hoursOf, problemsFirst, type Read } from "./calendar_entries";
import { drop, isSending, mayDrop, stretch } from "./calendar_moves";

const VIEWS: Record<string, string> = {
  month: "dayGridMonth",
  week: "timeGridWeek",
  day: "timeGridDay",
  line: "line",
};
const PAUSE = 5_000; // ms, after days that could not be read
const SOON = 50; // ms
const NARROW = "(max-width: 640px)"; // there the list is all

class Drawing {
  private readonly calendar: Calendar;
  private isHeld = false; // by the hand that drags
  private missed = false;
  private latest: Promise<Read> | null = null; // of what is read
  private isDrawn: () => void = () => undefined;

  constructor(private readonly box: HTMLElement) {
    const view = VIEWS[box.dataset["view"] ?? ""] ?? "timeGridWeek";
    this.calendar = createCalendar(box, [DayGrid, TimeGrid, ResourceTimeline, Interaction], {
      view,
      date: box.dataset["day"],
      timeZone: box.dataset["offset"], // of now: what is now, and today
      locale: "en-GB",
      firstDay: 1,
      height: view === "dayGridMonth" ? "56rem" : "auto",
      headerToolbar: { start: "", center: "", end: "" },
      dayHeaderFormat: { weekday: "short", day: "numeric", month: "short" },
      eventTimeFormat: { hour: "2-digit", minute: "2-digit" },
      slotLabelFormat: { hour: "2-digit", minute: "2-digit" },
      ...hoursOf([]),
      allDayContent: box.dataset["wholeDay"],
      nowIndicator: true,
      dayMaxEvents: true,
      views: {
        dayGridMonth: { dayHeaderFormat: { weekday: "short" } },
        timeGridDay: { dayHeaderFormat: { weekday: "long" } },
        line: {
          ...{ type: "resourceTimelineMonth", duration: { days: 7 } },
          ...{ slotDuration: { days: 1 }, columnWidth: "minmax(10em, 1fr)" },
        },
      },
      eventSources: [{ events: (info: Calendar.FetchInfo) => this.newest(info) }],
      eventContent: face,
      eventOrder: problemsFirst,
      eventClick: ({ event }: Calendar.EventClickInfo) => open(entryOf(event).open, box),
      dragConstraint: mayDrop,
      resizeConstraint: () => !isSending(),
      longPressDelay: 300,
      snapDuration: "00:15",
      eventDragStart: () => this.hold(),
      eventDragStop: () => this.release(),
      eventResizeStart: () => this.hold(),
      eventResizeStop: () => this.release(),
      eventDrop: (info) => void drop(box, info, () => this.look()).then(() => this.catchUp()),
      eventResize: (info) => void stretch(box, info, () => this.look()).then(() => this.catchUp()),
    });
  }

  /** Read all anew, but not out of the hand that drags, nor before a move is answered. */
  again(): void {
    this.missed = this.isHeld || isSending();
    if (!this.missed) this.calendar.refetchEvents();
  }

  /** Read all anew, and return when it is drawn. */
  private look(): Promise<void> {
    this.missed = false;
    const done = new Promise<void>((resolve) => {
      this.isDrawn = resolve;
    });
    this.calendar.refetchEvents();
    return done;
  }

  private hold(): void {
    this.isHeld = true;
  }

  private release(): void {
    this.isHeld = false;
    // A drop, which comes next, looks by itself.
    window.setTimeout(() => this.catchUp());
  }

  private catchUp(): void {
    if (this.missed && !isSending()) this.again();
  }

  /** Return the newest answer, however late one before it comes, and none to a hand that drags. */
  private async newest(info: Calendar.FetchInfo): Promise<Calendar.EventInput[]> {
    const reading = this.read(info);
    this.latest = reading;
    try {
      await reading;
      while (this.isHeld) await new Promise((resolve) => window.setTimeout(resolve, SOON));
      const { entries, rows } = await this.latest;
      const inRows = this.box.dataset["view"] === "line";
      if (inRows) this.calendar.setOption("resources", rows);
      else this.showHours(hoursOf(entries));
      return entries.flatMap((entry) => drawn(entry, inRows));
    } catch (error) {
      // What was drawn before stays, and is asked for again.
      window.setTimeout(() => this.again(), PAUSE);
      throw error;
    } finally {
      window.setTimeout(this.isDrawn, SOON);
    }
  }

  private showHours({ slotMinTime, slotMaxTime }: ReturnType<typeof hoursOf>): void {
    this.calendar.setOption("slotMinTime", slotMinTime);
    this.calendar.setOption("slotMaxTime", slotMaxTime);
  }

  private async read({ startStr, endStr }: Calendar.FetchInfo): Promise<Read> {
    const asked = new URLSearchParams(this.box.dataset["here"]);
    const span = new URLSearchParams(asked.getAll("kinds").map((kind) => ["kinds", kind]));
    span.set("start", startStr.slice(0, 10));
    span.set("end", endStr.slice(0, 10));
    const answer = await fetch(`${this.box.dataset["entries"]}?${span}`, { redirect: "error" });
    if (!answer.ok) throw new Error(`The calendar was answered ${answer.status}.`);
    return (await answer.json()) as Read;
  }
}

// The drawing is for the pointer: the list has all of it for the keyboard and for those who listen.
// So nothing in it stands in the way of the Tab key.
function keepOutOfTabs(box: HTMLElement): void {
  const free = (): void => {
    for (const one of box.querySelectorAll<HTMLElement>("[tabindex='0'], .ec-main:not([tabindex])")) {
      one.tabIndex = -1;
    }
  };
  const whatever = { childList: true, subtree: true, attributeFilter: ["tabindex"] };
  new MutationObserver(free).observe(box, whatever);
  free();
}

function open(address: string, box: HTMLElement): void {
  const path = `${address}?${box.dataset["here"] ?? ""}`;
  void htmx.ajax("GET", path, { source: box, target: "#calendar-dialog-body", swap: "innerHTML" });
}

interface Htmx {
  ajax(verb: string, path: string, context: object): Promise<void>;
}

declare const htmx: Htmx;

// The dialog opens with an entry, and closes with the success of its form: a refusal stands in it.
function startDialog(dialog: HTMLDialogElement): void {
  dialog.addEventListener("htmx:afterSwap", () => {
    if (!dialog.open) dialog.showModal();
  });
  dialog.addEventListener("htmx:afterRequest", (event) => {
    const { requestConfig, xhr } = (
      event as CustomEvent<{ requestConfig: { verb: string }; xhr: XMLHttpRequest }>
    ).detail;
    if (requestConfig.verb === "post" && xhr.status === 200) dialog.close();
  });
  dialog.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-close]")) return;
    event.preventDefault();
    dialog.close();
  });
}

function start(): void {
  const box = document.querySelector<HTMLElement>("[data-calendar]");
  const dialog = document.getElementById("calendar-dialog");
  if (!box || !(dialog instanceof HTMLDialogElement)) return;
  startDialog(dialog);
  keepOutOfTabs(box);
  const form = document.querySelector<HTMLFormElement>("[data-kinds]");
  form?.addEventListener("change", () => form.requestSubmit());
  let drawing: Drawing | null = null;
  const narrow = window.matchMedia(NARROW);
  const draw = (): void => {
    if (!narrow.matches) drawing ??= new Drawing(box);
  };
  narrow.addEventListener("change", draw);
  draw();
  // The list is read anew when something changes; then the drawing is.
  document.addEventListener("htmx:afterSettle", (event) => {
    if ((event.target as Element).id === "calendar") drawing?.again();
  });
}

document.addEventListener("DOMContentLoaded", start);
