/** One phone: the chat of one person with the bot. What changes is put in its place; nothing else moves. */

import { act } from "./api.js";
import { composer } from "./composer.js";
import { dayKey, clockTime, separator } from "./time.js";
import { fill, icon, ICONS, initial, make, onceFor } from "./dom.js";
import { bubble } from "./message.js";
import { keptAtEnd } from "./scroll.js";
import { markRead, nameOf, now, on, state, tell, unread } from "./store.js";
import { waitingTaps } from "./taps.js";
import { showAlert } from "./viewer.js";
import { say } from "./words.js";

const TOAST_MS = 3500;

/** @typedef {{link: (person: number, url: string) => void, picture: (person: number, source: string, name: string) => void}} World */

/** @param {World} world */
export function phone(world) {
  let person = 0;
  /** @type {Map<number, {message: any, element: HTMLElement}>} */
  const shown = new Map();
  const fresh = onceFor();

  const owner = make("h2", { class: "owner" });
  const bar = make("div", { class: "phone-bar", "aria-hidden": "true" });
  const avatar = make("span", { class: "avatar", "aria-hidden": "true" });
  const status = make("span", { class: "status" });
  const title = make("span", { class: "name", dir: "auto" });
  const entries = make("div", { class: "entries" });
  const log = make("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" }, entries);
  const down = make("button", { class: "round down", type: "button", hidden: true, onclick: () => end.toEnd(true) });
  const toast = make("div", { class: "toast", role: "status", hidden: true });
  const more = make("details", { class: "more" });
  const foot = composer({ person: () => person, refused: line });
  const element = make("section", { class: "phone" }, owner, make("div", { class: "frame" }, bar,
    make("div", { class: "top" }, avatar, make("div", { class: "who" }, title, status), more),
    make("div", { class: "middle" }, log, down, toast), foot.element));
  const end = keptAtEnd(log, entries, seen);
  const taps = waitingTaps({ line, dialog: showAlert, answerOf: (query) => state.chats.get(person)?.taps.get(query) });

  document.addEventListener("click", (event) => { if (!more.contains(/** @type {Node} */ (event.target))) more.open = false; });
  more.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => { if (event.key === "Escape") more.open = false; });
  on("chat", (event) => event.id === person && refresh(event));
  on("bot", heading);
  on("people", () => { heading(); empty(); foot.refresh(state.chats.get(person)); });
  on("clock", days);

  /** @param {number} id */
  function show(id) {
    if (id === person) return;
    foot.leave();
    person = id;
    foot.enter();
    anew();
  }

  /** Everything again: another person, another language. */
  function anew() {
    shown.clear();
    taps.clear();
    fill(entries);
    refresh({ taps: [], gone: [] });
    end.toEnd(false);
  }

  /** @param {any} event */
  function refresh(event) {
    const chat = state.chats.get(person);
    for (const [id, message] of chat?.messages ?? []) put(chat, id, message);
    for (const id of [...shown.keys()]) if (!chat?.messages.has(id)) drop(id);
    for (const tap of event.taps) taps.answered(tap);
    days();
    heading();
    empty();
    foot.refresh(chat);
    seen();
  }

  /** @param {any} chat @param {number} id @param {any} message */
  function put(chat, id, message) {
    const known = shown.get(id);
    if (known?.message === message) return;
    const element = bubble(chat, message, acts);
    if (known) replace(known.element, element);
    else entries.append(element);
    shown.set(id, { message, element });
  }

  /** Whoever works with the keyboard stays at the same place of the card. @param {HTMLElement} old @param {HTMLElement} element */
  function replace(old, element) {
    const at = [...old.querySelectorAll(".key")].indexOf(/** @type {Element} */ (document.activeElement));
    old.replaceWith(element);
    if (at < 0) return;
    const keys = /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll(".key"));
    (keys[at] ?? keys[0] ?? log).focus({ preventScroll: true });
  }

  /** @param {number} id */
  function drop(id) {
    shown.get(id)?.element.remove();
    shown.delete(id);
  }

  /** A day's first message stands below its date. */
  function days() {
    const today = now();
    const all = [...shown.values()].map((one) => ({ ...one, day: dayKey(new Date(one.message.date)) }));
    const key = [dayKey(today), ...all.map((one) => `${one.message.message_id} ${one.day}`)];
    fresh("days", key, () => {
      for (const old of entries.querySelectorAll(".day")) old.remove();
      all.forEach((one, at) => {
        if (at && all[at - 1]?.day === one.day) return;
        one.element.before(make("p", { class: "day" }, separator(new Date(one.message.date), today)));
      });
    });
    bar.textContent = clockTime(today);
  }

  const acts = {
    command: (/** @type {string} */ text) => send("text", { text }),
    link: (/** @type {string} */ url) => world.link(person, url),
    edit: (/** @type {any} */ message) => foot.edit(message),
    picture: (/** @type {string} */ source, /** @type {string} */ name) => world.picture(person, source, name),
    /** @param {any} message @param {{data: string} | {button: string}} pressed @param {HTMLElement} button */
    async tap(message, pressed, button) {
      button.classList.add("waiting");
      const done = await send("tap", { message_id: message.message_id, ...pressed });
      if (done?.query_id) taps.wait(done.query_id, button);
      else button.classList.remove("waiting");
    },
  };

  /** @param {string} what @param {any} body */
  async function send(what, body) {
    try {
      return await act(person, what, body);
    } catch (refused) {
      line(/** @type {Error} */ (refused).message);
      return null;
    }
  }

  /** @param {string} text */
  function line(text) {
    fill(toast, text);
    toast.hidden = false;
    clearTimeout(Number(toast.dataset.timer));
    toast.dataset.timer = String(setTimeout(() => { toast.hidden = true; }, TOAST_MS));
  }

  function heading() {
    const name = nameOf(person);
    const role = state.people.get(person)?.role ?? "";
    const bot = state.bot.name && state.bot.name !== "Simulator" ? state.bot.name : state.bot.username ? `@${state.bot.username}` : say("bot");
    fresh("heading", [name, role, bot], () => {
      fill(owner, make("span", { dir: "auto" }, name), role ? " " : "", role ? make("small", {}, say(role)) : "");
      element.setAttribute("aria-label", say("phoneOf", name));
      element.dataset.person = String(person);
      fill(title, bot);
      fill(avatar, initial(bot.replace("@", "")));
      log.setAttribute("aria-label", say("chatOf", name));
    });
    doing();
    options();
  }

  function doing() {
    const chat = state.chats.get(person);
    const typing = (chat?.actionUntil ?? 0) > performance.now();
    const dots = typing ? make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i")) : "";
    const text = chat?.deactivated ? say("gone") : chat?.blocked ? say("blocked") : typing ? say("typing") : say("bot");
    fresh("doing", [text], () => fill(status, text, dots));
    status.classList.toggle("typing", typing);
    if (typing) setTimeout(doing, 500);
  }

  function options() {
    const blocked = Boolean(state.chats.get(person)?.blocked);
    fresh("options", [blocked], () => {
      const flip = () => { more.open = false; send(blocked ? "unblock" : "block", {}); };
      fill(more, make("summary", { class: "round", "aria-label": say("options") }, icon(ICONS.more)),
        make("div", { class: "menu" }, make("button", { type: "button", onclick: flip }, say(blocked ? "unblock" : "block"))));
    });
  }

  /** What Telegram shows before the first message: what this bot is for. */
  function empty() {
    entries.querySelector(".before")?.remove();
    if (shown.size || !state.people.has(person)) return;
    entries.append(make("p", { class: "before" }, state.bot.description || say("beforeStart")));
  }

  function seen() {
    const visible = log.clientHeight > 0 && !document.hidden;
    if (visible && end.atEnd() && markRead(person)) tell({ kind: "read", id: person });
    const waiting = unread(person);
    down.hidden = end.atEnd();
    fresh("down", [waiting], () => fill(down, icon(ICONS.down), waiting ? make("span", { class: "badge" }, String(waiting)) : ""));
    down.setAttribute("aria-label", waiting ? `${say("down")}, ${say("unread", waiting)}` : say("down"));
  }

  return { element, show, seen, person: () => person, relabel: anew };
}
