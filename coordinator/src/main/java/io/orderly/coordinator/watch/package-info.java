/**
 * Watches: whoever asks is told what happens to some keys, from a revision on, in order, without gaps, each revision in one piece.
 *
 * <p>{@link io.orderly.coordinator.watch.Watches} is a state machine on one node. Applied revisions go in, and deliveries are taken
 * out, watch by watch, at the pace of those who listen. Listeners may be as slow as they like: what does not fit into the buffer of a
 * watch is read again from the history of the store, for as long as it lies there.
 *
 * <p>The words are those of the etcd v3 API.
 */
@NullMarked
package io.orderly.coordinator.watch;

import org.jspecify.annotations.NullMarked;
