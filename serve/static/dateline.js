// Dateline's pages work without this. It makes them quicker: keys, a preview
// that changes without loading the page, live counts.
"use strict";
(() => {
  const $ = (selector) => document.querySelector(selector);
  const keysOff = () => localStorage.getItem("keys") === "off";

  // A note on a mark goes away with Escape, without moving the pointer.
  const note = (on) => document.documentElement.classList.toggle("calm", !on);
  document.addEventListener("mouseover", (e) => e.target.closest?.("[data-note]") && note(true));
  document.addEventListener("focusin", (e) => e.target.closest?.("[data-note]") && note(true));

  // Keys.
  const dialog = $("#keys");
  const toggle = dialog?.querySelector("[data-action=toggle-keys]");
  if (toggle) {
    toggle.checked = !keysOff();
    toggle.addEventListener("change", () => localStorage.setItem("keys", toggle.checked ? "on" : "off"));
  }
  document.querySelectorAll("[data-action=keys]").forEach((a) => a.addEventListener("click", (e) => {
    e.preventDefault();
    dialog.showModal();
  }));
  const typing = (t) => t.closest("input, textarea, select, dialog[open]") || t.isContentEditable;
  const keys = {
    "/": () => { $("#q")?.focus(); $("#q")?.select(); },
    "j": () => move(1),
    "k": () => move(-1),
    "s": () => $("[data-action=save]")?.click(),
    "?": () => dialog?.showModal(),
  };
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") note(false);
    if (e.ctrlKey || e.metaKey || e.altKey || keysOff() || typing(e.target) || !keys[e.key]) return;
    e.preventDefault();
    keys[e.key]();
  });

  // The list and its preview.
  const results = [...document.querySelectorAll(".result")];
  const preview = $("#preview");
  let at = -1;
  function move(step) {
    const to = Math.min(Math.max(at + step, 0), results.length - 1);
    if (to === at || !results.length) return;
    results[to].querySelector("h2 a").focus();
  }
  let asked;
  async function show(result) {
    results.forEach((r) => r.classList.toggle("shown", r === result));
    if (!preview?.offsetParent) return; // not shown in a narrow window
    asked?.abort();
    asked = new AbortController();
    const page = new URL(result.querySelector("h2 a").href);
    page.searchParams.set("part", "preview");
    try {
      const answer = await fetch(page, { signal: asked.signal });
      if (!answer.ok) return;
      const made = new DOMParser().parseFromString(await answer.text(), "text/html");
      preview.replaceChildren(...made.body.childNodes);
      preview.scrollTop = 0;
      const here = new URL(location);
      here.searchParams.set("open", result.dataset.report);
      here.hash = "";
      history.replaceState(null, "", here);
    } catch (e) {
      if (e.name !== "AbortError") preview.replaceChildren("The preview could not be loaded; open the report.");
    }
  }
  results.forEach((result, i) => {
    result.querySelector("h2 a").addEventListener("focus", () => {
      if (at === i) return;
      at = i;
      show(result);
    });
    result.querySelector(".look")?.addEventListener("click", (e) => {
      e.preventDefault();
      at = i;
      show(result);
    });
  });

  // Live: what arrives is counted until the reader wants it, or pauses.
  const live = $("[data-live]");
  if (live && window.EventSource) {
    const said = live.querySelector("[data-live-text]");
    const button = live.querySelector("button");
    let source, count = 0;
    const tell = () => {
      said.textContent = count ? count + (count === 1 ? " new report" : " new reports") : "Live";
      live.querySelector("a").hidden = !count;
    };
    const start = () => {
      source = new EventSource(live.dataset.live);
      source.addEventListener("report", () => { count++; tell(); });
      source.addEventListener("error", () => { said.textContent = "Waiting for the server"; });
      source.addEventListener("open", tell);
      button.textContent = "Pause";
    };
    button.addEventListener("click", () => {
      if (source) {
        source.close();
        source = null;
        said.textContent = "Paused";
        button.textContent = "Go on";
      } else start();
    });
    live.hidden = false;
    start();
    addEventListener("pagehide", () => source?.close());
  }
})();
