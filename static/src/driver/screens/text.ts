// Words to the customer, through the office's gate.

import { html, type TemplateResult } from "lit-html";

import type { Phone } from "../phone";
import type { ShownStop } from "../state";
import { say } from "../words";
import { refuse, text } from "./part";
import { go, head } from "./parts";

const OFTEN = ["I am at the gate.", "I am about 15 minutes late.", "Where should I put it?"];

export function textSheet(phone: Phone, one: ShownStop): TemplateResult {
  const { stop, run } = one;
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const words = text(new FormData(form), "words");
    if (!words) return refuse(form, "words", say("Type it."));
    await phone.act("TEXTED", { run, stop }, { text: words });
    go(`/stop/${stop.uuid}`);
  };
  const fill = (event: Event, words: string): void => {
    const form = (event.target as HTMLElement).closest("form")!;
    const area = form.elements.namedItem("words") as HTMLTextAreaElement;
    area.value = words;
    area.focus();
  };
  return html`${head(phone, say("Text"), `#/stop/${stop.uuid}`)}
    <main id="main">
      <form class="fields panel" novalidate @submit=${save}>
        <label for="words">${say("What should the customer know?")}</label>
        <textarea id="words" name="words" rows="4" maxlength="1600"></textarea>
        ${OFTEN.map(
          (words) => html`<button class="button wide" type="button" @click=${(event: Event) => fill(event, say(words))}>${say(words)}</button>`,
        )}
        <p class="caption">${say("The answer goes to the office. Without signal it is not sent: call then.")}</p>
        <button class="button main wide big">${say("Send")}</button>
      </form>
    </main>`;
}
