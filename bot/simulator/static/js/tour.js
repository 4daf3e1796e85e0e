/** The guided panel: steps that tick themselves off, actions to press, what is running. */

import { press } from "./api.js";
import { fill, icon, ICONS, make } from "./dom.js";
import { on, state } from "./store.js";
import { say } from "./words.js";

/** @param {HTMLElement} place @param {(id: number) => void} choose */
export function tourPanel(place, choose) {
  let wrong = "";
  on("tour", () => { wrong = ""; draw(); });

  function draw() {
    const tour = state.tour;
    place.hidden = !tour;
    document.body.classList.toggle("guided", Boolean(tour));
    if (!tour) return;
    place.setAttribute("aria-label", say("tour"));
    const done = tour.steps.filter((/** @type {any} */ one) => one.done).length;
    const next = tour.steps.find((/** @type {any} */ one) => !one.done);
    fill(place, make("h2", {}, tour.title), tour.intro ? make("p", { class: "intro" }, tour.intro) : "",
      make("progress", { max: tour.steps.length, value: done, "aria-label": say("of", done, tour.steps.length) }),
      make("ol", { class: "steps" }, ...tour.steps.map((/** @type {any} */ one) => step(one, one === next, tour))),
      make("div", { class: "actions" }, ...tour.actions.map((/** @type {any} */ one) => action(one, tour))),
      make("p", { class: "progress", role: "status" }, wrong || tour.progress.text));
  }

  /** @param {any} one @param {boolean} next @param {any} tour */
  function step(one, next, tour) {
    const offered = one.action && !one.done && tour.actions.find((/** @type {any} */ found) => found.name === one.action);
    return make("li", { class: one.done ? "done" : next ? "next" : "", data: { step: one.id } },
      make("span", { class: "tick", "aria-hidden": "true" }, one.done ? icon(ICONS.check) : ""),
      make("div", {}, make("strong", {}, one.title, one.done && make("span", { class: "only-read-aloud" }, ` (${say("done")})`)),
        make("p", {}, one.done && one.note ? one.note : one.text),
        !one.done && one.person ? make("button", { type: "button", class: "link", onclick: () => choose(one.person) }, say("show")) : "",
        offered ? action(offered, tour, "link") : ""));
  }

  /** @param {any} one @param {any} tour @param {string} [look] */
  function action(one, tour, look = "main") {
    return make("button", { type: "button", class: look, title: one.text, disabled: Boolean(tour.progress.action), data: { action: one.name }, onclick: () => begin(one.name) }, one.label);
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
