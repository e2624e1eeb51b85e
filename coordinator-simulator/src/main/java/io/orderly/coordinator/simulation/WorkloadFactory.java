package io.orderly.coordinator.simulation;

import io.orderly.coordinator.simulation.map.MapWorkload;
import io.orderly.coordinator.simulation.store.StoreWorkload;
import io.orderly.coordinator.simulation.workload.Workload;
import io.orderly.coordinator.simulation.workload.SimulationContext;

/** Which workload is which. */
final class WorkloadFactory {

    private WorkloadFactory() {}

    static Workload of(WorkloadKind kind, SimulationContext world) {
        return switch (kind) {
            case MAP -> new MapWorkload(world);
            case TRANSACTIONS -> StoreWorkload.transactions(world);
            case SESSIONS -> StoreWorkload.sessions(world);
            case LEASES -> StoreWorkload.leases(world);
            case LOCKS -> StoreWorkload.locks(world);
            case WATCHES -> StoreWorkload.watches(world);
            case TIMESTAMPS -> StoreWorkload.timestamps(world);
            case ALL -> StoreWorkload.all(world);
        };
    }
}
