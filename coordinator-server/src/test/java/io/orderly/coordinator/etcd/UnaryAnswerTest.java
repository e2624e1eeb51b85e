package io.orderly.coordinator.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UnaryAnswerTest {

    private final List<Status.Code> errors = new ArrayList<>();

    private final StreamObserver<String> observer = new StreamObserver<>() {

        @Override
        public void onNext(String message) {
            throw new AssertionError(message);
        }

        @Override
        public void onError(Throwable failure) {
            errors.add(Status.fromThrowable(failure).getCode());
        }

        @Override
        public void onCompleted() {
            throw new AssertionError("completed");
        }
    };

    @Test
    void aCallEndsEvenIfTheConversionThrows() {
        var done = CompletableFuture.completedFuture(1);
        UnaryAnswer.of(done, observer, _ -> {
            throw new IllegalStateException();
        });
        UnaryAnswer.of(done, observer, _ -> {
            throw new StackOverflowError();
        });
        assertThat(errors).containsExactly(Status.Code.INTERNAL, Status.Code.INTERNAL);
    }
}
