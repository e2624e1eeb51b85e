// The light in the header, and the page #/audit. Green means checked: without a recent check it is not green.

import {el, setText, time} from './dom.js';
import {currentSystem, isLive, subscribe} from './stream.js';
import {table} from './table.js';

const RECENT_MILLIS = 30_000;
const SYMBOLS = {HOLDS: '✓', UNKNOWN: '○', VIOLATED: '✗'};

// the clock of the console may differ from that of the browser, so the age counts from the arrival
let arrived = {runs: 0, at: -Infinity};

subscribe(() => {
  const runs = currentSystem()?.audit.runs ?? 0;
  if (runs !== arrived.runs) {
    arrived = {runs, at: performance.now()};
  }
});

function light() {
  const audit = currentSystem()?.audit;
  const age = performance.now() - arrived.at;
  if (!audit || audit.runs === 0) {
    return {state: 'UNKNOWN', text: '○ not audited yet'};
  }
  if (!isLive() || age > RECENT_MILLIS) {
    return {state: 'UNKNOWN', text: `○ not audited for ${Math.round(age / 1000)} s`};
  }
  const count = verdict => audit.checks.filter(check => check.verdict === verdict).length;
  return {
    state: audit.verdict,
    text: audit.verdict === 'HOLDS' ? `✓ ${audit.checks.length} invariants hold`
      : audit.verdict === 'VIOLATED' ? `✗ ${count('VIOLATED')} violated`
      : `○ ${count('UNKNOWN')} not checked`,
  };
}

export function showLight(link) {
  const draw = () => {
    const {state, text} = light();
    link.dataset.state = state;
    setText(link, text);
  };
  subscribe(draw);
  window.setInterval(draw, 1000);
  draw();
}

export function auditPage() {
  const summary = el('p', {id: 'audit-summary', role: 'status'});
  const checks = el('div', {id: 'checks'});
  let shown = null;

  function show() {
    const audit = currentSystem()?.audit;
    setText(summary, light().text.slice(2));
    if (audit && audit !== shown && audit.runs !== shown?.runs) {
      shown = audit;
      checks.replaceChildren(table(`Check ${audit.runs} since the start of the console, at ${time(audit.checkedMillis)}`,
        ['Invariant', 'Verdict', 'Looked at', ''], audit.checks.map(check => [check.invariant,
          el('span', {class: 'verdict', 'data-state': check.verdict}, `${SYMBOLS[check.verdict]} ${check.verdict.toLowerCase()}`),
          String(check.examined), check.detail])));
    }
  }

  const timer = window.setInterval(show, 1000);
  const unsubscribe = subscribe(show);
  show();
  return {
    title: 'Audit',
    node: el('article', {'aria-labelledby': 'audit-title'}, el('h2', {id: 'audit-title'}, 'Audit'), summary,
      el('p', {class: 'quiet'}, 'These hold at any moment, also while orders are under way. They are checked every ten seconds, by what the topics and the services show; '
        + 'the whole of the data is audited by ./run --check and by the lab.'), checks),
    update: () => {},
    leave: () => {
      window.clearInterval(timer);
      unsubscribe();
    },
  };
}
