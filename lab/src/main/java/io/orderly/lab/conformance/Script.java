package io.orderly.lab.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderly.contracts.Command;
import io.orderly.contracts.MessageCodec;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.reply.StepReply;
import io.orderly.lab.conformance.Step.Await;
import io.orderly.lab.conformance.Step.Check;
import io.orderly.lab.conformance.Step.Quiet;
import io.orderly.lab.conformance.Step.Restart;
import io.orderly.lab.conformance.Step.Send;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What is done and expected in a rule, in this order. The methods add to it. */
final class Script {

    private final Messages messages;
    private final ToIntFunction<OrderId> partitions;
    private final RandomGenerator random;
    private final List<Step> steps = new ArrayList<>();
    private final Set<OrderId> orders = new HashSet<>();

    /** @param partitions the partition to which the commands of an order go */
    Script(Messages messages, ToIntFunction<OrderId> partitions, RandomGenerator random) {
        this.messages = messages;
        this.partitions = partitions;
        this.random = random;
    }

    List<Step> steps() {
        return steps;
    }

    Set<OrderId> orders() {
        return orders;
    }

    RandomGenerator random() {
        return random;
    }

    /** A new order. */
    OrderId order() {
        OrderId order = messages.newOrder();
        orders.add(order);
        return order;
    }

    /** A new order whose messages go to the same partition. */
    OrderId orderBeside(OrderId other) {
        OrderId order = messages.newOrder();
        while (partitions.applyAsInt(order) != partitions.applyAsInt(other)) {
            order = messages.newOrder();
        }
        orders.add(order);
        return order;
    }

    /** Sends a command with a new message id. */
    Outgoing send(Command command) {
        return send(messages.of(command));
    }

    private Outgoing send(Outgoing message) {
        steps.add(new Send(message));
        return message;
    }

    /** Sends the record again, with the same message id. */
    void sendCopy(Outgoing message) {
        send(message.copy());
    }

    /** Sends the body of a command as a message of another type. */
    void sendAs(String type, Command command) {
        send(messages.of("a message of type " + type, command.orderId(), type, MessageCodec.encode(command)));
    }

    /** Sends a command with another body. */
    void sendWith(String what, Command command, @Nullable String body) {
        send(messages.of(
                what, command.orderId(), Messages.typeOf(command), body == null ? null : body.getBytes(UTF_8)));
    }

    /** Sends a record that is no message. */
    void sendRaw(String what, OrderId order, @Nullable String key, String body) {
        send(new Outgoing(what, order, key, Map.of(), body.getBytes(UTF_8)));
    }

    void restart() {
        steps.add(new Restart());
    }

    /** The reply that the rule is about. */
    void expect(OrderId order, SagaStep step, int number, Expectation expectation) {
        steps.add(new Await(order, step, number, expectation, true));
    }

    /** A reply that another rule is about, and without which this one is not decided. */
    void given(OrderId order, SagaStep step, int number, Expectation expectation) {
        steps.add(new Await(order, step, number, expectation, false));
    }

    void quiet() {
        steps.add(new Quiet());
    }

    /** All replies to the step so far. */
    void all(OrderId order, SagaStep step, Expectation expectation) {
        steps.add(new Check(replies -> flaw(replies.to(order, step), expectation)));
    }

    /** No step of the order is completed so far. */
    void nothingCompleted(OrderId order) {
        steps.add(new Check(replies -> flaw(replies.to(order), Expectation.NOT_COMPLETED)));
    }

    /** The headers, keys and bodies of all replies so far. */
    void wellFormed() {
        steps.add(new Check(replies -> replies.flaws().stream().findFirst()));
    }

    private static Optional<String> flaw(List<StepReply> replies, Expectation expectation) {
        return replies.stream()
                .filter(reply -> !expectation.holds().test(replies.getFirst(), reply))
                .findFirst()
                .map(reply -> flaw(reply, expectation));
    }

    static String flaw(StepReply reply, Expectation expectation) {
        return "the reply to %s must be %s, and was %s".formatted(reply.step(), expectation.words(), reply);
    }
}
