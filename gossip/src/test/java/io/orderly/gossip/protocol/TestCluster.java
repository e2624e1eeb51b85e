package io.orderly.gossip.protocol;

import io.orderly.gossip.member.Claim;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.member.Version;
import io.orderly.gossip.message.Message;
import io.orderly.gossip.message.Update;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One real member, {@code self}, and messages of others that the test writes. Periods last one second. */
final class TestCluster {

    static final long START_MILLIS = Instant.parse("2026-11-30T00:00:00Z").toEpochMilli();

    private static final InetSocketAddress SEED = address(999);

    final List<Message> sent = new ArrayList<>();
    final List<InetSocketAddress> receivers = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();
    final GossipMember self;
    private long nowMillis = 1_000_000;
    private long nonce;

    TestCluster(GossipSettings settings) {
        self = new GossipMember(
                settings,
                "test",
                description("self", 1, START_MILLIS),
                () -> List.of(SEED),
                () -> Instant.ofEpochMilli(START_MILLIS + nowMillis - 1_000_000),
                new Random(1),
                nowMillis);
    }

    static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    static MemberDescription description(String id, int port, long startedAtMillis) {
        return new MemberDescription(id, "service", address(port), "http://localhost:" + port, startedAtMillis);
    }

    /** A member whose port is in its name, such as {@code m7}. */
    static MemberRecord record(String id, long incarnation) {
        return new MemberRecord(
                description(id, Integer.parseInt(id.substring(1)), incarnation), 0, new Version(incarnation, 0));
    }

    static MemberRecord record(String id) {
        return record(id, START_MILLIS);
    }

    static Update alive(String id, long incarnation) {
        return new Update.State(new MemberState(record(id, incarnation), Claim.NONE));
    }

    static Update claim(String id, long incarnation, Liveness liveness) {
        return new Update.About(id, new Claim(incarnation, liveness));
    }

    /** The member gets a ping of another one with updates, and answers. */
    Message.Ack ping(MemberRecord from, Update... updates) {
        receive(from, new Message.Ping(from, ++nonce, "self", List.of(updates)));
        return last(Message.Ack.class).orElseThrow();
    }

    void receive(MemberRecord from, Message message) {
        take(self.receive(from.description().gossipAddress(), message, nowMillis));
    }

    /** Lets time pass; the given members answer every ping for them. */
    void pass(double periods, String... answering) {
        long until = nowMillis + (long) (periods * 1_000);
        while (nowMillis < until) {
            nowMillis = Math.min(until, Math.max(nowMillis + 1, self.nextTickMillis()));
            int before = sent.size();
            take(self.tick(nowMillis));
            for (Message message : List.copyOf(sent.subList(before, sent.size()))) {
                if (message instanceof Message.Ping ping && List.of(answering).contains(ping.target())) {
                    MemberRecord from = state(ping.target()).orElseThrow().record();
                    receive(from, new Message.Ack(from, ping.nonce(), List.of()));
                }
            }
        }
    }

    /** The process does not run for a time, and then all at once. */
    void pause(double periods) {
        nowMillis += (long) (periods * 1_000);
        take(self.tick(nowMillis));
    }

    Optional<View.Member> state(String id) {
        return self.view(nowMillis).members().stream()
                .filter(member -> member.record().id().equals(id))
                .findAny();
    }

    Liveness liveness(String id) {
        return state(id).orElseThrow().liveness();
    }

    <T extends Message> Optional<T> last(Class<T> type) {
        return sent.reversed().stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    long nowMillis() {
        return nowMillis;
    }

    View view() {
        return self.view(nowMillis);
    }

    void take(List<Effect> taken) {
        effects.addAll(taken);
        for (Effect effect : taken) {
            if (effect instanceof Effect.Send send) {
                sent.add(send.message());
                receivers.add(send.to());
            }
        }
    }
}
