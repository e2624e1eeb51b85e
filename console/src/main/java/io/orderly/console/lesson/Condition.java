package io.orderly.console.lesson;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.orderly.console.order.OrderStatus;
import io.orderly.console.order.OrderView.MessageView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a lesson looks for, in terms of what was seen of its run. Something that was not seen does not hold. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @Type(value = Condition.Status.class, name = "status"),
    @Type(value = Condition.Reason.class, name = "reason"),
    @Type(value = Condition.Sent.class, name = "sent"),
    @Type(value = Condition.Unread.class, name = "unread"),
    @Type(value = Condition.Showed.class, name = "showed"),
    @Type(value = Condition.Answered.class, name = "answered"),
    @Type(value = Condition.Same.class, name = "same"),
    @Type(value = Condition.Disordered.class, name = "disordered"),
    @Type(value = Condition.Leader.class, name = "leader")
})
sealed interface Condition {

    boolean holds(Seen seen);

    /** The names that it needs. */
    List<String> uses();

    /** The order has this status. */
    record Status(String order, OrderStatus is) implements Condition {

        public Status {
            Lesson.require("is", is);
        }

        @Override
        public boolean holds(Seen seen) {
            return seen.view(order)
                    .filter(view -> view.summary().status() == is)
                    .isPresent();
        }

        @Override
        public List<String> uses() {
            return List.of(Lesson.requireText("order", order));
        }
    }

    /** The order has ended, or was parked, for this reason. */
    record Reason(String order, String is) implements Condition {

        public Reason {
            Lesson.requireText("is", is);
        }

        @Override
        public boolean holds(Seen seen) {
            return seen.view(order)
                    .filter(view -> is.equals(view.summary().reason()))
                    .isPresent();
        }

        @Override
        public List<String> uses() {
            return List.of(Lesson.requireText("order", order));
        }
    }

    /**
     * The order has messages of this type.
     *
     * @param times how many, without copies; null for one or more
     */
    record Sent(String order, String type, @Nullable Integer times) implements Condition {

        public Sent {
            Lesson.requireText("type", type);
        }

        @Override
        public boolean holds(Seen seen) {
            long messages = seen.messages(order, type).size();
            return times == null ? messages > 0 : messages == times;
        }

        @Override
        public List<String> uses() {
            return List.of(Lesson.requireText("order", order));
        }
    }

    /** The order was accepted, and no message of it was read from Kafka. */
    record Unread(String order) implements Condition {

        @Override
        public boolean holds(Seen seen) {
            return seen.orders().containsKey(order) && seen.view(order).isEmpty();
        }

        @Override
        public List<String> uses() {
            return List.of(Lesson.requireText("order", order));
        }
    }

    /** The fault has taken effect. */
    record Showed(String fault) implements Condition {

        @Override
        public boolean holds(Seen seen) {
            return seen.faults().containsKey(fault) && seen.faults().get(fault).tookEffect();
        }

        @Override
        public List<String> uses() {
            return List.of(Lesson.requireText("fault", fault));
        }
    }

    /** A request was answered with this HTTP status. */
    record Answered(String request, int with) implements Condition {

        @Override
        public boolean holds(Seen seen) {
            return Integer.valueOf(with).equals(seen.answers().get(request));
        }

        @Override
        public List<String> uses() {
            return List.of(Lesson.requireText("request", request));
        }
    }

    /** Two requests have placed one order. */
    record Same(String order, String as) implements Condition {

        @Override
        public boolean holds(Seen seen) {
            return seen.id(order).isPresent() && seen.id(order).equals(seen.id(as));
        }

        @Override
        public List<String> uses() {
            return List.of(Lesson.requireText("order", order), Lesson.requireText("as", as));
        }
    }

    /** What messages can be sorted by. */
    enum Clock {
        WALL,
        HYBRID;

        boolean isBefore(MessageView first, MessageView second) {
            return switch (this) {
                case WALL -> first.wallMillis() < second.wallMillis();
                case HYBRID -> first.hybrid().compareTo(second.hybrid()) < 0;
            };
        }
    }

    /**
     * A reply of the order stands before its command.
     *
     * @param found whether there has to be one
     */
    record Disordered(String order, Clock by, boolean found) implements Condition {

        public Disordered {
            Lesson.require("by", by);
        }

        @Override
        public boolean holds(Seen seen) {
            return seen.view(order).isPresent() && seen.disordered(order, by) > 0 == found;
        }

        @Override
        public List<String> uses() {
            return List.of(Lesson.requireText("order", order));
        }
    }

    /** What happens to a leader of the coordinator that was deposed. */
    enum Change {
        /** Another member leads than at the beginning. */
        FOLLOWED,
        /** The member that has led at the beginning answers again, and names another one as the leader. */
        DEPOSED
    }

    /** What became of the coordinator's leader. */
    record Leader(Change is) implements Condition {

        public Leader {
            Lesson.require("is", is);
        }

        @Override
        public boolean holds(Seen seen) {
            return switch (is) {
                case FOLLOWED -> seen.leaders().changed();
                case DEPOSED -> seen.leaders().changed() && seen.leaders().firstFollows();
            };
        }

        @Override
        public List<String> uses() {
            return List.of();
        }
    }
}
