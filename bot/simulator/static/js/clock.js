/** The clock bar: what time it is in the simulator, and jumps. `report.js` says what happened on the way. */

import { advance } from "./api.js";
import { fill, icon, ICONS, make } from "./dom.js";
import { jumpReport } from "./report.js";
import { newestMessage, now, on, state, tell } from "./store.js";
import { clockTime, longDay, shortDay, zoneName } from "./time.js";
import { say } from "./words.js";

const JUMPS = [["hour", { seconds: 3600 }], ["day", { seconds: 86400 }], ["morning", { preset: "next_working_morning" }], ["ninety", { seconds: 90 * 86400 }]];
const STREAM_MS = 400; // the stream tells of the last messages a little after the jump has ended
const NOTICED_MS = 250; // shorter jumps are not shown as one: the clock of a tour steps on by itself
const TOLD_FROM_MS = 3600000; // jumps of others are reported from an hour on

/** @param {HTMLElement} place @param {HTMLElement} board of the report @param {(id: number) => void} choose */
export function clockBar(place, board, choose) {
  const time = make("time", {});
  const buttons = JUMPS.map(([name, target]) => make("button", { type: "button", data: { jump: name }, onclick: () => jump(target) }));
  const label = make("span", {});
  const fold = make("details", { class: "fold" }, make("summary", {}, icon(ICONS.jump), label));
  const jumps = make("div", { class: "jumps" }, ...buttons);
  const report = jumpReport(board, choose);
  /** @type {{before: number, from: number, ours: boolean} | null} */ let under = null;
  let still = 0;

  fill(place, time, fold, jumps);
  fold.addEventListener("toggle", () => place.classList.toggle("unfolded", fold.open));
  on("clock", follow);
  setInterval(tick, 1000);
  draw();

  function draw() {
    place.setAttribute("aria-label", say("clock"));
    fill(label, say("jump"));
    buttons.forEach((button, at) => fill(button, say(/** @type {string} */ (JUMPS[at]?.[0]))));
    tick();
  }

  function tick() {
    const at = now();
    fill(time, make("strong", {}, clockTime(at)), " ", make("abbr", {}, zoneName()), make("span", { class: "date long" }, longDay(at)), make("span", { class: "date short" }, shortDay(at)));
    time.setAttribute("datetime", at.toISOString());
    tell({ kind: "tick" });
  }

  /** Whoever began it, the stream says when the clock is on its way and when it has arrived. */
  function follow() {
    tick();
    const { jumping, now: at } = state.clock;
    if (jumping && !under) begin(false);
    if (jumping && under && !under.ours && at.getTime() - under.from >= TOLD_FROM_MS) report.onItsWay();
    if (!jumping && under && !under.ours) arrived(at.getTime());
    if (!jumping) still = at.getTime();
  }

  /** @param {boolean} ours */
  function begin(ours) {
    const mine = { before: newestMessage(), from: still || now().getTime(), ours };
    under = mine;
    setTimeout(() => {
      if (under !== mine) return;
      busy(true);
      if (ours) report.onItsWay();
    }, NOTICED_MS);
  }

  /** @param {number} at */
  function arrived(at) {
    const done = under;
    under = null;
    busy(false);
    if (!done) return;
    const passed = at - done.from;
    setTimeout(() => (done.ours || passed >= TOLD_FROM_MS) && report.happened(done.before, done.ours), STREAM_MS);
  }

  /** @param {boolean} is */
  function busy(is) {
    place.classList.toggle("busy", is);
    place.setAttribute("aria-busy", String(is));
    for (const button of buttons) button.setAttribute("aria-disabled", String(is)); // not `disabled`: that would lose the focus
  }

  /** @param {any} target */
  async function jump(target) {
    if (under) return;
    fold.open = false;
    begin(true);
    report.close();
    try {
      still = new Date((await advance(target)).now).getTime();
      arrived(still);
    } catch (refused) {
      under = null;
      busy(false);
      report.refused(/** @type {Error} */ (refused).message);
    }
  }

  return { draw };
}
