// Something that is asked for is missing: the driver goes back, or on and may say why.

import { html, render } from "lit-html";

import { type Ending, type Missing, missingAt } from "../needs";
import type { Phone } from "../phone";
import type { ShownStop } from "../state";
import type { Wanted } from "../types";
import { say } from "../words";

const NAMES: Record<Wanted, string> = {
  VEHICLE: "Check of the truck",
  LOADED: "Check of the load",
  ON_MY_WAY: "Word that you are on the way",
  ARRIVED: "Word that you have arrived",
  PHOTO: "Photo",
  SIGNED: "Signature",
  NOTED: "Note",
  COLLECTED: "Money",
};

// Ask once; `undefined`: he goes back. `of` says whose it is where the screen does not.
export function ask(missing: Missing[], of = ""): Promise<string | undefined> {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "ask-title");
  dialog.className = "ask";
  return new Promise((done) => {
    let why: string | undefined;
    const goOn = (event: SubmitEvent): void => {
      event.preventDefault();
      why = String(new FormData(event.target as HTMLFormElement).get("why") ?? "").trim();
      dialog.close();
    };
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(why);
    });
    const content = html`<form class="fields" @submit=${goOn}>
      <h2 id="ask-title">${say("This is missing")}</h2>
      ${of ? html`<p>${of}</p>` : ""}
      <ul>${missing.map(({ act }) => html`<li><strong>${say(NAMES[act])}</strong></li>`)}</ul>
      <button class="button main wide big" type="button" autofocus @click=${() => dialog.close()}>${say("Go back")}</button>
      <label for="why">${say("Why do you go on without it?")}</label>
      <input id="why" name="why" type="text" maxlength="200" autocomplete="off">
      <button class="button wide">${say("Go on without it")}</button>
    </form>`;
    render(content, dialog);
    document.body.append(dialog);
    dialog.showModal();
  });
}

// End a stop unless something is missing that is required; ask where something else is. Says
// whether it ended.
export async function finish(
  phone: Phone,
  one: ShownStop,
  end: Ending,
  details: Record<string, unknown>,
): Promise<boolean> {
  const missing = missingAt(one, end);
  if (missing.some(({ isRequired }) => isRequired)) return false;
  const why = missing.length ? await ask(missing) : "";
  if (why === undefined) return false;
  const { run, stop } = one;
  await phone.act(end, { run, stop }, why ? { ...details, why } : details);
  return true;
}
