/** Keeps a chat at its end while somebody reads there, and where it is when somebody scrolled up. */

const NEAR_END = 60; // pixels

/**
 * @param {HTMLElement} log what scrolls @param {HTMLElement} content what grows in it
 * @param {() => void} moved
 */
export function keptAtEnd(log, content, moved) {
  let stuck = true;
  let top = 0;

  log.addEventListener("scroll", () => {
    if (!log.clientHeight) return; // hidden: it says nothing of the reader
    // Only a reader scrolls up; away from the end without that means that something new came just now.
    if (log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END) stuck = true;
    else if (log.scrollTop < top) stuck = false;
    top = log.scrollTop;
    moved();
  }, { passive: true });

  // Pictures that load, cards that change, phones that get narrower: whatever moves the end, the reader moves along.
  const observer = new ResizeObserver(() => {
    if (stuck) toEnd(false);
    else moved();
  });
  observer.observe(log);
  observer.observe(content);

  /** @param {boolean} smooth */
  function toEnd(smooth) {
    stuck = true;
    log.scrollTo({ top: log.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    moved();
  }

  return { toEnd, atEnd: () => stuck };
}
