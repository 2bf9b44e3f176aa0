// Not all of it is handed over, or nothing: how much, and why.

import { html, nothing, type TemplateResult } from "lit-html";

import { typedQuantity } from "../figures";
import type { About, Phone } from "../phone";
import type { ShownStop } from "../state";
import { say } from "../words";
import { finish } from "./ask";
import { firstAt } from "./first";
import { go, head } from "./parts";

export function text(form: FormData, name: string): string {
  return String(form.get(name) ?? "").trim();
}

// Say beside the field what is wrong, and do not go on.
export function refuse(form: HTMLFormElement, name: string, words: string): void {
  const field = form.elements.namedItem(name) as HTMLInputElement;
  field.setCustomValidity(words);
  field.reportValidity();
  field.addEventListener("input", () => field.setCustomValidity(""), { once: true });
}

export function partSheet(phone: Phone, one: ShownStop): TemplateResult {
  const { stop } = one;
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const said = new FormData(form);
    const lines = [];
    let handed = 0;
    for (const line of stop.load) {
      const most = Number(line.quantity);
      const quantity = typedQuantity(text(said, `quantity-${line.move}`));
      const reason = text(said, `reason-${line.move}`);
      if (!quantity) {
        const words = say("Type a number, with at most four decimals.");
        return refuse(form, `quantity-${line.move}`, words);
      }
      if (Number(quantity) > most) {
        const words = say("At most {number} of it is on the truck.", { number: line.quantity });
        return refuse(form, `quantity-${line.move}`, words);
      }
      handed += Number(quantity);
      if (Number(quantity) === most) continue;
      if (!reason) {
        const words = say("Say why it is less than {number}.", { number: line.quantity });
        return refuse(form, `reason-${line.move}`, words);
      }
      lines.push({ move: line.move, quantity, of: line.quantity, reason });
    }
    if (!handed) {
      const words = "Nothing is left to hand over: go back, and say that it was not taken.";
      return refuse(form, `quantity-${stop.load[0]?.move}`, say(words));
    }
    if (await finish(phone, one, "DELIVERED", { lines })) go(`/stop/${stop.uuid}`);
  };
  return html`${head(phone, say("Handed over"), `#/stop/${stop.uuid}`)}
    <main id="main">
      <form class="fields" novalidate @submit=${save}>
        ${stop.load.map(
          (line) => html`<fieldset class="panel">
            <legend>${line.product}</legend>
            <label for="quantity-${line.move}">${say("of {number} {unit}", { number: line.quantity, unit: line.unit })}</label>
            <input id="quantity-${line.move}" name="quantity-${line.move}" inputmode="decimal" .value=${line.quantity}>
            <label for="reason-${line.move}">${say("Why is it less?")}</label>
            <input id="reason-${line.move}" name="reason-${line.move}" type="text" maxlength="200">
          </fieldset>`,
        )}
        ${firstAt(phone, one, "DELIVERED") ?? html`<button class="button main wide big">${say("Save")}</button>`}
      </form>
    </main>`;
}

export function leftSheet(phone: Phone, one: ShownStop): TemplateResult {
  const { stop } = one;
  const first = firstAt(phone, one, "NOBODY");
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const said = new FormData(form);
    const reason = text(said, "reason");
    if (!reason) return refuse(form, "reason", say("Type it."));
    const what = said.get("what") === "NOBODY" ? "NOBODY" : "REFUSED";
    if (what === "NOBODY" && first) return refuse(form, "reason", say("Take a photo first"));
    if (await finish(phone, one, what, { reason, goes_again: said.has("goes_again") })) go("/");
  };
  return html`${head(phone, say("Not taken"), `#/stop/${stop.uuid}`)}
    <main id="main">
      <form class="fields panel" novalidate @submit=${save}>
        <label class="choice"><input type="radio" name="what" value="NOBODY" checked> ${say("Nobody was there")}</label>
        <label class="choice"><input type="radio" name="what" value="REFUSED"> ${say("They did not want it")}</label>
        ${first ?? nothing}
        <label for="reason">${say("Why was it not taken?")}</label>
        <textarea id="reason" name="reason" rows="3" maxlength="200"></textarea>
        <label class="choice"><input type="checkbox" name="goes_again" checked> ${say("It goes again another day")}</label>
        <button class="button main wide big">${say("Save")}</button>
      </form>
    </main>`;
}

// Words for the office, about a stop or the whole run: a note, or trouble.
export function wordsSheet(phone: Phone, { run, stop }: About, what: "NOTED" | "ISSUE"): TemplateResult {
  const back = stop ? `/stop/${stop.uuid}` : "/";
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const words = text(new FormData(form), "words");
    if (!words) return refuse(form, "words", say("Type it."));
    await phone.act(what, { run, ...(stop && { stop }) }, { text: words });
    go(back);
  };
  const question = what === "NOTED" ? "What should the office know?" : "What is the trouble?";
  return html`${head(phone, say(what === "NOTED" ? "Note" : "Trouble"), `#${back}`)}
    <main id="main">
      <form class="fields panel" novalidate @submit=${save}>
        <label for="words">${say(question)}</label>
        <textarea id="words" name="words" rows="5" maxlength="2000"></textarea>
        <button class="button main wide big">${say("Save")}</button>
      </form>
    </main>`;
}
