/**
 * Queues of clients: each client puts a key under a common prefix, and the key that was created first is the head. Locks and elections are
 * such queues.
 *
 * <p>The recipe is that of ZooKeeper (Hunt et al., "ZooKeeper: Wait-free coordination for Internet-scale systems", USENIX ATC 2010) as etcd
 * has it: a key is attached to the lease of its client, the order is that of create revisions, and each client waits for the deletion of
 * its predecessor's key, so that a deletion wakes one client only.
 *
 * <p>The create revision is the fencing token: it increases from each head of the queue to the next. A client can lose its place at the
 * head without noticing, since its process may be paused for longer than its lease lives. A resource that has seen a later token refuses
 * what it does then; nothing else makes a lock safe (Kleppmann, "How to do distributed locking", 2016).
 */
@NullMarked
package io.orderly.coordinator.queue;

import org.jspecify.annotations.NullMarked;
