/** The class list: whose phone to look at. Search, roles, unread badges. */

import { addPerson } from "./api.js";
import { beginning, fill, initial, make } from "./dom.js";
import { nameOf, on, state, unread } from "./store.js";
import { askName } from "./viewer.js";
import { say } from "./words.js";

const ORDER = ["coordinator", "administrator", "participant", "superior"];

/** @param {HTMLElement} place @param {{choose: (id: number) => void, shown: () => number[]}} board */
export function peopleList(place, board) {
  const search = make("input", { type: "search", class: "search", oninput: draw });
  const list = make("ul", { class: "list" });
  const add = make("button", { class: "add", type: "button", onclick: () => askName(join) });
  fill(place, make("div", { class: "head" }, search), list, add);
  for (const kind of ["people", "chat", "read", "shown", "tour"]) on(kind, soon);

  let asked = false;
  function soon() {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; draw(); });
  }

  function draw() {
    place.setAttribute("aria-label", say("people"));
    search.placeholder = say("search");
    search.setAttribute("aria-label", say("search"));
    fill(add, say("add"));
    add.hidden = Boolean(state.tour);
    const wanted = search.value.trim().toLowerCase();
    const people = [...state.people.values()].filter((one) => nameOf(one.id).toLowerCase().includes(wanted));
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset?.person;
    fill(list, ...ORDER.concat("").flatMap((role) => group(role, people)));
    if (focused) /** @type {HTMLElement | null} */ (list.querySelector(`[data-person="${focused}"]`))?.focus();
  }

  /** @param {string} role @param {any[]} people */
  function group(role, people) {
    const mine = people.filter((one) => (ORDER.includes(one.role) ? one.role : "") === role);
    if (!mine.length) return [];
    const heading = role ? [make("li", { class: "role" }, say(role))] : [];
    return [...heading, ...mine.map(entry)];
  }

  /** @param {any} one */
  function entry(one) {
    const chat = state.chats.get(one.id);
    const last = [...(chat?.messages.values() ?? [])].at(-1);
    const count = unread(one.id);
    const line = chat?.blocked ? say("blocked") : chat?.deactivated ? say("gone") : last ? last.text || say(last.kind) : say("empty");
    const here = board.shown().includes(one.id);
    return make("li", {}, make("button", {
      type: "button", class: here ? "person here" : "person", "aria-pressed": String(here), data: { person: one.id }, onclick: () => board.choose(one.id),
    },
    make("span", { class: "avatar", "aria-hidden": "true", data: { tint: String(one.id % 6) } }, initial(nameOf(one.id))),
    make("span", { class: "lines" }, make("strong", { dir: "auto" }, nameOf(one.id)), " ", make("small", { class: chat?.blocked ? "bad" : "", dir: "auto" }, beginning(line, 60))),
    count > 0 && make("span", { class: "badge" }, String(count), make("span", { class: "only-read-aloud" }, ` ${say("unread", count)}`))));
  }

  /** @param {string} name */
  async function join(name) {
    const [first, ...rest] = name.split(" ");
    const made = await addPerson({ first_name: first, last_name: rest.join(" ") });
    board.choose(made.id);
  }

  return { draw };
}
