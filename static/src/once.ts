// A form that is sent once: a second tap while the answer is on its way does nothing. The server
// knows the tap by its id and would do nothing either.

const PATIENCE = 10_000; // ms: by then it was answered, or the user has stopped it

function allow(form: HTMLFormElement): void {
  delete form.dataset.sent;
  form.querySelector("button")?.removeAttribute("aria-busy");
}

export function startOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    form.querySelector("button")?.setAttribute("aria-busy", "true");
    window.setTimeout(allow, PATIENCE, form);
  });
  // A page that the browser kept and shows again may be sent again.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll<HTMLFormElement>("[data-once]").forEach(allow);
  });
}
