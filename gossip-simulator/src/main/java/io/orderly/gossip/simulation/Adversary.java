package io.orderly.gossip.simulation;

import io.orderly.gossip.member.Claim;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.member.Version;
import io.orderly.gossip.message.Message;
import io.orderly.gossip.message.Update;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A process that can reach the members and knows the protocol, but does not follow it. */
final class Adversary {

    private static final int FLOOD_PER_PERIOD = 300;
    private static final int INVENTED_PER_MESSAGE = 8;
    private static final int LIES_PER_PERIOD = 5;
    private static final long FAR_AHEAD = Long.MAX_VALUE / 2;

    private final SimulatedCluster cluster;
    private final InetSocketAddress address;
    private final String id;
    private int invented;

    Adversary(SimulatedCluster cluster, String id) {
        this.cluster = cluster;
        this.id = id;
        this.address = cluster.nextAddress();
    }

    /** Sends many messages about members that do not exist, for a number of periods. */
    void flood(int periods) {
        every(periods, () -> {
            SimulatedMember victim = cluster.randomRunning();
            for (int i = 0; i < FLOOD_PER_PERIOD; i++) {
                List<Update.State> states = new ArrayList<>();
                for (int j = 0; j < INVENTED_PER_MESSAGE; j++) {
                    String name = id + "-invented-" + ++invented;
                    states.add(new Update.State(new MemberState(record(name, address, now()), Claim.NONE)));
                }
                send(victim, new Message.Delta(record(id, address, now()), states, true, List.of()));
            }
        });
    }

    /**
     * Sends lies for a number of periods: that members are dead or left, that their records are others, and incarnations that lie far ahead.
     */
    void lie(int periods) {
        every(periods, () -> {
            for (int i = 0; i < LIES_PER_PERIOD; i++) {
                SimulatedMember subject = cluster.randomRunning();
                send(
                        cluster.randomRunning(),
                        new Message.Ping(record(id, address, now()), 1, "", List.of(lieAbout(subject))));
                send(
                        cluster.randomRunning(),
                        new Message.Ping(record(id, address, FAR_AHEAD), 1, "", List.of(lieAbout(subject))));
            }
        });
    }

    private Update lieAbout(SimulatedMember subject) {
        long incarnation = cluster.view(subject).members().stream()
                .filter(member -> member.record().id().equals(subject.id()))
                .findAny()
                .orElseThrow()
                .record()
                .incarnation();
        return switch (cluster.random().nextInt(5)) {
            case 0 -> new Update.About(subject.id(), new Claim(incarnation, Liveness.SUSPECT));
            case 1 -> new Update.About(subject.id(), new Claim(incarnation, Liveness.DEAD));
            case 2 -> new Update.About(subject.id(), new Claim(incarnation + 1_000, Liveness.LEFT));
            case 3 -> new Update.About(subject.id(), new Claim(FAR_AHEAD, Liveness.DEAD));
            default -> new Update.State(new MemberState(record(subject.id(), address, incarnation + 1), Claim.NONE));
        };
    }

    private void every(int periods, Runnable action) {
        for (int i = 0; i < periods; i++) {
            cluster.after(i, action);
        }
    }

    private void send(SimulatedMember to, Message message) {
        cluster.network().send(address, to.address(), message);
    }

    private long now() {
        return cluster.randomRunning().description().startedAtMillis();
    }

    private static MemberRecord record(String id, InetSocketAddress address, long incarnation) {
        var description = new MemberDescription(id, "none", address, "http://none:1", 0);
        return new MemberRecord(description, 0, new Version(incarnation, 0));
    }
}
