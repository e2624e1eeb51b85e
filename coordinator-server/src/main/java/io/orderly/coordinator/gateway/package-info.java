/** The etcd v3 API as JSON over HTTP/1.1, on the port of the gRPC services, as etcd's own gateway serves it. */
@NullMarked
package io.orderly.coordinator.gateway;

import org.jspecify.annotations.NullMarked;
