// What was done at stops that the office has taken off the run since: nothing of it goes silently.

import { html, type TemplateResult } from "lit-html";

import type { Phone } from "../phone";
import { findStop } from "../state";
import type { Act } from "../types";
import { say } from "../words";
import { head, troubleWord } from "./parts";

// Until the driver has seen it in the list; each stop once. A run that is told no more is of another day.
export function offTheRun(phone: Phone): TemplateResult[] {
  const last = new Map<string, Act>();
  for (const act of phone.unseen) {
    if (act.stop && phone.run(act.run) && !findStop(phone.runs, act.stop)) last.set(act.stop, act);
  }
  return [...last.values()].map(
    (act) => html`<a class="notice warn" href="#/queue">
      <span>▲ <b>${act.about}</b></span>
      <span>${say("Not on your run any more")}: ${troubleWord(act)}</span>
    </a>`,
  );
}

export function goneSheet(phone: Phone): TemplateResult {
  return html`${head(phone, say("Run"), "#/")}
    <main id="main">
      ${offTheRun(phone)}
      <p class="panel empty">${say("This stop is not on your run any more. Ask the office if in doubt.")}</p>
      <a class="button wide" href="#/">${say("Back to the run")}</a>
    </main>`;
}
