package io.orderly.kit.members;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.orderly.gossip.member.Liveness;
import io.orderly.gossip.protocol.Counters.Event;
import io.orderly.gossip.protocol.Refusal;
import io.orderly.gossip.udp.GossipNode;
import io.orderly.gossip.udp.Traffic;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The members by state, and what this one did, sent and received. */
final class MemberMetrics implements MeterBinder {

    private static final String MESSAGES = "orderly.members.messages";
    private static final String BYTES = "orderly.members.bytes";

    private final Membership membership;

    MemberMetrics(Membership membership) {
        this.membership = membership;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        for (Liveness liveness : Liveness.values()) {
            Gauge.builder("orderly.members", membership, source -> count(source, liveness))
                    .description("Members that this instance knows, by state")
                    .tag("state", lowerCase(liveness))
                    .register(meters);
        }
        event("probes", Event.PROBES, "Probes of other members that ended").register(meters);
        event("probes.failed", Event.FAILED_PROBES, "Probes without an answer").register(meters);
        event("suspicions", Event.SUSPICIONS, "Members that became suspected").register(meters);
        event("deaths", Event.DEATHS, "Suspicions that timed out").register(meters);
        event("refutations", Event.REFUTATIONS, "Claims that this instance is not alive, which it refuted")
                .register(meters);
        event("conflicts", Event.DUPLICATE_IDS, "Answers of living processes with the id of this one")
                .register(meters);
        for (Refusal refusal : Refusal.values()) {
            counter("orderly.members.refused", node -> node.counters().get(refusal))
                    .description("Messages, and updates in messages, that had no effect")
                    .tag("reason", lowerCase(refusal))
                    .register(meters);
        }
        traffic(MESSAGES, "sent", Traffic::sentMessages).register(meters);
        traffic(MESSAGES, "received", Traffic::receivedMessages).register(meters);
        traffic(BYTES, "sent", Traffic::sentBytes).baseUnit("bytes").register(meters);
        traffic(BYTES, "received", Traffic::receivedBytes).baseUnit("bytes").register(meters);
        counter("orderly.members.send.failures", node -> node.traffic().sendFailures())
                .description("Messages that the operating system did not take")
                .register(meters);
    }

    private FunctionCounter.Builder<Membership> event(String name, Event event, String description) {
        return counter("orderly.members." + name, node -> node.counters().get(event))
                .description(description);
    }

    private FunctionCounter.Builder<Membership> traffic(String name, String direction, ToLongFunction<Traffic> count) {
        return counter(name, node -> count.applyAsLong(node.traffic()))
                .description("Gossip, without the headers of UDP")
                .tag("direction", direction);
    }

    private FunctionCounter.Builder<Membership> counter(String name, ToLongFunction<GossipNode> count) {
        return FunctionCounter.builder(
                name,
                membership,
                source -> source.node().map(count::applyAsLong).orElse(0L));
    }

    private static long count(Membership membership, Liveness liveness) {
        return membership.node().stream()
                .flatMap(node -> node.view().members().stream())
                .filter(member -> member.liveness() == liveness)
                .count();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
