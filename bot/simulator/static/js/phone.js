/** One phone: the chat of one person with the bot. Changes in place; the scroll position stays unless one was at the end. */

import { act } from "./api.js";
import { composer } from "./composer.js";
import { fill, icon, ICONS, make } from "./dom.js";
import { bubble } from "./message.js";
import { markRead, nameOf, now, on, state, tell } from "./store.js";
import { dayKey, separator } from "./time.js";
import { showAlert } from "./viewer.js";
import { say } from "./words.js";

const NEAR_END = 60; // pixels
const TOAST_MS = 3500;

/** @typedef {{link: (person: number, url: string) => void, picture: (person: number, source: string, name: string) => void}} World */

/** @param {World} world */
export function phone(world) {
  let person = 0;
  /** @type {Map<number, {message: any, element: HTMLElement}>} */
  const shown = new Map();
  /** @type {Map<string, HTMLElement>} */
  const waiting = new Map();

  const owner = make("h2", { class: "owner" });
  const status = make("span", { class: "status" });
  const title = make("span", { class: "name" });
  const log = make("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0" });
  const down = make("button", { class: "round down", type: "button", hidden: true, onclick: () => toEnd(true) }, icon(ICONS.down));
  const toast = make("div", { class: "toast", role: "status", hidden: true });
  const more = make("details", { class: "more" });
  const foot = composer({ person: () => person, refused: say_ });
  const frame = make("div", { class: "frame" },
    make("div", { class: "top" }, make("span", { class: "avatar", "aria-hidden": "true" }), make("div", { class: "who" }, title, status), more),
    make("div", { class: "middle" }, log, down, toast), foot.element);
  const element = make("section", { class: "phone" }, owner, frame);

  log.addEventListener("scroll", seen, { passive: true });
  on("chat", (event) => event.id === person && refresh(event));
  on("bot", heading);
  on("people", () => { heading(); foot.refresh(state.chats.get(person)); });

  /** @param {number} id */
  function show(id) {
    if (id === person && shown.size) return;
    person = id;
    shown.clear();
    waiting.clear();
    fill(log);
    foot.reset();
    heading();
    refresh({ taps: [], gone: [] });
    toEnd(false);
  }

  /** @param {any} event */
  function refresh(event) {
    const chat = state.chats.get(person);
    const follow = atEnd();
    for (const id of event.gone) drop(id);
    for (const [id, message] of [...(chat?.messages ?? [])].sort(([a], [b]) => a - b)) put(chat, id, message);
    for (const id of shown.keys()) if (!chat?.messages.has(id)) drop(id);
    log.classList.toggle("bare", !shown.size);
    for (const tap of event.taps) answered(tap);
    heading();
    foot.refresh(chat);
    if (follow) toEnd(false);
    seen();
  }

  /** @param {any} chat @param {number} id @param {any} message */
  function put(chat, id, message) {
    const known = shown.get(id);
    if (known?.message === message) return;
    const element = bubble(chat, message, acts);
    if (known) known.element.replaceChild(element, /** @type {Node} */ (known.element.lastElementChild));
    else log.append(wrapped(element, message));
    shown.set(id, { message, element: known?.element ?? /** @type {HTMLElement} */ (log.lastElementChild) });
  }

  /** A day's first message carries the day. @param {HTMLElement} element @param {any} message */
  function wrapped(element, message) {
    const date = new Date(message.date);
    const before = [...shown.values()].at(-1)?.message.date;
    const first = !before || dayKey(new Date(before)) !== dayKey(date);
    return make("div", { class: "entry" }, first && make("p", { class: "day" }, separator(date, now())), element);
  }

  /** @param {number} id */
  function drop(id) {
    shown.get(id)?.element.remove();
    shown.delete(id);
  }

  const acts = {
    command: (/** @type {string} */ text) => send("text", { text }),
    link: (/** @type {string} */ url) => world.link(person, url),
    edit: (/** @type {any} */ message) => foot.edit(message),
    picture: (/** @type {string} */ source, /** @type {string} */ name) => world.picture(person, source, name),
    /** @param {any} message @param {number} row @param {number} column @param {HTMLElement} button */
    async tap(message, row, column, button) {
      button.classList.add("waiting");
      const done = await send("tap", { message_id: message.message_id, row, column });
      if (done?.query_id) waiting.set(done.query_id, button);
      else button.classList.remove("waiting");
    },
  };

  /** @param {string} what @param {any} body */
  async function send(what, body) {
    try {
      return await act(person, what, body);
    } catch (refused) {
      say_(/** @type {Error} */ (refused).message);
      return null;
    }
  }

  /** @param {any} tap */
  function answered(tap) {
    if (!tap.answered) return;
    waiting.get(tap.query_id)?.classList.remove("waiting");
    const ours = waiting.delete(tap.query_id);
    if (ours && tap.text) (tap.alert ? showAlert : say_)(tap.text);
  }

  /** @param {string} text */
  function say_(text) {
    fill(toast, text);
    toast.hidden = false;
    clearTimeout(Number(toast.dataset.timer));
    toast.dataset.timer = String(setTimeout(() => { toast.hidden = true; }, TOAST_MS));
  }

  function heading() {
    const name = nameOf(person);
    const one = state.people.get(person);
    fill(owner, name, one?.role ? make("small", {}, say(one.role)) : "");
    element.setAttribute("aria-label", say("phoneOf", name));
    element.dataset.person = String(person);
    fill(title, state.bot.name && state.bot.name !== "Simulator" ? state.bot.name : state.bot.username ? `@${state.bot.username}` : say("bot"));
    fill(/** @type {HTMLElement} */ (frame.querySelector(".avatar")), (state.bot.username || "b").slice(0, 1).toUpperCase());
    status_();
    options();
  }

  function status_() {
    const chat = state.chats.get(person);
    const typing = (chat?.actionUntil ?? 0) > performance.now();
    fill(status, chat?.deactivated ? say("gone") : chat?.blocked ? say("blocked") : typing ? say("typing") : say("bot"));
    status.classList.toggle("typing", typing);
    if (typing) setTimeout(status_, 500);
  }

  function options() {
    const blocked = state.chats.get(person)?.blocked;
    const flip = () => { more.open = false; send(blocked ? "unblock" : "block", {}); };
    fill(more, make("summary", { class: "round", "aria-label": say("options") }, icon(ICONS.more)),
      make("div", { class: "menu" }, make("button", { type: "button", onclick: flip }, say(blocked ? "unblock" : "block"))));
    down.setAttribute("aria-label", say("down"));
  }

  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;

  /** @param {boolean} smooth */
  function toEnd(smooth) {
    log.scrollTo({ top: log.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    seen();
  }

  function seen() {
    down.hidden = atEnd();
    const visible = element.offsetParent !== null && atEnd() && !document.hidden;
    if (visible && markRead(person)) tell({ kind: "read", id: person });
  }

  return { element, show, seen, person: () => person, relabel: () => { shown.clear(); fill(log); refresh({ taps: [], gone: [] }); toEnd(false); } };
}
