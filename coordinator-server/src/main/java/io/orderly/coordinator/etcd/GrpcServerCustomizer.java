package io.orderly.coordinator.etcd;

import io.grpc.netty.NettyServerBuilder;

/** Changes the gRPC server before it is built. Beans of this type are called in their order. */
@FunctionalInterface
public interface GrpcServerCustomizer {

    void customize(NettyServerBuilder builder);
}
