package io.orderly.lab.torture.coordinator;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * Chooses members as a client with several endpoints does: not those that refuse connections. Requests to these would fail at once and
 * never be sent, and while a process starts there would be more of them than of all others.
 */
final class ReachableMembers {

    private ReachableMembers() {}

    /**
     * @param channel the connection to a member
     * @return a random one of those that do not refuse connections; empty if all do
     */
    static <M> Optional<M> choose(List<M> members, Function<M, ManagedChannel> channel, Random random) {
        int first = random.nextInt(members.size());
        for (int i = 0; i < members.size(); i++) {
            M member = members.get((first + i) % members.size());
            if (channel.apply(member).getState(true) != ConnectivityState.TRANSIENT_FAILURE) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }
}
