/**
 * The etcd v3 API as JSON over HTTP/1.1, on the port of the gRPC services, as etcd's own gateway serves it.
 *
 * <p>{@link io.orderly.coordinator.gateway.PortNegotiator} distinguishes connections of gRPC and of HTTP/1 by their first bytes. A request
 * of HTTP/1 becomes a call of the same gRPC service that etcd's clients call, within the process; there is one implementation. The formats
 * of messages and errors are those of grpc-gateway 1.9 with its defaults, which etcd 3.4 has.
 */
@NullMarked
package io.orderly.coordinator.gateway;

import org.jspecify.annotations.NullMarked;
