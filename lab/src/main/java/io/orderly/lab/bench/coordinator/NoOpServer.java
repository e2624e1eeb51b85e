package io.orderly.lab.bench.coordinator;

import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.PutResponse;
import java.io.IOException;
import java.net.InetSocketAddress;

/** A process that answers writes and does nothing else. It shows the cost of gRPC alone, and the maximum rate of the generator. */
public final class NoOpServer {

    private NoOpServer() {}

    /** @param arguments the port */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])))
                .directExecutor()
                .addService(new KVGrpc.KVImplBase() {

                    @Override
                    public void put(PutRequest request, StreamObserver<PutResponse> answer) {
                        answer.onNext(PutResponse.getDefaultInstance());
                        answer.onCompleted();
                    }
                })
                .build()
                .start()
                .awaitTermination();
    }
}
