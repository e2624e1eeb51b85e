// The steps of a saga: forward arrows, the pivot as a line, and compensations as arrows back, with their cause.

import {cut, svg} from './dom.js';

const STEPS = [
  {step: 'RESERVE_INVENTORY', label: 'Reserve stock', lane: 'inventory', undo: 'RELEASE_INVENTORY', undoLabel: 'Release stock'},
  {step: 'CHARGE_PAYMENT', label: 'Charge', lane: 'payment', undo: 'REFUND_PAYMENT', undoLabel: 'Refund'},
  {step: 'SCHEDULE_SHIPMENT', label: 'Schedule', lane: 'shipping', undo: 'CANCEL_SHIPMENT', undoLabel: 'Cancel slot'},
  {step: 'COMMIT_RESERVATION', label: 'Commit stock', lane: 'inventory'},
];

const SYMBOLS = {none: '', sent: '…', unanswered: '?', completed: '✓', declined: '✗', refused: '✗', dead_lettered: '✗'};
const WORDS = {none: 'not reached', sent: 'waiting', unanswered: 'no reply', completed: 'done', declined: 'declined', refused: 'refused', dead_lettered: 'dead letter'};

const WIDE = {width: 152, height: 50, size: [724, 116], turnedBack: [724, 196], forward: i => [6 + 186 * i, 22], back: i => [6 + 186 * i, 118]};
const NARROW = {width: 142, height: 50, size: [350, 326], turnedBack: [350, 352], forward: i => [6, 12 + 84 * i], back: i => [200, 12 + 84 * i]};

export function sagaMap(messages, narrow) {
  const layout = narrow ? NARROW : WIDE;
  const undone = STEPS.map(({undo}) => (undo ? stateOf(undo, messages) : {state: 'none', attempts: 0}));
  const states = STEPS.map(({step}, i) => {
    const own = stateOf(step, messages);
    // a step that is being undone is not waited for any more
    return own.state === 'sent' && undone[i].state !== 'none' ? {...own, state: 'unanswered'} : own;
  });
  const cause = messages.find(message => message.cause)?.cause;
  const pivoted = messages.some(message => message.pivot);
  const last = Math.max(...states.map((each, i) => (each.state === 'none' ? -1 : i)));
  const [width, height] = undone.some(each => each.state !== 'none') ? layout.turnedBack : layout.size;
  const description = STEPS.map((each, i) => `${each.label}: ${WORDS[states[i].state]}`)
    .concat(STEPS.flatMap((each, i) => (undone[i].state === 'none' ? [] : [`${each.undoLabel}: ${WORDS[undone[i].state]}`])))
    .concat(cause ? ['turned back: ' + cause] : []).join('; ');
  return svg('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'Steps of the saga. ' + description, class: narrow ? 'map narrow' : 'map'},
    STEPS.map((each, i) => i > 0 && arrow(layout, layout.forward(i - 1), layout.forward(i), 'forward ' + (states[i].state === 'none' ? 'none' : 'sent'))),
    pivotLine(layout, narrow, pivoted),
    backArrows(layout, undone, last),
    STEPS.map((each, i) => box(layout, layout.forward(i), each.label, each.lane, states[i], 'step')),
    STEPS.map((each, i) => undone[i].state !== 'none' && box(layout, layout.back(i), '↩ ' + each.undoLabel, each.lane, undone[i], 'undo')),
    cause && svg('text', {x: 6, y: height - 8, class: 'cause-text'}, cut('turned back · ' + cause, narrow ? 50 : 100)));
}

function stateOf(step, messages) {
  const own = messages.filter(message => message.step === step);
  const commands = own.filter(message => message.kind === 'COMMAND');
  // a refusal of a repeated command does not change what was done before
  const outcome = own.find(message => message.outcome === 'COMPLETED') ?? own.find(message => message.outcome);
  return {
    state: outcome ? outcome.outcome.toLowerCase() : commands.length ? 'sent' : 'none',
    attempts: commands.length,
  };
}

function box({width, height}, [x, y], label, lane, {state, attempts}, kind) {
  return svg('g', {class: `box ${kind} ${state}`},
    svg('rect', {x, y, width, height, rx: 8}),
    svg('text', {x: x + 10, y: y + 21, class: 'label'}, label),
    svg('text', {x: x + 10, y: y + 39, class: 'lane'}, lane),
    attempts > 1 && svg('text', {x: x + width - 10, y: y + 21, class: 'attempts', 'text-anchor': 'end'}, `${attempts} times`),
    svg('text', {x: x + width - 10, y: y + 39, class: 'state', 'text-anchor': 'end'},
      state === 'none' ? '' : `${SYMBOLS[state]} ${WORDS[state]}`));
}

/** From one box to another, with a head at the end. */
function arrow({width, height}, [x1, y1], [x2, y2], kind) {
  const flat = y1 === y2;
  const right = flat ? x2 > x1 : false;
  const down = y2 > y1;
  const begin = flat ? [right ? x1 + width : x1, y1 + height / 2] : [x1 + width / 2, down ? y1 + height : y1];
  const end = flat ? [right ? x2 : x2 + width, y2 + height / 2] : [x2 + width / 2, down ? y2 : y2 + height];
  return line(begin, end, kind);
}

function line([x1, y1], [x2, y2], kind) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [bx, by] = [x2 - 9 * ux, y2 - 9 * uy];
  return svg('g', {class: 'arrow-line ' + kind},
    svg('line', {x1, y1, x2: bx, y2: by}),
    svg('polygon', {points: `${x2},${y2} ${bx - 5 * uy},${by + 5 * ux} ${bx + 5 * uy},${by - 5 * ux}`}));
}

/** From the step at which the saga turned back to the last compensation, and from each compensation to the one before. */
function backArrows(layout, undone, last) {
  const reached = undone.flatMap((each, i) => (each.state === 'none' ? [] : [i])).reverse();
  if (!reached.length) {
    return [];
  }
  const {width, height} = layout;
  const narrow = layout === NARROW;
  const [fx, fy] = layout.forward(Math.max(last, reached[0]));
  const [bx, by] = layout.back(reached[0]);
  const turn = narrow
    ? (fy === by ? line([fx + width, fy + height / 2], [bx, by + height / 2], 'back')
      : line([fx + width, fy + 8], [bx + width / 2, by + height], 'back'))
    : (fx === bx ? line([fx + width / 2, fy + height], [bx + width / 2, by], 'back')
      : line([fx + width / 2, fy + height], [bx + width, by + height / 2], 'back'));
  return [turn, ...reached.slice(1).map((to, i) => arrow(layout, layout.back(reached[i]), layout.back(to), 'back'))];
}

function pivotLine(layout, narrow, reached) {
  const kind = 'pivot-line' + (reached ? ' reached' : '');
  const [x, y] = layout.forward(3);
  return narrow
    ? svg('g', {class: kind}, svg('line', {x1: 0, x2: 344, y1: y - 17, y2: y - 17}),
      svg('text', {x: 344, y: y - 22, 'text-anchor': 'end'}, reached ? 'pivot ✓' : 'pivot'))
    : svg('g', {class: kind}, svg('line', {x1: x - 17, x2: x - 17, y1: 4, y2: 94}),
      svg('text', {x: x - 17, y: 108, 'text-anchor': 'middle'}, reached ? 'pivot ✓ passed' : 'pivot'));
}
