/** The faults of a running system, switched on and off by hand: a small HTTP interface, and the option that opens it. */
@NullMarked
package io.orderly.lab.fault.control;

import org.jspecify.annotations.NullMarked;
