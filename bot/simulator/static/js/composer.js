/** The foot of a phone: command menu, text field, attachments, reply keyboard, or the START button of an empty chat. */

import { act, sendFile } from "./api.js";
import { fill, icon, ICONS, make, onceFor } from "./dom.js";
import { state } from "./store.js";
import { say } from "./words.js";

const KINDS = { photo: "image/*", document: "", voice: "audio/*,.ogg,.oga" };

/** @param {{person: () => number, refused: (text: string) => void}} owner */
export function composer(owner) {
  /** @type {any} */ let edited = null;
  /** @type {Map<number, string>} what was begun on a phone that is put aside */ const drafts = new Map();
  const fresh = onceFor();
  const field = make("textarea", { rows: 1, class: "field", enterkeyhint: "send", dir: "auto" });
  const send = make("button", { class: "round send", type: "submit" }, icon(ICONS.send));
  const note = make("div", { class: "note", hidden: true });
  const keys = make("div", { class: "reply-keys", role: "group", hidden: true });
  const menu = make("details", { class: "commands" });
  const clip = make("details", { class: "clip" });
  const toggle = make("button", { class: "round toggle", type: "button", hidden: true, onclick: () => unfold(keys.hidden) }, icon(ICONS.keys));
  const form = make("form", { class: "compose" }, menu, field, toggle, clip, send);
  const start = make("button", { class: "start", type: "button", onclick: () => (start.dataset.act === "unblock" ? attempt("unblock", {}) : attempt("text", { text: "/start" })) });
  const element = make("div", { class: "foot" }, note, form, start, keys);

  form.addEventListener("submit", (/** @type {Event} */ event) => { event.preventDefault(); submit(); });
  field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
    if (event.key === "Escape" && edited) reset();
  });
  field.addEventListener("input", () => { grow(); suggest(); });
  field.addEventListener("paste", (/** @type {ClipboardEvent} */ event) => {
    const [file] = event.clipboardData?.files ?? [];
    if (!file) return;
    event.preventDefault();
    deliver(file.type.startsWith("image/") ? "photo" : "document", file);
  });

  /** @param {string} what @param {any} body */
  async function attempt(what, body) {
    try {
      await act(owner.person(), what, body);
      return true;
    } catch (refused) {
      owner.refused(/** @type {Error} */ (refused).message);
      return false;
    }
  }

  /** What is typed while this is on its way stays; what was refused comes back to whoever wrote it. */
  async function submit() {
    const [text, message, writer] = [field.value, edited, owner.person()];
    if (!text.trim()) return;
    reset();
    const done = message ? await attempt("edit", { message_id: message.message_id, text }) : await attempt("text", { text });
    if (!done && writer !== owner.person()) drafts.set(writer, text);
    if (done || field.value || writer !== owner.person()) return;
    field.value = text;
    grow();
  }

  function grow() {
    field.style.height = "auto";
    if (field.scrollHeight) field.style.height = `${Math.min(field.scrollHeight, 140)}px`; // 0 while hidden
  }

  function reset() {
    edited = null;
    field.value = "";
    note.hidden = true;
    grow();
    suggest();
  }

  /** Another phone is taken in hand: what was begun here waits. */
  function leave() {
    if (edited || !field.value) drafts.delete(owner.person());
    else drafts.set(owner.person(), field.value);
    reset();
  }

  function enter() {
    field.value = drafts.get(owner.person()) ?? "";
    grow();
  }

  /** @param {any} message */
  function edit(message) {
    edited = message;
    field.value = message.text;
    fill(note, icon(ICONS.pen), make("span", {}, say("editing")), make("button", { class: "round", type: "button", "aria-label": say("cancel"), onclick: reset }, icon(ICONS.close)));
    note.hidden = false;
    grow();
    field.focus();
  }

  /** @param {any} chat */
  function refresh(chat) {
    const known = state.people.has(owner.person());
    const empty = !chat || !chat.messages.size;
    form.hidden = !known || empty || chat.blocked || chat.deactivated;
    start.hidden = !known || !(empty || chat.blocked) || Boolean(chat?.deactivated);
    fill(start, say(chat?.blocked ? "unblock" : "start"));
    start.dataset.act = chat?.blocked ? "unblock" : "start";
    field.placeholder = chat?.reply_keyboard?.placeholder || say("write");
    field.setAttribute("aria-label", say("write"));
    send.setAttribute("aria-label", say("send"));
    fresh("commands", chat?.commands ?? [], () => commands(chat?.commands ?? []));
    fresh("attachments", [], attachments);
    const board = chat?.blocked ? null : chat?.reply_keyboard;
    fresh("keys", [owner.person(), board], () => replyKeys(board));
  }

  /** @param {any[]} found */
  function commands(found) {
    menu.hidden = !found.length;
    fill(menu, make("summary", { class: "round", "aria-label": say("commands") }, icon(ICONS.menu)),
      make("div", { class: "menu" }, ...found.map((one) => make("button", {
        type: "button", data: { command: `/${one.command}` }, onclick: () => { menu.open = false; reset(); attempt("text", { text: `/${one.command}` }); },
      }, make("strong", {}, `/${one.command}`), make("span", {}, one.description)))));
  }

  /** Whoever types a slash sees the commands that begin so. */
  function suggest() {
    const asked = /^\/\w*$/.test(field.value);
    const known = /** @type {HTMLElement[]} */ ([...menu.querySelectorAll("[data-command]")]);
    for (const one of known) one.hidden = asked && !(one.dataset.command ?? "").startsWith(field.value);
    menu.open = asked && known.some((one) => !one.hidden);
  }

  function attachments() {
    const choices = Object.entries(KINDS).map(([kind, accept]) => {
      const input = make("input", { type: "file", accept, class: "hidden-file", data: { kind } });
      input.addEventListener("change", () => {
        const [file] = input.files ?? [];
        clip.open = false;
        if (file) deliver(kind, file);
        input.value = ""; // so that the same file can be chosen again
      });
      return make("label", {}, say(kind), input);
    });
    fill(clip, make("summary", { class: "round", "aria-label": say("attach") }, icon(ICONS.clip)),
      make("div", { class: "menu right" }, ...choices,
        make("button", { type: "button", onclick: () => { clip.open = false; attempt("contact", {}); } }, say("contact")),
        make("button", { type: "button", onclick: () => { clip.open = false; attempt("sticker", {}); } }, say("sticker"))));
  }

  /** What is in the field goes along as the caption. @param {string} kind @param {File} file */
  async function deliver(kind, file) {
    try {
      await sendFile(owner.person(), kind, file, field.value.trim());
      reset();
    } catch (refused) {
      owner.refused(/** @type {Error} */ (refused).message);
    }
  }

  /** @param {any} board */
  function replyKeys(board) {
    toggle.hidden = !board?.rows.length;
    toggle.setAttribute("aria-label", say("keyboard"));
    keys.setAttribute("aria-label", say("keyboard"));
    unfold(Boolean(board?.rows.length) && !board.hidden);
    fill(keys, ...(board?.rows ?? []).map((/** @type {any[]} */ row) => make("div", { class: "row" }, ...row.map((key) =>
      make("button", { type: "button", onclick: () => attempt("press", { key: key.label }) }, make("span", { dir: "auto" }, key.label))))));
  }

  /** @param {boolean} open */
  function unfold(open) {
    keys.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
  }

  element.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") for (const open of [menu, clip]) open.open = false;
  });
  document.addEventListener("click", (event) => {
    for (const open of [menu, clip]) if (open.open && !open.contains(/** @type {Node} */ (event.target))) open.open = false;
  });
  return { element, refresh, leave, enter, edit };
}
