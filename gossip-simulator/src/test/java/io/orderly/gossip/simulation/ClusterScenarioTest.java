package io.orderly.gossip.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.gossip.protocol.GossipSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterScenarioTest {

    private static final int PERIODS_MAX = 100;

    private final SimulatedCluster cluster = new SimulatedCluster(GossipSettings.DEFAULT, 1);

    @BeforeEach
    void start() {
        for (int i = 0; i < 12; i++) {
            cluster.start("member-" + i);
        }
        assertThat(cluster.converge(PERIODS_MAX)).isNotNegative();
    }

    @Test
    void theSecondProcessWithAnIdIsRefusedAndTheFirstStays() {
        SimulatedMember first = cluster.running().get(5);
        SimulatedMember second = cluster.start(first.id());
        cluster.runPeriods(20);
        assertThat(second.isRefused()).isTrue();
        assertThat(first.isRefused()).isFalse();
        assertThat(cluster.converge(PERIODS_MAX)).isNotNegative();
        assertThat(cluster.running())
                .allSatisfy(member -> assertThat(cluster.view(member).members())
                        .filteredOn(known -> known.record().id().equals(first.id()))
                        .singleElement()
                        .satisfies(known ->
                                assertThat(known.record().description()).isEqualTo(first.description())));
    }

    @Test
    void aRestartAtOnceUnderTheSameIdReplacesTheProcessBeforeIt() {
        SimulatedMember before = cluster.running().get(5);
        cluster.crash(before);
        SimulatedMember after = cluster.start(before.id());
        cluster.runPeriods(15);
        assertThat(cluster.converge(PERIODS_MAX)).isNotNegative();
        assertThat(after.isRefused()).isFalse();
        assertThat(cluster.running())
                .allSatisfy(member -> assertThat(cluster.view(member).live())
                        .extracting(known -> known.record().description())
                        .contains(after.description()));
    }

    @Test
    void aPartitionThatLastsUntilAllAreDeadHeals() {
        cluster.running().forEach(member -> cluster.network().moveTo(member.id().hashCode() % 2, member.address()));
        cluster.runPeriods(60);
        assertThat(cluster.wrong()).hasSize(12);
        cluster.network().heal();
        assertThat(cluster.converge(PERIODS_MAX)).isNotNegative();
    }

    @Test
    void membersThatLeaveAreNotProbedAnyMore() {
        cluster.leave(cluster.running().getLast());
        assertThat(cluster.converge(10)).isNotNegative();
    }
}
