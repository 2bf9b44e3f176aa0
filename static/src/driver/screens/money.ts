// The money: counted, keyed in, and explained where it is less than what is due.

import { html, nothing, type TemplateResult } from "lit-html";

import { money, typedAmount } from "../figures";
import type { Phone } from "../phone";
import { cents, type ShownStop } from "../state";
import { say } from "../words";
import { ask } from "./ask";
import { readable } from "./first";
import { cardTrouble, go, head, ofAPart } from "./parts";
import { refuse } from "./part";

const PART = "Only a part was handed over."; // for the office

export function moneySheet(phone: Phone, one: ShownStop): TemplateResult {
  const { stop, run } = one;
  const take = async (form: HTMLFormElement): Promise<void> => {
    const said = new FormData(form);
    const amount = typed(form, one);
    if (!amount) return;
    const method = said.get("method") === "CHECK" ? "CHECK" : "CASH";
    const number = method === "CHECK" ? String(said.get("number") ?? "").trim() : "";
    if (method === "CHECK" && !number) {
      return refuse(form, "number", say("Type the number of the check."));
    }
    const why = String(said.get("reason") ?? "").trim();
    const reason = why || forItself(one, cents(amount));
    if (cents(amount) < one.open && !reason) {
      const words = cents(amount) < one.due ? "{due} is due. Say why it is less." : "{due} is due. Say why it is more.";
      return refuse(form, "reason", say(words, { due: money(one.due, stop.currency) }));
    }
    const photo = said.get("photo") as File;
    if (method === "CHECK" && !photo.size && !why) {
      return refuse(form, "reason", say("Take a photo of the check, or say here why there is none."));
    }
    if (method === "CHECK" && photo.size) {
      const content = await readable(photo);
      if (!content) return form.querySelector<HTMLInputElement>("#photo")!.focus();
      await phone.picture("CHECK", { run, stop }, content);
    }
    const due = (one.due / 100).toFixed(2);
    await phone.act("COLLECTED", { run, stop }, { method, amount, number, reason, due });
    go("/");
  };
  // A picture takes its time: a second tap meanwhile would take the money twice.
  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const button = form.querySelector("button.main")!;
    if (button.hasAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    await take(form).finally(() => button.removeAttribute("aria-disabled"));
  };
  // The whole order's price is not what is due then: the driver types what he asks for.
  const byCard = async (event: Event): Promise<void> => {
    const form = (event.target as Element).closest("main")!.querySelector("form")!;
    const amount = one.isWhole ? typed(form, one) : (one.due / 100).toFixed(2);
    if (!amount) return;
    await phone.act("CARD_LINK", { run, stop }, { amount });
    go("/");
  };
  return html`${head(phone, say("Money received"), `#/stop/${stop.uuid}`)}
    <main id="main">
      <p class="panel due"><span>${say("To collect")}</span> <strong>${money(one.due, stop.currency)}</strong></p>
      ${ofAPart(one)}
      ${cardTrouble(one)}
      <form class="fields panel" novalidate @submit=${save}>
        <label for="amount">${say("Amount received")}</label>
        <input id="amount" name="amount" inputmode="decimal" autocomplete="off">
        <label class="choice"><input type="radio" name="method" value="CASH" checked> ${say("Cash")}</label>
        <label class="choice"><input type="radio" name="method" value="CHECK"> ${say("Check")}</label>
        <div class="fields of-check">
          <label for="number">${say("Number of the check")}</label>
          <input id="number" name="number" type="text" maxlength="20" autocomplete="off">
          <label class="button wide photo">${say("Photo of the check")}
            <input id="photo" class="unseen" name="photo" type="file" accept="image/*" capture="environment" @change=${taken}>
          </label>
        </div>
        <label for="reason">${say("Why is it another amount?")}</label>
        <input id="reason" name="reason" type="text" maxlength="200">
        <button class="button main wide big">${say("Money received")}</button>
      </form>
      ${stop.phone && !one.byCard
        ? html`<p><button class="button wide" @click=${byCard}>${say("Text a link to pay by card")}</button></p>`
        : nothing}
      ${one.needs.COLLECTED === "REQUIRED"
        ? html`<p class="caption">${say("Money is required here: the run ends with it.")}</p>`
        : html`<p><button class="button wide" @click=${() => unpaidNow(phone, one)}>${say("Not paid now")}</button></p>`}
    </main>`;
}

// The amount that was typed; nothing when it cannot be, and the field says why.
function typed(form: HTMLFormElement, one: ShownStop): string | undefined {
  const amount = typedAmount(String(new FormData(form).get("amount") ?? ""));
  if (!/^\d+(\.\d{1,2})?$/.test(amount) || !cents(amount)) {
    refuse(form, "amount", say("Type an amount."));
    return undefined;
  }
  if (cents(amount) > one.open) {
    const due = money(one.open, one.stop.currency);
    refuse(form, "amount", say("{due} is due: type that at most.", { due }));
    return undefined;
  }
  return amount;
}

// The server asks why it is less than the whole order: of a part nobody has to type it.
function forItself(one: ShownStop, amount: number): string {
  return one.rest.length && (one.isWhole || amount === one.due) ? PART : "";
}

// Nothing was taken, and the office is told why where it wants to know.
export async function excuse(phone: Phone, one: ShownStop): Promise<boolean> {
  const { stop, run, due } = one;
  const of = `${stop.customer} · ${money(due, stop.currency)}`;
  const why = await ask([{ act: "COLLECTED", isRequired: false }], of);
  if (why === undefined) return false;
  await phone.act("NOTED", { run, stop }, { text: why || "Not paid now", instead_of: "COLLECTED" });
  return true;
}

// The button says that there is a picture.
function taken(event: Event): void {
  const input = event.target as HTMLInputElement;
  input.parentElement!.classList.toggle("taken", Boolean(input.files?.length));
}

async function unpaidNow(phone: Phone, one: ShownStop): Promise<void> {
  const asked = one.needs.COLLECTED === "WARN" && !one.excused && !one.did.has("COLLECTED");
  if (!asked || (await excuse(phone, one))) go("/");
}
