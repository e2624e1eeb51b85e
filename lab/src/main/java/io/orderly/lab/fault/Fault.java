package io.orderly.lab.fault;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.orderly.lab.fault.proxy.Direction;
import org.jspecify.annotations.Nullable;

/**
 * Something to break, and how. Processes, links and services go by their names in {@link io.orderly.stack.Topology}; a null
 * direction means both.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fault")
@JsonSubTypes({
    @Type(value = Fault.Kill.class, name = "kill"),
    @Type(value = Fault.Pause.class, name = "pause"),
    @Type(value = Fault.Restart.class, name = "restart"),
    @Type(value = Fault.FullDisk.class, name = "full-disk"),
    @Type(value = Fault.Outage.class, name = "outage"),
    @Type(value = Fault.Latency.class, name = "latency"),
    @Type(value = Fault.Loss.class, name = "loss"),
    @Type(value = Fault.Cut.class, name = "cut"),
    @Type(value = Fault.Slow.class, name = "slow"),
    @Type(value = Fault.Refuse.class, name = "refuse"),
    @Type(value = Fault.Reset.class, name = "reset"),
    @Type(value = Fault.Crash.class, name = "crash"),
    @Type(value = Fault.ServiceLatency.class, name = "service-latency"),
    @Type(value = Fault.ServiceErrors.class, name = "service-errors"),
    @Type(value = Fault.Duplicates.class, name = "duplicates"),
    @Type(value = Fault.Delays.class, name = "delays"),
    @Type(value = Fault.ClockSkew.class, name = "clock-skew"),
    @Type(value = Fault.Assault.class, name = "assault")
})
public sealed interface Fault {

    /** What it befalls: a process, a link or a service. */
    String target();

    /** As it is called in JSON. */
    default String kind() {
        for (Type type : Fault.class.getAnnotation(JsonSubTypes.class).value()) {
            if (type.value() == getClass()) {
                return type.name();
            }
        }
        throw new IllegalStateException(getClass() + " has no name");
    }

    /** Befalls one process from outside. */
    sealed interface OfProcess extends Fault {

        String process();

        @Override
        default String target() {
            return process();
        }
    }

    /** Ended with SIGKILL, with all that it started. It is healed by being started again. */
    record Kill(String process) implements OfProcess {}

    /** Stopped with SIGSTOP: it keeps its connections and says nothing. */
    record Pause(String process) implements OfProcess {}

    /** Ended in its own way and started again; over when it is ready. */
    record Restart(String process) implements OfProcess {}

    /**
     * No room is left where it keeps its data. That must be a small file system of its own, since a fault may not fill a
     * whole machine's disk.
     */
    record FullDisk(String process) implements OfProcess {}

    /** The payment provider is there and answers 503 to all that is about payments. No other process can do that. */
    record Outage(String process) implements OfProcess {}

    /** Befalls one link. */
    sealed interface OfLink extends Fault {

        String link();

        @Override
        default String target() {
            return link();
        }
    }

    /** Befalls what is on its way on a link. */
    sealed interface OfTraffic extends OfLink {

        /** Null for both. */
        @Nullable Direction direction();
    }

    /**
     * Everything arrives later.
     *
     * @param delayMillis one way; with no direction a request and its answer take twice as much
     * @param jitterMillis at most so much more or less; none by default
     */
    record Latency(
            String link,
            @Nullable Direction direction,
            int delayMillis,
            @Nullable Integer jitterMillis) implements OfTraffic {

        public Latency {
            require(delayMillis >= 1 && delayMillis <= 60_000, "delayMillis must be 1 to 60000");
            jitterMillis = jitterMillis == null ? 0 : jitterMillis;
            require(jitterMillis >= 0 && jitterMillis <= delayMillis, "jitterMillis must be 0 to delayMillis");
        }
    }

    /** @param share of the packets that get lost and are sent again, above 0 and below 1 */
    record Loss(String link, @Nullable Direction direction, double share) implements OfTraffic {

        public Loss {
            require(share > 0 && share < 1, "share must be above 0 and below 1");
        }
    }

    /** Nothing arrives; what was sent meanwhile does once it is healed. In one direction only, if one is given. */
    record Cut(String link, @Nullable Direction direction) implements OfTraffic {}

    /** @param bytesPerSecond what fits through each way, for all connections of the link together */
    record Slow(String link, @Nullable Direction direction, int bytesPerSecond) implements OfTraffic {

        public Slow {
            require(bytesPerSecond >= 1, "bytesPerSecond must be at least 1");
        }
    }

    /** New connections are refused, as where nobody listens; present ones stay. */
    record Refuse(String link) implements OfLink {}

    /** All connections are reset, and new ones as soon as they are made. */
    record Reset(String link) implements OfLink {}

    /** Befalls a service from within; it has to run with the profile {@code chaos}. */
    sealed interface OfService extends Fault {

        String service();

        @Override
        default String target() {
            return service();
        }
    }

    /**
     * The service ends without farewell. It is healed by being started again.
     *
     * @param point one of the service's crash points
     * @param passing how often it has to be passed first; by default the next time counts
     */
    record Crash(String service, String point, @Nullable Integer passing) implements OfService {

        public Crash {
            passing = passing == null ? 1 : passing;
            require(passing >= 1, "passing must be at least 1");
        }
    }

    /** Where latency and errors are let into a service. */
    enum Place {
        /** Before a batch of records is handled. */
        LISTENER,
        /** Before a request to another process leaves. */
        HTTP_CLIENT
    }

    /** Whose public methods the Chaos Monkey attacks, by their annotation. */
    enum Watcher {
        REST_CONTROLLER,
        SERVICE,
        REPOSITORY,
        COMPONENT
    }

    /** Everything at a place within a service takes longer. */
    record ServiceLatency(
            String service,
            Place place,
            int delayMillis,
            @Nullable Integer jitterMillis) implements OfService {}

    /** @param share of batches or requests that fail */
    record ServiceErrors(String service, Place place, double share) implements OfService {}

    /**
     * Records come twice.
     *
     * @param share of all that the service receives
     * @param lateMillis how long after the first time at least
     */
    record Duplicates(
            String service, double share, @Nullable Integer lateMillis) implements OfService {}

    /**
     * Records come late, in order within a key.
     *
     * @param share of the keys
     */
    record Delays(String service, double share, int delayMillis) implements OfService {}

    /** @param offsetMillis what the service's wall clock shows too much; below zero, too little */
    record ClockSkew(String service, long offsetMillis) implements OfService {}

    /**
     * The Chaos Monkey for Spring Boot attacks method calls.
     *
     * @param level how many calls there are, on average, to one that is attacked
     * @param latencyMillis how much longer those take; without it they throw
     */
    record Assault(
            String service,
            Watcher watcher,
            int level,
            @Nullable Integer latencyMillis) implements OfService {}

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
