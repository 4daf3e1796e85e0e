/** Building elements. Nothing a bot or a person wrote is ever read as HTML: text goes in as text. */

/**
 * @param {string} tag @param {Record<string, any>} [given] class, attributes, on* handlers, dataset
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** @param {string} path of an icon drawn in a 24 x 24 box */
export function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const ICONS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  clip: "M8 12.5 14.5 6a3 3 0 0 1 4.2 4.200l-8.4 8.400a5 5 0 0 1-7-7L11.5 3.4",
  send: "M4 20 21 12 4 4v6l10 2-10 2z",
  down: "m6 9 6 6 6-6",
  more: "M12 5v.01M12 12v.01M12 19v.01",
  close: "M6 6l12 12M18 6 6 18",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  pen: "M4 20l1-4L16 5l3 3L8 19z",
  check: "m5 12.5 4.5 4.500L19 7.5",
  keys: "M3 6h18v12H3zM7 10h.01M11 10h.01M15 10h.01M8 14h8",
  thumb: "M7 11v9H3v-9zM7 11l4-8a2.5 2.5 0 0 1 2.5 2.500V9H19a2 2 0 0 1 2 2.300l-1.2 7A2 2 0 0 1 17.8 20H7",
  read: "m2 13 4 4L15 7M11 15l2 2L22 7",
  chevron: "m6 15 6-6 6 6",
  jump: "M4 5l8 7-8 7zM13 5l8 7-8 7z",
  guide: "M4 6h2M10 6h10M4 12h2M10 12h10M4 18h2M10 18h10",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.500M17.5 17.5 19 19M5 19l1.5-1.500M17.5 6.5 19 5",
};

/** Draws only what is not drawn already, so that an open menu, a focus or a chosen file survives news. */
export function onceFor() {
  /** @type {Map<string, string>} */
  const drawn = new Map();
  /** @param {string} what @param {any} value @param {() => void} draw */
  return (what, value, draw) => {
    const key = JSON.stringify([value, document.documentElement.lang]);
    if (drawn.get(what) === key) return;
    drawn.set(what, key);
    draw();
  };
}

/** The first letter, or the first picture however many characters it is made of. @param {string} name */
export function initial(name) {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toUpperCase() ?? "";
}

/** As much of a text, without cutting a character in two. @param {string} text @param {number} most */
export const beginning = (text, most) => [...text.slice(0, 2 * most)].slice(0, most).join("");

/** @param {HTMLElement} place @param {...(Node | string)} children */
export function fill(place, ...children) {
  place.replaceChildren(...children);
}
