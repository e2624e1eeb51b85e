package io.orderly.lab.conformance;

import static io.orderly.lab.conformance.Expectation.ANY;
import static io.orderly.lab.conformance.Expectation.COMPLETED;
import static io.orderly.lab.conformance.Expectation.COMPLETED_OR_REFUSED;
import static io.orderly.lab.conformance.Expectation.DECLINED;
import static io.orderly.lab.conformance.Expectation.NOT_COMPLETED;
import static io.orderly.lab.conformance.Expectation.NOT_EXECUTED_AGAIN;
import static io.orderly.lab.conformance.Expectation.REFUSED;
import static io.orderly.lab.conformance.Expectation.THE_SAME;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.contracts.Command;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.inventory.CommitReservation;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.lab.conformance.Rule.Pace;
import io.orderly.lab.conformance.Subject.Inventory;
import io.orderly.lab.conformance.Subject.Payment;
import io.orderly.lab.conformance.Subject.Shipping;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The rules of the contract. Each is about one property: what it takes for granted besides is given, so that a mistake of a participant
 * breaks the rule that names it, and leaves others passed or not decided.
 */
public final class Rules {

    private static final int ORDERS_AT_ONCE = 3;
    private static final int FEWEST_UNDER_WAY = 8;
    private static final int MOST_UNDER_WAY = 16;

    private final Subject subject;
    private final SagaStep forward;
    private final SagaStep compensation;

    private Rules(Subject subject) {
        this.subject = subject;
        this.forward = subject.forward();
        this.compensation = subject.compensation();
    }

    /** The rules for a participant; those that may stop it are the last. */
    public static List<Rule> of(Subject subject) {
        var rules = new Rules(subject);
        return Stream.of(rules.answering(), rules.special(), rules.takingEffect(), rules.robust())
                .flatMap(List::stream)
                .toList();
    }

    private List<Rule> answering() {
        return List.of(
                new Rule(
                        "replies",
                        "Each command gets a reply of its step.",
                        "The saga waits for the reply until its deadline, and then compensates an order that could be fulfilled.",
                        Pace.TOGETHER,
                        this::replies),
                new Rule(
                        "envelope",
                        "A reply has all required headers, and the id of the order as its key.",
                        "Without the key, the replies of an order are in no order. Without the id, copies of a reply are not recognized.",
                        Pace.TOGETHER,
                        this::envelope),
                new Rule(
                        "repeat",
                        "A repeated command, with another message id, gets the recorded reply again.",
                        "The saga repeats a command whose reply is late. Another reply would contradict the first one.",
                        Pace.TOGETHER,
                        this::repeat),
                new Rule(
                        "declined",
                        "A step that cannot be executed is declined, also when it is repeated, and its compensation is completed.",
                        "A decline ends the order. The saga may have repeated or compensated the step before the decline arrives.",
                        Pace.TOGETHER,
                        this::declined),
                new Rule(
                        "tombstone",
                        "A compensation that arrives before its command is completed, and the command is refused when it arrives.",
                        "The order is over. Nothing would ever undo what the late command does.",
                        Pace.TOGETHER,
                        this::tombstone),
                new Rule(
                        "unknown-fields",
                        "Unknown fields of a command are ignored.",
                        "Fields are added within a version, so a newer sender would stop an older participant.",
                        Pace.TOGETHER,
                        this::unknownFields));
    }

    private List<Rule> special() {
        return switch (subject) {
            case Inventory _ ->
                List.of(new Rule(
                        "shipped",
                        "A committed reservation is not released, and only a reservation is committed.",
                        "Released units that were shipped would be sold a second time.",
                        Pace.TOGETHER,
                        this::shipped));
            case Payment payment ->
                List.of(
                        new Rule(
                                "amounts",
                                "The reply to a charge has the commanded amount, and that to its refund has the same.",
                                "The order-service publishes both amounts as events.",
                                Pace.TOGETHER,
                                script -> amounts(script, payment)),
                        new Rule(
                                "refund-before-charge",
                                "The reply to a refund that arrives before its charge has no amount.",
                                "The customer would be given money that was never taken.",
                                Pace.TOGETHER,
                                this::refundBeforeCharge));
            case Shipping _ -> List.of();
        };
    }

