/**
 * The coordinator on one node, above consensus: one replicated state machine, and the services that clients use.
 *
 * <p>{@link io.orderly.coordinator.server.CoordinatorServer} connects the {@linkplain io.orderly.coordinator.store store}, the
 * {@linkplain io.orderly.coordinator.lease lease clock}, the {@linkplain io.orderly.coordinator.clock timestamp oracle} and the
 * {@linkplain io.orderly.coordinator.watch watches}: it feeds each of them with what the store applies, and carries out the effects
 * that they return. It has no threads, sockets or clocks; a {@link io.orderly.coordinator.server.ReplicaAccess} proposes and reads
 * on its behalf. The simulator runs this code unchanged.
 */
@NullMarked
package io.orderly.coordinator.server;

import org.jspecify.annotations.NullMarked;
