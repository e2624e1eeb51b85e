/**
 * A running member of the cluster: the threads that drive the node, its disk and its clock, and the requests of clients, which any
 * member takes.
 */
@NullMarked
package io.orderly.coordinator.member;

import org.jspecify.annotations.NullMarked;
