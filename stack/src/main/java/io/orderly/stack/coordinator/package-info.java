/**
 * The three members of the coordinator, or of an etcd that is installed, as processes of {@code ./run}: how they are started, and the check
 * that they survive the loss of their leader.
 */
@NullMarked
package io.orderly.stack.coordinator;

import org.jspecify.annotations.NullMarked;
