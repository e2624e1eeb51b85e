/**
 * Passes a request to an instance and its response back, and decides what happens if the instance fails: the request goes to another one only
 * if that cannot execute it twice.
 */
@NullMarked
package io.orderly.gateway.forwarding;

import org.jspecify.annotations.NullMarked;
