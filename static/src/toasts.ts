// Short messages above the page: refusals that no form shows, and answers that never came.

type Asked = { verb: string; triggeringEvent?: Event };

export function showToast(text: string, kind: "error" | "info" = "error"): HTMLElement {
  const toast = document.createElement("p");
  toast.className = `toast ${kind}`;
  toast.textContent = text;
  document.getElementById("toasts")?.replaceChildren(toast);
  return toast;
}

function sayWhatFailed(event: Event): void {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  const number = xhr.getResponseHeader("X-Request-ID");
  showToast(
    number
      ? `That did not work, and nothing was changed. If it happens again, tell an administrator this number: ${number}`
      : "The portal did not answer. Check the connection and try again.",
  );
}

// What was said of the deed before is not true of the next one.
function clear(event: Event): void {
  const { requestConfig } = (event as CustomEvent<{ requestConfig: Asked }>).detail;
  if (requestConfig.verb === "get" || requestConfig.triggeringEvent?.type !== "submit") return;
  document.getElementById("toasts")?.replaceChildren();
}

export function startToasts(): void {
  document.addEventListener("htmx:beforeRequest", clear);
  document.addEventListener("toast", (event) => {
    showToast((event as CustomEvent<{ text: string }>).detail.text);
  });
  document.addEventListener("htmx:responseError", sayWhatFailed);
  document.addEventListener("htmx:sendError", sayWhatFailed);
}
