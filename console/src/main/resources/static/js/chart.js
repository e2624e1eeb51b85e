// Messages per second in the last two minutes, with a band for each fault. The console counts all messages, also those of orders that a page skips.

import {cut, el, isNarrow, svg} from './dom.js';
import {currentSystem, subscribe} from './stream.js';
import {allFaults, faultName} from './fault-names.js';

const SECONDS = 120;
const TOP = 50;
const HEIGHT = 150;
const ROWS = 3;
const messages = new Map();

// counts from the load of the page on, whatever it shows
subscribe(frame => {
  const second = Math.floor(Date.now() / 1000);
  const count = Object.values(frame.flows).reduce((sum, each) => sum + each, 0);
  messages.set(second, (messages.get(second) ?? 0) + count);
  [...messages.keys()].filter(each => each < second - SECONDS).forEach(each => messages.delete(each));
});

/** A figure that is drawn again every second, until it is left. */
export function activityChart() {
  const picture = el('div');
  const node = el('figure', {id: 'activity', class: 'card'}, el('figcaption', {}, 'Messages per second, last two minutes'), picture);
  const draw = () => picture.replaceChildren(chart(Date.now(), isNarrow() ? 350 : 724));
  const timer = window.setInterval(draw, 1000);
  draw();
  return {node, leave: () => window.clearInterval(timer)};
}

function chart(now, width) {
  const end = Math.floor(now / 1000);
  return messagesPerSecond({
    begin: (end - SECONDS) * 1000, end: end * 1000, now: Infinity, width, from: '2 min ago', to: 'now',
    counts: Array.from({length: SECONDS}, (_, i) => messages.get(end - SECONDS + i) ?? 0),
    faults: allFaults(currentSystem()),
  });
}

/**
 * A picture of counts, one for each second from begin to end, with a band for each fault that has begun by now.
 * All times are in milliseconds. A line stands at now if that is within the picture.
 */
export function messagesPerSecond({begin, end, now, counts, faults, width, from, to}) {
  const highest = Math.max(0, ...counts);
  const x = millis => Math.max(0, Math.min(width, width * (millis - begin) / (end - begin)));
  const y = count => HEIGHT - (HEIGHT - TOP) * count / Math.max(highest, 1);
  const bands = faults.filter(fault => fault.sinceMillis <= now && (fault.endedMillis ?? now) > begin)
    .map(fault => ({...fault, endedMillis: fault.endedMillis !== null && fault.endedMillis <= now ? fault.endedMillis : null}))
    .sort((a, b) => a.sinceMillis - b.sinceMillis);
  const last = counts[Math.min(counts.length, Math.max(1, Math.ceil((now - begin) / 1000))) - 1] ?? 0;
  const description = `Messages per second: ${last} in the last second, at most ${highest}. `
    + (bands.length ? 'Faults: ' + bands.map(fault => `${faultName(fault)}, ${fault.endedMillis === null ? 'on' : 'ended'}`).join('; ') : 'No fault.');
  return svg('svg', {viewBox: `0 0 ${width} ${HEIGHT + 20}`, role: 'img', 'aria-label': description, class: 'map chart'},
    bands.map((fault, i) => band(fault, x(fault.sinceMillis), x(fault.endedMillis ?? now), i, width)),
    svg('line', {class: 'axis', x1: 0, x2: width, y1: HEIGHT, y2: HEIGHT}),
    svg('polyline', {points: counts.map((count, i) => `${(width * (i + .5) / counts.length).toFixed(1)},${y(count).toFixed(1)}`).join(' ')}),
    now < end && svg('line', {class: 'playhead', x1: x(now), x2: x(now), y1: 0, y2: HEIGHT}),
    svg('text', {class: 'tick', x: 0, y: HEIGHT + 15}, from),
    svg('text', {class: 'tick', x: width, y: HEIGHT + 15, 'text-anchor': 'end'}, `${to} · at most ${highest}/s`));
}

/** Its name is beside its beginning, where there is room. */
function band(fault, from, to, i, width) {
  const right = from > width / 2;
  return svg('g', {class: fault.endedMillis === null ? 'band on' : 'band'},
    svg('rect', {x: from, y: 0, width: Math.max(to - from, 2), height: HEIGHT}),
    svg('text', {x: right ? from - 4 : from + 4, y: 13 + 15 * (i % ROWS), 'text-anchor': right ? 'end' : 'start'},
      '⚡ ' + cut(faultName(fault), width > 400 ? 50 : 24)));
}
