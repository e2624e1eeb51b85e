/**
 * A TCP proxy that simulates an impaired network: latency, limited bandwidth, packet loss, and cuts, per direction.
 * Without a fault it is transparent: it forwards data, half-closed connections and resets unchanged.
 */
@NullMarked
package io.orderly.lab.fault.proxy;

import org.jspecify.annotations.NullMarked;
