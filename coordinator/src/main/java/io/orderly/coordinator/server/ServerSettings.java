package io.orderly.coordinator.server;

import io.orderly.coordinator.clock.OracleSettings;
import io.orderly.coordinator.lease.LeaseClockSettings;
import io.orderly.coordinator.store.StoreLimits;
import io.orderly.coordinator.watch.WatchSettings;

/**
 * Settings of a {@link CoordinatorServer}.
 *
 * @param initialLimits of the store before the first command; the same on every node of a cluster, forever
 */
public record ServerSettings(
        StoreLimits initialLimits, LeaseClockSettings leases, OracleSettings timestamps, WatchSettings watches) {

    public static final ServerSettings DEFAULTS = new ServerSettings(
            StoreLimits.DEFAULTS, LeaseClockSettings.DEFAULTS, OracleSettings.DEFAULTS, WatchSettings.DEFAULTS);

    public ServerSettings withInitialLimits(StoreLimits limits) {
        return new ServerSettings(limits, leases, timestamps, watches);
    }
}
