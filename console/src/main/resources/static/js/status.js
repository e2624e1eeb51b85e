// The status of an order as a symbol and a word: colour is never the only difference.

import {el} from './dom.js';

const SYMBOLS = {PENDING: '◌', CONFIRMED: '✓', REJECTED: '✗', CANCELLED: '⊘', PARKED: '‖', UNKNOWN: '?'};

export const STATUSES = Object.keys(SYMBOLS);

export function statusBadge(order) {
  const compensating = order.status === 'PENDING' && order.compensating;
  return el('span', {class: 'badge', 'data-status': compensating ? 'COMPENSATING' : order.status},
    el('span', {'aria-hidden': 'true'}, compensating ? '↩' : SYMBOLS[order.status] ?? '?'),
    ' ' + (compensating ? 'compensating' : order.status.toLowerCase()));
}
