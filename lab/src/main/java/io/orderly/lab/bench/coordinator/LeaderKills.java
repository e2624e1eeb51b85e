package io.orderly.lab.bench.coordinator;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.PutRequest;
import io.orderly.coordinator.api.etcd.PutResponse;
import io.orderly.lab.coordinator.ClusterMember;
import io.orderly.lab.coordinator.CoordinatorCluster;
import io.orderly.stack.process.ProcessFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long no write is accepted after the leader was killed. From the end of its process on, writes are sent to the others in turn at
 * short intervals; the gap ends when the first of them is answered.
 */
final class LeaderKills {

    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration GIVE_UP = Duration.ofSeconds(30);
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    /** Between a restart and the next kill, so that elections and catching up are over. */
    private static final Duration REST = Duration.ofSeconds(3);

    private static final ByteString KEY = ByteString.copyFromUtf8("bench/after-a-kill");

    private LeaderKills() {}

    /** @return the duration of each gap */
    static List<Duration> measure(CoordinatorCluster cluster, int kills) throws InterruptedException {
        List<Duration> gaps = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            Thread.sleep(REST);
            ClusterMember leader = cluster.awaitLeader(START_TIMEOUT);
            List<ClusterMember> others = cluster.members().stream()
                    .filter(member -> !member.equals(leader))
                    .toList();
            gaps.add(gapAfter(leader, others));
            leader.start();
            leader.awaitReady(START_TIMEOUT);
        }
        return gaps;
    }

    private static Duration gapAfter(ClusterMember leader, List<ClusterMember> others) throws InterruptedException {
        CompletableFuture<Long> acceptedNanos = new CompletableFuture<>();
        leader.kill();
        long killedNanos = System.nanoTime();
        for (int attempt = 0; !acceptedNanos.isDone(); attempt++) {
            write(others.get(attempt % others.size()), acceptedNanos);
            if (System.nanoTime() - killedNanos > GIVE_UP.toNanos()) {
                throw new ProcessFailure("no write was accepted within " + GIVE_UP.toSeconds() + " s after a kill");
            }
            Thread.sleep(INTERVAL);
        }
        try {
            return Duration.ofNanos(acceptedNanos.get() - killedNanos);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(ClusterMember member, CompletableFuture<Long> acceptedNanos) {
        var answer = KVGrpc.newFutureStub(member.channel())
                .withDeadlineAfter(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .put(PutRequest.newBuilder().setKey(KEY).setValue(KEY).build());
        Futures.addCallback(
                answer,
                new FutureCallback<PutResponse>() {

                    @Override
                    public void onSuccess(PutResponse response) {
                        acceptedNanos.complete(System.nanoTime());
                    }

                    @Override
                    public void onFailure(Throwable notYet) {
                        // the next attempt follows
                    }
                },
                MoreExecutors.directExecutor());
    }
}
