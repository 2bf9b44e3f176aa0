// The dispatch board: dragging, and the same by keyboard. The server decides: it answers a change
// with words, and the day is then read as it is.
import { isDragging, makeSortable, startEscape } from "./drag";
import { areKeysOff } from "./keys";
import { clearMarks, showMarks, startMarks, toggleMark } from "./mark";
import { isSending, learn, type Move, send } from "./moves";

interface Htmx {
  trigger(element: Element, name: string): void;
}

interface Request {
  elt: Element;
  target: Element;
  shouldSwap: boolean;
  successful: boolean;
  requestConfig: { verb: string };
  xhr: XMLHttpRequest;
}

declare const htmx: Htmx;

const PAUSE = 5_000; // ms, after a day that could not be read
const LONGEST_PAUSE = 60_000; // ms

let missed = false; // a day that was left out
let pause = PAUSE;
let retry: number | undefined;

function board(): HTMLElement | null {
  return document.getElementById("day");
}

// Show the day as the server has it.
function look(): void {
  window.clearTimeout(retry);
  missed = false;
  const day = board();
  if (day) htmx.trigger(day, "again");
}

async function drop(move: Move | null): Promise<void> {
  if (move) await send(move);
  if (!isSending()) pressStep();
  if (missed && !isDragging() && !isSending()) look();
}

// Undo and redo are about what was dropped before: they wait until that is sent.
let step: string | null = null;

function holdStep(event: Event): void {
  const { elt } = (event as CustomEvent<Request>).detail;
  if (!["undo", "redo"].includes(elt.id) || !isSending()) return;
  event.preventDefault();
  step = elt.id;
}

function pressStep(): void {
  if (step) document.getElementById(step)?.click();
  step = null;
}

// Another day is looked at through the same search.
function keepSearch(event: Event): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>(".days a");
  const form = document.querySelector<HTMLFormElement>("#pool-form");
  if (!link || !form) return;
  const asked = new URL(link.href);
  for (const name of ["q", "promised", "pin"]) {
    const value = new FormData(form).get(name);
    if (typeof value === "string" && value) asked.searchParams.set(name, value);
    else asked.searchParams.delete(name);
  }
  link.href = asked.href;
}

function sortable(): void {
  makeSortable((move) => void drop(move));
}

// What others did must not pull a card out of the hand that holds it, nor take a drop back that is
// still to be sent: such a day is left out, and read anew once the hand and the line are free.
function holdDay(event: Event): void {
  const { detail } = event as CustomEvent<Request>;
  if (detail.target.id !== "day" || detail.requestConfig.verb !== "get") return;
  if (!isDragging() && !isSending()) return;
  detail.shouldSwap = false;
  missed = true;
}

// A look that failed is tried again later.
function onFailure(event: Event): void {
  const { elt, requestConfig } = (event as CustomEvent<Request>).detail;
  if (requestConfig.verb !== "get" || elt.id !== "day") return;
  window.clearTimeout(retry);
  retry = window.setTimeout(look, pause);
  pause = Math.min(2 * pause, LONGEST_PAUSE);
}

// After a change, done, refused or lost, the day is read; not by who is led away to sign in: that page
// would come twice then, and the words why only with the first.
function onAnswer(event: Event): void {
  const { elt, successful, requestConfig, xhr } = (event as CustomEvent<Request>).detail;
  if (requestConfig.verb !== "get" && !xhr.getResponseHeader("HX-Redirect")) look();
  if (!successful || elt.id !== "day") return;
  window.clearTimeout(retry);
  pause = PAUSE;
}

function stepToCard(step: number): void {
  const cards = [...document.querySelectorAll<HTMLElement>(".card .move")];
  const here = cards.indexOf(document.activeElement as HTMLElement);
  const next = cards[Math.min(Math.max(here + step, 0), cards.length - 1)];
  next?.focus();
}

function onKey(event: KeyboardEvent): void {
  const typing = (event.target as Element).closest("input:not(.pick), select, textarea, dialog");
  if (areKeysOff() || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") stepToCard(1);
  if (event.key === "k") stepToCard(-1);
  if (event.key === "x") markHere();
}

function markHere(): void {
  const card = document.activeElement?.closest<HTMLElement>(".card[data-job]");
  if (card?.dataset.job) toggleMark(card.dataset.job);
}

// Ctrl Z and Ctrl Shift Z press the buttons; in a field they belong to what is typed there.
function onStep(event: KeyboardEvent): void {
  const typing = (event.target as Element).closest("input:not(.pick), textarea, dialog");
  const held = event.ctrlKey || event.metaKey;
  if (typing || !held || event.key.toLowerCase() !== "z") return;
  event.preventDefault();
  document.getElementById(event.shiftKey ? "redo" : "undo")?.click();
}

// The dialog opens with its form, and closes with its success: a refusal stands in it.
function startDialog(dialog: HTMLDialogElement): void {
  dialog.addEventListener("htmx:afterRequest", (event) => {
    const { requestConfig, xhr } = (event as CustomEvent<Request>).detail;
    if (requestConfig.verb !== "post" || xhr.status !== 200) return;
    dialog.close();
    if (dialog.querySelector("#move-form")) clearMarks();
  });
  dialog.addEventListener("htmx:afterSwap", (event) => {
    const { requestConfig } = (event as CustomEvent<Request>).detail;
    if (requestConfig.verb === "get" && !dialog.open) dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-close]")) return;
    event.preventDefault();
    dialog.close();
  });
}

export function startBoard(): void {
  const dialog = document.getElementById("board-dialog");
  if (!board() || !(dialog instanceof HTMLDialogElement)) return;
  startDialog(dialog);
  startEscape();
  startMarks();
  sortable();
  document.addEventListener("htmx:load", () => {
    sortable();
    learn();
    showMarks();
  });
  document.addEventListener("htmx:beforeSwap", holdDay);
  document.addEventListener("htmx:responseError", onFailure);
  document.addEventListener("htmx:sendError", onFailure);
  document.addEventListener("htmx:afterRequest", onAnswer);
  document.addEventListener("keydown", onKey);
  document.addEventListener("keydown", onStep);
  document.addEventListener("htmx:beforeRequest", holdStep);
  document.addEventListener("click", keepSearch);
}
