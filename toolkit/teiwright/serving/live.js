// Reloads the page when the site is another, and says how much validation found. Only the server adds it; a page that
// nobody sees does not listen, since a browser keeps few connections to one server.
(() => {
  const place = document.querySelector("teiwright-findings");
  const badge = place.querySelector("a");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; inset-block-end: .75rem; inset-inline-end: .75rem; z-index: 2147483647; color-scheme: light dark; }
    ::slotted(a) {
      display: block; max-inline-size: calc(100vw - 3.5rem); padding: .45rem .8rem; border: 1px solid #6b6256; border-radius: 1.2rem;
      background: #fffdf7 !important; color: #4a2a10 !important; font: 500 .8125rem/1.4 system-ui, sans-serif !important; text-decoration: none !important;
      box-shadow: 0 1px 4px rgb(0 0 0 / .25);
    }
    ::slotted(a:focus-visible) { outline: 3px solid #8a2a1b; outline-offset: 2px; }
    @media (prefers-color-scheme: dark) { ::slotted(a) { background: #25211b !important; color: #f2d9c0 !important; } }
    @media print { :host { display: none; } }`);
  const shadow = place.attachShadow({ mode: "closed" });
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(document.createElement("slot"));

  const renew = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const open = new Set(Array.from(document.querySelectorAll("details[open]"), (one) => one.id));
    page.querySelectorAll("details").forEach((one) => { one.open = open.has(one.id); });
    document.querySelector("main").replaceWith(page.querySelector("main"));
    document.title = page.title;
  };
  const tell = (event) => {
    const state = JSON.parse(event.data);
    if (place.dataset.site && place.dataset.site !== state.site) {
      location.reload();
    } else if (place.dataset.findings && place.dataset.findings !== state.findings) {
      place.dataset.findings = state.findings;
      renew();
    }
    badge.textContent = state.badge;
  };

  let events = null;
  const listen = () => {
    if (events) { events.close(); }
    events = document.hidden ? null : new EventSource("/_events");
    if (events) { events.onmessage = tell; }
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => { if (events) { events.close(); } });
  addEventListener("pageshow", listen);
})();
