package io.orderly.coordinator.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderly.coordinator.store.Bytes;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** One candidate leads at a time, with an increasing token. */
interface ElectionContract extends ContractRun {

    @Test
    default void electsAnotherLeaderAfterAResignationAndCampaignsAgainAfterALoss() {
        String name = key("election").toUtf8();
        Candidate first = new Candidate();
        Candidate second = new Candidate();
        CoordinatorClient other = anotherClient();
        try (LeaderElection one = client().election(name, Bytes.utf8("one"), first);
                LeaderElection two = other.election(name, Bytes.utf8("two"), second)) {
            one.campaign();
            await().atMost(LONG).until(one::isLeader);
            two.campaign();
            await().atMost(LONG).until(() -> keys(name).size() == 2);
            assertThat(two.isLeader()).isFalse();
            other.delete(keys(name).stream()
                            .filter(key -> key.value().equals(Bytes.utf8("one")))
                            .findFirst()
                            .orElseThrow()
                            .key())
                    .orThrow();
            await().atMost(LONG).until(two::isLeader);
            await().atMost(LONG).until(() -> first.lost.size() == 1);
            await().atMost(LONG).until(() -> keys(name).size() == 2);
            two.resign();
            assertThat(two.isLeader()).isFalse();
            await().atMost(LONG).until(one::isLeader);
            await().atMost(LONG).until(() -> first.elected.size() == 2 && second.lost.size() == 1);
            assertThat(List.of(
                            first.elected.peek(),
                            second.elected.peek(),
                            one.token().orElseThrow()))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    final class Candidate implements ElectionListener {

        private final ConcurrentLinkedQueue<FencingToken> elected = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<FencingToken> lost = new ConcurrentLinkedQueue<>();

        @Override
        public void onElected(FencingToken token) {
            elected.add(token);
        }

        @Override
        public void onLost(FencingToken token) {
            lost.add(token);
        }
    }
}
