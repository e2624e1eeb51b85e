package io.orderly.console.lesson;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A step of a lesson: either it does something, or it looks at what happens. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @Type(value = Step.Inject.class, name = "inject"),
    @Type(value = Step.End.class, name = "end"),
    @Type(value = Step.Change.class, name = "change"),
    @Type(value = Step.Place.class, name = "place"),
    @Type(value = Step.Request.class, name = "request"),
    @Type(value = Step.Watch.class, name = "watch"),
    @Type(value = Step.Await.class, name = "await"),
    @Type(value = Step.Expect.class, name = "expect")
})
sealed interface Step {

    /** The longest time of a step, in seconds. */
    int MAX_SECONDS = 300;

    /** What it does or looks for, a sentence for people. */
    String say();

    /** The name under which later steps know its order, fault or answer; null if it has none. */
    default @Nullable String defines() {
        return null;
    }

    /** The names that it needs. */
    default List<String> uses() {
        return List.of();
    }

    /** A step that does something. */
    sealed interface Act extends Step {}

    /**
     * Injects a fault.
     *
     * @param fault as the launcher reads it
     * @param seconds after which the launcher ends it in any case
     */
    record Inject(String say, Map<String, Object> fault, int seconds, String as) implements Act {

        public Inject {
            fault = Map.copyOf(Lesson.require("fault", fault));
            Lesson.require(fault.containsKey("fault"), "fault must have a kind");
            requireSeconds(seconds);
            Lesson.requireText("as", as);
        }

        @Override
        public String defines() {
            return as;
        }
    }

    /** Ends a fault, and starts the process again that it has stopped. */
    record End(String say, String fault) implements Act {

        @Override
        public List<String> uses() {
            return List.of(Lesson.requireText("fault", fault));
        }
    }

    /** Changes a setting of a service until the end of the lesson. */
    record Change(String say, String service, String setting, String to) implements Act {

        public Change {
            Lesson.requireText("service", service);
            Lesson.requireText("setting", setting);
            Lesson.requireText("to", to);
        }
    }

    /**
     * Places an order of a pencil.
     *
     * @param keyOf the earlier order whose request is repeated with its idempotency key; null for a new one
     */
    record Place(
            String say,
            String customer,
            String as,
            @Nullable String keyOf) implements Act {

        public Place {
            Lesson.requireText("customer", customer);
            Lesson.requireText("as", as);
        }

        @Override
        public String defines() {
            return as;
        }

        @Override
        public List<String> uses() {
            return Optional.ofNullable(keyOf).stream().toList();
        }
    }

    /**
     * Requests something of the saga of an order.
     *
     * @param action as the order-service has it
     * @param as the name of the answer
     */
    record Request(String say, String order, String action, String as) implements Act {

        static final Set<String> ACTIONS = Set.of("cancel", "park", "retry");

        public Request {
            Lesson.require(ACTIONS.contains(Lesson.requireText("action", action)), "action must be one of " + ACTIONS);
            Lesson.requireText("as", as);
        }

        @Override
        public String defines() {
            return as;
        }

        @Override
        public List<String> uses() {
            return List.of(Lesson.requireText("order", order));
        }
    }

    /** Looks for some seconds. */
    record Watch(String say, int seconds) implements Step {

        public Watch {
            requireSeconds(seconds);
        }
    }

    /** Waits for something, which has to happen in time. */
    record Await(String say, Condition until, int seconds) implements Step {

        public Await {
            requireSeconds(seconds);
        }

        @Override
        public List<String> uses() {
            return Lesson.require("until", until).uses();
        }
    }

    /** Looks whether something is so now. */
    record Expect(String say, Condition that) implements Step {

        @Override
        public List<String> uses() {
            return Lesson.require("that", that).uses();
        }
    }

    private static void requireSeconds(int seconds) {
        Lesson.require(seconds >= 1 && seconds <= MAX_SECONDS, "seconds must be 1 to " + MAX_SECONDS);
    }
}
