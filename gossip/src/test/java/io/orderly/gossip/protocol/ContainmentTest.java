package io.orderly.gossip.protocol;

import static io.orderly.gossip.protocol.TestCluster.START_MILLIS;
import static io.orderly.gossip.protocol.TestCluster.alive;
import static io.orderly.gossip.protocol.TestCluster.claim;
import static io.orderly.gossip.protocol.TestCluster.description;
import static io.orderly.gossip.protocol.TestCluster.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.gossip.member.Claim;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.member.Version;
import io.orderly.gossip.message.Message;
import io.orderly.gossip.message.MessageCodec;
import io.orderly.gossip.message.Update;
import io.orderly.gossip.message.WireSize;
import io.orderly.gossip.protocol.Counters.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What members can do that lie, flood, or have the id of another one. */
class ContainmentTest {

    private static final int MEMBERS_MAX = 6;
    private static final int MESSAGES_MAX = 30;
    private static final GossipSettings SETTINGS = new GossipSettings(
            Duration.ofSeconds(1), 2, 3, 3, 5, 20, MEMBERS_MAX, MESSAGES_MAX, Duration.ofMinutes(10));
    private static final long TOO_FAR = START_MILLIS + Duration.ofMinutes(11).toMillis();

    private final TestCluster cluster = new TestCluster(SETTINGS);

    @Test
    void incarnationsFarAheadAreRefused() {
        cluster.ping(record("m2"), alive("m3", TOO_FAR), claim("m2", TOO_FAR, Liveness.DEAD));
        assertThat(cluster.state("m3")).isEmpty();
        assertThat(cluster.liveness("m2")).isEqualTo(Liveness.ALIVE);
        cluster.ping(record("m2"), claim("self", TOO_FAR, Liveness.DEAD));
        assertThat(cluster.state("self").orElseThrow().record().incarnation()).isEqualTo(START_MILLIS);
        cluster.receive(record("m4", TOO_FAR), new Message.Ping(record("m4", TOO_FAR), 1, "", List.of()));
        assertThat(cluster.state("m4")).isEmpty();
        assertThat(cluster.self.counters().get(Refusal.INCARNATION)).isEqualTo(4);
    }

    @Test
    void aFloodFromOneMemberDoesNotKeepOthersOut() {
        cluster.pass(1);
        cluster.ping(record("m2"));
        cluster.ping(record("m3"));
        int before = cluster.sent.size();
        for (int i = 0; i < 10 * MESSAGES_MAX; i++) {
            cluster.receive(record("m2"), new Message.Ping(record("m2"), i, "self", List.of()));
        }
        assertThat(cluster.sent.size() - before).isLessThanOrEqualTo(MESSAGES_MAX);
        assertThat(cluster.self.counters().get(Refusal.RATE)).isGreaterThanOrEqualTo(9 * MESSAGES_MAX);
        int refused = cluster.sent.size();
        cluster.ping(record("m3"));
        assertThat(cluster.sent).hasSizeGreaterThan(refused);
    }

    @Test
    void aFloodFromManyAddressesDoesNotKeepMembersOut() {
        cluster.pass(1);
        cluster.ping(record("m2"));
        for (int port = 1_000; port < 3_000; port++) {
            MemberRecord stranger = record("m" + port);
            cluster.receive(stranger, new Message.Ping(stranger, 1, "self", List.of()));
        }
        assertThat(cluster.view().members()).hasSize(MEMBERS_MAX);
        assertThat(cluster.self.counters().get(Refusal.MEMBERS)).isPositive();
        assertThat(cluster.self.counters().get(Refusal.RATE)).isPositive();
        int before = cluster.sent.size();
        cluster.ping(record("m2"));
        assertThat(cluster.sent).hasSizeGreaterThan(before);
    }

