// The day: the next stop in full, the rest as a list.

import { html, nothing, type TemplateResult } from "lit-html";

import { dwell } from "../dwell";
import { clock, money } from "../figures";
import { backOf, isOff, missingOf, toLoad, unpaid } from "../needs";
import type { Phone } from "../phone";
import { isOver, type ShownRun, type ShownStop } from "../state";
import type { Line } from "../types";
import { hasBothMaps, mapsName, turnMaps } from "../ways";
import { language, say, speak } from "../words";
import { ask } from "./ask";
import { firstOf } from "./first";
import { offTheRun } from "./gone";
import { excuse } from "./money";
import { dropsTyped, go, goodsWords, head, progress, type Screen, stepChip, titleOf, trouble, troubleWord } from "./parts";
import { sharing } from "./sharing";
import { stopCard } from "./stop";

export function daySheet(phone: Phone): TemplateResult {
  const now = phone.runs.find((one) => !one.ended && one.next) ?? phone.runs[0];
  return html`${head(phone, now ? titleOf(now) : say("No run"))}
    <main id="main">
      ${offTheRun(phone)}
      ${phone.runs.length ? phone.runs.map((one) => runSheet(phone, one)) : noRun(phone)}
      ${foot(phone)}
    </main>`;
}

function noRun(phone: Phone): TemplateResult {
  if (!phone.day && phone.outcome === "signed out") {
    return html`<p class="panel empty">${say("You are signed out.")}</p>
      <a class="button main wide big" href=${document.body.dataset.signIn ?? ""}>${say("Sign in")}</a>`;
  }
  const words = phone.day
    ? say("You have no run today. It appears here as soon as the office gives you one.")
    : say("The first time this phone needs a signal, to fetch your run.");
  return html`<p class="panel empty">${words}</p>
    <button class="button wide" @click=${() => phone.sync()}>${say("Look again")}</button>`;
}

function runSheet(phone: Phone, one: ShownRun): TemplateResult {
  const isToday = one.run.day <= phone.today;
  const next = isToday && !one.ended ? one.next : undefined;
  return html`<section aria-label=${titleOf(one)}>
    ${phone.runs.length > 1 ? html`<h2>${titleOf(one)}</h2>` : nothing}
    ${progress(one)} ${begin(phone, one, isToday)}
    ${next ? html`${trouble(next)} ${stopCard(phone, next, true)}` : nothing}
    ${one.stops.length ? nothing : html`<p class="panel empty">${say("The office has not put anything on this run yet.")}</p>`}
    ${one.stops.length && (!one.next || one.ended) ? html`${comesBack(one)} ${allDone(phone, one)}` : nothing}
    ${sharing(phone, one)}
    <ol class="stops" aria-label=${say("Run")}>
      ${one.stops.filter((stop) => stop !== next).map(row)}
    </ol>
    ${one.started && !one.ended ? html`<p class="ways">
      <a class="button" href="#/run/${one.run.uuid}/issue">${say("Trouble on the way")}</a>
      ${next ? html`<button class="button" @click=${() => end(phone, one)}>${say("End the run early")}</button>` : nothing}
    </p>` : nothing}
  </section>`;
}

// Truck and load can be checked the evening before.
function begin(phone: Phone, one: ShownRun, isToday: boolean): Screen {
  if (one.started || !one.next) return nothing;
  const at = `#/run/${one.run.uuid}`;
  const done = (what: "VEHICLE" | "LOADED"): string => (one.did.has(what) ? "✓ " : "");
  const first = firstOf(missingOf(one));
  return html`<p class="ways">
      ${isOff(one, "VEHICLE") ? nothing : html`<a class="button" href="${at}/check">${done("VEHICLE")}${say("Check the truck")}</a>`}
      ${isOff(one, "LOADED") || !toLoad(one).length ? nothing : html`<a class="button" href="${at}/load">${done("LOADED")}${say("Check the load")}</a>`}
    </p>
    ${isToday ? html`<p class="ways">
      ${first
        ? html`<a class="button main big" href="${at}/${first === "LOADED" ? "load" : "check"}" ${dwell(first)}>${say(first === "LOADED" ? "Check the load first" : "Check the truck first")}</a>`
        : html`<button class="button main big" @click=${() => start(phone, one)} ${dwell(one.run.uuid)}>${say("Start the run")}</button>`}
    </p>` : nothing}`;
}

async function start(phone: Phone, one: ShownRun): Promise<void> {
  const missing = missingOf(one);
  const why = missing.length ? await ask(missing) : "";
  if (why !== undefined) await phone.act("STARTED", { run: one.run }, why ? { why } : {});
}

// What is on the truck when all stops are done; as it was when the run was ended: what was not driven
// to goes off the run then.
function comesBack(one: ShownRun): Screen {
  const ended = one.acts.findLast((act) => act.what === "ENDED");
  const lines = (ended?.details.back as Line[] | undefined) ?? backOf(one, one.ended);
  if (!lines.length) return nothing;
  return html`<p class="panel">↩ <b>${say("Back to the yard")}:</b> ${goodsWords(lines)}</p>`;
}

