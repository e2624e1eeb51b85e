package io.orderly.gossip.simulation;

import io.orderly.clock.VirtualTime;
import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.message.Message;
import io.orderly.gossip.message.MessageCodec;
import io.orderly.gossip.protocol.Effect;
import io.orderly.gossip.protocol.GossipMember;
import io.orderly.gossip.protocol.GossipSettings;
import io.orderly.gossip.protocol.View;
import io.orderly.gossip.simulation.SimulatedMember.State;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Members of one cluster in virtual time. The first three addresses are the seeds of all. */
final class SimulatedCluster {

    static final String NAME = "simulation";

    private static final Instant EPOCH = Instant.parse("2026-11-30T00:00:00Z");
    private static final int SEEDS = 3;
    private static final int PORT = 7000;

    private final GossipSettings settings;
    private final Random random;
    private final VirtualTime time = new VirtualTime();
    private final DatagramNetwork network;
    private final Map<InetSocketAddress, SimulatedMember> byAddress = new LinkedHashMap<>();
    private final List<InetSocketAddress> seeds = new ArrayList<>();
    private BiConsumer<SimulatedMember, Effect.Changed> observer = (member, changed) -> {};
    private int addresses;

    SimulatedCluster(GossipSettings settings, long seed) {
        this.settings = settings;
        this.random = new Random(seed);
        this.network = new DatagramNetwork(time, random, new MessageCodec(NAME), this::arrive);
        for (int i = 1; i <= SEEDS; i++) {
            seeds.add(address(i));
        }
    }

    DatagramNetwork network() {
        return network;
    }

    Random random() {
        return random;
    }

    GossipSettings settings() {
        return settings;
    }

    /** @param newObserver is told every change of every view */
    void observe(BiConsumer<SimulatedMember, Effect.Changed> newObserver) {
        observer = newObserver;
    }

    /** Starts a process at a new address. */
    SimulatedMember start(String id) {
        long periodMillis = settings.period().toMillis();
        InetSocketAddress address = nextAddress();
        // clocks of machines differ
        long skewMillis = random.nextLong(-500, 501);
        long startedAtMillis = EPOCH.toEpochMilli() + nowMillis() + skewMillis;
        var description = new MemberDescription(
                id,
                "service-" + addresses % 4,
                address,
                "http://" + address.getHostString() + ":8080",
                startedAtMillis);
        var machine = new GossipMember(
                settings,
                NAME,
                description,
                () -> seeds,
                () -> EPOCH.plusMillis(nowMillis() + skewMillis),
                new Random(random.nextLong()),
                nowMillis() + random.nextLong(periodMillis));
        var member = new SimulatedMember(description, machine);
        byAddress.put(address, member);
        scheduleTick(member);
        return member;
    }

    /** An address that no member has. */
    InetSocketAddress nextAddress() {
        return address(++addresses);
    }

    void crash(SimulatedMember member) {
        member.become(State.STOPPED);
    }

    void leave(SimulatedMember member) {
        perform(member, member.machine().leave(nowMillis()));
        member.become(State.STOPPED);
    }

    /** Stops a process for a time, as the scheduler of an overloaded machine does. */
    void pause(SimulatedMember member, long millis) {
        member.become(State.PAUSED);
        time.after(millis * 1_000, () -> resume(member));
    }

    void runPeriods(double periods) {
        boolean[] over = {false};
        time.after((long) (periods * settings.period().toMillis() * 1_000), () -> over[0] = true);
        while (!over[0]) {
            time.advance();
        }
    }

    void after(double periods, Runnable action) {
        time.after((long) (periods * settings.period().toMillis() * 1_000), action);
    }

    long nowMillis() {
        return time.nowMicros() / 1_000;
    }

    /** The time in periods since the start. */
    double nowPeriods() {
        return (double) time.nowMicros() / 1_000 / settings.period().toMillis();
    }

    /** All processes that were ever started. */
    Collection<SimulatedMember> all() {
        return byAddress.values();
    }

    List<SimulatedMember> running() {
        return byAddress.values().stream().filter(SimulatedMember::isRunning).toList();
    }

    SimulatedMember randomRunning() {
        List<SimulatedMember> running = running();
        return running.get(random.nextInt(running.size()));
    }

    Set<String> runningIds() {
        Set<String> ids = new TreeSet<>();
        running().forEach(member -> ids.add(member.id()));
        return ids;
    }

    View view(SimulatedMember member) {
        return member.machine().view(nowMillis());
    }

    /** The ids that a member considers live. */
    Set<String> liveIds(SimulatedMember member) {
        Set<String> ids = new TreeSet<>();
        for (View.Member known : view(member).live()) {
            ids.add(known.record().id());
        }
        return ids;
    }

    /** Members whose view of the live members is not exactly the running ones. */
    List<SimulatedMember> wrong() {
        Set<String> running = runningIds();
        return running().stream()
                .filter(member -> !liveIds(member).equals(running))
                .toList();
    }

    /** Runs until all running members know exactly the running members. Returns the periods that took, or a negative number. */
    double converge(int periodsMax) {
        double start = nowPeriods();
        while (!wrong().isEmpty()) {
            if (nowPeriods() - start > periodsMax) {
                return -1;
            }
            runPeriods(1);
        }
        return nowPeriods() - start;
    }

    private void scheduleTick(SimulatedMember member) {
        long delayMillis = Math.max(1, member.machine().nextTickMillis() - nowMillis());
        time.after(delayMillis * 1_000, () -> {
            if (member.isRunning()) {
                perform(member, member.machine().tick(nowMillis()));
                scheduleTick(member);
            }
        });
    }

    private void resume(SimulatedMember member) {
        if (member.isStopped()) {
            return;
        }
        member.become(State.RUNNING);
        while (!member.buffered().isEmpty()) {
            var arrival = member.buffered().remove();
            perform(member, member.machine().receive(arrival.from(), arrival.message(), nowMillis()));
        }
        scheduleTick(member);
    }

    private void arrive(InetSocketAddress from, InetSocketAddress to, Message message) {
        SimulatedMember member = byAddress.get(to);
        if (member == null || member.isStopped()) {
            return;
        }
        if (member.isRunning()) {
            perform(member, member.machine().receive(from, message, nowMillis()));
        } else {
            member.buffer(new SimulatedMember.Arrival(from, message));
        }
    }

    private void perform(SimulatedMember member, List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Send send -> network.send(member.address(), send.to(), send.message());
                case Effect.Changed changed -> observer.accept(member, changed);
                case Effect.IdentityConflict _ -> member.refuse();
                case Effect.Joined _ -> {}
            }
        }
    }

    private static InetSocketAddress address(int number) {
        try {
            byte[] bytes = ByteBuffer.allocate(4).putInt(10 << 24 | number).array();
            return new InetSocketAddress(InetAddress.getByAddress(bytes), PORT);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }
}