    private List<Rule> takingEffect() {
        return List.of(
                new Rule(
                        "order",
                        "Commands of an order are executed in the order in which they were sent.",
                        "A compensation that overtakes its command leaves the customer without an order that could be fulfilled.",
                        Pace.ALONE,
                        this::order),
                new Rule(
                        "once",
                        "A copy of a command, with the same message id, takes no second effect.",
                        "Kafka delivers a message again after a crash or a rebalance. Stock or money would be taken twice.",
                        Pace.ALONE,
                        this::once),
                new Rule(
                        "late",
                        "A command that arrives again after its compensation takes no effect.",
                        "A late copy would take stock or money for an order that is over.",
                        Pace.ALONE,
                        this::late),
                new Rule(
                        "restart",
                        "A kill loses no command, no reply, and nothing that was recorded.",
                        "An order would hang, or be executed twice, after each crash.",
                        Pace.ALONE,
                        this::restart));
    }

    private List<Rule> robust() {
        return List.of(
                new Rule(
                        "unknown-version",
                        "A message of an unknown type or version is not executed, and stops nothing.",
                        "A newer sender would stop all orders of a partition.",
                        Pace.ALONE,
                        this::unknownVersion),
                new Rule(
                        "malformed",
                        "A malformed record is not executed, and stops nothing.",
                        "A record that any client of the broker can write would stop all orders of a partition.",
                        Pace.ALONE,
                        this::malformed));
    }

    private void replies(Script script) {
        OrderId undone = script.order();
        script.send(subject.step(undone));
        script.expect(undone, forward, 1, COMPLETED);
        script.send(subject.undo(undone));
        script.expect(undone, compensation, 1, COMPLETED);
        if (subject instanceof Inventory) {
            OrderId committed = script.order();
            script.send(subject.step(committed));
            script.expect(committed, forward, 1, COMPLETED);
            script.send(new CommitReservation(committed));
            script.expect(committed, SagaStep.COMMIT_RESERVATION, 1, COMPLETED);
        }
    }

    private void envelope(Script script) {
        OrderId order = script.order();
        completeAndUndo(script, order);
        OrderId declined = script.order();
        script.send(subject.impossibleStep(declined));
        script.quiet();
        script.wellFormed();
    }

    private void completeAndUndo(Script script, OrderId order) {
        script.send(subject.step(order));
        script.given(order, forward, 1, COMPLETED);
        undo(script, order);
    }

    private void undo(Script script, OrderId order) {
        script.send(subject.undo(order));
        script.given(order, compensation, 1, COMPLETED);
    }

    private void repeat(Script script) {
        OrderId order = script.order();
        script.send(subject.step(order));
        script.given(order, forward, 1, COMPLETED);
        script.send(subject.step(order));
        script.expect(order, forward, 2, THE_SAME);
        undo(script, order);
        script.send(subject.undo(order));
        script.expect(order, compensation, 2, THE_SAME);
    }

    private void declined(Script script) {
        OrderId order = script.order();
        script.send(subject.impossibleStep(order));
        script.given(order, forward, 1, DECLINED);
        script.send(subject.impossibleStep(order));
        script.given(order, forward, 2, ANY);
        script.expect(order, forward, 2, THE_SAME);
        script.send(subject.undo(order));
        script.given(order, compensation, 1, ANY);
        script.expect(order, compensation, 1, COMPLETED);
    }

    private void tombstone(Script script) {
        OrderId order = script.order();
        script.send(subject.undo(order));
        script.given(order, compensation, 1, ANY);
        script.expect(order, compensation, 1, COMPLETED);
        script.send(subject.step(order));
        script.expect(order, forward, 1, REFUSED);
        script.quiet();
        script.all(order, forward, NOT_COMPLETED);
    }

