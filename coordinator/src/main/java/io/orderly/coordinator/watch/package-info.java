/**
 * Watches: clients receive the changes of some keys, from a revision on, in order, without gaps, each revision as a whole.
 *
 * <p>{@link io.orderly.coordinator.watch.Watches} is a state machine on one node. Applied revisions are added, and responses are
 * taken from each watch at the pace of its client. A client may be slow: what does not fit into the buffer of its watch is read
 * from the history of the store, as long as it is not compacted.
 *
 * <p>The terms are those of the etcd v3 API.
 */
@NullMarked
package io.orderly.coordinator.watch;

import org.jspecify.annotations.NullMarked;
