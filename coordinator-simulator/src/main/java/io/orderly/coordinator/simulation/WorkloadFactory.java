package io.orderly.coordinator.simulation;

import io.orderly.coordinator.simulation.map.MapWorkload;
import io.orderly.coordinator.simulation.store.StoreWorkload;
import io.orderly.coordinator.simulation.workload.SimulationContext;
import io.orderly.coordinator.simulation.workload.Workload;

/** Creates workloads. */
final class WorkloadFactory {

    private WorkloadFactory() {}

    static Workload of(WorkloadKind kind, SimulationContext context) {
        return switch (kind) {
            case MAP -> new MapWorkload(context);
            case TRANSACTIONS -> StoreWorkload.transactions(context);
            case SESSIONS -> StoreWorkload.sessions(context);
            case LEASES -> StoreWorkload.leases(context);
            case LOCKS -> StoreWorkload.locks(context);
            case WATCHES -> StoreWorkload.watches(context);
            case TIMESTAMPS -> StoreWorkload.timestamps(context);
            case USERS -> StoreWorkload.users(context);
            case ALL -> StoreWorkload.all(context);
        };
    }
}
