// Verbatim's one script. It puts buttons beside permanent links that copy them, copies selected words as a quotation or as
// a link to it, and lets the key / lead to the search box.
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

  // Words that are selected within one turn can be copied with whose they are, or as a link that marks them.
  const transcript = document.querySelector(".transcript");
  if (transcript) {
    const words = (range) => {
      const part = range.cloneContents();
      for (const each of part.querySelectorAll(".paragraph-link, .note, .notice, .step, .turn-head")) each.remove();
      const paragraphs = [...part.querySelectorAll("p")].map((each) => each.textContent.trim());
      return (paragraphs.length ? paragraphs : [part.textContent.trim()]).filter(Boolean);
    };
    const between = (from, fromOffset, to, toOffset) => {
      const range = document.createRange();
      range.setStart(from, fromOffset);
      range.setEnd(to, toOffset);
      return words(range).join(" ");
    };
    const turnOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(".turn");

    // What is selected: its turn, its paragraphs and what stands around them; or why it cannot be quoted.
    const selected = () => {
      const selection = getSelection();
      if (!selection.rangeCount || selection.isCollapsed) return null;
      const range = selection.getRangeAt(0);
      const paragraphs = words(range);
      const turn = turnOf(range.startContainer);
      if (!turn || !transcript.contains(turn) || !paragraphs.length) return null;
      const text = turn.querySelector(".turn-text");
      const ends = document.createRange();
      ends.selectNodeContents(text);
      if (turnOf(range.endContainer) !== turn) {
        // Selecting a whole paragraph may end at the very start of what follows.
        const rest = range.cloneRange();
        rest.setStart(text, text.childNodes.length);
        if (words(rest).length) return { refused: "These words are of more than one turn: quote each by itself." };
        range.setEnd(text, text.childNodes.length);
      }
      if (paragraphs.join(" ").length > 2000) return { refused: "More than 2,000 characters cannot be quoted in a link." };
      const prefix = between(text, 0, range.startContainer, range.startOffset).slice(-40);
      const suffix = between(range.endContainer, range.endOffset, text, text.childNodes.length).slice(0, 40);
      return { turn, paragraphs, prefix, suffix };
    };

    const linkTo = ({ turn, paragraphs, prefix, suffix }) => {
      const asked = new URLSearchParams();
      for (const [name, value] of [["quote", paragraphs.join(" ")], ["prefix", prefix], ["suffix", suffix], ["v", transcript.dataset.version]]) {
        if (value) asked.set(name, value);
      }
      return new URL(`a/${turn.id}?${asked.toString().replaceAll("+", "%20")}`, new URL(document.querySelector(".wordmark").getAttribute("href"), origin)).href;
    };
    const attributed = ({ turn }) => {
      const by = turn.dataset.by || turn.querySelector(".turn-label")?.textContent.trim();
      return `${by}, ${transcript.dataset.in}`;
    };
    const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
    const version = `version ${transcript.dataset.version}`;
    const forms = {
      "Copy link to quote": (chosen) => [linkTo(chosen)],
      "Copy quote": (chosen) => {
        const link = linkTo(chosen);
        const said = chosen.paragraphs.map((each) => `<p>${escaped(each)}</p>`).join("");
        return [
          `“${chosen.paragraphs.join("\n\n")}”\n— ${attributed(chosen)}, ${version}\n${link}`,
          `<blockquote cite="${escaped(link)}">${said}</blockquote><p>— ${escaped(attributed(chosen))}, <a href="${escaped(link)}">${version}</a></p>`,
        ];
      },
      "as Markdown": (chosen) => [
        `${chosen.paragraphs.map((each) => `> ${each}`).join("\n>\n")}\n>\n> — ${attributed(chosen)}, [${version}](${linkTo(chosen)})`,
      ],
    };

    const bar = make("div", { className: "quoting", hidden: true });
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "The selected words");
    const refusal = make("p", { hidden: true });
    bar.append(refusal);
    let chosen = null;
    const made = Object.entries(forms).map(([name, form]) => {
      const [each, label] = button(name);
      each.addEventListener("click", async () => {
        const done = chosen && (await copy(...form(chosen)));
        label.textContent = done ? "Copied" : "Not copied";
        say(done ? "It is copied." : "It could not be copied.");
        setTimeout(() => { label.textContent = name; }, 2500);
      });
      bar.append(each);
      return each;
    });
    document.querySelector("main").append(bar);
    let waiting = 0;
    document.addEventListener("selectionchange", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        if (bar.contains(document.activeElement)) return;
        const found = selected();
        chosen = found && !found.refused ? found : null;
        refusal.textContent = found?.refused ?? "";
        refusal.hidden = !found?.refused;
        for (const each of made) each.hidden = !chosen;
        bar.hidden = !found;
      }, 150);
    });
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
