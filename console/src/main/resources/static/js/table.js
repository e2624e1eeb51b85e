// Tables, and the state of a process as a symbol and a word.

import {el} from './dom.js';

export const SYMBOLS = {UP: '●', ALIVE: '●', LEADER: '★', FOLLOWER: '●', LEARNER: '◌', SUSPECT: '?', AWAY: '✗', DOWN: '✗', DEAD: '✗', LEFT: '⊘'};

export function stateWord(text) {
  return el('span', {class: 'state-word', 'data-state': text}, `${SYMBOLS[text] ?? '○'} ${text.toLowerCase()}`);
}

export function table(title, columns, rows) {
  // it may be wider than the window, and is scrolled by the keyboard then
  return el('section', {class: 'scroll', tabindex: 0, 'aria-label': title}, el('table', {},
    el('caption', {}, title),
    el('thead', {}, el('tr', {}, columns.map(name => (name ? el('th', {scope: 'col'}, name) : el('td', {}))))),
    el('tbody', {}, rows.map(([first, ...cells]) => el('tr', {}, el('th', {scope: 'row'}, first), cells.map(cell => el('td', {}, cell)))))));
}
