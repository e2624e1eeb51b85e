// Creates elements. Text becomes text nodes only, so it is never markup.

const SVG = 'http://www.w3.org/2000/svg';

/** Sets attributes; a function becomes a listener of the event whose name follows "on"; null, undefined and false are left out. */
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      node.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Shows exactly these nodes in this order. A node that is already there keeps its state and its focus. */
export function place(parent, nodes) {
  const wanted = new Set(nodes);
  [...parent.children].filter(child => !wanted.has(child)).forEach(child => child.remove());
  nodes.forEach((node, i) => {
    if (parent.children[i] !== node) {
      parent.insertBefore(node, parent.children[i] ?? null);
    }
  });
}

/** Sets a text only if it changes, so that screen readers announce it once. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

export function time(millis) {
  const date = new Date(millis);
  return Number.isNaN(date.getTime())
    ? String(millis)
    : date.toLocaleTimeString([], {hour12: false}) + '.' + String(date.getMilliseconds()).padStart(3, '0');
}

export function cut(text, length) {
  return text.length <= length ? text : text.slice(0, length - 1) + '…';
}

const narrow = window.matchMedia('(max-width: 640px)');

export function isNarrow() {
  return narrow.matches;
}

/** Calls back when the window becomes narrow or wide, until the returned function is called. */
export function onNarrow(listener) {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
}

export function movesLittle() {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
