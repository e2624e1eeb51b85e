/**
 * Injected faults: latency, errors, lost answers, declines, and an outage.
 *
 * <p>All random decisions are derived from a seed. The planned response of a request depends on the seed and the number
 * of the request since the settings were changed; a decline depends on the seed and the key. A run with one client at a
 * time is therefore repeatable, and declines are repeatable under any load.
 */
@NullMarked
package io.orderly.provider.faults;

import org.jspecify.annotations.NullMarked;
