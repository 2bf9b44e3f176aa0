// What the first screen looked like last, so that it is there at once while the phone's store opens.

const KEY = "driver-look";
const LONGEST = 300_000; // characters; a longer day is drawn a moment later
const QUIET = 1_000; // ms

let waiting: number | undefined;
let isOver = false; // who signed out leaves nothing to be seen

// Show it; `place` can be read and not used yet.
export function recall(place: HTMLElement): void {
  const kept = localStorage.getItem(KEY);
  if (!kept || !isFirstScreen()) return;
  place.innerHTML = kept;
  place.inert = true;
}

// Let what is drawn now take the place of what was recalled.
export function giveWay(place: HTMLElement): void {
  if (!place.inert) return;
  place.replaceChildren();
  place.inert = false;
}

// Keep what the first screen shows, once it has been still for a moment.
export function remember(place: HTMLElement): void {
  window.clearTimeout(waiting);
  if (isOver || !isFirstScreen()) return;
  waiting = window.setTimeout(() => {
    if (!isFirstScreen()) return;
    const shown = place.innerHTML;
    if (shown.length <= LONGEST) localStorage.setItem(KEY, shown);
    else localStorage.removeItem(KEY);
  }, QUIET);
}

export function forgetLook(): void {
  isOver = true;
  window.clearTimeout(waiting);
  localStorage.removeItem(KEY);
}

function isFirstScreen(): boolean {
  return ["", "#/"].includes(location.hash);
}
