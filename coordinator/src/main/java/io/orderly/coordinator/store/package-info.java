/**
 * The replicated state of the coordinator: a multi-version key-value map, leases with attached keys, client sessions, the bound
 * of the timestamps, and the users with what they may do. Its terms and rules are those of the etcd v3 API.
 *
 * <p>It is a deterministic state machine. Commands come out of the log one by one, and the same commands lead to the same state,
 * the same answers and the same {@linkplain io.orderly.coordinator.store.StoreView#hash() hash} on every node: it has no clock, no
 * randomness, and no order of iteration that depends on a hash table. Limits are part of the state.
 *
 * <p>{@code Store} is changed by one thread. {@code Store.view()} is an immutable view of the state that any thread may read;
 * snapshots are written from one.
 */
@NullMarked
package io.orderly.coordinator.store;

import org.jspecify.annotations.NullMarked;
