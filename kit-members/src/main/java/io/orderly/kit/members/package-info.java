/**
 * Makes a service a member of the gossip of all instances: it knows the instances of all services with their state and load, and the
 * instances know it. The view may be wrong for a while, so it may not decide what only one instance may do. {@link
 * io.orderly.kit.members.EmergentLeader} chooses an instance for work that two may do.
 */
@NullMarked
package io.orderly.kit.members;

import org.jspecify.annotations.NullMarked;
