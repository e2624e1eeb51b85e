package io.orderly.coordinator.etcd;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.ServerCallStreamObserver;
import io.orderly.coordinator.api.etcd.SnapshotResponse;
import io.orderly.coordinator.backup.BackupWriter;
import io.orderly.coordinator.store.StoreView;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Sends a backup as fast as its client reads. The work is done on the executor for long reads, a part at a time. */
final class BackupStream {

    private final long clusterId;
    private final ServerCallStreamObserver<SnapshotResponse> call;
    private final Executor longReads;
    private volatile @Nullable BackupWriter writer;

    BackupStream(long clusterId, ServerCallStreamObserver<SnapshotResponse> call, Executor longReads) {
        this.clusterId = clusterId;
        this.call = call;
        this.longReads = longReads;
        call.setOnReadyHandler(this::proceed);
        call.setOnCancelHandler(() -> writer = null);
    }

    void begin(StoreView view, @Nullable Throwable failure) {
        if (failure != null) {
            UnaryAnswer.fail(call, failure);
            return;
        }
        try {
            longReads.execute(() -> {
                writer = new BackupWriter(clusterId, view);
                send();
            });
        } catch (RejectedExecutionException _) {
            call.onError(EtcdError.TOO_MANY_REQUESTS.exception());
        }
    }

    private void proceed() {
        if (writer != null) {
            try {
                longReads.execute(this::send);
            } catch (RejectedExecutionException _) {
                call.onError(EtcdError.TOO_MANY_REQUESTS.exception());
            }
        }
    }

    private synchronized void send() {
        BackupWriter current = writer;
        while (current != null && call.isReady()) {
            if (!current.hasNext()) {
                writer = null;
                call.onCompleted();
                return;
            }
            byte[] part = current.next();
            call.onNext(SnapshotResponse.newBuilder()
                    .setBlob(UnsafeByteOperations.unsafeWrap(part))
                    .setRemainingBytes(current.remainingBytes())
                    .setVersion(ApiVersion.SERVER)
                    .build());
            current = writer;
        }
    }
}
