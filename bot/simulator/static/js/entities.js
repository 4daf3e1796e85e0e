/** A text and its entities -> nodes. Offsets are UTF-16 units, which is how JavaScript counts. */

import { make } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

/**
 * @param {string} text @param {any[]} entities
 * @param {{command: (text: string) => void, link: (url: string) => void}} acts
 * @returns {Node[]}
 */
export function formatted(text, entities, acts) {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, 0, text.length, ordered, acts);
}

/** @returns {Node[]} @param {string} text @param {number} from @param {number} to @param {any[]} entities @param {any} acts */
function nodes(text, from, to, entities, acts) {
  /** @type {Node[]} */
  const made = [];
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [outer, ...others] = rest;
    const end = Math.min(to, outer.offset + outer.length);
    const inner = others.filter((one) => one.offset < end);
    rest = others.filter((one) => one.offset >= end);
    if (outer.offset < at) continue;
    if (outer.offset > at) made.push(document.createTextNode(text.slice(at, outer.offset)));
    made.push(marked(outer, text.slice(outer.offset, end), nodes(text, outer.offset, end, inner, acts), acts));
    at = end;
  }
  if (at < to) made.push(document.createTextNode(text.slice(at, to)));
  return made;
}

/** @param {any} entity @param {string} text @param {Node[]} children @param {any} acts @returns {Node} */
function marked(entity, text, children, acts) {
  if (entity.type === "text_link" || entity.type === "url") return link(entity.url ?? text, children, acts);
  if (entity.type === "bot_command") {
    return make("button", { class: "command", type: "button", onclick: () => acts.command(text) }, ...children);
  }
  if (entity.type === "spoiler") {
    const spoiler = make("button", { class: "spoiler", type: "button" }, ...children);
    spoiler.addEventListener("click", () => spoiler.classList.add("seen"));
    return spoiler;
  }
  const tag = /** @type {any} */ (TAGS)[entity.type];
  return tag ? make(tag, {}, ...children) : make("span", {}, ...children);
}

/** @param {string} url @param {Node[]} children @param {any} acts */
function link(url, children, acts) {
  if (deepLink(url)) {
    return make("a", { href: url, onclick: (/** @type {Event} */ event) => { event.preventDefault(); acts.link(url); } }, ...children);
  }
  const safe = /^(https?:|mailto:|tel:)/i.test(url) ? url : `https://${url}`;
  return make("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** What a link to a bot starts with: `t.me/BOT?start=X` -> {bot, payload}. @param {string} url */
export function deepLink(url) {
  const found = /^(?:https?:\/\/)?(?:t|telegram)\.me\/([A-Za-z0-9_]+)(?:\?start=([A-Za-z0-9_-]{1,64}))?$/i.exec(url.trim());
  return found && { bot: found[1], payload: found[2] ?? "" };
}
