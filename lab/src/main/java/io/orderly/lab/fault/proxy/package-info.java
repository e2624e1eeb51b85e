/**
 * A TCP proxy that can treat what passes through it as a bad network would: late, slowly, in one direction only, not at all.
 * Without a fault it changes nothing: bytes, their order, half-closed connections and resets pass as they are.
 */
@NullMarked
package io.orderly.lab.fault.proxy;

import org.jspecify.annotations.NullMarked;
