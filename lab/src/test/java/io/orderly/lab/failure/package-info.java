/** What the whole system does when a part of it is away, or a message cannot be handled: seen from outside, and audited. */
@NullMarked
package io.orderly.lab.failure;

import org.jspecify.annotations.NullMarked;
