package io.orderly.lab.torture.coordinator;

import io.grpc.StatusRuntimeException;
import io.orderly.coordinator.api.timestamps.AllocateRequest;
import io.orderly.coordinator.api.timestamps.AllocateResponse;
import io.orderly.coordinator.api.timestamps.TimestampsGrpc;
import io.orderly.lab.coordinator.ClusterMember;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A client that requests ranges of timestamps from members chosen at random. */
final class TimestampClient implements TortureClient {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    private static final int MOST = 100;
    private static final int LONGEST_PAUSE_MILLIS = 50;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

    private final List<ClusterMember> members;
    private final Consumer<RealTimeOrder.Numbers> recorder;
    private final Random random;

    TimestampClient(List<ClusterMember> members, Consumer<RealTimeOrder.Numbers> recorder, long seed) {
        this.members = members;
        this.recorder = recorder;
        this.random = new Random(seed);
    }

    @Override
    public void step() throws InterruptedException {
        Optional<ClusterMember> member = ReachableMembers.choose(members, ClusterMember::channel, random);
        if (member.isEmpty()) {
            Thread.sleep(PAUSE_AFTER_FAILURE);
            return;
        }
        long requestedNanos = System.nanoTime();
        try {
            AllocateResponse range = TimestampsGrpc.newBlockingStub(member.get().channel())
                    .withDeadlineAfter(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .allocate(AllocateRequest.newBuilder()
                            .setCount(1 + random.nextInt(MOST))
                            .build());
            recorder.accept(new RealTimeOrder.Numbers(
                    range.getFirst(), range.getFirst() + range.getCount() - 1, requestedNanos, System.nanoTime()));
            Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        } catch (StatusRuntimeException e) {
            Thread.sleep(PAUSE_AFTER_FAILURE);
        }
    }
}