    private void unknownFields(Script script) {
        completeAndUndo(script, script.order());
        OrderId order = script.order();
        String json = textOf(subject.step(order));
        script.sendWith(
                "a command with a field that is unknown",
                subject.step(order),
                json.substring(0, json.length() - 1) + ",\"addedLater\":{\"by\":[\"a newer sender\"]}}");
        script.expect(order, forward, 1, COMPLETED);
        undo(script, order);
    }

    private void shipped(Script script) {
        OrderId order = script.order();
        script.send(subject.step(order));
        script.given(order, forward, 1, COMPLETED);
        script.send(new CommitReservation(order));
        script.given(order, SagaStep.COMMIT_RESERVATION, 1, COMPLETED);
        script.send(subject.undo(order));
        script.given(order, compensation, 1, ANY);
        script.expect(order, compensation, 1, REFUSED);
        OrderId nothingReserved = script.order();
        script.send(new CommitReservation(nothingReserved));
        script.given(nothingReserved, SagaStep.COMMIT_RESERVATION, 1, ANY);
        script.expect(nothingReserved, SagaStep.COMMIT_RESERVATION, 1, NOT_COMPLETED);
    }

    private void amounts(Script script, Payment payment) {
        OrderId order = script.order();
        script.send(payment.step(order));
        script.given(order, forward, 1, COMPLETED);
        script.expect(order, forward, 1, Expectation.capturing(payment.amount()));
        undo(script, order);
        script.expect(order, compensation, 1, Expectation.exactly(new ChargeReversed(order, payment.amount())));
    }

    private void refundBeforeCharge(Script script) {
        OrderId order = script.order();
        script.send(subject.undo(order));
        script.given(order, compensation, 1, COMPLETED);
        script.expect(order, compensation, 1, Expectation.exactly(new ChargeReversed(order, null)));
    }

    /** Of each order a command, a copy of it and the compensation; those of several orders are mixed, and sent back to back. */
    private void order(Script script) {
        List<OrderId> turns = new ArrayList<>();
        for (int i = 0; i < ORDERS_AT_ONCE; i++) {
            turns.addAll(Collections.nCopies(3, script.order()));
        }
        Collections.shuffle(turns, script.random());
        Map<OrderId, Outgoing> sent = new LinkedHashMap<>();
        Set<OrderId> copied = new HashSet<>();
        for (OrderId order : turns) {
            if (!sent.containsKey(order)) {
                sent.put(order, script.send(subject.step(order)));
            } else if (copied.add(order)) {
                script.sendCopy(sent.get(order));
            } else {
                script.send(subject.undo(order));
            }
        }
        for (OrderId order : sent.keySet()) {
            script.given(order, forward, 1, ANY);
            script.expect(order, forward, 1, subject instanceof Payment ? COMPLETED_OR_REFUSED : COMPLETED);
            script.given(order, compensation, 1, ANY);
            script.expect(order, compensation, 1, COMPLETED);
        }
    }

    private void once(Script script) {
        OrderId order = script.order();
        Outgoing step = script.send(subject.scarceStep(order));
        script.sendCopy(step);
        script.given(order, forward, 1, COMPLETED);
        script.sendCopy(step);
        Outgoing undo = script.send(subject.undo(order));
        script.sendCopy(undo);
        script.given(order, compensation, 1, COMPLETED);
        script.quiet();
        script.all(order, forward, THE_SAME);
        script.all(order, compensation, THE_SAME);
        requireReturned(script, order);
    }

    private void late(Script script) {
        OrderId order = script.order();
        Outgoing step = script.send(subject.scarceStep(order));
        script.given(order, forward, 1, COMPLETED);
        undo(script, order);
        script.sendCopy(step);
        script.send(subject.scarceStep(order));
        script.quiet();
        script.all(order, forward, NOT_EXECUTED_AGAIN);
        requireReturned(script, order);
    }

