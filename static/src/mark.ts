// Cards that are marked move together. The marks are kept here: the day is drawn anew by answers.

interface Asked {
  elt: Element;
  path: string;
}

const marked = new Set<string>();

function boxes(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(".card .pick")];
}

// Show the marks of cards that are still there, and how many they are.
export function showMarks(): void {
  const here = new Set(boxes().map((box) => box.value));
  for (const job of marked) if (!here.has(job)) marked.delete(job);
  for (const box of boxes()) box.checked = marked.has(box.value);
  const count = document.querySelector("[data-picked]");
  if (count) count.textContent = marked.size ? String(marked.size) : "";
  document.getElementById("picked")?.toggleAttribute("data-some", marked.size > 0);
}

export function clearMarks(): void {
  marked.clear();
  showMarks();
}

// The card in the hand, with all that are marked if it is one of them, as they stand on the page.
export function movedWith(card: HTMLElement): HTMLElement[] {
  if (!marked.has(card.dataset.job ?? "")) return [card];
  const cards = [...document.querySelectorAll<HTMLElement>(".card[data-job]")];
  return cards.filter((one) => one === card || marked.has(one.dataset.job ?? ""));
}

export function toggleMark(job: string): void {
  if (!marked.delete(job)) marked.add(job);
  showMarks();
}

// Who asks to move a marked card asks for all that are marked, as the hand does that drags it.
function askForAll(event: Event): void {
  const { detail } = event as CustomEvent<Asked>;
  const card = detail.elt.closest<HTMLElement>(".card[data-job]");
  if (!card || !detail.elt.matches("a.move")) return;
  const asked = new URL(detail.path, location.href);
  asked.searchParams.delete("job");
  for (const one of movedWith(card)) asked.searchParams.append("job", one.dataset.job ?? "");
  detail.path = asked.pathname + asked.search;
}

export function startMarks(): void {
  document.addEventListener("htmx:configRequest", askForAll);
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.matches(".card .pick")) {
      toggleMark(target.value);
    }
  });
  showMarks();
}
