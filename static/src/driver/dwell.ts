// What comes next stands where the last tap fell: for a moment it takes none, or one tap were two.

import { noChange } from "lit-html";
import { Directive, directive, type ElementPart } from "lit-html/directive.js";

const DWELL = 400; // ms: longer than between the two taps of a double one
const MEANT = 3000; // ms: what appears later than this was not brought by a tap
let tapped = -MEANT;

class Dwell extends Directive {
  private key: string | undefined;
  private timer = 0;

  override render(_key: string): symbol {
    return noChange;
  }

  // The element may be the one of before, with other words: the key says whether it is another thing.
  // It stays in the order of the keyboard, and keeps the focus.
  override update(part: ElementPart, [key]: [string]): symbol {
    if (key === this.key) return noChange;
    this.key = key;
    if (performance.now() - tapped > MEANT) return noChange;
    part.element.setAttribute("aria-disabled", "true");
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => part.element.removeAttribute("aria-disabled"), DWELL);
    return noChange;
  }
}

export const dwell = directive(Dwell);

// Swallow what is tapped or keyed too soon; see every tap.
export function guardTaps(place: HTMLElement): void {
  const look = (event: Event): void => {
    tapped = performance.now();
    if (!(event.target as Element).closest("[aria-disabled=true]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  place.addEventListener("click", look, { capture: true });
}