    /** What an order took has been returned, so that another one can take it. */
    private void requireReturned(Script script, OrderId order) {
        OrderId next = script.orderBeside(order);
        script.send(subject.scarceStep(next));
        script.expect(next, forward, 1, COMPLETED);
        undo(script, next);
    }

    private void restart(Script script) {
        OrderId known = script.order();
        script.send(subject.step(known));
        script.given(known, forward, 1, COMPLETED);
        script.send(subject.step(known));
        script.given(known, forward, 2, THE_SAME);
        OrderId over = script.order();
        script.send(subject.undo(over));
        script.given(over, compensation, 1, COMPLETED);
        script.send(subject.step(over));
        script.given(over, forward, 1, REFUSED);

        List<OrderId> kept = new ArrayList<>();
        List<OrderId> undone = new ArrayList<>();
        int underWay = script.random().nextInt(FEWEST_UNDER_WAY, MOST_UNDER_WAY + 1);
        for (int i = 0; i < underWay; i++) {
            OrderId order = script.order();
            script.send(subject.step(order));
            if (script.random().nextBoolean()) {
                script.send(subject.undo(order));
                undone.add(order);
            } else {
                kept.add(order);
            }
        }
        script.restart();
        kept.forEach(order -> script.expect(order, forward, 1, COMPLETED));
        for (OrderId order : undone) {
            script.expect(order, forward, 1, COMPLETED_OR_REFUSED);
            script.expect(order, compensation, 1, COMPLETED);
        }
        script.send(subject.step(known));
        script.expect(known, forward, 3, THE_SAME);
        script.send(subject.step(over));
        script.expect(over, forward, 2, REFUSED);
        script.quiet();
        Stream.concat(kept.stream(), undone.stream()).forEach(order -> script.all(order, forward, THE_SAME));
        undo(script, known);
        kept.forEach(order -> undo(script, order));
    }

    private void unknownVersion(Script script) {
        OrderId before = script.order();
        completeAndUndo(script, before);
        OrderId newer = script.orderBeside(before);
        script.sendAs(Messages.typeOf(subject.step(newer)).replaceFirst("v1$", "v2"), subject.step(newer));
        OrderId unknown = script.orderBeside(before);
        script.sendAs(
                "io.orderly.%s.AnotherCommand.v1".formatted(subject.topic().topicName()), subject.step(unknown));
        requireRunning(script, before);
        script.quiet();
        script.nothingCompleted(newer);
        script.nothingCompleted(unknown);
    }

    private void malformed(Script script) {
        OrderId before = script.order();
        completeAndUndo(script, before);
        List<Consumer<OrderId>> sends = new ArrayList<Consumer<OrderId>>(List.of(
                order -> script.sendWith("broken JSON", subject.step(order), "{\"orderId\":\""),
                order -> script.sendWith("no body", subject.step(order), null),
                order -> script.sendWith("the JSON null", subject.step(order), "null"),
                order -> script.sendWith("an order id that is none", subject.step(order), "{\"orderId\":\"1\"}"),
                order -> script.sendWith("an invalid value", subject.step(order), subject.invalidStep(order)),
                order -> script.sendRaw("no headers", order, order.toString(), textOf(subject.step(order))),
                order -> script.sendRaw("no key, no headers, no JSON", order, null, "hello"),
                order -> script.sendRaw("a key that is no order", order, "all\0orders", "hello")));
        Collections.shuffle(sends, script.random());
        List<OrderId> malformed = new ArrayList<>();
        for (Consumer<OrderId> send : sends) {
            OrderId order = script.orderBeside(before);
            send.accept(order);
            requireRunning(script, order);
            malformed.add(order);
        }
        script.quiet();
        malformed.forEach(script::nothingCompleted);
    }

    /** The next order of the same partition is executed. */
    private void requireRunning(Script script, OrderId order) {
        OrderId next = script.orderBeside(order);
        script.send(subject.step(next));
        script.expect(next, forward, 1, COMPLETED);
        undo(script, next);
    }

    private static String textOf(Command command) {
        return new String(MessageCodec.encode(command), UTF_8);
    }
}
