/** System tests of outages and of messages that cannot be processed, through public APIs and with an audit. */
@NullMarked
package io.orderly.lab.failure;

import org.jspecify.annotations.NullMarked;