    @Test
    void inventedMembersDieAndMakeRoom() {
        cluster.ping(record("m2"), alive("m3", START_MILLIS), alive("m4", START_MILLIS), alive("m5", START_MILLIS));
        cluster.ping(record("m2"), alive("m6", START_MILLIS), alive("m7", START_MILLIS));
        assertThat(cluster.state("m7")).isEmpty();
        cluster.pass(40, "m2");
        assertThat(cluster.view().live())
                .extracting(member -> member.record().id())
                .containsExactly("m2", "self");
        cluster.ping(record("m7"));
        assertThat(cluster.liveness("m7")).isEqualTo(Liveness.ALIVE);
    }

    @Test
    void messagesForThePreviousOwnerOfTheAddressAreNotAnswered() {
        cluster.receive(record("m2"), new Message.Ping(record("m2"), 1, "previous", List.of()));
        assertThat(cluster.sent).isEmpty();
        assertThat(cluster.self.counters().get(Refusal.WRONG_TARGET)).isOne();
    }

    @Test
    void forgedAnswersDoNotEndAProbe() {
        cluster.ping(record("m2"));
        for (int period = 0; period < 3; period++) {
            cluster.pass(1);
            cluster.receive(record("m9"), new Message.Ack(record("m9"), 1, List.of()));
            cluster.last(Message.Ping.class)
                    .ifPresent(ping ->
                            cluster.receive(record("m9"), new Message.Ack(record("m9"), ping.nonce(), List.of())));
        }
        assertThat(cluster.liveness("m2")).isEqualTo(Liveness.SUSPECT);
    }

