package io.orderly.gossip.protocol;

import io.orderly.gossip.member.Claim;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.member.MemberDescription;
import io.orderly.gossip.member.MemberRecord;
import io.orderly.gossip.member.MemberState;
import io.orderly.gossip.message.Message;
import io.orderly.gossip.message.Update;
import io.orderly.gossip.protocol.Counters.Event;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Takes what members say of others and of this one: merges and passes on the first, and refutes the second. */
final class Learning {

    private final GossipSettings settings;
    private final MemberDescription description;
    private final InstantSource wallClock;
    private final RandomGenerator random;
    private final Knowledge knowledge;
    private final Rumours rumours;
    private final ProbeOrder order;
    private final RateLimits limits;
    private final Identity identity;
    private final Counters counters;
    private final Consumer<Effect> effects;

    Learning(
            GossipSettings settings,
            MemberDescription description,
            InstantSource wallClock,
            RandomGenerator random,
            Knowledge knowledge,
            Rumours rumours,
            ProbeOrder order,
            RateLimits limits,
            Identity identity,
            Counters counters,
            Consumer<Effect> effects) {
        this.settings = settings;
        this.description = description;
        this.wallClock = wallClock;
        this.random = random;
        this.knowledge = knowledge;
        this.rumours = rumours;
        this.order = order;
        this.limits = limits;
        this.identity = identity;
        this.counters = counters;
        this.effects = effects;
    }

    /** Whether no honest member can have the incarnation. */
    boolean isTooFarAhead(long incarnation) {
        return incarnation > wallClock.millis() + settings.incarnationLeadMax().toMillis();
    }

    /** @param period of this member */
    void learn(Update update, long period, long nowMillis) {
        switch (update) {
            case Update.State state -> learn(state.state(), period, nowMillis);
            case Update.About about -> {
                if (isTooFarAhead(about.claim().incarnation())) {
                    counters.count(Refusal.INCARNATION);
                } else if (about.id().equals(description.id())) {
                    refute(about.claim());
                } else {
                    changed(knowledge.learn(about.id(), about.claim(), period, nowMillis));
                }
            }
        }
    }

    /** @param period of this member */
    void learn(MemberState state, long period, long nowMillis) {
        if (isTooFarAhead(state.incarnation())) {
            counters.count(Refusal.INCARNATION);
        } else if (state.id().equals(description.id())) {
            learnOfSelf(state, period);
        } else {
            changed(knowledge.learn(state, period, nowMillis));
        }
    }

    private void learnOfSelf(MemberState state, long period) {
        MemberRecord record = state.record();
        boolean isOther = !record.description().isSameProcess(description);
        if (isOther || record.version().compareTo(self().version()) > 0) {
            if (record.incarnation() >= self().incarnation()) {
                outbid(record.incarnation());
            }
            boolean hasOwnAddress = record.description().gossipAddress().equals(description.gossipAddress());
            if (isOther && !hasOwnAddress && state.liveness().isLive()) {
                challenge(record.description(), period);
            }
        }
        refute(state.claim());
    }

    private void refute(Claim claim) {
        boolean leaves = knowledge.self().liveness() == Liveness.LEFT;
        if (!leaves && claim.liveness() != Liveness.ALIVE && claim.incarnation() >= self().incarnation()) {
            counters.count(Event.REFUTATIONS);
            outbid(claim.incarnation());
        }
    }

    private void outbid(long incarnation) {
        knowledge.writeSelf(self().refuting(incarnation));
        rumours.add(description.id(), Rumours.Kind.INCARNATION);
    }

    private void challenge(MemberDescription other, long period) {
        long nonce = random.nextLong();
        if (identity.challenges(period, nonce)) {
            var ping = new Message.Ping(self(), nonce, description.id(), List.of());
            effects.accept(new Effect.Send(other.gossipAddress(), ping));
        }
    }

    private void changed(Effect.@Nullable Changed change) {
        if (change == null || change.after() == null) {
            return;
        }
        effects.accept(change);
        MemberState before = change.before();
        MemberState after = change.after();
        String id = after.id();
        if (after.liveness().isLive()) {
            order.add(id);
        } else {
            order.remove(id);
        }
        if (before == null || before.record().incarnation() < after.record().incarnation()) {
            limits.learn(after.record().description().gossipAddress());
            rumours.add(id, Rumours.Kind.INCARNATION);
        } else if (!before.record().equals(after.record())) {
            rumours.add(id, Rumours.Kind.LOAD);
        }
        if (after.liveness() != Liveness.ALIVE
                && (before == null || !before.claim().equals(after.claim()))) {
            rumours.add(id, Rumours.Kind.CLAIM);
        }
    }

    private MemberRecord self() {
        return knowledge.self().record();
    }
}
