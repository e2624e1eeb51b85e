package io.orderly.lab.fault;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.orderly.lab.fault.proxy.Direction;
import org.jspecify.annotations.Nullable;

/**
 * A fault to inject. Processes, links and services are identified by their names in {@link io.orderly.stack.Topology};
 * a null direction means both directions.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fault")
@JsonSubTypes({
    @Type(value = Fault.Kill.class, name = "kill"),
    @Type(value = Fault.Pause.class, name = "pause"),
    @Type(value = Fault.Restart.class, name = "restart"),
    @Type(value = Fault.FullDisk.class, name = "full-disk"),
    @Type(value = Fault.Outage.class, name = "outage"),
    @Type(value = Fault.Isolation.class, name = "isolation"),
    @Type(value = Fault.Latency.class, name = "latency"),
    @Type(value = Fault.Loss.class, name = "loss"),
    @Type(value = Fault.Cut.class, name = "cut"),
    @Type(value = Fault.Slow.class, name = "slow"),
    @Type(value = Fault.Refuse.class, name = "refuse"),
    @Type(value = Fault.Reset.class, name = "reset"),
    @Type(value = Fault.Crash.class, name = "crash"),
    @Type(value = Fault.PauseAt.class, name = "pause-at"),
    @Type(value = Fault.ServiceLatency.class, name = "service-latency"),
    @Type(value = Fault.ServiceErrors.class, name = "service-errors"),
    @Type(value = Fault.Duplicates.class, name = "duplicates"),
    @Type(value = Fault.Delays.class, name = "delays"),
    @Type(value = Fault.Poison.class, name = "poison"),
    @Type(value = Fault.ClockSkew.class, name = "clock-skew"),
    @Type(value = Fault.Assault.class, name = "assault")
})
public sealed interface Fault {

    /** The affected process, link or service. */
    String target();

    /** The name of this kind of fault in JSON. */
    default String kind() {
        for (Type type : Fault.class.getAnnotation(JsonSubTypes.class).value()) {
            if (type.value() == getClass()) {
                return type.name();
            }
        }
        throw new IllegalStateException(getClass() + " is not a registered fault");
    }

    /** Affects a process from outside. {@link FaultInjector#COORDINATOR_LEADER} is the coordinator that leads when the fault begins. */
    sealed interface OfProcess extends Fault {

        String process();

        @Override
        default String target() {
            return process();
        }
    }

    /** The process and its children are killed with SIGKILL. Healing starts the process again. */
    record Kill(String process) implements OfProcess {}

    /** The process is suspended with SIGSTOP: its connections stay open, and it does not respond. */
    record Pause(String process) implements OfProcess {}

    /** The process is stopped gracefully and started again; the fault ends when the process is ready. */
    record Restart(String process) implements OfProcess {}

    /**
     * The disk of the process is full, while that of the machine is not. A coordinator with the module of faults finds no space for what
     * needs some, and the files of the payment provider cannot grow; for any other process, the file system with its data is filled, which must
     * be a small separate one.
     */
    record FullDisk(String process) implements OfProcess {}

    /**
     * The payment provider runs, and answers every payment request with 503. Supported by the payment provider only.
     */
    record Outage(String process) implements OfProcess {}

    /**
     * All links that the process has with others are cut, in both directions: none of its messages arrive, and none reach it. Several
     * instances of a service share their links, so they cannot be isolated.
     */
    record Isolation(String process) implements OfProcess {}

    /** Affects a link. */
    sealed interface OfLink extends Fault {

        String link();

        @Override
        default String target() {
            return link();
        }
    }

    /** Affects the data that a link carries. */
    sealed interface OfTraffic extends OfLink {

        /** Null means both directions. */
        @Nullable Direction direction();
    }

    /**
     * All data arrives later.
     *
     * @param delayMillis one way; without a direction, a round trip takes twice as much
     * @param jitterMillis the maximum deviation from the delay; 0 by default
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

    /** @param share the fraction of packets that are lost and retransmitted, above 0 and below 1 */
    record Loss(String link, @Nullable Direction direction, double share) implements OfTraffic {

        public Loss {
            require(share > 0 && share < 1, "share must be above 0 and below 1");
        }
    }

    /** No data arrives; data that was sent meanwhile arrives after healing. */
    record Cut(String link, @Nullable Direction direction) implements OfTraffic {}

    /** @param bytesPerSecond the bandwidth per direction, shared by all connections of the link */
    record Slow(String link, @Nullable Direction direction, int bytesPerSecond) implements OfTraffic {

        public Slow {
            require(bytesPerSecond >= 1, "bytesPerSecond must be at least 1");
        }
    }

    /** New connections are refused, as on a port without a listener; established connections stay open. */
    record Refuse(String link) implements OfLink {}

    /** All connections are reset; new connections are reset as soon as they are established. */
    record Reset(String link) implements OfLink {}

    /** Affects a service from within; the service has to run with the profile {@code chaos}. */
    sealed interface OfService extends Fault {

        String service();

        @Override
        default String target() {
            return service();
        }
    }

    /**
     * The service halts without any cleanup. Healing starts it again.
     *
     * @param point one of the service's crash points
     * @param passing the crash happens at this passing of the point, counted from now; 1, the next, by default
     */
    record Crash(String service, String point, @Nullable Integer passing) implements OfService {

        public Crash {
            passing = passing == null ? 1 : passing;
            require(passing >= 1, "passing must be at least 1");
        }
    }

    /**
     * The service is suspended with SIGSTOP at a point, between two of its steps, as by a long pause of the garbage collector. Healing
     * continues it.
     *
     * @param point one of the service's crash points
     * @param passing the pause begins at this passing of the point, counted from now; 1, the next, by default
     */
    record PauseAt(String service, String point, @Nullable Integer passing) implements OfService {

        public PauseAt {
            passing = passing == null ? 1 : passing;
            require(passing >= 1, "passing must be at least 1");
        }
    }

    /** Where latency and errors are injected into a service. */
    enum Place {
        /** Before a batch of records is processed. */
        LISTENER,
        /** Before a request to another process is sent. */
        HTTP_CLIENT
    }

    /** The annotation of the beans whose public methods the Chaos Monkey attacks. */
    enum Watcher {
        REST_CONTROLLER,
        SERVICE,
        REPOSITORY,
        COMPONENT
    }

    /** Every operation at a place within a service takes longer. */
    record ServiceLatency(
            String service,
            Place place,
            int delayMillis,
            @Nullable Integer jitterMillis) implements OfService {}

    /** @param share the fraction of batches or requests that fail, above 0 and at most 1 */
    record ServiceErrors(String service, Place place, double share) implements OfService {

        public ServiceErrors {
            requireShare(share);
        }
    }

    /**
     * Records are delivered twice.
     *
     * @param share the fraction of the received records, above 0 and at most 1
     * @param lateMillis the minimum delay of the second delivery
     */
    record Duplicates(
            String service, double share, @Nullable Integer lateMillis) implements OfService {

        public Duplicates {
            requireShare(share);
        }
    }

    /**
     * Records are delivered late; the order within a key is kept.
     *
     * @param share the fraction of the keys, above 0 and at most 1
     */
    record Delays(String service, double share, int delayMillis) implements OfService {

        public Delays {
            requireShare(share);
        }
    }

    /**
     * The records of some keys cannot be read, in any delivery while the fault is active.
     *
     * @param share the fraction of the keys, above 0 and at most 1
     */
    record Poison(String service, double share) implements OfService {

        public Poison {
            requireShare(share);
        }
    }

    /** @param offsetMillis the offset of the service's wall clock; positive if the clock is ahead */
    record ClockSkew(String service, long offsetMillis) implements OfService {}

    /**
     * Chaos Monkey for Spring Boot attacks method calls.
     *
     * @param level on average, one of this many calls is attacked
     * @param latencyMillis the added latency; if null, attacked calls throw an exception
     */
    record Assault(
            String service,
            Watcher watcher,
            int level,
            @Nullable Integer latencyMillis) implements OfService {}

    private static void requireShare(double share) {
        require(share > 0 && share <= 1, "share must be above 0 and at most 1");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
