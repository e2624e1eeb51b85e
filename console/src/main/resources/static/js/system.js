// The page #/system: a live graph of the services, Kafka and the coordinators, and the same as tables.

import {cut, el, isNarrow, movesLittle, onNarrow, setText, svg} from './dom.js';
import {currentSystem, subscribe} from './stream.js';
import {activityChart} from './chart.js';
import {stateWord as state, SYMBOLS, table} from './table.js';

const NAMES = {ORDER: 'order-service', INVENTORY: 'inventory-service', PAYMENT: 'payment-service', SHIPPING: 'shipping-service'};
const MAX_DOTS = 12;
export const RATE_SECONDS = 5;

const WIDE = {
  box: [168, 60],
  ORDER: [6, 80], KAFKA: [308, 6, 84, 208], INVENTORY: [530, 6], PAYMENT: [530, 80], SHIPPING: [530, 154],
  PROVIDER: [776, 87, 118, 46], coordinator: i => [6 + 363 * i, 248, 168, 46],
};
const NARROW = {
  box: [108, 60],
  ORDER: [121, 6], KAFKA: [6, 110, 338, 46], INVENTORY: [6, 204], PAYMENT: [121, 204], SHIPPING: [236, 204],
  PROVIDER: [121, 292, 108, 46], coordinator: i => [6 + 115 * i, 362, 108, 46],
};

const compact = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});

export function systemPage() {
  const graph = el('div', {id: 'graph'});
  const tables = el('div', {id: 'system-tables'});
  const notice = el('p', {id: 'system-notice', class: 'quiet'}, 'Asking the services…');
  const chart = activityChart();
  const recent = [];
  let dots = null;
  let layout = WIDE;

  function show() {
    const system = currentSystem();
    if (!system) {
      return;
    }
    notice.hidden = true;
    layout = isNarrow() ? NARROW : WIDE;
    const drawn = draw(system, layout);
    dots = svg('g', {class: 'dots'});
    drawn.append(dots);
    graph.replaceChildren(drawn);
    tables.replaceChildren(...tablesOf(system));
    showRates();
  }

  function showRates() {
    const since = performance.now() - RATE_SECONDS * 1000;
    while (recent.length && recent[0].at < since) {
      recent.shift();
    }
    labelEdges(graph, recent.flatMap(({flows}) => Object.entries(flows)));
  }

  function move(flows) {
    if (!dots || movesLittle() || document.hidden) {
      return;
    }
    for (const edge of Object.keys(flows)) {
      const [from, to] = edge.split('>');
      if (dots.childElementCount >= MAX_DOTS || !layout[from]) {
        continue;
      }
      const path = [center(layout, from), center(layout, 'KAFKA'), ...(from === to ? [] : [center(layout, to)])];
      const dot = svg('circle', {r: 4, cx: 0, cy: 0});
      dots.append(dot);
      dot.animate(path.map(([x, y]) => ({transform: `translate(${x}px, ${y}px)`})), {duration: 700, easing: 'ease-in-out'})
        .finished.catch(() => {}).then(() => dot.remove());
    }
  }

  const timer = window.setInterval(showRates, 1000);
  const unsubscribe = subscribe(frame => {
    if (frame.system || frame.reset) {
      show();
    }
    if (Object.keys(frame.flows).length) {
      recent.push({at: performance.now(), flows: frame.flows});
      showRates();
      move(frame.flows);
    }
  });
  const stay = onNarrow(show);
  show();
  return {
    title: 'System',
    node: el('article', {'aria-labelledby': 'system-title'},
      el('h2', {id: 'system-title'}, 'System'), notice, graph, chart.node, tables),
    update: () => {},
    leave: () => {
      window.clearInterval(timer);
      chart.leave();
      stay();
      unsubscribe();
    },
  };
}

/** @param flows of the last seconds, each as ['ORDER>PAYMENT', count] */
export function labelEdges(graph, flows) {
  const sums = {};
  for (const [flow, count] of flows) {
    const [from, to] = flow.split('>');
    [from + '>KAFKA', from === to ? null : 'KAFKA>' + to].filter(Boolean)
      .forEach(edge => { sums[edge] = (sums[edge] ?? 0) + count; });
  }
  graph.querySelectorAll('[data-edge]').forEach(label => {
    const [to, from] = label.dataset.edge.split(' ');
    const texts = [[sums[to], '→'], [sums[from], '←']].filter(([count]) => count)
      .map(([count, sign]) => `${sign} ${(count / RATE_SECONDS).toFixed(1)}/s`);
    setText(label, texts.join('  '));
  });
}

