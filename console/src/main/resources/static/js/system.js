// The page #/system: a live graph of the services, Kafka and the coordinators, and the same as tables.

import {cut, el, isNarrow, movesLittle, onNarrow, setText, svg} from './dom.js';
import {currentSystem, subscribe} from './stream.js';
import {activityChart} from './chart.js';
import {stateWord as state, SYMBOLS, table} from './table.js';

const NAMES = {ORDER: 'order-service', INVENTORY: 'inventory-service', PAYMENT: 'payment-service', SHIPPING: 'shipping-service'};
const MAX_DOTS = 12;
const RATE_SECONDS = 5;

const WIDE = {
  size: [724, 306], box: [160, 46],
  ORDER: [6, 92], KAFKA: [300, 6, 92, 218], INVENTORY: [558, 6], PAYMENT: [558, 92], SHIPPING: [558, 178],
  coordinator: i => [6 + 276 * i, 252],
};
const NARROW = {
  size: [350, 330], box: [108, 46],
  ORDER: [121, 6], KAFKA: [6, 96, 338, 46], INVENTORY: [6, 190], PAYMENT: [121, 190], SHIPPING: [236, 190],
  coordinator: i => [6 + 115 * i, 276],
};

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
    const sums = {};
    recent.forEach(({flows}) => Object.entries(flows).forEach(([edge, count]) => {
      const [from, to] = edge.split('>');
      [from === to ? from + '>KAFKA' : from + '>KAFKA', from === to ? null : 'KAFKA>' + to].filter(Boolean)
        .forEach(each => { sums[each] = (sums[each] ?? 0) + count; });
    }));
    graph.querySelectorAll('[data-edge]').forEach(label => {
      const [to, from] = label.dataset.edge.split(' ');
      const texts = [[sums[to], '→'], [sums[from], '←']].filter(([count]) => count)
        .map(([count, sign]) => `${sign} ${(count / RATE_SECONDS).toFixed(1)}/s`);
      setText(label, texts.join('  '));
    });
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

function center(layout, name) {
  const [x, y, width = layout.box[0], height = layout.box[1]] = layout[name];
  return [x + width / 2, y + height / 2];
}

function draw(system, layout) {
  const wide = layout === WIDE;
  const [width, height] = layout.size;
  const services = Object.entries(NAMES);
  const faulty = new Set(system.faults.active.map(fault => fault.target));
  const marked = (process, text) => (faulty.has(process) ? text + ' ⚡' : text);
  const health = name => system.services.find(service => service.name === name)?.health ?? 'UNKNOWN';
  const description = services.map(([, name]) => `${name} ${health(name)}`)
    .concat(`Kafka ${system.kafkaReachable ? 'UP' : 'AWAY'}`)
    .concat(system.coordinators.length ? [`leader ${system.leader ?? 'none'}`] : [])
    .concat(faulty.size ? ['faults on ' + [...faulty].join(', ')] : []).join(', ');
  return svg('svg', {viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': 'Graph of the system: ' + description, class: wide ? 'map' : 'map narrow'},
    services.map(([lane, name]) => edge(layout, lane, faulty.has(name + '->kafka'))),
    node(layout, layout.KAFKA, marked('kafka', 'Kafka'), system.kafkaReachable ? 'UP' : 'AWAY', ''),
    services.map(([lane, name]) => node(layout, layout[lane], marked(name, wide ? name : name.replace('-service', '')), health(name),
      instances(system.members, name))),
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

function node(layout, [x, y, width = layout.box[0], height = layout.box[1]], name, state, more) {
  return svg('g', {class: 'box node', 'data-state': state},
    svg('rect', {x, y, width, height, rx: 8}),
    svg('text', {x: x + 10, y: y + 19, class: 'label'}, name),
    svg('text', {x: x + 10, y: y + 36, class: 'state'},
      cut(`${SYMBOLS[state] ?? '○'} ${state.toLowerCase()}${more ? ' · ' + more : ''}`, width > 150 ? 26 : 19)));
}

function tablesOf(system) {
  return [
    table('Services', ['Service', 'Health', '', ''], system.services.map(each =>
      [each.name, state(each.health), each.detail,
        system.faults.control === 'ON' ? el('a', {href: `#/faults?fault=pause&target=${each.name}`}, 'inject a fault') : ''])),
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
