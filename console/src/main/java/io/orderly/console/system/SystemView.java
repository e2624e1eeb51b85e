package io.orderly.console.system;

import io.orderly.console.audit.AuditView;
import io.orderly.console.faults.FaultsView;
import io.orderly.console.topics.ConsumerLag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system as the console sees it.
 *
 * @param provider the payment provider; null if the console does not know its URL
 * @param members as the first service that answers sees them; empty if none answers
 * @param coordinators empty if the system runs without them, or on etcd
 * @param leader the URL of the coordinator that leads; null if none that answers does
 * @param lags of the consumers of the services, by their names
 */
public record SystemView(
        List<ServiceState> services,
        @Nullable ServiceState provider,
        List<MemberState> members,
        List<CoordinatorState> coordinators,
        @Nullable String leader,
        boolean kafkaReachable,
        List<String> missingTopics,
        List<ConsumerLag> lags,
        FaultsView faults,
        AuditView audit) {

    /**
     * @param health such as UP; AWAY if it does not answer
     * @param detail what is not UP, or why it does not answer; empty if there is nothing to say
     */
    public record ServiceState(String name, String url, String health, String detail, Gauges gauges) {

        ServiceState with(Gauges known) {
            return new ServiceState(name, url, health, detail, known);
        }
    }

    /**
     * Metrics of the instance that answered; null is not known.
     *
     * @param outbox how many messages are not published yet
     * @param deadLetters how many wait for an operator
     * @param breaker the state of the circuit breaker before the payment provider, such as {@code half_open}; null also if the service has none
     */
    public record Gauges(
            @Nullable Long outbox,
            @Nullable Long deadLetters,
            @Nullable String breaker) {

        static final Gauges UNKNOWN = new Gauges(null, null, null);
    }

    /** @param state such as ALIVE */
    public record MemberState(String id, String service, String state, int load, String url) {}

    /**
     * @param member its id, null if it does not answer
     * @param ballot empty if it does not answer
     * @param lag how many decided slots it has not applied
     * @param watches how many it serves; null if it does not say
     */
    public record CoordinatorState(
            String url,
            @Nullable Integer member,
            @Nullable Integer leader,
            String ballot,
            long commit,
            long lag,
            @Nullable Integer watches,
            String detail) {

        boolean claimsToLead() {
            return member != null && member.equals(leader);
        }
    }
}
