// What several screens are made of.

import { html, nothing, type TemplateResult } from "lit-html";

import { money, weekday } from "../figures";
import type { Phone } from "../phone";
import type { Outcome } from "../sending";
import { isRefused, type ShownRun, type ShownStop } from "../state";
import type { Act, Line } from "../types";
import { hear, say } from "../words";

export type Screen = TemplateResult | typeof nothing;

export function head(phone: Phone, title: string, back = ""): TemplateResult {
  return html`<header class="run-head">
    ${back ? html`<a class="back" href=${back} aria-label=${say("Back")}><span aria-hidden="true">‹</span></a>` : nothing}
    <h1 tabindex="-1">${title}</h1>
    ${unsent(phone)}
  </header>`;
}

type Chip = { kind: string; words: string };
const HINDERS: Partial<Record<Outcome, string>> = {
  "signed out": "Sign in",
  "another driver": "Other driver",
  "no driver": "Call the office",
  trouble: "Server trouble",
};

// What is not sent is always in view, beside what hinders it and what was refused.
function unsent(phone: Phone): TemplateResult {
  const chips = sendingOf(phone).map(({ kind, words }) => html`<span class="chip ${kind}" data-now>${words}</span>`);
  return html`<a class="unsent" href="#/queue">${chips}</a>`;
}

function sendingOf({ waiting, outcome, unseen }: Phone): Chip[] {
  const hindered = waiting || outcome !== "trouble" ? HINDERS[outcome] : undefined;
  const refused = unseen.filter(isRefused).length;
  const chips: Chip[] = [];
  if (waiting) chips.push({ kind: "warn", words: `⇅ ${say("{number} not sent yet", { number: waiting })}` });
  if (hindered) chips.push({ kind: "warn", words: `▲ ${say(hindered)}` });
  if (refused) chips.push({ kind: "bad", words: `▲ ${say("{number} refused", { number: refused })}` });
  return chips.length ? chips : [{ kind: "", words: `✓ ${say("All is sent")}` }];
}

export function titleOf(one: ShownRun): string {
  return `${one.run.truck} · ${weekday(one.run.day)}`;
}

export function progress(one: ShownRun): TemplateResult {
  const words = say("{done} of {wanted} done", { done: one.done, wanted: one.wanted });
  return html`<p class="run-progress">
    <progress max=${Math.max(one.wanted, 1)} value=${one.done} aria-label=${words}></progress>
    <span>${words}</span>
  </p>`;
}

export function stepChip(one: ShownStop, isNext = false): TemplateResult {
  const pickup = one.stop.kind === "PICKUP";
  switch (one.step) {
    case "DONE":
      return html`<span class="chip fine">✓ ${say(pickup ? "Picked up" : "Delivered")}</span>`;
    case "LEFT":
      return html`<span class="chip bad">✕ ${say(one.left?.what === "NOBODY" ? "Nobody was there" : "Not taken")}</span>`;
    case "CANCELLED":
      return html`<span class="chip bad">✕ ${say("Cancelled")}</span>`;
    case "ARRIVED":
      return html`<span class="chip fine">● ${say("There")}</span>`;
    case "ON_MY_WAY":
      return html`<span class="chip fine">● ${say("On the way")}</span>`;
    case "OPEN":
      return isNext
        ? html`<span class="chip fine">${say("Next")}</span>`
        : html`<span class="chip">${say("Stop {number}", { number: one.stop.number })}</span>`;
  }
}

export function goodsWords(lines: Line[]): string {
  return lines.map((line) => `${line.quantity} ${line.unit} ${line.product}`).join(", ");
}

// What the amount is of, where not all of the load was handed over.
export function ofAPart(one: ShownStop): Screen {
  if (!one.due || !one.rest.length) return nothing;
  const [due, open] = [one.due, one.open].map((amount) => money(amount, one.stop.currency)) as [string, string];
  if (!one.isWhole) {
    return html`<p class="caption">${say("This is for what was handed over. With the rest it is {open}.", { open })}</p>`;
  }
  const words = one.stop.ticket?.serial
    ? "Only a part was handed over, and {due} is for the whole order. Take what the paper says, or ask the office."
    : "Only a part was handed over, and {due} is for the whole order. Send first, or take what the paper says.";
  return html`<p class="notice warn">▲ ${say(words, { due })}</p>`;
}

// Why the server refused something, or that the office decides: it stays in view.
export function trouble(one: ShownStop): Screen {
  const act = one.trouble;
  if (!act) return nothing;
  return html`<p class="toast error" role="alert">✕ ${troubleWord(act)}: ${hear(act.unwanted || act.words)}</p>`;
}

export function troubleWord(act: Act): string {
  return act.verdict === "KEPT" ? say("kept for the office") : say("refused");
}

// The customer got no link to pay by card: it is still the driver who takes the money.
export function cardTrouble(one: ShownStop): Screen {
  if (!one.cardFailed) return nothing;
  const words = say("The customer got no link to pay by card. Take cash or a check.");
  return html`<p class="notice warn" role="status"><b>▲ ${words}</b> <span class="caption">${hear(one.cardFailed)}</span></p>`;
}

// Whether what was typed on this screen may be dropped: nothing was, or it is meant so.
export function dropsTyped(event: Event): boolean {
  const form = (event.currentTarget as Element).closest("main")?.querySelector("form");
  const fields = [...(form?.elements ?? [])] as HTMLInputElement[];
  const isTyped = fields.some((field) => field.value !== field.defaultValue && field.type !== "submit");
  return !isTyped || window.confirm(say("What you typed below is not sent with this. Go on without it?"));
}

export function go(where: string): void {
  location.hash = where;
}
