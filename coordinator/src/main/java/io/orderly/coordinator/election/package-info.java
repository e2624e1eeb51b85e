/**
 * Elections among clients: whoever is at the head of a line leads, says what it likes to those who follow, and hands them a fencing
 * token to tell it from leaders before. Which node of the coordinator leads is another matter.
 *
 * <p>As with locks, one that leads no longer may not know it yet. What a leader does to others goes along with its token.
 */
@NullMarked
package io.orderly.coordinator.election;

import org.jspecify.annotations.NullMarked;
