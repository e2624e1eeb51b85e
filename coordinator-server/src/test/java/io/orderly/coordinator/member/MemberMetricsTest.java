package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.NodeId;
import io.orderly.coordinator.consensus.ReplicaEvent;
import org.junit.jupiter.api.Test;

class MemberMetricsTest {

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final MemberMetrics metrics = new MemberMetrics(meters);

    private static Ballot ballot(int round, int node) {
        return new Ballot(round, node);
    }

    private double losses() {
        return meters.get("orderly.coordinator.node.failures").counter().count();
    }

    @Test
    void aLeaderThatIsSilentIsLostOnce() {
        metrics.happened(new ReplicaEvent.Following(ballot(1, 2), new NodeId(2)));
        assertThat(losses()).isZero();

        metrics.happened(new ReplicaEvent.PreVoting(ballot(2, 1), "silence"));
        metrics.happened(new ReplicaEvent.PreVoting(ballot(2, 1), "silence"));
        metrics.happened(new ReplicaEvent.Preparing(ballot(2, 1)));
        metrics.happened(new ReplicaEvent.BecameLeader(ballot(2, 1), 0, 0));

        assertThat(losses()).isEqualTo(1);
    }

    @Test
    void aLeaderThatTransfersItsLeadershipIsNotLost() {
        metrics.happened(new ReplicaEvent.Following(ballot(1, 2), new NodeId(2)));
        metrics.happened(new ReplicaEvent.Following(ballot(2, 3), new NodeId(3)));
        metrics.happened(new ReplicaEvent.Preparing(ballot(3, 1)));
        metrics.happened(new ReplicaEvent.BecameLeader(ballot(3, 1), 0, 0));

        assertThat(losses()).isZero();
    }

    @Test
    void aLeaderDoesNotLoseItself() {
        metrics.happened(new ReplicaEvent.Preparing(ballot(1, 1)));
        metrics.happened(new ReplicaEvent.BecameLeader(ballot(1, 1), 0, 0));
        metrics.happened(new ReplicaEvent.SteppedDown(ballot(1, 1), "it is outranked"));
        metrics.happened(new ReplicaEvent.Following(ballot(2, 2), null));
        metrics.happened(new ReplicaEvent.Following(ballot(2, 2), new NodeId(2)));

        assertThat(losses()).isZero();
    }
}
