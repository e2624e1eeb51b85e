/**
 * Standing in line: clients put a key each under a common prefix, and whoever's key was created first is at the head. Locks and
 * elections are such lines.
 *
 * <p>The recipe is that of ZooKeeper (Hunt et al., "ZooKeeper: Wait-free coordination for Internet-scale systems", USENIX ATC
 * 2010) as etcd has it: a key lives as long as the lease of its client, the order is that of create revisions, and each one waits for the
 * deletion of the key right before its own, so that nobody is woken in vain.
 *
 * <p>The create revision is the fencing token: it grows from each head of the line to the next. Being at the head can end
 * without the client knowing, for a process may stand still for longer than its lease lives. What it does then is refused by a
 * resource that has seen a later token; nothing else makes a lock safe (Kleppmann, "How to do distributed locking", 2016).
 */
@NullMarked
package io.orderly.coordinator.queue;

import org.jspecify.annotations.NullMarked;
