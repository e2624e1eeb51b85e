package io.orderly.gossip.protocol;

import static io.orderly.gossip.protocol.TestCluster.START_MILLIS;
import static io.orderly.gossip.protocol.TestCluster.address;
import static io.orderly.gossip.protocol.TestCluster.alive;
import static io.orderly.gossip.protocol.TestCluster.claim;
import static io.orderly.gossip.protocol.TestCluster.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.gossip.member.Claim;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.member.Version;
import io.orderly.gossip.message.DigestEntry;
import io.orderly.gossip.message.Message;
import io.orderly.gossip.message.Update;
import io.orderly.gossip.protocol.Counters.Event;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GossipMemberTest {

    private static final GossipSettings SETTINGS =
            new GossipSettings(Duration.ofSeconds(1), 2, 3, 3, 5, 20, 6, 30, Duration.ofMinutes(10));

    /** Of two members: 3 times log2(2 + 1), rounded up. */
    private static final int SUSPICION_PERIODS = 6;

    private final TestCluster cluster = new TestCluster(SETTINGS);

    @Test
    void asksTheSeedsUntilItFindsAMember() {
        cluster.pass(3);
        assertThat(cluster.receivers).isNotEmpty().containsOnly(address(999));
        cluster.sent.clear();
        cluster.ping(record("m2"));
        assertThat(cluster.view().live())
                .extracting(member -> member.record().id())
                .containsExactly("m2", "self");
    }

    @Test
    void learnsFromANewMemberAllThatItKnows() {
        cluster.pass(1);
        Message.Ping ping = cluster.last(Message.Ping.class).orElseThrow();
        cluster.receive(record("m2"), new Message.Ack(record("m2"), ping.nonce(), List.of()));
        Message.Digest digest = cluster.last(Message.Digest.class).orElseThrow();
        assertThat(digest.entries()).extracting(DigestEntry::id).containsExactly("m2", "self");
        var first = new Message.Delta(record("m2"), List.of((Update.State) alive("m3", START_MILLIS)), true, List.of());
        cluster.receive(record("m2"), first);
        assertThat(cluster.last(Message.Digest.class).orElseThrow().after()).isEqualTo("m3");
        assertThat(cluster.liveness("m3")).isEqualTo(Liveness.ALIVE);
    }

    @Test
    void answersADigestWithWhatIsNewerAndAsksForTheRest() {
        cluster.ping(record("m2"), alive("m3", START_MILLIS + 5), alive("m4", START_MILLIS));
        var entries = List.of(
                new DigestEntry("m3", new Version(START_MILLIS, 0), Claim.NONE),
                new DigestEntry("m4", new Version(START_MILLIS, 7), Claim.NONE),
                new DigestEntry("m5", new Version(START_MILLIS, 0), Claim.NONE));
        cluster.receive(record("m2"), new Message.Digest(record("m2"), "m2", "m5", entries));
        Message.Delta delta = cluster.last(Message.Delta.class).orElseThrow();
        assertThat(delta.states()).extracting(Update.State::id).containsExactly("m3");
        assertThat(delta.wanted()).containsExactly("m4", "m5");
        assertThat(delta.more()).isFalse();
    }

    @Test
    void asksOthersBeforeItSuspects() {
        cluster.ping(record("m2"), alive("m3", START_MILLIS));
        cluster.pass(12, "m3");
        assertThat(cluster.sent)
                .filteredOn(Message.PingRequest.class::isInstance)
                .extracting(message -> ((Message.PingRequest) message).target())
                .contains("m2");
        assertThat(cluster.liveness("m3")).isEqualTo(Liveness.ALIVE);
        assertThat(cluster.liveness("m2").isLive() && cluster.liveness("m2") != Liveness.SUSPECT)
                .isFalse();
    }

    @Test
    void anAnswerThroughAnotherMemberIsAnAnswer() {
        cluster.ping(record("m2"), alive("m3", START_MILLIS));
        for (int period = 0; period < 8; period++) {
            cluster.pass(0.5, "m3");
            cluster.last(Message.PingRequest.class)
                    .filter(request -> request.target().equals("m2"))
                    .ifPresent(request ->
                            cluster.receive(record("m3"), new Message.Ack(record("m3"), request.nonce(), List.of())));
            cluster.pass(0.5, "m3");
        }
        assertThat(cluster.last(Message.PingRequest.class)).isPresent();
        assertThat(cluster.liveness("m2")).isEqualTo(Liveness.ALIVE);
    }

    @Test
    void passesOnTheAnswerOfAMemberThatItWasAskedToProbe() {
        cluster.ping(record("m2"), alive("m3", START_MILLIS));
        cluster.receive(record("m2"), new Message.PingRequest(record("m2"), 77, "m3", List.of()));
        Message.Ping ping = cluster.last(Message.Ping.class).orElseThrow();
        assertThat(ping.target()).isEqualTo("m3");
        cluster.receive(record("m3"), new Message.Ack(record("m3"), ping.nonce(), List.of()));
        Message.Ack ack = cluster.last(Message.Ack.class).orElseThrow();
        assertThat(ack.nonce()).isEqualTo(77);
        assertThat(cluster.receivers.get(cluster.sent.lastIndexOf(ack))).isEqualTo(address(2));
    }

    @Test
    void aMemberThatDoesNotAnswerIsSuspectedAndThenDead() {
        cluster.ping(record("m2"));
        cluster.pass(2.5);
        assertThat(cluster.liveness("m2")).isEqualTo(Liveness.SUSPECT);
        cluster.pass(SUSPICION_PERIODS - 2);
        assertThat(cluster.liveness("m2")).isEqualTo(Liveness.SUSPECT);
        cluster.pass(2);
        assertThat(cluster.liveness("m2")).isEqualTo(Liveness.DEAD);
        assertThat(cluster.self.counters().get(Event.DEATHS)).isOne();
    }

    @Test
    void aSuspectedMemberIsToldFirstAndRefutesWithAHigherIncarnation() {
        cluster.ping(record("m2"));
        cluster.pass(2.5);
        Message.Ack ack = cluster.ping(record("m2"));
        assertThat(ack.updates().getFirst()).isEqualTo(claim("m2", START_MILLIS, Liveness.SUSPECT));
        assertThat(cluster.liveness("m2")).isEqualTo(Liveness.SUSPECT);
        cluster.ping(record("m2", START_MILLIS + 1));
        assertThat(cluster.liveness("m2")).isEqualTo(Liveness.ALIVE);
    }

    @Test
    void theViewHasTheIncarnationOfAClaimAndTheAgeOfALiveness() {
        cluster.ping(record("m2"), alive("m3", START_MILLIS));
        cluster.pass(3, "m2", "m3");
        cluster.ping(record("m2").withLoad(5), claim("m3", START_MILLIS + 7, Liveness.SUSPECT));
        cluster.pass(1, "m2");
        View.Member suspected = cluster.state("m3").orElseThrow();
        assertThat(suspected.incarnation()).isEqualTo(START_MILLIS + 7);
        assertThat(suspected.record().incarnation()).isEqualTo(START_MILLIS);
        assertThat(suspected.livenessAgeMillis()).isEqualTo(1_000);
        assertThat(cluster.state("m2").orElseThrow().livenessAgeMillis()).isEqualTo(4_000);
        assertThat(cluster.view().later(500).members())
                .extracting(View.Member::livenessAgeMillis)
                .containsExactly(4_500L, 1_500L, 4_500L);
        assertThat(cluster.view().later(500).members())
                .extracting(View.Member::ageMillis)
                .containsExactly(cluster.state("m2").orElseThrow().ageMillis() + 500, suspected.ageMillis() + 500, 0L);
        assertThat(cluster.state("self").orElseThrow().livenessAgeMillis()).isEqualTo(4_000);

        cluster.ping(record("m3", START_MILLIS + 8));
        assertThat(cluster.state("m3").orElseThrow().livenessAgeMillis()).isZero();
        cluster.self.leave(cluster.nowMillis());
        cluster.pass(2);
        assertThat(cluster.state("self").orElseThrow().livenessAgeMillis()).isEqualTo(2_000);
    }

    @Test
    void refutesItsOwnSuspicionDeathAndLeave() {
        for (Liveness liveness : List.of(Liveness.SUSPECT, Liveness.DEAD, Liveness.LEFT)) {
            long before = cluster.state("self").orElseThrow().record().incarnation();
            Message.Ack ack = cluster.ping(record("m2"), claim("self", before, liveness));
            assertThat(ack.sender().incarnation()).isGreaterThan(before);
            assertThat(cluster.liveness("self")).isEqualTo(Liveness.ALIVE);
        }
        assertThat(cluster.self.counters().get(Event.REFUTATIONS)).isEqualTo(3);
        cluster.ping(record("m2"), claim("self", START_MILLIS, Liveness.DEAD));
        assertThat(cluster.self.counters().get(Event.REFUTATIONS))
                .as("an old claim")
                .isEqualTo(3);
    }

    @Test
    void aLateOrRepeatedMessageChangesNothing() {
        cluster.ping(record("m2"), alive("m3", START_MILLIS + 9));
        cluster.effects.clear();
        cluster.ping(record("m2"), alive("m3", START_MILLIS + 8), alive("m3", START_MILLIS + 9));
        cluster.ping(record("m2"), claim("m3", START_MILLIS + 8, Liveness.DEAD));
        assertThat(cluster.effects).noneMatch(Effect.Changed.class::isInstance);
        assertThat(cluster.liveness("m3")).isEqualTo(Liveness.ALIVE);
    }

    @Test
    void aMemberThatWasPausedSuspectsNoOtherForIt() {
        cluster.ping(record("m2"));
        cluster.pass(1.5, "m2");
        cluster.pass(0.9);
        cluster.pause(30);
        assertThat(cluster.liveness("m2")).isEqualTo(Liveness.ALIVE);
    }

    @Test
    void aForgottenMemberDoesNotComeBackByOldMessagesButByItsOwnRefutation() {
        cluster.ping(record("m2"), alive("m3", START_MILLIS), claim("m3", START_MILLIS, Liveness.DEAD));
        cluster.pass(SETTINGS.forgetPeriods() + 2, "m2");
        assertThat(cluster.state("m3")).isEmpty();
        cluster.ping(record("m2"), alive("m3", START_MILLIS));
        assertThat(cluster.state("m3")).isEmpty();
        Message.Ack ack = cluster.ping(record("m3"));
        assertThat(ack.updates()).contains(claim("m3", START_MILLIS, Liveness.DEAD));
        cluster.ping(record("m3", START_MILLIS + 1));
        assertThat(cluster.liveness("m3")).isEqualTo(Liveness.ALIVE);
    }

    @Test
    void aMemberThatIsFirstHeardOfAsDeadIsNotListed() {
        var dead = new MemberState(record("m3"), new Claim(START_MILLIS, Liveness.DEAD));
        cluster.ping(record("m2"), new Update.State(dead));
        assertThat(cluster.state("m3")).isEmpty();
    }

    @Test
    void theLoadIsAnnouncedOncePerPeriod() {
        cluster.pass(1);
        long before = cluster.state("self").orElseThrow().record().version().sequence();
        for (int load = 1; load <= 50; load++) {
            cluster.self.announceLoad(load);
        }
        cluster.pass(1);
        MemberRecord record = cluster.state("self").orElseThrow().record();
        assertThat(record.load()).isEqualTo(50);
        assertThat(record.version().sequence()).isEqualTo(before + 1);
    }

    @Test
    void theOldestLiveMemberOfAServiceIsItsEmergentLeader() {
        cluster.ping(record("m2", START_MILLIS - 5), alive("m3", START_MILLIS - 9));
        assertThat(cluster.view().leader("service").orElseThrow().id()).isEqualTo("m3");
        cluster.ping(record("m2", START_MILLIS - 5), claim("m3", START_MILLIS - 9, Liveness.DEAD));
        assertThat(cluster.view().leader("service").orElseThrow().id()).isEqualTo("m2");
        assertThat(cluster.view().leader("another")).isEmpty();
    }

    @Test
    void aMemberThatLeavesTellsOthersAndTakesNoMoreMessages() {
        cluster.ping(record("m2"));
        cluster.take(cluster.self.leave(cluster.nowMillis()));
        Message.Ping ping = cluster.last(Message.Ping.class).orElseThrow();
        assertThat(ping.updates()).contains(claim("self", START_MILLIS, Liveness.LEFT));
        int sent = cluster.sent.size();
        cluster.receive(record("m2"), new Message.Ping(record("m2"), 9, "self", List.of()));
        cluster.pass(5);
        assertThat(cluster.sent).hasSize(sent);
    }
}
