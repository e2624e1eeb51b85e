package io.orderly.coordinator.partitions;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows which instance owns which partitions, as this instance knows it. */
@Endpoint(id = "partitions")
final class PartitionsEndpoint {

    private final SharedPartitions partitions;

    PartitionsEndpoint(SharedPartitions partitions) {
        this.partitions = partitions;
    }

    @ReadOperation
    PartitionsView show() {
        return partitions.view();
    }
}
