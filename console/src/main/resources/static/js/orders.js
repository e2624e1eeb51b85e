// The page #/orders: places an order, and lists the newest ones.

import {cut, el, place, setText, time} from './dom.js';
import {get, isUncertain, newKey, post, problemText} from './api.js';
import {curl, curlDetails} from './curl.js';
import {orders, subscribe} from './stream.js';
import {STATUSES, statusBadge} from './status.js';

const SHOWN = 50;

export function ordersPage(parameters) {
  const rows = new Map();
  const body = el('tbody', {id: 'orders'});
  const empty = el('p', {id: 'no-orders', class: 'quiet'});
  const status = el('select', {id: 'filter-status', onchange: filter},
    el('option', {value: ''}, 'any status'),
    STATUSES.map(each => el('option', {value: each}, each.toLowerCase())));
  const customer = el('input', {id: 'filter-customer', type: 'search', autocomplete: 'off', placeholder: 'any customer', onchange: filter});

  function filter() {
    const query = new URLSearchParams();
    if (status.value) {
      query.set('status', status.value);
    }
    if (customer.value) {
      query.set('customer', customer.value);
    }
    window.location.hash = '#/orders' + (query.size ? '?' + query : '');
  }

  function update(changed) {
    status.value = changed.get('status') ?? '';
    customer.value = changed.get('customer') ?? '';
    show();
  }

  function show() {
    const matching = [...orders.values()]
      .filter(order => !status.value || order.status === status.value)
      .filter(order => !customer.value || order.customer === customer.value)
      // what waits for a person comes first; ids sort by time
      .sort((a, b) => (b.status === 'PARKED') - (a.status === 'PARKED') || (a.id < b.id ? 1 : -1))
      .slice(0, SHOWN);
    place(body, matching.map(row));
    empty.hidden = matching.length > 0;
    setText(empty, orders.size === 0
      ? 'No order yet. Place one, and watch it cross the services.'
      : 'No order matches.');
  }

  function row(order) {
    const known = rows.get(order.id);
    if (known?.order === order) {
      return known.node;
    }
    const node = known?.node ?? el('tr', {id: 'order-' + order.id});
    const link = node.querySelector('a')
      ?? el('a', {href: '#/order/' + encodeURIComponent(order.id), class: 'id', title: order.id}, order.id.slice(-8));
    place(node, [
      el('td', {}, statusBadge(order)),
      node.querySelector('th') ?? el('th', {scope: 'row'}, link),
      el('td', {}, cut(order.customer ?? '—', 60)),
      el('td', {class: 'number'}, order.total ?? '—'),
      el('td', {class: 'wide'}, order.reason ?? ''),
      el('td', {class: 'number wide'}, time(order.firstMillis)),
    ]);
    rows.set(order.id, {order, node});
    return node;
  }

  const leave = subscribe(show);
  update(parameters);
  return {
    title: 'Orders',
    node: el('div', {class: 'columns'},
      placeForm(),
      el('section', {'aria-labelledby': 'orders-title'},
        el('div', {class: 'bar'},
          el('h2', {id: 'orders-title'}, 'Orders'),
          el('label', {}, el('span', {class: 'hidden'}, 'Status'), status),
          el('label', {}, el('span', {class: 'hidden'}, 'Customer'), customer)),
        el('table', {},
          el('thead', {}, el('tr', {},
            ['Status', 'Order', 'Customer'].map(name => el('th', {scope: 'col'}, name)),
            el('th', {scope: 'col', class: 'number'}, 'Total'),
            el('th', {scope: 'col', class: 'wide'}, 'Reason'),
            el('th', {scope: 'col', class: 'number wide'}, 'Placed'))),
          body),
        empty,
        strays())),
    update,
    leave,
  };
}

const STORIES = {
  ada: 'ada has money: the order is confirmed.',
  broke: 'broke has no money: the payment is declined, and the reservation is compensated.',
  declined: 'declined has a card that the provider refuses: the reservation is compensated.',
};

function placeForm() {
  const customer = el('input', {id: 'customer', list: 'customers', value: 'ada', required: true, autocomplete: 'off'});
  const product = el('input', {id: 'sku', list: 'products', value: 'PENCIL-HB', required: true, autocomplete: 'off'});
  const products = el('datalist', {id: 'products'});
  const quantity = el('input', {id: 'quantity', type: 'number', min: 1, value: 1, required: true});
  const story = el('p', {id: 'story', class: 'quiet'}, STORIES.ada);
  const result = el('p', {id: 'place-result', role: 'status'});
  const button = el('button', {id: 'place', class: 'primary'}, 'Place order');
  const keys = new Map();

  customer.addEventListener('input', () => setText(story, STORIES[customer.value] ?? ''));
  get('api/products').then(({ok, body}) => ok && products.replaceChildren(
    ...body.map(each => el('option', {value: each.sku}, `${each.name}, ${each.price.amount} ${each.price.currency}`))));

  /** The same order after an uncertain answer has the same key, so that there is one order. */
  function prepared() {
    const order = orderOf(customer.value, product.value, Number(quantity.value));
    const text = JSON.stringify(order);
    if (!keys.has(text)) {
      keys.set(text, newKey());
    }
    return {order, text, key: keys.get(text)};
  }

  const commands = curlDetails('place-curl', {'Place the order': () => curl('api/orders', prepared().key, prepared().order)});

  async function submit(event) {
    event.preventDefault();
    const {order, text, key} = prepared();
    button.disabled = true;
    const answer = await post('api/orders', key, order);
    button.disabled = false;
    if (!isUncertain(answer)) {
      keys.delete(text);
    }
    commands.update();
    result.className = answer.ok ? '' : 'problem';
    setText(result, answer.ok ? 'Accepted.' : problemText(answer));
    if (answer.ok && answer.body.id) {
      window.location.hash = '#/order/' + encodeURIComponent(answer.body.id);
    }
  }

  return el('section', {class: 'card', 'aria-labelledby': 'place-title'},
    el('h2', {id: 'place-title'}, 'Place an order'),
    el('form', {id: 'place-form', onsubmit: submit, oninput: commands.update},
      el('label', {}, 'Customer', customer),
      el('datalist', {id: 'customers'}, Object.keys(STORIES).map(name => el('option', {value: name}))),
      story,
      el('label', {}, 'Product', product),
      products,
      el('label', {}, 'Quantity', quantity),
      button,
      result),
    commands.node);
}

/** An order as it is placed. */
export function orderOf(customer, sku, quantity) {
  return {
    customer,
    lines: [{sku, quantity}],
    address: {name: customer, street: 'Lindenstr. 5', city: 'Berlin', postalCode: '10969', country: 'DE'},
  };
}

function strays() {
  const list = el('ul', {class: 'plain'});
  async function load(event) {
    if (event.target.open) {
      const {ok, body} = await get('api/strays');
      list.replaceChildren(...(ok ? body : []).map(stray => el('li', {},
        el('p', {}, el('code', {}, stray.position), ' key ', el('code', {}, stray.key ?? '(none)'), ' type ',
          el('code', {}, stray.type || '(none)'), stray.problem ? ` · ${stray.problem}` : ''),
        el('pre', {}, cut(stray.body, 400)))));
      if (!list.childElementCount) {
        list.append(el('li', {class: 'quiet'}, ok ? 'There are none.' : 'They cannot be read now.'));
      }
    }
  }
  return el('details', {id: 'strays', ontoggle: load},
    el('summary', {}, 'Messages that belong to no order'), list);
}
