package io.orderly.gossip.protocol;

import io.orderly.gossip.member.Claim;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.member.Version;
import io.orderly.gossip.message.Message;
import io.orderly.gossip.message.Update;
import io.orderly.gossip.message.WireSize;
import io.orderly.gossip.protocol.Counters.Event;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A member of a cluster: takes messages and ticks, and returns what is to be done. Not thread-safe. All times are monotonic milliseconds,
 * except that incarnations are compared with the wall clock.
 *
 * <p>Invariants: the own record is written only here; the version of a known member never decreases; a live member refutes every claim
 * against itself; no message exceeds {@link WireSize#MESSAGE_MAX}.
 */
public final class GossipMember {

    private static final int LEAVE_MESSAGES = 8;

    /** How many seeds are asked at once. */
    private static final int JOIN_MESSAGES = 8;

    private final GossipSettings settings;
    private final String cluster;
    private final MemberDescription description;
    private final Supplier<List<InetSocketAddress>> seeds;
    private final RandomGenerator random;
    private final Counters counters = new Counters();
    private final Knowledge knowledge;
    private final Rumours rumours = new Rumours();
    private final ProbeOrder order;
    private final Relays relays = new Relays();
    private final RateLimits limits;
    private final AntiEntropy antiEntropy;
    private final Identity identity;
    private final Learning learning;

    private List<Effect> effects = new ArrayList<>();
    private @Nullable Probe probe;
    private long period;
    private long periodStartMillis;
    private int load;
    private boolean joined;
    private boolean left;

    /**
     * @param cluster messages of other clusters are refused
     * @param self this member; its start is its first incarnation
     * @param seeds where to look for other members, asked for each time; they need not be in service, and the own address is
     *     ignored
     * @param wallClock to compare incarnations with
     * @param random of all choices
     * @param nowMillis the time of the first period
     */
    public GossipMember(
            GossipSettings settings,
            String cluster,
            MemberDescription self,
            Supplier<List<InetSocketAddress>> seeds,
            InstantSource wallClock,
            RandomGenerator random,
            long nowMillis) {
        this.settings = settings;
        this.cluster = cluster;
        this.description = self;
        this.seeds = seeds;
        this.random = random;
        var record = new MemberRecord(self, 0, new Version(self.startedAtMillis(), 0));
        this.knowledge = new Knowledge(settings, new MemberState(record, Claim.NONE), counters, nowMillis);
        this.order = new ProbeOrder(random);
        this.limits = new RateLimits(settings.messagesPerPeriodMax());
        this.antiEntropy = new AntiEntropy(cluster, knowledge);
        this.identity = new Identity(self);
        this.learning = new Learning(
                settings,
                self,
                wallClock,
                random,
                knowledge,
                rumours,
                order,
                limits,
                identity,
                counters,
                this::perform);
        this.periodStartMillis = nowMillis - settings.periodMillis();
        rumours.add(self.id(), Rumours.Kind.INCARNATION);
    }

    /** When {@link #tick} has something to do next. */
    public long nextTickMillis() {
        boolean awaitsDirect = probe != null && !probe.indirect();
        return periodStartMillis + (awaitsDirect ? settings.ackTimeoutMillis() : settings.periodMillis());
    }

    /** Lets time pass. Does nothing before {@link #nextTickMillis}; if it comes late, it makes one step only. */
    public List<Effect> tick(long nowMillis) {
        if (!left && nowMillis >= nextTickMillis()) {
            if (nowMillis >= periodStartMillis + settings.periodMillis()) {
                beginPeriod(nowMillis);
            } else if (probe != null) {
                askOthers(probe);
            }
        }
        return takeEffects();
    }

    /**
     * Looks for other members at once, without the wait for a period: for a start, as soon as seeds are known.
     *
     * @return {@link Effect.Joined} if there is no seed but this member
     */
    public List<Effect> join() {
        if (!left) {
            List<InetSocketAddress> others = unknownSeeds();
            if (others.isEmpty()) {
                joined();
            }
            choose(others, JOIN_MESSAGES).forEach(seed -> send(seed, ping("", random.nextLong())));
        }
        return takeEffects();
    }

    /** Sets the own load; it is announced with the next period. */
    public void announceLoad(int newLoad) {
        load = newLoad;
    }

    /** Announces that this member stops. Afterwards it sends nothing more and takes no messages. */
    public List<Effect> leave(long nowMillis) {
        if (!left) {
            knowledge.leave(nowMillis);
            rumours.add(description.id(), Rumours.Kind.CLAIM);
            for (Knowledge.Entry entry : choose(knowledge.others(true), LEAVE_MESSAGES)) {
                send(entry.address(), ping(entry.state().id(), random.nextLong()));
            }
            left = true;
        }
        return takeEffects();
    }

    /** Takes a message that arrived from the given address. */
    public List<Effect> receive(InetSocketAddress from, Message message, long nowMillis) {
        if (left || !isAccepted(from, message)) {
            return takeEffects();
        }
        MemberRecord sender = message.sender();
        MemberState displaced = displacedBy(sender.description());
        learning.learn(new MemberState(sender, Claim.NONE), period, nowMillis);
        if (!sender.id().equals(description.id())) {
            identity.heardOthers(period);
            knowledge.heard(sender.id(), nowMillis);
        }
        if (message instanceof Message.Carrier carrier) {
            carrier.updates().forEach(update -> learning.learn(update, period, nowMillis));
        }
        switch (message) {
            case Message.Ping ping -> send(from, ack(ping.nonce(), sender.id(), displaced));
            case Message.PingRequest request -> relay(from, request);
            case Message.Ack ack -> answered(from, ack);
            case Message.Digest digest -> send(from, antiEntropy.answer(digest));
            case Message.Delta delta -> reconcile(from, delta, nowMillis);
        }
        return takeEffects();
    }

    /** Counts a datagram that was refused before it became a message. */
    public void refused(Refusal reason) {
        counters.count(reason);
    }

    /** All members as this one sees them. */
    public View view(long nowMillis) {
        List<View.Member> members = new ArrayList<>();
        for (Knowledge.Entry entry : knowledge.all()) {
            MemberState state = entry.state();
            long age = state.id().equals(description.id()) ? 0 : nowMillis - entry.heardAtMillis();
            members.add(new View.Member(
                    state.record(),
                    state.liveness(),
                    state.incarnation(),
                    age,
                    nowMillis - entry.livenessSinceMillis()));
        }
        return new View(description.id(), members);
    }

    /** What was counted so far; the counters continue. */
    public Counters counters() {
        return counters;
    }

    private boolean isAccepted(InetSocketAddress from, Message message) {
        MemberRecord sender = message.sender();
        Refusal refusal = null;
        if (!limits.admit(from)) {
            refusal = Refusal.RATE;
        } else if (sender.description().isSameProcess(description)) {
            refusal = Refusal.OWN;
        } else if (learning.isTooFarAhead(sender.incarnation())) {
            refusal = Refusal.INCARNATION;
        } else if (message instanceof Message.Ping ping
                && !ping.target().isEmpty()
                && !ping.target().equals(description.id())) {
            refusal = Refusal.WRONG_TARGET;
        }
        if (refusal != null) {
            counters.count(refusal);
        }
        return refusal == null;
    }

    // Time

    private void beginPeriod(long nowMillis) {
        boolean paused = nowMillis >= periodStartMillis + 2 * settings.periodMillis();
        periodStartMillis = paused ? nowMillis : periodStartMillis + settings.periodMillis();
        period++;
        endProbe(paused, nowMillis);
        limits.beginPeriod(knowledge.addresses());
        relays.beginPeriod(period);
        antiEntropy.beginPeriod();
        if (self().load() != load) {
            knowledge.writeSelf(self().withLoad(load));
            rumours.add(description.id(), Rumours.Kind.LOAD);
        }
        for (MemberState suspect : knowledge.timedOut(period)) {
            counters.count(Event.DEATHS);
            learning.learn(
                    new Update.About(suspect.id(), new Claim(suspect.claim().incarnation(), Liveness.DEAD)),
                    period,
                    nowMillis);
        }
        effects.addAll(knowledge.forget(period));
        beginProbe();
        findOthers();
    }

    private void beginProbe() {
        String target = order.next();
        Knowledge.Entry entry = target == null ? null : knowledge.get(target);
        if (target != null && entry != null) {
            probe = new Probe(target, entry.state().incarnation(), random.nextLong());
            send(entry.address(), ping(target, probe.nonce()));
        }
    }

    private void askOthers(Probe direct) {
        List<Knowledge.Entry> candidates = knowledge.others(true);
        candidates.removeIf(entry -> entry.state().id().equals(direct.target()));
        List<Knowledge.Entry> helpers = choose(candidates, settings.indirectProbes());
        probe = direct.askedOf(helpers.stream().map(entry -> entry.state().id()).toList());
        for (Knowledge.Entry helper : helpers) {
            String id = helper.state().id();
            List<Update> updates = updates(id, direct.target(), null);
            send(helper.address(), new Message.PingRequest(self(), direct.nonce(), direct.target(), updates));
        }
    }

    /** @param paused whether this member did not run for a time; then a missing answer says nothing about the other one */
    private void endProbe(boolean paused, long nowMillis) {
        Probe ended = probe;
        probe = null;
        if (ended != null && !paused) {
            counters.count(Event.PROBES);
            counters.count(Event.FAILED_PROBES);
            learning.learn(
                    new Update.About(ended.target(), new Claim(ended.incarnation(), Liveness.SUSPECT)),
                    period,
                    nowMillis);
        }
    }

    /** Compares version vectors, and looks for members that this one lost or does not know. */
    private void findOthers() {
        if (period % settings.antiEntropyPeriods() == 0 || !antiEntropy.isComplete()) {
            choose(knowledge.others(true), 1).forEach(entry -> compare(entry.address()));
        }
        boolean alone = knowledge.liveCount() == 1;
        if (alone || (period + settings.antiEntropyPeriods() / 2) % settings.antiEntropyPeriods() == 0) {
            choose(knowledge.others(false), 1)
                    .forEach(dead -> send(dead.address(), ping(dead.state().id(), random.nextLong())));
            choose(unknownSeeds(), 1).forEach(seed -> send(seed, ping("", random.nextLong())));
        }
    }

    private List<InetSocketAddress> unknownSeeds() {
        List<InetSocketAddress> unknown = new ArrayList<>(seeds.get());
        unknown.remove(description.gossipAddress());
        knowledge.others(true).forEach(entry -> unknown.remove(entry.address()));
        return unknown;
    }

    private void compare(InetSocketAddress with) {
        if (!antiEntropy.isBusy()) {
            send(with, antiEntropy.begin(with));
        }
    }

    // Messages

    private void answered(InetSocketAddress from, Message.Ack ack) {
        MemberDescription sender = ack.sender().description();
        MemberDescription duplicate = identity.provenBy(sender, ack.nonce());
        if (duplicate != null) {
            counters.count(Event.DUPLICATE_IDS);
            if (identity.yieldsTo(duplicate, period)) {
                effects.add(new Effect.IdentityConflict(duplicate));
            }
            return;
        }
        if (!sender.id().equals(description.id()) && !identity.isContested()) {
            joined();
        }
        Relays.Relay relay = relays.answered(ack.nonce(), sender.id());
        if (relay != null) {
            send(relay.requester(), ack(relay.nonce(), relay.target(), null));
        }
        if (probe != null && probe.isAnsweredBy(sender.id(), ack.nonce())) {
            counters.count(Event.PROBES);
            probe = null;
        }
        if (!antiEntropy.isComplete()) {
            compare(from);
        }
    }

    private void relay(InetSocketAddress from, Message.PingRequest request) {
        Knowledge.Entry target = knowledge.get(request.target());
        if (target == null || request.target().equals(description.id())) {
            return;
        }
        long nonce = random.nextLong();
        if (relays.add(nonce, new Relays.Relay(from, request.nonce(), request.target(), period))) {
            send(target.address(), ping(request.target(), nonce));
        }
    }

    private void reconcile(InetSocketAddress from, Message.Delta delta, long nowMillis) {
        delta.states().forEach(state -> learning.learn(state, period, nowMillis));
        if (!delta.wanted().isEmpty()) {
            Message.Delta answer = antiEntropy.answer(delta.wanted());
            if (answer != null) {
                send(from, answer);
            }
        }
        if (antiEntropy.advance(from, delta)) {
            compare(from);
        }
    }

    private MemberRecord self() {
        return knowledge.self().record();
    }

    /** Another live process with the id of the sender, as far as is known. The sender has to find out whether it lives. */
    private @Nullable MemberState displacedBy(MemberDescription sender) {
        Knowledge.Entry known = sender.id().equals(description.id()) ? null : knowledge.get(sender.id());
        return known != null
                        && known.isLive()
                        && !known.state().record().description().isSameProcess(sender)
                ? known.state()
                : null;
    }

    private void joined() {
        if (!joined) {
            joined = true;
            perform(new Effect.Joined());
        }
    }

    private Message.Ping ping(String target, long nonce) {
        return new Message.Ping(self(), nonce, target, updates(target, target, null));
    }

    /** @param displaced another process with the id of the receiver */
    private Message.Ack ack(long nonce, String to, @Nullable MemberState displaced) {
        return new Message.Ack(self(), nonce, updates(to, "", displaced));
    }

    /** The updates for a message. The receiver first gets what it has to refute. */
    private List<Update> updates(String receiver, String target, @Nullable MemberState displaced) {
        int bytes = WireSize.available(cluster, self(), target);
        List<Update> updates = new ArrayList<>();
        if (displaced != null) {
            var other = new Update.State(displaced);
            updates.add(other);
            bytes -= WireSize.of(other);
        }
        Claim claim = receiver.equals(description.id()) ? null : knowledge.claimAgainst(receiver);
        if (claim != null) {
            var about = new Update.About(receiver, claim);
            updates.add(about);
            bytes -= WireSize.of(about);
        }
        updates.addAll(rumours.take(
                bytes, settings.retransmissions(knowledge.liveCount()), knowledge, claim == null ? null : receiver));
        return updates;
    }

    // Effects

    private void send(InetSocketAddress to, Message message) {
        perform(new Effect.Send(to, message));
    }

    private void perform(Effect effect) {
        effects.add(effect);
    }

    private <T> List<T> choose(List<T> from, int count) {
        List<T> rest = new ArrayList<>(from);
        List<T> chosen = new ArrayList<>();
        while (chosen.size() < count && !rest.isEmpty()) {
            chosen.add(rest.remove(random.nextInt(rest.size())));
        }
        return chosen;
    }

    private List<Effect> takeEffects() {
        List<Effect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
