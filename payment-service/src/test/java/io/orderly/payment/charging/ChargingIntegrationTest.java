package io.orderly.payment.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.orderly.contracts.CustomerId;
import io.orderly.contracts.Message;
import io.orderly.contracts.MessageHeaders;
import io.orderly.contracts.Money;
import io.orderly.contracts.OrderId;
import io.orderly.contracts.SagaStep;
import io.orderly.contracts.Topic;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.reply.ChargeCaptured;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.StepDeclined;
import io.orderly.contracts.reply.StepRefused;
import io.orderly.payment.PaymentIntegrationTest;
import io.orderly.provider.book.Status;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ChargingIntegrationTest extends PaymentIntegrationTest {

    @Autowired
    CircuitBreakerRegistry breakers;

    @Autowired
    PaymentClaimer claimer;

    @Autowired
    SettlementWorker worker;

    @Autowired
    PaymentProvider port;

    @Test
    void aRepeatedChargeIsExecutedOnce() {
        var order = newOrder();
        var command = new ChargePayment(order, new CustomerId("anna"), Money.euros("12.34"));

        var headers = kafka.send(command);
        kafka.send(command, headers);
        assertThat(awaitReplies(order, 1)).containsExactly(captured(order, "12.34"));
        kafka.send(command);

        assertThat(awaitReplies(order, 2)).containsOnly(captured(order, "12.34"));
        assertThat(balanceOf("anna")).isEqualByComparingTo("999987.66");
        assertThat(statusAtProvider(order)).isEqualTo(Status.CHARGED);
        assertThat(transfersOf(order)).containsExactly("HOLD", "CAPTURE");
        var reply = kafka.seen(Topic.SAGA_REPLIES.topicName(), order.toString()).getFirst();
        assertThat(reply.headers()).containsEntry(MessageHeaders.CAUSATION_ID, headers.get(MessageHeaders.ID));
        assertThat(reply.headers().get(MessageHeaders.TRACE_PARENT))
                .startsWith(headers.get(MessageHeaders.TRACE_PARENT).substring(0, 35));
    }

    @Test
    void aChargeAboveTheBalanceIsDeclined() {
        var order = newOrder();

        charge(order, "broke", "0.01");

        assertThat(awaitReplies(order, 1)).singleElement().isInstanceOfSatisfying(StepDeclined.class, declined -> {
            assertThat(declined.step()).isEqualTo(SagaStep.CHARGE_PAYMENT);
            assertThat(declined.reason()).isEqualTo("INSUFFICIENT_FUNDS");
        });
        assertThat(provider.find(Payment.idOf(order))).isEmpty();
        assertThat(transfersOf(order)).isEmpty();

        refund(order);
        assertThat(awaitReplies(order, 2).getLast()).isEqualTo(new ChargeReversed(order, null));
        assertThat(stateOf(order)).isEqualTo("DECLINED");
    }

    @Test
    void theHeldAmountIsReleasedWhenTheProviderDeclines() {
        var order = newOrder();

        charge(order, "declined", "50.00");

        assertThat(awaitReplies(order, 1))
                .containsExactly(
                        new StepDeclined(order, SagaStep.CHARGE_PAYMENT, "DECLINED_BY_PROVIDER", "card_expired"));
        assertThat(balanceOf("declined")).isEqualByComparingTo("1000000.00");
        assertThat(transfersOf(order)).containsExactly("HOLD", "RELEASE");
    }

    @Test
    void aChargeIsRefunded() {
        var order = newOrder();
        charge(order, "clara", "20.00");
        awaitReplies(order, 1);

        refund(order);

        assertThat(awaitReplies(order, 2)).containsExactly(captured(order, "20.00"), reversed(order, "20.00"));
        assertThat(balanceOf("clara")).isEqualByComparingTo("1000000.00");
        assertThat(statusAtProvider(order)).isEqualTo(Status.REFUNDED);
        assertThat(transfersOf(order)).containsExactly("HOLD", "CAPTURE", "REFUND");
    }

    @Test
    void aRefundThatArrivesBeforeItsChargeLeavesATombstone() {
        var order = newOrder();

        refund(order);
        assertThat(awaitReplies(order, 1)).containsExactly(new ChargeReversed(order, null));
        charge(order, "dora", "20.00");

        assertThat(awaitReplies(order, 2).getLast()).isInstanceOf(StepRefused.class);
        assertThat(statusAtProvider(order)).isEqualTo(Status.VOIDED);
        assertThat(transfersOf(order)).isEmpty();
        assertThat(port.charge(order, new Charge(new CustomerId("dora"), Money.euros("20.00"))))
                .as("a charge still on its way to the provider")
                .isEqualTo(new ProviderAnswer.Voided());
    }

    @Test
    void aRefundReversesAChargeInProgress() {
        var order = newOrder();
        provider.setLatencyMillis(200);
        charge(order, "emma", "20.00");
        await().until(() -> stateOf(order).equals("INTENDED"));

        refund(order);

        var replies = awaitReplies(order, 2);
        assertThat(replies).hasSize(2);
        assertThat(replies).hasAtLeastOneElementOfType(ChargeReversed.class);
        awaitAllSettled();
        assertThat(stateOf(order)).isIn("VOIDED", "REFUNDED");
        assertThat(statusAtProvider(order)).isIn(Status.VOIDED, Status.REFUNDED);
        assertThat(balanceOf("emma")).isEqualByComparingTo("1000000.00");
    }

    @Test
    void paymentsWaitDuringAnOutageAndAreSettledAfterIt() {
        var breaker = breakers.circuitBreaker("provider");
        provider.startOutage();
        var orders = Stream.generate(PaymentIntegrationTest::newOrder).limit(40).toList();

        orders.forEach(order -> charge(order, "fred", "1.00"));
        await().until(() -> breaker.getState() == CircuitBreaker.State.OPEN);
        await().until(() -> orders.stream().allMatch(order -> stateOf(order).equals("INTENDED")));
        var duringTheOutage = newOrder();
        charge(duringTheOutage, "fred", "1.00");
        await().until(() -> stateOf(duringTheOutage).equals("INTENDED"));
        assertThat(orders).allSatisfy(order -> assertThat(replies(order)).isEmpty());
        assertThat(balanceOf("fred")).isEqualByComparingTo("999959.00");

        provider.reset();

        Stream.concat(orders.stream(), Stream.of(duringTheOutage))
                .forEach(order -> assertThat(awaitReplies(order, 1)).containsExactly(captured(order, "1.00")));
        assertThat(breaker.getState()).isNotEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void aChargeWhoseAnswerWasLostIsNotExecutedTwice() {
        var order = newOrder();
        provider.loseAnswers();

        charge(order, "gina", "7.00");
        await().until(() -> provider.find(Payment.idOf(order)).isPresent());
        assertThat(replies(order)).isEmpty();
        provider.reset();

        assertThat(awaitReplies(order, 1)).containsExactly(captured(order, "7.00"));
        assertThat(transfersOf(order)).containsExactly("HOLD", "CAPTURE");
    }

    @Test
    void aChargeWhoseAnswerTimedOutIsNotExecutedTwice() {
        var order = newOrder();
        provider.setLatencyMillis(600);

        charge(order, "hugo", "7.00");
        await().until(() -> provider.find(Payment.idOf(order)).isPresent());
        provider.reset();

        assertThat(awaitReplies(order, 1)).containsExactly(captured(order, "7.00"));
        assertThat(balanceOf("hugo")).isEqualByComparingTo("999993.00");
    }

    @Test
    void aPaymentIsSettledAfterACrashBeforeTheCall() {
        var order = newOrder();
        worker.stop();
        charge(order, "ida", "9.00");
        await().until(() -> stateOf(order).equals("INTENDED"));
        // as if claimed by an instance that died
        jdbc.sql("update payments set attempts = 1, due_at = now() where order_id = ?")
                .param(order.value())
                .update();

        worker.start();

        assertThat(awaitReplies(order, 1)).containsExactly(captured(order, "9.00"));
        assertThat(statusAtProvider(order)).isEqualTo(Status.CHARGED);
    }

    @Test
    void aPaymentIsSettledAfterACrashBetweenCallAndCommit() {
        var order = newOrder();
        worker.stop();
        charge(order, "jana", "9.00");
        await().until(() -> stateOf(order).equals("INTENDED"));
        port.charge(order, new Charge(new CustomerId("jana"), Money.euros("9.00")));
        long sequence = provider.find(Payment.idOf(order)).orElseThrow().sequence();
        jdbc.sql("update payments set attempts = 1, due_at = now() where order_id = ?")
                .param(order.value())
                .update();

        worker.start();

        assertThat(awaitReplies(order, 1)).containsExactly(captured(order, "9.00"));
        assertThat(provider.find(Payment.idOf(order)).orElseThrow().sequence()).isEqualTo(sequence);
    }

    @Test
    void aRefundAfterACrashReversesTheCharge() {
        var order = newOrder();
        worker.stop();
        charge(order, "kaja", "9.00");
        await().until(() -> stateOf(order).equals("INTENDED"));
        port.charge(order, new Charge(new CustomerId("kaja"), Money.euros("9.00")));
        refund(order);
        await().until(() -> stateOf(order).equals("VOIDING"));

        worker.start();

        assertThat(awaitReplies(order, 2)).contains(reversed(order, "9.00"));
        assertThat(replies(order)).hasAtLeastOneElementOfType(StepRefused.class).hasSize(2);
        assertThat(transfersOf(order)).containsExactly("HOLD", "CAPTURE", "REFUND");
        assertThat(balanceOf("kaja")).isEqualByComparingTo("1000000.00");
    }

    @Test
    void concurrentChargesDoNotOverdrawAnAccount() {
        var orders = Stream.generate(PaymentIntegrationTest::newOrder).limit(60).toList();

        orders.parallelStream().forEach(order -> charge(order, "modest", "10.00"));

        var captured = orders.stream()
                .map(order -> awaitReplies(order, 1).getFirst())
                .filter(ChargeCaptured.class::isInstance)
                .count();
        assertThat(captured).isEqualTo(10);
        assertThat(balanceOf("modest")).isEqualByComparingTo("0.00");
    }

    @Test
    void concurrentClaimsDoNotOverlap() throws Exception {
        worker.stop();
        var orders = Stream.generate(PaymentIntegrationTest::newOrder).limit(50).toList();
        orders.forEach(order -> charge(order, "lena", "1.00"));
        await().until(() -> orders.stream().allMatch(order -> stateOf(order).equals("INTENDED")));

        var claimed = IntStream.range(0, 4)
                .parallel()
                .mapToObj(_ -> claimer.claimDue(20))
                .flatMap(List::stream)
                .map(SettlementAttempt::orderId)
                .toList();

        assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(orders);
        worker.start();
        orders.forEach(order -> assertThat(awaitReplies(order, 1)).containsExactly(captured(order, "1.00")));
    }

    private static Message captured(OrderId order, String euros) {
        return new ChargeCaptured(order, Payment.idOf(order), Money.euros(euros));
    }

    private static Message reversed(OrderId order, String euros) {
        return new ChargeReversed(order, Money.euros(euros));
    }

    private static Status statusAtProvider(OrderId order) {
        return provider.find(Payment.idOf(order)).orElseThrow().status();
    }

    private List<String> transfersOf(OrderId order) {
        return jdbc.sql("select kind from transfers where reference = ? order by id")
                .param(order.value())
                .query(String.class)
                .list();
    }
}
