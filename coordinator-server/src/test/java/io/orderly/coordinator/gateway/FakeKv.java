package io.orderly.coordinator.gateway;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.KeyValue;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.PutResponse;
import io.orderly.coordinator.api.etcd.RangeRequest;
import io.orderly.coordinator.api.etcd.RangeResponse;
import io.orderly.coordinator.api.etcd.ResponseHeader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers each range with one key, and refuses puts with a lease. */
final class FakeKv extends KVGrpc.KVImplBase {

    final BlockingQueue<RangeRequest> ranges = new LinkedBlockingQueue<>();

    @Override
    public void range(RangeRequest request, StreamObserver<RangeResponse> observer) {
        ranges.add(request);
        observer.onNext(RangeResponse.newBuilder()
                .setHeader(ResponseHeader.newBuilder().setClusterId(-1).setRevision(7))
                .addKvs(KeyValue.newBuilder()
                        .setKey(request.getKey())
                        .setValue(ByteString.copyFrom(new byte[] {(byte) 0xfb, (byte) 0xff}))
                        .setModRevision(7))
                .setCount(1)
                .build());
        observer.onCompleted();
    }

    @Override
    public void put(PutRequest request, StreamObserver<PutResponse> observer) {
        if (request.getLease() != 0) {
            observer.onError(Status.NOT_FOUND
                    .withDescription("etcdserver: requested lease not found")
                    .asRuntimeException());
        } else {
            observer.onNext(PutResponse.getDefaultInstance());
            observer.onCompleted();
        }
    }
}
