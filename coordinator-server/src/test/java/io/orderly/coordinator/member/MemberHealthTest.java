package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Ballot;
import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class MemberHealthTest {

    private static final NodeId SELF = new NodeId(1);
    private static final Membership MEMBERSHIP = Membership.of(1, 2, 3);
    private static final Duration STALL = Duration.ofSeconds(10);

    private static Status readiness(@Nullable NodeId leader, Membership membership, long commit, long applied) {
        return readiness(leader, membership, commit, applied, Set.of());
    }

    private static Status readiness(
            @Nullable NodeId leader, Membership membership, long commit, long applied, Set<NodeId> differing) {
        var ballot = new Ballot(1, 2);
        return MemberHealth.readiness(
                        SELF,
                        new io.orderly.coordinator.consensus.Status(
                                SELF,
                                io.orderly.coordinator.consensus.Status.Role.FOLLOWER,
                                ballot,
                                ballot,
                                leader,
                                commit,
                                applied,
                                commit,
                                0,
                                membership,
                                List.of(),
                                0),
                        differing)
                .getStatus();
    }

    @Test
    void aMemberInAQuorumThatIsCaughtUpIsReady() {
        assertThat(readiness(new NodeId(2), MEMBERSHIP, 5_000, 4_500)).isEqualTo(Status.UP);
    }

    @Test
    void aMemberWithoutALeaderOrAVoteOrFarBehindIsNotReady() {
        assertThat(readiness(null, MEMBERSHIP, 5, 5)).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(readiness(new NodeId(2), Membership.of(2, 3), 5, 5)).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(readiness(new NodeId(2), MEMBERSHIP, 5_000, 3_000)).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void whileStatesDifferItIsNot() {
        assertThat(readiness(new NodeId(2), MEMBERSHIP, 5, 5, Set.of(new NodeId(3))))
                .isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void aMemberWithAStuckLoopOrDiskIsNotAlive() {
        long stuck = STALL.toNanos();
        assertThat(MemberHealth.liveness(true, stuck - 1, stuck - 1, STALL).getStatus())
                .isEqualTo(Status.UP);
        assertThat(MemberHealth.liveness(true, stuck, 0, STALL).getStatus()).isEqualTo(Status.DOWN);
        assertThat(MemberHealth.liveness(true, 0, stuck, STALL).getStatus()).isEqualTo(Status.DOWN);
        assertThat(MemberHealth.liveness(false, 0, 0, STALL).getStatus()).isEqualTo(Status.DOWN);
    }
}
