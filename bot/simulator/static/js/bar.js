/** The right end of the bar: light or dark, the language, the guide; and the line that says that the simulator is gone. */

import { fill, icon, ICONS, make } from "./dom.js";
import { on, state } from "./store.js";
import { current, say, switchLanguage } from "./words.js";

const SEEN_MS = 2500;

/** @param {HTMLElement} place @param {HTMLElement} line @param {{translated: () => void, unfold: () => void}} page */
export function barTools(place, line, page) {
  const guide = make("button", { class: "guide", type: "button", onclick: page.unfold });
  const light = make("button", { class: "round", type: "button", onclick: theme }, icon(ICONS.sun));
  const language = make("button", { class: "language", type: "button", onclick: translate });
  fill(place, guide, light, language);
  const saved = localStorage.getItem("theme");
  if (saved) document.documentElement.dataset.theme = saved;
  on("tour", draw);
  on("connection", connection);
  draw();

  function draw() {
    document.documentElement.lang = current();
    document.title = say("title");
    for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(/** @type {HTMLElement} */ (element).dataset.word ?? "");
    for (const [name, value] of [["title", say("theme")], ["aria-label", say("theme")]]) light.setAttribute(name, value);
    fill(language, say("language"));
    language.dataset.short = current() === "id" ? "EN" : "ID";
    language.lang = current() === "id" ? "en" : "id";
    const steps = state.tour?.steps ?? [];
    guide.hidden = !steps.length;
    fill(guide, icon(ICONS.guide), `${say("tour")} ${steps.filter((/** @type {any} */ one) => one.done).length}/${steps.length}`);
  }

  function translate() {
    switchLanguage();
    draw();
    page.translated();
  }

  function connection() {
    line.hidden = false;
    line.textContent = say(state.connected ? "online" : "offline");
    line.classList.toggle("good", state.connected);
    if (state.connected) setTimeout(() => { line.hidden = state.connected; }, SEEN_MS);
  }
}

function theme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
}
