package io.orderly.chaos;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What can go wrong in a service on purpose. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fault")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServiceFault.Crash.class, name = "crash"),
    @JsonSubTypes.Type(value = ServiceFault.Latency.class, name = "latency"),
    @JsonSubTypes.Type(value = ServiceFault.Errors.class, name = "errors"),
    @JsonSubTypes.Type(value = ServiceFault.Duplicates.class, name = "duplicates"),
    @JsonSubTypes.Type(value = ServiceFault.Delays.class, name = "delays"),
    @JsonSubTypes.Type(value = ServiceFault.ClockSkew.class, name = "clock-skew"),
    @JsonSubTypes.Type(value = ServiceFault.Assault.class, name = "assault")
})
sealed interface ServiceFault {

    int LONGEST_MILLIS = 60_000;

    /** What it is called in JSON and in metrics. */
    default String kind() {
        for (JsonSubTypes.Type type :
                ServiceFault.class.getAnnotation(JsonSubTypes.class).value()) {
            if (type.value() == getClass()) {
                return type.name();
            }
        }
        throw new IllegalStateException(getClass() + " has no name");
    }

    /** Where latency and errors are let in. */
    enum InjectionPoint {
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

    /**
     * The process ends without any farewell.
     *
     * @param point the name of a crash point
     * @param passing how often it has to be passed from now on; 1, and the default, is the next time
     */
    record Crash(String point, @Nullable Integer passing) implements ServiceFault {

        public Crash {
            passing = passing == null ? 1 : passing;
            if (passing < 1) {
                throw new IllegalArgumentException("passing must be at least 1");
            }
        }
    }

    /**
     * Everything at a place takes longer.
     *
     * @param delayMillis each time
     * @param jitterMillis at most so much more or less; none by default
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
     * Some of what happens at a place fails: a listener's batch is rolled back and comes again, a request never leaves.
     *
     * @param share which part fails, above 0 and at most 1
     */
    record Errors(InjectionPoint place, double share) implements ServiceFault {

        public Errors {
            requireShare(share);
        }
    }

    /**
     * Records arrive once more.
     *
     * @param share of all records, above 0 and at most 1
     * @param lateMillis how long after the first delivery at least; then with the next batch of their topic. By default at
     *     once
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
     * Records arrive late: those of some keys after those of all others that came with them. The order within a key stays.
     *
     * @param share of the keys, above 0 and at most 1
     * @param delayMillis how late
     */
    record Delays(double share, int delayMillis) implements ServiceFault {

        public Delays {
            requireShare(share);
            requireMillis("delayMillis", delayMillis);
        }
    }

    /**
     * The service's wall clock, from which orders, messages and hybrid timestamps take their time, is wrong.
     *
     * @param offsetMillis what is added to the true time; below zero sets it back
     */
    record ClockSkew(long offsetMillis) implements ServiceFault {

        private static final long LARGEST_OFFSET_MILLIS = Duration.ofDays(365).toMillis();

        public ClockSkew {
            if (offsetMillis == 0 || Math.abs(offsetMillis) > LARGEST_OFFSET_MILLIS) {
                throw new IllegalArgumentException(
                        "offsetMillis must not be 0, and at most a year, which is " + LARGEST_OFFSET_MILLIS);
            }
        }
    }

    /**
     * The Chaos Monkey attacks method calls. It has one set of settings, so one such fault at a time.
     *
     * @param level how many calls there are, on average, to one that is attacked
     * @param latencyMillis what is done to those: they take so much longer. Without it they fail with an exception
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

    private static void requireShare(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1");
        }
    }
}
