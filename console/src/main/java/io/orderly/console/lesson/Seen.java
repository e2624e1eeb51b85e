package io.orderly.console.lesson;

import io.orderly.console.faults.FaultsView.FaultState;
import io.orderly.console.lesson.Condition.Clock;
import io.orderly.console.order.Message.Kind;
import io.orderly.console.order.OrderView;
import io.orderly.console.order.OrderView.MessageView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a run so far.
 *
 * @param orders by the names that the lesson has for them
 * @param answers the HTTP status of each request, by its name
 * @param faults as they were last seen, by their names
 */
record Seen(
        Map<String, SeenOrder> orders, Map<String, Integer> answers, Map<String, FaultState> faults, Leaders leaders) {

    static final Seen NOTHING = new Seen(Map.of(), Map.of(), Map.of(), new Leaders(null, null, false));

    /** The names of what a lesson does not define. */
    static final Set<String> WORDS = Set.of("leader");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");
    private static final String UNKNOWN = "?";
    private static final int INSTANT_LENGTH = "2026-11-23T04:30:00.123Z".length();

    Seen {
        orders = Map.copyOf(orders);
        answers = Map.copyOf(answers);
        faults = Map.copyOf(faults);
    }

    /**
     * @param placedMillis when its request was answered
     * @param readMillis when a message of it was first read; null if none was
     * @param view null if none was
     */
    record SeenOrder(
            String id,
            long placedMillis,
            @Nullable Long readMillis,
            @Nullable OrderView view) {}

    /** @param ballot such as {@code 4.2} */
    record Leader(int member, String ballot) {}

    /**
     * @param first that was seen first; null if none was
     * @param now null if none leads
     * @param firstFollows whether the first one answers, and names another one as the leader
     */
    record Leaders(@Nullable Leader first, @Nullable Leader now, boolean firstFollows) {

        boolean changed() {
            return first != null && now != null && first.member() != now.member();
        }
    }

    Optional<String> id(String order) {
        return Optional.ofNullable(orders.get(order)).map(SeenOrder::id);
    }

    Optional<OrderView> view(String order) {
        return Optional.ofNullable(orders.get(order)).map(SeenOrder::view);
    }

    /** The messages of a type, by hybrid time. */
    List<MessageView> messages(String order, String type) {
        return view(order).map(OrderView::messages).orElse(List.of()).stream()
                .filter(message -> message.type().equals(type))
                .toList();
    }

    /** How many replies of an order stand before the first command of their step. */
    long disordered(String order, Clock clock) {
        List<MessageView> all = view(order).map(OrderView::messages).orElse(List.of());
        return all.stream()
                .filter(reply -> reply.kind() == Kind.REPLY && reply.step() != null)
                .filter(reply -> all.stream()
                        .filter(command -> command.kind() == Kind.COMMAND && command.step() == reply.step())
                        .findFirst()
                        .filter(command -> clock.isBefore(reply, command))
                        .isPresent())
                .count();
    }

    /** The placeholders of a text, without their braces. */
    static List<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(match -> match.group(1)).toList();
    }

    /** A text with what was seen in place of its placeholders. */
    String fill(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(match -> Matcher.quoteReplacement(text(match)));
    }

    private String text(MatchResult match) {
        return text(match.group(1));
    }

    /**
     * What a placeholder stands for; a question mark if it was not seen.
     *
     * @param placeholder of an order {@code a}: {@code a.id}, {@code a.status}, {@code a.reason}, {@code a.cause} of its compensations, {@code a.seconds}
     *     from its first to its last message, {@code a.unread} the seconds until a message of it was read, {@code a.times.ChargePayment} how many
     *     messages of a type there are, {@code a.between.ChargePayment.ChargeCaptured} the seconds between the first ones of two types by hybrid time,
     *     {@code a.by-wall.ChargePayment.ChargeCaptured} the same by wall clock; of an order or a request: {@code a.answer}; of a fault {@code f}:
     *     {@code f.seen}; and {@code leader.first} and {@code leader.now}, the members with their ballots
     * @throws IllegalArgumentException if there is no such placeholder
     */
    String text(String placeholder) {
        String[] parts = placeholder.split("\\.");
        String name = parts[0];
        String what = parts.length < 2 ? "" : parts[1];
        return Optional.ofNullable(
                        switch (what + " " + parts.length) {
                            case "id 2" -> id(name).orElse(null);
                            case "status 2" ->
                                view(name)
                                        .map(view -> view.summary().status().name())
                                        .orElse(null);
                            case "reason 2" ->
                                view(name).map(view -> view.summary().reason()).orElse(null);
                            case "cause 2" -> cause(name);
                            case "seconds 2" ->
                                view(name)
                                        .map(view -> seconds(view.summary().lastMillis()
                                                - view.summary().firstMillis()))
                                        .orElse(null);
                            case "unread 2" -> unread(name);
                            case "answer 2" ->
                                Optional.ofNullable(answers.get(name))
                                        .map(String::valueOf)
                                        .orElse(null);
                            case "seen 2" ->
                                Optional.ofNullable(faults.get(name))
                                        .map(FaultState::seen)
                                        .orElse(null);
                            case "first 2" -> text(leaders.first());
                            case "now 2" -> text(leaders.now());
                            case "times 3" ->
                                Integer.toString(messages(name, parts[2]).size());
                            case "between 4" -> between(name, parts[2], parts[3], Clock.HYBRID);
                            case "by-wall 4" -> between(name, parts[2], parts[3], Clock.WALL);
                            default ->
                                throw new IllegalArgumentException("there is no placeholder {" + placeholder + "}");
                        })
                .orElse(UNKNOWN);
    }

    private @Nullable String cause(String order) {
        return view(order).map(OrderView::messages).orElse(List.of()).stream()
                .map(MessageView::cause)
                .filter(cause -> cause != null)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String unread(String order) {
        SeenOrder seen = orders.get(order);
        return seen == null || seen.readMillis() == null ? null : seconds(seen.readMillis() - seen.placedMillis());
    }

    private @Nullable String between(String order, String from, String to, Clock clock) {
        List<MessageView> first = messages(order, from);
        List<MessageView> second = messages(order, to);
        return first.isEmpty() || second.isEmpty()
                ? null
                : seconds(millis(second.getFirst(), clock) - millis(first.getFirst(), clock));
    }

    private static long millis(MessageView message, Clock clock) {
        return switch (clock) {
            case WALL -> message.wallMillis();
            case HYBRID ->
                Instant.parse(message.hybrid().substring(0, INSTANT_LENGTH)).toEpochMilli();
        };
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private static @Nullable String text(@Nullable Leader leader) {
        return leader == null ? null : "member %d with ballot %s".formatted(leader.member(), leader.ballot());
    }
}
