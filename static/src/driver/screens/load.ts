// What should lie on the truck before it leaves, and what does.

import { html, type TemplateResult } from "lit-html";

import { dwell } from "../dwell";
import { typedQuantity } from "../figures";
import { loadOf, toLoad } from "../needs";
import type { Phone } from "../phone";
import { saidOf, type ShownRun, type ShownStop } from "../state";
import type { Act, Line, Said } from "../types";
import { say } from "../words";
import { refuse } from "./part";
import { dropsTyped, go, head } from "./parts";

export function loadSheet(phone: Phone, one: ShownRun): TemplateResult {
  const { run } = one;
  const stops = toLoad(one);
  const before = one.acts.findLast((act) => act.what === "LOADED")?.details as Check | undefined;
  const send = async (lines: Said[], note: string): Promise<void> => {
    await phone.act("LOADED", { run }, { lines, note });
    go("/");
  };
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const said = new FormData(form);
    const lines: Said[] = [];
    const more: [string, Line][] = [];
    for (const line of stops.flatMap(({ stop }) => stop.load)) {
      const field = `loaded-${line.move}`;
      const quantity = typedQuantity(String(said.get(field) ?? ""));
      if (!quantity) return refuse(form, field, say("Type a number, with at most four decimals."));
      if (Number(quantity) !== Number(line.quantity)) lines.push({ move: line.move, quantity, of: line.quantity });
      if (Number(quantity) > Number(line.quantity)) more.push([quantity, line]);
    }
    const wrong = more.find(([quantity, line]) => !isMeant(quantity, line));
    if (wrong) return form.querySelector<HTMLInputElement>(`#loaded-${wrong[1].move}`)?.focus();
    await send(lines, String(said.get("note") ?? "").trim());
  };
  return html`${head(phone, say("Check the load"), "#/")}
    <main id="main">
      <section class="panel stop" aria-label=${say("On the truck")}>
        <ul class="load">
          ${loadOf(stops).map((line) => html`<li><b>${line.quantity} ${line.unit}</b> ${line.product}</li>`)}
        </ul>
        <button class="button main wide big" @click=${(event: Event) => dropsTyped(event) && isAllThere(before) && send([], "")} ${dwell(run.uuid)}>${say("All is there")}</button>
      </section>
      <form class="fields" novalidate @submit=${save}>
        <h2>${say("Something is different")}</h2>
        ${stops.map((stop) => fields(stop, one.acts))}
        <div class="panel">
          <label for="note">${say("What should the office know?")}</label>
          <textarea id="note" name="note" rows="2" maxlength="2000" .defaultValue=${before?.note ?? ""}></textarea>
        </div>
        <button class="button wide big">${say("Save what is loaded")}</button>
      </form>
    </main>`;
}

type Check = { lines?: Said[]; note?: string };

// What was different before is so no more.
function isAllThere(before: Check | undefined): boolean {
  const isSaid = Boolean(before?.lines?.length || before?.note);
  return !isSaid || window.confirm(say("You said before that something is different. Is all there now?"));
}

function isMeant(quantity: string, { quantity: whole, unit, product }: Line): boolean {
  return window.confirm(say("{quantity} {unit} of {product} is more than the {whole} planned. Is it so?", { quantity, unit, product, whole }));
}

// As it was found last, if it was looked at before.
function fields({ stop }: ShownStop, acts: Act[]): TemplateResult {
  return html`<fieldset class="panel">
    <legend>${stop.number}. ${stop.customer || stop.order}</legend>
    ${stop.load.map(
      (line) => html`<label for="loaded-${line.move}">${line.product}, ${say("of {number} {unit}", { number: line.quantity, unit: line.unit })}</label>
        <input id="loaded-${line.move}" name="loaded-${line.move}" inputmode="decimal" autocomplete="off" value=${saidOf(acts, "LOADED", line)}>`,
    )}
  </fieldset>`;
}
