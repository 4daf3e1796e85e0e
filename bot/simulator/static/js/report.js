/** What happened during a jump: when, how many messages, to whom; a name opens the chat. */

import { fill, icon, ICONS, make } from "./dom.js";
import { nameOf, state } from "./store.js";
import { clockTime, shortDay } from "./time.js";
import { say } from "./words.js";

const MOST_NAMES = 6;

/** @typedef {{at: Date, people: Map<number, number>, first: string}} Moment */

/** @param {HTMLElement} place @param {(id: number) => void} choose */
export function jumpReport(place, choose) {
  place.addEventListener("keydown", (event) => event.key === "Escape" && close());

  /** @param {...Node} content */
  function announce(...content) {
    place.hidden = false;
    place.setAttribute("aria-label", say("happened"));
    fill(place, ...content);
  }

  function close() {
    place.hidden = true;
  }

  function closing() {
    return make("button", { class: "round close", type: "button", "aria-label": say("close"), onclick: close }, icon(ICONS.close));
  }

  function onItsWay() {
    announce(make("p", { role: "status" }, make("span", { class: "spinner", "aria-hidden": "true" }), say("jumping")));
  }

  /** @param {string} sentence */
  function refused(sentence) {
    announce(make("p", { role: "alert" }, `${say("refused")} ${sentence}`), closing());
  }

  /** @param {number} before the newest message when the jump began @param {boolean} ours somebody waits to hear that nothing came */
  function happened(before, ours) {
    const moments = momentsSince(before);
    if (!moments.length && !ours) return close();
    const total = moments.reduce((sum, one) => sum + count(one), 0);
    const summary = moments.length ? say("messages", total) : say("nothing");
    return announce(make("h2", {}, say("happened")), make("p", { class: "total", role: "status" }, summary), closing(),
      make("ol", {}, ...moments.map(row)));
  }

  /** @param {Moment} moment */
  function row(moment) {
    const ids = [...moment.people.keys()];
    const names = ids.slice(0, MOST_NAMES).map((id) => make("button", { type: "button", class: "link", onclick: () => open(id) }, nameOf(id)));
    const left = ids.length - names.length;
    return make("li", {}, make("time", { datetime: moment.at.toISOString() }, `${shortDay(moment.at)}, ${clockTime(moment.at)}`),
      make("span", { class: "count" }, say("messages", count(moment))),
      make("div", { class: "names" }, ...names, left > 0 ? make("span", {}, say("more", left)) : ""),
      make("p", { class: "first" }, moment.first));
  }

  /** The list stays while it lies beside the phones; where there is room for one thing only, the chat comes. @param {number} id */
  function open(id) {
    if (matchMedia("(max-width: 760px)").matches) close();
    choose(id);
  }

  return { onItsWay, refused, happened, close };
}

/** @param {number} before @returns {Moment[]} */
function momentsSince(before) {
  /** @type {Map<string, Moment>} */
  const moments = new Map();
  for (const chat of state.chats.values()) {
    for (const message of chat.messages.values()) {
      if (message.message_id <= before || !message.from_bot) continue;
      const moment = moments.get(message.date) ?? { at: new Date(message.date), people: new Map(), first: beginning(message) };
      moment.people.set(chat.id, (moment.people.get(chat.id) ?? 0) + 1);
      moments.set(message.date, moment);
    }
  }
  return [...moments.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** @param {Moment} moment */
const count = (moment) => [...moment.people.values()].reduce((sum, one) => sum + one, 0);

/** The first line of a message, or what it is. @param {any} message */
const beginning = (message) => message.text.trim().split("\n")[0] || say(message.kind);
