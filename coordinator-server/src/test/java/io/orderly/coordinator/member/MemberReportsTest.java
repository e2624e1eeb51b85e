package io.orderly.coordinator.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.Membership;
import io.orderly.coordinator.consensus.NodeId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemberReportsTest {

    private static final NodeId SELF = new NodeId(1);
    private static final NodeId TWO = new NodeId(2);
    private static final NodeId THREE = new NodeId(3);
    private static final Membership MEMBERS = Membership.of(1, 2, 3);
    private static final long LONG = Duration.ofMinutes(1).toNanos();

    private final MemberReports reports = new MemberReports(SELF);

    @Test
    void aLeaderWithSpaceAcceptsDataWithAMajority() {
        assertThat(reports.acceptsData(MEMBERS, false, 0))
                .as("nothing was told yet")
                .isTrue();
        reports.told(TWO, true, 0);
        assertThat(reports.acceptsData(MEMBERS, false, 1)).isTrue();
        reports.told(THREE, true, 1);
        assertThat(reports.acceptsData(MEMBERS, false, 2)).isFalse();
        reports.told(TWO, false, 2);
        assertThat(reports.acceptsData(MEMBERS, false, 3)).isTrue();
    }

    @Test
    void silenceAloneIsNoLackOfSpace() {
        reports.told(TWO, false, 0);
        reports.told(THREE, true, 0);
        assertThat(reports.acceptsData(MEMBERS, false, LONG)).isTrue();
    }

    @Test
    void aMemberThatIsSilentHasNoSpaceThatCountsIfAnotherHasNone() {
        reports.told(TWO, true, LONG);
        reports.told(THREE, false, 0);
        assertThat(reports.acceptsData(MEMBERS, false, LONG)).isFalse();
    }

    @Test
    void theVotersWithSpaceAreAskedInTurnToTakeOver() {
        reports.told(TWO, false, 0);
        reports.told(THREE, false, 0);
        assertThat(reports.successor(MEMBERS, 1)).contains(TWO);
        assertThat(reports.successor(MEMBERS, 1)).contains(THREE);
        assertThat(reports.successor(MEMBERS, 1)).contains(TWO);
        assertThat(reports.successor(Membership.of(1, 3), 1))
                .as("the last is no member any more")
                .contains(THREE);
        assertThat(reports.successor(Membership.of(1, 3), 1)).contains(THREE);
    }

    @Test
    void aLeaderWithoutSpaceHandsOverToAVoterThatHasSome() {
        assertThat(reports.acceptsData(MEMBERS, true, 0)).isFalse();
        assertThat(reports.successor(MEMBERS, 0)).as("nothing was told yet").isEmpty();
        reports.told(TWO, true, 0);
        reports.told(THREE, false, 0);
        assertThat(reports.successor(MEMBERS, 1)).contains(THREE);
        assertThat(reports.successor(Membership.of(1, 2), 1)).isEmpty();
        assertThat(reports.successor(MEMBERS, LONG)).as("it is silent").isEmpty();
    }
}
