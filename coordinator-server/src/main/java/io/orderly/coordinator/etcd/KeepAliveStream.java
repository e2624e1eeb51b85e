package io.orderly.coordinator.etcd;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveRequest;
import io.orderly.coordinator.api.etcd.LeaseKeepAliveResponse;
import io.orderly.coordinator.api.etcd.ResponseHeader;
import io.orderly.coordinator.member.Coordinator;
import io.orderly.coordinator.server.Reply;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream of keep-alives, of any number of leases. A limited number of them is pending at a time; further requests are read only after
 * those are answered, and the client reads the responses.
 */
final class KeepAliveStream implements StreamObserver<LeaseKeepAliveRequest> {

    private static final int MAX_UNDER_WAY = 64;

    private final Coordinator coordinator;
    private final Headers headers;
    private final ServerCallStreamObserver<LeaseKeepAliveResponse> call;

    /** Answered, and not replaced by a further request yet. */
    private int answered;

    private int underWay;
    private boolean isHalfClosed;
    private boolean isClosed;

    KeepAliveStream(Coordinator coordinator, Headers headers, ServerCallStreamObserver<LeaseKeepAliveResponse> call) {
        this.coordinator = coordinator;
        this.headers = headers;
        this.call = call;
        call.disableAutoRequest();
        call.setOnReadyHandler(this::requestMore);
        call.setOnCancelHandler(this::close);
        call.setOnCloseHandler(this::close);
        call.request(MAX_UNDER_WAY);
    }

    @Override
    public void onNext(LeaseKeepAliveRequest request) {
        synchronized (this) {
            underWay++;
        }
        // the revision is from before the renewal, so that a client does not mistake a later revocation for an earlier
        // one
        ResponseHeader header = headers.now();
        coordinator
                .keepAlive(request.getID())
                .whenComplete((reply, failure) -> answer(request.getID(), header, reply, failure));
    }

    @Override
    public void onError(Throwable failure) {
        close();
    }

    @Override
    public synchronized void onCompleted() {
        isHalfClosed = true;
        completeIfDone();
    }

    private synchronized void close() {
        isClosed = true;
    }

    private synchronized void answer(
            long id, ResponseHeader header, Reply<OptionalLong> reply, @Nullable Throwable failure) {
        underWay--;
        if (isClosed) {
            return;
        }
        try {
            if (failure != null) {
                throw UnaryAnswer.statusOf(failure).asRuntimeException();
            }
            OptionalLong ttlMillis = Refusals.resultOf(reply);
            call.onNext(LeaseKeepAliveResponse.newBuilder()
                    .setHeader(header)
                    .setID(id)
                    .setTTL(TimeUnit.MILLISECONDS.toSeconds(ttlMillis.orElse(0)))
                    .build());
            answered++;
            requestMore();
            completeIfDone();
        } catch (StatusRuntimeException e) {
            isClosed = true;
            call.onError(e);
        }
    }

    private synchronized void requestMore() {
        if (answered > 0 && !isClosed && call.isReady()) {
            int more = answered;
            answered = 0;
            call.request(more);
        }
    }

    private void completeIfDone() {
        if (isHalfClosed && underWay == 0 && !isClosed) {
            isClosed = true;
            call.onCompleted();
        }
    }
}