    @Test
    void messagesAreBoundedHoweverMuchThereIsToTell() {
        var large = new TestCluster(GossipSettings.DEFAULT);
        List<Update> updates = new ArrayList<>();
        for (int i = 10; i < 500; i++) {
            updates.add(alive("m" + i, START_MILLIS));
        }
        for (int i = 0; i < updates.size(); i += 10) {
            large.ping(record("m2"), updates.subList(i, i + 10).toArray(Update[]::new));
        }
        for (int i = 10; i < 100; i++) {
            large.ping(record("m2"), claim("m" + i, START_MILLIS, Liveness.SUSPECT));
        }
        large.pass(20, "m2");
        var codec = new MessageCodec("test");
        assertThat(large.sent)
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        message -> assertThat(codec.encode(message)).hasSizeLessThanOrEqualTo(WireSize.MESSAGE_MAX));
    }

    @Test
    void theSecondProcessWithAnIdStopsWhenTheFirstAnswers() {
        MemberRecord first = other(START_MILLIS - 1_000);
        cluster.pass(1);
        cluster.ping(record("m2"), new Update.State(new MemberState(first, Claim.NONE)));
        assertThat(cluster.effects).as("hearsay proves nothing").noneMatch(Effect.IdentityConflict.class::isInstance);
        answerOf(first);
        assertThat(cluster.effects).contains(new Effect.IdentityConflict(first.description()));
    }

    @Test
    void theFirstProcessWithAnIdStaysAndOutbidsTheSecond() {
        MemberRecord second = other(START_MILLIS + 1_000);
        cluster.pass(1);
        cluster.ping(record("m2"), new Update.State(new MemberState(second, Claim.NONE)));
        answerOf(second);
        assertThat(cluster.effects).noneMatch(Effect.IdentityConflict.class::isInstance);
        assertThat(cluster.self.counters().get(Event.DUPLICATE_IDS)).isOne();
        assertThat(cluster.state("self").orElseThrow().record().incarnation()).isGreaterThan(second.incarnation());
    }

    @Test
    void aMemberThatJoinedLongAgoIsNotStoppedByALie() {
        cluster.ping(record("m2"));
        cluster.pass(30, "m2");
        MemberRecord lie = other(START_MILLIS - 1_000);
        cluster.ping(record("m2"), new Update.State(new MemberState(lie, Claim.NONE)));
        answerOf(lie);
        assertThat(cluster.effects).noneMatch(Effect.IdentityConflict.class::isInstance);
        assertThat(cluster.self.counters().get(Event.DUPLICATE_IDS)).isOne();
    }

    @Test
    void aProcessIsToldOfTheOtherLiveOneWithItsId() {
        MemberRecord first = record("m2");
        cluster.ping(first);
        MemberRecord second =
                new MemberRecord(description("m2", 77, START_MILLIS + 1), 0, new Version(START_MILLIS + 1, 0));
        Update told = new Update.State(new MemberState(first, Claim.NONE));
        assertThat(cluster.ping(second).updates()).startsWith(told);
        assertThat(cluster.ping(second).updates()).as("this one is known now").doesNotContain(told);
    }

    @Test
    void aProcessIsNotToldOfOneThatIsDead() {
        MemberRecord first = record("m2");
        cluster.ping(first);
        cluster.ping(record("m3"), claim("m2", START_MILLIS, Liveness.DEAD));
        MemberRecord second =
                new MemberRecord(description("m2", 77, START_MILLIS + 1), 0, new Version(START_MILLIS + 1, 0));
        assertThat(cluster.ping(second).updates())
                .noneMatch(update -> update instanceof Update.State told
                        && told.state().record().equals(first));
    }

    @Test
    void theProcessBeforeARestartAtTheSameAddressIsNotAsked() {
        MemberRecord before =
                new MemberRecord(description("self", 1, START_MILLIS - 1_000), 0, new Version(START_MILLIS - 1_000, 0));
        answerToJoin(new Update.State(new MemberState(before, Claim.NONE)));
        assertThat(cluster.sent).noneMatch(ContainmentTest::isChallenge);
        assertThat(cluster.effects).contains(new Effect.Joined());
    }

    @Test
    void aMemberHasJoinedOnceAnotherAnswers() {
        answerToJoin();
        answerToJoin();
        assertThat(cluster.effects).containsOnlyOnce(new Effect.Joined());
    }

    @Test
    void aMemberHasNotJoinedWhileAnotherProcessMayHaveItsId() {
        MemberRecord first = other(START_MILLIS - 1_000);
        answerToJoin(new Update.State(new MemberState(first, Claim.NONE)));
        answerToJoin();
        assertThat(cluster.sent).anyMatch(ContainmentTest::isChallenge);
        assertThat(cluster.effects).doesNotContain(new Effect.Joined());
        answerOf(first);
        assertThat(cluster.effects).contains(new Effect.IdentityConflict(first.description()));
    }

    @Test
    void aMemberWithoutSeedsHasJoinedAtOnce() {
        var alone = new GossipMember(
                SETTINGS, "test", description("self", 1, START_MILLIS), List::of, Instant::now, new Random(1), 0);
        assertThat(alone.join()).containsExactly(new Effect.Joined());
        assertThat(alone.join()).isEmpty();
    }

    /** The member looks for others, and gets an answer of one. */
    private void answerToJoin(Update... updates) {
        cluster.take(cluster.self.join());
        Message.Ping ping = cluster.last(Message.Ping.class).orElseThrow();
        cluster.receive(record("m2"), new Message.Ack(record("m2"), ping.nonce(), List.of(updates)));
    }

    private static boolean isChallenge(Message message) {
        return message instanceof Message.Ping ping && ping.target().equals("self");
    }

    private void answerOf(MemberRecord other) {
        Message.Ping challenge = cluster.sent.stream()
                .filter(Message.Ping.class::isInstance)
                .map(Message.Ping.class::cast)
                .filter(ping -> ping.target().equals("self"))
                .findFirst()
                .orElseThrow();
        cluster.receive(other, new Message.Ack(other, challenge.nonce(), List.of()));
    }

    private static MemberRecord other(long startedAtMillis) {
        return new MemberRecord(description("self", 77, startedAtMillis), 0, new Version(startedAtMillis, 0));
    }
}
