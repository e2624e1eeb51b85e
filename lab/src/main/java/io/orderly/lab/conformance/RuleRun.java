package io.orderly.lab.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.Printable;
import io.orderly.contracts.Topic;
import io.orderly.contracts.reply.CommandDeadLettered;
import io.orderly.contracts.reply.StepReply;
import io.orderly.lab.conformance.RuleResult.Kind;
import io.orderly.lab.conformance.RuleResult.Line;
import io.orderly.lab.conformance.Step.Action;
import io.orderly.lab.conformance.Step.Await;
import io.orderly.lab.conformance.Step.Check;
import io.orderly.lab.conformance.Step.Quiet;
import io.orderly.lab.conformance.Step.Restart;
import io.orderly.lab.conformance.Step.Send;
import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.conformance.Verdict.NotDecided;
import io.orderly.lab.conformance.Verdict.Passed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule that is played: a state machine that is driven by time and by the records of the participant. */
final class RuleRun {

    private static final int MAX_TEXT_LENGTH = 400;

    private final Rule rule;
    private final Script script;
    private final Timing timing;
    private final Replies replies = new Replies();
    private final Set<String> sentIds = new HashSet<>();
    private final List<Line> exchange = new ArrayList<>();

    private int position;

    /** When the current step began; null until then. */
    private @Nullable Duration since;

    private @Nullable Duration began;
    private Duration ended = Duration.ZERO;
    private @Nullable Verdict verdict;

    RuleRun(Rule rule, Script script, Timing timing) {
        this.rule = rule;
        this.script = script;
        this.timing = timing;
    }

    Rule rule() {
        return rule;
    }

    boolean hasRestart() {
        return script.steps().stream().anyMatch(Restart.class::isInstance);
    }

    /** Goes on until an action is due, or a wait has not ended, or there is a verdict. */
    void advance(Duration now) {
        if (verdict == null && began == null) {
            began = now;
        }
        while (verdict == null) {
            if (position == script.steps().size()) {
                conclude(new Passed(), now);
                return;
            }
            if (since == null) {
                since = now;
            }
            boolean isWaiting = switch (script.steps().get(position)) {
                case Action _ -> true;
                case Await await -> !isAnswered(await, now);
                case Quiet _ -> !hasPassed(timing.quiet(), now);
                case Check check -> {
                    check.flaw().apply(replies).ifPresent(flaw -> conclude(new Failed(flaw), now));
                    yield false;
                }
            };
            if (isWaiting) {
                return;
            }
            leaveStep();
        }
    }

    private void leaveStep() {
        position++;
        since = null;
    }

    private boolean hasPassed(Duration time, Duration now) {
        return since != null && now.compareTo(since.plus(time)) >= 0;
    }

    /** Concludes if the reply is wrong or has not come in time. */
    private boolean isAnswered(Await await, Duration now) {
        List<StepReply> all = replies.to(await.order(), await.step());
        if (all.size() >= await.number()) {
            StepReply reply = all.get(await.number() - 1);
            if (!await.expectation().holds().test(all.getFirst(), reply)) {
                conclude(await, Script.flaw(reply, await.expectation()), now);
            }
            return true;
        }
        Optional<CommandDeadLettered> letter = replies.deadLetterOf(await.order());
        if (letter.isPresent()) {
            conclude(
                    await,
                    "a command of order %s became a dead letter: %s"
                            .formatted(await.order(), letter.get().cause()),
                    now);
        } else if (hasPassed(timing.patience(), now)) {
            conclude(
                    await,
                    "no reply %sto %s of order %s within %s%s"
                            .formatted(
                                    await.number() == 1 ? "" : "number %d ".formatted(await.number()),
                                    await.step(),
                                    await.order(),
                                    inSeconds(timing.patience()),
                                    replies.flaws().isEmpty()
                                            ? ""
                                            : "; what came: " + replies.flaws().getFirst()),
                    now);
        }
        return false;
    }

    private static String inSeconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    private void conclude(Await await, String reason, Duration now) {
        conclude(await.isRule() ? new Failed(reason) : new NotDecided(reason), now);
    }

    void conclude(Verdict result, Duration now) {
        verdict = result;
        ended = now;
    }

    boolean isDecided() {
        return verdict != null;
    }

    /** The action that is due; empty while it waits. */
    Optional<Action> due() {
        return verdict == null && script.steps().get(position) instanceof Action action
                ? Optional.of(action)
                : Optional.empty();
    }

    /** Until when it waits at the longest, while no action is due. */
    Duration waitsUntil() {
        Duration wait = script.steps().get(position) instanceof Quiet ? timing.quiet() : timing.patience();
        return since == null ? wait : since.plus(wait);
    }

    /** The action that was due was taken. */
    void acted(Action action, Duration now) {
        switch (action) {
            case Send(Outgoing message) -> {
                if (message.id() != null) {
                    sentIds.add(message.id());
                }
                String body = message.body() == null ? "no body" : new String(message.body(), UTF_8);
                note(now, Kind.SENT, message.what(), "key %s, id %s, %s".formatted(message.key(), message.id(), body));
            }
            case Restart() -> note(now, Kind.RESTARTED, "the participant is killed and started again", "");
        }
        leaveStep();
    }

    /** Whether a record is about an order of this rule, or is a copy of what it sent. */
    boolean isAbout(Incoming record) {
        OrderId order = isReply(record) ? Answer.of(record).order() : Answer.orderOf(record.key());
        return order != null && script.orders().contains(order)
                || sentIds.contains(record.headers().getOrDefault(MessageHeaders.ID, ""));
    }

    private static boolean isReply(Incoming record) {
        return record.topic().equals(Topic.SAGA_REPLIES.topicName());
    }

    void received(Incoming record, Duration now) {
        String id = record.headers().get(MessageHeaders.ID);
        String text = "key %s, id %s, %s".formatted(record.key(), id, new String(record.body(), UTF_8));
        String type = record.headers().getOrDefault(MessageHeaders.TYPE, "a record without a type");
        if (!isReply(record)) {
            String cause = record.headers().getOrDefault(MessageHeaders.DEAD_LETTER_CAUSE, "no cause is given");
            note(now, Kind.DEAD_LETTER, type, cause + "; " + text);
            return;
        }
        Answer answer = Answer.of(record);
        replies.add(answer, id);
        String cause = record.headers().get(MessageHeaders.CAUSATION_ID);
        if (answer.reply() instanceof StepReply && cause != null && !sentIds.contains(cause)) {
            replies.addFlaw(
                    "header %s is %s, which is not the id of a command".formatted(MessageHeaders.CAUSATION_ID, cause));
        }
        note(
                now,
                Kind.RECEIVED,
                answer.reply() == null ? type : answer.reply().getClass().getSimpleName(),
                text);
    }

    private void note(Duration now, Kind kind, String what, String text) {
        exchange.add(new Line(
                sinceBegin(now), kind, Printable.of(what, MAX_TEXT_LENGTH), Printable.of(text, MAX_TEXT_LENGTH)));
    }

    private Duration sinceBegin(Duration now) {
        return began == null ? Duration.ZERO : now.minus(began);
    }

    /** @throws IllegalStateException if there is no verdict yet */
    RuleResult result() {
        if (verdict == null) {
            throw new IllegalStateException(rule.id() + " has no verdict");
        }
        return new RuleResult(rule, verdict, exchange, sinceBegin(ended));
    }
}
