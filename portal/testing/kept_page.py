"""When a page can be opened without signal."""

# A function of JavaScript: it ends once a service worker keeps the page.
IS_KEPT = """
() => new Promise((done) => {
  const worker = navigator.serviceWorker;
  worker.controller ? done() : worker.addEventListener("controllerchange", () => done());
})
"""
