// The delivery ticket, to be shown to the customer: from what the phone has, with signal or without.

import { html, nothing, type TemplateResult } from "lit-html";
import { ref } from "lit-html/directives/ref.js";

import { dayAndTime, measured, money } from "../figures";
import { isOff } from "../needs";
import type { Phone } from "../phone";
import { cents, counts, saidOf, type ShownStop } from "../state";
import type { Act, Ticket, TicketLine } from "../types";
import { say } from "../words";
import { head, type Screen } from "./parts";

type Handed = { line: TicketLine; quantity: number; whole: number; price: number };

export function ticketSheet(phone: Phone, one: ShownStop): TemplateResult {
  const { stop } = one;
  const ticket = stop.ticket;
  return html`${head(phone, say("Delivery ticket"), `#/stop/${stop.uuid}`)}
    <main id="main">
      ${ticket ? paper(phone, one, ticket) : nothing}
      <a class="button wide" href="#/stop/${stop.uuid}">${say("Back")}</a>
    </main>`;
}

function paper(phone: Phone, one: ShownStop, ticket: Ticket): TemplateResult {
  const { stop, run } = one;
  return html`<section class="panel ticket" aria-labelledby="ticket-${stop.uuid}">
    ${seller(phone)}
    <h2 id="ticket-${stop.uuid}">
      ${ticket.serial
        ? say("No. {number}", { number: String(ticket.serial).padStart(6, "0") })
        : say("The number follows when it is sent.")}
    </h2>
    <dl>
      <dt>${say("Delivered to")}</dt>
      <dd><b>${stop.customer || "—"}</b><br>${stop.address}</dd>
      <dt>${say("Delivered")}</dt>
      <dd>${one.doneAt ? dayAndTime(one.doneAt) : "—"}</dd>
      <dt>${say("Order")}</dt>
      <dd>${stop.order}</dd>
      <dt>${say("Driver, truck")}</dt>
      <dd>${phone.day?.driver.name}, ${run.truck}</dd>
    </dl>
    <ul class="plain">
      ${handedOver(one, ticket).map((item) => goods(item, stop.currency, ticket.required.includes("PRICE")))}
    </ul>
    ${ticket.required.includes("ORIGIN")
      ? html`<p>${say("Where the wood was harvested stands on the paper of the office.")}</p>`
      : nothing}
    ${paid(one)} ${signed(phone, one)}
  </section>`;
}

function seller(phone: Phone): Screen {
  const business = phone.day?.business;
  if (!business) return nothing;
  return html`${business.logo ? html`<img class="logo" src=${business.logo} alt="">` : nothing}
    <p><b>${business.name}</b><br>${business.address}<br>${business.phones.join(", ")}</p>`;
}

function goods(item: Handed, symbol: string, priced: boolean): TemplateResult {
  const { line, quantity, whole } = item;
  const unit = line.unit;
  return html`<li>
    <b>${measured(quantity, unit)}</b> ${line.product}
    ${quantity < whole ? html`<br><span class="caption">${say("of {whole}", { whole: measured(whole, unit) })}</span>` : nothing}
    ${priced
      ? html`<br>${say("Price, with taxes")}: ${line.price ? money(item.price, symbol) : say("the office adds it")}`
      : nothing}
  </li>`;
}

// What the act on this phone says was handed over; once the ticket is written, what that says.
function handedOver(one: ShownStop, ticket: Ticket): Handed[] {
  const { stop } = one;
  const items = ticket.lines.map((line) => {
    const of = stop.load.find(({ move }) => move === line.move);
    const share = Number(of?.quantity) ? Number(saidOf(one.acts, "DELIVERED", of!)) / Number(of!.quantity) : 1;
    const [quantity, whole] = [Number(line.quantity), Number(line.whole)];
    if (ticket.serial) return { line, quantity, whole, price: cents(line.price) };
    return {
      line,
      quantity: +(quantity * share).toFixed(4),
      whole,
      price: Math.round(cents(line.price) * share),
    };
  });
  return items.filter((item) => item.quantity > 0);
}

function paid(one: ShownStop): Screen {
  if (!one.taken) return nothing;
  const symbol = one.stop.currency;
  const inPart = one.rest.length > 0;
  const act = last(one, "COLLECTED");
  const how = act?.details.method === "CHECK" ? `${say("Check")} ${String(act.details.number)}` : say("Cash");
  return html`<dl>
    <dt>${say("Collected")}</dt>
    <dd>${money(one.taken, symbol)}${act ? `, ${how}` : ""}</dd>
    ${inPart && !one.isWhole ? html`<dt>${say("Still to pay for what was handed over")}</dt><dd>${money(one.due, symbol)}</dd>` : nothing}
    <dt>${say(inPart ? "Still to pay for the whole order" : "Still to pay")}</dt>
    <dd>${money(one.open, symbol)}</dd>
  </dl>`;
}

function signed(phone: Phone, one: ShownStop): Screen {
  const act = last(one, "SIGNED");
  if (!act) {
    if (isOff(one, "SIGNED")) return nothing;
    return html`<p>${say("Nobody has signed yet.")}</p>
      <a class="button wide" href="#/stop/${one.stop.uuid}/sign">${say("Let the customer sign")}</a>`;
  }
  return html`<canvas class="signature" role="img" aria-label=${say("Signature")}
      ${ref((paper) => void show(phone, act.id, paper))}></canvas>
    <p>${say("Signed by {signer}", { signer: String(act.details.signer ?? "—") })}</p>`;
}

// Draw the bytes that this phone keeps: no address of them is needed, and none is left behind.
async function show(phone: Phone, act: string, paper: Element | undefined): Promise<void> {
  if (!(paper instanceof HTMLCanvasElement) || paper.dataset.act === act) return;
  paper.dataset.act = act;
  const content = await phone.bytes(act);
  if (!content) return;
  const picture = await createImageBitmap(new Blob([content]));
  paper.width = picture.width;
  paper.height = picture.height;
  paper.getContext("2d")?.drawImage(picture, 0, 0);
  picture.close();
}

function last(one: ShownStop, what: Act["what"]): Act | undefined {
  return one.acts.findLast((act) => act.what === what && counts(act));
}