/** The graph without what was not recorded: only the edges, and what faults affect. */
export function recordedGraph(faults) {
  return draw({services: Object.values(NAMES).map(name => ({name, health: 'RECORDED'})), kafkaState: 'RECORDED', provider: null, members: [],
    coordinators: [], lags: [], faults: {active: faults}}, isNarrow() ? NARROW : WIDE);
}

function center(layout, name) {
  const [x, y, width = layout.box[0], height = layout.box[1]] = layout[name];
  return [x + width / 2, y + height / 2];
}

function draw(system, layout) {
  const wide = layout === WIDE;
  const hasCoordinators = system.coordinators.length > 0;
  const [width, height] = wide
    ? [system.provider || hasCoordinators ? 900 : 704, hasCoordinators ? 302 : 222]
    : [350, hasCoordinators ? 416 : system.provider ? 346 : 272];
  const services = Object.entries(NAMES);
  const faulty = new Set(system.faults.active.map(fault => fault.target));
  const marked = (process, text) => (faulty.has(process) ? text + ' ⚡' : text);
  const health = name => system.services.find(service => service.name === name)?.health ?? 'UNKNOWN';
  const provider = system.provider;
  const kafka = system.kafkaState ?? (system.kafkaReachable ? 'UP' : 'AWAY');
  const description = services.map(([, name]) => [name, health(name), ...gauges(system, name, 'unknown', 'outbox')].join(' '))
    .concat(`Kafka ${kafka}`)
    .concat(provider ? [`payment-provider ${provider.health}, breaker ${breaker(system) ?? 'unknown'}`] : [])
    .concat(system.coordinators.length ? [`leader ${system.leader ?? 'none'}`] : [])
    .concat(faulty.size ? ['faults on ' + [...faulty].join(', ')] : []).join(', ');
  return svg('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'Graph of the system: ' + description, class: wide ? 'map' : 'map narrow'},
    services.map(([lane, name]) => edge(layout, lane, faulty.has(name + '->kafka'))),
    provider && providerEdge(layout, breaker(system), faulty.has('payment-service->payment-provider')),
    node(layout, layout.KAFKA, marked('kafka', 'Kafka'), kafka, ''),
    services.map(([lane, name]) => node(layout, layout[lane], marked(name, wide ? name : name.replace('-service', '')), health(name),
      instances(system.members, name), gauges(system, name, '?', wide ? 'outbox' : 'out').join(' · '))),
    provider && node(layout, layout.PROVIDER, marked('payment-provider', 'provider'), provider.health, ''),
    system.coordinators.slice(0, 3).map((coordinator, i) => node(layout, layout.coordinator(i),
      marked('coordinator-' + coordinator.member, (wide ? 'coordinator ' : 'coord. ') + (coordinator.member ?? '?')),
      coordinator.ballot ? (coordinator.url === system.leader ? 'LEADER' : 'FOLLOWER') : 'AWAY',
      coordinator.ballot ? coordinator.ballot + (wide ? ` · lag ${coordinator.lag}` : '') : '')));
}

function instances(members, service) {
  const own = members.filter(member => member.service === service);
  const alive = own.filter(member => member.state === 'ALIVE').length;
  return own.length > 1 ? `${alive} of ${own.length}` : '';
}

/** How many messages a service has not handled, and how many it has not published. */
function gauges(system, name, unknown, outbox) {
  const service = system.services.find(each => each.name === name);
  const amount = count => (count === null ? unknown : compact.format(count));
  return service?.gauges ? [`lag ${amount(lagOf(system, name))}`, `${outbox} ${amount(service.gauges.outbox)}`] : [];
}

/** Of all topics of a group; null if it is not known. */
function lagOf(system, group) {
  const counts = system.lags.filter(lag => lag.group === group).map(lag => lag.records);
  return !counts.length || counts.includes(null) ? null : counts.reduce((sum, count) => sum + count, 0);
}

/** The state of the circuit breaker before the payment provider; null if it is not known. */
function breaker(system) {
  return system.services.find(each => each.name === NAMES.PAYMENT)?.gauges.breaker?.replace('_', ' ') ?? null;
}

