// A form that is sent once: a second tap while the answer is on its way does nothing. The server
// knows the tap by its id and would do nothing either.

export function startOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    form.querySelector("button")?.setAttribute("aria-busy", "true");
  });
  // A page that the browser kept and shows again may be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("[data-once]")) {
      delete form.dataset.sent;
      form.querySelector("button")?.removeAttribute("aria-busy");
    }
  });
}
