// What the first screen looked like last. The service worker puts it into the page that it keeps
// (sw.ts), so that it is there at once, while the script is read and the phone's store opens.

import { LOOK } from "./names";

const LONGEST = 300_000; // characters; a longer day is drawn a moment later
const QUIET = 1_000; // ms
const FIRST = 0.8; // of the window's height; what begins below it is drawn a moment later
const UNSEEN = ["href", "id", "rel", "aria-label"]; // of what nobody can tap yet

let waiting: number | undefined;
let isOver = false; // who signed out leaves nothing to be seen

// Let what is drawn now take the place of what was recalled.
export function giveWay(place: HTMLElement): void {
  if (!place.inert) return;
  place.replaceChildren();
  place.inert = false;
}

// Keep what the first screen shows, once it has been still for a moment.
export function remember(place: HTMLElement): void {
  window.clearTimeout(waiting);
  if (isOver || !isFirstScreen() || !("caches" in window)) return;
  waiting = window.setTimeout(() => void keep(seenOf(place)), QUIET);
}

async function keep(shown: string): Promise<void> {
  if (!isFirstScreen()) return;
  const cache = await caches.open(LOOK);
  if (isOver) return;
  if (shown.length <= LONGEST) await cache.put(LOOK, new Response(shown));
  else await cache.delete(LOOK);
  if (isOver) await caches.delete(LOOK);
}

// What of it is seen first: the less there is to read and to lay out, the sooner it is there.
// What holds only now is left open: on another screen something was done since, that waits.
function seenOf(place: HTMLElement): string {
  const copy = place.cloneNode(true) as HTMLElement;
  const copies = [...copy.querySelectorAll("*")];
  place.querySelectorAll("*").forEach((one, at) => {
    const top = one.getBoundingClientRect().top + window.scrollY;
    if (top > FIRST * window.innerHeight) copies[at]!.remove();
  });
  const marks = document.createTreeWalker(copy, NodeFilter.SHOW_COMMENT);
  const found: ChildNode[] = [];
  while (marks.nextNode()) found.push(marks.currentNode as ChildNode);
  found.forEach((mark) => mark.remove());
  copy.querySelectorAll("[data-now]").forEach((one) => (one.textContent = "…"));
  copies.forEach((one) => UNSEEN.forEach((name) => one.removeAttribute(name)));
  return copy.innerHTML.replace(/>[ \n]+</g, "> <");
}

export async function forgetLook(): Promise<void> {
  isOver = true;
  window.clearTimeout(waiting);
  await dropLook();
}

// The page belongs to somebody else now.
export async function dropLook(): Promise<void> {
  if ("caches" in window) await caches.delete(LOOK);
}

function isFirstScreen(): boolean {
  return ["", "#/"].includes(location.hash);
}
