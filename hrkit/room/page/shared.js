// What all pages of the room share: elements whose text is text, and a memory. Nothing is loaded from
// elsewhere; outside words never become HTML.

/** An element: attributes, listeners (functions) and children; strings become text nodes. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== ""));
  return node;
}

/**
 * The second click of a double click presses nothing, nor does a key that is held: by then another button
 * may stand there. A button that is meant to be pressed often says so (`data-often`).
 */
export function singly(root) {
  const stop = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  const pressed = (event) => event.target.closest?.("button:not([data-often])");
  root.addEventListener("click", (event) => { if (event.detail > 1 && pressed(event)) stop(event); }, true);
  root.addEventListener("keydown", (event) => { if (event.repeat && event.key === "Enter" && pressed(event)) stop(event); }, true);
}

/** A text with its fields filled in. */
export const filled = (text, fields = {}) => text.replace(/\{(\w+)\}/g, (_, name) => fields[name]);

/** Memory of this tab's machine; where a browser refuses it, of this page. */
export function memory(name) {
  const spare = {};
  const at = (key) => `hrkit ${name} ${key}`;
  return {
    get(key) { try { return localStorage.getItem(at(key)); } catch { return spare[key] ?? null; } },
    set(key, value) { spare[key] = value; try { localStorage.setItem(at(key), value); } catch { /* spare has it */ } },
    drop(key) { delete spare[key]; try { localStorage.removeItem(at(key)); } catch { /* gone */ } },
  };
}
