/** The etcd v3 API over gRPC, and the timestamps service beside it. */
@NullMarked
package io.orderly.coordinator.etcd;

import org.jspecify.annotations.NullMarked;