function allDone(phone: Phone, one: ShownRun): TemplateResult {
  if (one.ended) return html`<p class="panel all-done">✓ ${say("The run is over.")}</p>`;
  const owed = unpaid(one).find((stop) => stop.needs.COLLECTED === "REQUIRED");
  const done = html`<p class="panel all-done">✓ ${say("All stops of this run are done.")}</p>`;
  if (owed) {
    const words = say("Money first: {customer}", { customer: owed.stop.customer });
    return html`${done}<a class="button main wide big" href="#/stop/${owed.stop.uuid}/money" ${dwell(owed.stop.uuid)}>${words}</a>`;
  }
  return html`${done}
    <button class="button main wide big" @click=${() => end(phone, one)} ${dwell(one.run.uuid)}>${say("End the run")}</button>`;
}

async function end(phone: Phone, one: ShownRun): Promise<void> {
  const left = one.stops.filter((stop) => !isOver(stop)).length;
  const refused = one.stops.filter((stop) => stop.trouble).length;
  const isSure = (words: string, number: number): boolean => !number || window.confirm(say(words, { number }));
  if (!isSure("Not sent yet: {number}. End the run all the same?", phone.waiting)) return;
  if (!isSure("Stops still open: {number}. The office finds them another day. End the run all the same?", left)) return;
  if (!isSure("Stops where something was refused or is for the office to decide: {number}. End the run all the same?", refused)) return;
  for (const stop of unpaid(one)) if (!(await excuse(phone, stop))) return;
  await phone.act("ENDED", { run: one.run }, { back: backOf(one, true) });
  window.scrollTo(0, 0);
  document.querySelector("h1")?.focus();
}

function row(one: ShownStop): TemplateResult {
  const { stop } = one;
  const past = isOver(one);
  return html`<li>
    <a href="#/stop/${stop.uuid}" class="stop-row ${past ? "past" : ""}">
      <span class="number">${one.step === "DONE" ? "✓" : one.step === "LEFT" ? "✕" : stop.number}</span>
      <span class="what">
        <strong>${stop.customer || "—"}</strong>
        <span class="caption ${one.step === "LEFT" ? "whole" : ""}">${lead(one)}${goodsWords(one.load)}</span>
        ${one.step === "LEFT" ? html`<span class="state">${stepChip(one)}</span>` : nothing}
        ${one.trouble ? html`<span class="state"><span class="chip bad">▲ ${troubleWord(one.trouble)}</span></span>` : nothing}
      </span>
      <span class="side">${side(one)}</span>
    </a>
  </li>`;
}

// What the goods of a row are there for.
function lead({ stop, step }: ShownStop): string {
  if (stop.kind === "PICKUP") return `↺ ${say("Pick up")}: `;
  return step === "LEFT" ? `↩ ${say("Back to the yard")}: ` : "";
}

function side(one: ShownStop): TemplateResult | typeof nothing {
  const { stop } = one;
  if (one.step === "LEFT") return nothing; // it needs the room for its words
  if (one.step === "CANCELLED") return stepChip(one);
  if (one.step === "DONE") {
    const open = say("{amount} still open", { amount: money(one.due, stop.currency) });
    return html`${one.doneAt ? clock(one.doneAt) : nothing}
      ${one.due ? html`<span class="chip warn">▲ ${open}</span>` : nothing}
      ${one.cardFailed ? html`<span class="chip warn">▲ ${say("no card link")}</span>` : nothing}`;
  }
  return html`${stop.window ? clock(stop.window[0]) : nothing}
    ${one.due ? html`<b>${money(one.due, stop.currency)}</b>` : nothing}`;
}

function foot(phone: Phone): TemplateResult {
  const other = language() === "en" ? "es" : "en";
  const change = (): void => {
    speak(other);
    void phone.sync();
  };
  const turn = (): void => {
    turnMaps();
    void phone.sync();
  };
  const leave = async (): Promise<void> => {
    const number = phone.waiting;
    const words = number
      ? "Not sent yet: {number}. It stays on this phone until you sign in again. Sign out all the same?"
      : "Sign out?";
    if (!window.confirm(say(words, { number }))) return;
    if (!(await phone.signOut())) window.alert(say("You can sign out once the server answers. Is there a signal?"));
  };
  return html`<footer class="run-foot">
    <p class="caption">
      ${phone.day?.driver.name ?? ""}
      ${phone.day ? html`· <span>${say("as of {time}", { time: clock(phone.day.told_at) })}</span>` : nothing}
    </p>
    <p class="ways">
      <button class="button" lang=${other} @click=${change}>${other === "es" ? "Español" : "English"}</button>
      ${hasBothMaps() ? html`<button class="button" @click=${turn}>${say("Maps: {name}", { name: mapsName() })}</button>` : nothing}
      <button class="button" @click=${leave}>${say("Sign out")}</button>
    </p>
  </footer>`;
}

// The truck is looked at before the run.
export function checkSheet(phone: Phone, one: ShownRun): TemplateResult {
  const { run } = one;
  const send = async (defects: string): Promise<void> => {
    await phone.act("VEHICLE", { run }, { defects });
    go("/");
  };
  const report = (event: SubmitEvent): void => {
    event.preventDefault();
    const words = String(new FormData(event.target as HTMLFormElement).get("words") ?? "").trim();
    if (words) void send(words);
  };
  return html`${head(phone, say("Check the truck"), "#/")}
    <main id="main">
      <button class="button main wide big" @click=${(event: Event) => dropsTyped(event) && send("")} ${dwell(run.uuid)}>${say("All is well")}</button>
      <form class="fields panel" @submit=${report}>
        <label for="words">${say("What is wrong with the truck")}</label>
        <textarea id="words" name="words" rows="3" maxlength="2000" required></textarea>
        <button class="button wide">${say("Report it")}</button>
      </form>
    </main>`;
}
