package io.orderly.chaos;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A fault that can be injected into a service. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fault")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServiceFault.Crash.class, name = "crash"),
    @JsonSubTypes.Type(value = ServiceFault.Pause.class, name = "pause"),
    @JsonSubTypes.Type(value = ServiceFault.Latency.class, name = "latency"),
    @JsonSubTypes.Type(value = ServiceFault.Errors.class, name = "errors"),
    @JsonSubTypes.Type(value = ServiceFault.Duplicates.class, name = "duplicates"),
    @JsonSubTypes.Type(value = ServiceFault.Delays.class, name = "delays"),
    @JsonSubTypes.Type(value = ServiceFault.Poison.class, name = "poison"),
    @JsonSubTypes.Type(value = ServiceFault.ClockSkew.class, name = "clock-skew"),
    @JsonSubTypes.Type(value = ServiceFault.Assault.class, name = "assault")
})
sealed interface ServiceFault {

    int LONGEST_MILLIS = 60_000;

    /** The name of the fault in JSON and in metrics. */
    default String kind() {
        for (JsonSubTypes.Type type :
                ServiceFault.class.getAnnotation(JsonSubTypes.class).value()) {
            if (type.value() == getClass()) {
                return type.name();
            }
        }
        throw new IllegalStateException(getClass() + " has no JSON name");
    }

    /** The points where latency and errors can be injected. */
    enum InjectionPoint {
        /** Before a batch of records is handled. */
        LISTENER,
        /** Before a request to another process is sent. */
        HTTP_CLIENT
    }

    /** The beans whose public methods the Chaos Monkey attacks, by their annotation. */
    enum Watcher {
        REST_CONTROLLER,
        SERVICE,
        REPOSITORY,
        COMPONENT
    }

    /** Takes effect once, at a crash point. Its kinds implement {@link ServiceFault} too, because the name of a kind is looked up there. */
    sealed interface AtPoint extends ServiceFault {

        /** The name of a crash point. */
        String point();

        /** The pass of the crash point at which it takes effect, counted from the activation of the fault; by default 1, the next pass. */
        Integer passing();
    }

    /** The process halts without shutdown hooks. */
    record Crash(String point, @Nullable Integer passing) implements ServiceFault, AtPoint {

        public Crash {
            passing = requirePassing(passing);
        }
    }

    /** The process suspends itself with SIGSTOP, as in a long pause of the garbage collector or of the machine, until it receives SIGCONT. */
    record Pause(String point, @Nullable Integer passing) implements ServiceFault, AtPoint {

        public Pause {
            passing = requirePassing(passing);
        }
    }

    /**
     * Adds latency at an injection point.
     *
     * @param delayMillis the latency of each call
     * @param jitterMillis the maximum random deviation from it in both directions; 0 by default
     */
    record Latency(
            InjectionPoint place, int delayMillis, @Nullable Integer jitterMillis) implements ServiceFault {

        public Latency {
            requireMillis("delayMillis", delayMillis);
            jitterMillis = jitterMillis == null ? 0 : jitterMillis;
            if (jitterMillis < 0 || jitterMillis > delayMillis) {
                throw new IllegalArgumentException("jitterMillis must be 0 to delayMillis");
            }
        }
    }

    /**
     * A share of the calls at an injection point fails: a listener's batch is rolled back and redelivered, a request is
     * not sent.
     *
     * @param share the share of calls that fail, above 0 and at most 1
     */
    record Errors(InjectionPoint place, double share) implements ServiceFault {

        public Errors {
            requireShare(share);
        }
    }

    /**
     * A share of the records is delivered again.
     *
     * @param share the share of all records, above 0 and at most 1
     * @param lateMillis the minimum time between the first delivery and the duplicate, which arrives with the next
     *     batch of its topic after that; by default it arrives immediately
     */
    record Duplicates(double share, @Nullable Integer lateMillis) implements ServiceFault {

        public Duplicates {
            requireShare(share);
            lateMillis = lateMillis == null ? 0 : lateMillis;
            if (lateMillis < 0 || lateMillis > LONGEST_MILLIS) {
                throw new IllegalArgumentException("lateMillis must be 0 to " + LONGEST_MILLIS);
            }
        }
    }

    /**
     * The records of some keys are delivered after all other records of their batch. The order within a key is
     * preserved.
     *
     * @param share the share of the keys, above 0 and at most 1
     * @param delayMillis the delay
     */
    record Delays(double share, int delayMillis) implements ServiceFault {

        public Delays {
            requireShare(share);
            requireMillis("delayMillis", delayMillis);
        }
    }

    /**
     * The records of some keys cannot be read: they arrive with half of their body, in each delivery as long as the fault is active.
     *
     * @param share the share of the keys, above 0 and at most 1
     */
    record Poison(double share) implements ServiceFault {

        public Poison {
            requireShare(share);
        }

        /** Depends on the key alone, so a record is affected in each delivery, and its followers are too. */
        boolean isOf(String key) {
            return new SplittableRandom(key.hashCode()).nextDouble() < share;
        }
    }

    /**
     * Skews the service's wall clock, which orders, messages and hybrid timestamps use.
     *
     * @param offsetMillis the offset added to the true time; a negative offset sets the clock back
     */
    record ClockSkew(long offsetMillis) implements ServiceFault {

        private static final long LARGEST_OFFSET_MILLIS = Duration.ofDays(365).toMillis();

        public ClockSkew {
            if (offsetMillis == 0 || Math.abs(offsetMillis) > LARGEST_OFFSET_MILLIS) {
                throw new IllegalArgumentException(
                        "offsetMillis must not be 0, and at most one year, which is " + LARGEST_OFFSET_MILLIS);
            }
        }
    }

    /**
     * The Chaos Monkey attacks method calls. It has a single set of settings, so only one such fault can be active.
     *
     * @param level the average number of calls per attacked call
     * @param latencyMillis the latency added to attacked calls; null to make them fail with an exception
     */
    record Assault(Watcher watcher, int level, @Nullable Integer latencyMillis) implements ServiceFault {

        private static final int HIGHEST_LEVEL = 10_000;

        public Assault {
            if (level < 1 || level > HIGHEST_LEVEL) {
                throw new IllegalArgumentException("level must be 1 to " + HIGHEST_LEVEL);
            }
            if (latencyMillis != null) {
                requireMillis("latencyMillis", latencyMillis);
            }
        }
    }

    private static void requireMillis(String field, int millis) {
        if (millis < 1 || millis > LONGEST_MILLIS) {
            throw new IllegalArgumentException(field + " must be 1 to " + LONGEST_MILLIS);
        }
    }

    private static Integer requirePassing(@Nullable Integer passing) {
        if (passing != null && passing < 1) {
            throw new IllegalArgumentException("passing must be at least 1");
        }
        return passing == null ? 1 : passing;
    }

    private static void requireShare(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1");
        }
    }
}
