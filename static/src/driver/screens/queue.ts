// What is not sent yet, what the server said of the rest, and sending by hand.

import { html, nothing, type TemplateResult } from "lit-html";

import { clock, money } from "../figures";
import type { Phone } from "../phone";
import type { Outcome } from "../sending";
import { cents, findStop, isRefused } from "../state";
import type { Act, What } from "../types";
import { hear, say } from "../words";
import { head } from "./parts";

const LATEST = 40;
const NAMES: Record<What, string> = {
  STARTED: "Start the run",
  VEHICLE: "Check the truck",
  LOADED: "Check the load",
  ON_MY_WAY: "On the way",
  ARRIVED: "There",
  DELIVERED: "Delivered",
  REFUSED: "They did not want it",
  NOBODY: "Nobody was there",
  COLLECTED: "Money received",
  CHECK: "Photo of the check",
  PHOTO: "Photo",
  SIGNED: "Signature",
  CARD_LINK: "Link to pay by card",
  TEXTED: "Text to the customer",
  NOTED: "Note",
  ISSUE: "Trouble",
  ENDED: "End the run",
};
const WHY: Record<Outcome, string> = {
  sent: "",
  offline: "No signal: it goes by itself as soon as there is some.",
  "signed out": "You are signed out. Sign in to send it; nothing is lost.",
  "another driver": "Somebody else is signed in. What you did is sent when you sign in again.",
  "no driver": "You may not drive any more. Call the office.",
  trouble: "The server is in trouble. It is tried again by itself.",
};

export function queueSheet(phone: Phone): TemplateResult {
  const why = WHY[phone.outcome];
  const acts = [...phone.acts].reverse().slice(0, LATEST);
  return html`${head(phone, say("What was done"), "#/")}
    <main id="main">
      ${why ? html`<p class="notice warn" role="status">▲ ${say(why)}</p>` : nothing}
      ${phone.outcome === "signed out"
        ? html`<a class="button main wide big" href=${document.body.dataset.signIn ?? ""}>${say("Sign in")}</a>`
        : html`<button class="button main wide big" ?disabled=${phone.busy} @click=${() => phone.sync()}>
            ${phone.busy ? say("Sending…") : say("Send now")}
          </button>`}
      ${phone.waiting ? nothing : html`<p class="panel empty">✓ ${say("Nothing waits on this phone.")}</p>`}
      <ol class="stops">
        ${acts.map((act) => row(phone, act))}
      </ol>
    </main>`;
}

function row(phone: Phone, act: Act): TemplateResult {
  const words = hear(act.unwanted || act.words);
  const known = (act.stop && findStop(phone.runs, act.stop)) || phone.runs.flatMap((run) => run.stops)[0];
  const amount = act.details.amount ? money(cents(act.details.amount), known?.stop.currency ?? "") : "";
  return html`<li class="stop-row">
    <span class="what">
      <strong>${say(NAMES[act.what])} ${amount}</strong>
      <span class="caption">${clock(act.at)} · ${act.about}</span>
      ${words ? html`<span class="caption whole">${words}</span>` : nothing}
    </span>
    <span class="side">${state(phone, act)}</span>
  </li>`;
}

function state(phone: Phone, act: Act): TemplateResult {
  if (isRefused(act)) return html`<span class="chip bad">✕ ${say("refused")}</span>`;
  if (act.verdict === "KEPT") return html`<span class="chip warn">▲ ${say("kept for the office")}</span>`;
  const open = !act.verdict || phone.filesToSend.includes(act.id);
  return open ? html`<span class="chip warn">⇅ ${say("waits")}</span>` : html`<span class="chip fine">✓</span>`;
}
