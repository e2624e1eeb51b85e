package io.orderly.coordinator.partitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.partitions.Assignment;
import io.orderly.partitions.MemberId;
import io.orderly.partitions.OwnedPartitions.Claim;
import io.orderly.partitions.OwnerEffect;
import io.orderly.partitions.PartitionId;
import io.orderly.partitions.PartitionMap;
import io.orderly.partitions.PartitionMapText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrationTest {

    private static final MemberId SELF = new MemberId("self");
    private static final MemberId OTHER = new MemberId("other");

    private final List<OwnerEffect> effects = new ArrayList<>();
    private long nowNanos = Duration.ofHours(1).toNanos();
    private Duration leaseRemaining = Duration.ofSeconds(5);
    private final Registration registration =
            new Registration(SELF, () -> leaseRemaining, () -> nowNanos, effects::add);

    private final PartitionMap alone = Assignment.next(null, Map.of(SELF, 0L), 1, 10);
    private final PartitionMap shared = Assignment.next(alone, Map.of(SELF, 0L, OTHER, 0L), 1, 20);

    @Test
    void aClaimHasThePartitionsOfTheMapWithTheirTokens() {
        see(10, alone);

        try (Claim claim = registration.claim()) {
            assertThat(claim.tokens())
                    .hasSize(PartitionId.COUNT)
                    .allSatisfy((_, token) -> assertThat(token).isEqualTo(10));
        }
    }

    @Test
    void aPartitionThatIsLostIsAcknowledgedWhenItsLastClaimIsClosed() {
        see(10, alone);
        Claim first = registration.claim();
        Claim second = registration.claim();

        see(20, shared);
        assertThat(acknowledged()).isEmpty();
        first.close();
        first.close();
        assertThat(acknowledged()).isEmpty();

        second.close();
        assertThat(acknowledged()).containsExactly(20L);
    }

    @Test
    void aPartitionWithoutAClaimIsAcknowledgedAtOnce() {
        see(10, alone);

        see(20, shared);

        assertThat(acknowledged()).containsExactly(20L);
        assertThat(registration.owned()).hasSize(PartitionId.COUNT / 2);
    }

    @Test
    void aClaimAfterALossDoesNotDelayTheAcknowledgement() {
        see(10, alone);
        Claim before = registration.claim();
        see(20, shared);

        Claim after = registration.claim();
        before.close();

        assertThat(after.tokens()).hasSize(PartitionId.COUNT / 2);
        assertThat(acknowledged()).containsExactly(20L);
    }

    @Test
    void nothingIsOwnedAfterTheLeaseIsOver() {
        see(10, alone);
        nowNanos += leaseRemaining.toNanos();
        leaseRemaining = Duration.ZERO;

        assertThat(registration.claim().tokens()).isEmpty();
        assertThat(registration.isOver()).isTrue();
        assertThat(effects).filteredOn(OwnerEffect.Lost.class::isInstance).hasSize(PartitionId.COUNT);

        leaseRemaining = Duration.ofSeconds(5);
        assertThat(registration.claim().tokens()).isEmpty();
    }

    @Test
    void aRenewedLeaseKeepsThePartitions() {
        see(10, alone);
        nowNanos += Duration.ofSeconds(4).toNanos();
        assertThat(registration.claim().tokens()).isNotEmpty();
        nowNanos += Duration.ofSeconds(4).toNanos();

        assertThat(registration.claim().tokens()).isNotEmpty();
        assertThat(registration.isOver()).isFalse();
    }

    @Test
    void aMalformedMapIsAnAlarmAndChangesNothing() {
        see(10, alone);

        registration.mapSeen(30, "no map");

        assertThat(registration.owned()).hasSize(PartitionId.COUNT);
        assertThat(effects).anyMatch(OwnerEffect.Alarm.class::isInstance);
    }

    private void see(long revision, PartitionMap map) {
        registration.mapSeen(revision, PartitionMapText.write(map));
    }

    private List<Long> acknowledged() {
        return effects.stream()
                .filter(OwnerEffect.Acknowledge.class::isInstance)
                .map(effect -> ((OwnerEffect.Acknowledge) effect).generation())
                .toList();
    }
}
