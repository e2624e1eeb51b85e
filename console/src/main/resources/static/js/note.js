// Who acts as an operator, and why. The services keep both beside what was done.

import {el} from './dom.js';

const STORED = 'operator';

/** Two required fields; the name is remembered while the tab is open. */
export function noteFields(prefix) {
  const by = el('input', {id: prefix + '-by', required: true, maxlength: 100, autocomplete: 'off', value: remembered(), pattern: '.*\\S.*'});
  const reason = el('input', {id: prefix + '-reason', required: true, maxlength: 500, autocomplete: 'off', pattern: '.*\\S.*'});
  const values = () => ({by: by.value.trim(), reason: reason.value.trim()});
  return {
    node: el('div', {class: 'note', role: 'group', 'aria-label': 'Who acts, and why'},
      el('label', {}, 'Who acts', by), el('label', {class: 'grows'}, 'Why', reason)),
    /** The note as it is now. */
    values,
    /** The note; null if something is missing, which is then shown. */
    read: () => {
      if (![by, reason].every(input => input.reportValidity())) {
        return null;
      }
      remember(by.value.trim());
      return values();
    },
  };
}

export function remembered() {
  try {
    return window.sessionStorage.getItem(STORED) ?? '';
  } catch {
    return ''; // a browser may forbid it
  }
}

export function remember(name) {
  try {
    window.sessionStorage.setItem(STORED, name);
  } catch {
    // the name has to be typed again
  }
}
