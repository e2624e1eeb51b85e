/**
 * What can be wrong with the provider on purpose: slowness, errors, answers that get lost, declines, an outage.
 *
 * <p>All chance comes from a seed. The fate of a request follows from the seed and the number of the request, counted
 * from when the settings were made; whether the issuer declines follows from the seed and the key. So a run with one
 * client at a time repeats exactly, and declines repeat under any load.
 */
@NullMarked
package io.orderly.provider.faults;

import org.jspecify.annotations.NullMarked;
