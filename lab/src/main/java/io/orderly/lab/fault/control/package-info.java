/** Manual fault injection into a running system: a small HTTP interface, and the option that enables it. */
@NullMarked
package io.orderly.lab.fault.control;

import org.jspecify.annotations.NullMarked;