function providerEdge(layout, state, isFaulty) {
  const wide = layout === WIDE;
  const [px, py] = layout.PAYMENT;
  const [x, y] = layout.PROVIDER;
  const [width, height] = layout.box;
  const [x1, y1, x2, y2] = wide ? [px + width, py + height / 2, x, py + height / 2] : [px + width / 2, py + height, px + width / 2, y];
  const at = wide ? {x: (x1 + x2) / 2, 'text-anchor': 'middle'} : {x: x1 + 6, 'text-anchor': 'start'};
  return svg('g', {class: isFaulty ? 'edge faulty' : 'edge', 'data-breaker': state ?? 'unknown'}, svg('line', {x1, y1, x2, y2}),
    svg('text', {...at, y: wide ? y1 - 7 : (y1 + y2) / 2 + 4},
      (isFaulty ? '⚡ ' : '') + (wide ? '' : 'breaker ') + (state ?? '?')),
    wide && svg('text', {...at, y: y1 + 17}, 'breaker'));
}

function edge(layout, lane, isFaulty) {
  const wide = layout === WIDE;
  const [x, y] = layout[lane];
  const [width, height] = layout.box;
  const [kx, ky, kw, kh] = layout.KAFKA;
  const toKafka = wide
    ? (lane === 'ORDER' ? [[x + width, y + height / 2], [kx, y + height / 2]] : [[x, y + height / 2], [kx + kw, y + height / 2]])
    : (lane === 'ORDER' ? [[x + width / 2, y + height], [x + width / 2, ky]] : [[x + width / 2, y], [x + width / 2, ky + kh]]);
  const [[x1, y1], [x2, y2]] = toKafka;
  return svg('g', {class: isFaulty ? 'edge faulty' : 'edge'}, svg('line', {x1, y1, x2, y2}),
    isFaulty && svg('text', {x: (x1 + x2) / 2 - (wide ? 0 : 16), y: (y1 + y2) / 2 + 16, 'text-anchor': 'middle'}, '⚡'),
    svg('text', {x: (x1 + x2) / 2 + (wide ? 0 : 6), y: wide ? y1 - 7 : (y1 + y2) / 2 + 4, 'text-anchor': wide ? 'middle' : 'start',
      'data-edge': lane === 'ORDER' ? 'ORDER>KAFKA KAFKA>ORDER' : `KAFKA>${lane} ${lane}>KAFKA`}));
}

function node(layout, [x, y, width = layout.box[0], height = layout.box[1]], name, state, more, numbers = '') {
  return svg('g', {class: 'box node', 'data-state': state},
    svg('rect', {x, y, width, height, rx: 8}),
    svg('text', {x: x + 10, y: y + 19, class: 'label'}, name),
    svg('text', {x: x + 10, y: y + 36, class: 'state'},
      state === 'RECORDED' ? '' : cut(`${SYMBOLS[state] ?? '○'} ${state.toLowerCase()}${more ? ' · ' + more : ''}`, width > 150 ? 26 : 19)),
    numbers && svg('text', {x: x + 10, y: y + 52, class: 'state'}, numbers));
}

function number(count) {
  return count === null ? state('UNKNOWN') : count.toLocaleString();
}

function tablesOf(system) {
  return [
    table('Services', ['Service', 'Health', 'Outbox', 'Dead letters', 'Breaker', '', ''], system.services.map(each =>
      [each.name, state(each.health), number(each.gauges.outbox), number(each.gauges.deadLetters),
        each.name === NAMES.PAYMENT ? breaker(system) ?? state('UNKNOWN') : '—', each.detail,
        system.faults.control === 'ON' ? el('a', {href: `#/faults?fault=pause&target=${each.name}`}, 'inject a fault') : '']).concat(system.provider ? [
      [system.provider.name, state(system.provider.health), '—', '—', '—', system.provider.detail, '']] : [])),
    table('Consumers', ['Group', 'Topic', 'Lag'], system.lags.map(each => [each.group, each.topic, number(each.records)])),
    system.missingTopics.length || !system.kafkaReachable
      ? el('p', {class: 'problem'}, system.kafkaReachable
        ? 'These topics do not exist yet: ' + system.missingTopics.join(', ')
        : 'Kafka does not answer. The page goes on when it does.')
      : null,
    system.members.length ? table('Members, by gossip', ['Instance', 'State', 'Load', 'URL'], system.members.map(each =>
      [each.id, state(each.state), String(each.load), each.url])) : null,
    system.coordinators.length ? table('Coordinators', ['Member', 'Role', 'Ballot', 'Commit', 'Lag', ''], system.coordinators.map(each =>
      [each.member === null ? each.url : `coordinator ${each.member}`,
        state(each.ballot ? (each.url === system.leader ? 'LEADER' : 'FOLLOWER') : 'AWAY'),
        each.ballot, each.ballot ? String(each.commit) : '', each.ballot ? String(each.lag) : '', each.detail])) : null,
  ].filter(Boolean);
}
