// One stop: where, what, how much, and the one next thing to do.

import { html, nothing, type TemplateResult } from "lit-html";

import { dwell } from "../dwell";
import { clock, length, money, telephone, weight } from "../figures";
import { isHeld, isOff, missingAt } from "../needs";
import type { Phone } from "../phone";
import { counts, isOver, isRefused, type ShownStop } from "../state";
import type { Wanted } from "../types";
import { wayTo } from "../ways";
import { say } from "../words";
import { finish } from "./ask";
import { firstAt, firstOf, photoButton } from "./first";
import { cardTrouble, head, ofAPart, type Screen, stepChip, titleOf, trouble } from "./parts";

export function stopSheet(phone: Phone, one: ShownStop): TemplateResult {
  const run = phone.run(one.run.uuid);
  return html`${head(phone, run ? titleOf(run) : "", "#/")}
    <main id="main">${trouble(one)} ${checkAgain(phone, one)} ${stopCard(phone, one, false)}</main>`;
}

// The photo of a check that the server did not take: nothing may be due any more, and then no other
// screen asks for it.
function checkAgain(phone: Phone, one: ShownStop): Screen {
  const act = one.trouble;
  if (act?.what !== "CHECK" || !isRefused(act)) return nothing;
  return html`<p>${photoButton(phone, one, say("Take the photo of the check again"), "button wide", "CHECK")}</p>`;
}

export function stopCard(phone: Phone, one: ShownStop, isNext: boolean): TemplateResult {
  const { stop } = one;
  return html`<section class="panel stop" aria-labelledby="stop-${stop.uuid}">
    <p class="stop-head">
      ${stepChip(one, isNext)}
      ${stop.kind === "PICKUP" ? html`<span class="chip">↺ ${say("Pick up")}</span>` : nothing}
      <span class="caption">${stop.order}</span>
    </p>
    <h2 id="stop-${stop.uuid}">${stop.customer || "—"}</h2>
    <p class="address">${stop.address || say("no address: ask the office")}</p>
    ${place(one)}
    <ul class="load">
      ${one.load.map((line) => html`<li><b>${line.quantity} ${line.unit}</b> ${line.product}</li>`)}
    </ul>
    ${one.step === "LEFT" ? leftWords(one) : stop.kind === "PICKUP" ? nothing : due(one)} ${isOver(one) ? nothing : ways(one)}
    ${nextThing(phone, one, isNext)} ${isNext ? nothing : others(phone, one)}
    ${isNext && !isOver(one) ? html`<a class="button wide" href="#/stop/${stop.uuid}">${say("More")}</a>` : nothing}
  </section>`;
}

function place(one: ShownStop): TemplateResult {
  const { stop } = one;
  const spot = stop.kind === "PICKUP" ? say("Where it is") : say("Put it");
  const limits = [
    stop.limits.width && say("gate {size} wide", { size: length(+stop.limits.width) }),
    stop.limits.height && say("{size} high", { size: length(+stop.limits.height) }),
    stop.limits.weight && say("at most {size}", { size: weight(+stop.limits.weight) }),
  ].filter(Boolean);
  return html`${stop.window
      ? html`<p>${say("between {from} and {until}", { from: clock(stop.window[0]), until: clock(stop.window[1]) })}</p>`
      : nothing}
    ${stop.drop_spot ? html`<p class="drop-spot"><b>${spot}:</b> ${stop.drop_spot}</p>` : nothing}
    ${stop.notes ? html`<p class="notes">${stop.notes}</p>` : nothing}
    ${limits.length ? html`<p>${limits.map((limit) => html`<span class="chip warn">▲ ${limit}</span> `)}</p>` : nothing}
    ${stop.pictures.map(
      (picture) => html`<figure class="place-picture">
        <img src=${picture.url} alt=${picture.caption || spot} loading="lazy">
        ${picture.caption ? html`<figcaption class="caption">${picture.caption}</figcaption>` : nothing}
      </figure>`,
    )}`;
}

// What was said, and what becomes of the goods.
function leftWords(one: ShownStop): TemplateResult {
  return html`<p class="notes">${one.left?.reason}</p>
    ${one.stop.kind === "PICKUP" ? nothing : html`<p><b>↩ ${say("It goes back to the yard.")}</b></p>`}`;
}

function due(one: ShownStop): TemplateResult {
  const symbol = one.stop.currency;
  const [words, amount] = one.due
    ? [say("To collect"), money(one.due, symbol)]
    : one.taken
      ? [say("Collected"), `✓ ${money(one.taken, symbol)}`]
      : [say("Nothing to collect"), ""];
  return html`<p class="due"><span>${words}</span> <strong>${amount}</strong></p>
    ${ofAPart(one)}
    ${one.byCard && one.due ? html`<p class="caption">${say("A link to pay by card goes to the customer.")}</p>` : nothing}
    ${cardTrouble(one)}`;
}

