// The driver's page: it draws what the phone has, and goes on without signal.

import { render, type TemplateResult } from "lit-html";

import { guardTaps } from "./dwell";
import { closedSheet, sayFailure } from "./failing";
import { giveWay, remember } from "./look";
import { isDriving } from "./names";
import { isHeld } from "./needs";
import { Phone } from "./phone";
import { positions } from "./positions";
import { goneSheet } from "./screens/gone";
import { loadSheet } from "./screens/load";
import { moneySheet } from "./screens/money";
import { leftSheet, partSheet, wordsSheet } from "./screens/part";
import { queueSheet } from "./screens/queue";
import { checkSheet, daySheet } from "./screens/run";
import { signSheet } from "./screens/sign";
import { stopSheet } from "./screens/stop";
import { textSheet } from "./screens/text";
import { ticketSheet } from "./screens/ticket";
import { isOver, type ShownRun } from "./state";
import { language, speak } from "./words";

const AFTER_START = new Set(["part", "left", "money", "sign"]);
const place = document.getElementById("driver")!;
const ENDS = new Set(["part", "left"]);
let phone: Phone | undefined;

function sheet(phone: Phone): TemplateResult {
  const [, kind, uuid = "", what = ""] = location.hash.split("/");
  if (kind === "queue") return queueSheet(phone);
  const run = kind === "run" ? phone.run(uuid) : undefined;
  if (run) return runsSheet(phone, run, what);
  if (kind !== "stop") return daySheet(phone);
  const one = phone.stop(uuid);
  if (!one) return goneSheet(phone);
  // A form that was left by "back" after it was sent is not sent twice.
  if ((ENDS.has(what) && isOver(one)) || (what === "money" && !one.open)) return stopSheet(phone, one);
  if (AFTER_START.has(what) && isHeld(phone.run(one.run.uuid)) && !isOver(one)) return stopSheet(phone, one);
  switch (what) {
    case "part":
      return partSheet(phone, one);
    case "left":
      return leftSheet(phone, one);
    case "money":
      return moneySheet(phone, one);
    case "sign":
      return signSheet(phone, one);
    case "text":
      return textSheet(phone, one);
    case "ticket":
      return ticketSheet(phone, one);
    case "note":
      return wordsSheet(phone, one, "NOTED");
    case "issue":
      return wordsSheet(phone, one, "ISSUE");
    default:
      return stopSheet(phone, one);
  }
}

function runsSheet(phone: Phone, one: ShownRun, what: string): TemplateResult {
  if (what === "issue") return wordsSheet(phone, one, "ISSUE");
  return what === "load" ? loadSheet(phone, one) : checkSheet(phone, one);
}

function draw(): void {
  if (!phone) return;
  positions.follow(phone);
  giveWay(place);
  render(sheet(phone), place);
  remember(place);
  if (location.hash.startsWith("#/queue")) void phone.see();
}

// Whether the same page was there before: it is told where it came from once more.
function isAgain(): boolean {
  const [opening] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return opening?.type === "reload" || opening?.type === "back_forward";
}

async function start(): Promise<void> {
  speak(language());
  guardTaps(place);
  window.addEventListener("hashchange", () => {
    draw();
    window.scrollTo(0, 0);
    place.querySelector<HTMLElement>("h1")?.focus();
  });
  window.addEventListener("unhandledrejection", (event) => sayFailure(event.reason));
  positions.tell = draw;
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) draw();
  });
  try {
    phone = await Phone.open(draw, isDriving(document.referrer) || isAgain());
  } catch {
    giveWay(place);
    render(closedSheet(), place);
    return;
  }
  draw();
  await navigator.serviceWorker?.register("/driver/sw.js", { scope: "/driver/" }).catch(() => undefined);
}

void start();
