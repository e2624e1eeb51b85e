/** The check of fencing tokens by a PostgreSQL database, in the transaction that they protect. */
@NullMarked
package io.orderly.coordinator.client.fencing;

import org.jspecify.annotations.NullMarked;