function ways(one: ShownStop): TemplateResult {
  const { stop } = one;
  return html`<p class="ways">
    <a class="button" href=${wayTo(stop)} rel="noopener">${say("Navigate")}</a>
    ${stop.phone ? html`<a class="button" href=${telephone(stop.phone)}>${say("Call")}</a>
          <a class="button" href="#/stop/${stop.uuid}/text">${say("Text")}</a>` : nothing}
  </p>`;
}

// How far it is, when what the phone does not offer is left out.
function stepOf(one: ShownStop): ShownStop["step"] {
  if (one.step === "OPEN" && !isOff(one, "ON_MY_WAY")) return "OPEN";
  if (one.step !== "OPEN" && one.step !== "ON_MY_WAY") return one.step;
  return isOff(one, "ARRIVED") ? "ARRIVED" : "ON_MY_WAY";
}

// One big button: what comes next. On the first screen that is the run's while it has not begun.
function nextThing(phone: Phone, one: ShownStop, isNext: boolean): Screen {
  const { stop, run } = one;
  const whole = phone.run(run.uuid);
  if (isHeld(whole) && !isOver(one)) return isNext ? nothing : startFirst();
  const kind = isNext && !whole?.started ? "button wide big" : "button main wide big";
  const button = (words: string, click: () => void): TemplateResult =>
    html`<button class=${kind} @click=${click} ${dwell(`${stop.uuid} ${words}`)}>${say(words)}</button>`;
  switch (stepOf(one)) {
    case "OPEN":
      return button("I am on my way", () => void phone.act("ON_MY_WAY", { run, stop }));
    case "ON_MY_WAY":
      return button("I have arrived", () => void phone.act("ARRIVED", { run, stop }));
    case "ARRIVED":
      return (
        firstAt(phone, one, "DELIVERED", kind) ??
        button(deliveredWords(one), () => void finish(phone, one, "DELIVERED", { lines: [] }))
      );
    case "DONE":
      return one.due
        ? html`<a class="button main wide big" href="#/stop/${stop.uuid}/money" ${dwell(stop.uuid)}>${say("Money received")}</a>`
        : html`<a class="button main wide big" href="#/" ${dwell(stop.uuid)}>${say("Back to the run")}</a>`;
    default:
      return html`<a class="button wide" href="#/">${say("Back to the run")}</a>`;
  }
}

function startFirst(): TemplateResult {
  return html`<a class="button main wide big" href="#/">${say("Start the run first")}</a>`;
}

function deliveredWords(one: ShownStop): string {
  return one.stop.kind === "PICKUP" ? "Picked up" : "Delivered";
}

// Everything else that can happen there.
function others(phone: Phone, one: ShownStop): Screen {
  const at = `#/stop/${one.stop.uuid}`;
  const number = (what: string): number => one.acts.filter((act) => act.what === what && counts(act)).length;
  const counted = (words: string, what: string): string => `${number(what) ? "✓ " : ""}${say(words)}${number(what) > 1 ? ` ${number(what)}` : ""}`;
  const link = (where: string, words: string, what: Wanted | "ISSUE"): Screen =>
    what !== "ISSUE" && isOff(one, what) ? nothing : html`<a class="button" href="${at}/${where}">${counted(words, what)}</a>`;
  const held = isHeld(phone.run(one.run.uuid)) && !isOver(one);
  if (held) return html`<div class="others">${link("note", "Note", "NOTED")} ${link("issue", "Trouble", "ISSUE")}</div>`;
  const early = !phone.isKeeping(one.stop) && ["OPEN", "ON_MY_WAY"].includes(stepOf(one)) && !firstOf(missingAt(one, "DELIVERED"));
  return html`<div class="others">
    ${early
      ? html`<button class="button" @click=${() => finish(phone, one, "DELIVERED", { lines: [] })}>${say(deliveredWords(one))}</button>`
      : nothing}
    ${isOver(one)
      ? nothing
      : html`<a class="button" href="${at}/part">${say("Only a part")}</a>
          <a class="button" href="${at}/left">${say("Not taken")}</a>`}
    ${one.step === "DONE" && one.stop.ticket ? html`<a class="button" href="${at}/ticket">${say("Ticket")}</a>` : nothing}
    ${isOff(one, "PHOTO") ? nothing : photoButton(phone, one, counted("Photo", "PHOTO"), "button")}
    ${link("sign", "Signature", "SIGNED")} ${link("note", "Note", "NOTED")}
    ${link("issue", "Trouble", "ISSUE")}
  </div>`;
}
