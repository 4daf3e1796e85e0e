/** The guided panel: steps that tick themselves off, actions to press, what is running. On a small screen a sheet over the phone. */

import { press } from "./api.js";
import { fill, icon, ICONS, make } from "./dom.js";
import { on, state } from "./store.js";
import { say } from "./words.js";

const LINK = /((?:https?:\/\/)?t\.me\/[\w/?=-]+)/;

/** @param {HTMLElement} place @param {{choose: (id: number) => void, follow: (person: number, url: string) => void, fold: () => void}} page */
export function tourPanel(place, page) {
  let wrong = "";
  let shown = "";
  on("tour", () => { wrong = ""; draw(); });

  function draw() {
    const tour = state.tour;
    place.hidden = !tour;
    document.body.classList.toggle("guided", Boolean(tour));
    if (!tour) return;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.focus;
    place.setAttribute("aria-label", say("tour"));
    const next = nextStep(tour);
    fill(place, head(tour), tour.intro ? make("p", { class: "intro" }, tour.intro) : "",
      make("ol", { class: "steps" }, ...tour.steps.map((/** @type {any} */ one) => step(one, one === next, tour))),
      make("div", { class: "actions" }, ...tour.actions.map((/** @type {any} */ one) => action(one, tour, "main", "all"))),
      make("p", { class: tour.progress.action ? "progress running" : "progress", role: "status" },
        tour.progress.action ? make("span", { class: "spinner", "aria-hidden": "true" }) : "", wrong || tour.progress.text));
    if (next && next.id !== shown) place.querySelector(".next")?.scrollIntoView({ block: "nearest" });
    shown = next?.id ?? "";
    if (focused) /** @type {HTMLElement | null} */ (place.querySelector(`[data-focus="${focused}"]`))?.focus({ preventScroll: true });
  }

  /** @param {any} tour */
  function head(tour) {
    const done = tour.steps.filter((/** @type {any} */ one) => one.done).length;
    return make("div", { class: "head" }, make("h2", {}, tour.title),
      make("button", { type: "button", class: "round fold-tour", "aria-label": say("hideTour"), title: say("hideTour"), data: { focus: "fold" }, onclick: page.fold }, icon(ICONS.close)),
      make("div", { class: "so-far" }, make("progress", { max: tour.steps.length, value: done, "aria-label": say("tour") }), make("span", {}, say("of", done, tour.steps.length))));
  }

  /** @param {any} one @param {boolean} next @param {any} tour */
  function step(one, next, tour) {
    const offered = one.action && !one.done && tour.actions.find((/** @type {any} */ found) => found.name === one.action);
    const looked = !one.done && one.person > 0 && make("button", { type: "button", class: "link", data: { focus: `show-${one.id}` }, onclick: () => page.choose(one.person) }, say("show"));
    return make("li", { class: one.done ? "done" : next ? "next" : "", "aria-current": next ? "step" : null, data: { step: one.id } },
      make("span", { class: "tick", "aria-hidden": "true" }, one.done ? icon(ICONS.check) : ""),
      make("div", {}, make("strong", {}, one.title, one.done && make("span", { class: "only-read-aloud" }, ` (${say("done")})`)),
        make("p", {}, ...(one.done && one.note ? [one.note] : linked(one.text, one.person))),
        make("div", { class: "offers" }, looked, offered ? action(offered, tour, "link", one.id) : "")));
  }

  /** A link to the bot in a step's text is opened by whom the step is about. @param {string} text @param {number} person */
  function linked(text, person) {
    return text.split(LINK).map((part, at) => (at % 2 === 0 ? part : make("a", {
      href: part.startsWith("http") ? part : `https://${part}`, onclick: (/** @type {Event} */ event) => { event.preventDefault(); page.follow(person, part); },
    }, part)));
  }

  /** @param {any} one @param {any} tour @param {string} look @param {string} where */
  function action(one, tour, look, where) {
    const busy = Boolean(tour.progress.action);
    return make("button", {
      type: "button", class: look, title: one.text, disabled: busy, data: { action: one.name, focus: `${where}-${one.name}` }, onclick: () => begin(one.name),
    }, one.label);
  }

  /** @param {string} name */
  async function begin(name) {
    try {
      await press(name);
    } catch (refused) {
      wrong = /** @type {Error} */ (refused).message;
      draw();
    }
  }

  return { draw };
}

/** @param {any} tour */
export const nextStep = (tour) => tour.steps.find((/** @type {any} */ one) => !one.done);
