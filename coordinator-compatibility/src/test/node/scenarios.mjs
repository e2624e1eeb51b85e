// Runs one scenario with the etcd3 client, and writes each observation as a line of JSON: [step, observation].
// A line [null, id, name] gives a lease its name.
// Arguments: the scenario, the port, the prefix of its keys.
import { EtcdLeaseInvalidError, Etcd3 } from 'etcd3';
import { once } from 'node:events';

const [scenario, port, prefix] = process.argv.slice(2);
const client = new Etcd3({ hosts: `127.0.0.1:${port}` });
const keys = client.namespace(prefix);

const write = (line) => console.log(JSON.stringify(line));
const note = (step, observation) => write([step, observation ?? null]);
const name = (lease, text) => write([null, lease, text]);

async function attempt(step, action) {
  try {
    note(step, await action());
  } catch (error) {
    note(step, `${error.constructor.name}: ${error.message}`);
  }
}

const scenarios = {
  async kv() {
    await attempt('put', () => keys.put('a').value('1'));
    await attempt('get', () => keys.get('a').exec());
    await attempt('text', () => keys.get('a').string());
    await attempt('previous', () => keys.put('a').value('2').getPrevious());
    await attempt('missing', () => keys.get('x').string());
    await keys.put('b').value('1');
    await attempt('all', () => keys.getAll().strings());
    await attempt('sorted', () => keys.getAll().sort('Value', 'Ascend').limit(1).keys());
    await attempt('count', () => keys.getAll().count());
    await attempt('future revision', () => keys.get('a').revision(1000000).string());
    await attempt('unknown lease', () => keys.put('a').value('1').lease(4711));
    await attempt('empty key', () => client.put('').value('1'));
    await attempt('deleted', () => keys.delete().all());
  },

  async txn() {
    const create = () => keys.if('a', 'Create', '==', 0).then(keys.put('a').value('1')).else(keys.get('a')).commit();
    await attempt('first', create);
    await attempt('second', create);
    await attempt('transactional memory', () =>
      keys.stm().transact(async (tx) => {
        await tx.put('b').value((await tx.get('a').string()) + '1');
        return 'committed';
      }));
    await attempt('its result', () => keys.get('b').string());
  },

  async watch() {
    const watcher = await keys.watch().prefix('').withPreviousKV().create();
    const describe = (kind, [kv, previous]) => `${kind} ${kv.key} ${kv.value} ${previous?.value}`;
    const put = once(watcher, 'put');
    await keys.put('a').value('1');
    note('put', describe('put', await put));
    const changed = once(watcher, 'put');
    await keys.put('a').value('2');
    note('changed', describe('put', await changed));
    const deleted = once(watcher, 'delete');
    await keys.delete().key('a');
    note('deleted', describe('delete', await deleted));
    await watcher.cancel();
    note('canceled');
  },

  async lease() {
    const lease = keys.lease(60, { autoKeepAlive: false });
    name(await lease.grant(), 'lease');
    await lease.put('a').value('1');
    await attempt('get', () => keys.get('a').exec());
    await attempt('kept alive', () => lease.keepaliveOnce());
    await attempt('revoked', () => lease.revoke());
    await attempt('key is gone', () => keys.get('a').string());
    const lost = keys.lease(60, { autoKeepAlive: false });
    const id = await lost.grant();
    name(id, 'lost');
    await client.leaseClient.leaseRevoke({ ID: id });
    await attempt('kept alive too late', () => lost.keepaliveOnce());
    await attempt('is the known error', async () => {
      try {
        await lost.keepaliveOnce();
      } catch (error) {
        return error instanceof EtcdLeaseInvalidError;
      }
    });
  },

  async lock() {
    const first = keys.lock('lock').ttl(60);
    await first.acquire();
    note('first');
    await attempt('second', () => keys.lock('lock').ttl(60).acquire());
    await first.release();
    await attempt('after the release', async () => {
      const second = keys.lock('lock').ttl(60);
      await second.acquire();
      await second.release();
      return 'held';
    });
  },

  async election() {
    const election = keys.election('election', 60);
    await attempt('no leader', () => election.leader());
    const campaign = election.campaign('one');
    await campaign.wait();
    await attempt('leader', () => election.leader());
    const observer = await election.observe();
    note('observed', observer.leader());
    const change = once(observer, 'change');
    await campaign.proclaim('two');
    note('change', (await change)[0]);
    await observer.cancel();
    await campaign.resign();
    await attempt('no leader again', () => election.leader());
  },
};

await scenarios[scenario]();
client.close();
process.exit(0);
