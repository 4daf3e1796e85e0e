/** The clock bar: what time it is in the simulator, jumps, and what happened on the way. */

import { advance } from "./api.js";
import { fill, icon, ICONS, make } from "./dom.js";
import { nameOf, newestMessage, now, on, state } from "./store.js";
import { clockTime, longDay, shortDay, zoneName } from "./time.js";
import { say } from "./words.js";

const JUMPS = [["hour", { seconds: 3600 }], ["day", { seconds: 86400 }], ["morning", { preset: "next_working_morning" }], ["ninety", { seconds: 90 * 86400 }]];
const MOST_NAMES = 6;
const STREAM_MS = 400; // the stream tells of the last messages a little after the jump has ended

/** @param {HTMLElement} place @param {HTMLElement} report @param {(id: number) => void} choose */
export function clockBar(place, report, choose) {
  const time = make("time", {});
  const buttons = make("div", { class: "jumps" });
  fill(place, time, buttons);
  on("clock", draw);
  setInterval(tick, 1000);
  draw();

  function draw() {
    place.setAttribute("aria-label", say("clock"));
    tick();
    const busy = state.clock.jumping;
    fill(buttons, ...JUMPS.map(([name, target]) => make("button", { type: "button", disabled: busy, data: { jump: name }, onclick: () => jump(target) }, say(/** @type {string} */ (name)))));
    place.classList.toggle("busy", busy);
    place.setAttribute("aria-busy", String(busy));
  }

  function tick() {
    const at = now();
    fill(time, make("strong", {}, clockTime(at)), " ", make("abbr", {}, zoneName()), make("span", { class: "date" }, longDay(at)));
    time.setAttribute("datetime", at.toISOString());
  }

  /** @param {any} target */
  async function jump(target) {
    const before = newestMessage();
    announce(make("p", { role: "status" }, make("span", { class: "spinner", "aria-hidden": "true" }), say("jumping")));
    try {
      await advance(target);
      setTimeout(() => announce(...happened(before)), STREAM_MS);
    } catch (refused) {
      announce(make("p", { role: "alert" }, `${say("refused")} ${/** @type {Error} */ (refused).message}`), closing());
    }
  }

  /** @param {...Node} content */
  function announce(...content) {
    report.hidden = false;
    report.setAttribute("aria-label", say("happened"));
    fill(report, ...content);
  }

  function closing() {
    return make("button", { class: "round close", type: "button", "aria-label": say("close"), onclick: () => { report.hidden = true; } }, icon(ICONS.close));
  }

  /** @param {number} before the newest message when the jump began */
  function happened(before) {
    /** @type {Map<string, {at: Date, people: Map<number, number>}>} */
    const moments = new Map();
    for (const chat of state.chats.values()) {
      for (const message of chat.messages.values()) {
        if (message.message_id <= before || !message.from_bot) continue;
        const moment = moments.get(message.date) ?? { at: new Date(message.date), people: new Map() };
        moment.people.set(chat.id, (moment.people.get(chat.id) ?? 0) + 1);
        moments.set(message.date, moment);
      }
    }
    const rows = [...moments.values()].sort((a, b) => a.at.getTime() - b.at.getTime()).map(row);
    const title = make("h2", {}, say("happened"));
    return [title, closing(), rows.length ? make("ol", {}, ...rows) : make("p", {}, say("nothing"))];
  }

  /** @param {{at: Date, people: Map<number, number>}} moment */
  function row({ at, people }) {
    const total = [...people.values()].reduce((sum, count) => sum + count, 0);
    const ids = [...people.keys()];
    const names = ids.slice(0, MOST_NAMES).map((id) => make("button", { type: "button", class: "link", onclick: () => choose(id) }, nameOf(id)));
    const left = ids.length - names.length;
    return make("li", {}, make("time", { datetime: at.toISOString() }, `${shortDay(at)} ${clockTime(at)}`),
      make("span", { class: "count" }, say("messages", total)), make("span", { class: "names" }, ...names, left > 0 ? say("more", left) : ""));
  }

  return { draw };
}
