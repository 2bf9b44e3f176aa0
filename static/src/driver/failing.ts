// What the phone says when it cannot keep anything.

import { html, type TemplateResult } from "lit-html";

import { isFull, StoreFailed } from "./connection";
import { say } from "./words";

let isSaid = false;

// What could not be kept was not done: each time it says so. That it cannot be read, it says once, for
// nobody tapped anything.
export function sayFailure(error: unknown): void {
  if (isFull(error)) {
    window.alert(say("The phone's memory is full. Nothing was noted: make room, and do it again."));
  } else if (error instanceof StoreFailed && error.isNoting) {
    window.alert(say("Nothing was noted. Close the page and open it again."));
  } else if (error instanceof StoreFailed && !isSaid) {
    isSaid = true;
    window.alert(say("The phone's memory does not answer. Close the page and open it again."));
  }
}

export function closedSheet(): TemplateResult {
  return html`<main id="main">
    <p class="panel empty" role="alert">
      ${say("The phone's memory does not answer. Close the page and open it again.")}
      ${say("If it stays so, leave private browsing, and allow this page to keep data.")}
    </p>
    <button class="button main wide big" type="button" @click=${() => location.reload()}>${say("Open it again")}</button>
  </main>`;
}
