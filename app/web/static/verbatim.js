// Verbatim's one script. It puts buttons beside permanent links that copy them, and lets the key / lead to the search box.
// Everything on the site works without it.
(() => {
  "use strict";

  const OFF = "verbatim.slash.off"; // in local storage, only for who has turned the key off
  const canonical = document.querySelector("link[rel=canonical]");
  const origin = canonical ? canonical.href : location.href;

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  // What is heard by those who do not see the button change.
  const spoken = make("p", { className: "hidden" });
  spoken.setAttribute("role", "status");
  document.body.append(spoken);
  const say = (text) => {
    spoken.textContent = "";
    setTimeout(() => { spoken.textContent = text; }, 60);
  };

  const copy = async (text, html) => {
    try {
      if (html && window.ClipboardItem) {
        const as = (type, data) => [type, new Blob([data], { type })];
        await navigator.clipboard.write([new ClipboardItem(Object.fromEntries([as("text/plain", text), as("text/html", html)]))]);
      } else {
        await navigator.clipboard.writeText(text);
      }
      return true;
    } catch {
      // A site without TLS has no clipboard, but a selection can still be copied.
      const field = make("textarea", { className: "hidden", value: text, readOnly: true });
      const before = document.activeElement;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      before?.focus();
      return done;
    }
  };

  const button = (what, about) => {
    const label = make("span", { textContent: what });
    const made = make("button", { type: "button", className: "copy" }, label);
    if (about) made.append(make("span", { className: "hidden", textContent: about }));
    return [made, label];
  };

  for (const link of document.querySelectorAll(".address .address-url, .turn-link a")) {
    const inTurn = link.closest(".turn-link");
    const about = inTurn?.querySelector(".hidden")?.textContent;
    const [made, label] = button(inTurn ? "Copy" : "Copy link", about && ` the permanent link${about}`);
    made.addEventListener("click", async () => {
      const done = await copy(new URL(link.getAttribute("href"), origin).href);
      label.textContent = done ? "Copied" : "Not copied";
      say(done ? "The link is copied." : "The link could not be copied.");
      setTimeout(() => { label.textContent = inTurn ? "Copy" : "Copy link"; }, 2500);
    });
    link.after(" ", made);
  }

  // GOST asks for the day on which something was read.
  for (const day of document.querySelectorAll(".today")) day.textContent = new Date().toLocaleDateString("ru-RU");

  for (const reference of document.querySelectorAll(".reference")) {
    const { textContent, innerHTML } = reference;
    const style = reference.parentElement.querySelector("dt").textContent;
    const [made, label] = button("Copy", ` the reference, ${style}`);
    made.addEventListener("click", async () => {
      const done = await copy(textContent, innerHTML);
      label.textContent = done ? "Copied" : "Not copied";
      say(done ? "The reference is copied." : "The reference could not be copied.");
      setTimeout(() => { label.textContent = "Copy"; }, 2500);
    });
    reference.append(made);
  }

  const box = document.querySelector("#q, #quick-q");
  const isOff = () => { try { return OFF in localStorage; } catch { return false; } };
  const announce = () => {
    if (isOff()) box?.removeAttribute("aria-keyshortcuts");
    else box?.setAttribute("aria-keyshortcuts", "/");
  };
  announce();
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.defaultPrevented || !box || isOff()) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // A key without a modifier must be one that can be turned off (WCAG 2.2, 2.1.4); how to search is where it is told.
  const manual = document.querySelector("[data-keys]");
  if (manual) {
    const turn = () => (isOff() ? "Turn it on" : "Turn it off");
    const [made, label] = button(turn(), " the key that leads to the search box");
    made.addEventListener("click", () => {
      try {
        if (isOff()) localStorage.removeItem(OFF);
        else localStorage.setItem(OFF, "");
      } catch { /* A browser that keeps nothing leaves the key as it is. */ }
      label.textContent = turn();
      announce();
      say(isOff() ? "The key is off." : "The key is on.");
    });
    manual.append(make("div", {},
      make("dt", {}, make("code", { textContent: "/" })),
      make("dd", {}, make("p", {}, "The key leads to the search box, wherever you are on a page. ", made))));
  }
})();
